"""What the hub says to somebody who reported an offer."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from partners.models import OfferReport
from partners.rules import may_settle

from .telling import tell
from .words import clean_length


@transaction.atomic
def settle_report(
    *, member: Member, report: OfferReport, answer: str = "", now: datetime | None = None
) -> OfferReport:
    """Note that a report was looked after, and tell who made it what came of it. Twice is one.
    Refuses whoever does not review there, and the people of the partner."""
    rows = OfferReport.objects.select_for_update(of=("self",))
    report = rows.select_related("hub", "offer__partner__hub").get(pk=report.pk)
    if not may_settle(member, report):
        raise Refused(_("You do not look after the partners of this hub."))
    if report.settled_at is None:
        report.answer = clean_length(answer, 500, "answer")
        report.settled_at, report.settled_by = now or timezone.now(), member
        report.save(update_fields=["answer", "settled_at", "settled_by"])
        tell_reporter(report, report.settled_at)
    return report


def tell_reporter(report: OfferReport, now: datetime) -> None:
    """Tell who made a report, if it was a member."""
    if report.member is not None:
        key = f"offer-report:{report.pk}:settled"
        tell([report.member], key, partial(settled_words, report), str, now)


def settled_words(report: OfferReport) -> str:
    """What came of a report."""
    words = _("%(hub)s has looked at “%(title)s”, which you reported. Thank you.") % {
        "hub": report.hub.name,
        "title": report.offer.title,
    }
    return f"{words} {report.answer}".strip()
