"""The CMS as a hub's editor meets it."""

import re

import pytest
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedUnsupportedProviderException
from wagtail.embeds.finders import get_finders


@pytest.fixture
def cms(client, tree):
    client.force_login(tree.editor)
    return client


def test_first_screen(cms, tree):
    page = cms.get("/cms/")
    html = page.content.decode()
    assert page.status_code == 200
    assert "Waiting for you" in html
    assert "My drafts" in html
    assert "Hello Edda" in html
    assert f"/cms/pages/add/content/standardpage/{tree.hub_page.pk}/" in html
    assert "New page" in html


def title_field(page):
    """The field of the title on a screen of the CMS."""
    return re.search(r'<input[^>]+name="title"[^>]*>', page.content.decode())[0]


def test_who_begins_a_page_stands_in_its_title(cms, tree):
    add = f"/cms/pages/add/content/standardpage/{tree.hub_page.pk}/"
    focused = "w-init:ready-&gt;w-focus#focus"
    assert focused in title_field(cms.get(add))
    refused = cms.post(add, {"title": "", "slug": "new", "body-count": "0"})
    assert (refused.status_code, focused in title_field(refused)) == (200, False)
    assert focused not in title_field(cms.get(f"/cms/pages/{tree.hub_page.pk}/edit/"))


def test_the_site_asks_no_other_site_for_an_embed(cms, tree):
    """An address that somebody types is never fetched."""
    address = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert cms.post("/cms/embeds/chooser/upload/", {"url": address}).status_code == 404
    assert get_finders() == []
    with pytest.raises(EmbedUnsupportedProviderException):
        get_embed(address)
