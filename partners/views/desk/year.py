"""A partner's yearly page, to read and to print."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.views.answers import MemberRequest
from partners.forms.year import YearForm
from partners.models import Partner
from partners.queries import year as years

from .access import for_lookers


@require_safe
@for_lookers
def partner_year(request: MemberRequest, partner: Partner) -> HttpResponse:
    """What came of a year: figures, and a row for each offer."""
    today = timezone.localdate()
    chosen = YearForm(request.GET, years.years_of(partner, today)).chosen()
    context = {"partner": partner, "found": years.partner_year(partner, chosen, today)}
    return render(request, "partners/desk/year.html", context)
