"""Every change of state in courses, one function a verb."""

from .asks import answer_ask, ask_about_lesson
from .certificates import issue_certificate, rename_certificate, withdraw_certificate
from .enrolments import apply_release, enrol
from .erasing import forget_learner
from .learning import Answer, answer_questions, complete_lesson, confirm_lesson
from .outline import choose_reach, cut_release
from .places import find_place
from .records import rebuild_progress, regrade_question
from .visits import adopt_visit, note_answers, note_read
from .work import hand_in_task, review_hand_in

__all__ = [
    "Answer",
    "adopt_visit",
    "answer_ask",
    "answer_questions",
    "apply_release",
    "ask_about_lesson",
    "choose_reach",
    "complete_lesson",
    "confirm_lesson",
    "cut_release",
    "enrol",
    "find_place",
    "forget_learner",
    "hand_in_task",
    "issue_certificate",
    "note_answers",
    "note_read",
    "rebuild_progress",
    "regrade_question",
    "rename_certificate",
    "review_hand_in",
    "withdraw_certificate",
]
