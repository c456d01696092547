"""Who applied for the offers of a partner: name, contact and message, and how far it is."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.errors import Refused
from members.views.answers import MemberRequest
from partners import actions, rules
from partners.actions.interest import MOVES
from partners.forms.organisation import InterestForm
from partners.forms.paging import AppliedForm
from partners.models import Partner
from partners.queries.applied import applied_offer, applied_page, applied_to

from .access import for_partner, posted, step

for_readers = for_partner(rules.may_see_interest)


@require_safe
@for_readers
def partner_interest(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Everybody who applied, the newest first."""
    form = AppliedForm(request.GET)
    offer = applied_offer(partner, form.offer())
    page = applied_page(partner, request.user, form.number(), offer.uuid if offer else None)
    context = {
        "partner": partner,
        "offer": offer,
        "page": page,
        "states": [(state.value, state.label) for state in MOVES],
    }
    return render(request, "partners/desk/interest.html", context)


@posted
@for_readers
def partner_interest_move(request: MemberRequest, partner: Partner, pk: int) -> HttpResponse:
    """Say how far it is with somebody who applied."""
    rows, form = applied_to(partner, request.user), InterestForm(request.POST)
    row = get_object_or_404(rows, pk=pk)

    def move() -> None:
        if not form.is_valid():
            raise Refused(form.first_error)
        state = form.cleaned_data["state"]
        actions.move_interest(member=request.user, interest=row, state=state)

    back = reverse("partners:partner_interest", args=[partner.slug])
    return step(request, move, _("Saved. The person reads it too."), f"{back}#interest-{pk}")
