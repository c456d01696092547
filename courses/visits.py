"""What a visitor without an account did, as plain facts in the session. Pure.

A fact is a dict: `kind` (answered, read), `lesson` (hex), `at` (ISO time), and for an answer
`block`, `given`,
`number`, `digest`. ARCHITECTURE section 4, "A visitor without an account".
"""

from collections.abc import Iterable
from typing import Any

Fact = dict[str, Any]
MOST_FACTS = 300


def add_fact(facts: list[Fact], fact: Fact) -> list[Fact]:
    """The facts with one more; the same fact again changes nothing, and there is a limit."""
    if is_known(facts, fact) or len(facts) >= MOST_FACTS:
        return facts
    return [*facts, fact]


def is_known(facts: Iterable[Fact], fact: Fact) -> bool:
    """Whether a fact is among those that are kept."""
    return any(same(fact, known) for known in facts)


def same(one: Fact, other: Fact) -> bool:
    """Whether two facts are the same: times apart, and one reading is like another."""
    names = ("kind", "lesson", "block", "number")
    return all(one.get(name) == other.get(name) for name in names)


def of_lesson(facts: Iterable[Fact], lesson: str) -> list[Fact]:
    """The facts of one lesson."""
    return [fact for fact in facts if fact["lesson"] == lesson]


def is_read(facts: Iterable[Fact], lesson: str) -> bool:
    """Whether the visitor read a lesson to the end."""
    return any(fact["kind"] == "read" for fact in of_lesson(facts, lesson))


def answers(facts: Iterable[Fact], lesson: str) -> dict[str, list[Fact]]:
    """The answers in a lesson, by block, in the order in which they were given."""
    found: dict[str, list[Fact]] = {}
    for fact in of_lesson(facts, lesson):
        if fact["kind"] == "answered":
            found.setdefault(fact["block"], []).append(fact)
    return found
