"""The wall between hubs in the CMS.

Wagtail judges most things by page, but not all (STACK.md, 7). So whoever is not the network's
admin passes only to the addresses named here, and only with things of their own hub. Whatever
is not named does not exist for them: an address that a new version brings stays closed until
somebody opens it. What is refused looks the same as what is missing.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.views.defaults import page_not_found
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, TranslationSource

from members.models import Member

View = Callable[..., HttpResponse]
Check = Callable[[Member, int], bool]
WORK = {"add", "change", "publish"}
USE = {"add", "change", "choose"}


def sees_page(user: Member, pk: int) -> bool:
    """Whether a page is on the way to somebody's own pages, or one of them."""
    return policy_registry.get_by_type(Page).explorable_instances(user).filter(pk=pk).exists()


def owns_page(user: Member, pk: int) -> bool:
    """Whether somebody works on a page."""
    policy = policy_registry.get_by_type(Page)
    return policy.instances_user_has_any_permission_for(user, WORK).filter(pk=pk).exists()


def owns_image(user: Member, pk: int) -> bool:
    """Whether a picture is in the collection of somebody's hub."""
    policy = policy_registry.get_by_type(get_image_model())
    return policy.instances_user_has_any_permission_for(user, USE).filter(pk=pk).exists()


def owns_document(user: Member, pk: int) -> bool:
    """Whether a file is in the collection of somebody's hub."""
    policy = policy_registry.get_by_type(get_document_model())
    return policy.instances_user_has_any_permission_for(user, USE).filter(pk=pk).exists()


def owns_source(user: Member, pk: int) -> bool:
    """Whether somebody works on a page and on every translation that an update would touch."""
    source = TranslationSource.objects.filter(pk=pk).first()
    keys = Page.objects.filter(translation_key=source.object_id) if source else []
    return bool(keys) and all(owns_page(user, page.pk) for page in keys)


def owns_translation(user: Member, pk: int) -> bool:
    """The same, for one translation."""
    translation = Translation.objects.filter(pk=pk).first()
    return translation is not None and owns_source(user, translation.source_id)


ALWAYS: dict[str, Check] = {
    "page_id": owns_page,
    "parent_page_id": owns_page,
    "page_to_move_id": owns_page,
    "destination_id": owns_page,
    "image_id": owns_image,
    "document_id": owns_document,
    "doc_id": owns_document,
    "translation_id": owns_translation,
    "translation_source_id": owns_source,
}
ON_THE_WAY: dict[str, Check] = {"parent_page_id": sees_page, "pk": sees_page}
PAGE_PK: dict[str, Check] = {"pk": owns_page}
IMAGE_PK: dict[str, Check] = {"pk": owns_image, "id": owns_image}
DOCUMENT_PK: dict[str, Check] = {"pk": owns_document, "id": owns_document}
PAGE_IDS: dict[str, Check] = {"id": owns_page, "childOf": owns_page}
NOTHING_MORE: dict[str, Check] = {}
BULK_DOOR = "wagtail_bulk_action"
BULK: dict[tuple[str, str], dict[str, Check]] = {
    ("wagtailcore", "page"): PAGE_IDS,
    ("content", "weftimage"): IMAGE_PK,
    ("content", "weftdocument"): DOCUMENT_PK,
}
BULK_ACTIONS = {"publish", "unpublish", "delete", "move", "add_to_collection"}

# The addresses that a hub's people need, and how the names in them are judged.
ROOT_DOORS = {
    "home": NOTHING_MORE,
    "explore_root": NOTHING_MORE,
    "explore": ON_THE_WAY,
    "explore_results": ON_THE_WAY,
    "choose_page": NOTHING_MORE,
    "choose_page_child": ON_THE_WAY,
    "choose_page_search": NOTHING_MORE,
    "choose_page_chosen_multiple": PAGE_IDS,
    "choose_page_external_link": NOTHING_MORE,
    "choose_page_email_link": NOTHING_MORE,
    "choose_page_phone_link": NOTHING_MORE,
    "choose_page_anchor_link": NOTHING_MORE,
    "account": NOTHING_MORE,
    "logout": NOTHING_MORE,
    "dismissibles": NOTHING_MORE,
    "block_preview": NOTHING_MORE,
    "sprite": NOTHING_MORE,
    "javascript_catalog": NOTHING_MORE,
}
PAGE_DOORS = {
    "add": NOTHING_MORE,
    "preview_on_add": NOTHING_MORE,
    "choose_parent": NOTHING_MORE,
    "usage": NOTHING_MORE,
    "edit": NOTHING_MORE,
    "preview_on_edit": NOTHING_MORE,
    "view_draft": NOTHING_MORE,
    "add_subpage": NOTHING_MORE,
    "delete": NOTHING_MORE,
    "unpublish": NOTHING_MORE,
    "search": NOTHING_MORE,
    "search_results": NOTHING_MORE,
    "move": NOTHING_MORE,
    "move_confirm": NOTHING_MORE,
    "set_page_position": NOTHING_MORE,
    "copy": NOTHING_MORE,
    "workflow_action": NOTHING_MORE,
    "collect_workflow_action_data": NOTHING_MORE,
    "confirm_workflow_cancellation": NOTHING_MORE,
    "workflow_preview": NOTHING_MORE,
    "revisions_index": NOTHING_MORE,
    "revisions_view": NOTHING_MORE,
    "revisions_revert": NOTHING_MORE,
    "revisions_unschedule": NOTHING_MORE,
    "revisions_compare": PAGE_PK,
    "workflow_history": NOTHING_MORE,
    "workflow_history_detail": NOTHING_MORE,
    "history": NOTHING_MORE,
    "history_results": NOTHING_MORE,
}
LIBRARY_DOORS = {
    "wagtailimages": (
        "index index_results add edit delete image_usage add_multiple edit_multiple "
        "delete_multiple create_multiple_from_uploaded_image delete_upload_multiple"
    ),
    "wagtaildocs": (
        "index index_results add edit delete document_usage add_multiple edit_multiple "
        "delete_multiple create_multiple_from_uploaded_document delete_upload_multiple"
    ),
    "wagtail_localize": (
        "javascript_catalog edit_string_translation preview_translation "
        "download_pofile upload_pofile"
    ),
    "wagtailadmin_editing_sessions": "release",
}
CHOOSER_DOORS = "choose choose_results chosen chosen_multiple create select_format"

DOORS: dict[str, dict[str, Check]] = {
    **{f"wagtailadmin_{name}": checks for name, checks in ROOT_DOORS.items()},
    **{f"wagtailadmin_pages:{name}": checks for name, checks in PAGE_DOORS.items()},
    **{
        f"{app}:{name}": NOTHING_MORE
        for app, names in LIBRARY_DOORS.items()
        for name in names.split()
    },
    **{f"wagtailimages_chooser:{name}": IMAGE_PK for name in CHOOSER_DOORS.split()},
    **{f"wagtaildocs_chooser:{name}": DOCUMENT_PK for name in CHOOSER_DOORS.split()},
    "own_submit_translation": NOTHING_MORE,
    "own_update_translations": NOTHING_MORE,
    "wagtailadmin_api:pages:listing": NOTHING_MORE,
    "wagtailadmin_api:pages:detail": ON_THE_WAY,
}


def walled(view: View) -> View:
    """A CMS view that opens only for one's own hub."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_judged_elsewhere(request) or may_pass(request):
            return view(request, *args, **kwargs)
        return page_not_found(request, Http404(), template_name="wagtailadmin/404.html")

    return gate


def is_judged_elsewhere(request: HttpRequest) -> bool:
    """The network's admin passes; who may not enter the CMS at all is sent away by Wagtail."""
    user = request.user
    return user.is_superuser or not user.has_perm("wagtailadmin.access_admin")


def may_pass(request: HttpRequest) -> bool:
    """Whether the address is open, and everything it names is of one's own hub."""
    checks = checks_of(request)
    if checks is None:
        return False
    return all(
        check(cast(Member, request.user), value) for check, value in named_things(request, checks)
    )


def checks_of(request: HttpRequest) -> dict[str, Check] | None:
    """How the things in an address are judged. None when the address is closed."""
    match = match_of(request)
    if match.view_name == BULK_DOOR:
        return bulk_checks(request, **match.kwargs)
    if match.view_name == "wagtailadmin_editing_sessions:ping":
        is_page = (match.kwargs["app_label"], match.kwargs["model_name"]) == ("wagtailcore", "page")
        return {"object_id": owns_page} if is_page else None
    if match.view_name not in DOORS:
        return None
    return DOORS[match.view_name]


def match_of(request: HttpRequest) -> ResolverMatch:
    """The address of a request that has been routed."""
    return cast(ResolverMatch, request.resolver_match)


def bulk_checks(
    request: HttpRequest, app_label: str, model_name: str, action: str
) -> dict[str, Check] | None:
    """Many things at once: each must be one's own. "All" pages means all of one's own page."""
    if action not in BULK_ACTIONS:
        return None
    is_page = model_name == "page"
    if is_page and "all" in request.GET.getlist("id") and "childOf" not in request.GET:
        return None
    return BULK.get((app_label, model_name))


def named_things(request: HttpRequest, checks: dict[str, Check]) -> Iterator[tuple[Check, int]]:
    """Each thing that an address names, with its check."""
    judge = {**ALWAYS, **checks}
    for name, value in match_of(request).kwargs.items():
        if name in judge:
            yield judge[name], number(value)
    for name in checks:
        for value in request.GET.getlist(name):
            if value != "all" or match_of(request).view_name != BULK_DOOR:
                yield checks[name], number(value)


def number(value: int | str) -> int:
    """The key in an address; 0, which no row has, for what is no number."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 18 else 0
