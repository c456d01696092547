"""Lists of offers: cards in one statement, the names of filters, words through the index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, overload

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.search.backends import get_search_backend

from content import version
from content.models import Level, Topic
from courses.finding import plain_words
from members.models import Hub
from partners import facets
from partners.addresses import slug_of
from partners.facets import Facets
from partners.languages import name_of
from partners.models import Offer

from .index import offer_index
from .shown import CARD_FIELDS, HELPS, LENDS, OfferCard, card_of

MOST_FOUND = 1000
MONTHS, TOWNS = 12, 12
SAME = ("language", "mode", "cost", "kind")
Choices = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Labels:
    """The names of what offers are filtered by, in one language; levels as ranked."""

    topic: dict[str, str]
    level: dict[str, str]
    hub: dict[str, str]


@dataclass(frozen=True)
class Found:
    """What fits the words: a set, and whether the index knows of more than were taken."""

    offers: int
    is_cut: bool = False


class Cards(Sequence[OfferCard]):
    """A set of offers as a list that reads the cards of a page only."""

    def __init__(self, index: Facets, found: int) -> None:
        self.sets, self.found = index, found
        self.count_ = found.bit_count()

    def __len__(self) -> int:
        return self.count_

    @overload
    def __getitem__(self, at: int) -> OfferCard: ...
    @overload
    def __getitem__(self, at: slice) -> list[OfferCard]: ...
    def __getitem__(self, at: int | slice) -> OfferCard | list[OfferCard]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        first = at.start or 0
        return cards(self.sets.page(self.found, first, (at.stop or self.count_) - first))


def cards(keys: Sequence[int]) -> list[OfferCard]:
    """Some offers as cards, in the order of their keys: one statement, none for none."""
    return [card_of(offer) for offer in read_offers(keys)]


def read_offers(keys: Sequence[int]) -> list[Offer]:
    """Some offers with what a card shows, in the order of their keys."""
    if not keys:
        return []
    rows = Offer.objects.filter(pk__in=keys).select_related("partner", "level", "topic")
    by_key = {offer.pk: offer for offer in rows.only(*CARD_FIELDS).order_by()}
    return [by_key[key] for key in keys if key in by_key]


def live_cards(keys: Sequence[int], today: date) -> list[OfferCard]:
    """Those of some offers that can still be taken, as cards."""
    return [card_of(offer) for offer in read_offers(keys) if offer.is_open(today)]


def labels() -> Labels:
    """The names of topics, levels and hubs, from the cache."""
    return version.cached("offer-labels", read_labels, is_frozen=True)


def read_labels() -> Labels:
    """Read the names in the language of the moment."""
    return Labels(
        topic={row.slug: row.label for row in Topic.objects.all()},
        level={row.slug: row.label for row in Level.objects.all()},
        hub=dict(Hub.objects.values_list("slug", "name")),
    )


def choices(index: Facets, today: date, near: Sequence[str] = ()) -> Choices:
    """The values of every filter with their names, in the order in which they are shown. `near`
    are towns as they were typed: each is a choice where an offer is."""
    names = labels()
    known = index.bits
    return {
        "topic": by_name(names.topic, known["topic"]),
        "level": [pair for pair in names.level.items() if pair[0] in known["level"]],
        "language": by_name({code: name_of(code) for code in known["language"]}),
        "mode": [("place", _("At a place")), ("online", _("Online"))],
        "hub": by_name(names.hub, known["hub"]),
        "cost": [(value, str(label)) for value, label in Offer.Cost.choices],
        "start": starts(known["start"], today),
        "near": towns(index, near),
        "access": [("step-free", _("Step-free access")), ("phone", _("Works on a phone"))],
        "help": [
            ("money", _("Help with money")),
            ("childcare", _("Childcare")),
            ("travel", _("Travel help")),
            ("device", str(HELPS[LENDS])),
        ],
        "kind": [(value, str(label)) for value, label in Offer.Kind.choices],
    }


def by_name(named: dict[str, str], known: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Values by their names; those only that offers have."""
    held = set(named if known is None else known)
    pairs = [(value, name) for value, name in named.items() if value in held]
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def starts(known: Iterable[str], today: date) -> list[tuple[str, str]]:
    """Any time, and the next months in which an offer starts."""
    now = f"{today:%Y-%m}"
    coming = sorted(value for value in known if value != facets.ANY_TIME and value >= now)[:MONTHS]
    named = [(month, month_name(month)) for month in coming]
    return [(facets.ANY_TIME, _("Any time")), *named]


def month_name(month: str) -> str:
    """A month in words, such as May 2027."""
    return date_format(date.fromisoformat(f"{month}-01"), "YEAR_MONTH_FORMAT")


def towns(index: Facets, typed: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The towns with the most offers, and the ones that were typed. What is online is near
    everywhere, so it is with each."""
    asked = [value for value in (facets.town(one)[0] for one in typed) if index.has_town(value)]
    values = dict.fromkeys([*list(index.bits["near"])[:TOWNS], *asked])
    found = [(value, value.replace("-", " ").title()) for value in values]
    return sorted(found, key=lambda pair: pair[1].casefold())


def has_more_towns(index: Facets) -> bool:
    """Whether offers are at more towns than are shown."""
    return len(index.bits["near"]) > TOWNS


def find_words(typed: str, index: Facets, wanted: facets.Wanted, today: date) -> Found:
    """The offers that have every word. Where there are very many, those that fit the other
    filters too are looked for in the database, so that none of those is missed."""
    words = plain_words(typed)
    if not words:
        return Found(0)
    keys = index_keys(words, today, {})
    if len(keys) <= MOST_FOUND:
        return Found(index.having(keys))
    narrow = narrowed(wanted)
    more = index_keys(words, today, narrow) if narrow else []
    return Found(index.having([*keys, *more]), is_cut=len(more or keys) > MOST_FOUND)


def narrowed(wanted: facets.Wanted) -> dict[str, Any]:
    """The filters that the database knows as well."""
    found: dict[str, Any] = {name: wanted[name][0] for name in SAME if name in wanted}
    if "topic" in wanted:
        found["topic"] = Topic.objects.filter(slug=wanted["topic"][0]).first()
    if "level" in wanted:
        found["level"] = Level.objects.filter(slug=wanted["level"][0]).first()
    return found


def index_keys(words: str, today: date, narrow: dict[str, Any]) -> list[int]:
    """The keys of live offers that the index finds: one more than are taken, if there are more."""
    live = Offer.objects.filter(live=True, open_until__gte=today, **narrow).order_by()
    found = get_search_backend().search(words, live, operator="and", order_by_relevance=False)
    rows = found[: MOST_FOUND + 1].get_queryset()
    return list(rows.values_list("pk", flat=True))


def open_addresses(today: date, most: int) -> list[tuple[str, datetime | None]]:
    """The addresses of live offers with the moment of their last change, for search engines."""
    rows = Offer.objects.live_offers(today).only("uuid", "title", "last_published_at")
    newest = rows.order_by("-last_published_at", "-pk")[:most]
    return [(slug_of(row), row.last_published_at) for row in newest.iterator()]


def found_cards(typed: str, today: date, most: int) -> list[OfferCard]:
    """The first offers that have every word, as cards: for the search of the whole site."""
    index = offer_index()
    live = index.live(today)
    found = find_words(typed, index, {}, today).offers & live if live else 0
    return cards(index.page(found, 0, most))
