"""Words for a match: times, ways, what speaks for somebody, what against.

Many people read the same few sentences: each is put together once for a language.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, wraps
from typing import Any, TypeVarTuple

from django.utils.dates import WEEKDAYS
from django.utils.formats import localize
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from mentorship import slots

from .language_names import language_words

BANDS = {
    "strong": gettext_lazy("Fits very well"),
    "good": gettext_lazy("Fits well"),
    "possible": gettext_lazy("Could fit"),
}
WAYS = {
    "phone": gettext_lazy("by phone"),
    "video": gettext_lazy("by video"),
    "hub": gettext_lazy("at the hub"),
}
WISHES = {"woman": gettext_lazy("a woman"), "man": gettext_lazy("a man")}
IN_PART = {
    "am": gettext_lazy("in the morning"),
    "pm": gettext_lazy("in the afternoon"),
    "eve": gettext_lazy("in the evening"),
}
SLOT = {
    "am": gettext_lazy("%(day)s morning"),
    "pm": gettext_lazy("%(day)s afternoon"),
    "eve": gettext_lazy("%(day)s evening"),
}
AGAINST = {
    "cleared": gettext_lazy("Not ready now: away, paused, or a check is missing or due."),
    "language": gettext_lazy("They share no language."),
    "way": gettext_lazy("They have no way to meet."),
    "time": gettext_lazy("They are not free at the same time."),
    "seat": gettext_lazy("The mentor has no place free."),
    "wish": gettext_lazy("It is not what the learner wished for."),
    "apart": gettext_lazy("These two were asked before, or are kept apart."),
}
REASONS = {
    "topic": gettext_lazy("Helps with %(name)s."),
    "course": gettext_lazy("Took the course %(name)s."),
    "hub": gettext_lazy("Comes from the same hub."),
    "waiting": gettext_lazy("Has time now."),
}
WEEKEND = {"sat", "sun"}
MOST = 4096
Values = TypeVarTuple("Values")


def kept(make: Callable[[*Values], str]) -> Callable[[*Values], str]:
    """Words by plain values, kept for each language in which somebody reads them."""

    @lru_cache(MOST)
    def words(_language: str | None, *values: *Values) -> str:
        return make(*values)

    @wraps(make)
    def keeping(*values: *Values) -> str:
        return words(get_language(), *values)

    return keeping


@kept
def band_words(band: str) -> str:
    """How well somebody fits."""
    return str(BANDS[band])


@kept
def way_words(way: str) -> str:
    """A way to meet, as it stands in a row."""
    return str(WAYS[way])


@kept
def slot_words(slot: str) -> str:
    """A slot as a person says it, such as "Monday evening"."""
    day, part = slot.split("-")
    return str(SLOT[part]) % {"day": WEEKDAYS[slots.DAYS.index(day)]}


def slots_words(given: Iterable[str]) -> list[str]:
    """Slots as a person says them, from Monday morning on."""
    found = set(given)
    return [slot_words(slot) for slot in slots.SLOTS if slot in found]


def either(words: Iterable[str]) -> str:
    """Some words of which one is enough: "a, b or c"."""
    return listed(list(words), _("%(some)s or %(last)s"))


def together(words: Iterable[str]) -> str:
    """Some words that all hold: "a, b and c"."""
    return listed(list(words), _("%(some)s and %(last)s"))


def listed(words: list[str], ending: str) -> str:
    """Words in a row, the last one set off; nothing for none."""
    if len(words) < 2:
        return "".join(words)
    return ending % {"some": ", ".join(words[:-1]), "last": words[-1]}


def languages_words(codes: Iterable[str]) -> str:
    """Languages of which one is enough."""
    return either(language_words(code) for code in sorted(codes))


def ways_words(ways: Iterable[str]) -> str:
    """Ways to meet of which one is enough, in the order of the form."""
    return either(str(words) for way, words in WAYS.items() if way in ways)


def wishes_words(wishes: Iterable[str]) -> str:
    """What a learner wishes of a mentor."""
    return together(str(WISHES[wish]) for wish in sorted(wishes))


def times_words(asked: Iterable[str]) -> str:
    """When, in as few words as it can be said."""
    found = [slot.split("-") for slot in asked]
    days, parts = {day for day, _part in found}, {part for _day, part in found}
    if len(found) == 1:
        return _("on %(slot)s") % {"slot": slot_words("-".join(found[0]))}
    if len(parts) == 1:
        return str(IN_PART[parts.pop()])
    return _("at the weekend") if days and days <= WEEKEND else _("at these times")


def reason_words(reason: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """One reason as a sentence. `names` has topics by slug and courses by key."""
    code = reason["code"]
    if code == "ahead":
        return ahead_words(reason["steps"])
    if code == "hours":
        return hours_words(reason["minutes"])
    if code == "language":
        return speaks_words(*reason["languages"])
    key = reason.get(code, "")
    return plain_words(code, names.get(key, key))


@kept
def plain_words(code: str, name: str) -> str:
    """A reason without numbers."""
    return str(REASONS[code]) % {"name": name}


@kept
def ahead_words(steps: int) -> str:
    """How far ahead a mentor is."""
    return ngettext(
        "Is %(count)s course ahead in this topic.",
        "Is %(count)s courses ahead in this topic.",
        steps,
    ) % {"count": steps}


@kept
def speaks_words(*codes: str) -> str:
    """The languages that two people share."""
    spoken = together(language_words(one) for one in codes)
    return _("Speaks %(languages)s too.") % {"languages": spoken}


@kept
def hours_words(minutes: int) -> str:
    """How much free time a week two people share."""
    if minutes < 60:
        return ngettext(
            "Is free at the same time for %(count)s minute a week.",
            "Is free at the same time for %(count)s minutes a week.",
            minutes,
        ) % {"count": minutes}
    hours = round(minutes / 60, 1)
    return ngettext(
        "Is free at the same time for %(count)s hour a week.",
        "Is free at the same time for %(count)s hours a week.",
        1 if hours == 1 else 2,
    ) % {"count": localize(int(hours) if hours == int(hours) else hours)}


def against_words(codes: Iterable[str]) -> list[str]:
    """What speaks against a pair, for staff."""
    return [str(AGAINST[code]) for code in codes]
