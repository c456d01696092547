"""What waits in mentorship on the desk of a hub."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from members.models import Hub, Member
from mentorship.models import Mentor, MentorAsk, Pairing
from mentorship.models.asks import MentorAskQuerySet

from ..safety import has_lead
from .risk import AtRisk, day, mentor_name, name_of, pairs_at_risk

MOST_ROWS, FEW = 50, 5
CHECK_SOON = timedelta(days=30)
NEW = (Mentor.State.APPLIED, Mentor.State.SCREENING)


@dataclass(frozen=True)
class AskRow:
    """Somebody who waits, for how long, and whether that is longer than the programme says."""

    ask: MentorAsk
    days: int
    is_late: bool
    proposal: Pairing | None

    @property
    def name(self) -> str:
        return name_of(self.ask.member)

    @property
    def title(self) -> str:
        return subject_of(self.ask)

    @property
    def first_asked(self) -> datetime | None:
        """When they asked for the first time, if they had a mentor since: their place in line."""
        return self.ask.asked_at if self.ask.asked_at < self.ask.made_at else None

    @property
    def asked_name(self) -> str:
        """The mentor who has been asked."""
        return mentor_name(self.proposal) if self.proposal else ""


@dataclass(frozen=True)
class MentorRow:
    """A mentor whom staff should see, and why."""

    mentor: Mentor
    words: str


@dataclass(frozen=True)
class Board:
    """Everything that waits in a hub."""

    asks: list[AskRow]
    has_more_asks: bool
    at_risk: list[AtRisk]
    mentors: list[MentorRow]
    ready: int
    pairs: int
    has_lead: bool

    @property
    def late(self) -> int:
        """How many wait longer than the programme says."""
        return sum(row.is_late for row in self.asks)


def asks_for(member: Member) -> MentorAskQuerySet:
    """The asks that a coordinator handles. Nobody handles their own."""
    hubs = Hub.objects.for_staff(member, "coordinator")
    return MentorAsk.objects.filter(hub__in=hubs).exclude(member=member)


def subject_of(ask: MentorAsk) -> str:
    """What an ask is about: the lesson, the course or the topic."""
    if ask.lesson:
        return _("The lesson “%(title)s”") % {"title": ask.lesson.title}
    if ask.course:
        return _("The course “%(title)s”") % {"title": ask.course.title}
    return ask.topic.label if ask.topic else _("Not sure yet")


def board(member: Member, hub: Hub, now: datetime) -> Board:
    """The board of a hub, in ten statements."""
    asks = ask_rows(member, hub, now)
    return Board(
        asks=asks[:MOST_ROWS],
        has_more_asks=len(asks) > MOST_ROWS,
        at_risk=pairs_at_risk(member, [hub], now),
        mentors=mentors_to_see(member, hub, localtime(now).date()),
        ready=Mentor.objects.ready().filter(hub=hub).count(),
        pairs=open_pairs(hub, now),
        has_lead=has_lead(hub),
    )


def ask_rows(member: Member, hub: Hub, now: datetime) -> list[AskRow]:
    """Who waits, the first who asked first; in two statements."""
    out = Pairing.objects.proposed(now).select_related("mentor__member")
    rows = asks_for(member).filter(hub=hub).waiting()
    rows = rows.select_related("member", "programme", "topic", "course", "lesson")
    rows = rows.prefetch_related(Prefetch("pairings", queryset=out, to_attr="out"))
    return [ask_row(row, now) for row in rows[: MOST_ROWS + 1]]


def ask_row(row: MentorAsk, now: datetime) -> AskRow:
    """One who waits."""
    out: list[Pairing] = getattr(row, "out", [])
    return AskRow(
        ask=row,
        days=max(0, (now - row.made_at).days),
        is_late=is_late(row.made_at, row.programme.ask_days, now),
        proposal=out[0] if out else None,
    )


def is_late(made_at: datetime, ask_days: int, now: datetime) -> bool:
    """Whether somebody waits longer than the programme says. The time with a mentor, between the
    first asking and this ask, is no waiting."""
    return made_at <= now - timedelta(days=ask_days)


def open_pairs(hub: Hub, now: datetime) -> int:
    """How many pairs the hub has now."""
    return Pairing.objects.filter(hub=hub).holding(now).together().count()


def mentors_to_see(member: Member, hub: Hub, today: date) -> list[MentorRow]:
    """New mentors, and those whose check runs out within 30 days; the first who came first."""
    soon = Q(state=Mentor.State.READY, check_due_on__lte=today + CHECK_SOON)
    rows = Mentor.objects.filter(Q(state__in=NEW) | soon, hub=hub).exclude(member=member)
    found = rows.select_related("member").order_by("applied_at", "pk")
    return [mentor_row(row, today) for row in found[:MOST_ROWS]]


def mentor_row(row: Mentor, today: date) -> MentorRow:
    """One mentor to see, with the reason."""
    if row.state in NEW:
        return MentorRow(row, applied_words(row))
    return MentorRow(row, check_words(row.check_due_on, today))


def applied_words(row: Mentor) -> str:
    """Since when a mentor waits to be seen."""
    words = {"day": day(row.applied_at)}
    if row.state == Mentor.State.SCREENING:
        return _("Applied on %(day)s, being checked.") % words
    return _("Applied on %(day)s.") % words


def check_words(due_on: date | None, today: date) -> str:
    """When a check is due again."""
    if due_on is None:
        return _("No date is set.")
    words = {"day": date_format(due_on, "DATE_FORMAT")}
    if due_on <= today:
        return _("The check ran out on %(day)s.") % words
    return _("The check runs out on %(day)s.") % words


@dataclass(frozen=True)
class DeskRow:
    """One thing that waits, on the desk of the hub."""

    title: str
    words: str
    url: str


@dataclass(frozen=True)
class DeskWaiting:
    """What waits in mentorship, for the desk of the hub: the first few of each kind."""

    pairs: Sequence[DeskRow] = ()
    asks: Sequence[DeskRow] = ()
    mentors: Sequence[DeskRow] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.pairs or self.asks or self.mentors)


def desk_waiting(member: Member, hub: Hub, now: datetime) -> DeskWaiting:
    """Pairs at risk, who waits too long and new mentors, as rows with one link each."""
    late = [row for row in ask_rows(member, hub, now) if row.is_late]
    return DeskWaiting(
        pairs=[waiting_pair(row, hub) for row in pairs_at_risk(member, [hub], now)[:FEW]],
        asks=[waiting_ask(row.ask, hub) for row in late[:FEW]],
        mentors=[waiting_mentor(row, hub) for row in new_mentors(member, [hub])[:FEW]],
    )


def waiting_pair(row: AtRisk, hub: Hub) -> DeskRow:
    """A pair at risk as one line."""
    address = reverse("mentorship:desk_pair", args=[hub.slug, row.pairing.pk])
    return DeskRow(row.names, " ".join(row.sentences), address)


def waiting_ask(ask: MentorAsk, hub: Hub) -> DeskRow:
    """An ask as one line."""
    address = reverse("mentorship:desk_ask", args=[hub.slug, ask.pk])
    words = _("%(subject)s · since %(day)s")
    return DeskRow(
        name_of(ask.member), words % {"subject": subject_of(ask), "day": day(ask.made_at)}, address
    )


def waiting_mentor(mentor: Mentor, hub: Hub) -> DeskRow:
    """A new mentor as one line."""
    address = reverse("mentorship:desk_mentor", args=[hub.slug, mentor.pk])
    return DeskRow(mentor.member.name, applied_words(mentor), address)


def new_mentors(member: Member, hubs: Iterable[Hub] | QuerySet[Hub]) -> QuerySet[Mentor]:
    """Mentors of some hubs who applied and are not ready yet."""
    rows = Mentor.objects.filter(hub__in=hubs, state__in=NEW).exclude(member=member)
    return rows.select_related("member").order_by("applied_at", "pk")


def waiting_counts(member: Member, now: datetime | None = None) -> Counter[int]:
    """How many things of mentorship wait in each hub of a coordinator, by the hub's id."""
    now = now or timezone.now()
    hubs = list(Hub.objects.for_staff(member, "coordinator"))
    if not hubs:
        return Counter()
    waiting = asks_for(member).filter(hub__in=hubs).waiting()
    asked = waiting.values_list("hub", "made_at", "programme__ask_days")
    late = Counter(hub for hub, made_at, days in asked if is_late(made_at, days, now))
    risky = Counter(row.pairing.hub_id for row in pairs_at_risk(member, hubs, now))
    new = new_mentors(member, hubs).order_by().values_list("hub").annotate(count=Count("pk"))
    return late + risky + Counter(dict(new))
