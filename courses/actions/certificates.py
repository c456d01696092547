"""Certificates: issued once, corrected with a log, withdrawn with a reason."""

import secrets
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.models import Certificate, CertificateReissue, CertificateWithdrawal, Enrolment
from courses.rules import may_rename_certificate, may_withdraw_certificate
from members.actions import notify, record
from members.errors import Refused
from members.models import Member

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 16
NAME_LENGTH = 120


def new_code() -> str:
    """A code nobody can guess: 16 signs without look-alikes, 79 bits."""
    return "".join(secrets.choice(LETTERS) for _sign in range(CODE_LENGTH))


@transaction.atomic
def issue_certificate(*, enrolment: Enrolment, now: datetime | None = None) -> Certificate:
    """Issue the certificate of a finished enrolment, or give the one that is there.

    It keeps its own copy of name, title, hub, release, hours and skills. Refuses an enrolment
    that is not finished.
    """
    if enrolment.finished_at is None:
        raise Refused(_("This course is not finished yet."))
    now = now or timezone.now()
    course, hub, member = enrolment.course, enrolment.hub, enrolment.member
    certificate, created = Certificate.objects.get_or_create(
        member=member,
        course=course,
        defaults={
            "code": new_code(),
            "hub": hub,
            "name": member.name,
            "course_title": course.title,
            "hub_name": hub.name,
            "hub_place": hub.place,
            "release_number": enrolment.release.number,
            "hours": course.hours,
            "skills": course.skills,
            "language": get_language() or course.language,
            "finished_at": enrolment.finished_at,
            "issued_at": now,
        },
    )
    if created:
        notify(
            member=member,
            key=f"certificate:{certificate.pk}",
            kind="certificate",
            text=_("You finished “%(course)s”. Your certificate is ready.")
            % {"course": course.title},
            url=reverse("courses:certificate", args=[certificate.code]),
            now=now,
        )
    return certificate


@transaction.atomic
def rename_certificate(
    *, member: Member, certificate: Certificate, name: str, now: datetime | None = None
) -> Certificate:
    """Correct the name on one's own certificate; the old name is logged. The same name changes
    nothing.

    Refuses an empty name, one over 120 signs, other people's certificates and withdrawn ones.
    """
    name = " ".join(name.split())
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not may_rename_certificate(member, locked):
        raise Refused(_("This is not your certificate."))
    if CertificateWithdrawal.objects.filter(certificate=locked).exists():
        raise Refused(_("This certificate was withdrawn and cannot be changed."))
    if not name or len(name) > NAME_LENGTH:
        raise Refused(_("Write your name, with at most 120 letters."), "name")
    if name != locked.name:
        CertificateReissue.objects.create(
            certificate=locked,
            old_name=locked.name,
            new_name=name,
            made_by=member,
            made_at=now or timezone.now(),
        )
        locked.name = name
        locked.save(update_fields=["name"])
    return locked


@transaction.atomic
def withdraw_certificate(
    *, member: Member, certificate: Certificate, reason: str, now: datetime | None = None
) -> CertificateWithdrawal:
    """Withdraw a certificate with a reason that its check page shows; twice changes nothing.

    Refuses whoever may not, and an empty reason. The person named is told.
    """
    if not may_withdraw_certificate(member, certificate):
        raise Refused(_("You cannot withdraw this certificate."))
    if not reason.strip():
        raise Refused(_("Say why, in a few words."), "reason")
    withdrawal, created = CertificateWithdrawal.objects.get_or_create(
        certificate=certificate,
        defaults={
            "reason": reason.strip()[:500],
            "made_by": member,
            "made_at": now or timezone.now(),
        },
    )
    if created and certificate.member:
        with certificate.member.in_own_language():
            tell_holder(member, certificate.member, certificate, withdrawal)
    return withdrawal


def tell_holder(
    member: Member, holder: Member, certificate: Certificate, withdrawal: CertificateWithdrawal
) -> None:
    """Write the withdrawal into the holder's record and send a notice."""
    words = _("Your certificate for “%(course)s” was withdrawn.") % {
        "course": certificate.course_title
    }
    record(
        member=holder,
        actor=member,
        hub=certificate.hub,
        verb="withdraw_certificate",
        words=words,
        reason=withdrawal.reason,
        now=withdrawal.made_at,
    )
    notify(
        member=holder,
        key=f"certificate-withdrawn:{certificate.pk}",
        kind="certificate",
        text=f"{words} {withdrawal.reason}",
        now=withdrawal.made_at,
        url=reverse("courses:certificate", args=[certificate.code]),
    )
