"""What waits for a hub: texts of offers, oldest first, organisations to check, and all the rest."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.models import Hub
from members.views.answers import MemberRequest
from partners.forms.paging import PageNumberForm
from partners.queries.hub import others_of
from partners.queries.review import queue_of

from .access import for_reviewers


@require_safe
@for_reviewers
def desk_partners(request: MemberRequest, hub: Hub) -> HttpResponse:
    """The queue."""
    number, today = PageNumberForm(request.GET).number(), timezone.localdate()
    queue = queue_of(request.user, hub, number, today)
    context = {"hub": hub, "queue": queue, "others": others_of(request.user, hub, today)}
    return render(request, "partners/review/queue.html", context)
