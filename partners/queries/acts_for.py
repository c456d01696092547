"""The partners for which a member acts, for the member's own page."""

from dataclasses import dataclass

from django.urls import reverse

from content import version
from partners.models import Colleague, Partner

ACTS = "acts-for:"


@dataclass(frozen=True)
class ActsFor:
    """A partner for which a member acts."""

    name: str
    slug: str
    may_write: bool

    @property
    def url(self) -> str:
        """Its desk."""
        return reverse("partners:partner_home", args=[self.slug])


def acts_for(roles: dict[int, str]) -> list[ActsFor]:
    """The partners of some roles, by name. Names are kept until something is published."""
    if not roles:
        return []
    keys = sorted(roles)
    name = version.digest("acts-for", *map(str, keys))
    rows: list[tuple[int, str, str]] = version.cached(name, lambda: read_names(keys))
    writes = {f"{ACTS}{role}" for role in (Colleague.Role.ADMIN, Colleague.Role.EDITOR)}
    return [ActsFor(title, slug, roles[key] in writes) for key, title, slug in rows]


def read_names(keys: list[int]) -> list[tuple[int, str, str]]:
    """Names and addresses of some partners: one statement."""
    rows = Partner.objects.filter(pk__in=keys).order_by("name", "pk")
    return list(rows.values_list("pk", "name", "slug"))
