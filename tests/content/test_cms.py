"""The CMS as a hub's editor meets it."""

import pytest


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
