"""My hubs: leave one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ..actions import leave_hub
from ..errors import Refused
from ..models import Hub
from .answers import MemberRequest, see_other


@login_required
def hub_leave(request: MemberRequest, hub: str) -> HttpResponse:
    """Leave a hub of mine, and go back to my details."""
    if request.method == "POST":
        mine = get_object_or_404(Hub.objects.for_member(request.user), slug=hub)
        try:
            leave_hub(member=request.user, hub=mine)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("You have left %(hub)s.") % {"hub": mine.name})
    return see_other(reverse("members:details"))
