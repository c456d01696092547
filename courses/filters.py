"""What the catalogue's address may ask for: read, checked, and a sentence for what nobody knows."""

from collections.abc import Mapping

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext as _

from .catalogue import FACETS
from .finding import clean
from .models import Course

Choices = Mapping[str, list[tuple[str, str]]]
SHOWN_LENGTH = 40


class CatalogueFilter(django_filters.FilterSet):
    """`q topic level language mode hub`. A value that nobody knows is left out, never an error."""

    q = django_filters.CharFilter()
    topic = django_filters.ChoiceFilter(choices=[])
    level = django_filters.ChoiceFilter(choices=[])
    language = django_filters.ChoiceFilter(choices=[])
    mode = django_filters.ChoiceFilter(choices=[])
    hub = django_filters.ChoiceFilter(choices=[])

    def __init__(self, data: QueryDict, choices: Choices) -> None:
        asked = {name: clean(data.get(name, "")) for name in ("q", *FACETS)}
        super().__init__(asked, queryset=Course.objects.none())
        for facet in FACETS:
            self.filters[facet].extra["choices"] = choices[facet]

    @property
    def wanted(self) -> dict[str, str]:
        """What is asked for and known, in the order of the address."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def left_out(self) -> list[str]:
        """A sentence for each value that nobody knows."""
        return [
            _("We do not know “%(value)s”, so we left it out.")
            % {"value": self.data[name][:SHOWN_LENGTH]}
            for name in self.errors
        ]
