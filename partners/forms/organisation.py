"""What an organisation says of itself, and whom it invites."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.forms.desk import DeskForm
from courses.models import Course
from members.models import Hub
from partners.actions.interest import MOVES
from partners.models import Agreement, Colleague, Partner

from .fields import (
    CHOOSE,
    day,
    line,
    lines,
    link,
    mail,
    one_from,
    one_of,
    own_language,
    set_choices,
    ticks,
)

# Where the session keeps an application until there is an account, and how long.
DRAFT = "partner_apply"
KEPT_SECONDS = 3600


def after_sign_in(key: UUID) -> str:
    """Where the sign-in leads that an application waits for; no other sign-in leads there."""
    return f"{reverse('partners:offer_begin')}?for={key}"


class ApplyForm(DeskForm):
    """The organisation in five fields; the rest may wait."""

    name = line(_("Name of the organisation"), 120, error=_("Write the name of your organisation."))
    kind = one_of(
        _("What kind of organisation is it?"),
        Partner.Kind.choices,
        error=_("Choose the kind that fits best."),
    )
    place = line(_("Where is it?"), 120, help_text=_("Town or region"), error=_("Write the town."))
    email = mail(
        _("E-mail of the organisation"),
        help_text=_("At its own domain, if it has one. We send a code to it."),
        error=_("Write the e-mail of your organisation."),
    )
    hub = forms.ChoiceField(
        label=_("Which hub is nearest to you?"),
        help_text=_("People of this hub check your organisation and read your offers."),
        error_messages={**CHOOSE, "required": _("Choose a hub.")},
    )
    website = link(_("Website"), 300)
    scheme = one_from(_("Kind of number"), [("", _("No number")), *Partner.Scheme.choices])
    number = line(_("Number"), 80, help_text=_("It helps the hub to know you sooner."))

    def __init__(self, *args: Any, hubs: Sequence[Hub], **more: Any) -> None:
        super().__init__(*args, **more)
        self.hubs = list(hubs)
        choices = [(hub.slug, f"{hub.name}, {hub.place}") for hub in self.hubs]
        if len(self.hubs) == 1:
            del self.fields["hub"]
        else:
            set_choices(self.fields["hub"], [("", _("Choose a hub")), *choices])

    @property
    def is_more_open(self) -> bool:
        """Whether one of the fields that may wait is filled or wrong."""
        fields = [self[name] for name in ("website", "scheme", "number")]
        return any(field.value() or field.errors for field in fields)

    def hub_chosen(self) -> Hub:
        """The hub that checks the organisation."""
        slug = self.cleaned_data.get("hub") or self.hubs[0].slug
        return next(hub for hub in self.hubs if hub.slug == slug)

    def values(self) -> dict[str, Any]:
        """What the action takes, the hub apart."""
        return {name: words for name, words in self.cleaned_data.items() if name != "hub"}

    def draft(self) -> dict[str, str]:
        """What waits in the session until there is an account."""
        return {**self.values(), "hub": self.hub_chosen().slug}


class BroughtForm(forms.Form):
    """What a link brings along to the form that it leads to."""

    name = forms.CharField(required=False, max_length=120)

    def found(self) -> dict[str, str]:
        """What can be read and is not empty."""
        self.is_valid()
        return {name: words for name, words in self.cleaned_data.items() if words}


class InvitedForm(BroughtForm):
    """What the link of a hub's invitation brings along to the application."""

    hub = forms.SlugField(required=False)


class SuggestedForm(BroughtForm):
    """What a member's suggestion brings along when the hub enters the organisation itself."""

    place = forms.CharField(required=False, max_length=120)


class PageForm(DeskForm):
    """The partner's own page."""

    about = lines(_("Who are you?"), 1200, help_text=_("Two or three plain sentences."))
    gives = lines(_("What do you offer?"), 1200)
    contact = line(_("How can people reach you?"), 300)
    website = link(_("Website"), 300)
    place = line(_("Where are you?"), 120, error=_("Write the town."))
    language = own_language()
    topics = ticks(_("Topics"))

    def __init__(self, *args: Any, topics: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        set_choices(self.fields["topics"], topics)


class CodeForm(DeskForm):
    """The code that came by e-mail."""

    code = line(_("Code from the e-mail"), 20, error=_("Write the code that stands in the e-mail."))


class AgreementForm(DeskForm):
    """What a partner and a hub agreed."""

    hub = forms.ChoiceField(label=_("With which hub?"), error_messages=CHOOSE)
    kind = one_of(_("What do you give?"), Agreement.Kind.choices, error=_("Choose one."))
    words = line(
        _("In one sentence"),
        300,
        help_text=_("For example: The library lends its room on Tuesdays from 5 to 7."),
        error=_("Say it in one sentence."),
    )
    course = one_from(
        _("For which course of the hub?"),
        help_text=_("If you accept our certificate as entry. Leave it empty otherwise."),
    )
    until_on = day(_("Until when?"), help_text=_("Leave it empty if there is no end."))

    def __init__(
        self, *args: Any, hubs: Sequence[Hub], courses: Iterable[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.hubs = {hub.slug: hub for hub in hubs}
        set_choices(self.fields["hub"], [(hub.slug, hub.name) for hub in hubs])
        set_choices(self.fields["course"], courses)

    def clean_course(self) -> Course | None:
        """The course itself, if one is chosen."""
        key = self.cleaned_data["course"]
        return Course.objects.filter(pk=key).first() if key else None

    def clean_hub(self) -> Hub:
        """The hub itself."""
        return self.hubs[self.cleaned_data["hub"]]


class InviteForm(DeskForm):
    """Somebody to invite."""

    email = mail(_("E-mail"), error=_("Write the e-mail of the person."))
    role = one_of(_("What may they do?"), Colleague.Role.choices, error=_("Choose one."))


class RoleForm(DeskForm):
    """What a colleague may do from now on."""

    role = one_of(_("What may they do?"), Colleague.Role.choices, error=_("Choose one."))


class LeaveForm(DeskForm):
    """The organisation leaves for good."""

    sure = forms.BooleanField(
        label=_("Yes, our organisation leaves for good."),
        error_messages={"required": _("Tick this if you are sure.")},
    )


class InterestForm(DeskForm):
    """How far it is with somebody who applied."""

    state = forms.ChoiceField(
        label=_("How far is it?"),
        choices=[(state.value, state.label) for state in MOVES],
        error_messages=CHOOSE,
    )
