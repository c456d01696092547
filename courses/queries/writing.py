"""What an editor reads in the CMS: courses that may be named before one's own."""

import uuid

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from courses.models import Course, CoursePage
from members.models import Member
from members.models.hubs import GROUP_WORDS


def courses_before(member: Member, kept: uuid.UUID | None = None) -> QuerySet[Course]:
    """The courses that somebody may put before one they write, each with `is_shown`.

    Those of the hubs for which one writes or reviews, published or not, and those of other hubs
    that everybody can find. The course that stands there already is kept, shown or not.
    """
    found = CoursePage.objects.open_to_all().filter(alias_of__isnull=True).order_by()
    own = Course.objects.for_staff(member, *GROUP_WORDS).order_by()
    shown = Q(pk__in=found.values("translation_key")) | Q(pk__in=own.values("pk"))
    is_shown = ExpressionWrapper(shown, output_field=BooleanField())
    return Course.objects.filter(shown | Q(pk=kept)).annotate(is_shown=is_shown)
