"""What waits in mentorship: who asks, which pairs are at risk, which mentors to see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.models import Hub
from members.views.answers import MemberRequest
from mentorship.queries import desk

from .access import for_coordinators


@require_safe
@for_coordinators
def desk_board(request: MemberRequest, hub: Hub) -> HttpResponse:
    """The board of a hub's mentorship."""
    context = {"hub": hub, "board": desk.board(request.user, hub, timezone.now())}
    return render(request, "mentorship/desk/board.html", context)
