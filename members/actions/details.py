"""What a member says about themselves."""

from datetime import datetime

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import emails, languages
from ..errors import Refused
from ..models import Member
from ..models.people import phone_pattern

FIELDS = ["name", "phone", "is_ring_me", "is_mail_wanted", "language"]


@transaction.atomic
def change_details(
    *,
    member: Member,
    name: str,
    phone: str = "",
    is_ring_me: bool = False,
    is_mail_wanted: bool = True,
    language: str = "",
) -> Member:
    """Change the name to be called by, the phone and the wishes of a member."""
    member.name = clean_name(name)
    member.phone = clean_phone(phone)
    if is_ring_me and not member.phone:
        raise Refused(_("Write a phone number, so that we can ring you."), "phone")
    if language and language not in offered_to(member):
        raise Refused(_("Choose one of the languages."), "language")
    member.is_ring_me, member.is_mail_wanted, member.language = is_ring_me, is_mail_wanted, language
    member.save(update_fields=FIELDS)
    return member


def offered_to(member: Member) -> list[str]:
    """The codes of the languages that a member may choose."""
    spoken = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    found = languages.offered(settings.LANGUAGES, spoken, member.language)
    return [code for code, _name in found]


def clean_name(name: str) -> str:
    """A name without spare spaces, neither empty nor too long."""
    name = " ".join(name.split())
    if not name or len(name) > 120:
        raise Refused(_("Write your name, with at most 120 letters."), "name")
    return name


def clean_phone(phone: str) -> str:
    """A phone number that somebody could ring, or nothing."""
    phone = " ".join(phone.split())
    try:
        if phone:
            phone_pattern(phone)
    except ValidationError as error:
        raise Refused(error.messages[0], "phone") from None
    return phone


@transaction.atomic
def change_email(*, member: Member, email: str, now: datetime | None = None) -> str:
    """Ask for another e-mail address. Says what happened: "same", "removed" or "asked".

    A new address counts only when its owner has opened the link that is sent to it. Whether
    another account has the address is told to nobody but its owner.
    """
    email = clean_email(email)
    if email == member.email.lower():
        EmailAddress.objects.filter(user=member, verified=False).exclude(email=email).delete()
        return "same"
    if not email:
        remove_email(member)
        return "removed"
    ask_email(member, email, (now or timezone.now()).isoformat())
    return "asked"


def clean_email(email: str) -> str:
    """An address that could be one, in small letters, or nothing."""
    email = email.strip().lower()
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise Refused(_("Write the e-mail address like name@example.org."), "email") from None
    return email


def remove_email(member: Member) -> None:
    """Forget every address of a member."""
    EmailAddress.objects.filter(user=member).delete()
    member.email = ""
    member.save(update_fields=["email"])


def ask_email(member: Member, email: str, stamp: str) -> None:
    """Send the question to a new address, in place of an older question."""
    EmailAddress.objects.filter(user=member, verified=False).exclude(email=member.email).delete()
    if Member.objects.filter(email__iexact=email).exclude(pk=member.pk).exists():
        emails.owe_email_taken(member, email, stamp=stamp)
        return
    address = EmailAddress.objects.create(user=member, email=email)
    link = reverse("account_confirm_email", args=[EmailConfirmationHMAC.create(address).key])
    emails.owe_email_check(member, email, link, stamp=stamp)
