"""Who an organisation is: once the hub has checked it, another name or number waits for the hub."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from partners.models import Partner, PartnerChange
from partners.offering import promised_on
from partners.queries.drafts import today_of
from partners.rules import may_name, may_settle_identity

from .finding import owe_index
from .numbers import store
from .organisations import OWN, fill, lock_partner, refuse_unless_running
from .telling import partner_address, people, tell, tell_hub
from .words import clean_words

State = PartnerChange.State


@transaction.atomic
def ask_identity(
    *,
    member: Member,
    partner: Partner,
    name: str,
    kind: str,
    scheme: str = "",
    number: str = "",
    now: datetime | None = None,
) -> PartnerChange | None:
    """Say who an organisation is from now on. Before the hub has checked it, and while the hub
    keeps it, that is so at once; else it waits for the hub's yes. What was asked before and waits
    gives way; the same again, and what is so already, ask for nothing.

    Refuses beside the field what cannot be, and a number that another one has.
    """
    row = lock_partner(partner)
    refuse_unless_running(member, row)
    now = now or timezone.now()
    before = identity_of(row)
    fill(row, {"name": name, "kind": kind, "scheme": scheme, "number": number})
    if may_name(member, row):
        rename(row, before, now)
        return None
    waiting = row.changes.filter(state=State.WAITING).first()
    asked = identity_of(row)
    if waiting is not None and identity_of(waiting) == asked:
        return waiting
    withdraw(waiting, now)
    return None if asked == before else ask(row, member, asked, now)


def identity_of(row: Partner | PartnerChange) -> dict[str, Any]:
    """Name, kind and number."""
    return {field: getattr(row, field) for field in OWN}


def rename(partner: Partner, before: dict[str, Any], now: datetime) -> None:
    """Store who an organisation is. A search finds its offers by the new name."""
    if identity_of(partner) != before:
        store(partner, OWN)
    if partner.name != before["name"]:
        owe_index(partner, now)


def withdraw(change: PartnerChange | None, now: datetime) -> None:
    """Take back what waits."""
    if change is not None:
        change.state, change.decided_at = State.WITHDRAWN, now
        change.save(update_fields=["state", "decided_at"])


def ask(partner: Partner, member: Member, asked: dict[str, Any], now: datetime) -> PartnerChange:
    """Ask the hub of a locked organisation."""
    day = promised_on(today_of(partner.hub, now))
    as_it_is = Partner.objects.select_related("hub").get(pk=partner.pk)
    change = PartnerChange.objects.create(
        partner=as_it_is, sent_by=member, sent_at=now, promised_on=day, **asked
    )
    words = partial(asked_words, as_it_is.name)
    tell_hub(partner, f"partner-change:{change.pk}", words, now, but=member)
    return change


def asked_words(name: str) -> str:
    """That an organisation has another name or number."""
    return _("%(partner)s wants to change its name or number. Please check it.") % {"partner": name}


@transaction.atomic
def settle_identity(
    *,
    member: Member,
    change: PartnerChange,
    is_fine: bool,
    reason: str = "",
    now: datetime | None = None,
) -> PartnerChange:
    """Say yes to another name or number, which is so from now on; or no, with a reason that the
    organisation's people read. Nobody decides what they asked for, or for their own."""
    partner = lock_partner(Partner(pk=change.partner_id))
    rows = PartnerChange.objects.select_for_update(of=("self",))
    row = rows.get(pk=change.pk)
    if not may_settle_identity(member, row, partner):
        raise Refused(_("Only people of the hub who are not from this organisation can do this."))
    wanted = State.DONE if is_fine else State.DECLINED
    if row.state == wanted:
        return row
    if row.state != State.WAITING:
        raise Refused(_("This has changed meanwhile. Please look at it again."))
    now = now or timezone.now()
    if is_fine:
        before = identity_of(partner)
        fill(partner, identity_of(row))
        rename(partner, before, now)
        return decide(row, partner, member, wanted, partial(done_words, row), now)
    row.reason = clean_words(reason, 500, "reason")
    return decide(row, partner, member, wanted, partial(declined_words, row, partner), now)


def decide(
    change: PartnerChange,
    partner: Partner,
    member: Member,
    state: str,
    words: Callable[[], str],
    now: datetime,
) -> PartnerChange:
    """Write what the hub says, and tell who runs the organisation."""
    change.state, change.decided_by, change.decided_at = state, member, now
    change.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    url = partial(partner_address, partner, "page/")
    tell(people(partner, "admin"), f"partner-change:{change.pk}:{state}", words, url, now)
    return change


def done_words(change: PartnerChange) -> str:
    """That the new name or number stands."""
    return _("The hub said yes: your organisation is called %(name)s on the site now.") % {
        "name": change.name
    }


def declined_words(change: PartnerChange, partner: Partner) -> str:
    """That the old name or number stays, and why."""
    return _("%(hub)s cannot change your name or number: %(reason)s") % {
        "hub": partner.hub.name,
        "reason": change.reason,
    }
