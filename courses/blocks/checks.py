"""What a question needs before anybody can answer it. Plain values in, one sentence out."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

KINDS = ("one", "several", "truefalse", "text", "number", "order", "match", "gap")
Values = Sequence[Mapping[str, Any]]


def has_words(markup: str) -> bool:
    """Whether there is anything to read in a piece of HTML."""
    return bool(re.sub(r"<[^>]*>", "", markup).strip())


def is_blank(prompt: str, answers: Values) -> bool:
    """Whether nothing is written in a question yet; a tick alone is nothing."""
    parts = (part for answer in answers for name, part in answer.items() if name != "right")
    return not has_words(prompt) and all(part in (None, "") for part in parts)


def problem_with(kind: str, prompt: str, answers: Values) -> str:
    """Why a question cannot be asked yet, in one sentence; empty when it can."""
    if not has_words(prompt):
        return _("Write the question first.")
    if not answers:
        return _("This question has no answers yet.")
    return COUNTS[kind](prompt, answers) or same_twice(kind, answers)


def right_count(answers: Values) -> int:
    """How many answers are marked as right."""
    return sum(1 for answer in answers if answer.get("right"))


def exactly_one(_prompt: str, answers: Values) -> str:
    """For one right answer among several."""
    if len(answers) < 2:
        return _("Write at least two answers to choose from.")
    if right_count(answers) == 0:
        return _("Mark one answer as right.")
    if right_count(answers) > 1:
        return _("Only one answer can be right here. For more, use “several right answers”.")
    return ""


def exactly_two(prompt: str, answers: Values) -> str:
    """For true or false."""
    if len(answers) != 2:
        return _("True or false has exactly two answers.")
    return exactly_one(prompt, answers)


def some_of_many(_prompt: str, answers: Values) -> str:
    """For several right answers."""
    if len(answers) < 2:
        return _("Write at least two answers to choose from.")
    return at_least_one(_prompt, answers)


def at_least_one(_prompt: str, answers: Values) -> str:
    """For words and numbers."""
    return "" if right_count(answers) else _("Mark at least one answer as right.")


def at_least_two(_prompt: str, answers: Values) -> str:
    """For an order and for pairs."""
    return "" if len(answers) > 1 else _("Write at least two lines.")


def one_each_gap(prompt: str, answers: Values) -> str:
    """For gaps: as many answers as gaps."""
    gaps = len(re.findall(r"_{3,}", prompt))
    if gaps == len(answers):
        return ""
    return ngettext(
        "The text has %(gaps)d gap (___), so it needs as many answers.",
        "The text has %(gaps)d gaps (___), so it needs as many answers.",
        gaps,
    ) % {"gaps": gaps}


COUNTS = {
    "one": exactly_one,
    "several": some_of_many,
    "truefalse": exactly_two,
    "text": at_least_one,
    "number": at_least_one,
    "order": at_least_two,
    "match": at_least_two,
    "gap": one_each_gap,
}


def same_twice(kind: str, answers: Values) -> str:
    """Two answers with the same words cannot be told apart; gaps may share a word."""
    texts = [str(answer.get("text", answer.get("number"))).strip() for answer in answers]
    if kind != "gap" and len(set(texts)) < len(texts):
        return _("Two answers have the same words. Change one of them.")
    return ""
