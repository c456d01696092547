"""Mentors by the thousand, people who wait for one, and pairs that hold seats: bare rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from content.models import Topic
from members.models import Hub, Member, Membership
from mentorship import slots
from mentorship.models import Mentor, MentorAsk, Pairing, Programme

from .places import Places
from .plan import PAIRED, Plan
from .rows import Values, count_on, insert, next_id, values_of
from .words import Writer

LANGUAGES = ("en", "en", "en", "es", "ar", "fr", "ti", "so", "uk", "pl")
WAYS: tuple[tuple[str, ...], ...] = (("phone",), ("video",), ("phone", "video"), ("phone", "hub"))
ZONES = ("UTC", "Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata")
STATES = ("ready",) * 8 + ("applied", "paused")
TRAITS: tuple[tuple[str, ...], ...] = (("woman",), ("man",), ())
DAY = timedelta(days=1)
THROUGH: dict[str, type[Model]] = {
    "topics": Mentor.topics.through,
    "courses": Mentor.courses.through,
}
MODELS: tuple[type[Model], ...] = (
    Member,
    Membership,
    Mentor,
    *THROUGH.values(),
    MentorAsk,
    Pairing,
)


def copy_mentors(plan: Plan, places: Places, writer: Writer, password: str, now: datetime) -> None:
    """Write all mentors, the people who wait, and a pair for every third mentor. `password` is a
    hash."""
    programmes = [Programme.objects.create(hub=hub, title="Mentoring") for hub in places.hubs]
    copier = Copier(places, programmes, list(Topic.objects.order_by("pk")), writer, password, now)
    for number in range(1, plan.mentors + 1):
        mentor = copier.mentor(number)
        if number % PAIRED == 0:
            copier.pair(number // PAIRED, mentor)
    for number in range(1, plan.askers + 1):
        copier.ask(copier.person(f"bench-asker-{number}", number), number)
    copier.write()


@dataclass
class Copier:
    """Makes rows with numbers of their own and writes them together."""

    places: Places
    programmes: list[Programme]
    topics: list[Topic]
    writer: Writer
    password: str
    now: datetime
    ids: dict[type[Model], int] = field(default_factory=dict)
    waiting: dict[type[Model], list[Values]] = field(default_factory=dict)

    def write(self) -> None:
        """Write what waits."""
        for model in MODELS:
            insert(model, self.waiting.get(model, []))
        count_on(MODELS)

    def add(self, row: Any) -> int:
        """Number a row and keep it for later; gives its number."""
        model = type(row)
        row.pk = self.ids.get(model) or next_id(model)
        self.ids[model] = row.pk + 1
        self.waiting.setdefault(model, []).append(values_of(row))
        return int(row.pk)

    def hub(self, number: int) -> Hub:
        """The hubs take turns."""
        return self.places.hubs[number % len(self.places.hubs)]

    def one_of(self, some: tuple[Any, ...] | list[Any]) -> Any:
        """One of some, the same for the same seed."""
        return self.writer.random.choice(some)

    def some(self, make: Callable[[], str], count: int) -> tuple[str, ...]:
        """Up to so many words."""
        return tuple(sorted({make() for _time in range(count)}))

    def person(self, username: str, number: int) -> int:
        """A member of a hub."""
        facts = {"password": self.password, "language": "en", "date_joined": self.now}
        member = self.add(Member(username=username, name=self.writer.name(), **facts))
        hub = self.hub(number)
        self.add(Membership(member_id=member, hub=hub, joined_at=self.now))
        return member

    def wants(self) -> dict[str, Any]:
        """What a mentor gives and a learner asks for alike."""
        return {
            "languages": self.some(lambda: self.one_of(LANGUAGES), 2),
            "ways": self.one_of(WAYS),
            "slots": self.some(lambda: self.one_of(slots.SLOTS), 4),
            "time_zone": self.one_of(ZONES),
        }

    def mentor(self, number: int) -> Mentor:
        """One mentor; some are not ready, not checked, or keep to their hub."""
        member = self.person(f"bench-mentor-{number}", number)
        row = Mentor(
            member_id=member,
            hub=self.hub(number),
            state=self.one_of(STATES),
            traits=self.one_of(TRAITS),
            capacity=self.one_of((1, 1, 2)),
            serves_all_hubs=number % 5 > 0,
            hello=self.writer.sentence(),
            check_level=0 if number % 11 == 0 else 1,
            applied_at=self.now - 90 * DAY,
            free_since=self.now - self.writer.random.randrange(80) * DAY,
            **self.wants(),
        )
        ranges = slots.minutes_of(row.slots, row.time_zone, self.now.date())
        row.hours_a, row.hours_b, row.hours_c = slots.week_bits(ranges)
        self.add(row)
        for name, some in (("topics", self.topics), ("courses", self.places.courses)):
            model = THROUGH[name]
            self.add(model(mentor_id=row.pk, **{f"{name[:-1]}_id": self.one_of(some).pk}))
        return row

    def ask(self, member: int, number: int, **values: Any) -> MentorAsk:
        """One ask for a mentor; it waits unless told otherwise."""
        at = self.now - self.writer.random.randrange(1, 15) * DAY
        wants: dict[str, Any] = {
            "wishes": ("woman",) if number % 10 == 0 else (),
            "important": ("topic",),
            **self.wants(),
        }
        course = self.one_of(self.places.courses) if number % 2 else None
        row = MentorAsk(
            member_id=member,
            hub=self.hub(number),
            programme=self.programmes[number % len(self.programmes)],
            topic=self.one_of(self.topics),
            course=course,
            words=self.writer.sentence(),
            **{"asked_at": at, "made_at": at, **wants, **values},
        )
        self.add(row)
        return row

    def pair(self, number: int, mentor: Mentor) -> None:
        """A mentor and somebody who has found one."""
        member = self.person(f"bench-mentee-{number}", number)
        at = self.now - 20 * DAY
        paired = {"state": MentorAsk.State.PAIRED, "ended_at": at, "asked_at": at - DAY}
        ask = self.ask(member, number, **paired)
        met, over = at + 5 * DAY, at + 84 * DAY
        self.add(
            Pairing(
                ask=ask,
                mentor=mentor,
                mentee_id=member,
                hub=ask.hub,
                programme=ask.programme,
                state=Pairing.State.ACTIVE,
                seat=1,
                origin=Pairing.Origin.MENTEE,
                proposed_at=at,
                expires_at=at + 3 * DAY,
                answered_at=at,
                accepted_at=at,
                meet_by=at + 14 * DAY,
                first_met_at=met,
                last_sign_at=met,
                term_ends_at=over,
                closes_at=over + 14 * DAY,
            )
        )
