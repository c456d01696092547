"""Forms of a member: a code of the hub, details, erasing."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .. import languages
from ..models import Member
from .fields import new_password, not_mine, own_password


class CodeForm(forms.Form):
    """A user name and a code that a hub gave."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("8 letters and numbers. Small letters and spaces are fine."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )
    not_mine = not_mine()


class NewPasswordForm(forms.Form):
    """A new password after a code."""

    password1 = new_password(_("New password"))


class DetailsForm(forms.Form):
    """What a member says about themselves. The action checks it."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("The name we call you by. It can stand on a certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.CharField(
        label=_("E-mail (you may leave it empty)"),
        required=False,
        max_length=254,
        help_text=_("For news about your courses, and to sign in with a code by mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    is_mail_wanted = forms.BooleanField(label=_("Send me my notices by e-mail"), required=False)
    phone = forms.CharField(
        label=_("Phone (you may leave it empty)"),
        required=False,
        max_length=40,
        help_text=_("Only the people who run your hub see it."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    is_ring_me = forms.BooleanField(label=_("Please ring me, do not write"), required=False)
    language = forms.ChoiceField(label=_("Language of our messages"), required=False)

    def __init__(self, *args: Any, stored: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["language"])
        spoken = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
        field.choices = languages.offered(settings.LANGUAGES, spoken, stored)


class SessionsForm(forms.Form):
    """Proof that it is the person; nothing to type for who has no password."""

    password = own_password()

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not member.has_usable_password():
            del self.fields["password"]


class EraseForm(forms.Form):
    """Proof that the person means it."""

    username = forms.CharField(
        label=_("Your user name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    password = own_password()

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        if not member.has_usable_password():
            del self.fields["password"]

    def clean_username(self) -> str:
        typed = self.cleaned_data["username"]
        if Member.normalize_username(typed) != self.member.username:
            raise forms.ValidationError(_("This is not your user name. Look at it again."))
        return typed

    def clean_password(self) -> str:
        typed = self.cleaned_data["password"]
        if not self.member.check_password(typed):
            raise forms.ValidationError(_("This is not your password. Try again."))
        return typed
