"""What a hub decides about organisations, and an organisation about itself."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from partners.codes import is_at
from partners.models import Partner
from partners.offering import promised_on
from partners.queries.drafts import today_of
from partners.queries.index import offers_changed
from partners.rules import may_decide_partner, may_leave

from .interest import forget_interest
from .numbers import store
from .offers import take_back_all
from .organisations import host_of, lock_partner, refuse_unless_running
from .telling import partner_address, people, tell, tell_hub
from .words import clean_length, clean_words, one_of

State = Partner.State
CHANGED = ("state", "reason", "decided_at", "decided_by", "confirmed_at")


def lock_to_decide(member: Member, partner: Partner) -> Partner:
    """An organisation, locked. Refuses whoever does not decide for its hub."""
    row = lock_partner(partner)
    if not may_decide_partner(member, row):
        raise Refused(_("Only people of the hub who are not from this organisation can do this."))
    return row


@transaction.atomic
def prove_partner(
    *,
    member: Member,
    partner: Partner,
    proof: str,
    words: str = "",
    now: datetime | None = None,
) -> Partner:
    """Note how the hub knows that an organisation is what it says. Mail at the domain counts once
    the address is confirmed; a letter and one's own knowledge need a few words."""
    row = lock_to_decide(member, partner)
    one_of(proof, Partner.Proof.values, "proof")
    if proof == Partner.Proof.DOMAIN:
        refuse_domain(row)
    words = clean_length(words, 300) if proof == Partner.Proof.DOMAIN else clean_words(words, 300)
    row.proof, row.proof_words, row.proof_by = proof, words, member
    row.proof_at = now or timezone.now()
    row.save(update_fields=["proof", "proof_words", "proof_by", "proof_at"])
    return row


def refuse_domain(partner: Partner) -> None:
    """Refuse mail as a proof that is not confirmed, or not at the organisation's domain."""
    if partner.email_confirmed_at is None:
        raise Refused(_("They have not confirmed their e-mail yet."), "proof")
    if not is_at(partner.email, host_of(partner.website)):
        raise Refused(_("Their e-mail is not at the domain of their website."), "proof")


def decide(
    partner: Partner,
    member: Member,
    state: str,
    reason: str,
    words: Callable[[], str],
    at: datetime,
) -> Partner:
    """Write a decision about a locked organisation, and tell its people."""
    partner.state, partner.reason = state, reason
    partner.decided_at, partner.decided_by = at, member
    if state == State.APPROVED:
        partner.confirmed_at = at
    store(partner, CHANGED)
    key = f"partner:{partner.pk}:{state}:{at:%Y%m%d%H%M%S}"
    tell(people(partner, "admin", "editor"), key, words, partial(partner_address, partner), at)
    return partner


@transaction.atomic
def approve_partner(*, member: Member, partner: Partner, now: datetime | None = None) -> Partner:
    """Let an organisation in: it is in the directory, and its offers can be published. Needs a
    proof; refused when another one has got its number since."""
    row = lock_to_decide(member, partner)
    if row.state == State.APPROVED:
        return row
    if row.state not in (State.WAITING, State.DECLINED):
        raise Refused(_("This has changed meanwhile. Please look at it again."))
    if not row.proof:
        raise Refused(_("Note first how you know that they are what they say."), "proof")
    words = partial(approved_words, row)
    return decide(row, member, State.APPROVED, "", words, now or timezone.now())


def approved_words(partner: Partner) -> str:
    """That an organisation is in."""
    return _("%(hub)s has approved %(partner)s. Your offers can be published now.") % {
        "hub": partner.hub.name,
        "partner": partner.name,
    }


@transaction.atomic
def decline_partner(
    *, member: Member, partner: Partner, reason: str, now: datetime | None = None
) -> Partner:
    """Say no to an organisation that applied, with a reason that its people read. Its texts wait
    no longer."""
    row = lock_to_decide(member, partner)
    if row.state == State.DECLINED:
        return row
    if row.state != State.WAITING:
        raise Refused(_("This has changed meanwhile. Please look at it again."))
    reason = clean_words(reason, 500, "reason")
    now = now or timezone.now()
    take_back_all(row, now)
    return decide(row, member, State.DECLINED, reason, partial(declined_words, row), now)


def declined_words(partner: Partner) -> str:
    """That an organisation is not taken in, and why."""
    return _("%(hub)s cannot take %(partner)s in: %(reason)s") % {
        "hub": partner.hub.name,
        "partner": partner.name,
        "reason": partner.reason,
    }


@transaction.atomic
def send_partner_again(*, member: Member, partner: Partner, now: datetime | None = None) -> Partner:
    """Ask the hub once more to let in an organisation that it declined: it waits again, with a new
    promised day, and the hub is told. While it waits, a second tap changes nothing.

    Refuses whoever does not run it, and a number that another one has got since.
    """
    row = lock_partner(partner)
    refuse_unless_running(member, row)
    if row.state == State.WAITING:
        return row
    if row.state != State.DECLINED:
        raise Refused(_("This has changed meanwhile. Please look at it again."))
    now = now or timezone.now()
    row.state, row.promised_on = State.WAITING, promised_on(today_of(row.hub, now))
    store(row, ("state", "promised_on"))
    key = f"partner:{row.pk}:again:{now:%Y%m%d%H%M%S}"
    tell_hub(row, key, partial(again_words, row), now, but=member)
    return row


def again_words(partner: Partner) -> str:
    """That an organisation asks once more."""
    return _("%(partner)s asks again to come in. Please look at it once more.") % {
        "partner": partner.name
    }


@transaction.atomic
def pause_partner(
    *, member: Member, partner: Partner, reason: str, now: datetime | None = None
) -> Partner:
    """Take an organisation and all of its offers off the site for a while, with a reason."""
    row = lock_to_decide(member, partner)
    if row.state == State.PAUSED:
        return row
    if row.state != State.APPROVED:
        raise Refused(_("This has changed meanwhile. Please look at it again."))
    reason = clean_words(reason, 500, "reason")
    return decide(
        row, member, State.PAUSED, reason, partial(paused_words, row), now or timezone.now()
    )


def paused_words(partner: Partner) -> str:
    """That an organisation has a break."""
    return _("%(hub)s has taken %(partner)s off the site for now: %(reason)s") % {
        "hub": partner.hub.name,
        "partner": partner.name,
        "reason": partner.reason,
    }


@transaction.atomic
def return_partner(*, member: Member, partner: Partner, now: datetime | None = None) -> Partner:
    """Put a paused organisation back on the site, with its offers."""
    row = lock_to_decide(member, partner)
    if row.state == State.APPROVED:
        return row
    if row.state != State.PAUSED:
        raise Refused(_("This has changed meanwhile. Please look at it again."))
    words = partial(returned_words, row)
    return decide(row, member, State.APPROVED, "", words, now or timezone.now())


def returned_words(partner: Partner) -> str:
    """That an organisation is back."""
    return _("%(partner)s is on the site again.") % {"partner": partner.name}


@transaction.atomic
def leave_partner(*, member: Member, partner: Partner, now: datetime | None = None) -> Partner:
    """Take an organisation off the site for good. Its offers end, what waits for the hub is taken
    back, and the words of those who applied are forgotten."""
    row = lock_partner(partner)
    if not may_leave(member, row):
        raise Refused(_("Only people who run this organisation can do this."))
    if row.state == State.LEFT:
        return row
    now = now or timezone.now()
    row.state = State.LEFT
    row.save(update_fields=["state"])
    row.offers.filter(ended_at__isnull=True, first_published_at__isnull=False).update(
        ended_at=now, live=False
    )
    take_back_all(row, now)
    forget_interest(partner=row, now=now)
    offers_changed()
    tell_hub(row, f"partner:{row.pk}:left", partial(left_words, row), now)
    return row


def left_words(partner: Partner) -> str:
    """That an organisation has gone."""
    return _("%(partner)s has left. All of its offers have ended.") % {"partner": partner.name}
