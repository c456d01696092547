"""The hubs with the people whom one meets there, and what each hub promises to its pairs."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content import version
from content.models import HubPage
from members.models import Hub
from mentorship.models import Programme


@dataclass(frozen=True)
class HubPeople:
    """A hub as its page shows it, and who is there."""

    hub: Hub
    title: str
    url: str
    people: list[Any]


def hub_people(hub: Hub | None = None) -> list[HubPeople]:
    """The hubs by name with their people, in the reader's language; one hub alone, if named."""
    found = version.cached(f"hub-people:{get_language()}", read_hub_people, is_frozen=True)
    mine = [row for row in found if hub is None or row.hub.pk == hub.pk]
    return mine or list(found)


def read_hub_people() -> list[HubPeople]:
    """Read the hubs: the page in the reader's language, else in the site's own."""
    pages = HubPage.objects.open_to_all().filter(hub__isnull=False, alias_of__isnull=True)
    rows = pages.select_related("hub", "locale").prefetch_related("people__picture")
    found: dict[int, HubPage] = {}
    for page in sorted(rows, key=lambda page: rank(page.locale.language_code)):
        found.setdefault(page.hub_id, page)
    shown = sorted(found.values(), key=lambda page: page.title)
    return [hub_row(page) for page in shown]


def hub_row(page: Any) -> HubPeople:
    """A hub by its page."""
    return HubPeople(page.hub, page.title, page.url, list(page.people.all()))


def rank(language: str) -> int:
    """Which page is taken first: the reader's, the site's own, any other."""
    order = [get_language(), settings.LANGUAGE_CODE]
    return order.index(language) if language in order else len(order)


@dataclass(frozen=True)
class Promise:
    """The published weights and lengths of a programme."""

    programme: Programme
    hub: Hub | None
    weights: list[tuple[str, int]]


@dataclass(frozen=True)
class Span:
    """A length that programmes differ in, from the shortest to the longest."""

    first: int
    last: int

    @property
    def words(self) -> str:
        """One number, or from the first to the last."""
        if self.first == self.last:
            return str(self.first)
        return _("%(first)s to %(last)s") % {"first": self.first, "last": self.last}


def span(found: list[Promise], name: str) -> Span:
    """How far a length lies apart in some programmes."""
    lengths = [getattr(row.programme, name) for row in found]
    return Span(min(lengths), max(lengths))


def promises() -> list[Promise]:
    """The open programmes; where there is none yet, the one with which every hub begins."""
    rows = list(Programme.objects.open().select_related("hub").order_by("hub__name", "title", "pk"))
    return [promise(row, row.hub) for row in rows] or [promise(Programme(), None)]


def promise(programme: Programme, hub: Hub | None) -> Promise:
    """The weights of a programme, the heaviest first, in words."""
    labels = {field.name: str(field.verbose_name) for field in Programme._meta.fields}
    weights = [(labels[f"weight_{name}"], weight) for name, weight in programme.weights.items()]
    return Promise(programme, hub, sorted(weights, key=lambda row: -row[1]))
