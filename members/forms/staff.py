"""Forms of the network admin in the CMS."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Hub, HubRole, Member

HUB_FIELDS = [
    "name",
    "place",
    "address",
    "hours",
    "phone",
    "time_zone",
    "colour",
    "contact",
    "complain",
    "meeting_on",
    "meeting_place",
]


class NewHubForm(forms.ModelForm):
    """A new hub. Its word in addresses is chosen once."""

    class Meta:
        model = Hub
        fields = ["slug", *HUB_FIELDS]


class HubForm(forms.ModelForm):
    """What may change about a hub."""

    class Meta:
        model = Hub
        fields = HUB_FIELDS


class RoleForm(forms.ModelForm):
    """A role for a person, named by user name: a list of all people would be too long."""

    field_order = ("username", "hub", "role")
    username = forms.CharField(label=_("User name of the person"), max_length=60)

    class Meta:
        model = HubRole
        fields = ["hub", "role"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        username = Member.normalize_username(cleaned.get("username", ""))
        cleaned["member"] = Member.objects.filter(username=username).first()
        if cleaned["member"] is None:
            self.add_error("username", _("Nobody has this user name. Look at it again."))
        return cleaned


class AccountForm(forms.ModelForm):
    """What the network admin changes about an account."""

    class Meta:
        model = Member
        fields = ["is_active", "is_superuser"]
        labels = {"is_active": _("May sign in"), "is_superuser": _("Is a network admin")}
        help_texts = {"is_active": "", "is_superuser": _("May do everything, in every hub.")}
