"""What partners add to pages of the floors below, and to the roof."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from laces.components import Component

from content.sharing import has_session
from courses.queries import CoursePack, course_pack
from members.models import Member

from . import rules
from .queries import review
from .queries.directory import AgreementRow, agreements_of, course_agreements
from .queries.hub import is_else_waiting
from .queries.listing import found_cards
from .queries.mine import my_offers, soonest
from .queries.next_offers import Learned, hub_offers, next_offers, some_offers
from .queries.shown import OfferCard
from .views.links import asked_for

SHOWN, FOUND = 3, 5


class Panel(Component):
    """A part of a page. What a form in it needs comes along from the page."""

    def __init__(self, template_name: str, **values: Any) -> None:
        self.template_name = template_name
        self.values = values

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        shared = ("request", "shell", "csrf_token")
        return {**{name: parent_context.get(name) for name in shared}, **self.values}


def reader(request: HttpRequest) -> Member | None:
    """Who is signed in. A visitor costs no statement."""
    if not has_session(request) and not hasattr(request, "_cached_user"):
        return None
    return request.user if isinstance(request.user, Member) else None


def offers_panel(
    cards: list[OfferCard],
    title: str,
    words: str = "",
    more: str = "",
    agreements: Sequence[AgreementRow] = (),
) -> Component:
    """Some offers under a heading, after what partners agreed for a course."""
    values = {
        "offers": cards,
        "title": title,
        "words": words if cards else "",
        "more": more,
        "agreements": agreements,
    }
    return Panel("partners/_offers_panel.html", id="panel-offers", **values)


def learned(pack: CoursePack) -> Learned:
    """A course as far as it matters to what comes after it."""
    return Learned(pack.uuid, pack.topic_slug, pack.level_slug, pack.hub.slug)


def course_after(
    request: HttpRequest, course: Any = None, enrolment: Any = None, **subject: Any
) -> Component | None:
    """What fits after a course: kept, so that it costs no statement."""
    if course is None:
        return None
    today = timezone.localdate()
    cards = next_offers(learned(course), today)
    agreed = course_agreements(course.uuid, today)
    if not cards and not agreed:
        return None
    if enrolment is not None and enrolment.finished_at:
        words = _("You finished this course. These offers of our partners fit next.")
        return offers_panel(cards, _("What comes next"), words, agreements=agreed)
    words = _("Our partners offer these.")
    return offers_panel(cards, _("What you can go on to"), words, agreements=agreed)


def certificate_after(
    request: HttpRequest, certificate: Any = None, **subject: Any
) -> Component | None:
    """What fits after the course of one's own certificate."""
    pack = course_pack(certificate.course_id.hex) if certificate else None
    today = timezone.localdate()
    cards = next_offers(learned(pack), today) if pack else []
    agreed = course_agreements(pack.uuid, today) if pack else []
    if not cards and not agreed:
        return None
    words = _("You finished %(title)s. These offers of our partners fit next.")
    words = words % {"title": certificate.course_title}
    return offers_panel(cards, _("What comes next"), words, agreements=agreed)


def me_today(request: HttpRequest, learning: Any = None, **subject: Any) -> Component | None:
    """For whom I act, what I saved, where I applied, what fits after the course that I finished
    last: one statement."""
    member = reader(request)
    if member is None:
        return None
    today = timezone.localdate()
    mine = my_offers(member, today)
    newest = newest_of(learning)
    known = {row.card.slug for row in (*mine.saved, *mine.applied)}
    fits = next_offers(learned(newest.pack), today) if newest else []
    values = {
        "saved": soonest(mine.saved, SHOWN),
        "applied": [row for row in mine.applied if row.state != "withdrawn"][:SHOWN],
        "next": [card for card in fits if card.slug not in known],
        "finished": newest.title if newest else "",
        "acts_for": mine.acts_for,
    }
    shown = mine.saved or mine.applied or mine.acts_for or values["next"]
    return Panel("partners/_my_offers.html", has_own=not mine.is_empty, **values) if shown else None


def newest_of(learning: Any) -> Any:
    """The course that was finished last and is still there."""
    rows = [row for row in learning.finished if row.pack] if learning else []
    return max(rows, key=lambda row: row.enrolment.finished_at, default=None)


def hub_after(request: HttpRequest, hub: Any = None, **subject: Any) -> Component | None:
    """What partners offer to the members of a hub, and what they agreed with it."""
    if hub is None:
        return None
    today = timezone.localdate()
    cards, agreements = hub_offers(hub.slug, today), agreements_of(today, hub=hub)
    if not cards and not agreements:
        return None
    more = reverse("partners:offers") + asked_for({"hub": [hub.slug]})
    values = {"offers": cards, "agreements": agreements, "more": more}
    return Panel("partners/_hub_offers.html", **values)


def home_after(request: HttpRequest, **subject: Any) -> Component | None:
    """Some offers on the home page, and the way to all of them."""
    cards = some_offers(timezone.localdate())
    if not cards:
        return None
    words = _("Our partners offer these. A hub has read every one.")
    return offers_panel(cards, _("Training offers"), words, reverse("partners:offers"))


def search_after(request: HttpRequest, query: str = "", **subject: Any) -> Component | None:
    """The offers that have the words of a search of the whole site."""
    cards = found_cards(query, timezone.localdate(), FOUND + 1) if query else []
    if not cards:
        return None
    more = reverse("partners:offers") + asked_for({"q": [query]}) if len(cards) > FOUND else ""
    return Panel("partners/_found.html", offers=cards[:FOUND], more=more)


def desk_waiting(request: HttpRequest, hub: Any = None, **subject: Any) -> Component | None:
    """The oldest offers to read and organisations to check, for those who look after a hub's
    partners."""
    member = reader(request)
    if member is None or hub is None or not rules.may_review(member, hub):
        return None
    waiting = review.desk_waiting(member, hub, timezone.localdate())
    has_more = is_else_waiting(member, hub)
    if waiting.is_empty and not has_more:
        return None
    return Panel("partners/review/_waiting.html", hub=hub, waiting=waiting, has_more=has_more)


def desk_hub(request: HttpRequest, hub: Any = None, **subject: Any) -> Component | None:
    """The way to a hub's partners, for those who look after them."""
    member = reader(request)
    if member is None or hub is None or not rules.may_review(member, hub):
        return None
    return Panel("partners/review/_hub.html", hub=hub)


PANELS: list[tuple[str, Callable[..., Component | None]]] = [
    ("course_after", course_after),
    ("certificate_after", certificate_after),
    ("me_today", me_today),
    ("hub_after", hub_after),
    ("home_after", home_after),
    ("search_after", search_after),
    ("desk_waiting", desk_waiting),
    ("desk_hub", desk_hub),
]
