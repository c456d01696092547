"""Pages of mentorship: what it is, asking, giving; a pair's own pages; the desk."""

from .about import mentorship
from .ask import mentor_ask, mentor_ask_when, mentor_people
from .cards import mentor_ask_cards, mentor_ask_withdraw, mentor_choose, mentor_propose
from .offer import (
    mentor_absence_add,
    mentor_absence_drop,
    mentor_leave,
    mentor_offer,
    mentor_pause,
    mentor_return,
    mentor_volunteer,
)

__all__ = [
    "mentor_absence_add",
    "mentor_absence_drop",
    "mentor_ask",
    "mentor_ask_cards",
    "mentor_ask_when",
    "mentor_ask_withdraw",
    "mentor_choose",
    "mentor_leave",
    "mentor_offer",
    "mentor_pause",
    "mentor_people",
    "mentor_propose",
    "mentor_return",
    "mentor_volunteer",
    "mentorship",
]
