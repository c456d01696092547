"""A text that is not published yet, as learners will read it: its card and its page."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from members.models import Hub
from partners.models import Offer, OfferDate
from partners.offering import FIELDS, ends_on, in_force, open_until

from .offer import OfferPage, page_of

# Where the page stands on the screen on which it is checked; the card leads there.
PLACE = "as-read"
RELATED = ("topic", "level", "after_course", "image")
PLAIN = tuple(name for name in FIELDS if name not in (*RELATED, "hubs"))


def draft_page(offer: Offer, values: Mapping[str, Any], today: date) -> OfferPage:
    """A whole text of an offer as it would be published on a day. Nothing is stored; what a text
    points to costs a statement each, and one that is gone is left out."""
    text = in_force(values)
    row = Offer(
        partner=offer.partner,
        uuid=offer.uuid,
        is_on_behalf=offer.is_on_behalf,
        live=True,
        ends_on=ends_on(text, today),
        open_until=open_until(text, today),
        **{name: text[name] for name in PLAIN},
        **{name: related(name, text[name]) for name in RELATED},
    )
    keys = () if row.is_for_all_hubs else text["hubs"]
    own: Iterable[Hub] = Hub.objects.filter(pk__in=keys) if keys else ()
    found = page_of(row, [OfferDate(**one) for one in text["dates"]], own)
    return replace(found, card=replace(found.card, url=f"#{PLACE}"))


def related(name: str, key: Any) -> Any:
    """What a field of a text points to; nothing where that is not there any more."""
    model: Any = Offer._meta.get_field(name).related_model
    return model._default_manager.filter(pk=key).first() if key else None
