"""Reads of the staff desk: what waits, how courses go, who learns what."""

from .figures import Figures, course_figures, elsewhere_figures, hub_courses
from .files import csv_lines
from .learners import (
    LearnerFilter,
    LearnerRow,
    LearnersPage,
    LessonColumn,
    learners_page,
    lesson_columns,
    seen_course,
)
from .questions import CourseQuestion, course_questions
from .record import LearnerRecord, enrolments_for, learner_record
from .releases import ReleaseWords, people_sentence, release_words
from .waiting import (
    Waiting,
    asks_for,
    hand_ins_for,
    next_ask,
    next_hand_in,
    open_releases,
    releases_for,
    waiting_counts,
    what_waits,
)

__all__ = [
    "CourseQuestion",
    "Figures",
    "LearnerFilter",
    "LearnerRecord",
    "LearnerRow",
    "LearnersPage",
    "LessonColumn",
    "ReleaseWords",
    "Waiting",
    "asks_for",
    "course_figures",
    "course_questions",
    "csv_lines",
    "elsewhere_figures",
    "enrolments_for",
    "hand_ins_for",
    "hub_courses",
    "learner_record",
    "learners_page",
    "lesson_columns",
    "next_ask",
    "next_hand_in",
    "open_releases",
    "people_sentence",
    "release_words",
    "releases_for",
    "seen_course",
    "waiting_counts",
    "what_waits",
]
