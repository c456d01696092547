"""Who may do what in the CMS, derived from `HubRole`: the one truth about staff.

Each hub has a group for its editors and one for its reviewers. A group may work on the hub's
branch in every language and in the hub's own collection, and nowhere else.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.users.models import UserProfile

from members.models import Hub, HubRole

from ..models import HubPage

ROLES = ("editor", "reviewer")
PAGE_RIGHTS = {
    "editor": ("add_page", "change_page", "publish_page"),
    "reviewer": ("change_page", "publish_page"),
}
TRANSLATE_RIGHTS = {"editor": ["submit_translation"], "reviewer": []}
FILE_RIGHTS = {
    "editor": (
        "add_image",
        "change_image",
        "choose_image",
        "add_document",
        "change_document",
        "choose_document",
    ),
    "reviewer": ("choose_image", "choose_document"),
}


@transaction.atomic
def derive_permissions(*, hub: Hub) -> None:
    """Make the CMS follow the roles of a hub. Running it again changes nothing."""
    collection = ensure_collection(hub=hub)
    pages = list(HubPage.objects.filter(hub=hub).order_by("pk"))
    for role in ROLES:
        group = _group(hub, role)
        _set_people(group, hub, role)
        _set_page_rights(group, pages, PAGE_RIGHTS[role])
        _set_file_rights(group, collection, FILE_RIGHTS[role])
    _set_workflow(hub, _group(hub, "reviewer"), pages)


def derive_permissions_of_page(*, page: Page) -> None:
    """The same, for the hub on whose branch a page stands. Nothing for a page of no hub."""
    above = page.get_ancestors(inclusive=True).values("pk")
    hub_page = HubPage.objects.filter(pk__in=above, hub__isnull=False).first()
    if hub_page is not None:
        derive_permissions(hub=hub_page.hub)


def ensure_collection(*, hub: Hub) -> Collection:
    """The hub's own collection of pictures and files; made when there is none."""
    if hub.collection is None:
        root = Collection.get_first_root_node()
        hub.collection = root.add_child(name=hub.name)
        hub.save(update_fields=["collection"])
    return hub.collection


def _group(hub: Hub, role: str) -> Group:
    """The group of a role. It is found by its collection too: a hub may get another address."""
    name = hub.group_name(role)
    known = Group.objects.filter(
        collection_permissions__collection=hub.collection, name__endswith=name[name.index(":") :]
    ).first()
    if known is None:
        return Group.objects.get_or_create(name=name)[0]
    if known.name != name:
        known.name = name
        known.save(update_fields=["name"])
    return known


def _set_people(group: Group, hub: Hub, role: str) -> None:
    holders = HubRole.objects.filter(hub=hub, role=role).values_list("member", flat=True)
    group.user_set.set(holders)
    _set_clocks(holders, hub)
    group.permissions.set(
        [
            *_permissions("wagtailadmin", ["access_admin"]),
            *_permissions("wagtail_localize", TRANSLATE_RIGHTS[role]),
        ]
    )


def _set_page_rights(group: Group, pages: list[HubPage], codenames: tuple[str, ...]) -> None:
    wanted = {
        (page.pk, permission.pk)
        for page in pages
        for permission in _permissions("wagtailcore", codenames)
    }
    held = GroupPagePermission.objects.filter(group=group)
    for right in held:
        if (right.page_id, right.permission_id) not in wanted:
            right.delete()
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group=group, page_id=p, permission_id=r) for p, r in wanted],
        ignore_conflicts=True,
    )


def _set_file_rights(group: Group, collection: Collection, codenames: tuple[str, ...]) -> None:
    rights = [
        *_permissions("wagtailimages", codenames),
        *_permissions("wagtaildocs", codenames),
    ]
    held = GroupCollectionPermission.objects.filter(group=group)
    held.exclude(collection=collection, permission__in=rights).delete()
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=collection, permission=right)
            for right in rights
        ],
        ignore_conflicts=True,
    )


def _set_workflow(hub: Hub, reviewers: Group, pages: list[HubPage]) -> None:
    """What is sent for review waits for the hub's reviewers."""
    name = f"Review at {hub.name}"
    task = GroupApprovalTask.objects.filter(groups=reviewers).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.set([reviewers])
    workflow = Workflow.objects.filter(workflow_tasks__task=task).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task)
    for page in pages:
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})


def _set_clocks(people: Iterable[int], hub: Hub) -> None:
    """In the CMS the hub's people read and write the hub's own time, unless they chose another."""
    profiles = [UserProfile(user_id=pk, current_time_zone=hub.time_zone) for pk in people]
    UserProfile.objects.bulk_create(profiles, ignore_conflicts=True)


def _permissions(app: str, codenames: tuple[str, ...] | list[str]) -> list[Permission]:
    return list(
        Permission.objects.filter(content_type__app_label=app, codename__in=codenames).order_by(
            "pk"
        )
    )
