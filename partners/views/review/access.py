"""The desk of partners is for the reviewers and coordinators of the hub; for all others it is not
there."""

from courses.forms.desk import DeskForm
from courses.views.desk.access import for_staff
from courses.views.desk.learners import done

for_reviewers = for_staff("reviewer", "coordinator")

__all__ = ["DeskForm", "done", "for_reviewers", "status_of"]


def status_of(*forms: DeskForm | None) -> int:
    """422 when something that was sent was refused."""
    return 422 if any(form is not None and form.errors for form in forms) else 200
