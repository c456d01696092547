"""What a partner and a hub agree: the partner says it, the hub confirms it."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Course
from members.errors import Refused
from members.models import Hub, Member
from partners.models import Agreement, Partner
from partners.queries.drafts import today_of
from partners.rules import may_review, may_run

from .organisations import lock_partner, refuse_unless_running
from .telling import hub_address, partner_address, people, reviewers, tell
from .words import clean_words, one_of

# For how many days an end is looked at again, should the clock have stood still.
LATEST = timedelta(days=7)


@transaction.atomic
def propose_agreement(
    *,
    member: Member,
    partner: Partner,
    hub: Hub,
    kind: str,
    words: str,
    course: Course | None = None,
    until_on: date | None = None,
    now: datetime | None = None,
) -> Agreement:
    """Say what a partner and a hub agreed. It is public once the hub has confirmed it. The same
    words twice, of the same course, are one agreement: one that is over makes room for a new one,
    one that stands keeps its end. Only what gives entry names a course of the hub, whose
    certificate counts. Refused unless the organisation is approved."""
    row = lock_partner(partner)
    refuse_unless_running(member, row)
    if row.state != Partner.State.APPROVED:
        raise Refused(_("The hub has not approved your organisation yet."))
    now = now or timezone.now()
    today = today_of(hub, now)
    one_of(kind, Agreement.Kind.values, "kind")
    if course is not None and kind != Agreement.Kind.ENTRY:
        words = _("To name a course, choose “%(kind)s”.") % {"kind": Agreement.Kind.ENTRY.label}
        raise Refused(words, "course")
    if until_on is not None and until_on < today:
        raise Refused(_("This day is over. Write one to come."), "until_on")
    same: dict[str, Any] = {
        "hub": hub,
        "kind": kind,
        "words": clean_words(words, 300),
        "course": course,
    }
    row.agreements.filter(until_on__lt=today, **same).delete()
    values = {"until_on": until_on, "made_at": now}
    found, is_new = row.agreements.get_or_create(**same, defaults=values)
    if found.until_on != until_on:
        words = _("This is here already, with another end. End it first, then write it again.")
        raise Refused(words, "until_on")
    if is_new:
        others = [one for one in reviewers(hub) if one.pk != member.pk]
        url = partial(hub_address, hub)
        tell(others, f"agreement:{found.pk}", partial(proposed_words, found), url, now)
    return found


def proposed_words(agreement: Agreement) -> str:
    """That a partner says what was agreed."""
    return _("%(partner)s says: “%(words)s” Please confirm it if this is what you agreed.") % {
        "partner": agreement.partner.name,
        "words": agreement.words,
    }


def lock_agreement(agreement: Agreement) -> Agreement | None:
    """An agreement with both sides, locked until the transaction ends; None when it is gone."""
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("partner", "hub")
    return rows.filter(pk=agreement.pk).first()


@transaction.atomic
def confirm_agreement(
    *, member: Member, agreement: Agreement, now: datetime | None = None
) -> Agreement:
    """Confirm for the hub what was agreed; it is public now. Nobody confirms what they agreed for
    the partner."""
    row = lock_agreement(agreement)
    if row is None:
        raise Refused(_("This agreement is not there any more."))
    if not may_review(member, row.hub) or row.partner.colleagues.filter(member=member).exists():
        raise Refused(_("Only people of the hub who are not from this organisation can do this."))
    if row.confirmed_at is None:
        row.confirmed_at = now or timezone.now()
        row.save(update_fields=["confirmed_at"])
        tell_confirmed(row, row.confirmed_at)
    return row


def tell_confirmed(agreement: Agreement, now: datetime) -> None:
    """Tell who runs the partner that an agreement stands."""
    key = f"agreement:{agreement.pk}:confirmed"
    url = partial(partner_address, agreement.partner)
    tell(people(agreement.partner, "admin"), key, partial(confirmed_words, agreement), url, now)


def confirmed_words(agreement: Agreement) -> str:
    """That an agreement stands."""
    return _("%(hub)s has confirmed: “%(words)s”") % {
        "hub": agreement.hub.name,
        "words": agreement.words,
    }


@transaction.atomic
def decline_agreement(
    *, member: Member, agreement: Agreement, reason: str, now: datetime | None = None
) -> bool:
    """Say no for the hub to what a partner says was agreed, or end it, with a reason that who runs
    the partner reads. It is gone then. Says whether there was one."""
    row = lock_agreement(agreement)
    if row is None:
        return False
    if not may_review(member, row.hub) or row.partner.colleagues.filter(member=member).exists():
        raise Refused(_("Only people of the hub who are not from this organisation can do this."))
    words = partial(declined_words, row, clean_words(reason, 500, "reason"))
    key, url = f"agreement:{row.pk}:declined", partial(partner_address, row.partner, "page/")
    tell(people(row.partner, "admin"), key, words, url, now or timezone.now())
    row.delete()
    return True


def declined_words(agreement: Agreement, reason: str) -> str:
    """That an agreement does not stand, and why."""
    return _("%(hub)s says no to “%(words)s”: %(reason)s") % {
        "hub": agreement.hub.name,
        "words": agreement.words,
        "reason": reason,
    }


@transaction.atomic
def end_agreement(*, member: Member, agreement: Agreement, now: datetime | None = None) -> bool:
    """End an agreement: either side may, and both are told. Says whether there was one."""
    row = lock_agreement(agreement)
    if row is None:
        return False
    if not may_run(member, row.partner) and not may_review(member, row.hub):
        raise Refused(_("Only the two who agreed can end this."))
    tell_ended(row, now or timezone.now(), but=member)
    row.delete()
    return True


def tell_ended(agreement: Agreement, now: datetime, but: Member | None = None) -> None:
    """Tell both sides once that an agreement has ended, except who did it."""
    key, words = f"agreement:{agreement.pk}:ended", partial(ended_words, agreement)
    hub, partner = agreement.hub, agreement.partner
    sides = [
        (reviewers(hub), partial(hub_address, hub)),
        (people(partner, "admin"), partial(partner_address, partner, "page/")),
    ]
    for found, url in sides:
        tell([one for one in found if one != but], key, words, url, now)


def ended_words(agreement: Agreement) -> str:
    """That what was agreed does not stand any more."""
    return _("%(partner)s and %(hub)s: “%(words)s” This agreement has ended.") % {
        "partner": agreement.partner.name,
        "hub": agreement.hub.name,
        "words": agreement.words,
    }


def remind_agreements(*, now: datetime) -> int:
    """Tell both sides of agreements whose last day was in the last weeks. Says how many."""
    rows = Agreement.objects.filter(
        until_on__range=(now.date() - LATEST, now.date()), confirmed_at__isnull=False
    )
    rows = rows.select_related("partner", "hub").order_by("until_on", "pk")
    over = [row for row in rows if row.until_on and row.until_on < today_of(row.hub, now)]
    for row in over:
        tell_ended(row, now)
    return len(over)
