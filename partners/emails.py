"""Composes the mails of partners that go to people without an account here. They leave through the
outbox; their words are in templates/partners/emails/."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from members.emails import absolute, owe
from members.models import OutboxRow

from .models import Partner, PartnerInvitation


def owe_invitation(invitation: PartnerInvitation, code: str) -> OutboxRow:
    """The mail with the link of an invitation."""
    key = f"partner-invitation:{invitation.digest[:32]}"
    with translation.override(invitation.partner.language):
        url = absolute(reverse("partners:partner_invitation", args=[code]))
    return owe_words("invitation", invitation.partner, invitation.email, key, {"url": url})


def owe_email_code(partner: Partner, code: str, day: str) -> OutboxRow:
    """The mail that proves an organisation's address."""
    key = f"partner-email:{partner.pk}:{partner.email}:{day}"
    return owe_words("email_code", partner, partner.email, key, {"code": code})


def owe_words(name: str, partner: Partner, to: str, key: str, values: dict[str, Any]) -> OutboxRow:
    """A mail in the partner's language. The first line is the subject."""
    values = {"partner": partner, "site_name": settings.WAGTAIL_SITE_NAME, **values}
    with translation.override(partner.language):
        words = render_to_string(f"partners/emails/{name}.txt", values).strip()
    subject, _line, text = words.partition("\n")
    return owe(key=key, to=to, subject=subject, text=f"{text.strip()}\n")
