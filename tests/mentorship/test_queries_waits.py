"""The place in line, the real median, and the day on which the hub looks."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from mentorship.queries.waits import median_wait, median_waits, promised_on, queue_place
from tests.factories import make_member
from tests.mentorship.factories import make_ask, make_mentor, make_pairing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
DAY = timedelta(days=1)


def waited(hub: Any, name: str, days: float, *, ago: float = 1, first: float = 0) -> None:
    """A pair that came to be some days ago, after so many days; `first` days before that the
    person had asked for the first time."""
    made_at = NOW - (ago + days) * DAY
    ask = make_ask(make_member(f"asks_{name}"), hub, asked_at=made_at - first * DAY)
    ask.made_at = made_at
    ask.save()
    make_pairing(ask, make_mentor(make_member(f"gives_{name}"), hub), at=NOW - ago * DAY)


def test_queue_place_counts_those_who_asked_before_in_the_hub(cast: SimpleNamespace) -> None:
    members = [make_member(f"waits_{number}") for number in range(3)]
    asks = [make_ask(one, cast.hub, asked_at=NOW) for one in members]
    make_ask(cast.other_learner, cast.other_hub, asked_at=NOW - DAY)
    gone = make_ask(cast.neighbour, cast.hub, asked_at=NOW - DAY, state="withdrawn")
    assert [queue_place(ask) for ask in asks] == [1, 2, 3]
    gone.state = "waiting"
    gone.save()
    assert [queue_place(ask) for ask in asks] == [2, 3, 4]


def test_median_wait_needs_three_pairs(cast: SimpleNamespace) -> None:
    waited(cast.hub, "a", 2)
    waited(cast.hub, "b", 4)
    waited(cast.other_hub, "c", 1)
    assert median_wait(cast.hub, NOW) is None
    waited(cast.hub, "d", 9)
    assert median_wait(cast.hub, NOW) == 4
    assert median_wait(cast.other_hub, NOW) is None


def test_median_wait_counts_begun_days_and_half_a_year(cast: SimpleNamespace) -> None:
    for name, days in (("a", 0.1), ("b", 1.2), ("c", 2.5), ("d", 6)):
        waited(cast.hub, name, days)
    waited(cast.hub, "old", 100, ago=183)
    assert median_wait(cast.hub, NOW) == 2  # of 1, 2, 3 and 6


def test_median_wait_counts_those_who_still_wait(cast: SimpleNamespace) -> None:
    for name, days in (("a", 1), ("b", 2), ("c", 8)):
        waited(cast.hub, name, days)
    found = [median_wait(cast.hub, NOW)]
    for number in range(4):
        make_ask(make_member(f"waits_{number}"), cast.hub, asked_at=NOW - DAY)
        make_ask(make_member(f"other_{number}"), cast.other_hub, asked_at=NOW - DAY)
        found.append(median_wait(cast.hub, NOW))
    assert found == [2, 2, 8, 8, None]


def test_median_wait_counts_from_this_ask_not_from_the_first(cast: SimpleNamespace) -> None:
    for name in "abc":
        waited(cast.hub, name, 2, first=80)
    assert median_wait(cast.hub, NOW) == 2


def test_median_waits_of_all_hubs_are_counted_once_an_hour(
    cast: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    for name in "abc":
        waited(cast.hub, name, 5)
        waited(cast.other_hub, f"other_{name}", 7)
    with django_assert_num_queries(2):
        found = [median_waits(NOW) for _again in range(2)]
    assert found == [{cast.hub.pk: 5, cast.other_hub.pk: 7}] * 2


@pytest.mark.parametrize(
    ("days_ago", "zone", "day"),
    [
        (0, "UTC", date(2026, 11, 30)),
        (5, "UTC", date(2026, 11, 25)),
        (6, "UTC", date(2026, 11, 30)),  # over: the Monday that comes
        (0, "Pacific/Auckland", date(2026, 12, 1)),
        (40, "Pacific/Auckland", date(2026, 11, 30)),
    ],
)
def test_promised_on_is_never_over(
    cast: SimpleNamespace, days_ago: int, zone: str, day: date
) -> None:
    cast.hub.time_zone = zone
    ask = make_ask(cast.learner, cast.hub, asked_at=NOW - days_ago * DAY)
    assert promised_on(ask, NOW) == day


def test_promised_on_leaves_the_time_with_a_mentor_out(cast: SimpleNamespace) -> None:
    """The ask keeps its first date, and is as new as it was made."""
    ask = make_ask(cast.learner, cast.hub, asked_at=NOW - 90 * DAY, made_at=NOW - DAY)
    assert promised_on(ask, NOW) == date(2026, 11, 29)


def test_promised_on_a_monday_is_the_next_one(cast: SimpleNamespace) -> None:
    ask = make_ask(cast.learner, cast.hub, asked_at=NOW - 40 * DAY)
    assert promised_on(ask, datetime(2026, 11, 30, 12, tzinfo=UTC)) == date(2026, 12, 7)
