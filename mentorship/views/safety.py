"""Report a problem, block somebody, leave quickly."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members.errors import Refused
from members.views.answers import MemberRequest, see_other
from mentorship.actions.safety import block_member, report_problem
from mentorship.forms.pair import PairForm
from mentorship.forms.safety import ReportForm
from mentorship.queries.pair import OwnPairing
from mentorship.queries.safety import Readers, reader_of_last, readers_of

from .inside import back_to, in_pair_or_after


@require_http_methods(["GET", "HEAD", "POST"])
@in_pair_or_after
def pair_report(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Report a problem. The other one is not told."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            report_problem(member=request.user, pairing=own.pairing, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return see_other(reverse("mentorship:pair_reported"))
    context = {"own": own, "form": form, "readers": readers_for(own)}
    status = 422 if form.errors else 200
    return render(request, "mentorship/pair_report.html", context, status=status)


def readers_for(own: OwnPairing) -> Readers:
    """Those who read a report of this side; never the other one."""
    row = own.pairing
    mentor = row.mentor.member_id if row.mentor else None
    one, other = (mentor, row.mentee_id) if own.is_mentor else (row.mentee_id, mentor)
    return readers_of(row.hub, other, one)


@require_safe
@never_cache
@login_required
def pair_reported(request: MemberRequest) -> HttpResponse:
    """A report has arrived: who reads it and what happens now. The page names nobody."""
    context = {"readers": reader_of_last(request.user)}
    return render(request, "mentorship/pair_reported.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pair_or_after
def pair_block(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Never be matched with this person again: what happens then, and one button."""
    form = PairForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        try:
            block_member(member=request.user, pairing=own.pairing)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Done. You two are not matched again."))
            return see_other(back_to(request, own))
    context = {"own": own, "form": form}
    status = 422 if form.errors else 200
    return render(request, "mentorship/pair_block.html", context, status=status)
