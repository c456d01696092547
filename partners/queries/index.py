"""The sets of all live offers, kept in the memory of each process until an offer changes.

A token of their own says whether they are still true: a course that is published elsewhere does
not make a process read a hundred thousand offers again. They are read anew each day, as a note on
help with money ends on one.
"""

import logging
import secrets
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from content import version
from courses.models import Course
from members.models import Hub
from partners import facets
from partners.facets import Facets, Row
from partners.models import Agreement, Offer, OfferDate

from .shown import LENDS, helps_in

log = logging.getLogger(__name__)
KEY = "offers-version"
NAMES = (
    *("pk", "open_until", "topic__slug", "level__slug", "language", "mode", "place", "cost"),
    *("kind", "is_any_time", "from_on", "helps_money", "helps_childcare", "helps_travel"),
    *("is_step_free", "works_on_phone", "is_for_all_hubs", "after_course"),
    *("support_kind", "support_until_on", "support_left"),
)
HELP = {
    "money": "helps_money",
    "childcare": "helps_childcare",
    "travel": "helps_travel",
    "device": LENDS,
}
ACCESS = {"step-free": "is_step_free", "phone": "works_on_phone"}
MODES = {"both": ("place", "online"), "place": ("place",), "online": ("online",)}
Dates = dict[int, list[tuple[date, str]]]
held: dict[str, Facets] = {}


def offer_index() -> Facets:
    """The sets of all live offers."""
    token = current()
    if token is None:
        return read_index()
    key = f"offer-index:{token}:{day_of_site()}"
    found: Any = held.get(key)
    if found is None:
        found = version.get(key)
        if found is None:
            found = read_index()
            version.put(key, found)
        held.clear()
        held[key] = found
    sets: Facets = found
    return sets


def agreed_courses() -> frozenset[UUID]:
    """The courses for which partners and hubs have agreed something; of the others nothing is
    asked."""
    token = current()
    key = f"agreed-courses:{token}"
    found: Any = version.get(key) if token else None
    if found is None:
        rows = Agreement.objects.filter(confirmed_at__isnull=False, course__isnull=False)
        found = frozenset(rows.order_by().values_list("course", flat=True))
        if token:
            version.put(key, found)
    keys: frozenset[UUID] = found
    return keys


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


def day_of_site() -> date:
    """Which day it is for the site, wherever the reader is: all read the same sets."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def read_index() -> Facets:
    """Read the sets: one narrow statement for offers, one each for hubs and more dates."""
    today = day_of_site()
    live = Offer.objects.live_offers(today)
    keys = live.order_by().values("pk")
    hubs: dict[int, list[str]] = defaultdict(list)
    named = Offer.hubs.through._default_manager.filter(offer__in=keys)
    for offer, slug in named.values_list("offer_id", "hub__slug"):
        hubs[offer].append(slug)
    dates: Dates = defaultdict(list)
    more = OfferDate.objects.filter(offer__in=keys)
    for offer, day, place in more.values_list("offer_id", "on", "place"):
        dates[offer].append((day, place))
    rows = live.order_by().values_list(*NAMES)
    found = (
        row_of(dict(zip(NAMES, one, strict=True)), hubs, dates, today) for one in rows.iterator()
    )
    return facets.build(found, Hub.objects.values_list("slug", flat=True))


def row_of(one: dict[str, Any], hubs: dict[int, list[str]], dates: Dates, today: date) -> Row:
    """An offer's values in each facet."""
    helps = helps_in(one.__getitem__, today)
    key, first = one["pk"], [one["from_on"]] if one["from_on"] else []
    more = dates.get(key, ())
    starts = facets.months([*first, *(day for day, _place in more)])
    places = (one["place"], *(place for _day, place in more))
    values = {
        "topic": some(one["topic__slug"]),
        "level": some(one["level__slug"]),
        "language": some(one["language"]),
        "mode": MODES.get(one["mode"], ()),
        "hub": (facets.EVERY_HUB,) if one["is_for_all_hubs"] else hubs.get(key, ()),
        "cost": some(one["cost"]),
        "start": (facets.ANY_TIME, *starts) if one["is_any_time"] else starts,
        "near": towns_of(places) if one["mode"] != facets.ONLINE else (),
        "access": [value for value, name in ACCESS.items() if name in helps],
        "help": [value for value, name in HELP.items() if name in helps],
        "kind": some(one["kind"]),
        "after": some(one["after_course"].hex if one["after_course"] else ""),
    }
    return Row(key, one["open_until"], values)


def towns_of(places: Iterable[str]) -> list[str]:
    """The towns of some places, each once."""
    found = dict.fromkeys(facets.town(place)[0] for place in places)
    return [town for town in found if town]


def some(value: str | None) -> tuple[str, ...]:
    """A value as one of a facet; none where it is empty."""
    return (value,) if value else ()


def after_key(course: Course) -> str:
    """A course as the facet "after" names it."""
    return course.pk.hex
