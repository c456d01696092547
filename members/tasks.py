"""Effects that the outbox runs, and the task that empties it. Each may run twice."""

from typing import Any

from celery import shared_task
from django.contrib.sessions.models import Session
from django.core.mail import EmailMultiAlternatives

from . import outbox


def connect() -> None:
    """Name the effects: reading this module has registered them."""


@shared_task(name=outbox.TASK)
def empty_outbox(pk: int | None = None) -> None:
    """Run one row, or all that is due."""
    if pk is None:
        outbox.empty()
    else:
        outbox.run_row(pk)


@outbox.effect("members.send_mail", is_outside=True)
def send_mail(payload: dict[str, Any]) -> None:
    """Send one mail. Sent twice, it carries the same Message-ID."""
    message = EmailMultiAlternatives(
        subject=payload["subject"],
        body=payload["text"],
        to=[payload["to"]],
        headers={"Message-ID": payload["message_id"]},
    )
    if payload["html"]:
        message.attach_alternative(payload["html"], "text/html")
    message.send()


@outbox.effect("members.end_sessions", is_outside=True)
def end_sessions(payload: dict[str, Any]) -> None:
    """Delete every session of an account, on every device."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == payload["member"]:
            session.delete()
