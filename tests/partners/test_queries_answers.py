"""What was said of an offer, in rows to read; two texts side by side."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from content.models import Level, Topic
from members.models import Hub
from partners.models import Offer
from partners.offering import NOTHING, SCREENS
from partners.queries import answers as rows
from partners.queries import shown
from partners.queries.answers import Compared, answers, compare, noted_fields
from tests.partners.offers_cast import FULL

ONE, TWO = date(2027, 3, 1), date(2027, 4, 2)


def text(**values: Any) -> dict[str, Any]:
    """A text with nothing in it but this."""
    return {**NOTHING, **values}


def said(**values: Any) -> dict[str, str]:
    """What the rows say, by their labels."""
    return {row.label: row.text for row in answers(text(**values))}


def test_the_nine_are_always_there() -> None:
    assert said() == {
        "Title": "",
        "Kind": "",
        "What people learn": "",
        "Who it is for": "",
        "Where": "",
        "When": "",
        "Cost": "",
        "How to apply": "",
        "Contact for questions": "",
        "Hubs": "All hubs",
    }


def test_a_whole_offer() -> None:
    found = said(**FULL)
    assert found == {
        "Title": "Welding for beginners",
        "Kind": "Course",
        "What people learn": "How to weld two plates.",
        "Who it is for": "Anybody over 16.",
        "Where": "Harbour College, room 3",
        "When": "1 June 2026 to 30 June 2026",
        "Cost": "20 EUR",
        "How to apply": "https://college.example/welding",
        "Contact for questions": "Ring Jo on 020 7946 0000.",
        "Hubs": "All hubs",
    }


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"mode": "online", "place": "Room 3"}, "Online"),
        ({"mode": "place", "place": "Room 3"}, "Room 3"),
        ({"mode": "both", "place": "Room 3"}, "Room 3, or online"),
        ({"mode": "both"}, ""),
        ({"place": "Room 3"}, ""),
    ],
)
def test_where(values: dict[str, Any], words: str) -> None:
    assert rows.where_words(text(**values)) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"is_any_time": True}, "Any time"),
        ({"from_on": ONE}, "1 March 2027"),
        ({"from_on": ONE, "to_on": ONE}, "1 March 2027"),
        ({"from_on": ONE, "to_on": TWO}, "1 March 2027 to 2 April 2027"),
        (
            {"from_on": ONE, "dates": [{"on": TWO, "until_on": None, "place": "Library"}]},
            "1 March 2027; 2 April 2027, Library",
        ),
    ],
)
def test_when(values: dict[str, Any], words: str) -> None:
    assert rows.when_words(text(**values)) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"cost": "free"}, "Free"),
        ({"cost": "free", "cost_note": "Bring tea."}, "Free. Bring tea."),
        ({"cost": "amount", "currency": "EUR"}, ""),
        ({"cost": "amount", "amount": Decimal("1234.5"), "currency": "EUR"}, "1234.50 EUR"),
        ({"cost": "amount", "amount": Decimal("5")}, "5"),
        ({"cost": "depends"}, "It depends on your income"),
        ({"cost": "depends", "cost_note": "Ask us."}, "It depends on your income. Ask us."),
        ({"cost": "king"}, ""),
    ],
)
def test_cost(values: dict[str, Any], words: str) -> None:
    assert rows.cost_words(text(**values)) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"apply_by": "form"}, "With a form on this site"),
        ({"apply_by": "mail", "apply_mail": "a@b.example", "apply_link": "x"}, "a@b.example"),
        ({}, ""),
    ],
)
def test_way(values: dict[str, Any], words: str) -> None:
    assert rows.way(text(**values)) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"helps_childcare": True, "helps_travel": True}, "Childcare, Travel help"),
        ({"helps_money": True, "help_words": "Ask Jo."}, "Help with money. Ask Jo."),
        ({"help_words": "Ask Jo."}, "Ask Jo."),
        ({}, ""),
    ],
)
def test_help(values: dict[str, Any], words: str) -> None:
    assert rows.help_words(text(**values)) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(16, 18, "16 to 18 years"), (16, None, "From 16 years on"), (None, 18, "Up to 18 years")],
)
def test_ages(first: int | None, last: int | None, words: str) -> None:
    assert said(age_from=first, age_to=last)["From age"] == words


@pytest.mark.parametrize(
    "values",
    [
        {"mode": "place", "place": "Room 3"},
        {"mode": "both", "place": "Room 3"},
        {"mode": "online"},
        {"cost": "free"},
        {"cost": "depends"},
        {"cost": "amount", "amount": Decimal("12.5"), "currency": "EUR"},
        {"is_any_time": True},
        {"from_on": ONE, "to_on": TWO},
        {"age_from": 16, "age_to": 18},
        {"helps_money": True, "works_on_phone": True},
    ],
)
def test_a_partner_reads_what_learners_read(values: dict[str, Any]) -> None:
    """The check and the page of an offer say the same in the same words."""
    offer = Offer(**values)
    page = {
        "Where": shown.where_words(offer),
        "Cost": shown.cost_words(offer),
        "When": shown.when_words(offer),
        "From age": shown.ages_words(offer.age_from, offer.age_to),
        "Help and access": ", ".join(shown.helps_of(offer)),
    }
    check = said(**values)
    found = [label for label in page if check.get(label)]
    assert len(found) == 1
    assert check[found[0]] == page[found[0]]


@pytest.mark.django_db
def test_what_else_is_said() -> None:
    topic = Topic.objects.create(slug="metal", name="Metal")
    level = Level.objects.create(slug="new", name="New to it")
    hubs = [
        Hub.objects.create(slug=slug, name=f"{slug.title()} Hub", place="Here").pk
        for slug in ("harbour", "valley")
    ]
    found = said(
        topic=topic.pk,
        level=level.pk,
        language="es",
        seats=0,
        hours_week=4,
        deadline_on=ONE,
        credential="A badge",
        hubs=hubs,
        is_for_all_hubs=False,
        image=7,
        image_alt="A torch",
    )
    assert list(found.items())[9:] == [
        ("Topic", "Metal"),
        ("Level", "New to it"),
        ("Language", "español"),
        ("Hours a week", "4"),
        ("Seats", "0"),
        ("Apply until", "1 March 2027"),
        ("What you get at the end", "A badge"),
        ("Hubs", "Harbour Hub, Valley Hub"),
        ("What the picture shows", "A torch (picture 7)"),
    ]


def test_an_offer_for_no_hub_says_so() -> None:
    assert said(is_for_all_hubs=False)["Hubs"] == "No hub is chosen yet"


def test_what_is_told_about_an_empty_answer_has_its_row() -> None:
    labels = [row.label for row in answers(text(), {"device", "age_to", "title"})]
    assert labels[9:] == ["Device and connection", "From age", "Hubs"]


def test_compare_a_new_text() -> None:
    found = compare(None, text(**FULL))
    assert [row.before for row in found] == [""] * 10
    assert found[0] == Compared("Title", "", "Welding for beginners")


def test_compare_two_texts() -> None:
    """Also what is only in the old one, in its place."""
    old = text(**FULL, device="A laptop", seats=9)
    new = text(**{**FULL, "title": "Welding two"}, skills="Care", seats=9)
    found = compare(old, new)
    assert [(row.label, row.before, row.after) for row in found if row.is_changed] == [
        ("Title", "Welding for beginners", "Welding two"),
        ("Device and connection", "A laptop", ""),
        ("Skills", "", "Care"),
    ]
    last = [row.label for row in found][-4:]
    assert last == ["Device and connection", "Seats", "Skills", "Hubs"]


def test_compare_with_what_was_read_and_said() -> None:
    """A third text, and words about an answer that is in none of them."""
    live, read = text(**FULL), text(**{**FULL, "title": "Weld", "device": "A laptop"})
    sent = text(**{**FULL, "title": "Welding two"})
    notes = {"title": "Say more.", "place": "Which room?", "age_to": "How old?"}
    found = {row.label: row for row in compare(live, sent, read, notes)}
    assert {name: row.note for name, row in found.items() if row.note} == {
        "Title": "Say more.",
        "Where": "Which room?",
        "From age": "How old?",
    }
    assert [name for name, row in found.items() if row.is_newer] == [
        "Title",
        "Device and connection",
    ]
    assert [name for name, row in found.items() if row.is_changed] == ["Title"]
    assert found["Device and connection"] == Compared(
        "Device and connection", "", "", read="A laptop"
    )
    assert not any(row.is_newer for row in compare(live, sent, None, notes))


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://college.example/welding", True),
        ("http://college.example", True),
        ("javascript:alert(1)", False),
        ("https://127.0.0.1/", False),
        ("https://a:b@college.example/", False),
        ('https://college.example/"x', False),
    ],
)
def test_an_address_that_can_be_followed(address: str, is_link: bool) -> None:
    rows = compare(None, text(**{**FULL, "apply_link": address}))
    [way] = [row for row in rows if row.label == "How to apply"]
    assert (way.after, way.link) == (address, address if is_link else "")
    assert [row.link for row in rows if row is not way] == [""] * 9


def test_every_written_field_has_a_row() -> None:
    """Nothing of a text is published that a reviewer cannot see; the own reference is no part of
    it."""
    shown = {name for fields in rows.rows_in_order(NOTHING) for name in fields}
    written = {name for screen in SCREENS.values() for name in screen}
    assert written - shown == {"reference"}
    assert shown - written == {"dates", "image"}


def test_a_reviewer_can_write_beside_every_needed_field() -> None:
    names = [name for name, _label in noted_fields()]
    assert names[:9] == [row.fields[0] for row in rows.needed(NOTHING)]
    assert names[9:] == [
        *("help_words", "device", "support_kind", "topic", "level", "language", "hours_week"),
        *("seats", "member_seats", "deadline_on", "skills", "credential", "age_from"),
        *("after_course", "hubs", "image_alt"),
    ]
