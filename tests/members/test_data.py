"""A member's data as one file."""

import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest

from members.data import Section, cell, pack, plain, to_csv, to_json

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
SECTION = Section("notes", "Notes", ("When", "What"), [(NOW, "=1+1"), (None, 'ñ, "x"')])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_runs_in_a_spreadsheet(start):
    assert cell(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


def test_harmless_cells_stay():
    assert [cell(value) for value in ("a=b", 3, -2.5, None, True, "")] == [
        "a=b",
        "3",
        "-2.5",
        "",
        "True",
        "",
    ]


def test_plain_values():
    assert plain(NOW) == "2026-03-01T10:00:00+00:00"
    assert plain(date(2026, 3, 1)) == "2026-03-01"
    assert [plain(value) for value in (None, True, 2, 1.5)] == [None, True, 2, 1.5]
    assert plain(Section) == str(Section)


def test_csv():
    assert to_csv(SECTION) == ('When,What\r\n2026-03-01T10:00:00+00:00,\'=1+1\r\n,"ñ, ""x"""\r\n')


def test_json():
    assert json.loads(to_json([SECTION])) == {
        "sections": [
            {
                "name": "notes",
                "title": "Notes",
                "columns": ["When", "What"],
                "rows": [["2026-03-01T10:00:00+00:00", "=1+1"], [None, 'ñ, "x"']],
            }
        ]
    }


def test_one_zip_holds_all():
    box = zipfile.ZipFile(io.BytesIO(pack([SECTION], "<h1>Ñ</h1>")))
    assert box.namelist() == ["index.html", "data.json", "notes.csv"]
    assert box.read("index.html").decode() == "<h1>Ñ</h1>"
    assert box.read("notes.csv").decode("utf-8-sig") == to_csv(SECTION)
