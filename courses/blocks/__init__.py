"""Blocks of a lesson: questions, quizzes, tasks; and a body read as plain values."""

from .body import LessonBody, QuizBlock, TryBlock
from .checks import KINDS, problem_with
from .questions import QUESTIONS, QuestionBlock
from .segments import (
    Segment,
    body_segments,
    children_of,
    definition_of,
    expanded,
    questions_of,
)

__all__ = [
    "KINDS",
    "QUESTIONS",
    "LessonBody",
    "QuestionBlock",
    "QuizBlock",
    "Segment",
    "TryBlock",
    "body_segments",
    "children_of",
    "definition_of",
    "expanded",
    "problem_with",
    "questions_of",
]
