"""The public edge of courses: parse, call an action or a query, render or redirect."""

from .catalogue import catalogue
from .certificates import (
    certificate,
    certificate_check,
    certificate_pdf,
    certificate_rename,
)
from .feeds import course_feed
from .learning import answer, ask, enrol, hand_in, lesson_complete, photo, resume
from .pages import course_page, lesson_page

__all__ = [
    "answer",
    "ask",
    "catalogue",
    "certificate",
    "certificate_check",
    "certificate_pdf",
    "certificate_rename",
    "course_feed",
    "course_page",
    "enrol",
    "hand_in",
    "lesson_complete",
    "lesson_page",
    "photo",
    "resume",
]
