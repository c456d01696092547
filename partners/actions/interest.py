"""What learners do with offers: keep them, apply, report a problem; and daily counts."""

import uuid
from datetime import date, datetime
from functools import partial

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.actions import give_consent, withdraw_consent
from members.errors import Refused
from members.models import Member
from partners.models import Interest, Offer, OfferReport, Partner, SavedOffer
from partners.offering import is_closed, is_ended
from partners.queries.drafts import today_of
from partners.queries.shown import closed_words
from partners.rules import may_apply, may_see_interest

from .telling import partner_address, tell, tell_hub, tell_writers
from .words import clean_length, clean_words, one_of

NAME_LENGTH, CONTACT_LENGTH, MESSAGE_LENGTH, REPORT_LENGTH = 80, 200, 1000, 500
MOST_SAVED, MOST_OPEN = 100, 20
CONSENT = "offer-interest"
State = Interest.State
# What a partner says of somebody who applied, and what the member is told then.
MOVES = (State.SEEN, State.ANSWERED, State.STARTED, State.FINISHED, State.NO_PLACE)
TOLD = {
    State.ANSWERED: gettext_lazy("%(partner)s has answered you: %(title)s."),
    State.STARTED: gettext_lazy("%(partner)s notes that you have started: %(title)s."),
    State.NO_PLACE: gettext_lazy("%(partner)s has no place for you this time: %(title)s."),
}
AGREED = gettext_lazy(
    "I agree that my name, how to reach me and my message go to %(partner)s, for this: %(title)s."
)
AGREED_BY_HUB = gettext_lazy(
    "I agree that my name, how to reach me and my message go to %(hub)s, which acts for "
    "%(partner)s until its own people do, for this: %(title)s."
)


def consent_kind(offer: Offer) -> str:
    """The kind of consent for one offer: each stands and ends by itself."""
    return f"{CONSENT}-{offer.pk}"


def consent_words(offer: Offer) -> str:
    """What one agrees to, in the language of the moment: who reads it is named."""
    partner = offer.partner
    sentence = AGREED_BY_HUB if partner.is_kept_by_hub else AGREED
    return sentence % {"hub": partner.hub.name, "partner": partner.name, "title": offer.title}


def save_for_later(*, member: Member, offer: Offer, now: datetime | None = None) -> SavedOffer:
    """Keep an offer for later. Twice is one. Refuses an offer without a public page, and more
    than 100."""
    if not Offer.objects.public().filter(pk=offer.pk).exists():
        raise Refused(_("This offer is not there any more."))
    kept = SavedOffer.objects.filter(member=member)
    if kept.exclude(offer=offer).count() >= MOST_SAVED:
        raise Refused(_("You have saved very many offers. Take some away first."))
    return kept.get_or_create(
        member=member, offer=offer, defaults={"saved_at": now or timezone.now()}
    )[0]


def drop_saved(*, member: Member, offer: Offer) -> bool:
    """Keep an offer no longer. Says whether it was kept."""
    return bool(SavedOffer.objects.filter(member=member, offer=offer).delete()[0])


@transaction.atomic
def send_interest(
    *,
    member: Member,
    offer: Offer,
    name: str,
    contact: str,
    message: str = "",
    agrees: bool = False,
    now: datetime | None = None,
) -> Interest:
    """Apply for an offer here. Twice is one; after taking it back one may apply again.

    Refuses an offer that has ended, has closed or takes no forms, nothing in name or contact, too
    long words, and whoever does not agree that the partner reads them.
    """
    now = now or timezone.now()
    row = Offer.objects.select_for_update(of=("self",)).select_related("partner__hub")
    offer = row.get(pk=offer.pk)
    refuse_closed(member, offer, now)
    facts = {
        "name": clean_words(name, NAME_LENGTH, "name"),
        "contact": clean_words(contact, CONTACT_LENGTH, "contact"),
        "message": clean_length(message, MESSAGE_LENGTH, "message"),
        "is_for_hub": offer.partner.is_kept_by_hub,
        "changed_at": now,
    }
    if not agrees:
        raise Refused(_("Tick that you agree. Without it nothing is sent."), "agrees")
    interest = Interest.objects.filter(member=member, offer=offer).first()
    if interest is not None and interest.state != State.WITHDRAWN:
        return interest
    interest, _made = Interest.objects.update_or_create(
        member=member, offer=offer, defaults={**facts, "state": State.NEW, "made_at": now}
    )
    give_consent(member=member, kind=consent_kind(offer), wording=consent_words(offer), now=now)
    tell_partner(interest, now)
    return interest


def refuse_closed(member: Member, offer: Offer, now: datetime) -> None:
    """Refuse what cannot be applied for here now."""
    today = today_of(offer.partner.hub, now)
    is_public = Offer.objects.public().filter(pk=offer.pk).exists()
    if not may_apply(member) or not is_public or is_ended(offer, today):
        raise Refused(_("This offer has ended. You cannot apply any more."))
    if is_closed(offer, today):
        raise Refused(closed_words(offer))
    if offer.apply_by != Offer.Apply.FORM:
        raise Refused(_("You cannot apply here. The page of the offer says how to apply."))


def tell_partner(interest: Interest, now: datetime) -> None:
    """Tell those who write for the partner that somebody applied. What was written stays here."""
    offer = interest.offer
    key = f"interest:{interest.pk}:{interest.made_at:%Y%m%d%H%M%S}"

    def words() -> str:
        return _("Somebody applies for your offer “%(title)s”.") % {"title": offer.title}

    tell_writers(
        offer.partner, key, words, partial(partner_address, offer.partner, "interest/"), now
    )


@transaction.atomic
def withdraw_interest(
    *, member: Member, interest: Interest, now: datetime | None = None
) -> Interest:
    """Take one's own words back: they are gone, and so is the consent. Twice is one."""
    now = now or timezone.now()
    row = Interest.objects.select_for_update(of=("self",)).select_related("offer")
    interest = row.get(pk=interest.pk)
    if interest.member_id != member.pk:
        raise Refused(_("This is not yours."))
    withdraw_consent(member=member, kind=consent_kind(interest.offer), now=now)
    if interest.state != State.WITHDRAWN:
        interest.state, interest.changed_at = State.WITHDRAWN, now
        interest.name = interest.contact = interest.message = ""
        interest.save()
    return interest


def forget_interest(*, partner: Partner, now: datetime) -> None:
    """Forget the words of all who applied for the offers of a partner that has gone for good, and
    end their consents. That they applied, and what became of it, stays."""
    rows = Interest.objects.filter(offer__partner=partner)
    for row in rows.select_related("member", "offer"):
        if row.member is not None:
            withdraw_consent(member=row.member, kind=consent_kind(row.offer), now=now)
    rows.update(name="", contact="", message="", changed_at=now)


@transaction.atomic
def move_interest(
    *, member: Member, interest: Interest, state: str, now: datetime | None = None
) -> Interest:
    """Say how far it is with somebody who applied. The same again changes nothing.

    Refuses whoever does not read it, no known state, and what was taken back.
    """
    now = now or timezone.now()
    row = Interest.objects.select_for_update(of=("self",)).select_related("offer__partner__hub")
    interest = row.get(pk=interest.pk)
    if not may_see_interest(member, interest.offer.partner):
        raise Refused(_("You do not look after this offer."))
    state = one_of(state, [move.value for move in MOVES], "state")
    if interest.state == State.WITHDRAWN:
        raise Refused(_("This person has taken it back."))
    if not Interest.objects.read_by(member).filter(pk=interest.pk).exists():
        raise Refused(_("You do not look after this offer."))
    if interest.state != state:
        interest.state, interest.changed_at = state, now
        interest.save(update_fields=["state", "changed_at"])
        tell_learner(interest, now)
    return interest


def tell_learner(interest: Interest, now: datetime) -> None:
    """Tell the member what the partner says, where there is something to say."""
    offer, sentence = interest.offer, TOLD.get(State(interest.state))
    if interest.member is None or sentence is None:
        return
    names = {"partner": offer.partner.name, "title": offer.title}
    key = f"interest:{interest.pk}:{interest.state}:{now:%Y%m%d}"
    tell([interest.member], key, lambda: sentence % names, saved_address, now)


def saved_address() -> str:
    """Where a member sees the own offers, in the language of the moment."""
    return reverse("partners:offer_saved")


@transaction.atomic
def report_offer(
    *,
    member: Member | None,
    offer: Offer,
    key: uuid.UUID,
    kind: str,
    words: str = "",
    now: datetime | None = None,
) -> OfferReport:
    """Say that something is wrong with an offer. Twice is one; an account is not needed.

    Refuses an offer without a public page, no known kind, too long words, and more than 20 reports
    of visitors that nobody has looked at.
    """
    now = now or timezone.now()
    offer = Offer.objects.select_related("partner__hub").get(pk=offer.pk)
    kind = one_of(kind, list(OfferReport.Kind.values), "kind")
    words = clean_length(words, REPORT_LENGTH)
    if not Offer.objects.public().filter(pk=offer.pk).exists():
        raise Refused(_("This offer is not there any more."))
    if member is None and is_full(offer):
        raise Refused(_("The hub knows already that something is wrong here. Thank you."))
    report, made = OfferReport.objects.get_or_create(
        key=own_key(key, offer, member, kind, words),
        defaults={
            "offer": offer,
            "hub": offer.partner.hub,
            "member": member,
            "kind": kind,
            "words": words,
            "made_at": now,
        },
    )
    if made:
        tell_hub(offer.partner, f"offer-report:{report.pk}", partial(report_words, offer), now)
    return report


def own_key(
    key: uuid.UUID, offer: Offer, member: Member | None, kind: str, words: str
) -> uuid.UUID:
    """The key of what was sent: the same form with the same words is one report; nobody can hit
    the report of somebody else by its key."""
    who = member.pk if member else ""
    return uuid.uuid5(key, f"{offer.pk} {who} {kind} {words}")


def is_full(offer: Offer) -> bool:
    """Whether visitors have sent as many reports of an offer as a hub can look at."""
    waiting = OfferReport.objects.filter(offer=offer, member=None, settled_at=None)
    return waiting.count() >= MOST_OPEN


def report_words(offer: Offer) -> str:
    """What the hub is told."""
    return _("Somebody says that something is wrong with the offer “%(title)s”.") % {
        "title": offer.title
    }


COUNTED = """
INSERT INTO partners_offerday (offer_id, "on", views, clicks) VALUES (%s, %s, %s, %s)
ON CONFLICT (offer_id, "on") DO UPDATE
SET views = partners_offerday.views + excluded.views,
    clicks = partners_offerday.clicks + excluded.clicks
"""


def count_view(*, offer: Offer, today: date) -> None:
    """Count one look at an offer: the day knows how many, nobody knows who."""
    count(offer, today, 1, 0)


def count_click(*, offer: Offer, today: date) -> None:
    """Count somebody who goes on from an offer to its website."""
    count(offer, today, 0, 1)


def count(offer: Offer, today: date, views: int, clicks: int) -> None:
    """Add to the counts of a day in one statement, whoever else counts at the same time."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [offer.pk, today, views, clicks])
