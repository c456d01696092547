"""One row of a table: what it is about, what it says, and what is wrong in it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from members.errors import Refused
from partners.models import UploadRow
from partners.offering import NOTHING, missing, problems
from partners.queries.drafts import read_draft
from partners.queries.uploads import names_of
from partners.sheet import DATES, KEY, Lists, Parsed, is_same, parse

from .texts import clean_dates, clean_values

Step = UploadRow.Step
# In which column it is said that one of the nine is missing.
COLUMN_OF = {"where": "mode", "when": "from_on", "apply": "apply_by"}


def keys_of(row: UploadRow) -> set[str]:
    """All that can name what a row is about."""
    names = names_of(row.offer) if row.offer else []
    return {name for name in (row.reference, *names) if name}


def look_at(
    row: UploadRow, seen: set[str], known: Lists, today: date
) -> tuple[Step, dict[str, str]]:
    """How a row is, and what is wrong in it by column. One that changes nothing is not asked for
    more: what is stored may be unfinished, or over."""
    parsed = read_row(row, known)
    before = read_draft(row.offer) if row.offer else NOTHING
    text, refused = tried(before, parsed.values)
    errors = {**refused, **parsed.errors}
    if keys_of(row) & seen:
        errors[KEY] = _("This reference is in an earlier row too.")
    if row.offer and not errors and is_same(before, text, known):
        return Step.SAME, {}
    found = {**flaws_of(text, today), **errors}
    return Step.WRONG if found else Step.CLEAN, found


def read_row(row: UploadRow, known: Lists) -> Parsed:
    """What a row says. An offer that there is keeps its reference, also where its id names it."""
    parsed = parse(row.cells, known)
    own = {KEY: row.offer.reference} if row.offer else {}
    return replace(parsed, values={**parsed.values, **own})


def flaws_of(text: Mapping[str, Any], today: date) -> dict[str, str]:
    """What is missing or wrong in a text, by column."""
    lacks = {COLUMN_OF.get(group, group): _("This is missing.") for group in missing(text)}
    return {**problems(text, today), **lacks}


def tried(
    before: Mapping[str, Any], values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """A text with all of what a row says that can be stored; and why the rest cannot, by column."""
    text, refused = dict(before), {}
    for name, value in values.items():
        try:
            text = written_over(text, {name: value})
        except Refused as refusal:
            refused[name] = refusal.reason
    return text, refused


def written_over(before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A text with what a row says in it, as an offer stores it. Refuses what cannot be stored."""
    plain = {name: value for name, value in values.items() if name != DATES}
    dates = {DATES: clean_dates(values[DATES])} if DATES in values else {}
    return {**before, **clean_values(plain), **dates}
