"""The pairs of a hub: a list, and one of them with its dates and moves. Never what they wrote."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Hub, Member
from mentorship import life
from mentorship.models import Meeting, Pairing, PairingMove, Pulse
from mentorship.risks import CONTACTS

from .. import sentences
from ..matching import names_of
from .reach import Reach, reach_of
from .risk import AtRisk, at_risk, mentor_name, name_of, pairings_for, with_watched

PAGE = 50
SHOWS = ("open", "proposed", "ended")


@dataclass(frozen=True)
class PairsFilter:
    """Which pairs to show: "open", "proposed" or "ended"; part of a name; the page."""

    show: str = "open"
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class PairRow:
    """A pair in a list: its state now, and the next date."""

    pairing: Pairing
    mentee: str
    mentor: str
    state: str
    words: str
    next_words: str
    next_at: datetime | None


@dataclass(frozen=True)
class PairsPage:
    """One page of pairs."""

    rows: list[PairRow]
    number: int
    has_next: bool


def pairs_page(member: Member, hub: Hub, chosen: PairsFilter, now: datetime) -> PairsPage:
    """One page of the pairs of a hub, in one statement."""
    rows = shown(pairings_for(member).filter(hub=hub), chosen.show, now)
    if chosen.words:
        mentor = Q(mentor__member__name__icontains=chosen.words)
        rows = rows.filter(Q(mentee__name__icontains=chosen.words) | mentor)
    start = (chosen.page - 1) * PAGE
    rows = rows.select_related("mentor__member", "mentee", "programme")
    found = list(rows[start : start + PAGE + 1])
    return PairsPage(
        rows=[pair_row(row, now) for row in found[:PAGE]],
        number=chosen.page,
        has_next=len(found) > PAGE,
    )


def shown(rows: QuerySet[Pairing], show: str, now: datetime) -> QuerySet[Pairing]:
    """The pairs that a filter lets through; what a date has ended counts as ended."""
    held = Pairing.objects.holding(now)
    if show == "ended":
        return rows.exclude(pk__in=held.values("pk"))
    state = Q(state=life.PROPOSED)
    return rows.filter(state if show == "proposed" else ~state, pk__in=held.values("pk"))


def pair_row(row: Pairing, now: datetime) -> PairRow:
    """One pair of a list."""
    state = life.state_at(row, now)
    next_words, next_at = next_date(row, state)
    return PairRow(
        pairing=row,
        mentee=name_of(row.mentee),
        mentor=mentor_name(row),
        state=state,
        words=str(Pairing.State(state).label),
        next_words=next_words,
        next_at=next_at,
    )


def next_date(row: Pairing, state: str) -> tuple[str, datetime | None]:
    """What a date does next to a pair, and when; for a pair that is over, when it ended."""
    if state == life.PROPOSED:
        return _("to be answered by"), row.expires_at
    if state == life.ACCEPTED and row.meet_by:
        return _("first meeting by"), row.meet_by
    if state == life.PAUSED:
        return _("they go on on"), row.paused_until
    if state == life.CLOSING:
        return _("closes on"), row.closes_at
    if state in life.ENDED:
        return _("ended on"), ended_at(row, state)
    return _("lasts until"), row.term_ends_at


def ended_at(row: Pairing, state: str) -> datetime | None:
    """When a pair ended: as written, or the date that ended it."""
    if state == life.DECLINED:
        return row.answered_at
    return row.ended_at or (row.expires_at if state == life.EXPIRED else row.closes_at)


@dataclass(frozen=True)
class Step:
    """A date in the life of a pair."""

    words: str
    at: datetime
    is_past: bool


@dataclass(frozen=True)
class MoveLine:
    """One line of the log: what happened, who did it, and why."""

    words: str
    actor: str
    is_staff: bool
    reason: str
    at: datetime


VERBS = {
    "propose": gettext_lazy("Proposed"),
    "accept": gettext_lazy("Said yes"),
    "decline": gettext_lazy("Said no"),
    "withdraw": gettext_lazy("Took the question back"),
    "expire": gettext_lazy("The proposal ran out"),
    "meet": gettext_lazy("Met for the first time"),
    "not_met": gettext_lazy("Took the only meeting back"),
    "pause": gettext_lazy("Break begins"),
    "resume": gettext_lazy("Goes on"),
    "extend": gettext_lazy("Made longer"),
    "end": gettext_lazy("Closing step begins"),
    "close": gettext_lazy("Closed"),
    "stop": gettext_lazy("Stopped at once"),
    "reopen": gettext_lazy("Goes on after all"),
    CONTACTS["mentee"]: gettext_lazy("Spoke with the learner"),
    CONTACTS["mentor"]: gettext_lazy("Spoke with the mentor"),
    CONTACTS["both"]: gettext_lazy("Spoke with both"),
}


def move_line(move: PairingMove) -> MoveLine:
    """A move in words. One that nobody made was made by a date or by the rules."""
    return MoveLine(
        words=str(VERBS.get(move.verb, move.verb)),
        actor=move.actor.name if move.actor else "",
        is_staff=move.is_staff,
        reason=move.reason,
        at=move.made_at,
    )


@dataclass(frozen=True)
class PairDesk:
    """Everything that a coordinator sees of a pair."""

    row: PairRow
    risk: AtRisk
    steps: list[Step]
    moves: list[MoveLine]
    band: str
    reasons: list[str]
    against: list[str]
    reach: list[Reach]
    pulses: list[tuple[str, Pulse]]
    met: int
    missed: int
    goals: int
    goals_met: int

    @property
    def pairing(self) -> Pairing:
        return self.row.pairing

    @property
    def ended_why(self) -> str:
        """The reason with which the pair ends or ended. Not even that the safety lead ended it is
        told here."""
        reason = self.pairing.end_reason
        if reason == Pairing.Reason.SAFETY:
            reason = Pairing.Reason.OTHER
        return str(Pairing.Reason(reason).label) if reason else ""


def pair_for(member: Member, hub: Hub, now: datetime) -> QuerySet[Pairing]:
    """The pairs of a hub that a coordinator may open, with what their page needs."""
    rows = with_watched(pairings_for(member).filter(hub=hub), now)
    return rows.select_related(
        "ask__topic", "ask__lesson", "ask__course", "mentor__member", "mentor__hub", "mentee", "hub"
    ).annotate(
        goals_set=Count("goals", distinct=True),
        goals_met=Count("goals", filter=Q(goals__met_at__isnull=False), distinct=True),
    )


def pair_desk(row: Pairing, now: datetime) -> PairDesk:
    """A pair's page for staff: state, dates, moves, how it goes; two statements more."""
    held = {Meeting.State.HELD: 0, Meeting.State.MISSED: 0}
    held |= dict(row.meetings.order_by().values_list("state").annotate(count=Count("pk")))
    return PairDesk(
        row=pair_row(row, now),
        risk=at_risk(row, now),
        steps=steps(row, now),
        moves=[move_line(one) for one in row.moves.select_related("actor")],
        **why(row),
        reach=reach_of(row.hub, [row.mentee, row.mentor.member if row.mentor else None]),
        pulses=[(said_by(one, row), one) for one in row.pulses.all()],
        met=held[Meeting.State.HELD],
        missed=held[Meeting.State.MISSED],
        goals=getattr(row, "goals_set", 0),
        goals_met=getattr(row, "goals_met", 0),
    )


def why(row: Pairing) -> dict[str, Any]:
    """Why these two: the match as it was kept when it was proposed, in words."""
    kept, names = row.explanation, names_of(row.ask)
    band = sentences.BANDS.get(kept.get("band", ""), "")
    return {
        "band": str(band),
        "reasons": [sentences.reason_words(one, names) for one in kept.get("reasons", [])],
        "against": sentences.against_words(kept.get("against", [])),
    }


def said_by(pulse: Pulse, row: Pairing) -> str:
    """Who of the two answered."""
    if row.mentor is not None and pulse.member_id == row.mentor.member_id:
        return mentor_name(row)
    return name_of(row.mentee)


def steps(row: Pairing, now: datetime) -> list[Step]:
    """The dates of a pair in order, those to come as well."""
    state = life.state_at(row, now)
    found = [*past_steps(row, state), *(coming_steps(row, state) if state in life.HOLDING else [])]
    dated = [Step(words, at, at <= now) for words, at in found if at is not None]
    return sorted(dated, key=lambda step: step.at)


def past_steps(row: Pairing, state: str) -> list[tuple[str, datetime | None]]:
    """What has happened."""
    ended = ended_at(row, state) if state in life.ENDED else None
    return [
        (_("Asked for the first time"), row.ask.asked_at),
        (_("Proposed"), row.proposed_at),
        (_("The mentor said yes"), row.accepted_at),
        (_("First meeting"), row.first_met_at),
        (_("Last sign of the learner"), row.mentee_sign_at or row.last_sign_at),
        (_("Last sign of the mentor"), row.mentor_sign_at or row.last_sign_at),
        (_("Made longer"), row.extended_at),
        (str(Pairing.State(state).label), ended),
        (_("The learner reads that it ran out"), row.expires_at if life.is_unseen(row) else None),
    ]


def coming_steps(row: Pairing, state: str) -> list[tuple[str, datetime | None]]:
    """What a date will do."""
    if state == life.PROPOSED:
        return [(_("The proposal runs out"), row.expires_at)]
    meeting = row.meet_by if state == life.ACCEPTED else None
    return [
        (_("First meeting is due"), meeting),
        (_("They go on"), row.paused_until if state == life.PAUSED else None),
        (_("The time of the pair ends"), row.term_ends_at if state != life.CLOSING else None),
        (_("The closing step ends"), row.closes_at),
    ]
