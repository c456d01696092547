"""Lists with filters as plain links: what each tap gives, and what is in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

Wanted = Mapping[str, Sequence[str]]
FEW = 1


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

    @property
    def is_worth_it(self) -> bool:
        """Whether it leaves a choice, or is in force."""
        return len(self.choices) > FEW or any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True)
class Chip:
    """A filter in force, with the address that takes it away."""

    label: str
    url: str


def asked_for(wanted: Wanted) -> str:
    """The part of an address behind the question mark."""
    return f"?{urlencode(wanted, doseq=True)}" if wanted else ""


def languages_of(name: str, *args: str, wanted: Wanted | None = None) -> list[tuple[str, str]]:
    """The address of a view in each language of the content."""
    found = []
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        with override(code):
            found.append((code, reverse(name, args=args) + asked_for(wanted or {})))
    return found
