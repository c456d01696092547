"""What waits on the desk of a hub: tasks handed in, questions asked, releases to decide about."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import Ask, Course, HandIn, Release
from courses.models.work import STAFF_ROLES, AskQuerySet, HandInQuerySet
from members.models import Hub, Member

MOST_ROWS = 50


@dataclass(frozen=True)
class WaitingRow:
    """One thing that waits: what it is, whose it is, since when, and where it is done."""

    title: str
    place: str
    person: str
    since: datetime
    url: str


@dataclass(frozen=True)
class WaitingList:
    """Things of one kind that wait, the longest waiting first."""

    rows: list[WaitingRow]
    has_more: bool = False


@dataclass(frozen=True)
class Waiting:
    """Everything that waits in a hub."""

    hand_ins: WaitingList
    asks: WaitingList
    releases: WaitingList

    @property
    def is_empty(self) -> bool:
        return not (self.hand_ins.rows or self.asks.rows or self.releases.rows)


def what_waits(member: Member, hub: Hub, *, with_names: bool) -> Waiting:
    """What waits for a member of staff in a hub, in three statements; names where asked for."""
    hand_ins = first(hand_ins_for(member, hub).waiting())
    asks = first(asks_for(member, hub).waiting())
    releases = first(open_releases(member, hub))
    return Waiting(
        hand_ins=listed(hand_in_row(row, hub, with_names) for row in hand_ins),
        asks=listed(ask_row(row, hub, with_names) for row in asks),
        releases=listed(release_row(row, hub) for row in releases),
    )


def first(rows: QuerySet) -> QuerySet:
    """The rows that a list shows, and one more."""
    return rows[: MOST_ROWS + 1]


def listed(rows: Iterable[WaitingRow]) -> WaitingList:
    """The rows as a list that says whether there are more."""
    found = list(rows)
    return WaitingList(found[:MOST_ROWS], has_more=len(found) > MOST_ROWS)


def hand_ins_for(member: Member, hub: Hub) -> HandInQuerySet:
    """The hand-ins of a hub that a member may read. Nobody reads their own."""
    rows = HandIn.objects.visible_to(member).filter(enrolment__hub=hub)
    others = rows.exclude(enrolment__member=member)
    return others.select_related("enrolment__member", "lesson__course", "reviewed_by")


def asks_for(member: Member, hub: Hub) -> AskQuerySet:
    """The questions that were asked at a hub and that a member may answer."""
    rows = Ask.objects.visible_to(member).filter(hub=hub)
    return rows.select_related("member", "lesson__course", "answered_by")


def tighter_releases(member: Member) -> QuerySet[Release]:
    """The releases that ask for more, of the courses that a member edits."""
    courses = Course.objects.for_staff(member, "editor")
    return Release.objects.filter(course__in=courses, change=Release.Change.TIGHTER)


def releases_for(member: Member, hub: Hub) -> QuerySet[Release]:
    """The releases of a hub's courses about which a member may decide."""
    return tighter_releases(member).filter(course__hub=hub).select_related("course__hub")


def open_releases(member: Member, hub: Hub) -> QuerySet[Release]:
    """The releases for which a member still has to choose, the oldest first."""
    return releases_for(member, hub).filter(chosen_at__isnull=True).order_by("made_at", "pk")


def hand_in_row(row: HandIn, hub: Hub, with_names: bool) -> WaitingRow:
    """A hand-in as one line."""
    return WaitingRow(
        title=row.lesson.title,
        place=row.lesson.course.title,
        person=row.enrolment.member.name if with_names else "",
        since=row.made_at,
        url=reverse("courses:desk_hand_in", args=[hub.slug, row.pk]),
    )


def ask_row(row: Ask, hub: Hub, with_names: bool) -> WaitingRow:
    """A question as one line."""
    return WaitingRow(
        title=row.lesson.title,
        place=row.lesson.course.title,
        person=row.member.name if with_names else "",
        since=row.made_at,
        url=reverse("courses:desk_ask", args=[hub.slug, row.pk]),
    )


def release_row(row: Release, hub: Hub) -> WaitingRow:
    """An open choice as one line."""
    return WaitingRow(
        title=row.course.title,
        place=_("Version %(number)s") % {"number": row.number},
        person="",
        since=row.made_at,
        url=reverse("courses:desk_release", args=[hub.slug, row.course_id, row.number]),
    )


def next_hand_in(member: Member, hub: Hub, after: HandIn) -> HandIn | None:
    """The hand-in that waits behind this one, else the one that waits longest."""
    waiting = hand_ins_for(member, hub).waiting()
    later = Q(made_at__gt=after.made_at) | Q(made_at=after.made_at, pk__gt=after.pk)
    return waiting.filter(later).first() or waiting.first()


def next_ask(member: Member, hub: Hub, after: Ask) -> Ask | None:
    """The question that waits behind this one, else the one that waits longest."""
    waiting = asks_for(member, hub).waiting()
    later = Q(made_at__gt=after.made_at) | Q(made_at=after.made_at, pk__gt=after.pk)
    return waiting.filter(later).first() or waiting.first()


def waiting_counts(member: Member) -> Counter[int]:
    """How many things of courses wait in each hub of a member of staff, by the hub's id."""
    hubs = Hub.objects.for_staff(member, *STAFF_ROLES)
    hand_ins = HandIn.objects.waiting().filter(enrolment__hub__in=hubs)
    releases = tighter_releases(member).filter(chosen_at__isnull=True)
    return (
        counted(hand_ins.exclude(enrolment__member=member), "enrolment__hub")
        + counted(Ask.objects.waiting().filter(hub__in=hubs), "hub")
        + counted(releases, "course__hub")
    )


def counted(rows: QuerySet, hub: str) -> Counter[int]:
    """How many rows there are for each hub."""
    found = rows.order_by().values_list(hub).annotate(count=Count("pk"))
    return Counter(dict(found))
