"""What waits for a hub: texts of offers, oldest first, and organisations to check."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.models import Hub
from members.views.answers import MemberRequest
from partners.forms.paging import PageNumberForm
from partners.queries.review import queue_of

from .access import for_reviewers


@require_safe
@for_reviewers
def desk_partners(request: MemberRequest, hub: Hub) -> HttpResponse:
    """The queue."""
    number = PageNumberForm(request.GET).number()
    queue = queue_of(request.user, hub, number, timezone.localdate())
    return render(request, "partners/review/queue.html", {"hub": hub, "queue": queue})
