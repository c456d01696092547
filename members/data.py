"""A member's own data as one file: to read, and to take elsewhere. Pure."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

SHOWN = 10
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Section:
    """One part of what is stored about a member: a table with plain values, and its files by name.

    A file is read only when the export is made.
    """

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)

    @property
    def is_long(self) -> bool:
        """Whether the page shows it only on demand. The export always does."""
        return len(self.rows) > SHOWN

    def named_rows(self) -> Iterator[list[tuple[str, Any]]]:
        """The rows, each value with the name of its column."""
        for row in self.rows:
            yield list(zip(self.columns, row, strict=True))


def plain(value: Any) -> Any:
    """A value that JSON can hold."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


def cell(value: Any) -> str:
    """A value as a CSV cell that no spreadsheet would run."""
    text = "" if value is None else str(plain(value))
    is_number = isinstance(value, int | float)
    return f"'{text}" if text.startswith(RISKY) and not is_number else text


def to_csv(section: Section) -> str:
    """A section as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(column) for column in section.columns])
    writer.writerows([cell(value) for value in row] for row in section.rows)
    return out.getvalue()


def to_json(sections: Sequence[Section]) -> str:
    """All sections as JSON."""
    found = [
        {
            "name": section.name,
            "title": str(section.title),
            "columns": [str(column) for column in section.columns],
            "rows": [[plain(value) for value in row] for row in section.rows],
        }
        for section in sections
    ]
    return json.dumps({"sections": found}, ensure_ascii=False, indent=2)


def pack(sections: Sequence[Section], page: str) -> bytes:
    """One zip: the page to read, data.json, one CSV for each section, and the files sent in."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("index.html", page)
        box.writestr("data.json", to_json(sections))
        for section in sections:
            box.writestr(f"{section.name}.csv", "\ufeff" + to_csv(section))
            for name, read in section.files.items():
                box.writestr(name, read())
    return out.getvalue()
