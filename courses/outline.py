"""What finishing a course needs, as plain values: compare two outlines, count, find the next
lesson.

An outline is `{"lessons": [rule, …]}` in order. A rule is a dict: `key` (hex of the lesson's key),
`required` (bool), `done_when` (read, questions, task, person), `pass_mark` (per cent),
`questions` and `tasks` (ids of blocks). ARCHITECTURE section 4, "Releases".
"""

from collections.abc import Iterable
from typing import Any

Outline = dict[str, Any]
Rule = dict[str, Any]


def rules(outline: Outline) -> list[Rule]:
    """The rules of the lessons, in order."""
    return list(outline.get("lessons", []))


def rule_of(outline: Outline, key: str) -> Rule | None:
    """The rule of one lesson, or None when the outline does not hold it."""
    return next((rule for rule in rules(outline) if rule["key"] == key), None)


def required_keys(outline: Outline) -> list[str]:
    """The keys of the lessons that the certificate needs, in order."""
    return [rule["key"] for rule in rules(outline) if rule["required"]]


def counts(outline: Outline, done: Iterable[str]) -> tuple[int, int]:
    """How many required lessons are done, and how many there are."""
    required = required_keys(outline)
    return len(set(required) & set(done)), len(required)


def is_finished(outline: Outline, done: Iterable[str]) -> bool:
    """Whether everything required is done. An outline that requires nothing is never finished."""
    finished, required = counts(outline, done)
    return 0 < required == finished


def next_key(outline: Outline, done: Iterable[str], after: str = "") -> str | None:
    """The next lesson that is not done: behind `after` first, then from the start."""
    keys = [rule["key"] for rule in rules(outline)]
    start = keys.index(after) + 1 if after in keys else 0
    ended = set(done)
    return next((key for key in keys[start:] + keys[:start] if key not in ended), None)


def asks_no_more(old: Rule, new: Rule) -> bool:
    """Whether who met the old rule meets the new one as well."""
    if new["done_when"] == "read":
        return True
    if new["done_when"] != old["done_when"]:
        return False
    if new["done_when"] == "questions":
        return new["pass_mark"] <= old["pass_mark"] and new["questions"] == old["questions"]
    if new["done_when"] == "task":
        return set(new["tasks"]) <= set(old["tasks"])
    return True


def compare(old: Outline | None, new: Outline) -> str:
    """`first`, `same`, `looser` (asks for the same or less) or `tighter` (asks for more)."""
    if old is None:
        return "first"
    if old == new:
        return "same"
    before = {rule["key"]: rule for rule in rules(old) if rule["required"]}
    for rule in rules(new):
        if not rule["required"]:
            continue
        if rule["key"] not in before or not asks_no_more(before[rule["key"]], rule):
            return "tighter"
    return "looser"


def added_keys(old: Outline, new: Outline) -> list[str]:
    """The lessons that the new outline requires and the old one did not."""
    before = set(required_keys(old))
    return [key for key in required_keys(new) if key not in before]
