"""The sets of all live offers, kept in the memory of each process until an offer changes.

A token of their own says whether they are still true: a course that is published elsewhere does
not make a process read a hundred thousand offers again.
"""

import logging
import secrets
from collections import defaultdict
from datetime import date
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from content import version
from courses.models import Course
from members.models import Hub
from partners import facets
from partners.facets import Facets, Row
from partners.models import Offer, OfferDate

log = logging.getLogger(__name__)
KEY = "offers-version"
NAMES = (
    *("pk", "ends_on", "topic__slug", "level__slug", "language", "mode", "place", "cost", "kind"),
    *("is_any_time", "from_on", "helps_money", "helps_childcare", "helps_travel"),
    *("is_step_free", "works_on_phone", "is_for_all_hubs", "after_course"),
)
HELP = {"money": "helps_money", "childcare": "helps_childcare", "travel": "helps_travel"}
ACCESS = {"step-free": "is_step_free", "phone": "works_on_phone"}
MODES = {"both": ("place", "online"), "place": ("place",), "online": ("online",)}
held: dict[str, Facets] = {}


def offer_index() -> Facets:
    """The sets of all live offers."""
    token = current()
    if token is None:
        return read_index()
    found: Any = held.get(token)
    if found is None:
        found = version.get(f"offer-index:{token}")
        if found is None:
            found = read_index()
            version.put(f"offer-index:{token}", found)
        held.clear()
        held[token] = found
    sets: Facets = found
    return sets


def current() -> str | None:
    """The token of the offers now; None when the cache cannot be reached."""
    if version.current() is None:
        return None
    try:
        cache = caches["version"]
        return str(cache.get(KEY) or cache.get_or_set(KEY, secrets.token_hex(8), None))
    except Exception:
        log.warning("The version of the offers cannot be read.", exc_info=True)
        return None


def offers_changed() -> None:
    """Offers, or what they are filtered by, change in the running transaction: the sets are read
    again once it is safe, and so is every page. Call it after a `QuerySet.update` too."""
    transaction.on_commit(new_token, robust=True)
    version.bump_on_commit()


def new_token() -> None:
    """Another token: what was read before is old."""
    caches["version"].set(KEY, secrets.token_hex(8), None)


def read_index() -> Facets:
    """Read the sets: one narrow statement for offers, one each for hubs and more dates."""
    live = Offer.objects.live_offers(timezone.localdate())
    keys = live.order_by().values("pk")
    hubs: dict[int, list[str]] = defaultdict(list)
    named = Offer.hubs.through._default_manager.filter(offer__in=keys)
    for offer, slug in named.values_list("offer_id", "hub__slug"):
        hubs[offer].append(slug)
    dates: dict[int, list[date]] = defaultdict(list)
    for offer, day in OfferDate.objects.filter(offer__in=keys).values_list("offer_id", "on"):
        dates[offer].append(day)
    rows = live.order_by().values_list(*NAMES)
    found = (row_of(dict(zip(NAMES, one, strict=True)), hubs, dates) for one in rows.iterator())
    return facets.build(found, Hub.objects.values_list("slug", flat=True))


def row_of(one: dict, hubs: dict[int, list[str]], dates: dict[int, list[date]]) -> Row:
    """An offer's values in each facet."""
    key, first = one["pk"], [one["from_on"]] if one["from_on"] else []
    starts = facets.months([*first, *dates.get(key, ())])
    town = facets.town(one["place"])[0] if one["mode"] != facets.ONLINE else ""
    values = {
        "topic": some(one["topic__slug"]),
        "level": some(one["level__slug"]),
        "language": some(one["language"]),
        "mode": MODES.get(one["mode"], ()),
        "hub": (facets.EVERY_HUB,) if one["is_for_all_hubs"] else hubs.get(key, ()),
        "cost": some(one["cost"]),
        "start": (facets.ANY_TIME, *starts) if one["is_any_time"] else starts,
        "near": some(town),
        "access": [value for value, name in ACCESS.items() if one[name]],
        "help": [value for value, name in HELP.items() if one[name]],
        "kind": some(one["kind"]),
        "after": some(one["after_course"].hex if one["after_course"] else ""),
    }
    return Row(key, one["ends_on"], values)


def some(value: str | None) -> tuple[str, ...]:
    """A value as one of a facet; none where it is empty."""
    return (value,) if value else ()


def after_key(course: Course) -> str:
    """A course as the facet "after" names it."""
    return course.pk.hex
