"""What learners send: that they are interested, and that something is wrong with an offer."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.desk import DeskForm
from partners.models import OfferReport

from .fields import line, lines, one_of, tick


class InterestFields(DeskForm):
    """Apply for an offer: a name, how to be reached, some words, and that one agrees."""

    name = line(_("Your name"), 80, error=_("Write your name, as they should call you."))
    contact = line(
        _("How can they reach you?"),
        200,
        help_text=_("An e-mail address or a phone number."),
        error=_("Write an e-mail address or a phone number."),
    )
    message = lines(
        _("A message (you may leave it empty)"),
        1000,
        help_text=_("For example: what you know already, or what you need to be able to come."),
    )
    agrees = tick("")

    def __init__(self, *args: Any, agreed: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agrees"].label = agreed


class ReportFields(DeskForm):
    """Something is wrong with an offer: what, and some words."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = one_of(_("What is wrong?"), OfferReport.Kind.choices, error=_("Choose what is wrong."))
    words = lines(
        _("In a few words (you may leave it empty)"),
        500,
        help_text=_("The people of the hub read it. The partner does not."),
        rows=3,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"key": uuid.uuid4(), **(more.get("initial") or {})}
        super().__init__(*args, **more)

    def clean_key(self) -> uuid.UUID:
        """The key that was sent; a new one where that is none."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid.uuid4()
