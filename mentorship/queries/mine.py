"""What a member has to do with mentorship: an ask, proposals, pairs, being a mentor."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q

from courses.models import Enrolment
from members.models import Hub, Member
from members.statements import Statement
from mentorship import life
from mentorship.models import Mentor, MentorAsk, Pairing

from .waits import local_day, promised_on, queue_place

PAIRINGS: Statement[Pairing] = Statement(
    lambda member: (
        Pairing.objects.for_pair(member)
        .pending()
        .select_related("mentor__member", "mentee", "hub", "ask")
    ),
    1,
)
BESIDE = (
    "mentor__hub",
    *(f"waiting__{name}" for name in ("hub", "programme", "topic", "course")),
)
PERSON: Statement[Member] = Statement(
    lambda member: (
        Member.objects.get_queryset()
        .filter(pk=member)
        .annotate(
            waiting=FilteredRelation(
                "mentor_asks", condition=Q(mentor_asks__state=MentorAsk.State.WAITING)
            )
        )
        .select_related(*BESIDE)
        .order_by()
    ),
    1,
)
# What a pair does next, by its state: the field with the date by which it happens.
NEXT = {
    life.ACCEPTED: "meet_by",
    life.ACTIVE: "term_ends_at",
    life.PAUSED: "paused_until",
    life.CLOSING: "closes_at",
}


@dataclass(frozen=True)
class MyPair:
    """One of a member's pairings: who the other one is, how it stands, what comes by which day."""

    pairing: Pairing
    name: str
    state: str
    is_mentor: bool
    on: date | None


@dataclass(frozen=True)
class Mine:
    """Everything of a member that the pages of mentorship and `/me/` show."""

    mentor: Mentor | None = None
    ask: MentorAsk | None = None
    proposal: MyPair | None = None
    to_answer: tuple[MyPair, ...] = ()
    pairs: tuple[MyPair, ...] = ()
    promised_on: date | None = None

    @cached_property
    def place(self) -> int:
        """The place in the line while nobody is asked; a statement where a page shows it."""
        return queue_place(self.ask) if self.ask and not self.proposal else 0

    @property
    def is_mentee(self) -> bool:
        """Whether the member has a mentor."""
        return any(not row.is_mentor for row in self.pairs)

    @property
    def gives(self) -> bool:
        """Whether the member is a mentor, or wants to be one."""
        return self.mentor is not None and self.mentor.state != Mentor.State.LEFT

    @property
    def needs_times(self) -> bool:
        """Whether nobody can be sent to the mentor before there is a time and a way to meet."""
        row = self.mentor
        return self.gives and row is not None and not (row.slots and row.ways)

    @property
    def is_at_rest(self) -> bool:
        """Whether a mentor has nobody and nothing to answer: then the page says how they stand."""
        has_pair = any(row.is_mentor for row in self.pairs)
        return self.gives and not (self.to_answer or has_pair or self.needs_times)

    @property
    def is_empty(self) -> bool:
        """Whether the member neither asks nor gives."""
        return not (self.gives or self.ask or self.pairs or self.to_answer)


def my_mentorship(member: Member, now: datetime) -> Mine:
    """A member's ask, proposals and pairs, by two statements."""
    person = PERSON.first(member.pk)
    ask = waiting_of(person)
    rows = [my_pair(row, member, now) for row in PAIRINGS.all(member.pk)]
    proposed = [row for row in rows if row.state == life.PROPOSED]
    proposal = next((row for row in proposed if ask and row.pairing.ask_id == ask.pk), None)
    is_alone = ask is not None and proposal is None
    return Mine(
        mentor=getattr(person, "mentor", None),
        ask=ask,
        proposal=proposal,
        to_answer=tuple(row for row in proposed if row.is_mentor),
        pairs=tuple(row for row in rows if row.state in life.TOGETHER),
        promised_on=promised_on(ask, now) if ask and is_alone else None,
    )


def waiting_of(person: Any) -> MentorAsk | None:
    """The waiting ask that came with a person's row."""
    ask = getattr(person, "waiting", None)
    return ask if ask is not None and ask.pk else None


def waiting_ask(member: Member) -> MentorAsk | None:
    """The ask of a member that waits."""
    asks = MentorAsk.objects.filter(member=member).waiting()
    return asks.select_related("hub", "programme", "topic", "course", "lesson").first()


def my_pair(pairing: Pairing, member: Member, now: datetime) -> MyPair:
    """A pairing as one of the two sees it."""
    is_mentor = pairing.mentee_id != member.pk
    state = life.seen_at(pairing, life.MENTOR if is_mentor else life.MENTEE, now)
    return MyPair(
        pairing=pairing,
        name=name_of_other(pairing, is_mentor),
        state=state,
        is_mentor=is_mentor,
        on=next_day(pairing, state),
    )


def name_of_other(pairing: Pairing, is_mentor: bool) -> str:
    """The name of the other one; empty when the account is gone."""
    other = pairing.mentee if is_mentor else pairing.mentor and pairing.mentor.member
    return other.name if other else ""


def next_day(pairing: Pairing, state: str) -> date | None:
    """The day by which something happens in a pair."""
    if state == life.PROPOSED:
        return local_day(pairing.expires_at, pairing.hub)
    moment = getattr(pairing, NEXT.get(state, ""), None)
    return local_day(moment, pairing.hub) if moment else None


def home_hub(member: Member, course: UUID | None = None) -> Hub | None:
    """The hub that looks after a member: where the course is learned, else the first one joined."""
    if course:
        learned = Enrolment.objects.filter(member=member, course=course).select_related("hub")
        if found := learned.first():
            return found.hub
    return Hub.objects.for_member(member).order_by("memberships__joined_at", "pk").first()


def finished_courses(member: Member) -> list[Enrolment]:
    """The courses that a member has finished, the newest first."""
    done = Enrolment.objects.filter(member=member, finished_at__isnull=False)
    return list(done.select_related("course").order_by("-finished_at", "-pk"))


def mentor_of(member: Member) -> Mentor | None:
    """A member's own row as a mentor."""
    return Mentor.objects.filter(member=member).select_related("hub").first()


def is_mentor_for(member: Member, course: UUID) -> bool:
    """Whether a member gives time for a course already."""
    return Mentor.objects.filter(member=member, courses=course).exists()
