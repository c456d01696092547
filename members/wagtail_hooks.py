"""Registers what members adds to the CMS, and its timed jobs."""

from collections.abc import Callable

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from . import jobs
from .models import Hub, HubRole, Member
from .viewsets import AdminPolicy, HubViewSet, RoleViewSet, refuse_bulk

register_permission_policy(Member, AdminPolicy(Member, "change"))
register_permission_policy(Hub, AdminPolicy(Hub, "add", "change"))
register_permission_policy(HubRole, AdminPolicy(HubRole, "add", "delete"))

hooks.register("before_bulk_action", refuse_bulk)


@hooks.register("clock_jobs")
def clock_jobs() -> list[Callable]:
    """What the clock owes."""
    return [jobs.empty_outbox, jobs.forget]


@hooks.register("register_admin_viewset")
def admin_viewsets() -> list[object]:
    """Hubs and roles."""
    return [HubViewSet("hubs"), RoleViewSet("hub_roles", url_prefix="hub-roles")]
