"""How mentoring goes in a hub, to read, to print and as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.views.desk.courses import MARK
from members.data import to_csv
from members.models import Hub
from members.views.answers import MemberRequest
from mentorship.forms.desk import PeriodForm
from mentorship.queries import desk

from .access import for_coordinators


@require_safe
@for_coordinators
def desk_figures(request: MemberRequest, hub: Hub) -> HttpResponse:
    """The figures of a period beside the one before it."""
    days = PeriodForm(request.GET).chosen()
    now = timezone.now()
    context = {
        "hub": hub,
        "page": desk.figures_page(hub, days, now),
        "periods": desk.PERIODS,
        "now": now,
    }
    return render(request, "mentorship/desk/figures.html", context)


@require_safe
@for_coordinators
def desk_figures_csv(request: MemberRequest, hub: Hub) -> HttpResponse:
    """The same figures for a spreadsheet."""
    days = PeriodForm(request.GET).chosen()
    section = desk.figures_section(hub, days, timezone.now())
    response = HttpResponse(MARK + to_csv(section), content_type="text/csv; charset=utf-8")
    name = f"mentorship-{hub.slug}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
