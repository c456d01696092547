"""Who may be shown for an ask, found by one statement and turned into plain values."""

from collections.abc import Iterable
from dataclasses import astuple, fields, replace
from datetime import UTC, date, datetime
from functools import lru_cache, reduce
from operator import and_
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from courses.models import Enrolment
from members.statements import Statement
from mentorship import slots
from mentorship.matching import Asker, Giver
from mentorship.models import Mentor, MentorAsk, Pairing

from .wanted import (
    HAS_COURSE,
    HAS_TOPIC,
    Wanted,
    away_within,
    conditions,
    held,
    is_so,
    kept_apart,
    wanted_by,
    who,
    with_marks,
)

# How many who fit are compared to the minute, and how many the desk lists at most.
MOST, LISTED = 40, 60
Pool = tuple[Asker, list[Giver]]
COLUMNS = (
    "pk",
    "member_id",
    "hub_id",
    "languages",
    "ways",
    "slots",
    "time_zone",
    "free_since",
)
# What need not be fetched of somebody who has passed the hard filters in the database.
CHECKED = (
    *("state", "member__is_active", "check_level", "check_due_on"),
    *("traits", "serves_all_hubs"),
)
# What is one value each; languages and wishes are as many as there are.
NAMES = tuple(field.name for field in fields(Wanted) if field.name not in ("languages", "wishes"))
SINGLE = len(NAMES)
# Values that stand nowhere else in the statement: a moment, days, numbers, words.
SAMPLES: tuple[Any, ...] = (
    datetime(1903, 3, 3, tzinfo=UTC),
    date(1901, 1, 1),
    date(1902, 2, 2),
    date(1904, 4, 4),
    30_001,
    *range(70_002, 70_005),
    UUID(int=70_005),
    *range(70_006, 70_013),
    *(f" sample-{place} " for place in range(3)),
)


def fitting(ask: MentorAsk, now: datetime) -> Pool:
    """Who asks, and the mentors who pass every hard filter (hours by whole ones): at most so many,
    those with most of what the ask names first, then the longest free."""
    *single, languages, wishes = astuple(wanted_by(ask, now))
    found = kept(len(languages), len(wishes)).all(*single, *languages, *wishes)
    passed = {
        "seats": 1,
        "state": Mentor.State.READY,
        "member__is_active": True,
        "check_level": ask.programme.check_level,
        "check_due_on": None,
        "traits": ask.wishes,
        "serves_all_hubs": True,
    }
    return pool([row | passed for row in found], ask, now)


@lru_cache(maxsize=128)
def kept(languages: int, wishes: int) -> Statement[Any]:
    """The statement for an ask with so many languages and wishes: written once, then only run."""

    def make(*values: Any) -> QuerySet[Any, dict[str, Any]]:
        ends = SINGLE + languages
        asked: dict[str, Any] = dict(zip(NAMES, values, strict=False))
        wanted = Wanted(**asked, languages=values[SINGLE:ends], wishes=values[ends:])
        rows = Mentor.objects.filter(reduce(and_, conditions(wanted).values()))
        marked = with_marks(rows, wanted).order_by(F("mark").desc(), "free_since", "pk")
        return columns(marked)[:MOST]

    words = (f" sample-{place} " for place in range(3, 3 + languages + wishes))
    return Statement(make, *SAMPLES, *words)


def whoever(
    ask: MentorAsk,
    now: datetime,
    found: QuerySet[Mentor],
    besides: Pairing | None = None,
    *,
    by_staff: bool = False,
) -> Pool:
    """Who asks, and mentors whether they fit or not, those with least against them first: at most
    so many. Staff may ask a mentor again who did not answer."""
    wanted = wanted_by(ask, now)
    wanted = replace(wanted, ask=0) if by_staff else wanted
    asked = [one for one in conditions(wanted, besides).values() if one]
    misses = sum((misses_if(condition) for condition in asked), start=Value(0))
    rows = with_marks(found, wanted).annotate(
        misses=misses,
        seats=F("capacity") - held(now, besides),
        is_away=is_so(away_within(wanted.today, wanted.answer_by)),
        is_apart=is_so(kept_apart(wanted, besides)),
    )
    rows = rows.order_by(F("misses"), F("mark").desc(), "free_since", "pk")
    return pool(list(columns(rows, *CHECKED, "seats", "is_away", "is_apart")[:LISTED]), ask, now)


def misses_if(condition: Q) -> Case:
    """One where a condition does not hold."""
    return Case(When(condition, then=Value(0)), default=Value(1))


def columns(rows: QuerySet[Mentor], *more: str) -> QuerySet[Any, dict[str, Any]]:
    """What a giver is made of."""
    return rows.values(*COLUMNS, "mark", *more)


def pool(rows: list[dict[str, Any]], ask: MentorAsk, now: datetime) -> Pool:
    """An ask and rows as plain values, with how many courses each has finished in the topic."""
    done = finished([who(ask), *(row["member_id"] for row in rows)], ask)
    wanted = topic_of(ask), course_of(ask)
    givers = [giver(row, *wanted, done.get(row["member_id"], 0), now) for row in rows]
    return asker_of(ask, now, done.get(who(ask), 0)), givers


def giver(row: dict[str, Any], topic: str, course: str, done: int, now: datetime) -> Giver:
    """One row as a giver; the topic and the course are those that somebody asks for."""
    return Giver(
        mentor=row["pk"],
        member=row["member_id"],
        hub=row["hub_id"],
        topics=frozenset([topic] if row["mark"] & HAS_TOPIC else []),
        courses=frozenset([course] if row["mark"] & HAS_COURSE else []),
        languages=frozenset(row["languages"]),
        ways=frozenset(row["ways"]),
        minutes=slots.minutes_of(row["slots"], row["time_zone"], now.date()),
        traits=frozenset(row["traits"]),
        seats_left=row["seats"],
        check_level=row["check_level"],
        check_due_on=row["check_due_on"],
        serves_all_hubs=row["serves_all_hubs"],
        is_away=row.get("is_away", False),
        is_kept_apart=row.get("is_apart", False),
        finished=done,
        free_weeks=max(0, (now - row["free_since"]).days // 7),
        is_ready=row["state"] == Mentor.State.READY and row["member__is_active"],
    )


def topic_of(ask: MentorAsk) -> str:
    """The slug of the topic; empty where the learner is not sure."""
    return ask.topic.slug if ask.topic else ""


def course_of(ask: MentorAsk) -> str:
    """The key of the course, as the match has it."""
    return ask.course_id.hex if ask.course_id else ""


def finished(members: list[int], ask: MentorAsk) -> dict[int, int]:
    """How many courses people have finished in the topic of an ask, or in all where it has
    none."""
    statement = DONE_IN_TOPIC if ask.topic_id else DONE
    some = [*members, *[0] * (1 + LISTED - len(members))]
    rows = statement.all(*some, *([topic_of(ask)] if ask.topic_id else []))
    return {row["member"]: row["number"] for row in rows}


def done_by(members: Iterable[int]) -> QuerySet[Enrolment]:
    """What some people have finished."""
    return Enrolment.objects.filter(member__in=members, finished_at__isnull=False).order_by()


def by_member(rows: QuerySet[Enrolment]) -> QuerySet[Any, Any]:
    """How many rows each member has."""
    return rows.values("member").annotate(number=Count("pk"))


PEOPLE = range(80_000, 80_001 + LISTED)
DONE: Statement[Any] = Statement(lambda *members: by_member(done_by(members)), *PEOPLE)
DONE_IN_TOPIC: Statement[Any] = Statement(
    lambda *values: by_member(done_by(values[:-1]).filter(course__topic=values[-1])),
    *PEOPLE,
    "sample-topic",
)


def asker_of(ask: MentorAsk, now: datetime, done: int) -> Asker:
    """An ask as plain values; `done` is how many courses the learner has finished."""
    return Asker(
        member=who(ask),
        hub=ask.hub_id,
        topic=topic_of(ask),
        course=course_of(ask),
        languages=frozenset(ask.languages),
        ways=frozenset(ask.ways),
        minutes=slots.minutes_of(ask.slots, ask.time_zone, now.date()),
        wishes=frozenset(ask.wishes),
        important=frozenset(ask.important),
        finished=done,
        check_level=ask.programme.check_level,
    )
