"""One-use sign-in codes, for members who cannot get in by themselves."""

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ..codes import digest, make_code
from ..errors import Refused
from ..models import Hub, Member, SignInCode
from ..rules import may_issue_code
from .notices import notify
from .records import record

VALID_FOR = timedelta(hours=24)


@transaction.atomic
def issue_sign_in_code(
    *, member: Member, to: Member, hub: Hub, now: datetime | None = None
) -> SignInCode:
    """Give a member of the hub a code that signs them in, once, within a day.

    An older code ends. It is logged, and the member is told. `code_of` has the code's letters.
    """
    if not may_issue_code(member, to, hub):
        raise Refused(_("You cannot give this person a sign-in code."))
    now = now or timezone.now()
    Member.objects.select_for_update().get(pk=to.pk)
    SignInCode.objects.filter(member=to, used_at__isnull=True).delete()
    code = SignInCode.objects.create(
        member=to,
        hub=hub,
        issued_by=member,
        digest=digest(settings.SECRET_KEY, to.pk, make_code(settings.SECRET_KEY, to.pk, now)),
        made_at=now,
        expires_at=now + VALID_FOR,
    )
    with to.in_own_language():
        tell_issued(member, code)
    return code


def code_of(code: SignInCode) -> str:
    """The letters of a code, made anew: they are stored nowhere."""
    return make_code(settings.SECRET_KEY, code.member_id, code.made_at)


def tell_issued(actor: Member, code: SignInCode) -> None:
    """Log that a code was given, and tell the member."""
    words = _("%(name)s at %(hub)s gave you a code to sign in.") % {
        "name": actor.name,
        "hub": code.hub.name,
    }
    record(
        member=code.member,
        actor=actor,
        hub=code.hub,
        verb="issue_sign_in_code",
        words=words,
        now=code.made_at,
    )
    notify(
        member=code.member,
        key=f"sign-in-code:{code.pk}",
        kind="sign-in",
        text=words,
        now=code.made_at,
    )


def use_sign_in_code(*, username: str, code: str, now: datetime | None = None) -> Member:
    """The member whom a code signs in. It works once; of two at the same time one wins.

    The refusal never says which of user name and code was wrong.
    """
    now = now or timezone.now()
    wanted = Member.normalize_username(username)
    open_codes = SignInCode.objects.open(now).filter(member__username=wanted)
    row = open_codes.select_related("member", "issued_by", "hub").first()
    if row is None or not is_right(row, code) or not spend(row, now):
        raise Refused(
            _("This user name and code do not fit. Check both, or ask your hub for a new code.")
        )
    return row.member


@transaction.atomic
def set_password(*, member: Member, password: str, now: datetime | None = None) -> Member:
    """Give a member a new password, and tell the member."""
    try:
        validate_password(password, member)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "password1") from None
    member.set_password(password)
    member.save(update_fields=["password"])
    now = now or timezone.now()
    notify(
        member=member,
        key=f"password:{now.isoformat()}",
        kind="sign-in",
        text=_("Your password was changed."),
        now=now,
    )
    return member


@transaction.atomic
def end_other_sessions(
    *, member: Member, password: str = "", now: datetime | None = None
) -> Member:
    """End every session of a member: each hangs on how the password is kept, and that changes.

    The password stays the same. The caller keeps the session at hand.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    if not member.has_usable_password():
        member.set_unusable_password()
    elif member.check_password(password):
        member.set_password(password)
    else:
        raise Refused(_("This is not your password. Try again."), "password")
    member.save(update_fields=["password"])
    now = now or timezone.now()
    notify(
        member=member,
        key=f"sessions:{now.isoformat()}",
        kind="sign-in",
        text=_("You were signed out on all other devices."),
        now=now,
    )
    return member


def is_right(row: SignInCode, code: str) -> bool:
    """Whether the letters are right. A wrong try is counted; after ten the code is dead."""
    given = digest(settings.SECRET_KEY, row.member_id, code)
    if hmac.compare_digest(given, row.digest):
        return may_issue_code(row.issued_by, row.member, row.hub)
    SignInCode.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    return False


def spend(row: SignInCode, now: datetime) -> bool:
    """Mark a code used. False when somebody was quicker."""
    return bool(SignInCode.objects.open(now).filter(pk=row.pk).update(used_at=now))
