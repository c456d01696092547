"""Offers as a table: the same columns in and out, cells that no spreadsheet runs, and what is wrong
with each. Pure."""

import csv
import io
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from members.data import RISKY, cell
from members.errors import Refused

from .offering import FIELDS, FLAGS, NOTHING

KEY, ERRORS, DATES = "reference", "ERRORS", "dates"
LEFT_OUT = ("after_course", "image_alt")
COLUMNS = (KEY, *(name for name in FIELDS if name != KEY and name not in LEFT_OUT), DATES)
MOST_BYTES, MOST_ROWS, LONGEST_CELL = 8_000_000, 10_000, 5_000
DAYS = {"from_on", "to_on", "deadline_on", "support_until_on"}
NUMBERS = {"hours_week", "seats", "member_seats", "age_from", "age_to"}
TICKS = FLAGS | {"is_for_all_hubs"}
YES, NO = {"yes", "true", "1", "x", "y", "sí", "si"}, {"no", "false", "0", "n"}
DAY_WAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
MORE_DATE = re.compile(r"\s*([^\s@]+?)(?:\.\.([^\s@]+))?\s*(?:@\s*(.*?))?\s*", re.DOTALL)


@dataclass(frozen=True)
class Lists:
    """The words for what a cell may name: {word: key} of topics, levels and hubs."""

    topics: Mapping[str, int] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    hubs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Parsed:
    """What one row says: values of fields, and what could not be read, by column."""

    values: Mapping[str, Any]
    errors: Mapping[str, str]


def read_table(data: bytes) -> tuple[list[str], list[dict[str, str]]]:
    """The columns and the rows of a CSV file. Refuses what is none, and columns nobody knows."""
    if len(data) > MOST_BYTES:
        raise Refused(_("This file is too large. Send the rows in several files."), "file")
    lines = [line for line in read_lines(text_of(data)) if any(one.strip() for one in line)]
    if not lines:
        raise Refused(_("This file is empty."), "file")
    header = [name.strip() for name in lines[0]]
    refuse_header(header)
    if len(lines) - 1 > MOST_ROWS:
        words = _("These are too many rows. Please keep it under %(count)s.")
        raise Refused(words % {"count": MOST_ROWS}, "file")
    return header, [row_of(header, line) for line in lines[1:]]


def text_of(data: bytes) -> str:
    """The text of a file, as most programs write it."""
    code = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(code).replace("\x00", "")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\x00", "")


def read_lines(text: str) -> list[list[str]]:
    """The cells of a text, whatever stands between them."""
    first = text.partition("\n")[0]
    between = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True))
    except csv.Error:
        raise Refused(
            _("This file is no table that we can read. Save it as CSV."), "file"
        ) from None


def refuse_header(header: Sequence[str]) -> None:
    """Refuse a table whose columns are not ours."""
    known = {*COLUMNS, ERRORS}
    strange = [name for name in header if name not in known]
    if strange:
        words = _("We do not know the column “%(name)s”.")
        raise Refused(words % {"name": strange[0][:60]}, "file")
    if len(set(header)) != len(header):
        raise Refused(_("A column is there twice."), "file")
    if KEY not in header:
        raise Refused(
            _("The column “reference” is missing: it tells which offer is which."), "file"
        )


def row_of(header: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    """The cells of a row by column. What stands beyond the last column is kept as an error."""
    cells = {KEY: "", **{name: plain(one) for name, one in zip(header, line, strict=False)}}
    if any(one.strip() for one in line[len(header) :]):
        cells[ERRORS] = "beyond"
    else:
        cells.pop(ERRORS, None)
    return cells


def plain(text: str) -> str:
    """A cell without the mark that keeps a spreadsheet from running it."""
    found = text.strip()
    return found[1:] if found.startswith("'") and found[1:].startswith(RISKY) else found


def parse(cells: Mapping[str, str], lists: Lists) -> Parsed:
    """What one row says. An empty cell empties the field; a column that is not there says
    nothing."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    if ERRORS in cells:
        errors[ERRORS] = _("This row has more cells than the table has columns.")
    for name in COLUMNS:
        if name in cells:
            try:
                values[name] = value_of(name, cells[name], lists)
            except Refused as refusal:
                errors[name] = refusal.reason
    if not cells[KEY]:
        errors[KEY] = _("Write your own reference, so that we know this offer again.")
    return Parsed(values, errors)


def value_of(name: str, text: str, lists: Lists) -> Any:
    """The value of one cell. Refuses what cannot be read."""
    if len(text) > LONGEST_CELL:
        raise Refused(_("This is too long."))
    if not text:
        return NOTHING[name]
    if name in DAYS:
        return day_of(text)
    if name in TICKS:
        return tick_of(text)
    if name in NUMBERS:
        return number_of(text)
    if name == "amount":
        return amount_of(text)
    if name in ("topic", "level"):
        return key_of(text, getattr(lists, f"{name}s"))
    if name == "hubs":
        return sorted({key_of(one, lists.hubs) for one in re.split(r"[;\s]+", text) if one})
    return dates_of(text) if name == DATES else text


def day_of(text: str) -> date:
    """A day, as 2026-05-31, 31/05/2026 or 31.05.2026."""
    for way in DAY_WAYS:
        try:
            return datetime.strptime(text, way).date()
        except ValueError:
            continue
    raise Refused(_("Write the day like 2026-05-31."))


def tick_of(text: str) -> bool:
    """Yes or no."""
    word = text.lower()
    if word not in YES | NO:
        raise Refused(_("Write “yes” or “no”."))
    return word in YES


def number_of(text: str) -> int:
    """A whole number."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused(_("Write a whole number."))
    return int(text)


def amount_of(text: str) -> Decimal:
    """A price."""
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise Refused(_("Write the price as a number, 0 or more.")) from None


def key_of(text: str, known: Mapping[str, int]) -> int:
    """The key of something on a list."""
    if text not in known:
        words = _("This is not on the list: %(names)s.")
        raise Refused(words % {"names": ", ".join(sorted(known)[:20])})
    return known[text]


def dates_of(text: str) -> list[dict[str, Any]]:
    """More dates, as "2026-06-01..2026-06-03 @ Library; 2026-07-01"."""
    found = []
    for part in filter(str.strip, text.split(";")):
        match = MORE_DATE.fullmatch(part)
        if match is None:
            raise Refused(_("Write more dates like 2026-06-01 @ Library; 2026-07-01."))
        on, until, place = match.groups()
        found.append(
            {
                "on": day_of(on),
                "until_on": day_of(until) if until else None,
                "place": place or "",
            }
        )
    return found


def cells_of(values: Mapping[str, Any], lists: Lists) -> dict[str, str]:
    """One offer as cells, as they are read."""
    return {name: text_cell(name, values[name], lists) for name in COLUMNS}


def is_same(one: Mapping[str, Any], other: Mapping[str, Any], lists: Lists) -> bool:
    """Whether two texts are one in a table: what no cell can hold makes no difference."""
    return cells_of(one, lists) == cells_of(other, lists)


def id_of(text: str) -> uuid.UUID | None:
    """The id that a key is, as the table that goes out writes it."""
    try:
        found = uuid.UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def text_cell(name: str, value: Any, lists: Lists) -> str:
    """One value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in ("topic", "level"):
        return word_of(value, getattr(lists, f"{name}s"))
    if name == "hubs":
        return "; ".join(word_of(one, lists.hubs) for one in value)
    return "; ".join(map(date_text, value)) if name == DATES else str(value)


def word_of(key: int, known: Mapping[str, int]) -> str:
    """The word for something on a list."""
    return next((word for word, one in known.items() if one == key), "")


def date_text(one: Mapping[str, Any]) -> str:
    """One more date as text."""
    until = f"..{one['until_on']}" if one["until_on"] else ""
    place = f" @ {one['place'].replace(';', ',')}" if one["place"] else ""
    return f"{one['on']}{until}{place}"


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as a CSV file that a spreadsheet opens and never runs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(name, "")) for name in columns])
    return out.getvalue()
