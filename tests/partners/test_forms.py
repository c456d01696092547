"""The forms of partners: what can be read is kept, whatever else is wrong."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from partners.forms.offer import NEEDS, HowForm, WhatForm, WhereForm
from partners.forms.rest import RestForm
from partners.offering import NINE, SCREENS

COURSE = uuid.UUID(int=7)
CHOICES: dict[str, Any] = {
    "topic": [("", "-"), ("3", "Metal")],
    "level": [("", "-")],
    "language": [("", "-"), ("es", "Español")],
    "after_course": [("", "-"), (str(COURSE), "Steps")],
    "hubs": [("4", "Harbour"), ("5", "Valley")],
}


def test_the_screens_ask_for_what_the_offer_holds() -> None:
    found = {
        "what": WhatForm().fields,
        "where": WhereForm.base_fields,
        "how": HowForm().fields,
        "check": RestForm(choices={}).fields,
    }
    assert {name: set(fields) for name, fields in found.items()} == {
        name: set(fields) - {"image_alt"} for name, fields in SCREENS.items()
    }


def test_each_of_the_nine_has_its_field() -> None:
    assert tuple(NEEDS) == NINE
    fields = {*WhatForm().fields, *WhereForm().fields, *HowForm().fields}
    assert {field for field, _words in NEEDS.values()} <= fields


def test_an_empty_screen_is_read() -> None:
    assert WhatForm({}).values() == {"title": "", "kind": "", "learns": "", "for_whom": ""}
    assert WhereForm({}).dates() == []


def test_what_cannot_be_read_is_left_out() -> None:
    form = WhereForm({"from_on": "x", "amount": "12.50", "cost": "amount", "mode": "king"})
    assert form.values() == {
        "place": "",
        "to_on": None,
        "is_any_time": False,
        "cost": "amount",
        "amount": Decimal("12.50"),
        "currency": "",
        "cost_note": "",
    }
    assert set(form.errors) == {"from_on", "mode"}


@pytest.mark.parametrize("typed", ["-1", "x", "1e400", "12.345", "99999999999", "NaN"])
def test_amounts_that_are_none(typed: str) -> None:
    form = WhereForm({"amount": typed})
    assert form.errors["amount"] == ["Write the amount like 45 or 45.50."]


def test_the_other_dates() -> None:
    form = WhereForm({"on_1": "2027-03-01", "place_1": "Here", "until_2": "", "place_3": " "})
    assert form.dates() == [{"on": date(2027, 3, 1), "until_on": None, "place": "Here"}]
    assert form.has_more
    shown = WhereForm.initial_dates(form.dates())
    assert shown == {"on_1": date(2027, 3, 1), "until_1": None, "place_1": "Here"}
    assert not WhereForm().has_more
    assert WhereForm({"on_2": "soon"}).has_more


def test_another_date_needs_its_day() -> None:
    form = WhereForm({"until_1": "2027-03-05", "place_2": "Here", "on_3": "x", "place_3": "There"})
    assert dict(form.errors) == {
        "on_1": ["Write the first day too."],
        "on_2": ["Write the first day too."],
        "on_3": ["Write the day like 2027-03-20."],
    }


def test_as_many_dates_as_there_are() -> None:
    """There is always an empty row, at least three of them, up to fifty."""
    dates = [{"on": date(2027, 3, row), "until_on": None, "place": ""} for row in range(1, 8)]
    shown = WhereForm(initial=WhereForm.initial_dates(dates))
    assert len(shown.more_rows) == 8
    sent = {f"on_{row}": f"2027-03-0{row}" for row in range(1, 8)}
    assert WhereForm({**sent, "on_51": "2027-03-09", "on_x": "1"}).dates() == dates
    assert len(WhereForm().more_rows) == 3
    assert len(WhereForm({"on_3": "", "place_2": "Here"}).more_rows) == 3
    assert len(WhereForm({"place_3": "Here"}).more_rows) == 4
    assert len(WhereForm({"on_50": "2027-03-09"}).more_rows) == 50


def test_an_address_gets_its_beginning() -> None:
    assert HowForm({"apply_link": "college.example"}).values()["apply_link"] == (
        "https://college.example"
    )
    assert HowForm({"apply_link": "javascript:alert(1)"}).errors["apply_link"] == [
        "This is no web address. Write one like www.example.org/course."
    ]


def test_what_else_can_be_said() -> None:
    sent = QueryDict(f"topic=3&language=es&hubs=5&hubs=4&seats=2&after_course={COURSE}")
    found = RestForm(sent, choices=CHOICES).values()
    assert (found["topic"], found["level"], found["hubs"], found["seats"]) == (3, None, [4, 5], 2)
    assert (found["after_course"], found["language"]) == (COURSE, "es")
    nothing = RestForm({}, choices=CHOICES).values()
    assert (nothing["topic"], nothing["after_course"], nothing["hubs"]) == (None, None, [])
    names = {"topic": "x", "level": "x", "after_course": "x", "hubs": ["x"]}
    wrong = RestForm(names, choices=CHOICES)
    assert set(wrong.values()) == set(RestForm(choices={}).fields) - set(names)


def test_words_beside_fields_are_those_of_the_screen() -> None:
    form = WhereForm()
    form.tell_notes({"where": "a", "dates": "b", "title": "c", "cost": "d", "cost_note": "e"})
    noted = {name: form[name].note for name in form.fields if hasattr(form[name], "note")}
    assert noted == {"mode": "a", "on_1": "b", "cost": "d", "cost_note": "e"}
    rest = RestForm(choices=CHOICES)
    assert not rest.is_open
    rest.tell_notes({"seats": "f"})
    assert rest.is_open


def test_a_field_gets_one_sentence() -> None:
    form = WhereForm({"from_on": "x"})
    form.tell_problems({"from_on": "over", "dates": "wrong", "title": "elsewhere"})
    form.tell_missing(["when", "title"])
    assert dict(form.errors) == {"from_on": ["Write the day like 2027-03-20."], "on_1": ["wrong"]}
