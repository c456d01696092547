"""Offers in the words of schema.org: each kind as its own type, nothing empty."""

import json
import uuid
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from partners.jsonld import instances, offer_json_ld, offer_values, partner_json_ld, partner_values

KEY = uuid.UUID("3f2a9c81-d04e-4c1e-9b1a-0123456789ab")
URL = "https://hub.example/partners/college/"


def partner(**values: Any) -> Any:
    facts = {"kind": "university", "name": "City", "website": "", "place": "Leeds", "about": ""}
    return SimpleNamespace(**{**facts, "number": "", "scheme": "", **values})


def page(kind: str = "course", dates: tuple[Any, ...] = (), **values: Any) -> Any:
    facts: dict[str, Any] = {
        "uuid": KEY,
        "kind": kind,
        "title": "Web",
        "learns": "You learn it.",
        "for_whom": "Everybody.",
        "language": "en",
        "mode": "place",
        "place": "Leeds",
        "from_on": date(2027, 5, 3),
        "to_on": None,
        "deadline_on": None,
        "amount": None,
        "currency": "",
        "skills": "",
        "credential": "",
        "seats": None,
        "hours_week": None,
        "age_from": None,
        "age_to": None,
        **values,
    }
    card = SimpleNamespace(url="/offers/web/", is_free=values.get("amount") is None, level="")
    return SimpleNamespace(
        offer=SimpleNamespace(**facts),
        card=card,
        partner=partner(),
        topic="Web",
        dates=dates,
        image=None,
    )


def values(*args: Any, **more: Any) -> dict[str, Any]:
    return offer_values(page(*args, **more), "https://hub.example", URL)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("course", "Course"),
        ("workshop", "Course"),
        ("open_day", "EducationEvent"),
        ("placement", "WorkBasedProgram"),
        ("apprenticeship", "WorkBasedProgram"),
        ("scholarship", "MonetaryGrant"),
        ("", "Course"),
    ],
)
def test_each_kind_has_its_type(kind: str, name: str) -> None:
    found = values(kind)
    assert (found["@type"], found["name"], found["url"]) == (
        name,
        "Web",
        "https://hub.example/offers/web/",
    )
    assert not {None, ""} & {value for value in found.values() if isinstance(value, str | None)}


def test_a_scholarship_has_a_funder_and_no_provider() -> None:
    found = values("scholarship")
    assert found["funder"] == {"@type": "CollegeOrUniversity", "name": "City"}
    assert "provider" not in found


def test_a_price_is_said_and_free_is_free() -> None:
    assert values()["offers"] == {"@type": "Offer", "category": "Free", "price": 0}
    assert values()["isAccessibleForFree"] is True
    costs = values(amount=Decimal("12.50"), currency="eur")
    assert costs["offers"] == {"@type": "Offer", "price": "12.50", "priceCurrency": "EUR"}
    assert "isAccessibleForFree" not in costs
    depends = page()
    depends.card.is_free = False
    assert "offers" not in offer_values(depends, "", URL)


def test_an_open_day_has_its_day_and_place() -> None:
    found = values("open_day", mode="both")
    assert found["startDate"] == "2027-05-03" and found["location"]["name"] == "Leeds"
    assert found["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"


def test_a_course_has_an_instance_for_each_date() -> None:
    more = SimpleNamespace(on=date(2027, 6, 1), until_on=date(2027, 6, 2), place="York")
    found = instances(page(dates=(more,), hours_week=4))
    assert [one["startDate"] for one in found] == ["2027-05-03", "2027-06-01"]
    assert [one["location"]["name"] for one in found] == ["Leeds", "York"]
    assert found[0]["courseWorkload"] == "PT4H"
    online = instances(page(mode="online", from_on=None))
    assert online == [{"@type": "CourseInstance", "courseMode": ["Online"], "inLanguage": "en"}]


def test_ages_are_of_people() -> None:
    found = values(age_from=16, age_to=25)["audience"]
    assert (found["suggestedMinAge"], found["suggestedMaxAge"]) == (16, 25)


def test_a_partner_has_its_number() -> None:
    assert "identifier" not in partner_values(partner(), URL)
    found = partner_values(partner(kind="library", number="12", scheme="charity"), URL)
    assert found["@type"] == "Library" and found["identifier"]["propertyID"] == "charity"


def test_no_browser_finds_an_end_of_script_in_it() -> None:
    text = offer_json_ld(page(title="</script><b>"), "", URL)
    assert "<" not in text and json.loads(text)["name"] == "</script><b>"
    assert json.loads(partner_json_ld(partner(), URL))["@context"] == "https://schema.org"


@pytest.mark.parametrize("at", ["/media/plate.jpg", "https://files.example/media/plate.jpg"])
@pytest.mark.parametrize("kind", ["course", "open_day", "placement", "scholarship"])
def test_a_picture_says_what_it_shows(kind: str, at: str) -> None:
    shown = page(kind, image_alt="Two plates")
    shown.image = SimpleNamespace(file=SimpleNamespace(url=at))
    found = offer_values(shown, "https://hub.example", URL)
    url = at if at.startswith("https") else f"https://hub.example{at}"
    assert found["image"] == {"@type": "ImageObject", "url": url, "caption": "Two plates"}
    assert "image" not in values(kind)
