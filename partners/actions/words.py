"""Checks what people write. It refuses beside the field."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from members.errors import Refused

LONGEST_MAIL = 254


def clean_words(given: str, length: int, field: str = "words") -> str:
    """A sentence, neither empty nor too long."""
    found = clean_length(given, length, field)
    if not found:
        raise Refused(_("Write a few words first."), field)
    return found


def clean_length(given: str, length: int, field: str = "words") -> str:
    """Words that are not too long, or none."""
    found = given.replace("\x00", "").strip()
    if len(found) > length:
        raise Refused(
            _("This is too long. Please keep it under %(count)s letters.") % {"count": length},
            field,
        )
    return found


def clean_row(row: models.Model, *names: str) -> None:
    """Refuse what cannot be stored, beside its field. Only the named fields are looked at."""
    exclude = {field.name for field in row._meta.fields} - set(names)
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        field, reasons = next(iter(error.message_dict.items()))
        raise Refused(reasons[0], field) from None


def one_of(given: Any, known: list[str], field: str) -> str:
    """A word from a list."""
    if given not in known:
        raise Refused(_("Choose one of these."), field)
    return str(given)
