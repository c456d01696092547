"""Learners by the thousand. One takes each course by the actions; the others get copies of what
that wrote, after as many lessons as they have done."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model

from courses.actions import complete_lesson, enrol
from courses.actions.certificates import CODE_LENGTH, LETTERS
from courses.actions.log import event_key
from courses.models import Certificate, Course, Enrolment, LearningEvent, LessonProgress
from members.models import Member, Membership, Notice

from .places import Places, required_lessons
from .plan import Plan
from .rows import columns, count_on, insert, next_id, value_of, values_of
from .words import Writer

# What taking a course writes, besides the member's own row.
MODELS: tuple[type[Model], ...] = (
    Membership,
    Enrolment,
    LessonProgress,
    LearningEvent,
    Certificate,
    Notice,
)
ALL: tuple[type[Model], ...] = (Member, *MODELS)
AT = {model: {name: at for at, name in enumerate(columns(model))} for model in ALL}
CHUNK = 2_000
DAY = timedelta(days=1)


@dataclass
class Taken:
    """What a course has written for one learner after some lessons."""

    hub: int
    rows: dict[type[Model], list[list[Any]]]
    events: list[tuple[str, ...]]
    unread: int
    resume: tuple[Any, str] | None
    pk: int = 0
    code: str = ""


def copy_learners(plan: Plan, places: Places, writer: Writer, password: str, now: datetime) -> None:
    """Write all learners. `password` is a hash; the courses lie before `now`."""
    taken = [
        take(course, now - timedelta(days=2 * plan.lessons(number) + number))
        for number, course in enumerate(places.courses)
    ]
    first = Member(username="bench-first", password=password, language="en", date_joined=now)
    Copier(plan, taken, writer, values_of(first)).copy_all()


def take(course: Course, start: datetime) -> list[Taken]:
    """Take a course lesson by lesson and note after each what is there; then all is undone."""
    with transaction.atomic():
        member = Member.objects.create(username="bench-first", name="First")
        enrol(member=member, course=course, hub=course.hub, now=start)
        found = [note(member)]
        for number, lesson in enumerate(required_lessons(course), 1):
            complete_lesson(member=member, lesson=lesson, now=start + number * DAY)
            found.append(note(Member.objects.get(pk=member.pk), took=True))
        transaction.set_rollback(True)
    return found


def note(member: Member, took: bool = False) -> Taken:
    """All rows of a learner as values; numbers and codes are changed in each copy."""
    enrolment = Enrolment.objects.get(member=member)
    events = list(LearningEvent.objects.filter(member=member).order_by("id"))
    certificate = Certificate.objects.filter(member=member).first()
    found: dict[type[Model], list[Model]] = {
        Membership: list(Membership.objects.filter(member=member)),
        Enrolment: [enrolment],
        LessonProgress: list(LessonProgress.objects.filter(enrolment=enrolment).order_by("id")),
        LearningEvent: list(events),
        Certificate: [certificate] if certificate else [],
        Notice: list(Notice.objects.filter(member=member)),
    }
    return Taken(
        hub=enrolment.hub_id,
        rows={model: [values_of(row) for row in rows] for model, rows in found.items()},
        events=[parts_of(event) for event in events],
        unread=member.unread_count,
        resume=(values_of(member)[AT[Member]["resume_key"]], member.resume_title) if took else None,
        pk=certificate.pk if certificate else 0,
        code=certificate.code if certificate else "",
    )


def parts_of(event: LearningEvent) -> tuple[str, ...]:
    """What the key of a fact is made of, besides the learner."""
    about = event.lesson_id.hex if event.lesson_id else str(event.course_id)
    return about, event.kind


@dataclass
class Copier:
    """Writes learners with copies of what others have taken."""

    plan: Plan
    taken: list[list[Taken]]
    writer: Writer
    first: list[Any]
    ids: dict[type[Model], int] = field(default_factory=dict)
    waiting: dict[type[Model], list[list[Any]]] = field(default_factory=dict)

    def copy_all(self) -> None:
        """Write every learner, some thousand at a time."""
        self.ids = {model: next_id(model) for model in ALL}
        for learner in range(1, self.plan.learners + 1):
            self.copy(learner)
            if learner % CHUNK == 0:
                self.write()
        self.write()
        count_on(ALL)

    def write(self) -> None:
        """Write what waits."""
        for model in ALL:
            insert(model, self.waiting.get(model, []))
        self.waiting = {}

    def add(self, model: type[Model], values: list[Any], **changed: Any) -> int:
        """A copy of a row with a number of its own; gives that number."""
        row, at, number = values.copy(), AT[model], self.ids[model]
        self.ids[model] += 1
        row[at["id"]] = number
        for name, value in changed.items():
            row[at[name]] = value
        self.waiting.setdefault(model, []).append(row)
        return number

    def copy(self, learner: int) -> None:
        """One learner with all that the plan says."""
        history = [self.taken[course][done] for course, done in self.plan.history(learner)]
        resumes = [taken.resume for taken in history if taken.resume]
        key, title = resumes[-1] if resumes else (None, "")
        member = self.add(
            Member,
            self.first,
            username=f"bench-{learner}",
            name=self.writer.name(),
            unread_count=sum(taken.unread for taken in history),
            resume_key=key,
            resume_title=title,
        )
        hubs: set[int] = set()
        for taken in history:
            self.copy_course(member, taken, is_new=taken.hub not in hubs)
            hubs.add(taken.hub)

    def copy_course(self, member: int, taken: Taken, is_new: bool) -> None:
        """One learner's rows in one course."""
        rows = taken.rows
        for values in rows[Membership] if is_new else ():
            self.add(Membership, values, member_id=member)
        for values in rows[Enrolment]:
            enrolment = self.add(Enrolment, values, member_id=member)
        for values in rows[LessonProgress]:
            self.add(LessonProgress, values, enrolment_id=enrolment)
        for values, parts in zip(rows[LearningEvent], taken.events, strict=True):
            key = value_of(LearningEvent, "key", event_key(member, *parts))
            self.add(LearningEvent, values, member_id=member, key=key)
        for values in rows[Certificate]:
            self.copy_certificate(member, values, taken)

    def copy_certificate(self, member: int, values: list[Any], taken: Taken) -> None:
        """A certificate with a code of its own, and the notice that leads to it."""
        code = self.writer.pick(LETTERS, CODE_LENGTH)
        name = self.waiting[Member][-1][AT[Member]["name"]]
        number = self.add(Certificate, values, member_id=member, code=code, name=name)
        for row in taken.rows[Notice]:
            at = AT[Notice]
            self.add(
                Notice,
                row,
                member_id=member,
                key=row[at["key"]].replace(str(taken.pk), str(number)),
                url=row[at["url"]].replace(taken.code, code),
            )
