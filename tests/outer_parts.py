"""A site with everything that could leak from lists: drafts, members only, closed and unpublished
hubs."""

from types import SimpleNamespace

from wagtail.models import Locale, Page, PageViewRestriction

from content import version
from content.models import HubPage
from courses.models import Course, CoursePage, LessonPage
from members.models import Hub
from tests.factories import find_cast, make_cast, make_course, make_hub, page_of

HIDDEN = ("Zebra Draft", "Zebra Sunken", "Zebra Sealed")
LEAKS = (*HIDDEN, "Zebra Empty")


def make_with_leaks() -> None:
    """The cast; a course for members, which may be listed; and a draft, two hidden and an empty
    one, which may not."""
    cast = make_cast()
    make_course(
        cast.hub, "inner", ("read",), title="Quilting Inner", access="members", summary="Stitches"
    )
    draft = make_course(cast.hub, "draft", ("read",), title="Zebra Draft")
    page_of(draft).unpublish()
    sunken = make_hub("sunken")
    make_course(sunken, "sunken-course", ("read",), title="Zebra Sunken")
    HubPage.objects.get(hub=sunken).unpublish()
    sealed = make_course(cast.other_hub, "sealed", ("read",), title="Zebra Sealed")
    PageViewRestriction.objects.create(page=page_of(sealed), restriction_type="login")
    make_course(cast.hub, "empty", (), title="Zebra Empty")


def find_with_leaks() -> SimpleNamespace:
    """The cast that is in the database, with what could leak."""
    cast = find_cast()
    cast.members_course = Course.objects.get(
        key=CoursePage.objects.get(slug="inner").translation_key
    )
    cast.sunken_hub = Hub.objects.get(slug="sunken")
    version.bump()
    return cast


def in_spanish(course: Course, title: str) -> CoursePage:
    """The course's page in Spanish, live, with its first lesson."""
    spanish = Locale.objects.get(language_code="es")
    source = page_of(course)
    page = source.copy_for_translation(spanish, copy_parents=True)
    page.title, page.summary = title, f"Sobre {title}"
    page.save_revision().publish()
    for above in page.get_ancestors().filter(depth__gt=1, live=False):
        Page.objects.get(pk=above.pk).specific.save_revision().publish()
    lesson = LessonPage.objects.child_of(source).first().copy_for_translation(spanish)
    lesson.title = "Primera lección"
    lesson.save_revision().publish()
    version.bump()
    return CoursePage.objects.get(pk=page.pk)


def make_courses(cast: SimpleNamespace, count: int) -> None:
    """So many more courses, each with a lesson."""
    for number in range(1, count + 1):
        make_course(cast.other_hub, f"more-{number}", ("read",), title=f"More {number:03}")
