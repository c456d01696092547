"""What a hub says to an offer or an organisation: ready sentences, own words, a reason."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.desk import DeskForm
from partners.models import Partner

from .fields import line, lines, one_of

# Sentences that a reviewer can tick instead of typing: the field that each is about.
READY: dict[str, tuple[str, Any]] = {
    "plain": ("learns", _("Please say it in plainer words. Many members are new to this.")),
    "whom": ("for_whom", _("Please say what people must know or bring before they begin.")),
    "place": ("place", _("Please write the full address, with the floor or the room.")),
    "dates": ("from_on", _("Please look at the dates again. Something does not fit.")),
    "cost": ("cost", _("Please say all that people have to pay, with books and tests.")),
    "apply": ("apply_by", _("Please check how people apply. It did not work for us.")),
    "contact": ("contact", _("Please name a person or a desk that answers.")),
    "help": ("help_words", _("Please say how people get the help that you give.")),
}


class ChangeForm(DeskForm):
    """Ask for a change: ready sentences, words beside fields, words on the whole."""

    ready = forms.MultipleChoiceField(
        label=_("Ready sentences"),
        help_text=_("Each goes beside the field that it is about."),
        choices=[(name, words) for name, (_field, words) in READY.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
    words = lines(
        _("In your own words"), 500, help_text=_("The partner reads it on top of the page."), rows=3
    )

    def __init__(self, *args: Any, fields: Iterable[tuple[str, Any]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.noted = [name for name, _label in fields]
        for name, label in fields:
            self.fields[f"note_{name}"] = line(label, 300)

    @property
    def note_rows(self) -> list[forms.BoundField]:
        """The fields for words beside the partner's fields."""
        return [self[f"note_{name}"] for name in self.noted]

    @property
    def has_notes(self) -> bool:
        """Whether words beside a field were typed: then they are open."""
        return any(row.value() or row.errors for row in self.note_rows)

    def notes(self) -> dict[str, str]:
        """The words beside each field, ready ones first."""
        found: dict[str, list[str]] = {}
        for name in self.cleaned_data["ready"]:
            field, words = READY[name]
            found.setdefault(field, []).append(str(words))
        for name in self.noted:
            if typed := self.cleaned_data[f"note_{name}"]:
                found.setdefault(name, []).append(typed)
        return {name: " ".join(words) for name, words in found.items()}


class PublishForm(DeskForm):
    """Publish: the number of the text that was read."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Please read the text once more, then publish it.")
        ),
    )


class ReasonForm(DeskForm):
    """Why something is declined."""

    reason = lines(_("Reason"), 500, help_text=_("The partner reads it."), rows=3)


class ProofForm(DeskForm):
    """How the hub knows that the organisation is what it says."""

    proof = one_of(
        _("How do you know them?"), Partner.Proof.choices, error=_("Say how you know them.")
    )
    words = line(
        _("In a few words"),
        300,
        help_text=_("For example: I rang the front desk and spoke with them."),
    )
