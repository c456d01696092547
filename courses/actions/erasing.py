"""What courses forget when a member erases the account."""

from functools import partial

from django.core.files.storage import Storage
from django.db import transaction

from courses.models import Certificate, CertificateReissue, HandIn
from members.models import Member

from .certificate_files import forget_certificate_files


def forget_learner(*, member: Member) -> None:
    """Take the person out of what stays, and delete the photos. Runs inside the transaction that
    erases the member.

    A certificate's code stays valid without the name: somebody may hold the paper. All else goes
    with the member's row.
    """
    mine = Certificate.objects.filter(member=member)
    CertificateReissue.objects.filter(certificate__in=mine).delete()
    for code in mine.values_list("code", flat=True):
        transaction.on_commit(partial(forget_certificate_files, code=code), robust=True)
    mine.update(name="", member=None)
    for row in HandIn.objects.filter(enrolment__member=member).exclude(photo=""):
        delete_later(row.photo.storage, str(row.photo.name))


def delete_later(storage: Storage, name: str) -> None:
    """Delete a file once the erasure is safe in the database."""
    transaction.on_commit(lambda: storage.delete(name), robust=True)
