"""Offers as sets of bits: the same answers as going through a list, however many there are."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners import facets
from partners.facets import FACETS, Row, build

DAY = date(2026, 11, 25)
VALUES = ("a", "b", "c")


def row(key: int, days: int = 10, **values: Iterable[str]) -> Row:
    return Row(key, DAY + timedelta(days=days), values)


def test_a_filter_keeps_what_has_every_value() -> None:
    index = build(
        [
            row(1, topic=["web"], cost=["free"]),
            row(2, topic=["web"], cost=["amount"]),
            row(3, topic=["welding"], cost=["free"]),
        ]
    )
    live = index.live(DAY)
    assert keys(index, index.fitting({"topic": ["web"]}, live)) == [1, 2]
    assert keys(index, index.fitting({"topic": ["web"], "cost": ["free"]}, live)) == [1]
    assert keys(index, index.fitting({"topic": ["unknown"]}, live)) == []
    assert keys(index, index.fitting({}, live)) == [1, 2, 3]


def test_what_a_date_ends_is_over_when_it_is_read() -> None:
    index = build([row(1, days=0), row(2, days=1), row(3, days=-1)])
    assert keys(index, index.live(DAY)) == [1, 2]
    assert keys(index, index.live(DAY + timedelta(days=1))) == [2]
    assert keys(index, index.live(DAY + timedelta(days=2))) == []
    assert keys(index, index.live(DAY - timedelta(days=1))) == [3, 1, 2]


def test_those_that_end_first_come_first_on_every_page() -> None:
    index = build([row(key, days=key) for key in range(1, 3000)])
    live = index.live(DAY)
    assert index.page(live, 0, 3) == [1, 2, 3]
    assert index.page(live, 1500, 2) == [1501, 1502]
    assert index.page(live, 2998, 24) == [2999]
    assert index.page(live, 2999, 24) == []
    assert index.page(live, 0, 0) == []
    assert index.page(0, 0, 24) == []


def test_a_count_is_what_a_tap_gives() -> None:
    index = build(
        [
            row(1, topic=["web"], help=["money", "travel"]),
            row(2, topic=["web"], help=["money"]),
            row(3, topic=["welding"], help=["travel"]),
        ]
    )
    live = index.live(DAY)
    assert index.counts({"topic": ["web"]}, live)["topic"] == {"web": 2, "welding": 1}
    assert index.counts({"topic": ["web"]}, live)["help"] == {"money": 2, "travel": 1}
    assert index.counts({"help": ["travel"]}, live)["help"] == {"money": 1, "travel": 2}


def test_a_count_above_a_hundred_is_only_known_to_be_so() -> None:
    index = build([row(key, topic=["web"]) for key in range(20_000)])
    number = index.counts({}, index.live(DAY))["topic"]["web"]
    assert number > 100 and facets.count_words(number) == "100+"
    assert facets.count_words(100) == "100" and facets.count_words(0) == "0"


def test_a_count_looks_beyond_its_sample() -> None:
    rows = [row(key, days=30_000 - key, topic=["web"]) for key in range(20_000)]
    rows += [row(30_000, days=1, topic=["rare"])]
    index = build(rows)
    assert index.counts({}, index.live(DAY))["topic"]["rare"] == 1


def test_near_is_the_town_or_online() -> None:
    index = build(
        [
            row(1, mode=["place"], near=["leeds"]),
            row(2, mode=["place"], near=["york"]),
            row(3, mode=["online"]),
            row(4, mode=["place", "online"], near=["york"]),
        ]
    )
    near = index.fitting({"near": ["leeds"]}, index.live(DAY))
    assert keys(index, near) == [1, 3, 4]


def test_only_the_largest_towns_are_filters() -> None:
    rows = [row(key, near=[f"town-{key % 70}"]) for key in range(700)]
    rows += [row(key, near=["large"]) for key in range(700, 720)]
    towns = build(rows).bits["near"]
    assert len(towns) == facets.MOST_TOWNS and next(iter(towns)) == "large"


def test_a_small_town_is_found_and_counted_where_it_is_asked_for() -> None:
    """Its offers and what is online, as in a large one; it costs the others nothing."""
    rows = [row(key, days=key, mode=["place"], near=[f"town-{key % 70:02}"]) for key in range(700)]
    rows += [row(700, mode=["place"], near=["tiny"]), row(701, days=800, mode=["online"])]
    index = build(rows)
    live = index.live(DAY)
    assert len(index.bits["near"]) == facets.MOST_TOWNS
    assert sorted(index.small) == ["tiny", *(f"town-{number}" for number in range(60, 70))]
    assert keys(index, index.fitting({"near": ["tiny"]}, live)) == [700, 701]
    there = [key for key in range(700) if key % 70 == 65]
    assert keys(index, index.fitting({"near": ["town-65"]}, live)) == [*there, 701]
    counts = index.counts({"near": ["tiny"]}, live)["near"]
    assert (counts["tiny"], counts["town-00"], "town-65" in counts) == (2, 11, False)
    assert "tiny" not in index.counts({}, live)["near"]
    assert [index.has_town(name) for name in ("tiny", "town-00", "x")] == [True, True, False]


def test_what_is_for_every_hub_is_for_each() -> None:
    index = build(
        [row(1, hub=["harbour"]), row(2, hub=["*"]), row(3, hub=["valley"])], ["harbour", "new"]
    )
    live = index.live(DAY)
    assert keys(index, index.fitting({"hub": ["harbour"]}, live)) == [1, 2]
    assert keys(index, index.fitting({"hub": ["new"]}, live)) == [2]
    assert set(index.bits["hub"]) == {"harbour", "valley", "new"}


def test_pieces_without_a_bit_are_left_out() -> None:
    far = 8 * facets.CHUNK * 2
    assert list(facets.chunks(1 << far | 1)) == [(far, 1), (0, 1)]


def test_keys_become_a_set() -> None:
    index = build([row(5), row(7), row(9)])
    assert keys(index, index.having([9, 5, 4])) == [5, 9]
    assert index.having([]) == 0


def test_nothing_at_all() -> None:
    index = build([])
    assert index.live(DAY) == 0 and index.page(index.live(DAY), 0, 24) == []
    assert index.counts({}, 0) == {facet: {} for facet in FACETS}


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("1 High Street, Harbour Town", ("harbour-town", "Harbour Town")),
        ("  Leeds ", ("leeds", "Leeds")),
        ("Calle Mayor 3,  Cádiz", ("cádiz", "Cádiz")),
        ("Somewhere,", ("", "")),
        ("", ("", "")),
    ],
)
def test_the_town_of_a_place(place: str, found: tuple[str, str]) -> None:
    assert facets.town(place) == found


def test_months_are_named_once_and_in_order() -> None:
    days = [date(2027, 5, 3), date(2026, 12, 1), date(2027, 5, 30)]
    assert facets.months(days) == ("2026-12", "2027-05")
    assert facets.months([date(206, 12, 1)]) == ("0206-12",)


def test_a_tap_takes_adds_or_takes_away() -> None:
    assert facets.toggled({}, "topic", "web") == {"topic": ["web"]}
    assert facets.toggled({"topic": ["web"]}, "topic", "web") == {}
    assert facets.toggled({"topic": ["web"]}, "topic", "art") == {"topic": ["art"]}
    assert facets.toggled({"help": ["money"]}, "help", "travel") == {"help": ["money", "travel"]}
    assert facets.toggled({"help": ["money", "travel"]}, "help", "money") == {"help": ["travel"]}


def keys(index: facets.Facets, found: int) -> list[int]:
    return index.page(found, 0, found.bit_count())


some_values = st.lists(st.sampled_from(VALUES), max_size=2, unique=True)
some_rows = st.lists(
    st.tuples(
        st.integers(-3, 8),
        st.fixed_dictionaries({name: some_values for name in ("topic", "cost", "help")}),
    ),
    max_size=40,
)
some_wanted = st.fixed_dictionaries(
    {},
    optional={
        "topic": st.lists(st.sampled_from(VALUES), min_size=1, max_size=1),
        "cost": st.lists(st.sampled_from(VALUES), min_size=1, max_size=1),
        "help": st.lists(st.sampled_from(VALUES), min_size=1, max_size=2, unique=True),
    },
)


@given(some_rows, some_wanted, st.integers(-2, 4), st.integers(0, 5))
def test_it_gives_what_a_list_would_give(
    rows: list[tuple[int, dict[str, list[str]]]],
    wanted: dict[str, list[str]],
    days: int,
    first: int,
) -> None:
    made = [row(key, ends, **values) for key, (ends, values) in enumerate(rows)]
    index, day = build(made), DAY + timedelta(days=days)
    live = index.live(day)

    def fits(one: Row, asked: dict[str, list[str]]) -> bool:
        return all(value in one.values[name] for name, values in asked.items() for value in values)

    there = sorted(
        (one for one in made if one.open_until >= day), key=lambda one: (one.open_until, one.key)
    )
    plain = [one.key for one in there if fits(one, wanted)]
    assert index.page(index.fitting(wanted, live), first, 24) == plain[first : first + 24]
    for facet in ("topic", "cost", "help"):
        for value, number in index.counts(wanted, live)[facet].items():
            rest = {name: values for name, values in wanted.items() if name != facet}
            chosen = wanted.get(facet, []) if facet == "help" else []
            tapped = {**rest, facet: list({*chosen, value})}
            assert number == sum(fits(one, tapped) for one in there)
