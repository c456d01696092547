"""A certificate as its check page and its PDF show it."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from courses.certificate_pdf import Sheet
from courses.models import Certificate

CODE_LENGTH = 24


def clean_code(typed: str) -> str:
    """A code as it is stored: capitals, without spaces, dots and dashes."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return re.sub(r"[^0-9A-Z]", "", plain)[: CODE_LENGTH + 1]


def shown_code(code: str) -> str:
    """A code in groups of four, easy to read out."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def certificate_by_code(typed: str) -> Certificate | None:
    """The certificate with a code, however it was typed; None when there is none."""
    code = clean_code(typed)
    if not 0 < len(code) <= CODE_LENGTH:
        return None
    rows = Certificate.objects.select_related("withdrawal", "hub", "course")
    return rows.filter(code=code).first()


def check_address(certificate: Certificate) -> str:
    """The full address of the check page. It stands on paper, so it has no language in it."""
    with override(settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse('courses:certificate', args=[certificate.code])}"


def finished_on(certificate: Certificate) -> date:
    """The day on which the course was finished, where the hub is."""
    return timezone.localdate(certificate.finished_at, ZoneInfo(certificate.hub.time_zone))


def place_words(certificate: Certificate) -> str:
    """The hub and where it is."""
    return ", ".join(filter(None, [certificate.hub_name, certificate.hub_place]))


def hours_words(learned: Decimal) -> str:
    """A learning time in words."""
    hours = learned.normalize()
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2) % {
        "hours": f"{hours:f}"
    }


def fact_rows(certificate: Certificate) -> list[tuple[str, str]]:
    """What a certificate says in figures, in the active language."""
    return [
        (_("Finished on"), date_format(finished_on(certificate), "DATE_FORMAT")),
        (_("Learning time"), hours_words(certificate.hours)),
        (_("Version of the course"), str(certificate.release_number)),
        (_("Code"), shown_code(certificate.code)),
    ]


def sheet_of(certificate: Certificate) -> Sheet:
    """What is printed, in the certificate's own language."""
    with override(certificate.language):
        return Sheet(
            language=certificate.language,
            title=_("Certificate: %(course)s, %(name)s")
            % {"course": certificate.course_title, "name": certificate.name},
            heading=_("Certificate"),
            name=certificate.name,
            finished=_("has finished the course"),
            course=certificate.course_title,
            place=place_words(certificate),
            skills_title=_("and can now:"),
            skills=list(certificate.skills),
            facts=fact_rows(certificate),
            check=_("Anybody can check here that this certificate is valid:"),
            address=check_address(certificate),
            qr_alt=_("QR code with the address of the check page"),
            seed=certificate.course.slug,
        )
