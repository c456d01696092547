"""The hard filters as conditions on rows of mentors, out of plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, StrIndex
from django.db.models.lookups import GreaterThan

from members.models import Member
from mentorship import life, slots
from mentorship.matching import FILTERS
from mentorship.models import Absence, MemberBlock, Mentor, MentorAsk, Pairing
from mentorship.models.words import one

WAYS = ("phone", "video", "hub")
NO_WORD, NO_COURSE = "-", UUID(int=0)
HOURS = ("hours_a", "hours_b", "hours_c")
# What a mark holds beside what it is worth: whether the mentor has the topic, and the course.
HAS_TOPIC, HAS_COURSE, MARKS = 1, 2, 4
# A pair that ended so is not put together again; nor is one that was declined.
ENDED_BADLY = (Pairing.Reason.NO_FIT, Pairing.Reason.SAFETY)


@dataclass(frozen=True)
class Wanted:
    """What an ask asks of the database. Each value stands in the statement as it is, so that the
    statement can be kept; what is not asked for is a value that finds nobody or everybody."""

    now: datetime
    today: date
    answer_by: date
    due_after: date
    level: int
    member: int
    hub: int
    topic: int
    course: UUID
    hours_a: int
    hours_b: int
    hours_c: int
    mark_topic: int
    mark_course: int
    mark_hub: int
    ask: int
    phone: str
    video: str
    at_hub: str
    languages: tuple[str, ...]
    wishes: tuple[str, ...]


def wanted_by(ask: MentorAsk, now: datetime) -> Wanted:
    """An ask as plain values."""
    today, level = now.date(), ask.programme.check_level
    ranges = slots.minutes_of(ask.slots, ask.time_zone, today)
    hours_a, hours_b, hours_c = slots.week_bits(ranges)
    phone, video, at_hub = (one(way if way in ask.ways else NO_WORD) for way in WAYS)
    return Wanted(
        now=now,
        today=today,
        answer_by=today + timedelta(days=ask.programme.proposal_days),
        due_after=today if level else date.min,  # where no check is asked for, none is ever due
        level=level,
        member=who(ask),
        hub=ask.hub_id,
        topic=ask.topic_id or 0,
        course=ask.course_id or NO_COURSE,
        hours_a=hours_a,
        hours_b=hours_b,
        hours_c=hours_c,
        mark_topic=mark_of(ask, "topic") + HAS_TOPIC,
        mark_course=mark_of(ask, "course") + HAS_COURSE,
        mark_hub=mark_of(ask, "hub"),
        ask=ask.pk,
        phone=phone,
        video=video,
        at_hub=at_hub,
        languages=tuple(one(code) for code in ask.languages),
        wishes=tuple(one(wish) for wish in ask.wishes),
    )


def who(ask: MentorAsk) -> int:
    """The number of who asks; nobody's where the person is gone."""
    return ask.member_id or 0


def mark_of(ask: MentorAsk, name: str) -> int:
    """What the topic, the course or the hub weighs when the database puts mentors in order."""
    weights = ask.programme.weights
    return MARKS * (weights[name] + weights["important"] * (name in ask.important))


def conditions(wanted: Wanted, besides: Pairing | None = None) -> dict[str, Q]:
    """Each hard filter as a condition on mentors, in the order of the filters.

    Hours are told by whole ones here: what passes is asked again to the minute.
    """
    same_hub = Q(hub=wanted.hub)
    anywhere = any_of("ways", (wanted.phone, wanted.video))
    found = {
        "cleared": cleared(wanted),
        "language": any_of("languages", wanted.languages),
        "way": (anywhere & (Q(serves_all_hubs=True) | same_hub))
        | (has("ways", wanted.at_hub) & same_hub),
        "time": reduce(or_, (shares(name, getattr(wanted, name)) for name in HOURS)),
        "seat": Q(GreaterThan(F("capacity"), held(wanted.now, besides))),
        "wish": reduce(and_, (has("traits", wish) for wish in wanted.wishes), Q()),
        "apart": ~kept_apart(wanted, besides),
    }
    return {code: found[code] for code in FILTERS}


def has(field: str, word: str) -> Q:
    """Rows that have a word."""
    return Q(GreaterThan(StrIndex(F(field), Value(word)), 0))


def any_of(field: str, words: Iterable[str]) -> Q:
    """Rows that have one of some words; no row where there are none."""
    return reduce(or_, (has(field, word) for word in words or (one(NO_WORD),)))


def shares(field: str, bits: int) -> Q:
    """Rows with an hour in common."""
    return Q(GreaterThan(F(field).bitand(bits), 0))


def cleared(wanted: Wanted) -> Q:
    """Ready, not away before an answer is due, and checked in date where a check is asked for."""
    closed = Member.objects.filter(is_active=False).order_by().values("pk")
    ready = Q(state=Mentor.State.READY, check_level__gte=wanted.level) & ~Q(member__in=closed)
    in_date = Q(check_due_on__isnull=True) | Q(check_due_on__gt=wanted.due_after)
    return ready & in_date & ~away_within(wanted.today, wanted.answer_by)


def away_within(first: date, last: date) -> Q:
    """Away on a day from the first to the last."""
    return Q(pk__in=Absence.objects.filter(from_on__lte=last, until_on__gte=first).values("mentor"))


def held(now: datetime, besides: Pairing | None = None) -> Coalesce:
    """How many seats of a mentor are taken, one pairing apart."""
    rows = Pairing.objects.holding(now).filter(mentor=OuterRef("pk")).order_by()
    if besides:
        rows = rows.exclude(pk=besides.pk)
    count = rows.values("mentor").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)


def kept_apart(wanted: Wanted, besides: Pairing | None = None) -> Q:
    """Oneself; who blocked whom, either way; who is with the member, said no, or with whom it
    ended badly; and who was asked just now."""
    member = wanted.member
    blocks = MemberBlock.objects.filter(member=member).values("blocked")
    blocked_by = MemberBlock.objects.filter(blocked=member).values("member")
    over = Q(state=life.DECLINED) | Q(end_reason__in=ENDED_BADLY)
    before = Pairing.objects.filter(mentee=member, mentor__isnull=False)
    before = before.filter(Q(state__in=life.HOLDING) | over | asked_just_now(wanted))
    if besides:
        before = before.exclude(pk=besides.pk)
    return (
        Q(member=member)
        | Q(member__in=blocks)
        | Q(member__in=blocked_by)
        | Q(pk__in=before.values("mentor"))
    )


def asked_just_now(wanted: Wanted) -> Q:
    """Questions of the same ask, whatever came of them, and those that were taken back before
    their time was over: each ask tries a mentor once, so that nobody can tell a no from no answer
    by who is shown again. Staff may ask again."""
    if not wanted.ask:
        return Q()
    return Q(ask=wanted.ask) | Q(state=life.WITHDRAWN, expires_at__gt=wanted.now)


def with_marks(found: QuerySet[Mentor], wanted: Wanted) -> QuerySet[Mentor]:
    """Note of each mentor by one number what the ask names and what that is worth: whether the
    mentor has the topic is asked once."""
    topic = Mentor.topics.through.objects.filter(mentor=OuterRef("pk"), topic=wanted.topic)
    course = Mentor.courses.through.objects.filter(mentor=OuterRef("pk"), course=wanted.course)
    return found.annotate(
        mark=mark(Exists(topic), wanted.mark_topic)
        + mark(Exists(course), wanted.mark_course)
        + mark(Q(hub=wanted.hub), wanted.mark_hub)
    )


def mark(condition: Q | Exists, number: int) -> Expression:
    """A number where a condition holds."""
    return Case(When(condition, then=Value(number)), default=Value(0))


def is_so(condition: Q) -> ExpressionWrapper:
    """A condition as a column."""
    return ExpressionWrapper(condition, output_field=BooleanField())
