"""Every change of state in mentorship, one function a verb."""

from .absences import drop_absence, hand_on_away, set_absence
from .answers import accept_pairing, decline_pairing
from .asks import ask_for_mentor, withdraw_ask
from .calendar import (
    calendar_key,
    drop_calendar_key,
    new_calendar_key,
)
from .closing import close_pairing
from .contacts import note_contact
from .erasing import (
    forget_pairs,
)
from .holding import hold_mentor
from .leaving import leave_mentoring, pause_mentor, return_mentor
from .meeting_asks import ask_about_meetings
from .meetings import cancel_meeting, log_meeting, plan_meeting, settle_meeting
from .mentors import offer_mentoring, refresh_hours, volunteer_micro
from .pairings import (
    ask_again,
    end_pairing,
    extend_pairing,
    move_pairing,
    pause_pairing,
    resume_pairing,
    settle,
)
from .pairs import (
    add_note,
    answer_pulse,
    meet_goal,
    send_message,
    set_goal,
)
from .programmes import ensure_programme, save_programme
from .progress import show_progress
from .proposals import (
    choose_for_me,
    expire_proposal,
    pair_by_hand,
    propose,
    send_all,
    send_on,
    withdraw_proposal,
)
from .reminders import remind_pairs, send_digests, tell_free
from .safety import (
    block_member,
    close_case,
    end_pair,
    note_case,
    open_words,
    read_case,
    report_problem,
)
from .screening import add_check, move_mentor, refresh_checks
from .tidying import (
    delete_old_words,
)

__all__ = [
    "accept_pairing",
    "add_check",
    "add_note",
    "answer_pulse",
    "ask_about_meetings",
    "ask_again",
    "ask_for_mentor",
    "block_member",
    "calendar_key",
    "cancel_meeting",
    "choose_for_me",
    "close_case",
    "close_pairing",
    "decline_pairing",
    "delete_old_words",
    "drop_absence",
    "drop_calendar_key",
    "end_pair",
    "end_pairing",
    "ensure_programme",
    "expire_proposal",
    "extend_pairing",
    "forget_pairs",
    "hand_on_away",
    "hold_mentor",
    "leave_mentoring",
    "log_meeting",
    "meet_goal",
    "move_mentor",
    "move_pairing",
    "new_calendar_key",
    "note_case",
    "note_contact",
    "offer_mentoring",
    "open_words",
    "pair_by_hand",
    "pause_mentor",
    "pause_pairing",
    "plan_meeting",
    "propose",
    "read_case",
    "refresh_checks",
    "refresh_hours",
    "remind_pairs",
    "report_problem",
    "resume_pairing",
    "return_mentor",
    "save_programme",
    "send_all",
    "send_digests",
    "send_message",
    "send_on",
    "set_absence",
    "set_goal",
    "settle",
    "settle_meeting",
    "show_progress",
    "tell_free",
    "volunteer_micro",
    "withdraw_ask",
    "withdraw_proposal",
]
