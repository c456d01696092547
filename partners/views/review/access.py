"""The desk of partners is for the reviewers and coordinators of the hub; for all others it is not
there."""

from django.http import HttpResponse
from django.urls import reverse

from courses.forms.desk import DeskForm
from courses.views.desk.access import for_staff
from courses.views.desk.learners import done
from members.models import Hub
from members.views.answers import see_other

for_reviewers = for_staff("reviewer", "coordinator")

__all__ = ["DeskForm", "done", "for_reviewers", "status_of", "to_queue"]


def status_of(*forms: DeskForm | None) -> int:
    """422 when something that was sent was refused."""
    return 422 if any(form is not None and form.errors for form in forms) else 200


def to_queue(hub: Hub) -> HttpResponse:
    """Back to what waits."""
    return see_other(reverse("partners:desk_partners", args=[hub.slug]))
