"""What the clock reminds people of. Each reminder has a key, so it comes once."""

from datetime import date, datetime, timedelta
from functools import partial

from django.utils.translation import gettext as _

from partners.models import Offer, OfferReview, Partner, PartnerChange
from partners.queries.drafts import today_of

from .telling import day_of, offer_address, partner_address, people, tell, tell_hub, tell_writers

SOON, VERY_SOON = 14, 3
CONFIRM_AFTER, SILENT_AFTER = timedelta(days=335), timedelta(days=396)


def remind_offers(*, now: datetime) -> int:
    """Tell who writes for a partner 14 and 3 days before an offer ends. Says how many offers end
    soon."""
    until = now.date() + timedelta(days=SOON + 1)
    rows = Offer.objects.live_offers(now.date() - timedelta(days=1)).filter(ends_on__lte=until)
    found = list(rows.select_related("partner__hub").order_by("pk"))
    for offer in found:
        remind_end(offer, today_of(offer.partner.hub, now), now)
    return len(found)


def remind_end(offer: Offer, today: date, now: datetime) -> None:
    """The reminder that is due for one offer. One that was checked since it was due needs none."""
    assert offer.ends_on is not None
    days = (offer.ends_on - today).days
    due = VERY_SOON if days <= VERY_SOON else SOON
    is_checked = offer.checked_on and offer.checked_on > offer.ends_on - timedelta(days=due)
    if 0 <= days <= SOON and not is_checked:
        key = f"offer:{offer.pk}:ends:{offer.ends_on:%Y%m%d}:{due}"
        url = partial(offer_address, offer)
        tell_writers(offer.partner, key, partial(end_words, offer), url, now)


def end_words(offer: Offer) -> str:
    """That an offer ends soon."""
    assert offer.ends_on is not None
    return _("“%(title)s” ends on %(day)s. Give it new dates, or use it again next time.") % {
        "title": offer.title,
        "day": day_of(offer.ends_on),
    }


def remind_partners(*, now: datetime) -> int:
    """Ask once a year whether all is still right. After 13 months the hub is told. Says how many
    partners have to answer."""
    rows = Partner.objects.open().filter(is_kept_by_hub=False)
    rows = rows.filter(confirmed_at__lte=now - CONFIRM_AFTER)
    found = list(rows.select_related("hub").order_by("pk"))
    for partner in found:
        remind_partner(partner, now)
    return len(found)


def remind_partner(partner: Partner, now: datetime) -> None:
    """Ask the people of one partner, and tell its hub when they are silent."""
    assert partner.confirmed_at is not None
    since = f"{partner.confirmed_at:%Y%m%d}"
    url = partial(partner_address, partner)
    words = partial(confirm_words, partner)
    tell(people(partner, "admin"), f"partner:{partner.pk}:confirm:{since}", words, url, now)
    if partner.confirmed_at <= now - SILENT_AFTER:
        key = f"partner:{partner.pk}:silent:{since}"
        tell_hub(partner, key, partial(silent_words, partner), now)


def confirm_words(partner: Partner) -> str:
    """The question of the year."""
    return _("Is all that is written about %(partner)s still right? One tap is enough.") % {
        "partner": partner.name
    }


def silent_words(partner: Partner) -> str:
    """That a partner has not answered."""
    return _("%(partner)s has not said for over a year that all is still right.") % {
        "partner": partner.name
    }


def remind_reviewers(*, now: datetime) -> int:
    """Tell the hub once when a promised day has passed. Says how much is late."""
    late = [*late_reviews(now), *late_partners(now), *late_changes(now)]
    for partner, key, title in late:
        tell_hub(partner, key, partial(late_words, partner, title), now)
    return len(late)


def late_reviews(now: datetime) -> list[tuple[Partner, str, str]]:
    """Texts that wait for longer than was promised."""
    rows = OfferReview.objects.waiting().filter(
        is_after_check=False, promised_on__lt=now.date() + timedelta(days=1)
    )
    return [
        (row.offer.partner, f"offer-review:{row.pk}:late", row.revision.content["title"])
        for row in rows.select_related("offer__partner__hub", "revision")
        if row.promised_on < today_of(row.offer.partner.hub, now)
    ]


def late_partners(now: datetime) -> list[tuple[Partner, str, str]]:
    """Organisations that wait for longer than was promised."""
    rows = Partner.objects.filter(
        state=Partner.State.WAITING, promised_on__lt=now.date() + timedelta(days=1)
    )
    return [
        (row, f"partner:{row.pk}:late", row.name)
        for row in rows.select_related("hub").order_by("pk")
        if row.promised_on < today_of(row.hub, now)
    ]


def late_changes(now: datetime) -> list[tuple[Partner, str, str]]:
    """Other names and numbers that wait for longer than was promised."""
    rows = PartnerChange.objects.filter(
        state=PartnerChange.State.WAITING, promised_on__lt=now.date() + timedelta(days=1)
    )
    return [
        (row.partner, f"partner-change:{row.pk}:late", row.name)
        for row in rows.select_related("partner__hub")
        if row.promised_on < today_of(row.partner.hub, now)
    ]


def late_words(partner: Partner, title: str) -> str:
    """That somebody waits for longer than was promised."""
    return _("%(partner)s still waits for your answer about “%(title)s”.") % {
        "partner": partner.name,
        "title": title,
    }
