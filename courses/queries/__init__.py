"""Reads of courses: what is published, as packs from the cache, and what a person has done."""

from .catalogue import catalogue_rows, newest_courses
from .course_packs import course_facts, course_pack, course_row, missing_before, preview_course
from .lesson_packs import lesson_pack, lesson_url, preview_lesson
from .listing import ComingDate, coming_dates, open_courses
from .mine import MyCourse, MyLearning, certificate_code, my_courses
from .outline import (
    QuestionWords,
    bare_rule,
    current_questions,
    live_lessons,
    live_outline,
    page_in,
    source_page,
)
from .packs import CoursePack, LessonPack, LessonRow, key_of
from .person import (
    ANSWERS,
    LessonState,
    answers_shown,
    enrolment_of,
    is_over,
    member_state,
    question_state,
    shown_rule,
    visitor_state,
)
from .personal import personal_sections
from .sentences import left_sentence, locked_sentence
from .writing import courses_before, courses_written
from .written import what_is_written

__all__ = [
    "ANSWERS",
    "ComingDate",
    "CoursePack",
    "LessonPack",
    "LessonRow",
    "LessonState",
    "MyCourse",
    "MyLearning",
    "QuestionWords",
    "answers_shown",
    "bare_rule",
    "catalogue_rows",
    "certificate_code",
    "coming_dates",
    "course_facts",
    "course_pack",
    "course_row",
    "courses_before",
    "courses_written",
    "current_questions",
    "enrolment_of",
    "is_over",
    "key_of",
    "left_sentence",
    "lesson_pack",
    "lesson_url",
    "live_lessons",
    "live_outline",
    "locked_sentence",
    "member_state",
    "missing_before",
    "my_courses",
    "newest_courses",
    "open_courses",
    "page_in",
    "personal_sections",
    "preview_course",
    "preview_lesson",
    "question_state",
    "shown_rule",
    "source_page",
    "visitor_state",
    "what_is_written",
]
