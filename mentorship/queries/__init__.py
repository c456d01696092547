"""Reads of mentorship: who fits whom, who waits, what happens in a pair."""

from .language_names import language_words
from .matching import Card, all_mentors_for, card_for, cards
from .sentences import against_words, reason_words, slot_words
from .unmatched import Funnel, Recruit, funnel, recruit_next

__all__ = [
    "Card",
    "Funnel",
    "Recruit",
    "against_words",
    "all_mentors_for",
    "card_for",
    "cards",
    "funnel",
    "language_words",
    "reason_words",
    "recruit_next",
    "slot_words",
]
