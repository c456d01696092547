"""Composes the mails of partners that go to people without an account here. They leave through the
outbox; their words are in templates/partners/emails/. One key makes one mail: each function says
whether a mail goes now."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from members.emails import absolute, owe
from members.models import Hub, OutboxRow

from .codes import digest
from .models import Partner, PartnerInvitation, PartnerSuggestion


def owe_invitation(invitation: PartnerInvitation, code: str) -> bool:
    """The mail with the link of an invitation."""
    key = f"partner-invitation:{invitation.digest[:32]}"
    with translation.override(mail_language(invitation.partner)):
        url = absolute(reverse("partners:partner_invitation", args=[code]))
    return owe_words("invitation", invitation.partner, invitation.email, key, {"url": url})


def owe_suggested(suggestion: PartnerSuggestion, to: str) -> bool:
    """The mail that asks an organisation to apply that a member suggested."""
    key = f"partner-suggested:{suggestion.pk}"
    return owe_asked(key, suggestion.hub, suggestion.name, to, is_told=True)


def owe_wanted(hub: Hub, name: str, to: str) -> bool:
    """The mail that asks an organisation to apply that a hub would like to have. One goes to an
    address."""
    return owe_asked(f"partner-wanted:{hub.pk}:{digest(to)[:32]}", hub, name, to, is_told=False)


def owe_asked(key: str, hub: Hub, name: str, to: str, *, is_told: bool) -> bool:
    """The mail that asks an organisation to apply, in the language of who sends it. `is_told` says
    whether a member told the hub of it. The link brings the hub and the name along."""
    query = urlencode({"hub": hub.slug, "name": name})
    url = absolute(f"{reverse('partners:partner_apply')}?{query}")
    values = {"name": name, "hub": hub, "url": url, "is_told": is_told}
    subject, text = words_of("suggested", values)
    return owe_once(key, to, subject, text)


def owe_email_code(partner: Partner, code: str, day: date) -> bool:
    """The mail of a day that proves an organisation's address."""
    return owe_words("email_code", partner, partner.email, code_key(partner, day), {"code": code})


def code_key(partner: Partner, day: date) -> str:
    """The key of the mail with the code of a day: short, however long the address is."""
    return f"partner-email:{partner.pk}:{digest(partner.email)[:32]}:{day.isoformat()}"


def is_code_owed(partner: Partner, days: Iterable[date]) -> bool:
    """Whether the code of one of some days has gone to an organisation's address, or is to go."""
    keys = [f"mail:{code_key(partner, day)}" for day in days]
    return OutboxRow.objects.filter(key__in=keys).exists()


def owe_words(name: str, partner: Partner, to: str, key: str, values: dict[str, Any]) -> bool:
    """A mail in the partner's language, if the site speaks it."""
    with translation.override(mail_language(partner)):
        subject, text = words_of(name, {"partner": partner, **values})
    return owe_once(key, to, subject, text)


def mail_language(partner: Partner) -> str:
    """The partner's language, or the first one of the site where the site does not speak it."""
    is_spoken = partner.language in dict(settings.LANGUAGES)
    return partner.language if is_spoken else settings.LANGUAGE_CODE


def owe_once(key: str, to: str, subject: str, text: str) -> bool:
    """Put a mail into the outbox, unless one with this key is there."""
    is_new = not OutboxRow.objects.filter(key=f"mail:{key}").exists()
    owe(key=key, to=to, subject=subject, text=text)
    return is_new


def words_of(name: str, values: dict[str, Any]) -> tuple[str, str]:
    """The subject of a mail, which is its first line, and its text."""
    values = {"site_name": settings.WAGTAIL_SITE_NAME, **values}
    words = render_to_string(f"partners/emails/{name}.txt", values).strip()
    subject, _line, text = words.partition("\n")
    return subject, f"{text.strip()}\n"
