"""Somebody gives time: what, when and how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content.models import Topic
from courses.models import Course, Enrolment
from members.actions import join_hub
from members.errors import Refused
from members.models import Hub, Member
from mentorship import life, slots
from mentorship.languages import NAMES
from mentorship.models import Mentor, MentorAsk, Pairing, Programme
from mentorship.rules import may_offer

from . import wants
from .leaving import hand_on, lock_giver, send_all_on
from .telling import coordinators, desk_address, tell

HELLO_LENGTH = 300
MOST_SEATS = 10
READY = Mentor.State.READY


@dataclass(frozen=True)
class Given:
    """What a mentor gives, checked."""

    languages: tuple[str, ...]
    ways: tuple[str, ...]
    slots: tuple[str, ...]
    traits: tuple[str, ...]
    time_zone: str
    capacity: int
    serves_all_hubs: bool
    hello: str


def offer_mentoring(
    *,
    member: Member,
    hub: Hub,
    topics: Iterable[Topic],
    courses: Iterable[Course] = (),
    languages: Iterable[str],
    ways: Iterable[str],
    slots: Iterable[str],
    traits: Iterable[str] = (),
    time_zone: str = "UTC",
    capacity: int = 1,
    serves_all_hubs: bool = True,
    hello: str = "",
    is_adult: bool,
    now: datetime | None = None,
) -> Mentor:
    """Volunteer as a mentor, or change what one gives. The hub's people look at a new mentor, also
    at one who comes from another hub: the pairs go on, what was asked goes on to others.

    Refuses people under 18, a mentor for nothing, a course that the person has not finished, and
    fewer seats than are taken.
    """
    now = now or timezone.now()
    if not may_offer(member, is_adult):
        raise refusal_of(member)
    given = Given(
        languages=wants.clean_languages(languages),
        ways=wants.clean_ways(ways),
        slots=wants.clean_slots(slots),
        traits=wants.refuse_unknown(traits, Mentor.Trait.values, "traits"),
        time_zone=wants.clean_zone(time_zone),
        capacity=clean_capacity(capacity),
        serves_all_hubs=serves_all_hubs,
        hello=wants.clean_length(hello, HELLO_LENGTH, "hello"),
    )
    topics, courses = list(topics), finished_only(member, courses)
    if not topics and not courses:
        raise Refused(_("Choose a topic or a course in which you help."), "topics")
    with transaction.atomic():
        mentor, asks = write_mentor(member, hub, vars(given), now)
        mentor.topics.set(topics)
        mentor.courses.set(courses)
    send_all_on(asks, now)
    return mentor


def refusal_of(member: Member) -> Refused:
    """Why somebody cannot give time."""
    if member.is_active:
        return Refused(_("Mentors are 18 or older for now."), "is_adult")
    return Refused(_("You cannot become a mentor with this account."))


def clean_capacity(capacity: int) -> int:
    """How many learners at once: from one to ten."""
    if not 1 <= capacity <= MOST_SEATS:
        raise Refused(_("Choose a number from 1 to 10."), "capacity")
    return capacity


def finished_only(member: Member, courses: Iterable[Course]) -> list[Course]:
    """The courses, all finished by the member. Refuses another one."""
    found = list(courses)
    done = Enrolment.objects.filter(member=member, finished_at__isnull=False, course__in=found)
    if done.count() < len({course.pk for course in found}):
        raise Refused(_("You can help with a course when you have finished it."), "courses")
    return found


def write_mentor(
    member: Member, hub: Hub, values: dict[str, Any], now: datetime
) -> tuple[Mentor, list[MentorAsk]]:
    """Write a new mentor, or the changes of one, and give the asks that go on to others. Who comes
    new to a hub is looked at there: what another hub has checked does not count before. So is who
    comes back, but for one who stopped alone, with the hub's yes and checks that still stand. Why
    somebody stopped stays with the hub that was told."""
    mentor, created = Mentor.objects.get_or_create(
        member=member, defaults={"hub": hub, **values, "applied_at": now, "free_since": now}
    )
    mentor = lock_giver(mentor)
    refuse_too_few(mentor, values.get("capacity", mentor.capacity), now)
    has_left, has_moved = mentor.state == Mentor.State.LEFT, mentor.hub_id != hub.pk
    asks = move_out(mentor, hub, now) if has_moved and not has_left else []
    if has_moved:
        mentor.left_at, mentor.left_words = None, ""
    mentor.hub = hub
    for name, value in values.items():
        setattr(mentor, name, value)
    if created or has_left or has_moved:
        mentor.applied_at = mentor.free_since = now
        is_known = has_left and not has_moved and was_cleared(mentor, now)
        mentor.state = READY if is_known else Mentor.State.APPLIED
        mentor.left_when_cleared = False
    set_hours(mentor, now.date())
    mentor.save()
    if created or has_left or has_moved:
        join_hub(member=member, hub=hub, now=now)
        tell_applied(mentor, now)
    return mentor, asks


def move_out(mentor: Mentor, to: Hub, now: datetime) -> list[MentorAsk]:
    """Hand on what a mentor was asked, who goes to another hub, and tell the old hub's people: the
    pairs go on, and they look after those of their own. Gives the asks that go on to others."""
    asks = hand_on(mentor, mentor.member, now)
    for one in coordinators(mentor.hub, [mentor.member_id]):
        tell(
            one,
            f"mentor:{mentor.pk}:moved:{now:%Y%m%d%H%M%S}",
            partial(moved_words, mentor.member.name, to.name),
            partial(desk_address, mentor.hub),
            now,
        )
    return asks


def moved_words(name: str, hub: str) -> str:
    """That a mentor has gone to another hub."""
    words = _("%(name)s is a mentor of %(hub)s from now on. The pairs go on.")
    return words % {"name": name, "hub": hub}


def refuse_too_few(mentor: Mentor, capacity: int, now: datetime) -> None:
    """Refuse fewer seats than are taken."""
    taken = Pairing.objects.filter(mentor=mentor, state__in=life.HOLDING).count()
    if capacity < taken:
        raise Refused(
            _("You have %(count)s learners now. Choose that number or more.") % {"count": taken},
            "capacity",
        )


def is_checked(mentor: Mentor, now: datetime) -> bool:
    """Whether what the hub has seen is enough for one of its programmes, and in date."""
    levels = Programme.objects.open().filter(hub=mentor.hub).values_list("check_level", flat=True)
    needed = min(levels, default=1)
    in_date = mentor.check_due_on is None or now.date() < mentor.check_due_on
    return not needed or (mentor.check_level >= needed and in_date)


def was_cleared(mentor: Mentor, now: datetime) -> bool:
    """Whether somebody who comes back may have learners at once."""
    is_free = mentor.left_when_cleared and not mentor.is_held_by_hub
    return is_free and is_checked(mentor, now)


def set_hours(mentor: Mentor, on: date) -> bool:
    """Work out the hours of the week in UTC. Says whether they changed."""
    ranges = slots.minutes_of(mentor.slots, mentor.time_zone, on)
    before = (mentor.hours_a, mentor.hours_b, mentor.hours_c)
    mentor.hours_a, mentor.hours_b, mentor.hours_c = after = slots.week_bits(ranges)
    return before != after


def tell_applied(mentor: Mentor, now: datetime) -> None:
    """Tell the hub's people of somebody who wants to be, or is again, a mentor."""
    for one in coordinators(mentor.hub, [mentor.member_id]):
        tell(
            one,
            f"mentor:{mentor.pk}:applied:{mentor.applied_at:%Y%m%d%H%M%S}",
            lambda: applied_words(mentor),
            lambda: desk_address(mentor.hub),
            now,
        )


def applied_words(mentor: Mentor) -> str:
    """That somebody wants to be a mentor, or is one again whose checks still stand."""
    said = _("%(name)s wants to be a mentor. Please get in touch soon.")
    if mentor.state == READY:
        said = _("%(name)s is a mentor again. The checks still stand.")
    return said % {"name": mentor.member.name}


@transaction.atomic
def volunteer_micro(*, member: Member, course: Course, now: datetime | None = None) -> Mentor:
    """Volunteer as a mentor for one course that one has finished. The hub's people look first.

    Times and ways are asked for next. A mentor gives the course beside what is given already.
    """
    now = now or timezone.now()
    finished_only(member, [course])
    enrolment = Enrolment.objects.select_related("hub").get(member=member, course=course)
    mentor = Mentor.objects.filter(member=member).first()
    if mentor is None or mentor.state == Mentor.State.LEFT:
        values = micro_values(member, mentor, enrolment)
        mentor, _asks = write_mentor(member, enrolment.hub, values, now)
    mentor.courses.add(course)
    return mentor


def micro_values(member: Member, mentor: Mentor | None, enrolment: Enrolment) -> dict[str, Any]:
    """With what a micro-mentor begins: the own language and the hub's clock."""
    if mentor is not None:
        return {}
    language = (member.language or settings.LANGUAGE_CODE).split("-")[0]
    return {
        "languages": tuple(code for code in [language] if code in NAMES),
        "time_zone": enrolment.hub.time_zone,
        "is_micro": True,
    }


def refresh_hours(*, now: datetime | None = None) -> int:
    """Work out the hours of all mentors anew: clocks change twice a year. Says how many changed."""
    today = (now or timezone.now()).date()
    changed = 0
    for mentor in Mentor.objects.exclude(state=Mentor.State.LEFT).order_by("pk").iterator():
        if set_hours(mentor, today):
            hours = {name: getattr(mentor, name) for name in ("hours_a", "hours_b", "hours_c")}
            changed += Mentor.objects.filter(pk=mentor.pk, slots=mentor.slots).update(**hours)
    return changed
