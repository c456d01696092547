"""How mentoring goes in a hub: a period beside the one before it, in ten statements."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from members.data import Section
from members.models import Hub
from mentorship import life
from mentorship.models import Goal, Meeting, MentorAsk, Pairing, PairingMove

from ..unmatched import Recruit, recruit_next
from .closings import closed_chart, closed_figure, closings
from .parts import Chart, Figure, Period, bar, periods
from .risk import day
from .telling import is_small, told_median, told_share

PERIODS = (30, 90, 180, 365)
USUAL = 90
DAY = 24 * 60 * 60
MOST_REASONS = 20
EARLY = ("", life.PROPOSED)
Dated = tuple[datetime, int]


@dataclass(frozen=True)
class FiguresPage:
    """Everything on the page of figures."""

    days: int
    period: Period
    figures: list[Figure]
    charts: list[Chart]
    reasons: list[str]
    recruits: list[Recruit]


def figures_page(hub: Hub, days: int, now: datetime) -> FiguresPage:
    """The figures of a hub for its desk."""
    this, before = periods(days, now)
    waited = waits(hub, before.start, now)
    closed = closings(hub, before.start, now)
    return FiguresPage(
        days=days,
        period=this,
        figures=[
            wait_figure(waited, this, before),
            *rates(hub, this, before),
            closed_figure(closed, this, before),
            staff_figure(hub, this, before),
        ],
        charts=[wait_chart(waited, this), closed_chart(closed, this)],
        reasons=staff_reasons(hub, this),
        recruits=recruit_next(hub, now),
    )


def figures_section(hub: Hub, days: int, now: datetime) -> Section:
    """The figures as a table for a file: no name and no free words in it."""
    page = figures_page(hub, days, now)
    columns = (_("What"), _("In this period"), _("In the period before"), _("What it means"))
    words = {"start": day(page.period.start), "end": day(now), "hub": hub.name}
    about = _("Mentoring at %(hub)s, %(start)s to %(end)s") % words
    rows: list[tuple[str, ...]] = [
        (row.name, row.now, row.before, row.meaning) for row in page.figures
    ]
    for chart in page.charts:
        rows += [(f"{chart.title}: {bar.label}", bar.words, "", chart.about) for bar in chart.bars]
    return Section("figures", about, columns, rows)


# How long people wait


def waits(hub: Hub, since: datetime, now: datetime) -> list[tuple[datetime, float]]:
    """When each pair said yes, and how many days after the mentee asked."""
    rows = Pairing.objects.filter(hub=hub, accepted_at__gt=since, accepted_at__lte=now)
    found = rows.order_by().values_list("accepted_at", "ask__made_at")
    return [(yes, (yes - asked).total_seconds() / DAY) for yes, asked in found if yes]


def wait_figure(waited: list[tuple[datetime, float]], this: Period, before: Period) -> Figure:
    """The middle wait of those who found a mentor."""
    return Figure(
        name=_("Wait for a mentor"),
        now=told_median([days for yes, days in waited if this.has(yes)]),
        before=told_median([days for yes, days in waited if before.has(yes)]),
        meaning=_(
            "Days from the asking to the mentor's yes, for pairs whose mentor said yes in "
            "the period. Half of them waited less, half waited more."
        ),
    )


def wait_chart(waited: list[tuple[datetime, float]], this: Period) -> Chart:
    """How many waited how long."""
    found = Counter(band_of(days) for yes, days in waited if this.has(yes))
    labels = [_("3 days or less"), _("4 to 7 days"), _("8 to 14 days"), _("longer than 14 days")]
    return Chart(
        key="waits",
        title=_("How long people waited"),
        about=_("Pairs whose mentor said yes in the period, by days since the asking."),
        bars=[bar(label, found[band]) for band, label in enumerate(labels)],
    )


def band_of(days: float) -> int:
    """Into which part of the chart a wait falls."""
    return sum(days > most for most in (3, 7, 14))


# Shares of two periods, each in one statement


def rates(hub: Hub, this: Period, before: Period) -> list[Figure]:
    """Match rate, answers in time, meetings, goals."""
    return [
        match_figure(hub, this, before),
        answer_figure(hub, this, before),
        meeting_figure(hub, this, before),
        goal_figure(hub, this, before),
    ]


def share(rows: Iterable[tuple[datetime, bool]], period: Period) -> str:
    """Which share of the rows of a period is true."""
    found = [is_true for at, is_true in rows if period.has(at)]
    return told_share(sum(found), len(found))


def match_figure(hub: Hub, this: Period, before: Period) -> Figure:
    """How many of those who asked have a mentor."""
    asks = MentorAsk.objects.filter(hub=hub, made_at__gt=before.start, made_at__lte=this.end)
    kept = asks.exclude(state=MentorAsk.State.WITHDRAWN).order_by()
    rows = [(at, state == "paired") for at, state in kept.values_list("made_at", "state")]
    return Figure(
        name=_("Found a mentor"),
        now=share(rows, this),
        before=share(rows, before),
        meaning=_(
            "Of the people who asked in the period, how many have had a mentor's yes by today. "
            "Asks that were taken back are left out."
        ),
    )


def answer_figure(hub: Hub, this: Period, before: Period) -> Figure:
    """How many proposals were answered before they ran out."""
    rows = Pairing.objects.filter(hub=hub, proposed_at__gt=before.start, proposed_at__lte=this.end)
    said = Q(accepted_at__isnull=False) | Q(state=life.DECLINED)
    ran_out = Q(state=life.EXPIRED) | Q(state=life.PROPOSED, expires_at__lte=this.end)
    settled = rows.filter(said | ran_out).order_by()
    found = settled.values_list("proposed_at", "accepted_at", "state")
    pairs = [(at, yes is not None or state == life.DECLINED) for at, yes, state in found]
    return Figure(
        name=_("Proposals answered in time"),
        now=share(pairs, this),
        before=share(pairs, before),
        meaning=_(
            "Of the proposals made in the period, how many the mentor answered before they ran "
            "out, with yes or no. Those still open and those taken back are left out."
        ),
    )


def meeting_figure(hub: Hub, this: Period, before: Period) -> Figure:
    """How many meetings were held."""
    rows = Meeting.objects.filter(
        pairing__hub=hub,
        state=Meeting.State.HELD,
        starts_at__gt=before.start,
        starts_at__lte=this.end,
    )
    found = list(rows.order_by().values_list("starts_at", "pairing"))
    return Figure(
        name=_("Meetings held"),
        now=told_meetings(found, this),
        before=told_meetings(found, before),
        meaning=_("Meetings that one of the two noted as held, on a day of the period."),
    )


def told_meetings(rows: list[Dated], period: Period) -> str:
    """The meetings of a period; those of few pairs are not counted out."""
    pairs = [pairing for at, pairing in rows if period.has(at)]
    if is_small(len(set(pairs))):
        return _("fewer than 5 pairs met")
    return number_format(len(pairs))


def goal_figure(hub: Hub, this: Period, before: Period) -> Figure:
    """How many goals were met of those set."""
    rows = Goal.objects.filter(
        pairing__hub=hub, made_at__gt=before.start, made_at__lte=this.end
    ).order_by()
    found = [(at, met is not None) for at, met in rows.values_list("made_at", "met_at")]
    return Figure(
        name=_("Goals met"),
        now=share(found, this),
        before=share(found, before),
        meaning=_("Of the goals that pairs set in the period, how many are met by today."),
    )


# What staff changed


def staff_moves() -> QuerySet[PairingMove]:
    """Moves that staff made while the pairing of the outer statement was a proposal."""
    return PairingMove.objects.filter(pairing=OuterRef("pk"), is_staff=True, before__in=EARLY)


def staff_figure(hub: Hub, this: Period, before: Period) -> Figure:
    """Which share of proposals staff made or changed."""
    rows = Pairing.objects.filter(hub=hub, proposed_at__gt=before.start, proposed_at__lte=this.end)
    by_hand = Q(origin=Pairing.Origin.STAFF)
    found = rows.order_by().annotate(is_changed=by_hand | Exists(staff_moves()))
    pairs = [(at, bool(changed)) for at, changed in found.values_list("proposed_at", "is_changed")]
    return Figure(
        name=_("Proposals that staff changed"),
        now=share(pairs, this),
        before=share(pairs, before),
        meaning=_(
            "Of the proposals made in the period, how many staff made by hand or moved, in place "
            "of the learner's choice or the rules."
        ),
    )


def staff_reasons(hub: Hub, period: Period) -> list[str]:
    """Why staff changed proposals of the period, the newest first, each once. Desk only."""
    rows = PairingMove.objects.filter(
        pairing__hub=hub,
        pairing__proposed_at__gt=period.start,
        pairing__proposed_at__lte=period.end,
        is_staff=True,
        before__in=EARLY,
    ).exclude(reason="")
    newest = rows.order_by("-made_at", "-pk").values_list("reason", flat=True)
    return list(dict.fromkeys(newest[: MOST_REASONS * 2]))[:MOST_REASONS]
