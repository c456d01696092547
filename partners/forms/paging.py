"""Which page of a list is asked for."""

from django import forms

MOST_PAGES = 10_000


class PageNumberForm(forms.Form):
    """The number of a page. What cannot be read is the first page: a filter never refuses."""

    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES)

    def number(self) -> int:
        """The number that was asked for."""
        self.is_valid()
        return self.cleaned_data.get("page") or 1
