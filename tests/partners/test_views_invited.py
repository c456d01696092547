"""A hub invites an organisation to apply: one mail, whose link brings the hub and the name."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from members.models import Hub, OutboxRow
from partners import actions
from partners.models import Partner, PartnerSuggestion
from tests.partners.desk_cast import client_of, place, site_of, text_of
from tests.partners.hub_cast import desk, suggested
from tests.partners.offers_cast import key, refused

NOT_REVIEW = "Only people who look after the partners of this hub can do this."
INVITED = "Invited. The mail is on its way."
LATELY = "Your hub wrote to this address lately, so no second mail goes."
TYPED = {"name": "Port & Sea Library", "email": "Post@Library.example"}
LINK = "http://testserver/partners/apply/?hub=harbour&name=Port+%26+Sea+Library"


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.reviewer)


def mails() -> Any:
    return OutboxRow.objects.filter(key__startswith="mail:partner-wanted:")


def test_the_hub_invites_from_its_list(client: Client, site: SimpleNamespace, commit: Any) -> None:
    address = desk("desk_organisations")
    assert "<details> <summary>Invite an organisation</summary>" in text_of(client.get(address))
    with commit():
        for words in (INVITED, LATELY):
            response = client.post(address, TYPED)
            assert (response.status_code, response["Location"]) == (303, address)
            page = text_of(client.get(address))
            assert [one in page for one in (INVITED, LATELY)] == [words == INVITED, words == LATELY]
    [sent] = [one for one in mail.outbox if "library" in one.to[0]]
    assert sent.to == ["post@library.example"]
    assert sent.subject == "Harbour Hub would like to work with you"
    assert "Harbour Hub would like Port & Sea Library to be its partner. On Weft" in sent.body
    assert LINK in sent.body.split()
    assert "A member of" not in sent.body
    assert not Partner.objects.filter(name__startswith="Port").exists()
    assert not PartnerSuggestion.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": " "}, "Write the name."),
        ({"name": "x" * 121}, "This is too long. Please keep it under 120 letters."),
        ({"email": ""}, "Write the e-mail of the organisation."),
        ({"email": "nobody"}, "This is no e-mail address."),
    ],
)
def test_what_is_wrong_is_said(
    client: Client, site: SimpleNamespace, values: dict[str, str], words: str
) -> None:
    response = client.post(desk("desk_organisations"), {**TYPED, **values})
    page = text_of(response)
    assert (response.status_code, page.count(words)) == (422, 2)
    assert "<details open> <summary>Invite an organisation</summary>" in page
    assert "Harbour College" in page
    assert not mails().exists()


def test_only_the_hubs_people_invite(site: SimpleNamespace) -> None:
    values = {"hub": site.hub, **TYPED}
    for member in (site.outsider, site.other_reviewer, site.hub_editor, site.anna):
        assert refused(actions.invite_organisation, member=member, **values)[0] == NOT_REVIEW
        client = client_of(member)
        assert client.post(desk("desk_organisations"), TYPED).status_code == 404
    assert not mails().exists()
    wrong = {**values, "member": site.reviewer}
    assert refused(actions.invite_organisation, **{**wrong, "name": " "})[1] == "name"
    assert refused(actions.invite_organisation, **{**wrong, "email": "x"})[1] == "email"


def test_each_hub_writes_once(site: SimpleNamespace) -> None:
    both = ((site.reviewer, site.hub), (site.other_reviewer, site.other_hub)) * 2
    sent = [actions.invite_organisation(member=who, hub=hub, **TYPED) for who, hub in both]
    assert sent == [True, True, False, False]
    assert mails().count() == 2


def test_a_suggestion_leads_to_the_hub_too(site: SimpleNamespace) -> None:
    row = suggested(site, name="The Library")
    actions.invite_to_apply(member=site.reviewer, suggestion=row, email="post@library.example")
    text = OutboxRow.objects.get(key__startswith="mail:partner-suggested:").payload["text"]
    assert "A member of Harbour Hub told us of The Library. On Weft" in " ".join(text.split())
    assert "http://testserver/partners/apply/?hub=harbour&name=The+Library" in text.split()


def test_the_link_fills_the_application(client: Client, site: SimpleNamespace) -> None:
    """For a visitor and for a member; what cannot be read is left out."""
    query = LINK.partition("?")[2]
    for browser in (Client(), client_of(site.outsider)):
        page = text_of(browser.get(f"{place('partner_apply')}?{query}"))
        assert 'value="Port &amp; Sea Library"' in page
        assert '<option value="harbour" selected>' in page
        assert "Look at them and send them." not in page
        assert re.search(r'name="key" value="[0-9a-f-]{36}"', page)
    page = text_of(Client().get(f"{place('partner_apply')}?hub=none&name={'x' * 121}"))
    assert ('<option value="harbour" selected>' in page, "xxx" in page) == (False, False)
    page = text_of(Client().get(f"{place('partner_apply')}?name=%22%3E%3Cscript%3E"))
    assert 'value="&quot;&gt;&lt;script&gt;"' in page


def test_what_was_typed_before_goes_first(client: Client, site: SimpleNamespace) -> None:
    browser = Client()
    typed = {"name": "Own", "kind": "library", "place": "Port", "email": "a@own.example"}
    browser.post(place("partner_apply"), {**typed, "hub": "valley", "key": str(key(5))})
    page = text_of(browser.get(f"{place('partner_apply')}?hub=harbour&name=Other"))
    assert 'value="Own"' in page and 'value="Other"' not in page
    assert "Look at them and send them." in page


def test_an_invited_one_applies_at_that_hub(site: SimpleNamespace) -> None:
    assert Hub.objects.count() == 2
    browser = client_of(site.outsider)
    form = browser.get(f"{place('partner_apply')}?hub=valley&name=Port").context["form"]
    values = {**form.initial, "kind": "library", "place": "Port", "email": "a@port.example"}
    assert browser.post(place("partner_apply"), {**values, "key": str(key(6))}).status_code == 303
    assert Partner.objects.get(name="Port").hub == site.other_hub
