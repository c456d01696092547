"""Which page of a list is asked for."""

from uuid import UUID

from django import forms

MOST_PAGES = 10_000


class PageNumberForm(forms.Form):
    """The number of a page. What cannot be read is the first page: a filter never refuses."""

    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES)

    def number(self) -> int:
        """The number that was asked for."""
        self.is_valid()
        return self.cleaned_data.get("page") or 1


class AppliedForm(PageNumberForm):
    """A page of those who applied, for one offer where it is named."""

    offer_key = forms.UUIDField(required=False)

    def offer(self) -> UUID | None:
        """The offer that was asked for."""
        self.is_valid()
        found: UUID | None = self.cleaned_data.get("offer_key")
        return found
