"""Receivers of every signal that can change a course's outline: once per course and transaction
they cut a release.

STACK section 7: no single signal sees all; `tick` and enrolment heal the rest.
"""

import logging
import uuid
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import DatabaseError, connection, transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from members.errors import Refused

from .actions import adopt_visit, cut_release
from .models import CoursePage, LessonPage

logger = logging.getLogger(__name__)


def connect() -> None:
    """Listen to the signals. Called once, when the app is ready."""
    for sender in (CoursePage, LessonPage, Page):
        post_save.connect(page_changed, sender=sender)
    for sender in (CoursePage, LessonPage):
        pre_delete.connect(page_leaves, sender=sender)
        post_delete.connect(page_changed, sender=sender)
        page_published.connect(page_changed, sender=sender)
        page_unpublished.connect(page_changed, sender=sender)
    post_page_move.connect(page_moved)
    user_logged_in.connect(visitor_signed_in)


def page_changed(sender: type, instance: Page, **kwargs: Any) -> None:
    """Note the courses that a changed page belongs to or stands above."""
    for key in courses_of(instance):
        note(key)


def page_leaves(sender: type, instance: CoursePage | LessonPage, **kwargs: Any) -> None:
    """The last guard, behind the CMS's own question: no door deletes what people have learned."""
    if reason := instance.reason_to_keep():
        raise Refused(reason)


def page_moved(sender: type, instance: Page, **kwargs: Any) -> None:
    """Note the courses at both ends of a move."""
    for end in ("parent_page_before", "parent_page_after"):
        parent = kwargs.get(end)
        if parent is not None:
            page_changed(sender, parent)
    page_changed(sender, instance)


def courses_of(page: Page) -> list[uuid.UUID]:
    """The keys of courses touched by a page: itself, the one above, or those below."""
    specific = page.specific_class
    if specific is CoursePage:
        return [page.translation_key]
    if specific is LessonPage:
        parent = page.get_parent()
        return [parent.translation_key] if parent else []
    below = CoursePage.objects.descendant_of(page) if page.path else CoursePage.objects.none()
    return list(below.values_list("translation_key", flat=True))


def note(key: uuid.UUID) -> None:
    """Cut a release after commit, once for each course and transaction."""
    waiting = [entry[1] for entry in connection.run_on_commit]
    if key not in [getattr(todo, "course", None) for todo in waiting]:
        transaction.on_commit(Cut(key), robust=True)


class Cut:
    """Cuts a release; a failure is logged and healed by `tick`, so that publishing never fails."""

    def __init__(self, course: uuid.UUID) -> None:
        self.course = course

    def __call__(self) -> None:
        try:
            cut_release(course=self.course)
        except DatabaseError:
            logger.exception("The release of course %s could not be cut now.", self.course)


def visitor_signed_in(sender: type, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Give a member what the session kept, by whichever door: a new account or an old one."""
    facts = request.session.pop("visit", [])
    request.session.pop("kept", None)
    if facts:
        adopt_visit(member=user, facts=facts, language=get_language() or "en")
