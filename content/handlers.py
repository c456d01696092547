"""Receivers: what was saved or deleted changes the content version, after commit."""

from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save
from wagtail.models import (
    Locale,
    PageViewRestriction,
    Site,
    TaskState,
    WorkflowState,
    get_page_models,
)
from wagtail.signals import (
    copy_for_translation_done,
    post_page_move,
    task_submitted,
    workflow_approved,
    workflow_rejected,
)

from members import outbox
from members.models import Hub, Member
from members.signals import roles_changed

from . import actions, version
from .models import Level, Topic, WeftDocument, WeftImage

DRAFT_FIELDS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
}
SHOWN = (Site, Locale, PageViewRestriction, Hub, Topic, Level, WeftDocument, WeftImage)


def connect() -> None:
    """Connect every receiver. Called once, when all models are known."""
    for model in get_page_models():
        post_save.connect(page_saved, sender=model)
        post_delete.connect(shown_changed, sender=model)
    for model in SHOWN:
        watch(model)
    m2m_changed.connect(shown_changed, sender=PageViewRestriction.groups.through)
    post_page_move.connect(shown_changed)
    post_migrate.connect(database_migrated)
    post_save.connect(image_saved, sender=WeftImage)
    roles_changed.connect(hub_roles_changed)
    copy_for_translation_done.connect(page_translated)
    task_submitted.connect(page_sent_for_review)
    workflow_approved.connect(page_approved)
    workflow_rejected.connect(page_sent_back)


def watch(model: type[models.Model]) -> None:
    """Say that public pages show rows of this model. Upper apps call it for theirs."""
    post_save.connect(shown_changed, sender=model)
    post_delete.connect(shown_changed, sender=model)


def shown_changed(**kwargs: object) -> None:
    """Something that a public page shows was saved or deleted."""
    version.bump_on_commit()


def page_saved(
    instance: Any,
    created: bool,
    update_fields: frozenset[str] | None = None,
    **kwargs: object,
) -> None:
    """A page was saved. A draft changes nothing that is shown."""
    is_new_draft = created and not instance.live
    is_draft_only = update_fields is not None and set(update_fields) <= DRAFT_FIELDS
    if not is_new_draft and not is_draft_only:
        version.bump_on_commit()


def database_migrated(**kwargs: object) -> None:
    """The code or the database is another one: nothing kept before belongs to it."""
    version.bump_on_commit()


def image_saved(instance: WeftImage, raw: bool = False, **kwargs: object) -> None:
    """A picture was saved: its smaller copies are owed."""
    if not raw:
        key = f"renditions:{instance.pk}:{instance.file.name}:{instance.get_focal_point()}"
        outbox.put(
            effect="content.make_renditions",
            key=version.digest(key),
            payload={"image": instance.pk},
        )


def hub_roles_changed(hub: Hub, **kwargs: object) -> None:
    """Somebody's role in a hub changed: the CMS follows."""
    actions.derive_permissions(hub=hub)


def page_translated(source_obj: models.Model, target_obj: models.Model, **kwargs: object) -> None:
    """A page exists in one more language: its hub's people work there too."""
    actions.derive_permissions_of_page(page=target_obj)


def page_sent_for_review(instance: TaskState, user: Member | None, **kwargs: object) -> None:
    """A page waits for the hub's reviewers."""
    if user is not None:
        actions.tell_reviewers(member=user, waiting=instance)


def page_approved(instance: WorkflowState, user: Member | None, **kwargs: object) -> None:
    """A reviewer approved a page."""
    if user is not None:
        actions.tell_author(member=user, review=instance, accepted=True)


def page_sent_back(instance: WorkflowState, user: Member | None, **kwargs: object) -> None:
    """A reviewer asks for a change."""
    if user is not None:
        actions.tell_author(member=user, review=instance, accepted=False)
