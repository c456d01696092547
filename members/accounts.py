"""How allauth speaks and writes here: plain words, and mails through the outbox."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import emails, events
from .rules import is_known_password, is_word_of_the_site

CONTENT_LANGUAGES = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
WRONG = _("This user name and password do not fit. Check both and try again.")
WRONG_CODE = _("This code is not right. Look at it again.")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is switched off. Please ask your hub."),
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "email_taken": _("Another account uses this e-mail address."),
        "enter_current_password": _("This is not your password of now. Try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "incorrect_code": WRONG_CODE,
        "invalid_login": WRONG,
        "invalid_or_expired_key": _("This link is too old, or was used before."),
        "invalid_password_reset": _("This link is too old, or was used before."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait a minute, then try again."),
        "username_blacklisted": _("This user name is kept for the site. Choose another one."),
        "username_taken": _("This user name is taken. Add a number or a word to it."),
    }

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """A new account: its name to be called by, and the language in which it was made."""
        user.name = form.cleaned_data["name"]
        user.language = get_language() or settings.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many tries are refused, and told to the log."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            tried = credentials.get("username") or credentials.get("email") or ""
            events.warn("too_many_tries", request, account=events.mark(str(tried).lower()))
            raise

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where a person lands after signing in: in their own language, if they read the site's
        own and asked for no page."""
        url = str(super().get_login_redirect_url(request))
        language = getattr(request.user, "language", "")
        if get_language() == settings.LANGUAGE_CODE and language in CONTENT_LANGUAGES:
            return translate_url(url, language)
        return url

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a mail of allauth's into the outbox."""
        request = allauth_context.request
        values = {"request": request, "email": email, "site_name": settings.WAGTAIL_SITE_NAME}
        message = self.render_mail(template_prefix, email, values | context)
        user = context.get("user")
        emails.owe(
            key=f"{template_prefix}:{secrets.token_hex(8)}",
            to=email,
            subject=str(message.subject),
            text=str(message.body),
            member=getattr(user, "pk", None),
        )


class KnownPasswordValidator:
    """Refuses the demo's password on a real site, and the words of the site."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse it in Django's own words for passwords that others know."""
        if is_known_password(password) or is_word_of_the_site(password):
            common = CommonPasswordValidator()
            raise ValidationError(common.get_error_message(), code="password_too_common")

    def get_help_text(self) -> str:
        """Nothing to say before."""
        return ""
