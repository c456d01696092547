"""The record of one learner in one course, as a coordinator reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from courses import outline
from courses.models import Certificate, Course, Enrolment, HandIn, Lesson
from courses.sheet import state_of
from members.models import Hub, Member, RecordEntry

MOST_ENTRIES = 100


@dataclass(frozen=True)
class LessonLine:
    """How far the learner is in one lesson."""

    lesson: Lesson
    state: str
    is_required: bool
    is_kept_only: bool
    done_at: datetime | None
    is_confirmed: bool
    percent: int | None


@dataclass(frozen=True)
class LearnerRecord:
    """Everything a coordinator sees of one enrolment."""

    enrolment: Enrolment
    lessons: list[LessonLine]
    hand_ins: list[HandIn]
    certificate: Certificate | None
    entries: list[RecordEntry]

    @property
    def all_lessons(self) -> list[Lesson]:
        """Every lesson of the record."""
        return [line.lesson for line in self.lessons]

    @property
    def open_lessons(self) -> list[Lesson]:
        """The lessons that are not done yet."""
        return [line.lesson for line in self.lessons if line.state != "done"]


def enrolments_for(member: Member, hub: Hub, course: Course) -> QuerySet[Enrolment]:
    """The enrolments of a course in a hub that a coordinator sees."""
    rows = Enrolment.objects.visible_to(member).filter(hub=hub, course=course)
    return rows.select_related("member", "course", "hub", "release")


def learner_record(enrolment: Enrolment) -> LearnerRecord:
    """The record of an enrolment, in four statements."""
    learner, hub = enrolment.member, enrolment.hub
    entries = RecordEntry.objects.for_member(learner).filter(hub=hub).select_related("actor")
    hand_ins = enrolment.hand_ins.select_related("lesson", "reviewed_by").order_by(
        "-made_at", "-pk"
    )
    certificates = Certificate.objects.filter(member=learner, course=enrolment.course, hub=hub)
    return LearnerRecord(
        enrolment=enrolment,
        lessons=lesson_lines(enrolment),
        hand_ins=list(hand_ins),
        certificate=certificates.select_related("withdrawal").first(),
        entries=list(entries[:MOST_ENTRIES]),
    )


def lesson_lines(enrolment: Enrolment) -> list[LessonLine]:
    """The lessons of the learner's release in order, then others in which something was done."""
    known = {lesson.pk.hex: lesson for lesson in enrolment.course.lessons.all()}
    rules = {rule["key"]: rule for rule in outline.rules(enrolment.release.outline)}
    others = [key for key in enrolment.steps if key not in rules]
    return [
        lesson_line(known[key], rules.get(key), enrolment.steps.get(key, {}))
        for key in [*rules, *others]
        if key in known
    ]


def lesson_line(lesson: Lesson, rule: outline.Rule | None, step: dict[str, Any]) -> LessonLine:
    """One lesson with what the learner did in it."""
    return LessonLine(
        lesson=lesson,
        state=state_of(step),
        is_required=bool(rule and rule["required"]),
        is_kept_only=rule is None or lesson.retired_at is not None,
        done_at=parse_datetime(step.get("done") or ""),
        is_confirmed=bool(step.get("confirmed")),
        percent=step.get("percent"),
    )
