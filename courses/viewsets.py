"""What the CMS says when a page was saved: what comes next, what a learner would stumble over."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from content.models import BasePage

from .hints import hints_for
from .models import CoursePage, LessonPage
from .queries import what_is_written

MORE_THAN_A_DRAFT = ("action-publish", "action-submit")


def lead_to_first_lesson(request: HttpRequest, page: Page) -> None:
    """Say that a course without lessons is not whole, with the way to its first lesson."""
    if any(name in request.POST for name in MORE_THAN_A_DRAFT) and lacks_lessons(page):
        messages.warning(request, words_for(page), buttons=[first_lesson_button(page)])


def lacks_lessons(page: Page) -> bool:
    """Whether a page is a course below which nothing stands."""
    return isinstance(page, CoursePage) and not LessonPage.objects.child_of(page).exists()


def words_for(page: Page) -> str:
    """What is missing, in a sentence."""
    return _(
        "“%(title)s” has no lessons yet, so nobody can learn in it. Write its first lesson."
    ) % {"title": page.get_admin_display_title()}


def first_lesson_button(page: Page) -> object:
    """The way to the first lesson."""
    url = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", page.pk])
    return messages.button(url, _("Write the first lesson"))


def tell_hints(request: HttpRequest, page: Page) -> None:
    """Say what a learner would stumble over on a page; nothing while a page keeps itself.

    It is told of what was just written, even where that is published on a later day.
    """
    if not request.accepts("text/html") or not isinstance(page, BasePage):
        return
    if hints := hints_for(what_is_written(page.get_latest_revision_as_object())):
        values = {"hints": hints, "title": page.get_admin_display_title()}
        messages.info(request, render_to_string("courses/cms/hints.html", values))
