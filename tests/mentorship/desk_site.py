"""A mentorship desk for tests: the staff of `tests.desk_parts`, an ask, a pair, a programme."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from members.models import Hub, Member, Membership
from mentorship.models import Mentor, MentorAsk, Pairing, PairMessage, PairNote, Programme, Pulse
from tests.desk_parts import Desk, make_desk, make_member

from .factories import make_ask, make_mentor, make_pairing, make_programme

DAY = timedelta(days=1)
# What the two write: nobody on the desk reads it.
SECRETS = ("zebra-message", "zebra-note", "zebra-goal", "zebra-thanks", "zebra-achieved")


@dataclass
class Site:
    """One hub with a pair, somebody who waits, and two mentors; staff of two hubs."""

    desk: Desk
    now: datetime
    programme: Programme
    mentor: Mentor
    pairing: Pairing
    ask: MentorAsk

    @property
    def hub(self) -> Hub:
        return self.desk.hub

    @property
    def coordinator(self) -> Member:
        return self.desk.coordinator


def make_site(now: datetime | None = None) -> Site:
    """The cast: Ana mentors Ben, who met her; Cleo waits for two days."""
    now = now or timezone.now()
    desk = make_desk()
    programme = make_programme(desk.hub)
    mentor = make_mentor(
        person(desk.hub, "ana", now), desk.hub, capacity=3, applied_at=now - 90 * DAY
    )
    asked = make_ask(person(desk.hub, "ben", now), desk.hub, asked_at=now - 12 * DAY)
    pairing = make_pairing(
        asked,
        mentor,
        "active",
        at=now - 10 * DAY,
        explanation=explanation(),
        achieved="zebra-achieved",
        thanks="zebra-thanks",
    )
    write_secrets(pairing, now)
    waiting = make_ask(
        person(desk.hub, "cleo", now), desk.hub, asked_at=now - 2 * DAY, words="I am stuck."
    )
    return Site(desk, now, programme, mentor, pairing, waiting)


def person(hub: Hub, username: str, now: datetime, **values: Any) -> Member:
    """A member of a hub, with a phone."""
    member = make_member(username, phone="+44 20 7946 0123", **values)
    Membership.objects.create(member=member, hub=hub, joined_at=now)
    return member


def explanation(**values: Any) -> dict[str, Any]:
    """A match as it is kept."""
    return {
        "band": "strong",
        "points": 80,
        "reasons": [{"code": "topic", "topic": "coding"}, {"code": "hub"}],
        "against": [],
        **values,
    }


def write_secrets(pairing: Pairing, now: datetime) -> None:
    """A message, a note and a goal of the two."""
    member = pairing.mentee
    values = {"pairing": pairing, "author": member, "made_at": now}
    PairMessage.objects.create(key=key(1), words="zebra-message", **values)
    PairNote.objects.create(key=key(2), words="zebra-note", **values)
    pairing.goals.create(number=1, words="zebra-goal", made_at=now)


def key(number: int) -> str:
    """A key for a row."""
    return f"00000000-0000-4000-8000-{number:012d}"


def more_pairs(site: Site, count: int, state: str = "active", **values: Any) -> list[Pairing]:
    """So many more pairs, each with people of its own."""
    return [more_pair(site, f"{state}{number}", state, **values) for number in range(count)]


def more_pair(site: Site, name: str, state: str = "active", **values: Any) -> Pairing:
    """One more pair in a state; `asked_at` is when its mentee asked."""
    asked_at = values.pop("asked_at", site.now - 12 * DAY)
    values.setdefault("at", site.now - 10 * DAY)
    mentor = make_mentor(person(site.hub, f"{name}-m", site.now), site.hub)
    ask = make_ask(person(site.hub, f"{name}-l", site.now), site.hub, asked_at=asked_at)
    return make_pairing(ask, mentor, state, **{"explanation": explanation(), **values})


def place(name: str, site: Site, *args: Any) -> str:
    """The address of a page of the desk."""
    return reverse(f"mentorship:{name}", args=[site.hub.slug, *args])


def text_of(response: Any) -> str:
    """What a page says, in one line."""
    return " ".join(response.content.decode().split())


def say(pairing: Pairing, member: Any, ago: Any, **values: Any) -> Pulse:
    """What one of the two says on how it goes."""
    facts = {"going": 3, "point": "week_2", **values}
    return Pulse.objects.create(pairing=pairing, member=member, made_at=ago, **facts)
