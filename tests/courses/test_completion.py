"""What "complete" means, for every rule. No database."""

import pytest

from courses.completion import NOTHING, Facts, Left, percent_right, what_is_left

RULE = {
    "key": "k",
    "required": True,
    "done_when": "read",
    "pass_mark": 60,
    "questions": ["a", "b"],
    "tasks": ["t", "u"],
}


def rule(done_when: str, **values: object) -> dict[str, object]:
    return {**RULE, "done_when": done_when, **values}


@pytest.mark.parametrize(
    ("scores", "percent"),
    [
        ({}, 0),
        ({"a": 1.0}, 50),
        ({"a": 1.0, "b": 1.0}, 100),
        ({"a": 1.0, "b": 1 / 3}, 66),
        ({"a": 7.0, "b": -1.0}, 50),
        ({"a": 1.0, "another": 1.0}, 50),
    ],
)
def test_percent_is_the_mean_of_the_best_scores(scores: dict[str, float], percent: int) -> None:
    assert percent_right(rule("questions"), Facts(scores=scores)) == percent


def test_percent_of_no_questions_is_nothing() -> None:
    assert percent_right(rule("questions", questions=[]), Facts(scores={"a": 1.0})) == 0


def test_percent_is_exact_for_thirds() -> None:
    asked = rule("questions", questions=["a", "b", "c"])
    assert percent_right(asked, Facts(scores=dict.fromkeys("abc", 1 / 3))) == 33
    assert percent_right(asked, Facts(scores=dict.fromkeys("abc", 1.0))) == 100


@pytest.mark.parametrize(
    ("done_when", "facts", "left"),
    [
        ("read", Facts(), Left("read")),
        ("read", Facts(is_read=True), NOTHING),
        ("questions", Facts(is_read=True), Left("answer", 2, 0, 60)),
        ("questions", Facts(scores={"a": 1.0}), Left("answer", 1, 50, 60)),
        ("questions", Facts(scores={"a": 1.0, "b": 0.5}), NOTHING),
        ("task", Facts(is_read=True), Left("task", count=2)),
        ("task", Facts(handed_in=frozenset("t")), Left("task", count=1)),
        ("task", Facts(handed_in=frozenset("tu")), NOTHING),
        ("person", Facts(is_read=True, scores={"a": 1.0, "b": 1.0}), Left("person")),
        ("person", Facts(is_confirmed=True), NOTHING),
        ("questions", Facts(is_confirmed=True), NOTHING),
        ("task", Facts(is_confirmed=True), NOTHING),
    ],
)
def test_what_is_left(done_when: str, facts: Facts, left: Left) -> None:
    assert what_is_left(rule(done_when), facts) == left


def test_all_answered_but_not_enough_says_how_far_it_is() -> None:
    left = what_is_left(rule("questions"), Facts(scores={"a": 1.0, "b": 0.0}))
    assert left == Left("score", 2, 50, 60)


@pytest.mark.parametrize("done_when", ["questions", "task"])
def test_a_rule_without_its_blocks_falls_back_to_reading(done_when: str) -> None:
    bare = rule(done_when, questions=[], tasks=[])
    assert what_is_left(bare, Facts()) == Left("read")
    assert what_is_left(bare, Facts(is_read=True)) == NOTHING


@pytest.mark.parametrize(
    ("pass_mark", "scores", "closed", "code"),
    [
        (100, {"a": 0.0, "b": 1.0}, {"a"}, "tries"),
        (100, {"a": 0.0}, {"a"}, "tries"),
        (60, {"a": 0.5, "b": 0.5}, {"a", "b"}, "tries"),
        (60, {"a": 0.5}, {"a"}, "answer"),
        (60, {"a": 0.5, "b": 0.5}, {"a"}, "score"),
        (60, {"a": 0.5, "b": 0.7}, {"a", "b"}, "nothing"),
        (100, {"a": 1.0, "b": 0.0}, {"a"}, "score"),
    ],
)
def test_tries_that_cannot_be_enough_are_said(
    pass_mark: int, scores: dict[str, float], closed: set[str], code: str
) -> None:
    facts = Facts(scores=scores, closed=frozenset(closed))
    assert what_is_left(rule("questions", pass_mark=pass_mark), facts).code == code
