"""Outlines: counted, compared, walked through. No database."""

from typing import Any

import pytest

from courses import outline


def rule(key: str, done_when: str = "read", **values: Any) -> dict[str, Any]:
    bare = {"required": True, "pass_mark": 0, "questions": [], "tasks": []}
    return {"key": key, "done_when": done_when, **bare, **values}


def course(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"lessons": list(rules)}


THREE = course(rule("a"), rule("b"), rule("c", required=False))


def test_counts_required_lessons_only() -> None:
    assert outline.counts(THREE, ["a", "c", "gone"]) == (1, 2)
    assert outline.counts({}, ["a"]) == (0, 0)


def test_finished_when_all_that_is_required_is_done() -> None:
    assert not outline.is_finished(THREE, ["a"])
    assert outline.is_finished(THREE, ["a", "b"])
    assert not outline.is_finished(course(rule("a", required=False)), ["a"])


def test_rule_of_a_lesson() -> None:
    assert outline.rule_of(THREE, "b") == rule("b")
    assert outline.rule_of(THREE, "gone") is None


@pytest.mark.parametrize(
    ("done", "after", "found"),
    [
        ([], "", "a"),
        (["a"], "", "b"),
        ([], "a", "b"),
        (["b"], "a", "c"),
        (["c"], "b", "a"),
        ([], "gone", "a"),
        (["a", "b", "c"], "a", None),
    ],
)
def test_next_lesson(done: list[str], after: str, found: str | None) -> None:
    assert outline.next_key(THREE, done, after) == found


QUIZ = rule("a", "questions", pass_mark=60, questions=["q"])
TASK = rule("a", "task", tasks=["t", "u"])
PERSON = rule("a", "person")


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (None, THREE, "first"),
        (THREE, THREE, "same"),
        (THREE, course(rule("b"), rule("a")), "looser"),
        (THREE, course(rule("a"), rule("b"), rule("c")), "tighter"),
        (THREE, course(rule("a"), rule("b"), rule("d", required=False)), "looser"),
        (course(rule("a")), course(QUIZ), "tighter"),
        (course(QUIZ), course(rule("a")), "looser"),
        (course(QUIZ), course({**QUIZ, "pass_mark": 50}), "looser"),
        (course(QUIZ), course({**QUIZ, "pass_mark": 70}), "tighter"),
        (course(QUIZ), course({**QUIZ, "questions": ["q", "r"]}), "tighter"),
        (course(QUIZ), course({**QUIZ, "tasks": ["t"]}), "looser"),
        (course(TASK), course({**TASK, "tasks": ["u"]}), "looser"),
        (course(TASK), course({**TASK, "tasks": ["u", "v"]}), "tighter"),
        (course(PERSON), course({**PERSON, "questions": ["q"]}), "looser"),
        (course(PERSON), course(TASK), "tighter"),
    ],
)
def test_compare(old: Any, new: Any, change: str) -> None:
    assert outline.compare(old, new) == change


def test_added_lessons() -> None:
    new = course(rule("b"), rule("c"), rule("d"), rule("e", required=False))
    assert outline.added_keys(THREE, new) == ["c", "d"]
