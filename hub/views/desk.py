"""The staff desk: one's hubs with what waits in each, and the desk of one hub."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail import hooks

from members.models import Hub, Member
from members.views.answers import MemberRequest


@dataclass(frozen=True)
class DeskRow:
    """A hub with the number of things that wait there."""

    hub: Hub
    count: int


@require_safe
@never_cache
@login_required
def desk(request: MemberRequest) -> HttpResponse:
    """The hubs where one works; straight to the hub when there is one."""
    hubs = list(Hub.objects.for_staff(request.user))
    if not hubs:
        raise Http404
    if len(hubs) == 1:
        return redirect("hub:desk_hub", hub=hubs[0].slug)
    return render(request, "hub/desk.html", {"rows": desk_rows(request.user, hubs)})


def desk_rows(member: Member, hubs: list[Hub]) -> list[DeskRow]:
    """Each hub with what waits there, in every app."""
    counts: Counter[int] = Counter()
    for count in hooks.get_hooks("desk_counts"):
        counts += count(member)
    return [DeskRow(hub, counts[hub.pk]) for hub in hubs]


@require_safe
@never_cache
@login_required
def desk_hub(request: MemberRequest, hub: str) -> HttpResponse:
    """The desk of one hub: what waits, how its courses go, who belongs to it."""
    row = get_object_or_404(Hub.objects.for_staff(request.user), slug=hub)
    request.shell_hub = row
    context = {"hub": row, "is_coordinator": request.user.has_role(row, "coordinator")}
    with timezone.override(row.time_zone):
        return render(request, "hub/desk_hub.html", context)
