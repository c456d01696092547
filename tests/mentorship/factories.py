"""Makes what tests of mentorship need, by models alone: no action runs, nobody is told."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from content.models import Topic
from members.models import Hub, Member
from mentorship import life, slots
from mentorship.models import Absence, Mentor, MentorAsk, Pairing, Programme

EVENINGS = ("mon-eve", "wed-eve")
DAY = timedelta(days=1)
# The dates of a pairing in each state, in days from its proposal.
UNTIL_MET, TERM, CLOSING = 14, 84, 14


def make_topic(slug: str = "coding", name: str = "Coding") -> Topic:
    """A topic of the site's list."""
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def make_programme(hub: Hub, **values: Any) -> Programme:
    """An open programme with the weights and lengths that the model gives."""
    return Programme.objects.create(hub=hub, **{"title": "Mentoring", **values})


def make_mentor(member: Member, hub: Hub, **values: Any) -> Mentor:
    """A ready mentor for coding: English, by phone and video, on two evenings, one seat.

    `topics` and `courses` are lists; `on` is the day in whose week the hours are worked out.
    """
    topics, courses = values.pop("topics", None), values.pop("courses", ())
    now = values.get("applied_at", timezone.now())
    on = values.pop("on", now.date())
    facts = {
        "state": Mentor.State.READY,
        "languages": ("en",),
        "ways": ("phone", "video"),
        "slots": EVENINGS,
        "time_zone": "UTC",
        "hello": f"Hello, I am {member.name}.",
        "check_level": 1,
        "applied_at": now,
        "free_since": now,
        **values,
    }
    mentor = Mentor(member=member, hub=hub, **facts)
    ranges = slots.minutes_of(mentor.slots, mentor.time_zone, on)
    mentor.hours_a, mentor.hours_b, mentor.hours_c = slots.week_bits(ranges)
    mentor.save()
    mentor.topics.set([make_topic()] if topics is None else topics)
    mentor.courses.set(courses)
    return mentor


def make_ask(member: Member, hub: Hub, **values: Any) -> MentorAsk:
    """An ask for coding that `make_mentor` fits. The programme is the hub's first open one."""
    if "programme" not in values:
        open_ones = Programme.objects.open().filter(hub=hub)
        values["programme"] = open_ones.first() or make_programme(hub)
    if "topic" not in values:
        values["topic"] = make_topic()
    now = values.get("asked_at", timezone.now())
    facts = {
        "words": "I want to write a small program.",
        "languages": ("en",),
        "ways": ("phone", "video"),
        "slots": EVENINGS,
        "asked_at": now,
        "made_at": now,
        **values,
    }
    return MentorAsk.objects.create(member=member, hub=hub, **facts)


def make_pairing(ask: MentorAsk, mentor: Mentor, state: str = "accepted", **values: Any) -> Pairing:
    """A pairing of an ask with a mentor in a state, with the dates that the state has.

    `at` is when it was proposed. The ask follows: paired once somebody said yes.
    """
    at = values.pop("at", timezone.now())
    facts = {
        "hub": ask.hub,
        "programme": ask.programme,
        "seat": free_seat(mentor),
        "origin": Pairing.Origin.MENTEE,
        "proposed_at": at,
        "expires_at": at + timedelta(days=ask.programme.proposal_days),
        **dates(state, at),
        **values,
    }
    pairing = Pairing.objects.create(
        ask=ask, mentor=mentor, mentee=ask.member, state=state, **facts
    )
    if pairing.accepted_at:
        ask.state, ask.ended_at = MentorAsk.State.PAIRED, pairing.accepted_at
        ask.save()
    return pairing


def free_seat(mentor: Mentor) -> int:
    """The lowest seat that no open row takes."""
    taken = Pairing.objects.filter(mentor=mentor, state__in=life.HOLDING)
    held = set(taken.values_list("seat", flat=True))
    return next(seat for seat in range(1, 11) if seat not in held)


def dates(state: str, at: datetime) -> dict[str, Any]:
    """The dates of a pairing that came to a state the short way."""
    if state == life.PROPOSED:
        return {}
    if state == life.DECLINED:
        return {"answered_at": at}
    if state == life.WITHDRAWN:
        return {"answered_at": at, "ended_at": at}
    if state == life.EXPIRED:
        return {"ended_at": at}
    found: dict[str, Any] = {
        "answered_at": at,
        "accepted_at": at,
        "last_sign_at": at,
        "meet_by": at + UNTIL_MET * DAY,
        "term_ends_at": at + TERM * DAY,
        "closes_at": at + (TERM + CLOSING) * DAY,
    }
    if state != life.ACCEPTED:
        found["first_met_at"] = at
    if state == life.PAUSED:
        found["paused_until"] = at + 7 * DAY
    if state in (life.CLOSING, life.CLOSED):
        found["closes_at"] = at + CLOSING * DAY
        found["end_reason"] = Pairing.Reason.DONE
    if state == life.CLOSED:
        found["ended_at"] = at
    return found


def make_absence(mentor: Mentor, on: datetime, days: int = 7) -> Absence:
    """Days away from a moment on."""
    first = on.date()
    return Absence.objects.create(
        mentor=mentor, from_on=first, until_on=first + timedelta(days=days)
    )
