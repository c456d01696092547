"""Who acts for a partner: people come by invitation, and one who runs it always stays."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from partners import codes, emails
from partners.models import Colleague, Partner, PartnerInvitation
from partners.queries.index import offers_changed
from partners.rules import may_call

from .organisations import lock_partner, refuse_unless_running, send_code
from .telling import partner_address, people, tell, tell_hub
from .words import LONGEST_MAIL, clean_length, one_of

VALID = timedelta(days=codes.DAYS)
ADMIN = Colleague.Role.ADMIN


@transaction.atomic
def invite_colleague(
    *, member: Member, partner: Partner, email: str, role: str, now: datetime | None = None
) -> tuple[PartnerInvitation, str]:
    """Invite somebody by e-mail to act for a partner; gives the invitation and its code, which is
    stored nowhere. The first one whom the hub invites to a partner that it keeps, or that nobody
    can run any more, has to run it.

    Invited again while the invitation is open, nothing more is sent (`is_mailed` of what it gives
    says so); the last role counts.
    """
    row = lock_partner(partner)
    is_called = may_call(member, row)
    if not is_called:
        refuse_unless_running(member, row)
    now = now or timezone.now()
    email = clean_email(email)
    one_of(role, Colleague.Role.values, "role")
    if (row.is_kept_by_hub or is_called) and role != ADMIN:
        raise Refused(_("The first one to come has to run the organisation."), "role")
    invitation = open_invitation(row, email, now)
    invitation.role, invitation.made_by = role, member
    code = codes.invitation_code(settings.SECRET_KEY, row.pk, email, invitation.made_at)
    invitation.digest = codes.digest(code)
    invitation.save()
    invitation.is_mailed = emails.owe_invitation(invitation, code)
    return invitation, code


def clean_email(email: str) -> str:
    """An address in small letters. Refuses what is none, and one that is too long to be kept."""
    found = clean_length(email.lower(), LONGEST_MAIL, "email")
    try:
        validate_email(found)
    except ValidationError:
        words = _("Write a full e-mail address, like name@example.org.")
        raise Refused(words, "email") from None
    return found


def open_invitation(partner: Partner, email: str, now: datetime) -> PartnerInvitation:
    """The invitation of an address that is still good, or a new one. One that ran out goes."""
    rows = partner.invitations.filter(email=email, used_at__isnull=True)
    rows.filter(expires_at__lte=now).delete()
    found = rows.select_related("partner").first()
    values = {"partner": partner, "email": email, "made_at": now, "expires_at": now + VALID}
    return found or PartnerInvitation(**values)


@transaction.atomic
def drop_invitation(*, member: Member, invitation: PartnerInvitation) -> bool:
    """Take an invitation back that nobody has used. Says whether there was one."""
    refuse_unless_running(member, lock_partner(invitation.partner))
    gone, _rows = PartnerInvitation.objects.filter(pk=invitation.pk, used_at__isnull=True).delete()
    return bool(gone)


@transaction.atomic
def accept_invitation(*, member: Member, code: str, now: datetime | None = None) -> Colleague:
    """Begin to act for a partner. A code works once, for one member. The first one who comes to
    run a partner that the hub keeps takes it over."""
    now = now or timezone.now()
    found = PartnerInvitation.objects.filter(digest=codes.digest(code)).first()
    if found is None or not member.is_active:
        raise Refused(_("This invitation is not good any more. Ask for a new one."))
    partner = lock_partner(found.partner)
    invitation = PartnerInvitation.objects.filter(pk=found.pk).first()
    if invitation is None or invitation.used_at is not None:
        return joined_already(member, partner)
    if invitation.expires_at <= now or partner.state == Partner.State.LEFT:
        raise Refused(_("This invitation is not good any more. Ask for a new one."))
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    colleague = join(member, partner, invitation.role, now)
    take_over(partner, colleague, now)
    return colleague


def joined_already(member: Member, partner: Partner) -> Colleague:
    """Who has come before is in; for all others the invitation is used."""
    found = partner.colleagues.filter(member=member).first()
    if found is None:
        raise Refused(_("This invitation is not good any more. Ask for a new one."))
    return found


def join(member: Member, partner: Partner, role: str, now: datetime) -> Colleague:
    """Make a member a colleague. Whoever is one already keeps the higher role."""
    values = {"role": role, "joined_at": now}
    colleague, is_new = partner.colleagues.get_or_create(member=member, defaults=values)
    if is_new:
        others = [one for one in people(partner, ADMIN) if one.pk != member.pk]
        key = f"partner:{partner.pk}:joined:{colleague.pk}"
        words = partial(joined_words, partner, member)
        tell(others, key, words, partial(partner_address, partner, "people/"), now)
    elif is_higher(role, colleague.role):
        colleague.role = role
        colleague.save(update_fields=["role"])
    return colleague


def is_higher(role: str, other: str) -> bool:
    """Whether a role may do more than another one."""
    ranks: list[str] = list(Colleague.Role.values)
    return ranks.index(role) < ranks.index(other)


def joined_words(partner: Partner, member: Member) -> str:
    """That somebody acts for a partner now."""
    return _("%(name)s now acts for %(partner)s.") % {
        "name": member.name,
        "partner": partner.name,
    }


def take_over(partner: Partner, colleague: Colleague, now: datetime) -> None:
    """The hub lets a partner go, once somebody of its own runs it. The code that proves its address
    goes out: now there is somebody to type it."""
    if partner.is_kept_by_hub and colleague.role == ADMIN:
        partner.is_kept_by_hub = False
        partner.confirmed_at, partner.clean_approvals = now, 0
        partner.save(update_fields=["is_kept_by_hub", "confirmed_at", "clean_approvals"])
        partner.offers.update(is_on_behalf=False)
        offers_changed()
        send_code(partner, now)
        tell_hub(partner, f"partner:{partner.pk}:taken-over", partial(taken_words, partner), now)


def taken_words(partner: Partner) -> str:
    """That an organisation runs itself."""
    return _("%(partner)s now writes its own offers.") % {"partner": partner.name}


@transaction.atomic
def set_role(*, member: Member, partner: Partner, colleague: Colleague, role: str) -> Colleague:
    """Give a colleague another role. One who runs the partner always stays."""
    row = lock_partner(partner)
    refuse_unless_running(member, row)
    one_of(role, Colleague.Role.values, "role")
    found = row.colleagues.filter(pk=colleague.pk).first()
    if found is None:
        raise Refused(_("This person does not act for the organisation any more."))
    if role != ADMIN:
        refuse_last(found, _("Somebody has to run the organisation. Give this role to another."))
    found.role = role
    found.save(update_fields=["role"])
    return found


def refuse_last(colleague: Colleague, words: str) -> None:
    """Refuse when nobody else would run the partner."""
    others = Colleague.objects.filter(
        partner=colleague.partner_id, role=ADMIN, member__is_active=True
    )
    if colleague.role == ADMIN and not others.exclude(pk=colleague.pk).exists():
        raise Refused(words)


@transaction.atomic
def drop_colleague(*, member: Member, partner: Partner, colleague: Colleague) -> bool:
    """End that somebody acts for a partner. Says whether there was somebody."""
    row = lock_partner(partner)
    refuse_unless_running(member, row)
    return drop(row.colleagues.filter(pk=colleague.pk).first())


@transaction.atomic
def leave_colleagues(*, member: Member, partner: Partner) -> bool:
    """Stop to act for a partner. Says whether one did."""
    row = lock_partner(partner)
    return drop(row.colleagues.filter(member=member).first())


def drop(colleague: Colleague | None) -> bool:
    """Take a colleague out, unless nobody else runs the partner."""
    if colleague is None:
        return False
    words = _("Somebody has to run the organisation. Give this role to another one first.")
    refuse_last(colleague, words)
    colleague.delete()
    return True
