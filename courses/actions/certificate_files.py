"""The PDF of a certificate: made when first asked for, kept until a word on it changes."""

import logging
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils.translation import gettext as _

from courses.certificate_pdf import certificate_pdf
from courses.models import Certificate, CertificateWithdrawal
from courses.queries.certificates import sheet_of
from courses.rules import may_rename_certificate
from members.errors import Refused
from members.models import Member

logger = logging.getLogger(__name__)


def print_certificate(*, member: Member, certificate: Certificate) -> bytes:
    """The PDF of one's own certificate; the same file until a word on it changes.

    Refuses other people's certificates and withdrawn ones.
    """
    if not may_rename_certificate(member, certificate):
        raise Refused(_("This is not your certificate."))
    if CertificateWithdrawal.objects.filter(certificate=certificate).exists():
        raise Refused(_("This certificate was withdrawn and cannot be printed."))
    sheet = sheet_of(certificate)
    kept, path = storages["private"], f"{folder_of(certificate.code)}/{sheet.content_digest}.pdf"
    if kept.exists(path):
        with kept.open(path) as file:
            return file.read()
    body = certificate_pdf(sheet)
    forget_certificate_files(code=certificate.code)
    keep_file(kept, path, body)
    return body


def keep_file(kept: Storage, path: str, body: bytes) -> None:
    """Keep a file that can be made again. On a full disk nothing is kept, and no half of it."""
    try:
        kept.save(path, ContentFile(body))
    except OSError:
        logger.warning("The PDF of a certificate cannot be kept.", exc_info=True)
        with suppress(OSError):
            kept.delete(path)


def forget_certificate_files(*, code: str) -> None:
    """Delete the kept PDF files of a certificate, and the names on them. Twice is no harm."""
    kept, folder = storages["private"], folder_of(code)
    if kept.exists(folder):
        for name in kept.listdir(folder)[1]:
            kept.delete(f"{folder}/{name}")


def folder_of(code: str) -> str:
    """Where the files of a certificate are kept."""
    return f"certificates/{code}"
