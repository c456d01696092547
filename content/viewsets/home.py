"""The first screen of the CMS: what one came to do, what waits, what one left unfinished."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from laces.components import Component
from wagtail import hooks
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from members.models import Member

from ..models import HubPage
from .walls import WORK

DRAFTS_SHOWN = 10


@dataclass(frozen=True)
class NewThing:
    """A link that begins something new."""

    label: str
    url: str


class NewPanel(Component):
    """One button for each kind of page that one may begin in one's hub."""

    template_name = "content/cms/new.html"
    order = 10

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"things": new_things(parent_context["request"].user)}


class WaitingPanel(WorkflowObjectsToModeratePanel):
    """What others sent for review."""

    template_name = "content/cms/waiting.html"
    order = 20


class DraftsPanel(Component):
    """What one wrote and has not published."""

    template_name = "content/cms/drafts.html"
    order = 30

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"drafts": drafts_of(parent_context["request"].user)}


def new_things(user: Member) -> list[NewThing]:
    """What somebody may begin below the hub pages on which they may add pages."""
    policy = policy_registry.get_by_type(Page)
    own = policy.instances_user_has_permission_for(user, "add").values("pk")
    leading = Locale.get_default()
    hub_pages = list(
        HubPage.objects.filter(pk__in=own, alias_of=None, locale=leading).order_by("path")
    )
    return [
        NewThing(label_of(model, hub_page, len(hub_pages)), add_url(model, hub_page))
        for hub_page in hub_pages
        for model in sorted(HubPage.creatable_subpage_models(), key=kind_of)
    ]


def kind_of(model: type[Page]) -> str:
    """The kind of a page in words."""
    return str(model._meta.verbose_name)


def label_of(model: type[Page], hub_page: HubPage, hub_pages: int) -> str:
    """The words on the button; the hub is named when there are several."""
    label = _("New %(kind)s") % {"kind": model._meta.verbose_name}
    return capfirst(label if hub_pages == 1 else f"{label} · {hub_page.title}")


def add_url(model: type[Page], hub_page: HubPage) -> str:
    """Where a new page of a kind is begun."""
    meta = model._meta
    return reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, hub_page.pk])


def drafts_of(user: Member) -> list[Page]:
    """One's own pages with changes that nobody else can see yet, the newest first."""
    policy = policy_registry.get_by_type(Page)
    own = policy.instances_user_has_any_permission_for(user, WORK)
    drafts = own.filter(has_unpublished_changes=True, latest_revision__user=user)
    return list(drafts.order_by("-latest_revision_created_at")[:DRAFTS_SHOWN])


def set_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Ours in the place of Wagtail's."""
    added = [hook(request) for hook in hooks.get_hooks("panel_cms_home")]
    panels[:] = [NewPanel(), WaitingPanel(), DraftsPanel(), *filter(None, added)]


def no_summary(request: HttpRequest, items: list[Component]) -> None:
    """Counts of pages and pictures help nobody to begin."""
    items.clear()
