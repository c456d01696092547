"""The partners of a hub: entered, written for, handed over, paused, put back, renamed."""

from functools import partial
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from members.models import Member, OutboxRow
from partners import actions
from partners.models import Colleague, Offer, Partner, PartnerInvitation
from tests.partners.desk_cast import client_of, cost_of, full, live, place, site_of, text_of
from tests.partners.hub_cast import agreed, desk, renamed
from tests.partners.offers_cast import key, make_partner, told

STEPS = ("invite", "pause", "return")


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.reviewer)


def typed(**values: Any) -> dict[str, Any]:
    facts = {"key": key(1), "name": "Port Library", "kind": "library", "place": "Port"}
    return {**facts, "words": "They lend us a room.", "language": "en", **values}


def entered(client: Client, **values: Any) -> Partner:
    client.post(desk("desk_partner_enter"), typed(**values))
    return Partner.objects.get(slug="port-library")


def test_desk_organisations(client: Client, site: SimpleNamespace) -> None:
    live(site)
    make_partner(site.hub, "Kept Library", is_kept_by_hub=True)
    make_partner(site.hub, "Asleep School", state="paused")
    make_partner(site.other_hub, "zebra")
    page = text_of(client.get(desk("desk_organisations")))
    assert page.index("Asleep School") < page.index("Harbour College") < page.index("Kept Library")
    assert "0 offers · Paused by the hub" in page
    assert '<span class="muted">1 offer</span>' in page
    assert "0 offers · kept by the hub" in page
    assert "zebra" not in page


def test_an_empty_list(client: Client, site: SimpleNamespace) -> None:
    Partner.objects.all().delete()
    page = text_of(client.get(desk("desk_organisations")))
    assert "No organisation yet." in page


def test_desk_partner_enter(client: Client, site: SimpleNamespace) -> None:
    address = desk("desk_partner_enter")
    assert client.get(address).status_code == 200
    for _twice in range(2):
        response = client.post(address, typed(email="post@port.example"))
        there = desk("desk_partner", "port-library")
        assert (response.status_code, response["Location"]) == (303, there)
    row = Partner.objects.get(slug="port-library")
    assert (row.state, row.is_kept_by_hub, row.hub) == ("approved", True, site.hub)
    assert (row.proof, row.proof_words, row.proof_by) == (
        "known",
        "They lend us a room.",
        site.reviewer,
    )
    page = text_of(client.get(there))
    assert "Kept by the hub until its own people take over" in page
    assert "Somebody of the hub knows them: They lend us a room. (Reviewer," in page
    public = text_of(Client().get(place("partner", "port-library")))
    assert "Harbour Hub keeps it for them." in public


def test_what_a_member_suggests_is_entered_without_typing_it_again(
    client: Client, site: SimpleNamespace
) -> None:
    facts = {"name": "Ink & Thread", "place": "Port", "words": "Near.", "key": key(7)}
    row = actions.suggest_partner(member=site.outsider, hub=site.hub, **facts)
    link = f"{desk('desk_partner_enter')}?name=Ink%20%26%20Thread&amp;place=Port"
    assert f'href="{link}"' in text_of(client.get(desk("desk_suggestion", row.pk)))
    page = text_of(client.get(unescape(link)))
    assert 'value="Ink &amp; Thread"' in page
    assert 'value="Port"' in page
    longest = text_of(client.get(desk("desk_partner_enter"), {"name": "x" * 121, "place": "Port"}))
    assert ("x" * 121 in longest, 'value="Port"' in longest) == (False, True)


def test_the_hub_says_in_which_language_they_write(client: Client, site: SimpleNamespace) -> None:
    """At first it is the language in which the hub's people read."""
    for prefix, code in (("", "en"), ("/es", "es")):
        page = text_of(client.get(f"{prefix}{desk('desk_partner_enter')}"))
        assert f'<option value="{code}" selected>' in page
    partner = entered(client, language="es")
    assert partner.language == "es"
    public = text_of(Client().get(place("partners")))
    assert "Port Library" in public
    offer = actions.begin_offer(member=site.reviewer, partner=partner, key=key(5))
    assert offer.language == "es"


def test_desk_partner_enter_refused(client: Client, site: SimpleNamespace) -> None:
    address = desk("desk_partner_enter")
    wrong = [{"name": ""}, {"kind": ""}, {"place": " "}, {"words": ""}, {"number": "5"}]
    wrong += [{"language": ""}, {"language": "klingon"}]
    for one in [*wrong, {"website": "no site"}, {"email": "nobody"}]:
        response = client.post(address, typed(**one, scheme=""))
        assert response.status_code == 422
        assert str(key(1)) in text_of(response)
    assert not Partner.objects.filter(place="Port").exists()


def test_the_hub_posts_for_it_and_a_colleague_reads(client: Client, site: SimpleNamespace) -> None:
    partner = entered(client)
    page = text_of(client.get(desk("desk_partner", partner.slug)))
    assert f'href="{place("offer_new", partner.slug)}"' in page
    assert client.get(place("offer_new", partner.slug)).status_code == 200
    home = text_of(client.get(place("partner_home", partner.slug)))
    assert "Harbour Hub keeps this organisation until its own people take over." in home
    assert f'href="{desk("desk_partner", partner.slug)}"' in home
    offer = actions.begin_offer(member=site.reviewer, partner=partner, key=key(5))
    actions.save_offer(member=site.reviewer, offer=offer, values=full())
    review = actions.send_offer(member=site.reviewer, offer=offer)
    values = {"revision": review.revision_id}
    address = desk("desk_review_publish", review.pk)
    assert client.post(address, values).status_code == 422
    assert client_of(site.coordinator).post(address, values).status_code == 303
    offer = Offer.objects.get()
    assert (offer.live, offer.is_on_behalf) == (True, True)


def test_desk_partner_invite_hands_it_over(client: Client, site: SimpleNamespace, commit) -> None:
    partner = entered(client)
    address = desk("desk_partner_invite", partner.slug)
    response = client.post(address, {"email": "nobody"})
    assert response.status_code == 422
    assert 'value="nobody"' in text_of(response)
    with commit():
        for words in ("A mail with a link goes to jo@port.", "jo@port.example has a link already"):
            response = client.post(address, {"email": "jo@port.example"})
            assert response["Location"] == desk("desk_partner", partner.slug)
            assert words in text_of(client.get(response["Location"]))
    row = PartnerInvitation.objects.get()
    assert (row.email, row.role, row.made_by) == ("jo@port.example", "admin", site.reviewer)
    [sent] = [one for one in mail.outbox if one.to == ["jo@port.example"]]
    code = sent.body.partition("/partners/invitations/")[2].partition("/")[0]
    client_of(site.outsider).post(place("partner_invitation", code))
    partner.refresh_from_db()
    assert not partner.is_kept_by_hub
    page = text_of(client.get(desk("desk_partner", partner.slug)))
    assert "Kept by the hub" not in page
    assert "Hand it over" not in page
    assert client.get(place("partner_home", partner.slug)).status_code == 404
    assert client.post(address, {"email": "x@port.example"}).status_code == 422


def test_desk_partner_pause_and_desk_partner_return(client: Client, site: SimpleNamespace) -> None:
    live(site)
    pause, back = (desk(f"desk_partner_{step}", site.partner.slug) for step in ("pause", "return"))
    response = client.post(pause, {"reason": ""})
    assert response.status_code == 422
    assert text_of(response).count("Write a few words first.") == 2
    for _twice in range(2):
        assert client.post(pause, {"reason": "A complaint."}).status_code == 303
    assert not Offer.objects.public().exists()
    page = text_of(client.get(desk("desk_partner", site.partner.slug)))
    assert "A complaint." in page
    assert "Put them back on the site" in page
    assert "Take them off the site" not in page
    assert "Their offers</h2>" in page
    offer = text_of(client.get(desk("desk_offer", Offer.objects.get().uuid)))
    assert '<p class="kicker">Off the site</p>' in offer
    assert "See it as everybody does" not in offer
    for _twice in range(2):
        assert client.post(back).status_code == 303
    assert Offer.objects.public().count() == 1
    assert "Their offers on the site</h2>" in text_of(
        client.get(desk("desk_partner", site.partner.slug))
    )
    offer = text_of(client.get(desk("desk_offer", Offer.objects.get().uuid)))
    assert '<p class="kicker">On the site</p>' in offer
    assert "See it as everybody does" in offer
    assert told(site.anna)[-1] == "Harbour College is on the site again."


def test_a_proof_can_be_noted_later_too(client: Client, site: SimpleNamespace) -> None:
    address = desk("desk_partner", site.partner.slug)
    assert "Note another proof" in text_of(client.get(address))
    client.post(
        desk("desk_partner_prove", site.partner.slug), {"proof": "letter", "words": "Of May."}
    )
    assert "A letter: Of May. (Reviewer," in text_of(client.get(address))


def test_desk_identity_accept(client: Client, site: SimpleNamespace) -> None:
    row = renamed(site, scheme="charity", number="77")
    page = text_of(client.get(desk("desk_partner", site.partner.slug)))
    assert "<del>Harbour College</del> <ins>Port College</ins>" in page
    assert "<ins>Charity number: 77</ins>" in page
    address = desk("desk_identity_accept", site.partner.slug, row.pk)
    for _twice in range(2):
        assert client.post(address).status_code == 303
    site.partner.refresh_from_db()
    assert (site.partner.name, site.partner.number) == ("Port College", "77")
    page = text_of(client.get(desk("desk_partner", site.partner.slug)))
    assert "They want to change this" not in page
    assert "The new name and number stand. They were told." in page


def test_desk_identity_decline(client: Client, site: SimpleNamespace) -> None:
    row = renamed(site)
    address = desk("desk_identity_decline", site.partner.slug, row.pk)
    response = client.post(address, {"reason": ""})
    assert response.status_code == 422
    assert text_of(response).count("Write a few words first.") == 2
    assert client.post(address, {"reason": "We do not find it."}).status_code == 303
    site.partner.refresh_from_db()
    assert site.partner.name == "Harbour College"
    accept = desk("desk_identity_accept", site.partner.slug, row.pk)
    response = client.post(accept)
    assert response.status_code == 422
    assert "This has changed meanwhile." in text_of(response)


def test_a_change_of_another_partner_is_not_there(client: Client, site: SimpleNamespace) -> None:
    row = renamed(site)
    for step in ("accept", "decline"):
        address = desk(f"desk_identity_{step}", site.other_partner.slug, row.pk)
        assert client.post(address, {"reason": "x"}).status_code == 404
        there = desk("desk_partner", site.other_partner.slug)
        assert client.get(address)["Location"] == there


@pytest.mark.parametrize("name", ["hub_editor", "anna", "outsider", "other_reviewer"])
def test_the_steps_are_not_there_for_others(site: SimpleNamespace, name: str) -> None:
    row, client = renamed(site), client_of(getattr(site, name))
    for step in STEPS:
        address = desk(f"desk_partner_{step}", site.partner.slug)
        assert client.post(address, {"reason": "x", "email": "a@b.example"}).status_code == 404
    for step in ("accept", "decline"):
        address = desk(f"desk_identity_{step}", site.partner.slug, row.pk)
        assert client.post(address, {"reason": "x"}).status_code == 404
    assert Partner.objects.get(pk=site.partner.pk).state == "approved"


def test_nobody_takes_a_step_for_the_own_organisation(site: SimpleNamespace) -> None:
    row = renamed(site)
    Colleague.objects.create(
        partner=site.partner, member=site.reviewer, role="viewer", joined_at=timezone.now()
    )
    client = client_of(site.reviewer)
    page = text_of(client.get(desk("desk_partner", site.partner.slug)))
    for words in ("Yes, change it", "Take them off", "Note another proof"):
        assert words not in page
    for step in STEPS:
        address = desk(f"desk_partner_{step}", site.partner.slug)
        assert client.post(address, {"reason": "x", "email": "a@b.example"}).status_code == 422
    accept = desk("desk_identity_accept", site.partner.slug, row.pk)
    assert client.post(accept).status_code == 422
    for step in STEPS:
        address = desk(f"desk_partner_{step}", site.partner.slug)
        assert client.get(address)["Location"] == desk("desk_partner", site.partner.slug)


def test_the_hub_finds_somebody_for_a_partner_that_nobody_can_run(
    client: Client, site: SimpleNamespace
) -> None:
    address, page = (
        desk("desk_partner_invite", site.partner.slug),
        desk("desk_partner", "harbour-college"),
    )
    assert "Nobody runs this organisation" not in text_of(client.get(page))
    assert client.post(address, {"email": "jo@college.example"}).status_code == 422
    Member.objects.filter(pk=site.anna.pk).update(is_active=False)
    assert "Nobody runs this organisation any more" in text_of(client.get(page))
    assert text_of(client.get(desk("desk_organisations"))).count("nobody runs it") == 1
    response = client.post(address, {"email": "jo@college.example"})
    assert (response.status_code, response["Location"]) == (303, page)
    row = PartnerInvitation.objects.get()
    assert (row.email, row.role, row.made_by) == ("jo@college.example", "admin", site.reviewer)


@pytest.mark.parametrize("count", [1, 3])
def test_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    renamed(site)
    for number in range(1, count + 1):
        live(site, number)
        agreed(site, f"Room {number}")
        make_partner(site.hub, f"Library {number}")
    costs = {
        desk("desk_organisations"): 6,
        desk("desk_partner", site.partner.slug): 11,
        desk("desk_partner_enter"): 3,
    }
    for address in costs:
        client.get(address)
    assert {address: cost_of(partial(client.get, address)) for address in costs} == costs


def test_the_code_goes_out_when_they_take_over(client: Client, site: SimpleNamespace) -> None:
    """Before that nobody is told of a code: none was sent."""
    partner = entered(client, email="post@port.example")
    codes = OutboxRow.objects.filter(key__startswith="mail:partner-email:")
    assert "A code went to" not in text_of(client.get(place("partner_page", partner.slug)))
    assert "is not confirmed." not in text_of(client.get(place("partner_home", partner.slug)))
    _row, code = actions.invite_colleague(
        member=site.reviewer, partner=partner, email="jo@port.example", role="admin"
    )
    assert not codes.exists()
    own = client_of(site.outsider)
    own.post(place("partner_invitation", code))
    assert [row.payload["to"] for row in codes] == ["post@port.example"]
    assert "A code went to post@port.example." in text_of(
        own.get(place("partner_home", partner.slug))
    )


def test_no_code_goes_to_a_confirmed_address(client: Client, site: SimpleNamespace) -> None:
    partner = entered(client, email="post@port.example")
    Partner.objects.filter(pk=partner.pk).update(email_confirmed_at=timezone.now())
    values = {"partner": partner, "email": "jo@port.example", "role": "admin"}
    _row, code = actions.invite_colleague(member=site.reviewer, **values)
    actions.accept_invitation(member=site.outsider, code=code)
    assert not OutboxRow.objects.filter(key__startswith="mail:partner-email:").exists()
