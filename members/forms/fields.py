"""Fields and helps that several forms share."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

NOT_MINE_HELP = _("Tick this on a shared computer. You are signed out when the browser closes.")
PASSWORD_HELP = _("8 letters or more. Three words that you can remember are good.")


def not_mine() -> forms.BooleanField:
    """The tick that ends the session with the browser."""
    return forms.BooleanField(
        label=_("This is not my own device"), required=False, help_text=NOT_MINE_HELP
    )


def new_password(label: Any) -> forms.CharField:
    """A field for a new password, typed once: a button shows it."""
    attrs = {"autocomplete": "new-password"}
    return forms.CharField(
        label=label,
        strip=False,
        help_text=PASSWORD_HELP,
        max_length=128,
        widget=forms.PasswordInput(attrs=attrs),
    )


def own_password() -> forms.CharField:
    """A field for the password that a person has."""
    attrs = {"autocomplete": "current-password"}
    widget = forms.PasswordInput(attrs=attrs)
    return forms.CharField(label=_("Password"), strip=False, max_length=128, widget=widget)


def keep_or_end(request: HttpRequest, is_not_mine: bool) -> None:
    """Let the session last, or end it with the browser."""
    request.session.set_expiry(0 if is_not_mine else settings.SESSION_COOKIE_AGE)
