"""The directory of partners, and one partner's page."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from content.sharing import share
from courses.finding import clean
from members.views.answers import FramedRequest
from partners.facets import count_words
from partners.jsonld import partner_json_ld
from partners.queries.directory import (
    FACETS,
    PartnerRow,
    agreements_of,
    choices,
    counts,
    offers_of,
    partner_rows,
    public_partner,
)

from .links import Chip, Choice, Facet, asked_for, languages_of

NAMES = {
    "kind": gettext_lazy("Kind"),
    "place": gettext_lazy("Place"),
    "topic": gettext_lazy("Topic"),
}
Known = dict[str, list[tuple[str, str]]]


@require_safe
def partners(request: FramedRequest) -> HttpResponse:
    """All partners, or those that fit."""
    rows = partner_rows()
    known = choices(rows)
    asked = {name: clean(request.GET.get(name, "")) for name in FACETS}
    wanted = {name: value for name, value in asked.items() if value and value in dict(known[name])}
    context = {
        "rows": [row for row in rows if row.fits(wanted)],
        "facets": facets_of(rows, known, wanted),
        "chips": [
            Chip(dict(known[name])[value], address({**wanted, name: ""}))
            for name, value in wanted.items()
        ],
        "left_out": [value for name, value in asked.items() if value and name not in wanted],
        "has_partners": bool(rows),
    }
    languages = languages_of("partners:partners", wanted={k: [v] for k, v in wanted.items()})
    request.page_languages = languages
    return share(render(request, "partners/partners.html", context))


def address(wanted: dict[str, str]) -> str:
    """The directory with these filters; an empty value takes one away."""
    kept = {name: [value] for name, value in wanted.items() if value}
    return reverse("partners:partners") + asked_for(kept)


def facets_of(rows: list[PartnerRow], known: Known, wanted: dict[str, str]) -> list[Facet]:
    """The filters worth showing."""
    found = counts(rows, wanted)
    shown = [
        Facet(
            name,
            str(label),
            [
                Choice(
                    slug=value,
                    label=words,
                    url=address({**wanted, name: "" if wanted.get(name) == value else value}),
                    count=count_words(found[name][value]),
                    is_chosen=wanted.get(name) == value,
                )
                for value, words in known[name]
                if found[name][value] or wanted.get(name) == value
            ],
        )
        for name, label in NAMES.items()
    ]
    return [facet for facet in shown if facet.is_worth_it]


@require_safe
def partner(request: FramedRequest, partner: str) -> HttpResponse:
    """Who they are, what they offer, what they agreed with hubs, and their offers."""
    row = public_partner(partner)
    if row is None:
        raise Http404
    today = timezone.localdate()
    cards, how_many = offers_of(row, today)
    url = f"{settings.SITE_URL}{reverse('partners:partner', args=[row.slug])}"
    context = {
        "partner": row,
        "topics": [topic.label for topic in row.topics.all()],
        "offers": cards,
        "how_many": how_many,
        "agreements": agreements_of(today, partner=row),
        "json_ld": partner_json_ld(row, url),
    }
    request.page_languages = languages_of("partners:partner", row.slug)
    return share(render(request, "partners/partner.html", context))
