"""What editors choose in the CMS, where the choice depends on who they are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses import queries
from courses.models import Course


class BeforeField(forms.ModelChoiceField):
    """A course by its title, unless one may not see it."""

    def label_from_instance(self, course: Any) -> str:
        return course.title if course.is_shown else str(_("A course that is closed just now"))


class BeforeForm(WagtailAdminModelForm):
    """A course that comes before another: one that the editor may see."""

    course = BeforeField(label=_("course"), queryset=Course.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None:
            offered = queries.courses_before(self.for_user, self.instance.course_id)
            self.fields["course"].queryset = offered
