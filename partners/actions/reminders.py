"""What the clock reminds people of. Each reminder has a key, so it comes once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from partners.models import Offer, OfferReview, Partner, PartnerChange
from partners.queries.desk import CONFIRM_AFTER
from partners.queries.drafts import today_of
from partners.rules import WRITERS

from .telling import (
    day_of,
    offer_address,
    partner_address,
    people,
    runners,
    tell,
    tell_hub,
    tell_writers,
)

SOON, VERY_SOON = 14, 3
AT_ONCE = 500
# For how many days something that is due is looked at again, should the clock have stood still.
LATEST = timedelta(days=30)
SILENT_AFTER = timedelta(days=396)


def remind_offers(*, now: datetime) -> int:
    """Tell who writes for a partner 14 and 3 days before people can no longer apply for an offer.
    Says for how many offers a reminder was due; the rest of very many comes the next time."""
    return sum(
        remind_end(offer, today_of(offer.partner.hub, now), now)
        for offer in list(ending_offers(now.date())[:AT_ONCE])
    )


def ending_offers(day: date) -> QuerySet[Offer]:
    """The live offers that close in 14 or in 3 days, and whose partner has not been told of it;
    with a day more, since it is not the same day everywhere. What closes first comes first."""
    told = Q(told_end_on=F("open_until"))
    soon = Q(open_until__lte=day + timedelta(days=SOON + 1)) & ~told
    very_soon = Q(open_until__lte=day + timedelta(days=VERY_SOON + 1))
    very_soon &= ~(told & Q(told_end_days=VERY_SOON))
    rows = Offer.objects.live_offers(day - timedelta(days=1)).filter(soon | very_soon)
    return rows.select_related("partner__hub").order_by("open_until", "pk")


def remind_end(offer: Offer, today: date, now: datetime) -> bool:
    """Give the reminder that is due for one offer, and note it. One that was checked since it was
    due needs no words. Says whether one was due."""
    end = offer.open_until
    assert end is not None
    days = (end - today).days
    due = VERY_SOON if days <= VERY_SOON else SOON
    if not 0 <= days <= SOON or (offer.told_end_on, offer.told_end_days) == (end, due):
        return False
    is_checked = offer.checked_on and offer.checked_on > end - timedelta(days=due)
    if not is_checked:
        key = f"offer:{offer.pk}:ends:{end:%Y%m%d}:{due}"
        url = partial(offer_address, offer)
        tell_writers(offer.partner, key, partial(end_words, offer), url, now)
    same = Offer.objects.filter(pk=offer.pk, open_until=end)
    same.update(told_end_on=end, told_end_days=due)
    return True


def end_words(offer: Offer) -> str:
    """That people can soon no longer apply."""
    assert offer.open_until is not None
    values = {"title": offer.title, "day": day_of(offer.open_until)}
    if offer.is_any_time and offer.deadline_on is None:
        return (
            _(
                "“%(title)s” leaves the site on %(day)s. If it goes on, one tap on "
                "“Still right” keeps it."
            )
            % values
        )
    return (
        _(
            "People can apply for “%(title)s” until %(day)s. Give it new dates, or use it again "
            "next time."
        )
        % values
    )


def remind_partners(*, now: datetime) -> int:
    """Ask once a year whether all is still right: who runs a partner, which is the hub while it
    keeps one. After 13 months the hub is told of those that it does not keep. Says for how many
    partners one of the two was due in the last weeks."""
    asked = Q(confirmed_at__range=(now - CONFIRM_AFTER - LATEST, now - CONFIRM_AFTER))
    silent = Q(confirmed_at__range=(now - SILENT_AFTER - LATEST, now - SILENT_AFTER))
    rows = Partner.objects.open().filter(asked | silent & Q(is_kept_by_hub=False))
    found = list(rows.select_related("hub").order_by("pk"))
    for partner in found:
        remind_partner(partner, now)
    return len(found)


def remind_partner(partner: Partner, now: datetime) -> None:
    """Ask who runs one partner, and tell its hub when they are silent."""
    assert partner.confirmed_at is not None
    since = f"{partner.confirmed_at:%Y%m%d}"
    url = partial(partner_address, partner)
    words = partial(confirm_words, partner)
    tell(runners(partner), f"partner:{partner.pk}:confirm:{since}", words, url, now)
    if partner.confirmed_at <= now - SILENT_AFTER and not partner.is_kept_by_hub:
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


@dataclass(frozen=True)
class Late:
    """Something that waits for longer than was promised."""

    partner: Partner
    key: str
    title: str
    promised_on: date

    def is_over(self, now: datetime) -> bool:
        """Whether the promised day has passed where the hub is."""
        return self.promised_on < today_of(self.partner.hub, now)


def remind_reviewers(*, now: datetime) -> int:
    """Tell the hub once when a promised day has passed, and who writes for the partner that it
    was. Says how much is late."""
    waiting = [*late_reviews(now), *late_partners(now), *late_changes(now)]
    found = [one for one in waiting if one.is_over(now)]
    for one in found:
        partner = one.partner
        tell_hub(partner, one.key, partial(late_words, partner, one.title), now)
        url = partial(partner_address, partner)
        own, key = people(partner, *WRITERS), f"{one.key}:own"
        tell(own, key, partial(overdue_words, one), url, now)
    return len(found)


def late(now: datetime) -> Q:
    """What was promised for one of the last weeks; with a day more, since it is not the same day
    everywhere."""
    return Q(promised_on__range=(now.date() - LATEST, now.date()))


def late_reviews(now: datetime) -> list[Late]:
    """Texts that wait, with a promised day of the last weeks."""
    rows = OfferReview.objects.waiting().filter(late(now), is_after_check=False)
    return [
        Late(
            row.offer.partner,
            f"offer-review:{row.pk}:late",
            row.revision.content["title"],
            row.promised_on,
        )
        for row in rows.select_related("offer__partner__hub", "revision")
    ]


def late_partners(now: datetime) -> list[Late]:
    """Organisations that wait, with a promised day of the last weeks."""
    rows = Partner.objects.filter(late(now), state=Partner.State.WAITING)
    return [
        Late(row, f"partner:{row.pk}:late:{row.promised_on:%Y%m%d}", row.name, row.promised_on)
        for row in rows.select_related("hub").order_by("pk")
    ]


def late_changes(now: datetime) -> list[Late]:
    """Other names and numbers that wait, with a promised day of the last weeks."""
    rows = PartnerChange.objects.filter(late(now), state=PartnerChange.State.WAITING)
    return [
        Late(row.partner, f"partner-change:{row.pk}:late", row.name, row.promised_on)
        for row in rows.select_related("partner__hub")
    ]


def late_words(partner: Partner, title: str) -> str:
    """That somebody waits for longer than was promised."""
    return _("%(partner)s still waits for your answer about “%(title)s”.") % {
        "partner": partner.name,
        "title": title,
    }


def overdue_words(late: Late) -> str:
    """That the hub is late, that it was reminded, and how to reach somebody there."""
    hub = late.partner.hub
    words = _(
        "%(hub)s promised to answer about “%(title)s” by %(day)s and is late. We have reminded "
        "them."
    )
    said = words % {"hub": hub.name, "title": late.title, "day": day_of(late.promised_on)}
    how = _("You can reach them like this: %(contact)s") % {"contact": hub.contact}
    return f"{said} {how}" if hub.contact else said
