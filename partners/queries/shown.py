"""How an offer is said in a few words: what it costs, where, when, for whom help is there."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content.blocks.support import SupportKind, SupportLeft, SupportNote
from partners.addresses import slug_of
from partners.languages import name_of
from partners.models import Offer

TICKED = {
    "helps_money": gettext_lazy("Help with money"),
    "helps_childcare": gettext_lazy("Childcare"),
    "helps_travel": gettext_lazy("Travel help"),
    "is_step_free": gettext_lazy("Step-free access"),
    "works_on_phone": gettext_lazy("Works on a phone"),
}
# What only a note on help with money says: no field ticks it.
LENDS = "lends_device"
HELPS = {**TICKED, LENDS: SupportKind.DEVICE.label}
# What such a note says, as the field that ticks it where there is one.
NOTED = {
    SupportKind.RENT: "helps_money",
    SupportKind.OTHER: "helps_money",
    SupportKind.TRAVEL: "helps_travel",
    SupportKind.CHILDCARE: "helps_childcare",
    SupportKind.DEVICE: LENDS,
}
APPLY = {
    Offer.Apply.FORM: gettext_lazy("Apply here"),
    Offer.Apply.MAIL: gettext_lazy("Apply by e-mail"),
    Offer.Apply.LINK: gettext_lazy("Apply on their website"),
}
DAYS_OF_WEEK, DAYS_OF_MONTH = 7, 30
CARD_FIELDS = (
    *("uuid", "title", "learns", "kind", "mode", "place", "is_any_time", "from_on", "to_on"),
    *("cost", "amount", "currency", "cost_note", "deadline_on", "ended_at", "live"),
    *("support_kind", "support_until_on", "support_left"),
    *("ends_on", "open_until", "language", "is_on_behalf", *TICKED),
    *("partner__name", "partner__slug", "partner__language", "partner__state"),
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
        partner=partner_words(offer),
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


def partner_words(offer: Offer) -> str:
    """Whose offer it is, and that a hub posted it where one did."""
    if not offer.is_on_behalf:
        return offer.partner.name
    return _("%(partner)s, posted by a hub") % {"partner": offer.partner.name}


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


def apply_words(offer: Any) -> str:
    """What the button says with which people apply."""
    return str(APPLY[Offer.Apply(offer.apply_by)])


def closed_words(offer: Any) -> str:
    """That people can no longer apply, for an offer that has not ended."""
    words = _("You can no longer apply: the last day was %(day)s.")
    return words % {"day": date_format(offer.open_until, "DATE_FORMAT")}


def helps_of(offer: Any) -> tuple[str, ...]:
    """The help and the access that there are, in words."""
    names = helps_in(partial(getattr, offer), timezone.localdate())
    return tuple(str(HELPS[name]) for name in names)


def helps_in(get: Callable[[str], Any], today: date) -> list[str]:
    """The help and the access that there are: what is ticked, and what a note on help with money
    says while it is not over and something is left. `get` gives a field by its name."""
    until = get("support_until_on")
    is_gone = get("support_left") == SupportLeft.NONE or (until is not None and until < today)
    noted = "" if is_gone else NOTED.get(get("support_kind"))
    return [name for name in HELPS if name == noted or (name in TICKED and get(name))]


def support_of(offer: Any) -> SupportNote | None:
    """The note on help with money, if there is one."""
    if not offer.support_kind:
        return None
    parts = {part.name: getattr(offer, f"support_{part.name}") for part in fields(SupportNote)}
    return SupportNote(**parts)


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
