"""What a member learns: started, finished, certificates, hours."""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from courses.models import Certificate, Enrolment
from members.models import Member
from members.statements import Statement

from .certificates import hours_words
from .course_packs import course_pack
from .packs import CoursePack, LessonRow

CERTIFICATES = Statement(
    lambda member: (
        Certificate.objects.filter(member=member)
        .select_related("withdrawal")
        .order_by("-finished_at")
    ),
    1,
)
CERTIFICATE = Statement(
    lambda member, course: Certificate.objects.filter(member=member, course=course).order_by(),
    1,
    uuid.UUID(int=2),
)
ENROLMENTS = Statement(
    lambda member: Enrolment.objects.filter(member=member).select_related("course"), 1
)


@dataclass(frozen=True)
class MyCourse:
    """A course that a member has started, with the next lesson and the words of the course."""

    enrolment: Enrolment
    title: str
    url: str
    pack: CoursePack | None
    next: LessonRow | None
    certificate: Certificate | None

    @property
    def done(self) -> int:
        return self.enrolment.required_done

    @property
    def count(self) -> int:
        return self.enrolment.required_count

    @property
    def extra(self) -> int:
        """How many lessons there are beside those that the certificate needs."""
        return sum(not row.is_required for row in self.pack.lessons) if self.pack else 0


@dataclass(frozen=True)
class MyLearning:
    """Everything on `/me/` that is learning."""

    current: list[MyCourse]
    finished: list[MyCourse]
    certificates: list[Certificate]
    hours: Decimal

    @property
    def hours_words(self) -> str:
        """The learning time as a certificate says it."""
        return hours_words(self.hours)


def certificate_code(enrolment: Enrolment | None) -> str:
    """The code of the certificate that a finished course brought; empty where there is none."""
    if enrolment is None or enrolment.finished_at is None:
        return ""
    found = CERTIFICATE.first(enrolment.member_id, enrolment.course_id)
    return found.code if found else ""


def my_courses(member: Member) -> MyLearning:
    """A member's courses, in two statements; the words of the courses come from the cache."""
    certificates = CERTIFICATES.all(member.pk)
    by_course = {certificate.course_id: certificate for certificate in certificates}
    rows = [
        my_course(enrolment, by_course.get(enrolment.course_id))
        for enrolment in ENROLMENTS.all(member.pk)
    ]
    return MyLearning(
        current=[row for row in rows if row.enrolment.finished_at is None],
        finished=[row for row in rows if row.enrolment.finished_at],
        certificates=certificates,
        hours=sum(
            (row.enrolment.course.hours for row in rows if row.enrolment.finished_at), Decimal(0)
        ),
    )


def my_course(enrolment: Enrolment, certificate: Certificate | None) -> MyCourse:
    """One course of a member; one that is no longer published keeps its title."""
    pack: Any = course_pack(enrolment.course_id.hex)
    following = next_row(enrolment, pack) if pack else None
    return MyCourse(
        enrolment=enrolment,
        title=pack.title if pack else enrolment.course.title,
        url=pack.url if pack else "",
        pack=pack,
        next=following,
        certificate=certificate,
    )


def next_row(enrolment: Enrolment, pack: CoursePack) -> LessonRow | None:
    """The lesson with which the person goes on."""
    done = {key for key, step in enrolment.steps.items() if step.get("done")}
    return next((row for row in pack.lessons if row.key not in done), None)
