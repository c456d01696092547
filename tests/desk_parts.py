"""A desk for tests: two hubs, staff of each, a course, learners with planted private words."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from courses.models import Ask, Certificate, Course, Enrolment, HandIn, Lesson, Release
from members.models import Hub, HubRole, Member, RecordEntry

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def make_member(username: str, name: str = "", **values: Any) -> Member:
    """A member who can sign in by force."""
    return Member.objects.create(username=username, name=name or username.title(), **values)


def make_staff(username: str, hub: Hub, *roles: str) -> Member:
    """A member with roles in a hub."""
    member = make_member(username)
    for role in roles:
        HubRole.objects.create(member=member, hub=hub, role=role)
    return member


def rule(key: str, **changes: Any) -> dict[str, Any]:
    """The rule of a lesson: required, read to the end."""
    plain = {"required": True, "done_when": "read", "pass_mark": 60, "questions": [], "tasks": []}
    return {"key": key, **plain, **changes}


def make_course(hub: Hub, title: str = "First steps", lessons: int = 3) -> Course:
    """A course with lessons and its first release."""
    course = Course.objects.create(hub=hub, title=title, slug=title.lower().replace(" ", "-"))
    rows = [
        Lesson.objects.create(course=course, title=f"{title} {n}") for n in range(1, lessons + 1)
    ]
    outline = {"lessons": [rule(row.key.hex) for row in rows]}
    Release.objects.create(course=course, number=1, outline=outline, change="first", made_at=NOW)
    return course


def lessons_of(course: Course) -> list[Lesson]:
    """The lessons in order."""
    return list(course.lessons.order_by("title"))


def make_enrolment(
    member: Member, course: Course, hub: Hub, *, done: int = 0, ago: int = 1, **values: Any
) -> Enrolment:
    """A person in a course, with the first lessons done, last active some days before `NOW`."""
    lessons = lessons_of(course)
    at = NOW - timedelta(days=ago)
    step = {"read": at.isoformat(), "done": at.isoformat()}
    steps = {lesson.key.hex: step for lesson in lessons[:done]}
    return Enrolment.objects.create(
        member=member,
        course=course,
        hub=hub,
        release=course.releases.get(number=1),
        started_at=at,
        last_at=at,
        finished_at=at if done == len(lessons) else None,
        steps=steps,
        required_count=len(lessons),
        required_done=done,
        **values,
    )


def make_hand_in(enrolment: Enrolment, words: str = "My task", **values: Any) -> HandIn:
    """Words handed in for a task of the first lesson."""
    values = {"number": 1, "made_at": NOW, "block_id": "task-1", **values}
    lesson = lessons_of(enrolment.course)[0]
    return HandIn.objects.create(enrolment=enrolment, lesson=lesson, words=words, **values)


def make_ask(enrolment: Enrolment, words: str = "What is a tab?", **values: Any) -> Ask:
    """A question about the first lesson."""
    lesson = lessons_of(enrolment.course)[0]
    values = {"key": lesson.key, "made_at": NOW, **values}
    return Ask.objects.create(
        member=enrolment.member, lesson=lesson, hub=enrolment.hub, words=words, **values
    )


def make_certificate(enrolment: Enrolment, code: str = "ABCDEFGH23456789") -> Certificate:
    """The certificate of a finished enrolment."""
    return Certificate.objects.create(
        code=code,
        member=enrolment.member,
        course=enrolment.course,
        hub=enrolment.hub,
        name=enrolment.member.name,
        course_title=enrolment.course.title,
        hub_name=enrolment.hub.name,
        release_number=1,
        hours=3,
        language="en",
        finished_at=NOW,
        issued_at=NOW,
    )


SECRETS = ("zebra-hand-in", "zebra-ask", "Zebra Name", "zebra-record")


@dataclass
class Desk:
    """Everything on the desk of one hub, and people who must not see it."""

    hub: Hub
    other_hub: Hub
    coordinator: Member
    other_coordinator: Member
    editor: Member
    other_editor: Member
    reviewer: Member
    safety: Member
    learner: Member
    neighbour: Member
    course: Course
    enrolment: Enrolment
    hand_in: HandIn
    ask: Ask


def make_desk() -> Desk:
    """The cast of the desk's tests."""
    hub = Hub.objects.create(slug="riverside", name="Riverside", place="Riverside town")
    other = Hub.objects.create(slug="market", name="Market", place="Market town")
    course = make_course(hub)
    learner = make_member("zebra", "Zebra Name")
    enrolment = make_enrolment(learner, course, hub, done=1)
    RecordEntry.objects.create(
        member=learner, hub=hub, verb="note", words="zebra-record", made_at=NOW
    )
    return Desk(
        hub=hub,
        other_hub=other,
        coordinator=make_staff("coordinator", hub, "coordinator"),
        other_coordinator=make_staff("coordinator2", other, "coordinator"),
        editor=make_staff("editor", hub, "editor"),
        other_editor=make_staff("editor2", other, "editor"),
        reviewer=make_staff("reviewer", hub, "reviewer"),
        safety=make_staff("safety", hub, "safety"),
        learner=learner,
        neighbour=make_member("neighbour"),
        course=course,
        enrolment=enrolment,
        hand_in=make_hand_in(enrolment, "zebra-hand-in"),
        ask=make_ask(enrolment, "zebra-ask"),
    )


def secrets_in(content: bytes) -> list[str]:
    """Which of the private words a page shows."""
    text = content.decode()
    return [word for word in SECRETS if word in text]
