"""The mentors of a hub: by state, and one of them with checks, seats and days away."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from members.models import Hub, Member
from mentorship.models import Absence, Mentor, MentorCheck, Pairing

from .. import sentences
from ..language_names import language_words
from .board import CHECK_SOON
from .pairs import PairRow, pair_row
from .reach import Reach, reach_of
from .risk import pairings_for

PAGE = 50
MOST_PAIRS = 50


@dataclass(frozen=True)
class PeopleFilter:
    """Whom to show: a state or "" for all; part of a name; the page."""

    state: str = ""
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class PersonRow:
    """A mentor in the list."""

    mentor: Mentor
    topics: str
    languages: str
    taken: int
    check: str
    is_due: bool
    is_away: bool

    @property
    def free(self) -> int:
        """How many more can be asked of this mentor."""
        return max(0, self.mentor.capacity - self.taken)


@dataclass(frozen=True)
class PeoplePage:
    """One page of mentors, and how many there are in each state."""

    rows: list[PersonRow]
    counts: list[tuple[str, str, int]]
    number: int
    has_next: bool

    @property
    def everybody(self) -> int:
        """How many there are in all."""
        return sum(count for _state, _words, count in self.counts)


def mentors_for(member: Member, hub: Hub) -> QuerySet[Mentor]:
    """The mentors that a coordinator looks after in a hub."""
    hubs = Hub.objects.for_staff(member, "coordinator")
    return Mentor.objects.filter(hub__in=hubs).filter(hub=hub).select_related("member", "hub")


def people_page(member: Member, hub: Hub, chosen: PeopleFilter, now: datetime) -> PeoplePage:
    """One page of the mentors of a hub, in three statements."""
    rows = mentors_for(member, hub)
    counted = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    start = (chosen.page - 1) * PAGE
    today = localtime(now).date()
    found = list(with_seats(narrowed(rows, chosen), now, today)[start : start + PAGE + 1])
    return PeoplePage(
        rows=[person_row(row, today) for row in found[:PAGE]],
        counts=[(str(s), str(s.label), counted.get(s, 0)) for s in Mentor.State],
        number=chosen.page,
        has_next=len(found) > PAGE,
    )


def narrowed(rows: QuerySet[Mentor], chosen: PeopleFilter) -> QuerySet[Mentor]:
    """The mentors that a filter lets through."""
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.words:
        rows = rows.filter(member__name__icontains=chosen.words)
    return rows


def with_seats(rows: QuerySet[Mentor], now: datetime, today: date) -> QuerySet[Mentor]:
    """Mentors with how many seats are taken and whether they are away, and their topics."""
    held = Pairing.objects.holding(now).filter(mentor=OuterRef("pk")).order_by()
    taken = held.values("mentor").annotate(count=Count("pk")).values("count")
    away = Absence.objects.filter(from_on__lte=today, until_on__gte=today)
    return rows.annotate(
        taken=Coalesce(Subquery(taken), 0),
        is_away=Q(pk__in=away.values("mentor")),
    ).prefetch_related("topics")


def person_row(row: Mentor, today: date) -> PersonRow:
    """One mentor of the list."""
    seats: Any = row
    return PersonRow(
        mentor=row,
        topics=", ".join(topic.label for topic in row.topics.all()),
        languages=", ".join(language_words(code) for code in row.languages),
        taken=seats.taken,
        check=level_words(row.check_level),
        is_due=is_due(row, today),
        is_away=seats.is_away,
    )


def is_due(row: Mentor, today: date) -> bool:
    """Whether a ready mentor's check runs out within 30 days or has run out."""
    soon = row.check_due_on is not None and row.check_due_on <= today + CHECK_SOON
    return row.state == Mentor.State.READY and soon


def level_words(level: int) -> str:
    """What was checked, in words."""
    return str(MentorCheck.Level(level).label) if level else _("Nothing checked yet")


@dataclass(frozen=True)
class PersonPage:
    """Everything that a coordinator sees of a mentor."""

    mentor: Mentor
    topics: list[str]
    courses: list[str]
    languages: list[str]
    ways: list[str]
    times: list[str]
    taken: int
    checks: list[MentorCheck]
    absences: list[Absence]
    pairs: list[PairRow]
    reach: list[Reach]
    is_due: bool
    is_over: bool

    @property
    def level(self) -> str:
        return level_words(self.mentor.check_level)


def person_page(member: Member, mentor: Mentor, now: datetime) -> PersonPage:
    """A mentor with checks, days away and pairs of the hub, in seven statements."""
    today = localtime(now).date()
    pairs = pairings_for(member).filter(mentor=mentor, hub=mentor.hub)
    pairs = pairs.select_related("mentor__member", "mentee", "programme")
    due = mentor.check_due_on
    return PersonPage(
        mentor=mentor,
        topics=[topic.label for topic in mentor.topics.all()],
        courses=[course.title for course in mentor.courses.all()],
        languages=[language_words(code) for code in mentor.languages],
        ways=[sentences.way_words(way) for way in sentences.WAYS if way in mentor.ways],
        times=sentences.slots_words(mentor.slots),
        taken=Pairing.objects.holding(now).filter(mentor=mentor).count(),
        checks=list(mentor.checks.select_related("seen_by")),
        absences=list(mentor.absences.filter(until_on__gte=today)),
        pairs=[pair_row(row, now) for row in pairs[:MOST_PAIRS]],
        reach=reach_of(mentor.hub, [mentor.member]),
        is_due=is_due(mentor, today),
        is_over=due is not None and due <= today,
    )
