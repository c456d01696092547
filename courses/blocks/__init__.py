"""Blocks of a lesson: questions, quizzes, tasks; and a body read as plain values."""

from .body import LessonBody, QuizBlock, TryBlock
from .checks import KINDS, problem_with
from .questions import QUESTIONS, QuestionBlock
from .segments import (
    BodyFacts,
    Segment,
    body_facts,
    body_segments,
    children_of,
    definition_of,
    expanded,
    questions_of,
    read_facts,
)
from .streams import WITH_IDS, StreamAdapter

__all__ = [
    "KINDS",
    "QUESTIONS",
    "WITH_IDS",
    "BodyFacts",
    "LessonBody",
    "QuestionBlock",
    "QuizBlock",
    "Segment",
    "StreamAdapter",
    "TryBlock",
    "body_facts",
    "body_segments",
    "children_of",
    "definition_of",
    "expanded",
    "problem_with",
    "questions_of",
    "read_facts",
]
