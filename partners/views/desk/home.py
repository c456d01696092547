"""The desk of a partner: its offers with their state, and what waits for whom."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.views.answers import MemberRequest, see_other
from partners import rules
from partners.forms.paging import PageNumberForm
from partners.models import Partner
from partners.queries.applied import new_count
from partners.queries.desk import partner_home as read_home
from partners.queries.desk import partner_rows
from partners.queries.people import has_code

from .access import for_lookers


@require_safe
@never_cache
@login_required
def partner_desk(request: MemberRequest) -> HttpResponse:
    """The partners for which one acts; straight to the one when there is one."""
    rows = partner_rows(request.user)
    if len(rows) == 1:
        return see_other(reverse("partners:partner_home", args=[rows[0].partner.slug]))
    return render(request, "partners/desk/desk.html", {"rows": rows})


@require_safe
@for_lookers
def partner_home(request: MemberRequest, partner: Partner) -> HttpResponse:
    """One partner: how it is with the hub, and its offers, newest first."""
    member, now, today = request.user, timezone.now(), timezone.localdate()
    home = read_home(partner, PageNumberForm(request.GET).number(), now, today)
    may_run = rules.may_run(member, partner)
    may_see_interest = rules.may_see_interest(member, partner)
    context = {
        "home": home,
        "new_interest": new_count(partner, member) if may_see_interest else 0,
        "partner": partner,
        "may_write": rules.may_write(member, partner),
        "may_run": may_run,
        "has_code": may_run and has_code(partner, today),
        "may_keep": rules.may_keep(member, partner),
        "may_see_interest": may_see_interest,
    }
    return render(request, "partners/desk/home.html", context)
