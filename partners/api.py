"""The read API: public offers as JSON for other programs. Nothing of drafts, nothing of people."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, NinjaAPI, Query, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError

from content.sharing import share

from .filters import OfferFilter
from .queries.data import MOST_PAGES, OfferData, OffersPage, offer_data, offers_page
from .queries.index import offer_index
from .queries.listing import choices

NO_OFFER = "There is no such offer."
Answered = Callable[..., HttpResponse]


def public(run: Answered) -> Answered:
    """Let every program read the answer, keep it with the pages that visitors share, and keep it
    out of search engines: they have the pages themselves."""

    @wraps(run)
    def shown(request: HttpRequest, **named: Any) -> HttpResponse:
        answer = run(request, **named)
        answer["Access-Control-Allow-Origin"] = "*"
        answer["X-Robots-Tag"] = "noindex"
        return share(answer)

    return shown


api = NinjaAPI(
    title="Weft: training offers",
    version="1",
    description=(
        "Training offers that everybody may read, with the filters of the page /offers/. "
        "No key is needed. Nothing can be written here."
    ),
    urls_namespace="api",
    docs_url=None,
    docs_decorator=public,
)


class OfferQuery(Schema):
    """What can be asked for. A value that nobody knows is left out, and the answer says so."""

    q: str = Field("", description="Words that the offer must have.")
    topic: str = Field("", description="A topic, such as digital-literacy.")
    level: str = Field("", description="A level, such as beginner.")
    language: str = Field("", description="The language of the offer, such as es.")
    mode: str = Field("", description="place or online.")
    hub: str = Field("", description="A hub, such as harbour: offers for its members.")
    cost: str = Field("", description="free, amount or depends.")
    start: str = Field("", description="A month, such as 2027-05, or any.")
    near: str = Field("", description="A town; what is online is near everywhere.")
    access: list[str] = Field([], description="step-free, phone; may be given twice.")
    help: list[str] = Field([], description="money, childcare, travel, device; may be given twice.")
    kind: str = Field(
        "", description="course, workshop, placement, apprenticeship, scholarship or open_day."
    )
    page: int = Field(1, ge=1, le=MOST_PAGES, description="The number of the page, from 1.")


class Missing(Schema):
    """Why there is no answer."""

    detail: str


@api.get("offers/", response=OffersPage, url_name="offers", summary="Offers that can be taken")
@decorate_view(public)
def api_offers(request: HttpRequest, query: Annotated[OfferQuery, Query()]) -> OffersPage:
    """Live offers, those that close first before others, 24 a page."""
    today, index = timezone.localdate(), offer_index()
    asked = OfferFilter(request.GET, choices(index, today, [query.near]))
    return offers_page(asked.query, asked.wanted, asked.left_out, query.page, today)


@api.get(
    "offers/{uuid:offer}/",
    response={200: OfferData, 404: Missing},
    url_name="offer",
    summary="One offer",
)
@decorate_view(public)
def api_offer(request: HttpRequest, offer: UUID) -> OfferData:
    """An offer by its id. One that has ended is there too, and says so."""
    found = offer_data(offer, timezone.localdate())
    if found is None:
        raise HttpError(404, NO_OFFER)
    return found
