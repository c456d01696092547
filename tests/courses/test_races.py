"""Two people, or two tabs, at the same moment: real threads on a real database, one effect."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from courses.actions import Answer, answer_questions, complete_lesson, enrol
from courses.models import (
    Attempt,
    Certificate,
    Course,
    Enrolment,
    LearningEvent,
    LessonProgress,
)
from members.models import Member, Membership, Notice
from tests.factories import block_of, make_course, make_hub, make_member, packs_of

pytestmark = pytest.mark.usefixtures("own_database")
ROUNDS = 5
TOGETHER = 4


def at_once(act: Callable[[], Any]) -> list[Any]:
    """What several threads get that act at the same moment, each on its own connection."""
    start = threading.Barrier(TOGETHER)

    def one(_number: int) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, range(TOGETHER)))


def kinds(member: Member) -> list[str]:
    """What the log says of a person, in order."""
    return list(LearningEvent.objects.filter(member=member).values_list("kind", flat=True))


@pytest.fixture
def course() -> Course:
    return make_course(make_hub("harbour"), lessons=("read", "questions"))


def test_starting_at_once_makes_one_enrolment(course: Course) -> None:
    for number in range(ROUNDS):
        member = make_member(f"quick{number}")
        got = at_once(lambda who=member: enrol(member=who, course=course).pk)
        assert got == [Enrolment.objects.get(member=member).pk] * TOGETHER
        assert kinds(member) == ["enrolled"]
        assert Membership.objects.filter(member=member).count() == 1


def test_finishing_at_once_gives_one_certificate(course: Course) -> None:
    read, questions = packs_of(course)
    right = {"first": right_one(questions), "second": "browser"}
    answers = [Answer(block_of(questions, name), given) for name, given in right.items()]
    for number in range(ROUNDS):
        member = make_member(f"done{number}")
        answer_questions(member=member, lesson=questions, answers=answers)
        at_once(lambda who=member: complete_lesson(member=who, lesson=read).pk)
        assert Certificate.objects.filter(member=member).count() == 1
        assert Notice.objects.filter(member=member).count() == 1
        assert Member.objects.get(pk=member.pk).unread_count == 1
        assert kinds(member).count("finished") == 1
        assert kinds(member).count("completed") == 2
        assert LessonProgress.objects.filter(enrolment__member=member).count() == 2


def right_one(pack: Any) -> str:
    """The id of the right answer to the question `first`."""
    answers = pack.definitions[block_of(pack, "first")]["answers"]
    return next(answer["id"] for answer in answers if answer.get("right"))


def test_one_answer_sent_several_times_is_one_attempt(course: Course) -> None:
    _read, questions = packs_of(course)
    answers = [Answer(block_of(questions, "second"), "browser")]
    for number in range(ROUNDS):
        member = make_member(f"answers{number}")
        at_once(lambda who=member: answer_questions(member=who, lesson=questions, answers=answers))
        attempts = Attempt.objects.filter(enrolment__member=member)
        assert list(attempts.values_list("number", flat=True)) == [1]
        assert kinds(member) == ["enrolled", "answered"]
