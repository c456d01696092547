"""What a hub sends about its partners: who is entered, who is invited, what is said and why."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.forms.desk import DeskForm
from partners.models import Partner

from .fields import line, lines, link, mail, one_from, one_of, own_language


class KeyForm(DeskForm):
    """A form that makes one thing, however often it is sent."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"key": uuid.uuid4(), **(more.get("initial") or {})}
        super().__init__(*args, **more)

    def clean_key(self) -> uuid.UUID:
        """The key that was sent; a new one where that is none."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid.uuid4()


class EnterForm(KeyForm):
    """An organisation that the hub knows."""

    name = line(_("Name of the organisation"), 120, error=_("Write the name."))
    kind = one_of(
        _("What kind of organisation is it?"),
        Partner.Kind.choices,
        error=_("Choose the kind that fits best."),
    )
    place = line(_("Where is it?"), 120, help_text=_("Town or region"), error=_("Write the town."))
    words = line(
        _("How do you know them?"),
        300,
        help_text=_("For example: they have lent us a room for years."),
        error=_("Say how you know them."),
    )
    language = own_language()
    website = link(_("Website"), 300)
    email = mail(_("E-mail of the organisation"))
    scheme = one_from(_("Kind of number"), [("", _("No number")), *Partner.Scheme.choices])
    number = line(_("Number"), 80)

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"language": get_language(), **(more.get("initial") or {})}
        super().__init__(*args, **more)

    @property
    def is_more_open(self) -> bool:
        """Whether one of the fields that may stay empty is filled or wrong."""
        fields = [self[name] for name in ("website", "email", "scheme", "number")]
        return any(field.value() or field.errors for field in fields)


class HandOverForm(DeskForm):
    """Who takes an organisation over from the hub."""

    email = mail(
        _("E-mail of the person"),
        help_text=_("They get a link. When they say yes, they run it and your part ends."),
        error=_("Write the e-mail of the person."),
    )


class PauseForm(DeskForm):
    """Why an organisation goes off the site for a while."""

    reason = lines(_("Why?"), 500, help_text=_("The people of the organisation read it."), rows=3)


class NotFineForm(DeskForm):
    """What is wrong with a small change that is live already."""

    words = lines(_("What is wrong?"), 500, help_text=_("The partner reads it."), rows=3)


class NoForm(DeskForm):
    """Why the hub says no."""

    reason = lines(
        _("Why not?"), 500, help_text=_("The people of the organisation read it."), rows=3
    )


class DownForm(DeskForm):
    """Why an offer goes off the site."""

    reason = lines(_("Why?"), 500, help_text=_("The partner reads it."), rows=3)


class SettleForm(DeskForm):
    """What came of a report."""

    answer = lines(
        _("What did you do?"),
        500,
        help_text=_("Who told you reads it, if they have an account. The partner does not."),
        rows=2,
    )


class InviteToApplyForm(DeskForm):
    """To whom the hub writes."""

    email = mail(
        _("E-mail of the organisation"),
        help_text=_("We send one mail with the way to apply. The address is not kept here."),
        error=_("Write the e-mail of the organisation."),
    )


class InviteOrganisationForm(InviteToApplyForm):
    """Whom the hub would like to have."""

    name = line(_("Name of the organisation"), 120, error=_("Write the name."))
    field_order = ("name", "email")


class LaterForm(DeskForm):
    """What the hub says to a member whose suggestion waits for better times."""

    answer = lines(
        _("Your words to the member"), 300, help_text=_("They read: “Thank you” and this."), rows=2
    )


class SuggestForm(KeyForm):
    """An organisation that a member knows."""

    name = line(_("What is it called?"), 120, error=_("Write the name, as well as you know it."))
    place = line(_("Town or website"), 200, help_text=_("You may leave it empty."))
    words = lines(
        _("Why would it be good here?"),
        500,
        help_text=_("You may leave it empty. The people of the hub read it."),
        rows=3,
    )
    hub = forms.ChoiceField(
        label=_("Which hub should ask them?"),
        error_messages={
            "required": _("Choose a hub."),
            "invalid_choice": _("Choose one from the list."),
        },
    )

    def __init__(self, *args: Any, hubs: list[Any], **more: Any) -> None:
        more["initial"] = {"hub": hubs[0].slug if hubs else "", **(more.get("initial") or {})}
        super().__init__(*args, **more)
        self.hubs = {hub.slug: hub for hub in hubs}
        field = self.fields["hub"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(hub.slug, f"{hub.name}, {hub.place}") for hub in hubs]

    def clean_hub(self) -> Any:
        """The hub itself."""
        return self.hubs[self.cleaned_data["hub"]]


class IdentityForm(DeskForm):
    """Who an organisation is from now on."""

    name = line(_("Name of the organisation"), 120, error=_("Write the name."))
    kind = one_of(
        _("What kind of organisation is it?"),
        Partner.Kind.choices,
        error=_("Choose the kind that fits best."),
    )
    scheme = one_from(_("Kind of number"), [("", _("No number")), *Partner.Scheme.choices])
    number = line(_("Number"), 80)


class EmailForm(DeskForm):
    """Another e-mail of an organisation."""

    email = mail(
        _("E-mail of your organisation"),
        help_text=_("At its own domain, if it has one. We send a code to it."),
        error=_("Write the e-mail of your organisation."),
    )
