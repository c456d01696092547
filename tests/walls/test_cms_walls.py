"""The CMS as the editor of one hub sees it, with another hub's private words planted in it."""

import re
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver
from PIL import Image
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.models import Page, Revision, Task, TaskState, Workflow, WorkflowState
from wagtail_localize.models import OverridableSegment, StringSegment, Translation
from wagtail_localize.operations import translate_object

from content.actions import add_picture, derive_permissions
from content.models import StandardPage, WeftDocument, WeftImage
from members.models import Hub, Member
from partners import actions
from tests.content.tree import build_tree, make_member, spanish
from tests.factories import new_key
from tests.partners.offers_cast import colleague, make_partner

pytestmark = pytest.mark.walk
PARTS = 4
CANARY = "qzanary"
OF_OFFER = f"{CANARY} image of an offer"
CHOOSERS = ("chooser/", "chooser/results/")
WHOLE = re.compile(f"{CANARY}[ -]?(draft|image|file|slug|words|author|reviewer)")
MISSING = 987654


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "JPEG")
    return out.getvalue()


def plant_translation(tree):
    """Riverside in Spanish, with a page that is translated by segments."""
    locale = spanish()
    for page in (tree.home, tree.index, tree.hub_page, tree.other_page):
        CopyPageForTranslationAction(page, locale).execute(skip_permission_checks=True)
    translate_object(tree.private, [locale])
    for hub in (tree.hub, tree.other_hub):
        derive_permissions(hub=hub)


def plant_review(tree, author):
    """A page that waits for review."""
    tree.private.save_revision(user=author)
    workflow = Workflow.objects.get(workflow_pages__page=tree.hub_page)
    workflow.start(tree.private, author)


def plant_offer(hub: Hub) -> WeftImage:
    """A draft of a partner that waits, with a picture: it has a history, and is no page."""
    partner = make_partner(hub, f"{CANARY} words", state="waiting")
    values = {"member": colleague("writer", partner, "admin")}
    offer = actions.begin_offer(partner=partner, key=new_key(), **values)
    actions.save_offer(offer=offer, values={"title": f"{CANARY} draft"}, **values)
    actions.attach_picture(offer=offer, data=picture(), alt=OF_OFFER, **values)
    return WeftImage.objects.get(title=OF_OFFER)


@pytest.fixture
def planted(db):
    """Everything a hub has that another hub must not see, with the canary in every name."""
    for cache in ("default", "version"):
        caches[cache].clear()
    tree = build_tree()
    author = make_member(f"{CANARY}-author", tree.hub, "editor")
    make_member(f"{CANARY}-reviewer", tree.hub, "reviewer")
    collection = tree.hub.collection
    image = add_picture(
        member=author, title=f"{CANARY} image", data=picture(), collection=collection
    )
    document = WeftDocument(title=f"{CANARY} file", collection=collection, uploaded_by_user=author)
    document.file.save(f"{CANARY}.txt", ContentFile(b"secret"))
    body = [{"type": "text", "value": f"<p>{CANARY} words</p>", "id": "b1"}]
    tree.private = StandardPage(
        title=f"{CANARY} draft", slug=f"{CANARY}-slug", live=False, owner=author, body=body
    )
    Page.objects.get(pk=tree.hub_page.pk).add_child(instance=tree.private)
    tree.private.save_revision(user=author, log_action=True)
    plant_translation(tree)
    plant_review(tree, author)
    of_offer = plant_offer(tree.hub)
    things = {"image": image, "document": document, "of_offer": of_offer}
    return SimpleNamespace(tree=tree, author=author, **things)


@pytest.fixture
def stranger(planted) -> Client:
    """The editor of the other hub."""
    client = Client(raise_request_exception=False)
    client.force_login(Member.objects.get(pk=planted.tree.other_editor.pk))
    return client


def all_patterns(patterns=None, prefix="", names=()):
    """Every address of the CMS, as its pattern and the names of its parts."""
    for pattern in wagtailadmin_urls.urlpatterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        parts = (*names, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from all_patterns(pattern.url_patterns, route, parts)
        elif isinstance(pattern, URLPattern):
            yield route, parts, pattern.pattern.regex.groupindex


def values_for(planted) -> dict[str, list]:
    """What may stand in an address: the other hub's things."""
    pages = list(
        Page.objects.descendant_of(planted.tree.hub_page, inclusive=True).values_list(
            "pk", flat=True
        )
    ) + list(Page.objects.filter(title__contains=CANARY).values_list("pk", flat=True))
    users = list(Member.objects.filter(name__contains=CANARY).values_list("pk", flat=True))
    translations = list(Translation.objects.values_list("pk", flat=True))
    own_things = {
        "page_id": pages,
        "parent_page_id": pages,
        "page_to_move_id": pages,
        "destination_id": pages,
        "page_pk": pages,
        "image_id": [planted.image.pk, planted.of_offer.pk],
        "document_id": [planted.document.pk],
        "doc_id": [planted.document.pk],
        "revision_id": list(Revision.objects.values_list("pk", flat=True)),
        "task_id": list(Task.objects.values_list("pk", flat=True)),
        "task_state_id": list(TaskState.objects.values_list("pk", flat=True)),
        "workflow_state_id": list(WorkflowState.objects.values_list("pk", flat=True)),
        "workflow_pk": list(Workflow.objects.values_list("pk", flat=True)),
        "collection_id": [planted.tree.hub.collection_id],
        "translation_id": translations,
        "translation_source_id": list(
            Translation.objects.values_list("source", flat=True).distinct()
        ),
        "string_segment_id": list(StringSegment.objects.values_list("pk", flat=True)),
        "overridable_segment_id": list(OverridableSegment.objects.values_list("pk", flat=True))
        or [1],
        "pk": [*pages, planted.image.pk, planted.of_offer.pk, planted.document.pk, *users],
        "object_id": pages,
        "app_label": ["wagtailcore", "content"],
        "model_name": ["page", "standardpage", "weftimage", "weftdocument"],
        "app_name": ["content", "taggit", "wagtailcore"],
        "content_type_app_name": ["content"],
        "content_type_model_name": ["standardpage"],
        "action": ["publish", "unpublish", "delete", "move", "add_tags", "add_to_collection"],
        "action_name": ["approve", "reject"],
        "filter_spec": ["width-100"],
        "uploaded_file_id": [1],
        "redirect_id": [1],
        "session_id": [1],
        "mode": ["x"],
        "uidb64": ["x"],
        "token": ["x"],
    }
    return own_things


def fill(route: str, values: dict[str, list]) -> list[str]:
    """An address for each value of each part; the other parts take their first value."""
    route = route.replace("^", "").replace("$", "").replace(r"\.\.\.", "...")
    route = re.sub(r"\(\?P<pk>[^)]*\)", "<pk>", route)
    route = re.sub(r"\(\?P<revision_id_a>[^)]*\)", "earliest", route)
    route = re.sub(r"\(\?P<revision_id_b>[^)]*\)", "latest", route)
    parts = re.findall(r"<(?:\w+:)?(\w+)>", route)
    if not parts:
        return [] if ".*" in route else [route]
    made = set()
    for part in parts:
        for value in values[part]:
            address = route
            for other in parts:
                chosen = value if other == part else values[other][0]
                address = re.sub(rf"<(?:\w+:)?{other}>", str(chosen), address)
            made.add(address)
    return sorted(made)


def addresses(planted) -> list[str]:
    """Every address of the CMS with the other hub's things in it, plain and with questions."""
    values = values_for(planted)
    plain = [
        f"/cms/{address}"
        for route, _parts, _groups in all_patterns()
        for address in fill(route, values)
        if "failwhale" not in address and "logout" not in address
    ]
    page, image, document = planted.tree.private.pk, planted.image.pk, planted.document.pk
    questions = [
        {"q": CANARY},
        {"term": CANARY[:3]},
        {"id": [page, image, document]},
        {"id": "all"},
        {"id": "all", "childOf": planted.tree.hub_page.pk},
        {"id": "all", "childOf": planted.tree.index.pk},
        {"page_type": "content.standardpage"},
        {"page_type": "content.hubpage"},
        {"fields": "*", "descendant_of": planted.tree.hub_page.pk},
        {"child_of": planted.tree.hub_page.pk},
        {"collection_id": planted.tree.hub.collection_id},
        {"target_pages[]": page, "user_perms": "move_to"},
        {"export": "csv"},
    ]
    short = sorted({re.sub(r"\d+", "1", address): address for address in plain}.values())
    asked = [
        f"{address}?{urlencode(question, True)}" for address in short for question in questions
    ]
    return plain + asked


def words_of(response, address: str) -> str:
    """What an answer says, without what was asked: a typed word comes back to who typed it."""
    body = b"".join(response) if response.streaming else response.content
    text = f"{response.get('Location', '')} {body.decode(errors='replace')}".lower()
    asked = address.partition("?")[2]
    return text.replace(CANARY, "") if CANARY in asked and not WHOLE.search(text) else text


@pytest.mark.parametrize("part", range(PARTS))
def test_no_private_word_of_another_hub(planted, stranger, part):
    leaks = []
    for address in addresses(planted)[part::PARTS]:
        response = stranger.get(address)
        text = words_of(response, address)
        if CANARY in text or response.status_code >= 500:
            at = max(text.find(CANARY), 0)
            leaks.append((address, response.status_code, text[max(0, at - 120) : at + 60]))
    assert leaks == [], "\n".join(f"{a} {s} {t!r}" for a, s, t in leaks)


@pytest.mark.parametrize(
    ("name", "lists"),
    [
        ("edda", ("", "results/", *CHOOSERS)),
        (f"{CANARY}-author", ("", "results/", *CHOOSERS)),
        (f"{CANARY}-reviewer", CHOOSERS),
    ],
)
def test_no_picture_of_an_offer_for_its_own_hub(planted, name, lists):
    """Those who write the hub's pages choose among its own pictures, and among no partner's."""
    client = Client()
    client.force_login(Member.objects.get(username=name))
    for address in lists:
        for question in ("", f"?q={CANARY}"):
            response = client.get(f"/cms/images/{address}{question}")
            said = response.content.decode()
            assert (response.status_code, OF_OFFER in said) == (200, False), (address, question)
            assert f"{CANARY} image" in said, (address, question)
    for address in (f"{planted.of_offer.pk}/", f"chooser/{planted.of_offer.pk}/"):
        assert OF_OFFER not in client.get(f"/cms/images/{address}").content.decode()


def test_pictures_and_files_have_no_tags(planted):
    for model in (WeftImage, WeftDocument):
        assert "tags" not in model.admin_form_fields
