"""What is typed on a screen of an offer, kept while it is typed."""

import uuid

from django.http import Http404, HttpResponse

from members.errors import Refused
from members.views.answers import MemberRequest
from partners import actions
from partners.models import Partner
from partners.queries.drafts import mark_of, others_since

from .access import for_writers, posted
from .write import FORMS, ORDER, mark_in, rest_form, written


@posted
@for_writers
def offer_keep(
    request: MemberRequest, partner: Partner, offer: uuid.UUID, screen: str
) -> HttpResponse:
    """What was typed so far, kept while it is typed. The page stays as it is; it learns the mark
    of what is kept now. What comes after the offer was sent changes nothing: 409."""
    if screen not in ORDER:
        raise Http404
    mark = mark_in(request)
    try:
        row = actions.begin_offer(member=request.user, partner=partner, key=offer)
        form = rest_form(row, request.POST) if screen == "check" else FORMS[screen](request.POST)
        kept = actions.keep_offer(member=request.user, offer=row, mark=mark, **written(form))
    except Refused as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain")
    if kept is None:
        return HttpResponse(status=409)
    seen = mark if others_since(row, request.user, mark) else mark_of(row, kept)
    return HttpResponse(status=204, headers={"X-Mark": str(seen)})
