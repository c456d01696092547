"""Which year a partner looks at."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms


class YearForm(forms.Form):
    """A year. What cannot be read is the newest one: a filter never refuses."""

    year = forms.TypedChoiceField(coerce=int, required=False)

    def __init__(self, data: Mapping[str, Any], years: Iterable[int]) -> None:
        super().__init__(data)
        self.years = list(years)
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(year, year) for year in self.years]

    def chosen(self) -> int:
        """The year that was asked for."""
        self.is_valid()
        return self.cleaned_data.get("year") or self.years[0]
