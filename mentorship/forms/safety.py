"""What protects people: a report, and what the safety lead writes into a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.models import SafetyCase

from .fields import one_of
from .pair import KeyedForm, PairForm, words_field


class ReportForm(KeyedForm):
    """A problem, in one tick; words and a block if wanted."""

    name = "report"
    kind = one_of(
        _("What is it about?"), SafetyCase.Kind.choices, error=_("Choose what it is about.")
    )
    words = words_field(
        _("What happened? (you may leave it empty)"),
        help_text=_("A few words are enough. Only those who read the report see them."),
        rows=5,
    )
    blocks = forms.BooleanField(
        label=_("End this pair now, and never match us again"),
        help_text=_("The other one reads only that it is over."),
        required=False,
    )


class CaseForm(PairForm):
    """A few words in a case: a note, a reason, or what came of it."""

    words = words_field("", rows=3)

    def __init__(self, *args: Any, name: str, label: Any, **more: Any) -> None:
        self.name = name
        super().__init__(*args, **more)
        self.fields["words"].label = label
