"""Starting a course, and moving a learner to another release."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import outline, queries
from courses.models import Course, Enrolment, LearningEvent, Release
from courses.rules import may_enrol, may_read
from members.actions import join_hub
from members.errors import Refused
from members.models import Hub, Member
from members.statements import Statement

from .log import event_key, new_event, write_events
from .progress import recount

LOCKED = Statement(
    lambda member, course: (
        Enrolment.objects.filter(member=member, course=course)
        .select_for_update(of=("self",))
        .select_related("release")
        .order_by()
    ),
    1,
    uuid.UUID(int=2),
)


@transaction.atomic
def enrol(
    *, member: Member, course: Course, hub: Hub | None = None, now: datetime | None = None
) -> Enrolment:
    """Start a course, or give the enrolment that is there already.

    Takes the hub in which the person learns, and the person joins it. Without one it is
    `learning_hub`: a course of another hub hands nobody over to that hub's staff.
    Refuses a course that has no published lessons, one closed to the person, and one whose
    required courses are unfinished (an editor's choice on the course page).
    """
    found = lock_enrolment(member, course)
    if found:
        return found
    release = course.releases.order_by("-number").first()
    facts = queries.course_facts(course)
    if release is None or facts is None:
        raise Refused(_("This course has no lessons yet. Please come back soon."))
    if not may_read(member, facts.access):
        raise Refused(_("Sign in to start this course."))
    missing = queries.missing_before(member, facts)
    if not may_enrol(member, missing):
        raise Refused(queries.locked_sentence(missing))
    where = hub or learning_hub(member, course)
    return start(member, course, where, release, now or timezone.now())


def learning_hub(member: Member, course: Course) -> Hub:
    """The hub that looks after a person in a course: the one that owns it for its own members and
    for people without a hub; for others the hub that they joined first."""
    own = list(Hub.objects.for_member(member).order_by("memberships__joined_at"))
    return course.hub if not own or course.hub in own else own[0]


def lock_enrolment(member: Member | None, course: Course) -> Enrolment | None:
    """The person's enrolment in a course, locked until the transaction ends. Nobody has none."""
    return LOCKED.first(member.pk, course.pk) if member else None


def start(member: Member, course: Course, hub: Hub, release: Release, now: datetime) -> Enrolment:
    """Write the enrolment; when another request was quicker, give its row."""
    enrolment, created = Enrolment.objects.get_or_create(
        member=member,
        course=course,
        defaults={
            "hub": hub,
            "release": release,
            "started_at": now,
            "last_at": now,
            "has_work": member.asks.filter(lesson__course=course).exists(),
            "required_count": outline.counts(release.outline, ())[1],
        },
    )
    if created:
        data = {"hub": hub.pk, "release": release.number}
        key = event_key(member.pk, course.pk, "enrolled")
        write_events(
            [new_event(enrolment, LearningEvent.Kind.ENROLLED, key=key, now=now, data=data)]
        )
        join_hub(member=member, hub=hub, now=now)
    return enrolment


@transaction.atomic
def apply_release(
    *, enrolment: Enrolment, release: Release, now: datetime | None = None
) -> Enrolment:
    """Move an unfinished learner to a release and count anew. Finished stays finished.

    Lessons that meet the new rules become done; nothing that was done is undone.
    """
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if locked.finished_at or locked.release_id == release.pk:
        return locked
    locked.release = release
    recount(locked, now or timezone.now())
    return locked
