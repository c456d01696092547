"""How a number is told on paper: nobody can be picked out of a small one."""

from collections.abc import Iterable
from statistics import median

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SMALL = 5


def is_small(count: int) -> bool:
    """Whether a count could point at somebody."""
    return 0 < count < SMALL


def few() -> str:
    """What is said in the place of a small number."""
    return _("fewer than 5")


def told(count: int) -> str:
    """A count; a small one is not told."""
    return few() if is_small(count) else number_format(count)


def told_total(total: int, parts: Iterable[int]) -> str:
    """A sum beside its parts: where a part is hidden it must not come out by taking away."""
    if is_small(total):
        return few()
    if not any(is_small(part) for part in parts):
        return number_format(total)
    return _("at least %(count)s") % {"count": number_format(total // SMALL * SMALL)}


def told_share(part: int, whole: int) -> str:
    """A part of a whole. Neither the part nor what is left of it is told when it is small."""
    if is_small(whole):
        return few()
    if not whole:
        return _("none")
    words = {"part": told(part), "whole": number_format(whole)}
    if is_small(part):
        return _("fewer than 5 of %(whole)s") % words
    if is_small(whole - part):
        return _("all but fewer than 5 of %(whole)s") % words
    words["percent"] = number_format(round(100 * part / whole))
    return _("%(part)s of %(whole)s (%(percent)s%%)") % words


def told_median(days: list[float]) -> str:
    """The middle of some waits in days; of few people it is not told."""
    if not days:
        return _("none")
    if is_small(len(days)):
        return _("fewer than 5 pairs")
    middle = round(median(days), 1)
    shown = number_format(middle, 1 if middle % 1 else 0)
    return ngettext("%(count)s day", "%(count)s days", 1 if middle == 1 else 2) % {"count": shown}
