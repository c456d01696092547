"""What an offer needs, what is wrong with one, when it ends, and in which state it is."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from partners import offering
from partners.models import Offer
from tests.partners.offers_cast import FULL, NOW, TODAY

NEXT = date(2026, 6, 1)


def values(**more: Any) -> dict[str, Any]:
    return {**offering.NOTHING, **FULL, **more}


def one(on: date, until_on: date | None = None) -> dict[str, Any]:
    return {"on": on, "until_on": until_on, "place": ""}


def wrong(**more: Any) -> dict[str, str]:
    return offering.problems(values(**more), TODAY)


def test_fields_are_those_of_the_model() -> None:
    names = {field.name for field in Offer._meta.get_fields()}
    assert set(offering.FIELDS) <= names
    assert set(offering.NOTHING) == {*offering.FIELDS, "image", "dates"}
    assert len(offering.FIELDS) == len(set(offering.FIELDS)) == 47
    assert "reference" not in offering.WRITTEN
    assert set(offering.WRITTEN) > offering.SMALL


def test_nothing_lacks_all_nine() -> None:
    assert offering.missing(offering.NOTHING) == offering.NINE
    assert len(offering.NINE) == 9


def test_a_whole_offer_lacks_nothing() -> None:
    assert offering.missing(values()) == ()
    assert wrong() == {}


@pytest.mark.parametrize(
    ("more", "group"),
    [
        ({"title": "  "}, "title"),
        ({"learns": ""}, "learns"),
        ({"for_whom": ""}, "for_whom"),
        ({"kind": ""}, "kind"),
        ({"mode": ""}, "where"),
        ({"place": " "}, "where"),
        ({"mode": "both", "place": ""}, "where"),
        ({"from_on": None}, "when"),
        ({"cost": ""}, "cost"),
        ({"amount": None}, "cost"),
        ({"currency": ""}, "cost"),
        ({"cost": "depends"}, "cost"),
        ({"apply_by": ""}, "apply"),
        ({"apply_link": ""}, "apply"),
        ({"apply_by": "mail"}, "apply"),
        ({"contact": ""}, "contact"),
    ],
)
def test_what_is_missing_is_named(more: dict[str, Any], group: str) -> None:
    assert offering.missing(values(**more)) == (group,)


@pytest.mark.parametrize(
    "more",
    [
        {"mode": "online", "place": ""},
        {"is_any_time": True, "from_on": None, "to_on": None},
        {"cost": "free", "amount": None, "currency": ""},
        {"cost": "depends", "cost_note": "Your income.", "amount": None, "currency": ""},
        {"apply_by": "form", "apply_link": ""},
        {"apply_by": "mail", "apply_mail": "jo@college.example"},
        {"to_on": None},
    ],
)
def test_other_ways_are_whole_too(more: dict[str, Any]) -> None:
    assert offering.missing(values(**more)) == ()
    assert wrong(**more) == {}


OVER = "This day is over. Write one to come."
FAR = "This is too far away. Write a day in the next six years."
AGO = "This is too long ago. Please look at the year."
ORDER = "The last day is before the first day."
LINK = "Write an address of the open web, like https://www.example.org/course."
PRICE = "Write the price as a number, 0 or more."


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"is_any_time": True}, {}),
        ({"is_any_time": True, "from_on": None}, {}),
        ({"is_any_time": True, "to_on": date(2026, 5, 3)}, {}),
        ({"is_any_time": True, "dates": [one(NEXT, TODAY)]}, {}),
        ({"is_any_time": True, "deadline_on": date(2026, 9, 1)}, {}),
        ({"from_on": None}, {"from_on": "Write the first day too."}),
        ({"to_on": date(2026, 5, 31)}, {"to_on": ORDER}),
        ({"from_on": date(2026, 5, 1), "to_on": date(2026, 5, 3)}, {"to_on": OVER}),
        ({"from_on": date(2026, 5, 3), "to_on": None}, {"from_on": OVER}),
        ({"from_on": date(2026, 5, 1), "to_on": TODAY}, {}),
        ({"deadline_on": date(2026, 5, 3)}, {"deadline_on": OVER}),
        ({"deadline_on": TODAY}, {}),
        ({"deadline_on": date(2026, 7, 1)}, {"deadline_on": "This is after the last day."}),
        ({"to_on": date(2033, 1, 1)}, {"to_on": FAR}),
        ({"from_on": date(206, 6, 1)}, {"from_on": AGO}),
        ({"from_on": date(206, 6, 1), "to_on": date(206, 6, 2)}, {"from_on": AGO, "to_on": OVER}),
        ({"from_on": date(2020, 4, 28)}, {"from_on": AGO}),
        ({"from_on": date(2020, 4, 29)}, {}),
        ({"dates": [one(date(206, 6, 1), NEXT)]}, {"dates": AGO}),
        ({"is_any_time": True, "from_on": date(206, 6, 1)}, {}),
        ({"cost": "amount", "amount": Decimal(-1)}, {"amount": PRICE}),
        ({"amount": Decimal("10000000")}, {"amount": PRICE}),
        ({"amount": Decimal("NaN")}, {"amount": PRICE}),
        ({"cost": "free"}, {"amount": "It is free, so leave the price empty."}),
        ({"cost": "free", "amount": Decimal(0)}, {}),
        ({"amount": Decimal(0)}, {"amount": "If it costs nothing, choose “Free”."}),
        (
            {"currency": "EURO"},
            {"currency": "Write the currency with three letters, like EUR or GBP."},
        ),
        (
            {"currency": "E1R"},
            {"currency": "Write the currency with three letters, like EUR or GBP."},
        ),
        ({"apply_link": "javascript:alert(1)"}, {"apply_link": LINK}),
        ({"apply_link": "https://localhost/x"}, {"apply_link": LINK}),
        ({"apply_link": "http://127.0.0.1/"}, {"apply_link": LINK}),
        ({"apply_link": "http://2130706433/"}, {"apply_link": LINK}),
        ({"apply_link": "http://0177.0.0.1/"}, {"apply_link": LINK}),
        ({"apply_link": "http://[::ffff:127.0.0.1]/"}, {"apply_link": LINK}),
        ({"apply_link": "https://münchen.example/"}, {}),
        ({"apply_link": "https://" + "ü" * 80 + ".example/"}, {"apply_link": LINK}),
        ({"apply_link": "https://jo:word@college.example/"}, {"apply_link": LINK}),
        ({"apply_link": "https://college.example:99999/"}, {"apply_link": LINK}),
        ({"apply_link": "https://[::1/"}, {"apply_link": LINK}),
        ({"apply_link": "https://college.example/a b"}, {"apply_link": LINK}),
        ({"apply_link": "https://college.example/\n"}, {"apply_link": LINK}),
        ({"apply_link": "http://college.example:8080/a?b=c#d"}, {}),
        (
            {"apply_mail": "jo"},
            {"apply_mail": "Write a full e-mail address, like name@example.org."},
        ),
        ({"hours_week": 0}, {"hours_week": "Write a number from 1 to 80."}),
        ({"seats": 100_001}, {"seats": "Write a number from 1 to 100000."}),
        ({"seats": 1, "member_seats": 1, "age_from": 16, "age_to": 16}, {}),
        (
            {"seats": 1, "member_seats": 2},
            {"member_seats": "There cannot be more seats for members than seats."},
        ),
        (
            {"age_from": 20, "age_to": 19},
            {"age_to": "The second age is lower than the first one."},
        ),
        ({"age_to": 121}, {"age_to": "Write a number from 0 to 120."}),
        (
            {"is_for_all_hubs": False},
            {"hubs": "Choose one hub or more, or all hubs."},
        ),
        ({"is_for_all_hubs": False, "hubs": [1]}, {}),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    more: dict[str, Any], found: dict[str, str]
) -> None:
    assert wrong(**more) == found


SUPPORT = {
    "support_kind": "travel",
    "support_who": "Everybody",
    "support_what": "The bus fare",
    "support_how": "Tell Jo.",
    "support_until_on": TODAY,
    "support_seen_by": "Only Jo",
}


def test_a_note_on_help_with_money_is_whole_or_not_there() -> None:
    assert wrong(**SUPPORT) == {}
    assert wrong(**SUPPORT, support_left="none") == {}
    words = "Say this too, or leave all of the note on help with money empty."
    assert wrong(support_left="some") == dict.fromkeys(SUPPORT, words)
    for name in SUPPORT:
        assert wrong(**{**SUPPORT, name: offering.NOTHING[name]}) == {name: words}
    for days, start in ((-1, "This day is over."), (3000, "This is too far away.")):
        found = wrong(**{**SUPPORT, "support_until_on": TODAY + timedelta(days=days)})
        assert list(found) == ["support_until_on"]
        assert found["support_until_on"].startswith(start)
    later = offering.again(values(**SUPPORT), TODAY)
    assert later["support_until_on"] == TODAY.replace(year=TODAY.year + 1)


def test_more_dates_are_judged_and_count() -> None:
    late = one(date(2026, 9, 1), date(2026, 9, 2))
    assert wrong(dates=[late]) == {}
    assert wrong(dates=[one(NEXT, NEXT - timedelta(days=1))]) == {"dates": ORDER}
    assert wrong(dates=[one(date(2033, 1, 1))]) == {"dates": FAR}
    past = {"from_on": date(2026, 5, 1), "to_on": date(2026, 5, 2)}
    assert wrong(**past, dates=[late]) == {}
    assert wrong(**past, dates=[late], deadline_on=date(2026, 8, 1)) == {}


def test_every_offer_ends() -> None:
    def end(**more: Any) -> date:
        return offering.ends_on(values(**more), TODAY)

    assert end() == date(2026, 6, 30)
    assert end(to_on=None) == NEXT
    assert end(dates=[one(date(2026, 9, 1)), one(NEXT)]) == date(2026, 9, 1)
    assert end(dates=[one(NEXT, date(2026, 9, 2))]) == date(2026, 9, 2)
    free = {"is_any_time": True, "from_on": None, "to_on": None}
    assert end(**free) == TODAY + timedelta(days=183)
    assert end(**free, deadline_on=NEXT) == NEXT
    assert end(**{**free, "is_any_time": False}, deadline_on=NEXT) == NEXT


@pytest.mark.parametrize(
    ("is_for_all", "hubs", "in_force"),
    [(True, [], True), (True, [3], False), (False, [3], False), (False, [], False)],
)
def test_hubs_that_are_chosen_are_all_for_which_it_is(
    is_for_all: bool, hubs: list[int], in_force: bool
) -> None:
    found = offering.in_force(values(is_for_all_hubs=is_for_all, hubs=hubs))
    assert (found["is_for_all_hubs"], found["hubs"]) == (in_force, hubs)


def test_people_can_apply_until_the_deadline_else_until_it_begins() -> None:
    def until(**more: Any) -> date:
        return offering.open_until(values(**more), TODAY)

    assert until() == NEXT
    assert until(kind="open_day") == date(2026, 6, 30)
    assert until(dates=[one(date(2026, 9, 1), date(2026, 9, 9)), one(TODAY)]) == date(2026, 9, 1)
    assert until(deadline_on=date(2026, 5, 20)) == date(2026, 5, 20)
    assert until(deadline_on=date(2026, 6, 20)) == date(2026, 6, 20)
    assert until(deadline_on=date(2026, 7, 20)) == date(2026, 6, 30)
    free = {"is_any_time": True, "from_on": None, "to_on": None}
    assert until(**free) == TODAY + timedelta(days=183)
    assert until(**free, deadline_on=NEXT) == NEXT


def test_an_offer_closes_before_it_ends() -> None:
    facts = {"live": True, "ends_on": TODAY, "ended_at": None, "first_published_at": NOW}
    assert not offering.is_closed(SimpleNamespace(**facts, open_until=TODAY), TODAY)
    late = SimpleNamespace(**facts, open_until=TODAY - timedelta(days=1))
    assert (offering.is_closed(late, TODAY), offering.is_ended(late, TODAY)) == (True, False)
    over = SimpleNamespace(**{**facts, "live": False}, open_until=TODAY)
    assert offering.is_closed(over, TODAY)


def test_what_differs_and_whether_it_is_small() -> None:
    old = values()
    assert offering.changed(old, values(reference="A1")) == ()
    assert offering.changed(old, values(seats=9, title="Other")) == ("title", "seats")
    assert offering.is_small(["seats", "dates", "apply_link", "to_on"])
    assert offering.is_small([])
    for name in ("title", "cost", "amount", "currency", "cost_note", "apply_by", "apply_mail"):
        assert not offering.is_small(["seats", name])


def test_a_promise_is_five_days() -> None:
    assert offering.promised_on(TODAY) == date(2026, 5, 9)


def test_last_years_days_come_to_this_year() -> None:
    old = values(
        from_on=date(2024, 2, 29),
        to_on=date(2024, 5, 3),
        deadline_on=None,
        dates=[one(date(2024, 3, 1)), one(date(2024, 3, 2), date(2024, 3, 3))],
    )
    new = offering.again(old, TODAY)
    assert (new["from_on"], new["to_on"]) == (date(2027, 2, 28), date(2027, 5, 3))
    assert new["dates"] == [one(date(2027, 3, 1)), one(date(2027, 3, 2), date(2027, 3, 3))]
    assert offering.again(values(), TODAY)["from_on"] == date(2027, 6, 1)
    free = values(is_any_time=True, from_on=None, to_on=None)
    assert offering.again(free, TODAY) == free


def state(said: str = "", **more: Any) -> str:
    facts = {
        "live": True,
        "ends_on": TODAY,
        "ended_at": None,
        "first_published_at": NOW,
        **more,
    }
    review = SimpleNamespace(state=said) if said else None
    return offering.state_of(SimpleNamespace(**facts), review, TODAY)


def test_the_states_of_an_offer() -> None:
    never = {"live": False, "ends_on": None, "first_published_at": None}
    over = {"ends_on": TODAY - timedelta(days=1)}
    hand = {"live": False, "ended_at": NOW}
    assert state(**never) == "draft"
    assert state("withdrawn", **never) == "draft"
    assert [state(one, **never) for one in ("waiting", "changes", "declined")] == [
        "waiting",
        "changes",
        "declined",
    ]
    assert [state(), state("published"), state("declined"), state("withdrawn")] == ["live"] * 4
    assert (state("waiting"), state("changes")) == ("live_waiting", "changes")
    assert [state(**over), state("declined", **over), state("published", **hand)] == ["ended"] * 3
    assert (state("waiting", **over), state("changes", **hand)) == ("waiting", "changes")
    assert state("declined", **hand) == "declined"
    assert state(ends_on=None) == "live"


def test_notes_are_about_fields_that_there_are() -> None:
    notes = {"title": " Shorter. ", "where": "Which room?", "kind": "  ", "password": "no"}
    assert offering.texts_of(notes) == {"title": "Shorter.", "where": "Which room?"}
    assert offering.texts_of({"title": "x" * 501}) == {"title": "x" * 500}


@pytest.mark.parametrize(
    ("answer", "empty"),
    [
        ({"mode": "online"}, {"place": ""}),
        ({"is_any_time": True}, {"from_on": None, "to_on": None, "dates": []}),
        ({"cost": "depends"}, {"amount": None, "currency": ""}),
        ({"apply_by": "form"}, {"apply_link": "", "apply_mail": ""}),
        ({"apply_by": "mail"}, {"apply_link": ""}),
        ({"apply_by": "link"}, {"apply_mail": ""}),
    ],
)
def test_what_another_answer_puts_out_of_force_counts_no_more(
    answer: dict[str, Any], empty: dict[str, Any]
) -> None:
    typed = (
        values(
            dates=[one(NEXT)],
            place="Leeds",
            cost="amount",
            amount=Decimal(12),
            currency="EUR",
            apply_link="https://college.example/",
            apply_mail="a@college.example",
            **{name: value for name, value in answer.items() if name not in ("cost",)},
        )
        | answer
    )
    found = offering.in_force(typed)
    assert {name: found[name] for name in empty} == empty
    hidden = {name: values()[name] for name in empty}
    assert offering.differing(typed, {**typed, **hidden}) == ()


def test_a_new_place_in_the_list_of_dates_is_no_small_edit() -> None:
    old = values(dates=[one(NEXT)])
    moved = values(dates=[one(date(2026, 6, 2))])
    elsewhere = values(dates=[{**one(NEXT), "place": "Ring 0900 for money"}])
    assert offering.is_small_edit(old, moved)
    assert not offering.is_small_edit(old, elsewhere)
    assert not offering.is_small_edit(old, values(title="Other"))


def test_no_day_goes_beyond_the_calendar() -> None:
    last = date(9999, 12, 31)
    assert offering.year_on(last) == last
