"""Hubs in the page tree, the rights that follow from roles, pictures with their copies."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from PIL import Image
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, WorkflowPage
from wagtail.users.models import UserProfile

from content.actions import (
    add_picture,
    create_hub,
    derive_permissions,
    derive_permissions_of_page,
    make_renditions,
)
from content.models import HubPage, WeftImage
from members.errors import Refused
from members.models import HubRole
from tests.content.tree import Tree, make_member

pytestmark = pytest.mark.django_db


def rights(hub) -> tuple:
    """Everything that the CMS knows of a hub's people."""
    groups = Group.objects.filter(name__startswith=f"{hub.slug}:").order_by("name")
    return (
        [
            (group.name, sorted(group.user_set.values_list("username", flat=True)))
            for group in groups
        ],
        GroupPagePermission.objects.filter(group__in=groups).count(),
        GroupCollectionPermission.objects.filter(group__in=groups).count(),
        WorkflowPage.objects.filter(page__in=hub.pages.all()).count(),
    )


def test_create_hub_twice_makes_one_and_takes_the_new_facts(tree: Tree) -> None:
    for place in ("First", "Second"):
        page = create_hub(member=tree.editor, slug="market", name="Market", place=place)
    assert HubPage.objects.filter(slug="market").count() == 1
    assert (page.hub.place, page.live, page.get_parent().slug) == ("Second", True, "hubs")
    assert Collection.objects.filter(name="Market").count() == 1


def test_derive_permissions_twice_changes_nothing(tree: Tree) -> None:
    before = rights(tree.hub)
    derive_permissions(hub=tree.hub)
    assert rights(tree.hub) == before
    assert before[0][0] == ("riverside: editors", ["edda"])


def test_a_role_that_ends_takes_its_rights_away(tree: Tree) -> None:
    HubRole.objects.filter(member=tree.editor).delete()
    derive_permissions(hub=tree.hub)
    assert rights(tree.hub)[0] == [("riverside: editors", []), ("riverside: reviewers", [])]


def test_rights_that_somebody_added_by_hand_go(tree: Tree) -> None:
    group = Group.objects.get(name="riverside: editors")
    right = GroupPagePermission.objects.filter(group=group).first()
    GroupPagePermission.objects.create(
        group=group, page=tree.other_page, permission=right.permission
    )
    derive_permissions(hub=tree.hub)
    pages = GroupPagePermission.objects.filter(group=group).values_list("page", flat=True)
    assert set(pages) == {tree.hub_page.pk}


def test_a_hub_with_another_address_keeps_its_people(tree: Tree) -> None:
    hub = tree.hub
    hub.slug = "waterside"
    hub.save()
    derive_permissions(hub=hub)
    assert rights(hub)[0][0] == ("waterside: editors", ["edda"])
    assert not Group.objects.filter(name__startswith="riverside:").exists()


def test_rights_follow_the_hub_on_whose_branch_a_page_stands(tree: Tree) -> None:
    GroupPagePermission.objects.all().delete()
    derive_permissions_of_page(page=tree.home)
    assert not GroupPagePermission.objects.exists()
    derive_permissions_of_page(page=tree.about)
    assert set(GroupPagePermission.objects.values_list("page", flat=True)) == {tree.hub_page.pk}


def test_a_reviewer_may_publish_and_not_add(tree: Tree) -> None:
    reviewer = make_member("Rita", tree.hub, "reviewer")
    assert tree.about.permissions_for_user(reviewer).can_publish()
    assert not tree.hub_page.permissions_for_user(reviewer).can_add_subpage()


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "JPEG")
    return out.getvalue()


def test_add_picture_keeps_it_where_it_belongs(tree: Tree) -> None:
    image = add_picture(
        member=tree.editor, title="Door", data=picture(), collection=tree.hub.collection
    )
    found = WeftImage.objects.get(pk=image.pk)
    assert (found.collection, found.uploaded_by_user) == (tree.hub.collection, tree.editor)
    assert (found.width, found.height, found.file_size > 0) == (900, 600, True)
    loose = add_picture(member=None, title="Loose", data=picture())
    assert loose.collection == Collection.get_first_root_node()


def test_a_picture_is_refused_while_the_disk_is_full(tree: Tree, full_disk: None) -> None:
    """No half of it is left."""
    before = sorted(Path(settings.MEDIA_ROOT).rglob("*.*"))
    with pytest.raises(Refused) as refused:
        add_picture(member=tree.editor, title="Door", data=picture())
    words = "We cannot keep your picture just now. Please send it again later."
    assert (refused.value.reason, refused.value.field) == (words, "file")
    assert not WeftImage.objects.exists()
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*.*")) == before


def test_make_renditions_twice_makes_four(tree: Tree) -> None:
    image = add_picture(member=None, title="Door", data=picture())
    for _time in range(2):
        make_renditions(image=image)
    found = image.renditions.values_list("filter_spec", "width")
    assert sorted(found) == [
        ("format-jpeg|width-400", 400),
        ("format-jpeg|width-800", 800),
        ("format-webp|width-400", 400),
        ("format-webp|width-800", 800),
    ]


def test_the_clock_of_the_cms_is_the_hubs_until_one_is_chosen(tree: Tree) -> None:
    tree.hub.time_zone = "Africa/Nairobi"
    tree.hub.save()
    newcomer = make_member("newcomer")
    HubRole.objects.create(member=newcomer, hub=tree.hub, role="editor")
    derive_permissions(hub=tree.hub)
    profile = UserProfile.objects.get(user=newcomer)
    assert (profile.current_time_zone, profile.preferred_language) == ("Africa/Nairobi", "")
    UserProfile.objects.filter(pk=profile.pk).update(current_time_zone="Europe/Madrid")
    derive_permissions(hub=tree.hub)
    profile.refresh_from_db()
    assert profile.current_time_zone == "Europe/Madrid"
