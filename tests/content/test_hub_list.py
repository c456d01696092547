"""The list of hubs: each hub once, in the reader's language where its page is there."""

import re

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from content import version
from members.models import Hub

from .tree import Tree, spanish

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<h2><a href="([^"]+)"(?: lang="(\w+)" hreflang="(\w+)")?>([^<]+)</a></h2>')
ENGLISH = '<p class="muted">Inglés</p>'


@pytest.fixture
def two_languages(tree: Tree) -> Tree:
    """Riverside has a Spanish page, Hilltop has none."""
    for page in (tree.home, tree.index, tree.hub_page):
        copy = page.copy_for_translation(spanish())
        copy.title = f"{page.title} en español"
        copy.save_revision().publish()
    return tree


def listed(path: str) -> list[tuple[str, ...]]:
    return ROW.findall(Client().get(path).content.decode())


def test_every_hub_is_listed_once_in_both_languages(two_languages: Tree) -> None:
    own, other = two_languages.hub_page.title, two_languages.other_page.title
    assert listed("/es/hubs/") == [
        ("/hubs/hilltop/", "en", "en", other),
        ("/es/hubs/riverside/", "", "", f"{own} en español"),
    ]
    assert Client().get("/es/hubs/").content.decode().count(ENGLISH) == 1
    assert listed("/hubs/") == [
        ("/hubs/hilltop/", "", "", other),
        ("/hubs/riverside/", "", "", own),
    ]


def test_a_hub_that_may_not_be_seen_is_in_no_list(two_languages: Tree) -> None:
    PageViewRestriction.objects.create(page=two_languages.other_page, restriction_type="login")
    assert [row[0] for row in listed("/es/hubs/")] == ["/es/hubs/riverside/"]
    two_languages.hub_page.get_translation(spanish()).unpublish()
    version.bump()
    assert [row[:2] for row in listed("/es/hubs/")] == [("/hubs/riverside/", "en")]
    two_languages.hub_page.unpublish()
    version.bump()
    assert listed("/es/hubs/") == []


def test_the_foot_says_what_the_sentence_on_complaints_is_about(tree: Tree) -> None:
    Hub.objects.filter(pk=tree.hub.pk).update(complain="Tell Olga at the counter.")
    html = Client().get("/hubs/riverside/").content.decode()
    foot = html.split('<footer class="site-foot">')[1]
    assert "<p><b>If something goes wrong:</b> Tell Olga at the counter.</p>" in foot
