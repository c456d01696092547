"""The staff desk of a hub: hand-ins, questions, learners, releases."""

from .asks import desk_ask
from .courses import desk_course, desk_course_csv
from .hand_ins import desk_hand_in
from .learners import desk_certificate_withdraw, desk_learner, desk_lesson_confirm
from .marking import desk_mark_again
from .releases import desk_release

__all__ = [
    "desk_ask",
    "desk_certificate_withdraw",
    "desk_course",
    "desk_course_csv",
    "desk_hand_in",
    "desk_learner",
    "desk_lesson_confirm",
    "desk_mark_again",
    "desk_release",
]
