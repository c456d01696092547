"""Whatever people, staff and the clock do, in whatever order, some things always hold."""

import itertools
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from members.actions import grant_role
from members.errors import Refused
from members.models import Hub
from mentorship import actions, jobs, life
from mentorship.models import Mentor, MentorAsk, Pairing
from tests.factories import make_member
from tests.mentorship.factories import EVENINGS, make_mentor, make_programme, make_topic
from tests.mentorship.story import NOON, told
from tests.parts import examples

pytestmark = pytest.mark.django_db
PEOPLE, MENTORS = st.integers(0, 2), st.integers(0, 1)
CHOSEN = st.integers(0, 3)
REASONS = st.sampled_from(["done", "no_time", "no_fit"])
LEADS = {
    (verb, before): after for verb, ways in life.MOVES.items() for before, after in ways.items()
}


class Lives(RuleBasedStateMachine):
    """Three learners and two mentors with two seats each; anything may come after anything."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.now = NOON
        self.hub = Hub.objects.create(slug="harbour", name="Harbour", place="Here")
        self.programme = make_programme(self.hub, term_weeks=3, extension_weeks=2)
        self.topic = make_topic()
        self.staff = make_member("staff")
        admin = make_member("admin", is_superuser=True)
        grant_role(member=admin, to=self.staff, hub=self.hub, role="coordinator")
        self.learners = [make_member(f"learner{number}") for number in range(3)]
        self.mentors = [
            make_mentor(make_member(f"mentor{n}"), self.hub, capacity=2, applied_at=NOON)
            for n in range(2)
        ]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def act(self, action: Any, **values: Any) -> None:
        """Do something; a refusal changes nothing."""
        try:
            with transaction.atomic():
                action(**values, now=self.now)
        except Refused:
            return

    def pairing(self, number: int) -> Pairing:
        """One of all pairings there ever were."""
        rows = list(Pairing.objects.order_by("-pk"))
        return rows[number % len(rows)]

    def has_pairings(self) -> bool:
        return Pairing.objects.exists()

    def mentor_of(self, pairing: Pairing) -> Any:
        assert pairing.mentor is not None
        return pairing.mentor.member

    def waiting(self, person: int) -> MentorAsk | None:
        """The ask of a learner that waits."""
        return MentorAsk.objects.filter(member=self.learners[person], state="waiting").first()

    @initialize()
    def begin(self) -> None:
        """Two learners have a mentor, one waits for an answer."""
        for person in range(3):
            self.want(person, 0 if person < 2 else 1, "choose")
        for pairing in Pairing.objects.filter(mentor=self.mentors[0]):
            self.act(actions.accept_pairing, member=self.mentors[0].member, pairing=pairing)

    @rule(person=PEOPLE, mentor=MENTORS, how=st.sampled_from(["choose", "choose", "let", "hand"]))
    def want(self, person: int, mentor: int, how: str) -> None:
        learner, row = self.learners[person], self.mentors[mentor]
        if self.waiting(person) is None:
            self.ask(learner)
        ask = self.waiting(person)
        if how == "choose":
            self.act(actions.propose, member=learner, ask=ask, mentor=row)
        elif how == "let":
            self.act(actions.choose_for_me, member=learner, ask=ask)
        else:
            self.act(actions.pair_by_hand, member=self.staff, ask=ask, mentor=row, reason="Good.")

    def ask(self, learner: Any) -> None:
        """Ask for a mentor."""
        self.act(
            actions.ask_for_mentor,
            member=learner,
            hub=self.hub,
            topic=self.topic,
            words="Help me.",
            languages=["en"],
            ways=["video"],
            slots=EVENINGS,
            is_adult=True,
        )

    @rule(person=PEOPLE)
    def withdraw(self, person: int) -> None:
        ask = self.waiting(person)
        if ask is not None:
            self.act(actions.withdraw_ask, member=self.learners[person], ask=ask)

    @rule(
        act=st.sampled_from(
            [actions.accept_pairing, actions.accept_pairing, actions.decline_pairing]
        )
    )
    def answer(self, act: Any) -> None:
        for pairing in Pairing.objects.filter(state="proposed").order_by("-pk")[:1]:
            self.act(act, member=self.mentor_of(pairing), pairing=pairing)

    @precondition(has_pairings)
    @rule(number=CHOSEN)
    def take_back(self, number: int) -> None:
        pairing = self.pairing(number)
        self.act(actions.withdraw_proposal, member=pairing.mentee, pairing=pairing)

    @precondition(has_pairings)
    @rule(number=CHOSEN, is_mentor=st.booleans(), days=st.integers(1, 30), reason=REASONS)
    def pause_or_end(self, number: int, is_mentor: bool, days: int, reason: str) -> None:
        pairing = self.pairing(number)
        member = self.mentor_of(pairing) if is_mentor else pairing.mentee
        if days % 2:
            until = self.now + timedelta(days=days)
            self.act(actions.pause_pairing, member=member, pairing=pairing, until=until)
        else:
            self.act(actions.end_pairing, member=member, pairing=pairing, reason=reason)

    @precondition(has_pairings)
    @rule(
        number=CHOSEN,
        is_mentor=st.booleans(),
        act=st.sampled_from(
            [
                actions.resume_pairing,
                actions.extend_pairing,
                actions.close_pairing,
                actions.ask_again,
            ]
        ),
    )
    def go_on(self, number: int, is_mentor: bool, act: Any) -> None:
        pairing = self.pairing(number)
        member = self.mentor_of(pairing) if is_mentor else pairing.mentee
        self.act(act, member=member, pairing=pairing)

    @precondition(has_pairings)
    @rule(number=CHOSEN, is_mentor=st.booleans())
    def meet(self, number: int, is_mentor: bool) -> None:
        pairing = self.pairing(number)
        self.act(
            actions.log_meeting,
            member=self.mentor_of(pairing) if is_mentor else pairing.mentee,
            pairing=pairing,
            key=uuid.uuid4(),
            starts_at=self.now - timedelta(hours=1),
            minutes=30,
            way="video",
        )

    @precondition(has_pairings)
    @rule(number=CHOSEN, held=st.booleans())
    def put_right(self, number: int, held: bool) -> None:
        pairing = self.pairing(number)
        for meeting in pairing.meetings.order_by("-pk")[:1]:
            member = pairing.mentee
            self.act(actions.settle_meeting, member=member, meeting=meeting, held=held)

    @precondition(has_pairings)
    @rule(number=CHOSEN, verb=st.sampled_from(sorted(life.MOVES)))
    def move_by_staff(self, number: int, verb: str) -> None:
        self.act(
            actions.move_pairing,
            member=self.staff,
            pairing=self.pairing(number),
            verb=verb,
            reason="Because.",
            until=self.now + timedelta(days=5),
        )

    @rule(
        mentor=MENTORS,
        act=st.sampled_from(
            ["pause", "return", "leave", "ready", "ready", "fewer", "more", "more"]
        ),
    )
    def change_mentor(self, mentor: int, act: str) -> None:
        row = self.mentors[mentor]
        if act == "pause":
            self.act(actions.pause_mentor, member=row.member)
        elif act == "return":
            self.act(actions.return_mentor, member=row.member)
        elif act == "leave":
            self.act(actions.leave_mentoring, member=row.member)
        elif act == "ready":
            self.act(actions.move_mentor, member=self.staff, mentor=row, to="ready", reason="Good.")
        else:
            self.act(
                actions.offer_mentoring,
                is_adult=True,
                member=row.member,
                hub=self.hub,
                topics=[self.topic],
                languages=["en"],
                ways=["video"],
                slots=EVENINGS,
                capacity=1 if act == "fewer" else 3,
            )

    @rule(hours=st.integers(1, 24 * 9))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def tick(self) -> None:
        jobs.send_on(self.now)
        jobs.settle_pairs(self.now)
        assert jobs.settle_pairs(self.now) == 0

    @invariant()
    def no_mentor_is_over_capacity(self) -> None:
        for mentor in Mentor.objects.all():
            rows = Pairing.objects.filter(mentor=mentor, state__in=life.HOLDING)
            seats = sorted(rows.values_list("seat", flat=True))
            assert len(seats) <= mentor.capacity
            assert len(set(seats)) == len(seats)
            still = [row for row in rows if life.state_at(row, self.now) in life.HOLDING]
            assert len(still) == Pairing.objects.holding(self.now).filter(mentor=mentor).count()

    @invariant()
    def no_two_open_pairs_of_the_same_two_or_for_one_ask(self) -> None:
        rows = Pairing.objects.filter(state__in=life.HOLDING)
        two, asks = list(rows.values_list("mentor", "mentee")), list(rows.values_list("ask"))
        assert len(set(two)) == len(two)
        assert len(set(asks)) == len(asks)

    @invariant()
    def nobody_else_is_asked_before_the_time_of_a_no_is_over(self) -> None:
        for ask in MentorAsk.objects.all():
            out = Pairing.objects.pending().filter(ask=ask)
            assert len([row for row in out if not life.is_past(row.expires_at, self.now)]) <= 1
            assert ask.state == "waiting" or not Pairing.objects.asked(self.now).filter(ask=ask)

    @invariant()
    def every_move_is_logged_and_leads_on(self) -> None:
        for pairing in Pairing.objects.prefetch_related("moves"):
            moves = sorted(pairing.moves.all(), key=lambda one: one.pk)
            assert (moves[0].verb, moves[0].before, moves[0].after) == ("propose", "", "proposed")
            assert moves[-1].after == pairing.state
            for last, move in itertools.pairwise(moves):
                assert move.before == last.after
                assert move.after in leads(move.verb, move.before)
                assert not move.is_staff or (move.actor == self.staff and move.reason)

    @invariant()
    def an_ask_is_paired_when_its_pair_said_yes(self) -> None:
        for ask in MentorAsk.objects.prefetch_related("pairings"):
            yes = [row for row in ask.pairings.all() if row.accepted_at]
            assert len(yes) == (ask.state == "paired")
            assert ask.asked_at <= ask.made_at

    @invariant()
    def who_left_has_nobody_and_a_decline_is_never_told(self) -> None:
        left = Pairing.objects.filter(mentor__state="left", state__in=life.HOLDING)
        assert not left.exists()
        for learner in self.learners:
            assert not [text for text in told(learner) if "declin" in text or "said no" in text]

    @invariant()
    def the_dates_of_a_pair_are_in_order(self) -> None:
        for pairing in Pairing.objects.filter(state__in=life.TOGETHER):
            assert pairing.term_ends_at and pairing.closes_at
            if pairing.state != life.CLOSING:
                assert pairing.term_ends_at < pairing.closes_at
            if pairing.paused_until:
                assert pairing.paused_until < pairing.term_ends_at
        for pairing in Pairing.objects.filter(state__in=life.ENDED):
            assert pairing.ended_at or pairing.state == life.DECLINED
            assert not pairing.paused_until


def leads(verb: str, before: str) -> set[str]:
    """Where a move may lead. "resume" and "reopen" lead to where the pair was."""
    if verb == "extend" or (verb, before) == ("withdraw", life.DECLINED):
        return {before}
    after = LEADS[verb, before]
    goes_back = after == life.ACTIVE and verb in ("resume", "reopen")
    return {life.ACTIVE, life.ACCEPTED} if goes_back else {after}


@pytest.mark.chance
@pytest.mark.usefixtures("db")
class TestLives(Lives.TestCase):  # type: ignore[name-defined,misc]
    settings = settings(
        max_examples=examples(),
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
