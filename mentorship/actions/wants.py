"""Checks what people say about languages, ways, times and wishes. It refuses beside the field."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models.hubs import validate_time_zone
from mentorship.languages import NAMES
from mentorship.models import Mentor
from mentorship.slots import SLOTS


def refuse_unknown(given: Iterable[str], known: Iterable[str], field: str) -> tuple[str, ...]:
    """The words that were chosen, sorted. Refuses one that is not on the list."""
    found = tuple(sorted(set(given)))
    if set(found) - set(known):
        raise Refused(_("Choose from the list."), field)
    return found


def clean_languages(given: Iterable[str]) -> tuple[str, ...]:
    """The languages in which somebody talks; one at least."""
    found = refuse_unknown(given, NAMES, "languages")
    if not found:
        raise Refused(_("Choose one language or more."), "languages")
    return found


def clean_ways(given: Iterable[str]) -> tuple[str, ...]:
    """How somebody meets others; one way at least."""
    found = refuse_unknown(given, Mentor.Way.values, "ways")
    if not found:
        raise Refused(_("Choose one way to meet or more."), "ways")
    return found


def clean_slots(given: Iterable[str]) -> tuple[str, ...]:
    """When somebody has time; one time at least."""
    found = refuse_unknown(given, SLOTS, "slots")
    if not found:
        raise Refused(_("Choose one time or more."), "slots")
    return found


def clean_zone(name: str) -> str:
    """The time zone of the times."""
    try:
        validate_time_zone(name)
    except ValidationError as error:
        raise Refused(error.messages[0], "time_zone") from None
    return name


def clean_words(given: str, length: int, field: str = "words") -> str:
    """A sentence, neither empty nor too long."""
    found = given.strip()
    if not found:
        raise Refused(_("Write a few words first."), field)
    return clean_length(found, length, field)


def clean_length(given: str, length: int, field: str) -> str:
    """Words that are not too long, or none."""
    found = given.strip()
    if len(found) > length:
        raise Refused(
            _("This is too long. Please keep it under %(count)s letters.") % {"count": length},
            field,
        )
    return found


def clean_reason(given: str) -> str:
    """Why staff do something."""
    found = given.strip()
    if not found:
        raise Refused(_("Say why, so that the two can read it."), "reason")
    return clean_length(found, 500, "reason")
