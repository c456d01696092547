"""The one place that says what "complete" means. Page, report, certificate and log all ask here."""

from dataclasses import dataclass, field, replace
from typing import Any

Rule = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """What is known of one person in one lesson.

    `scores` holds the best score (0 to 1) of each answered question by block id; `closed` the
    ids of those for which no try is left; `handed_in` the ids of tasks that were handed in and
    not sent back.
    """

    is_read: bool = False
    is_confirmed: bool = False
    scores: dict[str, float] = field(default_factory=dict)
    handed_in: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Left:
    """What is still to do: a code with its numbers. The words are in `queries.left_sentence`."""

    code: str
    count: int = 0
    percent: int = 0
    pass_mark: int = 0


NOTHING = Left("nothing")


def percent_right(rule: Rule, facts: Facts) -> int:
    """The mean of the best scores over all questions of the rule, in whole per cent."""
    asked = rule["questions"]
    if not asked:
        return 0
    total = sum(min(max(facts.scores.get(block, 0.0), 0.0), 1.0) for block in asked)
    return min(100, int(100 * total / len(asked) + 1e-9))


def what_is_left(rule: Rule, facts: Facts) -> Left:
    """What a person still has to do in a lesson; `NOTHING` when it is complete.

    A person at the hub has the last word: who is confirmed is done, whatever the rule.
    A rule that asks for questions or tasks which the lesson does not have falls back to reading.
    """
    if facts.is_confirmed:
        return NOTHING
    if rule["done_when"] == "questions" and rule["questions"]:
        return questions_left(rule, facts)
    if rule["done_when"] == "task" and rule["tasks"]:
        missing = [block for block in rule["tasks"] if block not in facts.handed_in]
        return Left("task", count=len(missing)) if missing else NOTHING
    if rule["done_when"] == "person":
        return Left("person")
    return NOTHING if facts.is_read else Left("read")


def percent_within_reach(rule: Rule, facts: Facts) -> int:
    """The result if all that can still be answered were answered rightly."""
    open_ones = {block: 1.0 for block in rule["questions"] if block not in facts.closed}
    return percent_right(rule, replace(facts, scores={**facts.scores, **open_ones}))


def questions_left(rule: Rule, facts: Facts) -> Left:
    """Which questions are unanswered, or how far the result is from the pass mark; or that the
    tries which are left are not enough."""
    percent = percent_right(rule, facts)
    if percent >= rule["pass_mark"]:
        return NOTHING
    if percent_within_reach(rule, facts) < rule["pass_mark"]:
        return Left("tries", len(rule["questions"]), percent, rule["pass_mark"])
    open_ones = [block for block in rule["questions"] if block not in facts.scores]
    if open_ones:
        return Left("answer", len(open_ones), percent, rule["pass_mark"])
    return Left("score", len(rule["questions"]), percent, rule["pass_mark"])


def is_complete(rule: Rule, facts: Facts) -> bool:
    """Whether a lesson is complete under its rule."""
    return what_is_left(rule, facts) is NOTHING
