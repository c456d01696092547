"""All offers: filters as links with counts, words through the index. No script is needed."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from content.sharing import share
from members.views.answers import FramedRequest
from partners.facets import FACETS, PAGE_SIZE, Wanted, count_words, toggled
from partners.filters import OfferFilter
from partners.queries.data import full
from partners.queries.index import offer_index
from partners.queries.listing import Cards, Choices, Found, choices, find_words, has_more_towns

from .links import Chip, Choice, Facet, asked_for, languages_of

NAMES = {
    "cost": gettext_lazy("Cost"),
    "near": gettext_lazy("Near me or online"),
    "start": gettext_lazy("Start"),
    "help": gettext_lazy("Help"),
    "access": gettext_lazy("Access"),
    "topic": gettext_lazy("Topic"),
    "level": gettext_lazy("Level"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "mode": gettext_lazy("Where"),
    "hub": gettext_lazy("Hub"),
}


@require_safe
def offers(request: FramedRequest) -> HttpResponse:
    """All offers that can be taken, or those that fit."""
    today, index = timezone.localdate(), offer_index()
    known = choices(index, today, request.GET.getlist("near")[-1:])
    asked = OfferFilter(request.GET, known)
    query, wanted = asked.query, asked.wanted
    live = index.live(today)
    words = find_words(query, index, wanted, today) if query else Found(live)
    within = words.offers & live
    paginator = Paginator(Cards(index, index.fitting(wanted, within)), PAGE_SIZE)
    shown = asked_with(query, wanted)
    context = {
        "page": paginator.get_page(request.GET.get("page", "")),
        "query": query,
        "is_cut": words.is_cut,
        "hidden": [(name, value) for name, values in wanted.items() for value in values],
        "has_more_towns": has_more_towns(index),
        "facets": facets_of(index.counts(wanted, within), known, query, wanted),
        "chips": chips(known, query, wanted),
        "left_out": asked.left_out,
        "here": address(shown),
        "has_offers": bool(live),
    }
    request.page_languages = languages_of("partners:offers", wanted=shown)
    return share(render(request, "partners/offers.html", context))


def asked_with(query: str, wanted: Wanted) -> dict[str, Any]:
    """All that is asked for, the words first."""
    return {"q": [query], **wanted} if query else dict(wanted)


def address(wanted: Wanted) -> str:
    """The list with these filters."""
    return reverse("partners:offers") + asked_for(wanted)


def facets_of(
    counts: dict[str, dict[str, int]], known: Choices, query: str, wanted: Wanted
) -> list[Facet]:
    """The filters worth showing: those that leave a choice, and those in force."""
    base = address({})
    found = [
        Facet(
            name,
            str(label),
            [
                Choice(
                    slug=value,
                    label=words,
                    url=base + asked_for(asked_with(query, toggled(wanted, name, value))),
                    count=count_words(counts[name].get(value, 0)),
                    is_chosen=value in wanted.get(name, ()),
                )
                for value, words in known[name]
                if counts[name].get(value) or value in wanted.get(name, ())
            ],
        )
        for name, label in NAMES.items()
    ]
    return [facet for facet in found if facet.is_worth_it]


def chips(known: Choices, query: str, wanted: Wanted) -> list[Chip]:
    """Each filter in force, to be taken away with a tap."""
    found = [Chip(f"“{query}”", address(wanted))] if query else []
    for name in FACETS:
        labels = dict(known[name])
        for value in wanted.get(name, ()):
            rest = asked_with(query, toggled(wanted, name, value))
            found.append(Chip(labels[value], address(rest)))
    return found


@require_safe
def offer_api(request: FramedRequest) -> HttpResponse:
    """How another program reads our offers: the addresses, the filters and their values."""
    known = choices(offer_index(), timezone.localdate())
    context = {
        "filters": [(name, label, known[name]) for name, label in NAMES.items()],
        "list_url": full(reverse("api:offers")),
        "schema_url": full(reverse("api:openapi-json")),
    }
    request.page_languages = languages_of("partners:offer_api")
    return share(render(request, "partners/offer_api.html", context))
