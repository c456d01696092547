"""The catalogue: live courses, filters as links with counts, a search that forgives slips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.views.decorators.http import require_safe

from content.sharing import share
from courses import queries
from courses.catalogue import FACETS, PAGE_SIZE, CatalogueRow, card, count_words, counts, fitting
from courses.filters import CatalogueFilter, Choices
from courses.finding import find
from members.views.answers import FramedRequest

NAMES = {
    "topic": gettext_lazy("Topic"),
    "level": gettext_lazy("Level"),
    "language": gettext_lazy("Language"),
    "mode": gettext_lazy("How"),
    "hub": gettext_lazy("Hub"),
}
Wanted = dict[str, str]


@dataclass(frozen=True)
class Choice:
    """One value of a filter, as a link."""

    slug: str
    label: str
    url: str
    count: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter with its choices."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Chip:
    """A filter in force, with the address that takes it away."""

    label: str
    url: str


@require_safe
def catalogue(request: FramedRequest) -> HttpResponse:
    """All courses, or those that fit."""
    rows = queries.catalogue_rows()
    labels = choices_of(rows)
    asked = CatalogueFilter(request.GET, labels)
    wanted = asked.wanted
    query = wanted.get("q", "")
    found = find(rows, query)
    within = found.things if query else rows
    context = {
        "page": page_of(fitting(within, wanted), request.GET.get("page", ""), wanted),
        "found": found,
        "query": query,
        "hidden": [(name, wanted[name]) for name in FACETS if name in wanted],
        "facets": facets(within, labels, wanted),
        "chips": chips(labels, wanted),
        "left_out": asked.left_out,
        "here": address(wanted),
        "has_courses": bool(rows),
    }
    request.page_languages = languages_of("courses:catalogue", query=wanted)
    return share(render(request, "courses/catalogue.html", context))


def languages_of(
    name: str, *args: str, query: Mapping[str, str] | None = None
) -> list[tuple[str, str]]:
    """The address of a view in each language of the content."""
    found = []
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        with override(code):
            found.append((code, reverse(name, args=args) + asked_for(query or {})))
    return found


def asked_for(wanted: Mapping[str, str]) -> str:
    """The part of an address behind the question mark."""
    return f"?{urlencode(wanted)}" if wanted else ""


def address(wanted: Mapping[str, str], **changes: str) -> str:
    """The catalogue with these filters; an empty change takes one away."""
    kept = {name: value for name, value in {**wanted, **changes}.items() if value}
    return reverse("courses:catalogue") + asked_for(kept)


def choices_of(rows: Sequence[CatalogueRow]) -> Choices:
    """The values that the courses have, with their names: levels as ranked, the others by name."""
    languages = dict(settings.LANGUAGES)
    named: dict[str, dict[str, str]] = {
        "topic": {row.topic_slug: row.topic for row in rows},
        "level": {row.level_slug: row.level for row in rows},
        "language": {code: str(languages.get(code, code)) for row in rows for code in row.words},
        "mode": {row.mode_slug: row.mode for row in rows},
        "hub": {row.hub_slug: row.hub_name for row in rows},
    }
    return {facet: in_order(facet, named[facet]) for facet in FACETS}


def in_order(facet: str, named: dict[str, str]) -> list[tuple[str, str]]:
    """The values by name. Rows come by level, so levels are in order as they are."""
    pairs = [(slug, label) for slug, label in named.items() if slug]
    return pairs if facet == "level" else sorted(pairs, key=lambda pair: pair[1].casefold())


def facets(rows: Sequence[CatalogueRow], labels: Choices, wanted: Wanted) -> list[Facet]:
    """The filters worth showing: those that leave a choice, and those in force."""
    found = counts(rows, wanted)
    shown = [
        Facet(facet, str(NAMES[facet]), choices(facet, labels[facet], found[facet], wanted))
        for facet in FACETS
    ]
    return [facet for facet in shown if len(facet.choices) > 1 or facet.name in wanted]


def choices(
    facet: str, labels: list[tuple[str, str]], found: Mapping[str, int], wanted: Wanted
) -> list[Choice]:
    """The values of a filter: a tap takes one, or takes it away where it is in force."""
    chosen = wanted.get(facet)
    return [
        Choice(
            slug=slug,
            label=label,
            url=address(wanted, **{facet: "" if slug == chosen else slug}),
            count=count_words(found[slug]),
            is_chosen=slug == chosen,
        )
        for slug, label in labels
        if found[slug] or slug == chosen
    ]


def chips(labels: Choices, wanted: Wanted) -> list[Chip]:
    """Each filter in force, to be taken away with a tap."""
    names = {"q": {wanted.get("q", ""): f"“{wanted.get('q', '')}”"}}
    names |= {facet: dict(labels[facet]) for facet in FACETS}
    return [
        Chip(names[name][value], address(wanted, **{name: ""})) for name, value in wanted.items()
    ]


def page_of(rows: list[CatalogueRow], number: str, wanted: Wanted) -> Page:
    """A page of cards; a number that is none, or is too high, gives the nearest page."""
    page: Any = Paginator(rows, PAGE_SIZE).get_page(number)
    reading = get_language() or settings.LANGUAGE_CODE
    language = wanted.get("language", reading)
    page.object_list = [card(row, language, reading) for row in page.object_list]
    return page
