"""Two people, or two tabs, at the same moment: real threads on a real database, one effect."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection
from django.test import Client

from courses.actions import Answer, answer_questions, complete_lesson, enrol
from courses.models import (
    Attempt,
    Certificate,
    Course,
    Enrolment,
    LearningEvent,
    LessonPage,
    LessonProgress,
)
from members.actions import erase_member
from members.models import Member, Membership, Notice
from tests.factories import block_of, make_course, make_hub, make_member, packs_of

pytestmark = pytest.mark.usefixtures("own_database")
ROUNDS = int(os.environ.get("ROUNDS", "5"))
TOGETHER = 4
# How many learners answer while something is published: so many every tenth time, few else.
MANY, FEW = min(ROUNDS, 50), 5


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


def one_each(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gives, or the error it ended with; all start at the same moment."""
    start = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            return act()
        except (DatabaseError, ObjectDoesNotExist) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_publishing_while_learners_answer_keeps_the_question_that_was_asked(
    course: Course,
) -> None:
    _read, questions = packs_of(course)
    block = block_of(questions, "second")
    digest = questions.versions[block][1]
    page = LessonPage.objects.get(pk=questions.page_id)
    releases = course.releases.count()
    for number in range(ROUNDS):
        count = FEW if number % 10 else MANY
        people = [make_member(f"many{number}-{one}") for one in range(count)]

        def publish(number: int = number) -> Any:
            changed = LessonPage.objects.get(pk=page.pk)
            raw = [dict(child) for child in changed.body.raw_data]
            raw[-1]["value"]["prompt"] = f"<p>What is it called, number {number}?</p>"
            changed.body = raw
            return changed.save_revision().publish()

        answer = Answer(block, "browser", digest=digest)
        same = partial(answer_questions, lesson=questions, answers=[answer])
        acts = [partial(same, member=person) for person in people]
        got = one_each(publish, *acts)
        assert [one for one in got if isinstance(one, Exception)] == []
        attempts = Attempt.objects.filter(enrolment__member__in=people).select_related("version")
        assert sorted(row.enrolment.member_id for row in attempts) == [one.pk for one in people]
        assert {row.version.digest for row in attempts} == {digest}
        assert course.releases.count() == releases


def test_signing_up_twice_with_the_same_steps_makes_one_member_with_them_once(
    course: Course, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    read, questions = packs_of(course)
    block = block_of(questions, "second")
    for number in range(ROUNDS):
        visitor = Client(HTTP_ORIGIN="http://testserver")
        visitor.post(f"/learn/lessons/{read.uuid}/done/")
        form = {"block": block, f"q-{block}": "browser", f"n-{block}": "1"}
        visitor.post(f"/learn/lessons/{questions.uuid}/answer/", form)
        fields = {"name": "New", "username": f"new{number}", "password1": "three small boats"}
        got = one_each(*[partial(sign_up, visitor, fields) for _tab in range(2)])
        assert sorted(got) in ([302, 302], [302, 422])
        member = Member.objects.get(username=f"new{number}")
        assert Attempt.objects.filter(enrolment__member=member).count() == 1
        assert kinds(member).count("read") == kinds(member).count("answered") == 1
        assert Enrolment.objects.get(member=member).steps[read.key]["done"]


def sign_up(visitor: Client, fields: dict[str, str]) -> int:
    """Sign up in one more tab of the same browser; the status of the answer."""
    tab = Client(HTTP_ORIGIN="http://testserver")
    tab.cookies.update(visitor.cookies)
    return tab.post("/accounts/signup/", fields).status_code


def test_two_editors_who_save_at_once_leave_two_versions_and_one_truth(course: Course) -> None:
    page = LessonPage.objects.get(pk=packs_of(course)[0].page_id)
    releases = course.releases.count()
    for number in range(ROUNDS):
        before = page.revisions.count()

        def save(title: str) -> Any:
            mine = LessonPage.objects.get(pk=page.pk)
            mine.title = title
            return mine.save_revision().publish()

        titles = [f"First {number}", f"Second {number}"]
        got = one_each(*[partial(save, title) for title in titles])
        assert [one for one in got if isinstance(one, Exception)] == []
        now = LessonPage.objects.get(pk=page.pk)
        assert now.title in titles
        assert page.revisions.count() == before + 2
        assert packs_of(course)[0].title == now.title
        assert course.releases.count() == releases


def test_erasing_an_account_while_it_saves_leaves_nothing_of_it(course: Course) -> None:
    read, _questions = packs_of(course)
    for number in range(ROUNDS):
        member = make_member(f"gone{number}")
        key = member.pk
        erase = partial(erase_member, member=Member.objects.get(pk=key))
        save = partial(complete_lesson, member=member, lesson=read)
        got = one_each(erase, save)
        assert got[0] is True
        assert not Member.objects.filter(pk=key).exists()
        for model in (Enrolment, LearningEvent, Membership, Notice):
            assert not model.objects.filter(member_id=key).exists()
        assert not LessonProgress.objects.filter(enrolment__member_id=key).exists()
