"""Mentorship's desk is for the coordinators of the hub; for all others it is not there."""

from courses.forms.desk import DeskForm
from courses.views.desk.access import asked_besides_page, for_staff
from courses.views.desk.learners import done
from courses.views.learning import see_other

for_coordinators = for_staff("coordinator")

__all__ = [
    "DeskForm",
    "asked_besides_page",
    "done",
    "for_coordinators",
    "see_other",
    "status_of",
]


def status_of(*forms: DeskForm | None) -> int:
    """422 when something that was sent was refused."""
    return 422 if any(form is not None and form.errors for form in forms) else 200
