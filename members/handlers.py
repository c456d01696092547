"""Receivers: what happens at the doors is told to the log."""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal
from django.http import HttpRequest

from . import events
from .models import Member

DONE: dict[str, Signal] = {
    "signed_up": account.user_signed_up,
    "password_changed": account.password_changed,
    "password_set": account.password_set,
    "password_reset": account.password_reset,
    "second_step_added": mfa.authenticator_added,
    "second_step_removed": mfa.authenticator_removed,
    "second_step_renewed": mfa.authenticator_reset,
}
REFUSED: dict[str, Signal] = {
    "mailed_code_refused": account.login_code_rejected,
    "second_step_refused": mfa.authentication_failed,
}


def connect() -> None:
    """Connect every receiver. Called once, when all models are known."""
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(sign_in_refused)
    account.email_confirmed.connect(email_confirmed)
    account.authentication_step_completed.connect(proved_again)
    for event, signal in DONE.items():
        signal.connect(teller(event), weak=False, dispatch_uid=event)
    for event, signal in REFUSED.items():
        signal.connect(warner(event), weak=False, dispatch_uid=event)


def teller(event: str) -> Any:
    """A receiver that tells what a member did."""

    def told(request: HttpRequest, user: Member, **kwargs: object) -> None:
        events.tell(event, request, member=user.pk)

    return told


def warner(event: str) -> Any:
    """A receiver that tells what a member was refused."""

    def warned(request: HttpRequest, user: Member, **kwargs: object) -> None:
        events.warn(event, request, member=user.pk)

    return warned


def signed_in(request: HttpRequest, user: Member, **kwargs: object) -> None:
    """Somebody signed in, and by which steps."""
    events.tell("signed_in", request, member=user.pk, steps=steps_of(request, user))


def steps_of(request: HttpRequest, user: Member) -> list[str]:
    """How a member proved who they are; nothing for a code of the hub."""
    records = get_authentication_records(request, user)
    return [str(record.get("type") or record["method"]) for record in records]


def signed_out(request: HttpRequest, user: Member | None, **kwargs: object) -> None:
    """Somebody signed out."""
    events.tell("signed_out", request, member=user.pk if user else None)


def sign_in_refused(
    credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: object
) -> None:
    """A password did not fit. The name that was tried is kept as a mark only."""
    tried = credentials.get("username") or credentials.get("email") or ""
    events.warn("sign_in_refused", request, account=events.mark(str(tried).lower()))


def email_confirmed(request: HttpRequest, email_address: Any, **kwargs: object) -> None:
    """Somebody has another e-mail address now."""
    events.tell("email_confirmed", request, member=email_address.user_id)


def proved_again(
    request: HttpRequest, user: Member, method: str, reauthenticated: bool = False, **kwargs: object
) -> None:
    """Somebody proved once more who they are: told, and the session gets a new key."""
    if reauthenticated:
        request.session.cycle_key()
        events.tell("proved_again", request, member=user.pk, steps=[method])
