"""Menus of the CMS: nothing that a hub's people do not need."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import (
    CancelWorkflowMenuItem,
    PublishMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, Task

from members.models import Member

NEEDED = {"explorer", "images", "documents"}
ROUND_THE_REVIEW = (PublishMenuItem, CancelWorkflowMenuItem)
NOT_NEEDED_ON_A_PAGE = {"action-lock", "action-unlock"}


class SendForReview(SubmitForModerationMenuItem):
    """The button that sends a page to the hub's reviewers, named by its result."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "label": _("Send for review")}


def trim_main_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """A hub's people see pages, pictures and files, and what other apps of this site add."""
    if not request.user.is_superuser:
        items[:] = [
            item
            for item in items
            if item.name in NEEDED or not is_of_wagtail(type(item).__module__)
        ]


def is_of_wagtail(module: str) -> bool:
    """Whether a menu item comes with the CMS and not from this site."""
    return module.split(".")[0] in {"wagtail", "wagtail_localize"}


def order_page_actions(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """What one came for is first: to approve what waits for one, else to publish for who may.
    Drafts are kept by themselves while one writes."""
    items[:] = [
        SendForReview(order=item.order) if isinstance(item, SubmitForModerationMenuItem) else item
        for item in items
        if not (isinstance(item, ROUND_THE_REVIEW) and is_reviewing(request, context))
    ]
    items.sort(key=rank)


def is_reviewing(request: HttpRequest, context: dict[str, Any]) -> bool:
    """Whether the page waits for this person's review: then one approves it or sends it back."""
    page = context.get("page")
    task = page.current_workflow_task if page else None
    member = request.user
    if not task or not isinstance(member, Member) or member.is_superuser:
        return False
    return reviews(task, page, member)


def reviews(task: Task, page: Page, user: Member) -> bool:
    """Whether somebody may approve what waits at a step."""
    return any(name == "approve" for name, *_more in task.get_actions(page, user))


def rank(item: Any) -> int:
    """The place of an action among the others."""
    if isinstance(item, WorkflowMenuItem):
        return 0 if item.name == "approve" and not item.launch_modal else 1
    return 2 if isinstance(item, PublishMenuItem) else 3
