"""Offers as a table: what comes in goes out, no cell runs, and what is wrong is said by column."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from members.errors import Refused
from partners import sheet
from partners.offering import FIELDS, NOTHING
from partners.sheet import COLUMNS, Lists
from tests.partners.offers_cast import FULL, refused

LISTS = Lists(topics={"metal": 3}, levels={"starter": 4}, hubs={"harbour": 1, "valley": 2})


def parsed(**cells: str) -> tuple[dict[str, Any], dict[str, str]]:
    found = sheet.parse({"reference": "A1", **cells}, LISTS)
    return dict(found.values), dict(found.errors)


def table(text: str, code: str = "utf-8") -> tuple[list[str], list[dict[str, str]]]:
    return sheet.read_table(text.encode(code))


def test_the_columns_are_fields_with_the_key_first() -> None:
    assert COLUMNS[0] == "reference"
    assert set(COLUMNS) == ({*FIELDS} - {"after_course", "image_alt"}) | {"dates"}


def test_what_goes_out_comes_in_again() -> None:
    values = {
        **NOTHING,
        **FULL,
        "reference": "A1",
        "title": "=1+1",
        "learns": "- one\n- two, “three”",
        "is_step_free": True,
        "topic": 3,
        "level": 4,
        "seats": 12,
        "is_for_all_hubs": False,
        "hubs": [1, 2],
        "dates": [
            {"on": date(2026, 7, 1), "until_on": None, "place": ""},
            {"on": date(2026, 8, 1), "until_on": date(2026, 8, 2), "place": "Valley, 2"},
        ],
    }
    text = sheet.write_table(COLUMNS, [sheet.cells_of(values, LISTS)])
    assert "\r\nA1,'=1+1," in text
    _header, [row] = sheet.read_table(text.encode())
    found = sheet.parse(row, LISTS)
    assert found.errors == {}
    assert found.values == {name: values[name] for name in COLUMNS}


@pytest.mark.parametrize(
    ("text", "is_id"),
    [
        ("3f2a9c81-d04e-4c1e-9b1a-0123456789ab", True),
        ("3F2A9C81-D04E-4C1E-9B1A-0123456789AB", False),
        ("3f2a9c81d04e4c1e9b1a0123456789ab", False),
        ("{3f2a9c81-d04e-4c1e-9b1a-0123456789ab}", False),
        ("A1", False),
        ("", False),
    ],
)
def test_an_id_is_known_as_it_goes_out(text: str, is_id: bool) -> None:
    assert (sheet.id_of(text) is not None) == is_id


def test_a_thing_that_left_the_lists_is_empty() -> None:
    cells = sheet.cells_of({**NOTHING, "topic": 99, "reference": "A"}, LISTS)
    assert cells["topic"] == ""


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_whatever_stands_between_the_cells(between: str) -> None:
    lines = [["reference", "title"], ["A1", '"Weld; cut, file"'], ["", ""], ["A2", "Bread"]]
    header, rows = table("\r\n".join(between.join(line) for line in lines))
    assert header == ["reference", "title"]
    assert rows == [
        {"reference": "A1", "title": "Weld; cut, file"},
        {"reference": "A2", "title": "Bread"},
    ]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_whatever_program_wrote_it(code: str) -> None:
    assert table("reference,title\nA1,Español\n", code)[1] == [
        {"reference": "A1", "title": "Español"}
    ]


def test_short_rows_say_less_and_long_ones_are_wrong() -> None:
    _header, rows = table("reference,title,ERRORS\nA1\nA2,Bread,old words,more\nA3,Oil,old,\n")
    assert rows == [
        {"reference": "A1"},
        {"reference": "A2", "title": "Bread", "ERRORS": "beyond"},
        {"reference": "A3", "title": "Oil"},
    ]
    assert table("title,reference\nBread\n")[1] == [{"reference": "", "title": "Bread"}]
    errors = sheet.parse(rows[1], LISTS).errors
    assert errors == {"ERRORS": "This row has more cells than the table has columns."}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "This file is empty."),
        (b"\n \n", "This file is empty."),
        (b"x" * 8_000_001, "This file is too large. Send the rows in several files."),
        (b"reference,colour\n", "We do not know the column “colour”."),
        (b"reference,title,title\n", "A column is there twice."),
        (
            b"title\nBread\n",
            "The column “reference” is missing: it tells which offer is which.",
        ),
        (
            b"reference\n" + b"A\n" * 10_001,
            "These are too many rows. Please keep it under 10000.",
        ),
        (b'reference\n"A\n', "This file is no table that we can read. Save it as CSV."),
        (b"PK\x03\x04\xff\xfe", "We do not know the column “PK"),
    ],
)
def test_what_is_no_table_of_ours(data: bytes, reason: str) -> None:
    got = refused(sheet.read_table, data=data)
    assert got[0].startswith(reason)
    assert got[1] == "file"


def test_cells_as_people_write_them() -> None:
    values, errors = parsed(
        from_on="31/05/2026",
        to_on="1.6.2026",
        deadline_on="2026-05-30",
        is_any_time="No",
        helps_money="SÍ",
        is_for_all_hubs="",
        hours_week="7",
        amount="12,50",
        hubs="valley; harbour valley",
        title="",
        topic="",
        dates=" 2026-06-01..2026-06-03 @ The Library ; 2026-07-01;",
    )
    assert errors == {}
    assert values == {
        "reference": "A1",
        "from_on": date(2026, 5, 31),
        "to_on": date(2026, 6, 1),
        "deadline_on": date(2026, 5, 30),
        "is_any_time": False,
        "helps_money": True,
        "is_for_all_hubs": True,
        "hours_week": 7,
        "amount": Decimal("12.50"),
        "hubs": [1, 2],
        "title": "",
        "topic": None,
        "dates": [
            {
                "on": date(2026, 6, 1),
                "until_on": date(2026, 6, 3),
                "place": "The Library",
            },
            {"on": date(2026, 7, 1), "until_on": None, "place": ""},
        ],
    }


DAY = "Write the day like 2026-05-31."


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("from_on", "soon", DAY),
        ("from_on", "2026-02-30", DAY),
        ("dates", "2026-06-01 to 2026-06-03", "Write more dates like 2026-06-01 @ Library; 2026"),
        ("dates", "soon @ Library", DAY),
        ("dates", "2026-06-01..soon", DAY),
        ("is_step_free", "perhaps", "Write “yes” or “no”."),
        ("seats", "-1", "Write a whole number."),
        ("seats", "1.5", "Write a whole number."),
        ("seats", "٣", "Write a whole number."),
        ("seats", "1" * 10, "Write a whole number."),
        ("amount", "cheap", "Write the price as a number, 0 or more."),
        ("topic", "wood", "This is not on the list: metal."),
        ("hubs", "harbour; moon", "This is not on the list: harbour, valley."),
        ("learns", "x" * 5_001, "This is too long."),
        ("reference", "", "Write your own reference, so that we know this offer again."),
    ],
)
def test_what_is_wrong_is_said_by_column(name: str, text: str, reason: str) -> None:
    _values, errors = parsed(**{name: text})
    assert list(errors) == [name]
    assert errors[name].startswith(reason)


def test_marks_of_spreadsheets_are_taken_off_and_quotes_stay() -> None:
    assert sheet.plain(" '=1+1") == "=1+1"
    assert sheet.plain("'tis") == "'tis"
    with pytest.raises(Refused):
        sheet.value_of("seats", "many", LISTS)
