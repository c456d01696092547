"""What an editor reads in the CMS: the courses that one writes, and those that may come before."""

import uuid

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

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


def courses_written(member: Member, count: int) -> list[CoursePage]:
    """The courses below which somebody may add lessons, those written at last first."""
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(member, "add")
    pages = CoursePage.objects.filter(
        pk__in=own.values("pk"), alias_of=None, locale=Locale.get_default()
    )
    return list(pages.defer("body").order_by("-latest_revision_created_at")[:count])
