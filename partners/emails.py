"""Composes the mails of partners that go to people without an account here. They leave through the
outbox; their words are in templates/partners/emails/."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from members.emails import absolute, owe
from members.models import OutboxRow

from .models import Partner, PartnerInvitation, PartnerSuggestion


def owe_invitation(invitation: PartnerInvitation, code: str) -> OutboxRow:
    """The mail with the link of an invitation."""
    key = f"partner-invitation:{invitation.digest[:32]}"
    with translation.override(invitation.partner.language):
        url = absolute(reverse("partners:partner_invitation", args=[code]))
    return owe_words("invitation", invitation.partner, invitation.email, key, {"url": url})


def owe_suggested(suggestion: PartnerSuggestion, to: str) -> OutboxRow:
    """The mail that asks an organisation to apply, in the language of who sends it."""
    url = absolute(reverse("partners:partner_apply"))
    values = {"name": suggestion.name, "hub": suggestion.hub, "url": url}
    subject, text = words_of("suggested", values)
    return owe(key=f"partner-suggested:{suggestion.pk}", to=to, subject=subject, text=text)


def owe_email_code(partner: Partner, code: str, day: str) -> OutboxRow:
    """The mail that proves an organisation's address."""
    key = f"partner-email:{partner.pk}:{partner.email}:{day}"
    return owe_words("email_code", partner, partner.email, key, {"code": code})


def owe_words(name: str, partner: Partner, to: str, key: str, values: dict[str, Any]) -> OutboxRow:
    """A mail in the partner's language."""
    with translation.override(partner.language):
        subject, text = words_of(name, {"partner": partner, **values})
    return owe(key=key, to=to, subject=subject, text=text)


def words_of(name: str, values: dict[str, Any]) -> tuple[str, str]:
    """The subject of a mail, which is its first line, and its text."""
    values = {"site_name": settings.WAGTAIL_SITE_NAME, **values}
    words = render_to_string(f"partners/emails/{name}.txt", values).strip()
    subject, _line, text = words.partition("\n")
    return subject, f"{text.strip()}\n"
