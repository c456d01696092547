"""What fits after a course: the offers that name it, then those of its topic, a level up first."""

import uuid
from dataclasses import dataclass
from datetime import date

from content import version
from content.models import Level
from partners.facets import Facets

from .index import offer_index
from .listing import live_cards
from .shown import OfferCard

MOST = 3
NEWEST = 3


@dataclass(frozen=True)
class Learned:
    """A course as far as it matters here."""

    key: uuid.UUID
    topic: str
    level: str
    hub: str


def next_offers(course: Learned, today: date) -> list[OfferCard]:
    """Up to three live offers that fit after a course: no statement once they are kept."""
    names = (course.key.hex, course.topic, course.level, course.hub, str(today))
    return version.cached(
        version.digest("offers-after", *names), lambda: read_next(course, today), is_frozen=True
    )


def read_next(course: Learned, today: date) -> list[OfferCard]:
    """Find the offers: those that name the course, the next level, the same one."""
    index = offer_index()
    live = index.fitting({"hub": [course.hub]} if course.hub else {}, index.live(today))
    if not live:
        return []
    keys: list[int] = []
    for found in steps(index, course, live):
        keys += [key for key in index.page(found, 0, 2 * MOST) if key not in keys]
        if len(keys) >= MOST:
            break
    return live_cards(keys[:MOST], today)


def steps(index: Facets, course: Learned, live: int) -> list[int]:
    """The sets of offers that fit, the best first; free ones before others."""
    own = index.of("after", course.key.hex) & live
    topic = (index.of("topic", course.topic) & live) if course.topic else 0
    levels = levels_from(course.level)
    free = index.of("cost", "free")
    found = [own & free, own]
    for level in levels:
        at_level = topic & index.of("level", level)
        found += [at_level & free, at_level]
    return found


def levels_from(level: str) -> list[str]:
    """The next level, then the same one; none where the course has none."""
    slugs = list(Level.objects.values_list("slug", flat=True))
    if level not in slugs:
        return []
    place = slugs.index(level)
    return [*slugs[place + 1 : place + 2], level]


def hub_offers(hub: str, today: date) -> list[OfferCard]:
    """Some live offers for the members of a hub, those that close first before others."""
    index = offer_index()
    found = index.of("hub", hub) & index.live(today)
    return live_cards(index.page(found, 0, MOST), today)


def some_offers(today: date) -> list[OfferCard]:
    """Some live offers, free ones before others."""
    index = offer_index()
    live = index.live(today)
    free = index.of("cost", "free") & live
    keys = index.page(free, 0, NEWEST)
    keys += index.page(live & ~free, 0, NEWEST - len(keys)) if len(keys) < NEWEST else []
    return live_cards(keys, today)
