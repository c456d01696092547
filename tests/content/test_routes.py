"""The quick way to a page ends where Wagtail's own way ends, whatever was done to the tree."""

from collections.abc import Callable

import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Page, PageViewRestriction, Site

from content.models import HubPage, StandardPage
from content.views import routes

from .tree import BODY, Tree, publish, spanish

PATHS = (
    "",
    "hubs/",
    "hubs/riverside/",
    "hubs/riverside/about/",
    "//hubs//riverside/about",
    "hubs/riverside/us/",
    "hubs/hilltop/about/",
    "hubs/nowhere/",
    "home/",
    "hubs/riverside/about/more/",
    "a/b/c/d/e/f/g/h/i/",
)
LANGUAGES = ("en", "es", "ar")


def unpublish(tree: Tree) -> None:
    tree.hub_page.unpublish()


def rename(tree: Tree) -> None:
    tree.about.slug = "us"
    tree.about.save()


def move(tree: Tree) -> None:
    Page.objects.get(pk=tree.about.pk).move(Page.objects.get(pk=tree.other_page.pk), "last-child")


def translate(tree: Tree) -> None:
    """In Spanish all is live but the page about us."""
    copy = tree.about.copy_for_translation(spanish(), copy_parents=True)
    for page in copy.get_ancestors().filter(depth__gt=1, alias_of__isnull=True):
        page.specific.save_revision().publish()


def translate_as_draft(tree: Tree) -> None:
    tree.about.copy_for_translation(spanish(), copy_parents=True)


def translate_and_publish(tree: Tree) -> None:
    translate(tree)
    tree.about.get_translation(spanish()).save_revision().publish()


def alias(tree: Tree) -> None:
    """Another hub shows the same page; who may read it is its source's."""
    tree.about.create_alias(parent=Page.objects.get(pk=tree.other_page.pk))
    PageViewRestriction.objects.create(page=tree.about, restriction_type="login")


def close(tree: Tree) -> None:
    PageViewRestriction.objects.create(page=tree.hub_page, restriction_type="login")
    PageViewRestriction.objects.create(
        page=Page.get_first_root_node(), restriction_type="password", password="x"
    )


def add_site(tree: Tree) -> None:
    Site.objects.create(hostname="hilltop.example", root_page=tree.other_page)


def move_site(tree: Tree) -> None:
    Site.objects.update(root_page=tree.hub_page)
    Site.objects.get().save()


def lose_default(tree: Tree) -> None:
    Site.objects.update(is_default_site=False, hostname="elsewhere.example")
    Site.objects.get().save()


def break_paths(tree: Tree) -> None:
    """Two pages say that they stand at one place."""
    twin = publish(tree.other_page, StandardPage(title="Twin", slug="twin", body=BODY))
    Page.objects.filter(pk=twin.pk).update(slug="about", url_path=tree.about.url_path)


CHANGES = [
    lambda tree: None,
    unpublish,
    rename,
    move,
    translate,
    translate_as_draft,
    translate_and_publish,
    alias,
    close,
    add_site,
    move_site,
    lose_default,
    break_paths,
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_way_is_that_of_wagtail(tree: Tree, change: Callable[[Tree], None]) -> None:
    change(tree)
    for language in LANGUAGES:
        with translation.override(language):
            for path in PATHS:
                assert_same_way(path)


def assert_same_way(path: str) -> None:
    """Both ways end at the same page, with the same restrictions, on the same site."""
    ours = RequestFactory().get("/", headers={"host": "localhost"})
    theirs = RequestFactory().get("/", headers={"host": "localhost"})
    page, other = routes.find_page(ours, path), routes.page_by_wagtail(theirs, path)
    assert page == other, path
    assert type(page) is type(other)
    if page and other:
        assert set(page.restrictions) == set(other.get_view_restrictions())
        assert Site.find_for_request(ours) == Site.find_for_request(theirs)


def test_most_ways_are_found_without_wagtail(
    tree: Tree, django_assert_num_queries: Callable
) -> None:
    path = "hubs/riverside/about/"
    routes.find_page(RequestFactory().get("/"), path)
    with django_assert_num_queries(4):
        assert routes.find_page(RequestFactory().get("/"), path) == tree.about


def test_a_page_that_routes_in_its_own_way_is_left_to_wagtail(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = RequestFactory().get("/")
    assert [step.pk for step in routes.line_to(request, "hubs/riverside/")][-1] == tree.hub_page.pk
    monkeypatch.setattr(HubPage, "route", lambda self, request, parts: None, raising=False)
    for path in ("hubs/riverside/", "hubs/riverside/about/"):
        assert routes.line_to(request, path) == []


def test_restrictions_bring_their_groups(tree: Tree, django_assert_num_queries: Callable) -> None:
    made = PageViewRestriction.objects.create(page=tree.index, restriction_type="groups")
    page = routes.find_page(RequestFactory().get("/"), "hubs/riverside/about/")
    assert page is not None
    assert page.restrictions == [made]
    with django_assert_num_queries(0):
        assert list(page.restrictions[0].groups.all()) == []
