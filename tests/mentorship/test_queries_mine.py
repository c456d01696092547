"""What is mine in mentorship: ask, proposal, proposals to me, pairs; and nobody else's."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from courses.actions import enrol
from members.actions import join_hub
from mentorship.models import Pairing
from mentorship.queries.mine import (
    Mine,
    finished_courses,
    home_hub,
    is_mentor_for,
    mentor_of,
    my_mentorship,
    waiting_ask,
)
from tests.courses.test_actions_learning import finish
from tests.factories import make_course, make_member
from tests.mentorship.factories import make_ask, make_mentor, make_pairing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_of_somebody_new_there_is_nothing(cast: SimpleNamespace) -> None:
    mine = my_mentorship(cast.outsider, NOW)
    assert mine == Mine()
    assert mine.is_empty and not mine.is_mentee


def test_an_ask_that_waits_has_a_place_and_a_day(cast: SimpleNamespace) -> None:
    make_ask(cast.neighbour, cast.hub, asked_at=NOW - DAY)
    ask = make_ask(cast.learner, cast.hub, asked_at=NOW)
    mine = my_mentorship(cast.learner, NOW)
    assert (mine.ask, mine.place, mine.promised_on) == (ask, 2, date(2026, 11, 30))
    assert (mine.proposal, mine.is_empty) == (None, False)


def test_while_somebody_is_asked_the_day_is_that_of_the_answer(cast: SimpleNamespace) -> None:
    ask = make_ask(cast.learner, cast.hub, asked_at=NOW)
    pairing = make_pairing(ask, make_mentor(cast.mentor, cast.hub), "proposed", at=NOW)
    mine = my_mentorship(cast.learner, NOW)
    assert mine.proposal and mine.proposal.pairing == pairing
    assert (mine.proposal.name, mine.proposal.on) == ("Mentor", date(2026, 11, 28))
    assert (mine.place, mine.promised_on, mine.pairs) == (0, None, ())
    asked = my_mentorship(cast.mentor, NOW)
    assert [(row.name, row.is_mentor) for row in asked.to_answer] == [("Learner", True)]


def test_a_proposal_that_ran_out_is_over_when_it_is_read(cast: SimpleNamespace) -> None:
    ask = make_ask(cast.learner, cast.hub, asked_at=NOW)
    make_pairing(ask, make_mentor(cast.mentor, cast.hub), "proposed", at=NOW)
    later = NOW + 3 * DAY
    mine = my_mentorship(cast.learner, later)
    assert (mine.proposal, mine.place, mine.promised_on) == (None, 1, date(2026, 11, 30))
    assert my_mentorship(cast.mentor, later).to_answer == ()


@pytest.mark.parametrize(
    ("state", "on"),
    [
        ("accepted", date(2026, 12, 9)),
        ("active", date(2027, 2, 17)),
        ("paused", date(2026, 12, 2)),
        ("closing", date(2026, 12, 9)),
    ],
)
def test_a_pair_says_what_comes_by_which_day(cast: SimpleNamespace, state: str, on: date) -> None:
    ask = make_ask(cast.learner, cast.hub, asked_at=NOW)
    make_pairing(ask, make_mentor(cast.mentor, cast.hub), state, at=NOW)
    for member, name, is_mentor in (
        (cast.learner, "Mentor", False),
        (cast.mentor, "Learner", True),
    ):
        mine = my_mentorship(member, NOW)
        assert [(row.name, row.state, row.on, row.is_mentor) for row in mine.pairs] == [
            (name, state, on, is_mentor)
        ]
        assert mine.is_mentee is not is_mentor


@pytest.mark.parametrize("state", ["closed", "declined", "expired", "withdrawn"])
def test_what_has_ended_is_not_shown(cast: SimpleNamespace, state: str) -> None:
    ask = make_ask(cast.learner, cast.hub, asked_at=NOW, state="paired")
    make_pairing(ask, make_mentor(cast.mentor, cast.hub), state, at=NOW)
    assert my_mentorship(cast.learner, NOW).is_empty
    assert my_mentorship(cast.mentor, NOW).pairs == ()


def test_a_mentor_who_left_sees_no_pair(cast: SimpleNamespace) -> None:
    ask = make_ask(cast.learner, cast.hub, asked_at=NOW)
    mentor = make_mentor(cast.mentor, cast.hub)
    make_pairing(ask, mentor, "active", at=NOW)
    mentor.state = "left"
    mentor.save()
    assert my_mentorship(cast.mentor, NOW).pairs == ()


def test_a_name_that_is_gone_is_empty(cast: SimpleNamespace) -> None:
    ask = make_ask(cast.learner, cast.hub, asked_at=NOW)
    pairing = make_pairing(ask, make_mentor(cast.mentor, cast.hub), "active", at=NOW)
    pairing.mentee = None
    pairing.save()
    assert [row.name for row in my_mentorship(cast.mentor, NOW).pairs] == [""]


def test_nothing_of_others_is_there(cast: SimpleNamespace) -> None:
    ask = make_ask(cast.learner, cast.hub, asked_at=NOW)
    make_pairing(ask, make_mentor(cast.mentor, cast.hub), "active", at=NOW)
    make_ask(cast.neighbour, cast.hub, asked_at=NOW)
    assert my_mentorship(cast.outsider, NOW) == Mine()
    assert my_mentorship(cast.coordinator, NOW) == Mine()


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_two_statements_for_any_number_and_the_place_one_more(
    cast: SimpleNamespace, django_assert_num_queries: Any, number: int
) -> None:
    mentor = make_mentor(cast.mentor, cast.hub, capacity=5)
    for place in range(number):
        ask = make_ask(make_member(f"asks_{place}"), cast.hub, asked_at=NOW)
        make_pairing(ask, mentor, "active", at=NOW)
    my_mentorship(cast.mentor, NOW)
    with django_assert_num_queries(2):
        assert len(my_mentorship(cast.mentor, NOW).pairs) == number
    make_ask(cast.learner, cast.hub, asked_at=NOW)
    with django_assert_num_queries(2):
        mine = my_mentorship(cast.learner, NOW)
    with django_assert_num_queries(1):
        assert (mine.place, mine.place) == (1, 1)


def test_waiting_ask_is_the_one_that_waits(cast: SimpleNamespace) -> None:
    make_ask(cast.learner, cast.hub, state="withdrawn")
    assert waiting_ask(cast.learner) is None
    ask = make_ask(cast.learner, cast.hub)
    assert waiting_ask(cast.learner) == ask
    assert waiting_ask(cast.neighbour) is None


def test_home_hub_is_where_the_course_is_learned(cast: SimpleNamespace) -> None:
    assert home_hub(cast.outsider) is None
    assert home_hub(cast.learner) == cast.hub
    join_hub(member=cast.outsider, hub=cast.other_hub, now=NOW)
    join_hub(member=cast.outsider, hub=cast.hub, now=NOW + DAY)
    assert home_hub(cast.outsider) == cast.other_hub
    assert home_hub(cast.outsider, cast.course.pk) == cast.other_hub
    enrolment = enrol(member=cast.outsider, course=cast.course)
    assert home_hub(cast.outsider, cast.course.pk) == enrolment.hub


def test_finished_courses_and_what_one_gives(cast: SimpleNamespace) -> None:
    other = make_course(cast.hub, "other", ("read",))
    enrol(member=cast.learner, course=other)
    assert finished_courses(cast.learner) == []
    finish(cast.learner, cast.course)
    assert [row.course for row in finished_courses(cast.learner)] == [cast.course]
    assert mentor_of(cast.learner) is None
    assert is_mentor_for(cast.learner, cast.course.pk) is False
    mentor = make_mentor(cast.learner, cast.hub, courses=[cast.course])
    assert mentor_of(cast.learner) == mentor
    assert is_mentor_for(cast.learner, cast.course.pk) is True
    assert is_mentor_for(cast.learner, other.pk) is False


def test_each_side_of_what_is_mine_is_asked_for_apart(cast: SimpleNamespace) -> None:
    """So that each finds its rows by an index: PostgreSQL would read all pairs for both at once."""
    rows = Pairing.objects.for_pair(cast.learner)
    assert str(rows.query).count(" UNION ") == 1
    plan = rows.explain()
    assert "mentorship_pairing" in plan
    assert "SCAN mentorship_pairing" not in plan
