"""A seeded site holds what the actions would have written."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from courses.actions import complete_lesson, enrol, rebuild_progress
from courses.actions.log import event_key
from courses.models import Certificate, Course, Enrolment, LearningEvent, LessonProgress
from hub.seed import Plan, seed_site
from hub.seed.learners import ALL, parts_of
from hub.seed.places import required_lessons
from members.models import Member, Membership, Notice

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
PLAN = Plan(learners=23, courses=5)
# Finished nothing, the small course, both; one has done no lesson at all in the large courses.
SAMPLE = (1, 4, 9, 20, 21)


def test_plan_gives_each_learner_a_small_course_and_the_large_ones_with_room() -> None:
    plan = Plan(learners=20_000, courses=24)
    assert [plan.takers(course) for course in range(4)] == [20_000, 10_000, 1_000, 100]
    assert list(plan.history(100)) == [(4, 0), (0, 16), (1, 16), (2, 16), (3, 16)]
    assert list(plan.history(10_001)) == [(5, 1), (0, 5)]
    assert list(Plan(learners=2, courses=2).history(2)) == [(0, 2), (1, 2)]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """A small seeded site, for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seed_site(PLAN, seed=7, password="a-password-7", now=NOW)
        transaction.set_rollback(True)


@pytest.fixture
def seeded(site: dict[str, Any], db: None) -> dict[str, Any]:
    """The seeded site; what a test changes in it is undone."""
    return site


def counts() -> dict[str, int]:
    """How many rows each table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def learn(learner: int, name: str) -> Member:
    """Do by the actions what the plan says of a learner."""
    member = Member.objects.create(username=f"real-{learner}", name=name, language="en")
    keys = [Course.objects.get(slug=f"course-{number}").key for number in range(1, 6)]
    for number, done in PLAN.history(learner):
        course = Course.objects.get(key=keys[number])
        start = NOW - timedelta(days=2 * PLAN.lessons(number) + number)
        enrol(member=member, course=course, hub=course.hub, now=start)
        for count, lesson in enumerate(required_lessons(course)[:done], 1):
            complete_lesson(member=member, lesson=lesson, now=start + timedelta(days=count))
    return Member.objects.get(pk=member.pk)


def told(member: Member) -> dict[str, list[tuple[Any, ...]]]:
    """All that the site holds about a learner, without numbers and codes of rows."""
    facts = Enrolment.objects.filter(member=member).order_by("id")
    columns = ["course", "hub", "release", "started_at", "finished_at", "last_at", "last_lesson"]
    columns += ["required_count", "required_done", "has_work"]
    steps = [(row.steps,) for row in facts]
    progress = LessonProgress.objects.filter(enrolment__member=member).order_by("id")
    events = LearningEvent.objects.filter(member=member).order_by("id")
    certificates = Certificate.objects.filter(member=member).order_by("id")
    names = [field.attname for field in Certificate._meta.concrete_fields]
    names = [name for name in names if name not in ("id", "code", "member_id")]
    return {
        "member": [(member.unread_count, member.resume_key, member.resume_title, member.language)],
        "memberships": list(member.memberships.order_by("id").values_list("hub", "joined_at")),
        "enrolments": list(facts.values_list(*columns)),
        "steps": steps,
        "progress": list(
            progress.values_list(
                "lesson", "read_at", "confirmed_at", "completed_at", "best_percent"
            )
        ),
        "events": list(
            events.values_list(
                "course", "lesson", "kind", "block_id", "data", "happened_at", "received_at"
            )
        ),
        "certificates": list(certificates.values_list(*names)),
        "notices": list(
            member.notices.order_by("id").values_list("kind", "text", "made_at", "read_at")
        ),
    }


def test_seed_writes_what_the_actions_write(seeded: dict[str, Any]) -> None:
    for learner in SAMPLE:
        copied = Member.objects.get(username=f"bench-{learner}")
        assert told(copied) == told(learn(learner, copied.name)), learner
    assert Certificate.objects.filter(member__username__startswith="real").count() == 6


def test_actions_write_no_other_rows_than_are_copied(seeded: dict[str, Any]) -> None:
    before = counts()
    learn(9, "Somebody")
    after = counts()
    changed = {label for label in after if after[label] != before[label]}
    assert changed <= {model._meta.label for model in ALL}


def test_keys_of_copied_facts_are_those_of_the_actions(seeded: dict[str, Any]) -> None:
    real = learn(20, "Somebody")
    copied = Member.objects.get(username="bench-20")
    for member in (real, copied):
        events = LearningEvent.objects.filter(member=member)
        assert [event.key for event in events] == [
            event_key(member.pk, *parts_of(event)) for event in events
        ]


def test_doing_a_copied_lesson_again_changes_nothing(seeded: dict[str, Any]) -> None:
    copied, course = Member.objects.get(username="bench-5"), Course.objects.get(slug="course-1")
    before, rows = told(copied), counts()
    enrol(member=copied, course=course)
    for lesson in required_lessons(course)[:5]:
        complete_lesson(member=copied, lesson=lesson)
    after = told(copied)
    assert counts() == rows
    assert {**after, "member": []} == {**before, "member": []}


def test_copied_progress_can_be_rebuilt_from_the_log(seeded: dict[str, Any]) -> None:
    copied = Member.objects.get(username="bench-20")
    before = told(copied)
    for enrolment in Enrolment.objects.filter(member=copied):
        rebuild_progress(enrolment=enrolment)
    assert told(copied) == before


def test_certificates_and_notices_of_copies_belong_together(seeded: dict[str, Any]) -> None:
    assert Certificate.objects.count() == len(set(Certificate.objects.values_list("code"))) == 8
    for certificate in Certificate.objects.all():
        notice = Notice.objects.get(member=certificate.member, key=f"certificate:{certificate.pk}")
        assert notice.url == f"/certificates/{certificate.code}/"
        assert certificate.name == certificate.member.name


def test_new_rows_are_numbered_after_the_copies(seeded: dict[str, Any]) -> None:
    new = Member.objects.create(username="new", name="New")
    assert new.pk > Member.objects.get(username="bench-23").pk
    hub = Membership.objects.first().hub
    assert Membership.objects.create(member=new, hub=hub, joined_at=NOW).pk


def test_facts_lead_to_pages_accounts_and_words(seeded: dict[str, Any], client: Client) -> None:
    assert [course["learners"] for course in seeded["courses"]] == [23, 23, 23, 23, None]
    for course in seeded["courses"]:
        assert client.get(course["url"]).status_code == 200
        assert len(course["lessons"]) == course["required"] + 2 * (course["required"] == 20)
        assert client.get(course["lessons"][0]["url"]).status_code == 200
    for person in seeded["people"]:
        assert client.login(username=person["username"], password=seeded["password"])
    words = {(one["field"], one["hub"]) for one in seeded["canaries"]}
    assert len(words) == len(seeded["canaries"]) == 17 * 4


def test_words_are_shown_to_whom_the_facts_name(seeded: dict[str, Any], client: Client) -> None:
    words = {one["field"]: one for one in seeded["canaries"] if one["hub"] == "bench-1"}
    handed_in = words["words handed in"]
    assert handed_in["seen_by"] == [
        "bench-planted-1", "bench-coordinator-1", "bench-editor-1", "bench-reviewer-1"
    ]  # fmt: skip
    client.force_login(Member.objects.get(username="bench-planted-1"))
    assert handed_in["word"] in client.get("/hubs/bench-1/course-1/task/").text
    client.force_login(Member.objects.get(username="bench-planted-2"))
    assert handed_in["word"] not in client.get("/hubs/bench-1/course-1/task/").text
    assert words["page for members"]["seen_by"] == ["every member"]
    assert words["page for members"]["word"] in client.get("/hubs/bench-1/inside/").text
