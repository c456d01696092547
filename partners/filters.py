"""What the address of the offers may ask for: read, checked, and a sentence for the rest."""

import django_filters
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from courses.finding import clean

from .facets import FACETS, SEVERAL, town
from .models import Offer
from .queries.listing import Choices

SHOWN_LENGTH = 40


class OfferFilter(django_filters.FilterSet):
    """`q topic level language mode hub cost start near access help kind`. Of access and help
    several may be asked for. A value that nobody knows is left out, never an error. A town may
    be written as people write it."""

    q = django_filters.CharFilter()
    topic = django_filters.ChoiceFilter(choices=[])
    level = django_filters.ChoiceFilter(choices=[])
    language = django_filters.ChoiceFilter(choices=[])
    mode = django_filters.ChoiceFilter(choices=[])
    hub = django_filters.ChoiceFilter(choices=[])
    cost = django_filters.ChoiceFilter(choices=[])
    start = django_filters.ChoiceFilter(choices=[])
    near = django_filters.ChoiceFilter(choices=[])
    access = django_filters.MultipleChoiceFilter(choices=[])
    help = django_filters.MultipleChoiceFilter(choices=[])
    kind = django_filters.ChoiceFilter(choices=[])

    def __init__(self, data: QueryDict, choices: Choices) -> None:
        asked: MultiValueDict[str, str] = MultiValueDict()
        for name in ("q", *FACETS):
            values = [clean(value) for value in data.getlist(name)]
            if name == "near":
                values = [town(value)[0] or value for value in values]
            given = [value for value in dict.fromkeys(values) if value]
            asked.setlist(name, given if name in SEVERAL else given[-1:])
        super().__init__(asked, queryset=Offer.objects.none())
        for name in FACETS:
            self.filters[name].extra["choices"] = choices[name]

    @property
    def query(self) -> str:
        """The words asked for."""
        return str(self.data.get("q", ""))

    @property
    def wanted(self) -> dict[str, list[str]]:
        """What is asked for and known, in the order of the address, without the words."""
        self.form.is_valid()
        found = {name: self.form.cleaned_data.get(name) for name in FACETS}
        return {
            name: list(value) if name in SEVERAL else [value]
            for name, value in found.items()
            if value
        }

    @property
    def left_out(self) -> list[str]:
        """A sentence for each filter that asks for what nobody knows."""
        return [
            _("We do not know “%(value)s”, so we left it out.")
            % {"value": ", ".join(self.data.getlist(name))[:SHOWN_LENGTH]}
            for name in self.errors
        ]
