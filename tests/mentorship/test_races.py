"""Several people at the same moment: real threads on a real database, one seat, one answer."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection

from members.errors import Refused
from members.models import Hub, Notice
from mentorship import actions, life
from mentorship.models import Mentor, MentorAsk, Pairing
from tests.factories import make_hub, make_member
from tests.mentorship.factories import make_ask, make_mentor
from tests.mentorship.story import DAY, NOON, fresh, moves

pytestmark = pytest.mark.usefixtures("own_database")
ROUNDS = int(os.environ.get("ROUNDS", "5"))
FEWER = max(3, ROUNDS // 5)
GONE = "This mentor is not free any more."


@pytest.fixture
def hub() -> Hub:
    return make_hub("harbour")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gives, or the refusal it ended with; all start at the same moment, each on
    its own connection. Any other error fails the test."""
    start = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            return act()
        except Refused as refusal:
            return refusal.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def new_ask(hub: Hub, name: str, **values: Any) -> MentorAsk:
    """The ask of a new learner."""
    return make_ask(make_member(name), hub, asked_at=NOON, **values)


def new_mentor(hub: Hub, name: str, **values: Any) -> Mentor:
    """A new mentor with one seat."""
    return make_mentor(make_member(name), hub, applied_at=NOON, **values)


def choosing(ask: MentorAsk, mentor: Mentor, **values: Any) -> Callable[[], Pairing]:
    """The learner asks the mentor."""
    return partial(
        actions.propose, member=ask.member, ask=ask, mentor=mentor, **{"now": NOON, **values}
    )


def test_two_learners_take_the_last_seat(hub: Hub) -> None:
    for number in range(ROUNDS):
        mentor = new_mentor(hub, f"mentor{number}")
        asks = [new_ask(hub, f"learner{number}-{one}") for one in range(3)]
        got = at_once(*[choosing(ask, mentor) for ask in asks])
        won = [one for one in got if isinstance(one, Pairing)]
        assert [one for one in got if not isinstance(one, Pairing)] == [GONE] * 2
        assert [(one.pk, one.seat) for one in mentor.pairings.all()] == [(won[0].pk, 1)]
        assert Notice.objects.filter(member=mentor.member).count() == 1
        assert (
            MentorAsk.objects.filter(pk__in=[ask.pk for ask in asks], state="waiting").count() == 3
        )


def test_a_learner_asks_two_mentors_and_one_of_them_twice(hub: Hub) -> None:
    for number in range(FEWER):
        mentors = [new_mentor(hub, f"mentor{number}-{one}") for one in range(2)]
        ask = new_ask(hub, f"learner{number}")
        got = at_once(*[choosing(ask, mentors[one]) for one in (0, 0, 1, 1)])
        won = {one.pk for one in got if isinstance(one, Pairing)}
        assert [one.pk for one in ask.pairings.all()] == list(won)
        assert sum(not isinstance(one, Pairing) for one in got) == 2
        assert moves(ask.pairings.get()) == [("propose", "", "proposed")]


def test_accept_and_withdraw_at_once_have_one_end(hub: Hub) -> None:
    ends = set()
    for number in range(ROUNDS):
        mentor, ask = new_mentor(hub, f"mentor{number}"), new_ask(hub, f"learner{number}")
        asked = choosing(ask, mentor)()
        values = {"pairing": asked, "now": NOON + DAY}
        yes = partial(actions.accept_pairing, member=mentor.member, **values)
        back = partial(actions.withdraw_proposal, member=ask.member, **values)
        away = partial(actions.withdraw_ask, member=ask.member, ask=ask, now=NOON + DAY)
        got = at_once(yes, back, yes) if number % 2 else at_once(yes, away, yes)
        row = fresh(asked)
        ends.add(row.state)
        state = MentorAsk.objects.get(pk=ask.pk).state
        if row.state == life.ACCEPTED:
            assert (got[0].state, got[2].state, state) == ("accepted", "accepted", "paired")
            assert isinstance(got[1], str)
            assert moves(row)[1:] == [("accept", "proposed", "accepted")]
        else:
            assert state == ("waiting" if number % 2 else "withdrawn")
            assert row.state == life.WITHDRAWN
            words = f"{ask.member} does not wait for your answer any more. Thank you all the same."
            assert (got[0], got[2]) == (words, words)
            assert moves(row)[1:] == [("withdraw", "proposed", "withdrawn")]
    assert ends <= {"accepted", "withdrawn"}


def test_an_answer_in_the_last_moment_and_the_clock(hub: Hub) -> None:
    for number in range(FEWER):
        mentor, ask = new_mentor(hub, f"mentor{number}"), new_ask(hub, f"learner{number}")
        other = new_ask(hub, f"other{number}")
        asked = choosing(ask, mentor)()
        over = asked.expires_at
        got = at_once(
            partial(actions.accept_pairing, member=mentor.member, pairing=asked, now=over - DAY),
            partial(actions.expire_proposal, pairing=asked, now=over),
            partial(actions.expire_proposal, pairing=asked, now=over),
            choosing(other, mentor, now=over),
        )
        open_rows = mentor.pairings.filter(state__in=life.HOLDING)
        assert [row.seat for row in open_rows] == [1]
        state = fresh(asked).state
        assert (state, isinstance(got[0], str)) in (("accepted", False), ("expired", True))
        assert len(moves(asked)) == 2


def test_who_lets_us_choose_gets_one_mentor_each(hub: Hub) -> None:
    for number in range(FEWER):
        Mentor.objects.update(state="left")
        mentors = [new_mentor(hub, f"mentor{number}-{one}") for one in range(2)]
        asks = [new_ask(hub, f"learner{number}-{one}") for one in range(3)]
        choose = [
            partial(actions.choose_for_me, member=ask.member, ask=ask, now=NOON) for ask in asks
        ]
        at_once(*choose, choose[0])
        rows = Pairing.objects.filter(ask__in=asks)
        assert sorted(row.mentor_id or 0 for row in rows) == [mentor.pk for mentor in mentors]
        assert len({row.ask_id for row in rows}) == 2


def test_learners_who_change_over_when_their_time_is_up(hub: Hub) -> None:
    for number in range(FEWER):
        mentors = [new_mentor(hub, f"mentor{number}-{one}") for one in range(2)]
        asks = [new_ask(hub, f"learner{number}-{one}") for one in range(2)]
        for ask, mentor in zip(asks, mentors, strict=True):
            choosing(ask, mentor)()
        later = NOON + 4 * DAY
        got = at_once(
            choosing(asks[0], mentors[1], now=later), choosing(asks[1], mentors[0], now=later)
        )
        assert [type(one) for one in got] == [Pairing, Pairing]
        states = Pairing.objects.filter(ask__in=asks).order_by("pk").values_list("state", flat=True)
        assert list(states) == ["expired", "expired", "proposed", "proposed"]


def test_leaving_while_learners_come_leaves_nobody_behind(hub: Hub) -> None:
    for number in range(FEWER):
        mentor = new_mentor(hub, f"mentor{number}", capacity=3)
        asks = [new_ask(hub, f"learner{number}-{one}") for one in range(3)]
        pairs = [choosing(ask, mentor)() for ask in asks[:2]]
        values = {"member": mentor.member, "now": NOON}
        actions.accept_pairing(pairing=pairs[0], **values)
        at_once(
            partial(actions.leave_mentoring, **values),
            partial(actions.accept_pairing, pairing=pairs[1], **values),
            choosing(asks[2], mentor),
            partial(actions.decline_pairing, pairing=pairs[1], **values),
        )
        assert Mentor.objects.get(pk=mentor.pk).state == "left"
        assert not mentor.pairings.filter(state__in=life.HOLDING).exists()
        for ask in asks:
            waiting = MentorAsk.objects.get(member=ask.member, state="waiting")
            assert waiting.asked_at == NOON


def test_fewer_seats_while_a_learner_comes(hub: Hub) -> None:
    for number in range(FEWER):
        mentor = new_mentor(hub, f"mentor{number}", capacity=2)
        first, second = [new_ask(hub, f"learner{number}-{one}") for one in range(2)]
        choosing(first, mentor)()
        fewer = partial(
            actions.offer_mentoring,
            is_adult=True,
            member=mentor.member,
            hub=hub,
            topics=list(mentor.topics.all()),
            languages=["en"],
            ways=["video"],
            slots=mentor.slots,
            capacity=1,
            now=NOON,
        )
        at_once(fewer, choosing(second, mentor))
        taken = mentor.pairings.filter(state__in=life.HOLDING).count()
        assert Mentor.objects.get(pk=mentor.pk).capacity == taken


def test_asking_twice_at_once_is_one_ask(hub: Hub) -> None:
    for number in range(FEWER):
        member = make_member(f"learner{number}")
        ask = partial(
            actions.ask_for_mentor,
            member=member,
            hub=hub,
            words="Help me.",
            languages=["en"],
            ways=["video"],
            slots=["mon-eve"],
            is_adult=True,
            now=NOON,
        )
        got = at_once(ask, ask, ask)
        assert {one.pk for one in got} == {MentorAsk.objects.get(member=member).pk}
