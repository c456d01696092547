"""Marking: a question's definition and what a person gave, in; a mark, out. Pure.

A definition is the plain dict that `QuestionVersion.definition` stores. What a person gives is
a string (one, truefalse, text, number), a list of answer ids (several, order) or a dict
(match: left id to right id; gap: gap id to words). Default sentences are message ids:
whoever shows a mark passes `message` through gettext.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from .reading import one_line, read_decimal, read_numbers, same_words

Definition = dict[str, Any]
Answer = dict[str, Any]
Given = str | list[str] | dict[str, str]
Feedback = tuple[str, str, bool]

KINDS = ("one", "several", "truefalse", "text", "number", "order", "match", "gap")
LONGEST = 500


def gettext_noop(words: str) -> str:
    """Marks a sentence for translation without Django."""
    return words


RIGHT = gettext_noop("Right.")
NOT_YET = gettext_noop("Not yet.")
PARTLY = gettext_noop("Not yet. Part of it is right.")
SOME_MISSING = gettext_noop("Not yet. There is more to choose.")
UNANSWERED = {
    "one": gettext_noop("Choose an answer."),
    "several": gettext_noop("Choose at least one answer."),
    "truefalse": gettext_noop("Choose an answer."),
    "text": gettext_noop("Write an answer."),
    "number": gettext_noop("Write a number, for example 12 or 3.5."),
    "order": gettext_noop("Put the lines in order."),
    "match": gettext_noop("Choose a partner for every line."),
    "gap": gettext_noop("Fill every gap."),
}


@dataclass(frozen=True)
class Mark:
    """What an answer is worth, and what can be said about it.

    `feedback` holds what the author wrote for the chosen answers: (answer id, words, is right).
    `parts` says of each given piece whether it is right: (answer id, is right).
    """

    score: float
    is_right: bool
    message: str
    feedback: tuple[Feedback, ...] = ()
    parts: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Result:
    """What a marker of one kind finds out: the score and the answers that were touched."""

    score: float
    touched: tuple[tuple[Answer, bool], ...] = ()
    is_short: bool = False


def mark(definition: Definition, given: object) -> Mark:
    """The mark for what a person gave; anything hostile counts as no answer."""
    kind = definition["kind"]
    clean = clean_given(definition, given)
    if not clean:
        return Mark(0.0, False, UNANSWERED[kind])
    result = MARKERS[kind](definition, clean)
    is_right = result.score == 1.0
    feedback = tuple(
        (answer["id"], answer["feedback"], good)
        for answer, good in result.touched
        if answer.get("feedback") and (good or kind not in ("match", "gap"))
    )
    parts = tuple((answer["id"], good) for answer, good in result.touched)
    return Mark(result.score, is_right, message_for(definition, result, feedback), feedback, parts)


def message_for(definition: Definition, result: Result, feedback: Sequence[Feedback]) -> str:
    """The author's sentence where it belongs, or a neutral one."""
    if result.score == 1.0:
        return definition.get("right") or RIGHT
    if result.is_short:
        neutral = SOME_MISSING
    elif result.score and definition["kind"] in ("order", "match", "gap"):
        neutral = PARTLY
    else:
        neutral = NOT_YET
    says_why = any(not good for _id, _words, good in feedback)
    return neutral if says_why else definition.get("otherwise") or neutral


def mark_one(definition: Definition, given: Any) -> Result:
    """One chosen answer: right or not."""
    chosen = next(answer for answer in answers_of(definition) if answer["id"] == given)
    good = bool(chosen.get("right"))
    return Result(float(good), ((chosen, good),))


def mark_several(definition: Definition, given: Any) -> Result:
    """Right picks less wrong picks, over all right answers. Nothing is said of unpicked ones."""
    picks = [answer for answer in answers_of(definition) if answer["id"] in given]
    touched = tuple((answer, bool(answer.get("right"))) for answer in picks)
    needed = sum(1 for answer in answers_of(definition) if answer.get("right"))
    found = sum(1 for _answer, good in touched if good)
    score = max(0, 2 * found - len(picks)) / needed if needed else 0.0
    return Result(score, touched, is_short=found < needed)


def mark_text(definition: Definition, given: Any) -> Result:
    """The first answer with a variant that says the same; right ones are looked at first."""
    return mark_first(definition, lambda answer: same_words(answer["text"], given))


def mark_number(definition: Definition, given: Any) -> Result:
    """The first answer that is near enough; right ones are looked at first."""
    numbers = read_numbers(given)
    return mark_first(definition, lambda answer: is_near(answer, numbers))


def mark_first(definition: Definition, fits: Callable[[Answer], bool]) -> Result:
    """The answer that fits what was written: a right one, a known slip, or none."""
    for answer in sorted(answers_of(definition), key=lambda answer: not answer.get("right")):
        if fits(answer):
            good = bool(answer.get("right"))
            return Result(float(good), ((answer, good),))
    return Result(0.0)


def is_near(answer: Answer, numbers: Sequence[Decimal]) -> bool:
    """Whether any reading of the number lies within the answer's tolerance."""
    target = read_decimal(answer["text"])
    if target is None:
        return False
    tolerance = read_decimal(answer.get("tolerance")) or Decimal(0)
    return any(abs(number - target) <= tolerance for number in numbers)


def mark_order(definition: Definition, given: Any) -> Result:
    """The share of neighbours that stand in the right order."""
    place = {answer["id"]: rank for rank, answer in enumerate(answers_of(definition))}
    pairs = list(pairwise(given))
    good = sum(1 for first, second in pairs if place[first] < place[second])
    return Result(good / len(pairs) if pairs else 1.0)


def mark_match(definition: Definition, given: Any) -> Result:
    """The share of right pairs. Two partners with the same words count as one."""
    block = definition["id"]
    partners = {right_id(block, answer["id"]): answer["match"] for answer in answers_of(definition)}
    return share(definition, given, lambda answer: partners[given[answer["id"]]] == answer["match"])


def mark_gap(definition: Definition, given: Any) -> Result:
    """The share of gaps with a word that fits."""
    return share(definition, given, lambda answer: same_words(answer["text"], given[answer["id"]]))


def share(definition: Definition, given: Any, fits: Callable[[Answer], bool]) -> Result:
    """How many of all answers were given and fit."""
    answers = answers_of(definition)
    touched = tuple((answer, fits(answer)) for answer in answers if answer["id"] in given)
    return Result(sum(1 for _answer, good in touched if good) / len(answers), touched)


MARKERS: dict[str, Callable[[Definition, Any], Result]] = {
    "one": mark_one,
    "several": mark_several,
    "truefalse": mark_one,
    "text": mark_text,
    "number": mark_number,
    "order": mark_order,
    "match": mark_match,
    "gap": mark_gap,
}


def answers_of(definition: Definition) -> list[Answer]:
    """The answers of a question, as the author ordered them."""
    return list(definition["answers"])


def right_id(block_id: str, answer_id: str) -> str:
    """The id of a right-hand side, from which its left-hand side cannot be read."""
    return hashlib.sha256(f"{block_id}{answer_id}r".encode()).hexdigest()[:8]


def is_answered(definition: Definition, given: object) -> bool:
    """Whether every piece of the question has an answer that can be marked."""
    clean = clean_given(definition, given)
    if definition["kind"] == "number":
        return bool(read_numbers(str(clean)))
    if definition["kind"] in ("match", "gap"):
        return 0 < len(clean) == len(answers_of(definition))
    return bool(clean)


def tries_left(definition: Definition, made: int) -> int | None:
    """How many tries are left after so many; None where they are free."""
    limit = definition.get("tries") or 0
    return max(0, limit - made) if limit else None


def is_over(definition: Definition, made: int, is_right: bool) -> bool:
    """Whether there is nothing more to answer: it is right, or no try is left."""
    return is_right or tries_left(definition, made) == 0


def clean_given(definition: Definition, raw: object) -> Given:
    """A valid answer made of anything at all; what does not fit is left out."""
    kind = definition["kind"]
    ids = [answer["id"] for answer in answers_of(definition)]
    if kind in ("one", "truefalse"):
        return raw if isinstance(raw, str) and raw in ids else ""
    if kind in ("text", "number"):
        return clean_words(raw)
    if kind in ("several", "order"):
        return clean_ids(kind, ids, raw)
    return clean_pieces(definition, ids, raw)


def clean_ids(kind: str, ids: list[str], raw: object) -> list[str]:
    """Known ids, each once. An order keeps its own sequence and must be complete."""
    picks = [pick for pick in raw if isinstance(pick, str)] if isinstance(raw, list | tuple) else []
    if kind == "several":
        return [answer_id for answer_id in ids if answer_id in picks]
    return picks if sorted(picks) == sorted(ids) else []


def clean_pieces(definition: Definition, ids: list[str], raw: object) -> dict[str, str]:
    """What was given for each left-hand side or gap; empty pieces are left out."""
    pieces = raw if isinstance(raw, dict) else {}
    found = {answer_id: clean_words(pieces.get(answer_id)) for answer_id in ids}
    if definition["kind"] == "match":
        partners = {right_id(definition["id"], answer_id) for answer_id in ids}
        return {left: right for left, right in found.items() if right in partners}
    return {gap: words for gap, words in found.items() if words}


def clean_words(raw: object) -> str:
    """One line of text without control signs and of bearable length; empty for anything else."""
    if not isinstance(raw, str):
        return ""
    return unicodedata.normalize("NFC", one_line(raw[: 4 * LONGEST]))[:LONGEST].strip()


def fingerprint(definition: Definition) -> str:
    """A digest that changes exactly when the definition does."""
    text = json.dumps(definition, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def mark_quiz(marks: Sequence[Mark]) -> tuple[int, int, int]:
    """The mean score in whole per cent (rounded down), how many are right, how many there are."""
    count = len(marks)
    total = sum(mark.score for mark in marks)
    percent = min(100, int(100 * total / count + 1e-9)) if count else 0
    return percent, sum(1 for mark in marks if mark.is_right), count


def passes(percent: int, pass_mark: int) -> bool:
    """Whether a result reaches the pass mark."""
    return percent >= pass_mark
