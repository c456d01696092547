"""What a partner sends of a table: the file itself, and which offers are to end."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.desk import DeskForm
from partners.sheet import MOST_BYTES

from .fields import set_choices, tick


class TableForm(DeskForm):
    """A table of offers."""

    file = forms.FileField(
        label=_("Your table, as a CSV file"),
        help_text=_("At most 8 MB and 10,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )
    is_full = tick(
        _("This table has all our offers"),
        help_text=_("Then we show you which offers it lacks, and you choose which of them end."),
    )

    def clean_file(self) -> Any:
        """A file that may be read at all."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is too large. Send the rows in several files.")
            )
        return file

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        file = self.cleaned_data["file"]
        return {"data": file.read(), "name": file.name, "is_full": self.cleaned_data["is_full"]}


class EndForm(forms.Form):
    """Which offers are to end. A key that is not proposed, or none at all, is left out."""

    offers = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, keys: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        set_choices(self.fields["offers"], [(key, key) for key in keys])

    def chosen(self) -> list[int]:
        """The keys."""
        self.is_valid()
        found: list[int] = self.cleaned_data.get("offers", [])
        return found
