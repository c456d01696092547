"""How an offer is said in a few words: what it costs, where, when, for whom help is there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.addresses import slug_of
from partners.languages import name_of
from partners.models import Offer

HELPS = {
    "helps_money": gettext_lazy("Help with money"),
    "helps_childcare": gettext_lazy("Childcare"),
    "helps_travel": gettext_lazy("Travel help"),
    "is_step_free": gettext_lazy("Step-free access"),
    "works_on_phone": gettext_lazy("Works on a phone"),
}
DAYS_OF_WEEK, DAYS_OF_MONTH = 7, 30
CARD_FIELDS = (
    *("uuid", "title", "learns", "kind", "mode", "place", "is_any_time", "from_on", "to_on"),
    *("cost", "amount", "currency", "cost_note", "deadline_on", "ends_on", "ended_at", "live"),
    *("language", *HELPS, "partner__name", "partner__slug", "partner__language"),
    *("level__name", "level__names_in", "topic__colour"),
)


@dataclass(frozen=True)
class OfferCard:
    """An offer in a list, as the component takes it."""

    slug: str
    title: str
    url: str
    learns: str
    partner: str
    kind: str
    cost: str
    is_free: bool
    where: str
    when: str
    level: str
    language: str
    deadline: date | None
    helps: tuple[str, ...]
    words_in: str


def card_of(offer: Offer) -> OfferCard:
    """An offer as lists show it. It must have been read with its partner and level."""
    slug = slug_of(offer)
    return OfferCard(
        slug=slug,
        title=offer.title,
        url=reverse("partners:offer", args=[slug]),
        learns=offer.learns,
        partner=offer.partner.name,
        kind=str(offer.get_kind_display()),
        cost=cost_words(offer),
        is_free=offer.cost == Offer.Cost.FREE,
        where=where_words(offer),
        when=when_words(offer),
        level=offer.level.label if offer.level else "",
        language=name_of(offer.language),
        deadline=offer.deadline_on,
        helps=helps_of(offer),
        words_in=offer.partner.language,
    )


def cost_words(offer: Any) -> str:
    """What it costs."""
    if offer.cost == Offer.Cost.AMOUNT and offer.amount is not None:
        places = 0 if offer.amount == offer.amount.to_integral_value() else 2
        price = number_format(offer.amount, decimal_pos=places, use_l10n=True)
        return f"{price} {offer.currency}".strip()
    if offer.cost == Offer.Cost.DEPENDS:
        return _("It depends on your income")
    return _("Free") if offer.cost == Offer.Cost.FREE else ""


def where_words(offer: Any) -> str:
    """Where it is."""
    if offer.mode == Offer.Mode.ONLINE:
        return _("Online")
    if offer.mode == Offer.Mode.BOTH:
        return _("%(place)s, or online") % {"place": offer.place}
    return str(offer.place)


def when_words(offer: Any) -> str:
    """When it is."""
    if offer.is_any_time or not offer.from_on:
        return _("Any time")
    return days_words(offer.from_on, offer.to_on)


def days_words(first: date, last: date | None) -> str:
    """A day, or the first and the last one."""
    if last is None or last == first:
        return date_format(first, "DATE_FORMAT")
    days = {"first": date_format(first, "DATE_FORMAT"), "last": date_format(last, "DATE_FORMAT")}
    return _("%(first)s to %(last)s") % days


def helps_of(offer: Any) -> tuple[str, ...]:
    """The help and the access that there are."""
    return tuple(str(words) for name, words in HELPS.items() if getattr(offer, name))


def checked_words(checked_on: date | None, today: date) -> str:
    """How long ago the partner said that it is still right."""
    if checked_on is None:
        return ""
    days = max(0, (today - checked_on).days)
    if days == 0:
        return _("Checked today")
    if days < DAYS_OF_WEEK:
        return ngettext("Checked %(count)s day ago", "Checked %(count)s days ago", days) % {
            "count": days
        }
    if days < 2 * DAYS_OF_MONTH:
        weeks = days // DAYS_OF_WEEK
        return ngettext("Checked %(count)s week ago", "Checked %(count)s weeks ago", weeks) % {
            "count": weeks
        }
    months = days // DAYS_OF_MONTH
    return ngettext("Checked %(count)s month ago", "Checked %(count)s months ago", months) % {
        "count": months
    }


def ages_words(first: int | None, last: int | None) -> str:
    """For which ages it is."""
    if first is not None and last is not None:
        return _("%(first)s to %(last)s years") % {"first": first, "last": last}
    if first is not None:
        return _("From %(first)s years on") % {"first": first}
    return _("Up to %(last)s years") % {"last": last} if last is not None else ""
