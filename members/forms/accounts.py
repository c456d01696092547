"""Forms of sign-up, sign-in and passwords, in place of allauth's."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context as allauth_context
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ..actions import join_hub
from ..models import Hub, Member
from ..rules import is_known_password
from .fields import PASSWORD_HELP, keep_or_end, new_password, not_mine, own_password


class SignupForm(account.SignupForm):
    """One screen, three fields: name to be called by, user name, password."""

    field_order = ["name", "username", "password1"]
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("The name we call you by. It can stand on a certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    hub = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        username = self.fields["username"]
        username.label = _("User name")
        username.help_text = _("3 to 30 letters or numbers. You sign in with it.")
        username.widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": 30,
        }
        self.fields["password1"] = new_password(_("Password"))
        self.initial.setdefault("hub", allauth_context.request.GET.get("hub", ""))

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_username(self) -> str:
        self.cleaned_data["username"] = Member.normalize_username(self.cleaned_data["username"])
        return super().clean_username()

    def try_save(self, request: HttpRequest) -> tuple[Member | None, HttpResponse | None]:
        """Make the account. Of two newcomers with one user name, the second is told so."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.add_error("username", get_adapter().validation_error("username_taken"))
            return None, render(request, "account/signup.html", {"form": self}, status=422)

    def custom_signup(self, request: HttpRequest, user: Any) -> None:
        """Make the newcomer a member of the hub that the form or the session names."""
        slug = self.cleaned_data.get("hub") or str(request.session.get("hub", ""))
        hub = Hub.objects.filter(slug=slug).first()
        if hub is not None:
            join_hub(member=user, hub=hub)


class LoginForm(account.LoginForm):
    """User name or e-mail, password, and whose device this is."""

    not_mine = not_mine()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail")
        self.fields["login"].widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        self.fields["password"] = own_password()
        del self.fields["remember"]
        self.order_fields(["login", "password", "not_mine"])

    def clean_password(self) -> str:
        """The demo's password opens nothing on a real site."""
        if is_known_password(self.cleaned_data["password"]):
            raise get_adapter().validation_error("username_password_mismatch")
        return self.cleaned_data["password"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["remember"] = not cleaned.get("not_mine")
        return cleaned


class RequestLoginCodeForm(account.RequestLoginCodeForm):
    """Where to send a sign-in code."""

    not_mine = not_mine()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].widget.attrs = {"autocomplete": "email", "type": "email"}
        self.order_fields(["email", "not_mine"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("not_mine"):
            keep_or_end(allauth_context.request, is_not_mine=True)
        return cleaned


class ResetPasswordForm(account.ResetPasswordForm):
    """Where to send the link for a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].widget.attrs = {"autocomplete": "email", "type": "email"}


class OnePasswordMixin:
    """A new password is typed once: a button shows it."""

    fields: dict[str, forms.Field]
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")
        self.fields["password1"].widget = new_password("").widget
        self.fields["password1"].help_text = PASSWORD_HELP
        del self.fields["password2"]


class PasswordFromMailForm(OnePasswordMixin, account.ResetPasswordKeyForm):
    """A new password, after the link in the mail."""


class SetPasswordForm(OnePasswordMixin, account.SetPasswordForm):
    """A first password."""


class ChangePasswordForm(OnePasswordMixin, account.ChangePasswordForm):
    """A new password in place of the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Password of now")
        self.fields["oldpassword"].widget = own_password().widget
