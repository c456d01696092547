"""Composes messages. They leave through the outbox."""

import hashlib
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from . import outbox
from .models import Member, Notice, OutboxRow


def absolute(url: str) -> str:
    """A full address, as a mail needs it."""
    return urljoin(f"{settings.SITE_URL}/", url)


def message_id(key: str) -> str:
    """The Message-ID of a message: always the same for one key, so that a repeat is seen as one."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


def owe(
    *, key: str, to: str, subject: str, text: str, html: str = "", member: int | None = None
) -> OutboxRow:
    """Put a mail into the outbox. One key makes one mail."""
    payload = {
        "to": to,
        "subject": " ".join(subject.split()),
        "text": text,
        "html": html,
        "member": member,
        "message_id": message_id(key),
    }
    return outbox.put(effect="members.send_mail", key=f"mail:{key}", payload=payload)


def owe_from_template(
    name: str, *, key: str, member: Member, to: str, values: dict[str, Any]
) -> OutboxRow:
    """A mail to a member in the member's language; its words are members/emails/<name>.txt.

    The first line is the subject.
    """
    values = {"member": member, "site_name": settings.WAGTAIL_SITE_NAME, **values}
    with translation.override(member.language or settings.LANGUAGE_CODE):
        words = render_to_string(f"members/emails/{name}.txt", values).strip()
    subject, _line, text = words.partition("\n")
    return owe(key=key, to=to, subject=subject, text=f"{text.strip()}\n", member=member.pk)


def notice_key(notice: Notice) -> str:
    """The key of the outbox row of the mail about a notice."""
    return f"mail:notice:{notice.member_id}:{notice.key}"


def owe_notice(notice: Notice) -> OutboxRow:
    """The mail that goes with a notice."""
    return owe_from_template(
        "notice",
        key=notice_key(notice).removeprefix("mail:"),
        member=notice.member,
        to=notice.member.email,
        values={"text": notice.text, "url": absolute(notice.url) if notice.url else ""},
    )


def owe_email_check(member: Member, email: str, key: str, *, stamp: str) -> OutboxRow:
    """A mail that asks whether a new address is right. `key` is what its link carries."""
    return owe_from_template(
        "email_check",
        key=f"email-check:{member.pk}:{stamp}",
        member=member,
        to=email,
        values={"url": absolute(key)},
    )


def owe_email_taken(member: Member, email: str, *, stamp: str) -> OutboxRow:
    """A mail to an address that another account has: only its owner learns of it."""
    return owe_from_template(
        "email_taken", key=f"email-taken:{member.pk}:{stamp}", member=member, to=email, values={}
    )
