"""Hard filters that nothing outweighs, and a score that says why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship import matching, slots
from mentorship.matching import Asker, Giver
from mentorship.models import MentorAsk, Programme
from mentorship.supply import ASKED, Supply

TODAY = date(2026, 5, 4)
DAY = timedelta(days=1)
EVENING = slots.minutes_of(["mon-eve"], "UTC", TODAY)
MORNING = slots.minutes_of(["mon-am"], "UTC", TODAY)
WEIGHTS = Programme().weights
NONE: frozenset[str] = frozenset()

ASKER = Asker(
    member=1,
    hub=1,
    topic="coding",
    course="c1",
    languages=frozenset({"en", "ti"}),
    ways=frozenset({"phone", "hub"}),
    minutes=EVENING,
    wishes=NONE,
    important=NONE,
    finished=1,
    check_level=1,
)
# Everything that can be had.
GIVER = Giver(
    mentor=1,
    member=2,
    hub=1,
    topics=frozenset({"coding"}),
    courses=frozenset({"c1"}),
    languages=frozenset({"en", "ti", "de"}),
    ways=frozenset({"phone"}),
    minutes=EVENING,
    traits=frozenset({"woman"}),
    seats_left=1,
    check_level=1,
    check_due_on=None,
    serves_all_hubs=True,
    is_away=False,
    is_kept_apart=False,
    finished=3,
    free_weeks=8,
)
# Nothing but what the hard filters ask for.
BARE = replace(
    GIVER,
    topics=NONE,
    courses=NONE,
    hub=2,
    languages=frozenset({"en"}),
    finished=1,
    free_weeks=0,
    minutes=frozenset({(18 * 60, 18 * 60 + 30)}),
)

Words = st.frozensets(st.sampled_from(["a", "b", "c"]))
Times = st.frozensets(st.sampled_from(["mon-am", "mon-eve", "sun-pm"])).map(
    lambda some: slots.minutes_of(some, "UTC", TODAY)
)
Ways = st.frozensets(st.sampled_from(["phone", "video", "hub"]))
Traits = st.frozensets(st.sampled_from(["woman", "man"]), max_size=1)
askers = st.builds(
    Asker,
    member=st.integers(1, 3),
    hub=st.integers(1, 2),
    topic=st.sampled_from(["", "a", "b"]),
    course=st.sampled_from(["", "a", "b"]),
    languages=Words,
    ways=Ways,
    minutes=Times,
    wishes=Traits,
    important=st.frozensets(st.sampled_from(MentorAsk.Important.values)),
    finished=st.integers(0, 4),
    check_level=st.integers(0, 3),
)
givers = st.builds(
    Giver,
    mentor=st.integers(1, 1000),
    member=st.integers(1, 6),
    hub=st.integers(1, 2),
    topics=Words,
    courses=Words,
    languages=Words,
    ways=Ways,
    minutes=Times,
    traits=Traits,
    seats_left=st.integers(0, 2),
    check_level=st.integers(0, 3),
    check_due_on=st.sampled_from([None, TODAY - DAY, TODAY, TODAY + DAY]),
    serves_all_hubs=st.booleans(),
    is_away=st.booleans(),
    is_kept_apart=st.booleans(),
    finished=st.integers(0, 9),
    free_weeks=st.integers(0, 30),
    is_ready=st.booleans(),
)
weights = st.fixed_dictionaries({name: st.integers(0, 10) for name in Programme.WEIGHTS})
many = st.lists(givers, max_size=12, unique_by=lambda giver: giver.mentor)


def test_who_gives_all_that_is_asked_for_fits() -> None:
    assert matching.failed(ASKER, GIVER, TODAY) == ()
    assert matching.failed(ASKER, BARE, TODAY) == ()


@pytest.mark.parametrize(
    "asker,giver,code",
    [
        ({}, {"is_ready": False}, "cleared"),
        ({}, {"is_away": True}, "cleared"),
        ({}, {"check_level": 0}, "cleared"),
        ({}, {"check_due_on": TODAY}, "cleared"),
        ({"check_level": 3}, {"check_level": 2}, "cleared"),
        ({"check_level": 0}, {"is_away": True}, "cleared"),
        ({}, {"languages": frozenset({"de"})}, "language"),
        ({}, {"ways": frozenset({"video"})}, "way"),
        ({}, {"ways": frozenset({"hub"}), "hub": 2}, "way"),
        ({}, {"serves_all_hubs": False, "hub": 2}, "way"),
        ({}, {"minutes": MORNING}, "time"),
        ({}, {"minutes": frozenset({(18 * 60, 18 * 60 + 29)})}, "time"),
        ({}, {"seats_left": 0}, "seat"),
        ({}, {"seats_left": -1}, "seat"),
        ({"wishes": frozenset({"man"})}, {}, "wish"),
        ({}, {"is_kept_apart": True}, "apart"),
        ({}, {"member": 1}, "apart"),
    ],
)
def test_each_filter_stands_alone(asker: dict[str, Any], giver: dict[str, Any], code: str) -> None:
    assert matching.failed(replace(ASKER, **asker), replace(GIVER, **giver), TODAY) == (code,)


@pytest.mark.parametrize(
    "asker,giver",
    [
        ({}, {"check_due_on": TODAY + DAY}),
        ({"check_level": 0}, {"check_level": 0, "check_due_on": TODAY - DAY}),
        ({}, {"ways": frozenset({"hub"})}),
        ({}, {"serves_all_hubs": False}),
        ({"wishes": frozenset({"woman"})}, {}),
    ],
)
def test_what_passes_just_so(asker: dict[str, Any], giver: dict[str, Any]) -> None:
    assert matching.failed(replace(ASKER, **asker), replace(GIVER, **giver), TODAY) == ()


def test_the_best_has_all_points_and_every_reason() -> None:
    match = matching.score(ASKER, GIVER, WEIGHTS)
    assert (match.points, match.band, match.against) == (100, "strong", ())
    assert match.reasons == (
        {"code": "topic", "topic": "coding"},
        {"code": "ahead", "steps": 2},
        {"code": "course", "course": "c1"},
        {"code": "hours", "minutes": 180},
        {"code": "hub"},
        {"code": "waiting"},
        {"code": "language", "languages": ["en", "ti"]},
    )


def test_who_just_passes_has_few_points_and_few_reasons() -> None:
    match = matching.score(ASKER, BARE, WEIGHTS)
    # 30 of 180 minutes, weight 2, of weights that add up to 16.
    assert (match.points, match.band) == (2, "possible")
    assert match.reasons == (
        {"code": "hours", "minutes": 30},
        {"code": "language", "languages": ["en"]},
    )


@pytest.mark.parametrize(
    "points,band",
    [(0, "possible"), (39, "possible"), (40, "good"), (66, "good"), (67, "strong")],
)
def test_three_bands(points: int, band: str) -> None:
    assert matching.band_of(points) == band


@pytest.mark.parametrize("finished,part", [(0, 0), (1, 0), (2, 1), (3, 1), (4, 0.5), (9, 0.5)])
def test_one_or_two_steps_ahead_are_best(finished: int, part: float) -> None:
    giver = replace(GIVER, finished=finished)
    assert matching.parts_of(ASKER, giver)["ahead"] == part


def test_what_is_left_open_does_not_count() -> None:
    asker = replace(ASKER, topic="", course="")
    parts = matching.parts_of(asker, BARE)
    assert parts == {"ahead": 0, "hours": 1 / 6, "hub": 0, "waiting": 0}
    assert matching.parts_of(asker, GIVER) == {"ahead": 1, "hours": 1, "hub": 1, "waiting": 1}
    assert matching.score(asker, GIVER, WEIGHTS).points == 100


def test_what_the_learner_marked_counts_once_more() -> None:
    asker = replace(ASKER, important=frozenset({"hub", "hours"}))
    near, far = replace(BARE, hub=1), replace(BARE, topics=frozenset({"coding"}))
    assert matching.parts_of(asker, near)["important"] == (1 + 1 / 6) / 2
    assert matching.score(ASKER, near, WEIGHTS).points < matching.score(ASKER, far, WEIGHTS).points
    assert matching.score(asker, near, WEIGHTS).points == 23
    # The course that nobody named cannot be important.
    asker = replace(ASKER, course="", important=frozenset({"course"}))
    assert "important" not in matching.parts_of(asker, GIVER)


def test_weights_of_nothing_give_no_points() -> None:
    nothing = dict.fromkeys(WEIGHTS, 0)
    assert matching.score(ASKER, GIVER, nothing).points == 0
    assert [one["code"] for one in matching.score(ASKER, GIVER, nothing).reasons] == [
        "topic",
        "ahead",
        "hours",
        "course",
        "hub",
        "waiting",
        "language",
    ]


@pytest.mark.parametrize(
    ("against", "is_said"),
    [((), True), (("language", "wish"), True), (("cleared",), False), (("apart", "seat"), False)],
)
def test_nobody_has_time_now_who_is_away_or_full(against: tuple[str, ...], is_said: bool) -> None:
    match = matching.score(ASKER, GIVER, WEIGHTS, against)
    assert ({"code": "waiting"} in match.reasons) == is_said
    assert match.points == matching.score(ASKER, GIVER, WEIGHTS).points


def test_ties_go_to_the_longest_free_and_then_to_the_first() -> None:
    rows = [
        replace(GIVER, mentor=4, free_weeks=9),
        replace(GIVER, mentor=3, free_weeks=20),
        replace(GIVER, mentor=2, free_weeks=9),
        replace(BARE, mentor=1),
    ]
    found = matching.best(ASKER, rows, WEIGHTS, TODAY)
    assert [match.giver.mentor for match in found] == [3, 2, 4, 1]
    assert [match.giver.mentor for match in matching.best(ASKER, rows, WEIGHTS, TODAY, 2)] == [3, 2]


def test_for_staff_those_with_something_against_them_come_last() -> None:
    rows = [
        replace(GIVER, mentor=1, seats_left=0, is_away=True),
        replace(GIVER, mentor=2, seats_left=0),
        replace(BARE, mentor=3),
        replace(BARE, mentor=4, languages=frozenset({"de"})),
    ]
    found = matching.ranked(ASKER, rows, WEIGHTS, TODAY)
    assert [(match.giver.mentor, match.against) for match in found] == [
        (3, ()),
        (2, ("seat",)),
        (4, ("language",)),
        (1, ("cleared", "seat")),
    ]
    assert found[2].reasons == ({"code": "hours", "minutes": 30},)


@given(askers, many, weights)
def test_a_hard_filter_is_never_traded_off(
    asker: Asker, rows: list[Giver], weighed: dict[str, int]
) -> None:
    found = matching.best(asker, rows, weighed, TODAY, count=20)
    fitting = {giver.mentor for giver in rows if not matching.failed(asker, giver, TODAY)}
    assert {match.giver.mentor for match in found} == fitting
    for match in found:
        assert match.against == ()
        assert asker.languages & match.giver.languages
        assert asker.wishes <= match.giver.traits
        assert match.giver.seats_left > 0
        assert match.giver.member != asker.member
        assert slots.shared_minutes(asker.minutes, match.giver.minutes) >= 30


@given(askers, many, weights, st.randoms())
def test_the_order_does_not_hang_on_the_order_of_rows(
    asker: Asker, rows: list[Giver], weighed: dict[str, int], chance: Any
) -> None:
    first = matching.ranked(asker, rows, weighed, TODAY)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert matching.ranked(asker, shuffled, weighed, TODAY) == first


@given(askers, givers, weights)
def test_points_stay_within_a_hundred(asker: Asker, giver: Giver, weighed: dict[str, int]) -> None:
    match = matching.score(asker, giver, weighed)
    assert 0 <= match.points <= 100
    assert all(0 <= part <= 1 for part in matching.parts_of(asker, giver).values())
    assert set(matching.parts_of(asker, giver)) <= set(Programme.WEIGHTS)
    assert match.band == matching.band_of(match.points)


BETTER: dict[str, Callable[[Asker, Giver], Giver]] = {
    "topic": lambda asker, giver: replace(giver, topics=giver.topics | {asker.topic}),
    "course": lambda asker, giver: replace(giver, courses=giver.courses | {asker.course}),
    "hours": lambda asker, giver: replace(giver, minutes=giver.minutes | asker.minutes),
    "hub": lambda asker, giver: replace(giver, hub=asker.hub),
    "waiting": lambda asker, giver: replace(giver, free_weeks=giver.free_weeks + 1),
    "ahead": lambda asker, giver: replace(giver, finished=asker.finished + 1),
}


@given(askers, givers, weights, st.sampled_from(sorted(BETTER)))
def test_more_of_what_is_wanted_never_costs_points(
    asker: Asker, giver: Giver, weighed: dict[str, int], what: str
) -> None:
    better = BETTER[what](asker, giver)
    before = matching.score(asker, giver, weighed).points
    assert matching.score(asker, better, weighed).points >= before


@given(askers, many)
def test_all_mentors_as_sets_say_the_same_as_one_by_one(asker: Asker, rows: list[Giver]) -> None:
    left, emptied = rows, ""
    for code in ASKED:
        left = [giver for giver in left if matching.FITS[code](asker, giver, TODAY)]
        if not left:
            emptied = code
            break
    assert Supply(rows, TODAY).emptied_by(asker) == emptied
