"""Telling people about pages that are sent for review, by notice and outbox like all messages."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from members.actions import notify
from members.models import Member


@transaction.atomic
def tell_reviewers(*, member: Member, waiting: TaskState, now: datetime | None = None) -> int:
    """Tell those who may review a page that `member` has sent it. Says how many were told.

    Nobody is told about what they sent themselves.
    """
    page = waiting.workflow_state.content_object
    task = waiting.task.specific
    reviewers = Member.objects.filter(groups__in=task.groups.all(), is_active=True).distinct()
    others = list(reviewers.exclude(pk=member.pk))
    for reviewer in others:
        with reviewer.in_own_language():
            words = _("%(name)s sent “%(title)s” for your review.")
            notify(
                member=reviewer,
                key=f"review:{waiting.pk}",
                kind="review",
                text=words % {"name": member.name, "title": page.draft_title},
                url=edit_url(page),
                now=now,
            )
    return len(others)


@transaction.atomic
def tell_author(
    *, member: Member, review: WorkflowState, accepted: bool, now: datetime | None = None
) -> bool:
    """Tell who sent a page what `member` decided. Says whether somebody else is told."""
    author, page = review.requested_by, review.content_object
    if author is None or author.pk == member.pk:
        return False
    with author.in_own_language():
        words = (
            _("%(name)s approved “%(title)s”. It is published.")
            if accepted
            else _("%(name)s asks for a change in “%(title)s”.")
        ) % {"name": member.name, "title": page.draft_title}
        notify(
            member=author,
            key=f"reviewed:{review.pk}:{review.current_task_state_id}",
            kind="review",
            text=f"{words} {comment_of(review)}".strip(),
            url=edit_url(page),
            now=now,
        )
    return True


def comment_of(review: WorkflowState) -> str:
    """What the reviewer wrote."""
    state = review.current_task_state
    return str(state.comment) if state else ""


def edit_url(page: Page) -> str:
    """Where a page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
