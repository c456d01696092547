"""The page of a pair, as one of the two sees it now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from members.models import Member
from mentorship import life, pulses
from mentorship.models import Absence, Goal, MentorAsk, Pairing, PairMessage, PairNote
from mentorship.rules import may_extend
from mentorship.slots import clock_name

from .away import away_in
from .closing import ClosingWords, closing_of, words_of_other
from .moments import day_words, hour_words, with_clock
from .pair_meetings import Meetings, meetings_of
from .pair_words import reasons_for, times_of, what_is_asked
from .progress import Progress, progress_of
from .zones import zone_of

MESSAGES, NOTES = 50, 100
ALL_MESSAGES = 2_000


@dataclass(frozen=True)
class OwnPairing:
    """A pairing of which a member may open the page, with the member's side and its state now.

    Who was the mentor of a pair that is over, or was asked in a question that is over, opens a
    bare page, without a name or a word of it.
    """

    pairing: Pairing
    side: str
    state: str
    is_former: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The clock by which this side lives."""
        return zone_of(self.pairing, self.side)

    @property
    def clock(self) -> str:
        """The place whose clock that is."""
        return clock_name(self.zone.key)

    @property
    def is_mentor(self) -> bool:
        return self.side == life.MENTOR

    @property
    def is_together(self) -> bool:
        return self.state in life.TOGETHER

    @property
    def has_been(self) -> bool:
        """Whether there was more than a question."""
        return self.pairing.accepted_at is not None

    @property
    def name(self) -> str:
        """What the other one is called."""
        if self.is_former:
            return ""
        mentor = self.pairing.mentor
        other = self.pairing.mentee if self.is_mentor else mentor and mentor.member
        return other.name if other else _("somebody who has left")


@dataclass(frozen=True)
class GoalPlace:
    """One of the three places for a goal."""

    number: int
    goal: Goal | None


@dataclass(frozen=True)
class PairPage:
    """Everything that the page of a pair shows to one of the two."""

    own: OwnPairing
    sentence: str
    moves: frozenset[str]
    reasons: list[str]
    asked: list[tuple[str, str]]
    times: list[tuple[str, str]]
    away: list[Absence] = field(default_factory=list)
    meetings: Meetings = field(default_factory=Meetings)
    goals: list[GoalPlace] = field(default_factory=list)
    shared: list[PairNote] = field(default_factory=list)
    private: list[PairNote] = field(default_factory=list)
    messages: list[PairMessage] = field(default_factory=list)
    has_earlier: bool = False
    last_own: int = 0
    progress: Progress | None = None
    pulse: str = ""
    follower: MentorAsk | None = None

    @property
    def pairing(self) -> Pairing:
        return self.own.pairing

    @property
    def own_words(self) -> ClosingWords:
        """What this side says at the end."""
        return closing_of(self.pairing, self.own.side)

    @cached_property
    def other_words(self) -> ClosingWords | None:
        """What the other one has sent for the end."""
        return words_of_other(self.pairing, self.own.side)

    @property
    def has_goals(self) -> bool:
        return any(place.goal for place in self.goals)

    @property
    def can_extend(self) -> bool:
        """Whether the two may take more time: once, and not at the end."""
        return self.own.is_together and may_extend(self.pairing, self.own.state)


def own_pairing(member: Member, pk: int, now: datetime) -> OwnPairing | None:
    """The pairing whose page a member may open now; None where there is none.

    A mentor loses it with the end, also with one that only a date has made.
    """
    rows = Pairing.objects.for_pair(member).filter(pk=pk)
    row = rows.select_related(
        "ask__topic", "ask__course", "ask__lesson", "mentor__member", "mentee", "hub", "programme"
    ).first()
    if row is None:
        return None
    side = life.MENTEE if row.mentee_id == member.pk else life.MENTOR
    state = life.seen_at(row, side, now)
    if side == life.MENTOR and state in life.ENDED:
        return None
    return OwnPairing(row, side, state)


def own_or_former(member: Member, pk: int, now: datetime) -> OwnPairing | None:
    """The pairing whose page, or whose bare page once it is over, a member may open now."""
    own = own_pairing(member, pk, now)
    if own is not None:
        return own
    rows = Pairing.objects.filter(pk=pk, mentor__member=member)
    row = rows.select_related("mentor__member", "mentee", "hub", "programme").first()
    state = life.state_at(row, now) if row else ""
    if row is None or state not in life.ENDED:
        return None
    return OwnPairing(row, life.MENTOR, state, is_former=True)


def was_mentor(member: Member, pk: int) -> bool:
    """Whether a member is or was the mentor of a pairing."""
    return Pairing.objects.filter(pk=pk, mentor__member=member).exists()


def pair_page(
    member: Member, own: OwnPairing, now: datetime, *, all_messages: bool = False
) -> PairPage:
    """The page of a pair; a proposal and a question that came to nothing have little of it."""
    row = own.pairing
    values: dict[str, Any] = {
        "own": own,
        "sentence": what_comes(own),
        "moves": frozenset(life.moves_at(row, own.side, now)),
        "reasons": reasons_for(row, own.is_mentor),
        "asked": what_is_asked(row),
        "times": times_of(row),
        "away": away_of(own, now),
    }
    if row.accepted_at is None or own.state in life.ENDED - {life.CLOSED}:
        return PairPage(**values)
    notes = notes_of(member, row)
    messages = messages_of(row, ALL_MESSAGES if all_messages else MESSAGES)
    shown = messages[-(ALL_MESSAGES if all_messages else MESSAGES) :]
    return PairPage(
        **values,
        meetings=meetings_of(row, now),
        goals=goals_of(row),
        shared=[note for note in notes if not note.is_private],
        private=[note for note in notes if note.is_private],
        messages=shown,
        has_earlier=len(messages) > len(shown),
        last_own=last_own_message(member, row),
        progress=progress_of(row, is_mentor=own.is_mentor) if own.is_together else None,
        pulse=pulse_of(member, own, now),
        follower=follower_of(row) if own.state == life.CLOSED else None,
    )


def away_of(own: OwnPairing, now: datetime) -> list[Absence]:
    """When the mentor is away within the time of the two; the mentor reads it before the yes."""
    is_shown = own.is_together or (own.is_mentor and own.state == life.PROPOSED)
    return away_in(own.pairing, now) if is_shown else []


def goals_of(pairing: Pairing) -> list[GoalPlace]:
    """The three places for goals."""
    found = {goal.number: goal for goal in pairing.goals.all()}
    return [GoalPlace(number, found.get(number)) for number in (1, 2, 3)]


def notes_of(member: Member, pairing: Pairing) -> list[PairNote]:
    """The shared notes, and one's own private ones, the newest first."""
    rows = PairNote.objects.visible_to(member).filter(pairing=pairing).select_related("author")
    return list(rows[:NOTES])


def messages_of(pairing: Pairing, most: int) -> list[PairMessage]:
    """The last messages, the oldest of them first, and one more where there are more."""
    rows = pairing.messages.select_related("author").order_by("-made_at", "-pk")[: most + 1]
    return list(rows)[::-1]


def last_own_message(member: Member, pairing: Pairing) -> int:
    """The number of the last message that a member has sent; 0 before the first one."""
    sent = pairing.messages.filter(author=member).order_by("-pk")
    return sent.values_list("pk", flat=True).first() or 0


def pulse_of(member: Member, own: OwnPairing, now: datetime) -> str:
    """The point about which this member is asked how it goes; empty when there is none."""
    row = own.pairing
    answered = row.pulses.filter(member=member).values_list("point", flat=True)
    return pulses.pulse_due(row.accepted_at, own.state, list(answered), now)


def follower_of(pairing: Pairing) -> MentorAsk | None:
    """The ask that came after a pair, if it waits or has led to a mentor who is there."""
    waits = Q(state=MentorAsk.State.WAITING)
    return pairing.followed_by.filter(waits | Q(pairings__state__in=life.TOGETHER)).first()


def what_comes(own: OwnPairing) -> str:
    """What date comes next, in one sentence."""
    row, zone = own.pairing, ZoneInfo(own.pairing.hub.time_zone)
    name = {"name": own.name}
    if own.state == life.PROPOSED:
        due = hour_words(row.expires_at, own.zone)
        by = name | {"time": with_clock(due, own.zone, row.hub)}
        if own.is_mentor:
            return _("Please answer by %(time)s. The learner is told when the time is over.") % by
        return _("You know more by %(time)s. Until then nobody else is asked.") % by
    if own.state == life.ACCEPTED and row.meet_by:
        return _("Meet for the first time by %(day)s.") % {"day": day_words(row.meet_by, zone)}
    if own.state == life.ACTIVE and row.term_ends_at:
        day = {"day": day_words(row.term_ends_at, zone)}
        return _("Your time together lasts until %(day)s.") % day
    if own.state == life.PAUSED and row.paused_until:
        day = {"day": day_words(row.paused_until, zone)}
        return _("You have a break. You go on on %(day)s.") % day
    if own.state == life.CLOSING and closing_of(row, own.side).sent_at:
        return _("Your words for the end are kept. It closes on %(day)s at the latest.") % {
            "day": day_words(closes_at(row), zone)
        }
    if own.state == life.CLOSING:
        return _("Your time together ends. Say what you reached by %(day)s.") % {
            "day": day_words(closes_at(row), zone)
        }
    return over_sentence(own, zone)


def closes_at(pairing: Pairing) -> datetime:
    """When the closing step is over."""
    end = pairing.closes_at or pairing.term_ends_at or pairing.expires_at
    return end if pairing.closes_at else end + timedelta(days=pairing.programme.closing_days)


def over_sentence(own: OwnPairing, zone: ZoneInfo) -> str:
    """That it is over. A no is said in the words of a question that ran out."""
    row = own.pairing
    if own.state == life.CLOSED:
        ended_at = row.ended_at or closes_at(row)
        return _("Your time together ended on %(day)s.") % {"day": day_words(ended_at, zone)}
    if own.state == life.WITHDRAWN:
        return _("This question was taken back.")
    said = {
        MentorAsk.State.WAITING: _(
            "%(name)s cannot be your mentor at the moment. You keep your place."
        ),
        MentorAsk.State.PAIRED: _(
            "%(name)s could not be your mentor then. Another mentor said yes to you."
        ),
        MentorAsk.State.WITHDRAWN: _(
            "%(name)s could not be your mentor then. You took your question back."
        ),
    }
    return said[MentorAsk.State(row.ask.state)] % {"name": own.name}
