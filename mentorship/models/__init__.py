"""Who gives, who asks, the pairs that came of it, and what happens in a pair."""

from .asks import MentorAsk
from .mentors import Absence, Mentor, MentorCheck
from .pairings import Pairing, PairingMove
from .pairs import CalendarKey, Goal, Meeting, PairMessage, PairNote, Pulse
from .programmes import Programme
from .safety import CaseEntry, MemberBlock, SafetyCase

__all__ = [
    "Absence",
    "CalendarKey",
    "CaseEntry",
    "Goal",
    "Meeting",
    "MemberBlock",
    "Mentor",
    "MentorAsk",
    "MentorCheck",
    "PairMessage",
    "PairNote",
    "Pairing",
    "PairingMove",
    "Programme",
    "Pulse",
    "SafetyCase",
]
