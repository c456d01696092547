"""The people of a partner: invited, given a role, let go; taking an invitation."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from members.models import OutboxRow
from partners import actions
from partners.models import Colleague, Partner, PartnerInvitation
from tests.partners.desk_cast import at, client_of, cost_of, place, site_of, text_of
from tests.partners.offers_cast import colleague


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.anna)


def row_of(site: SimpleNamespace, name: str) -> Colleague:
    return Colleague.objects.get(partner=site.partner, member=getattr(site, name))


def test_partner_people_and_an_invitation(client: Client, site: SimpleNamespace) -> None:
    people = at(site, "partner_people")
    page = text_of(client.get(people))
    assert [name in page for name in ("Anna", "Ed", "Vic", "Otto")] == [True, True, True, False]
    response = client.post(people, {"email": "New@College.example", "role": "editor"})
    assert (response.status_code, response["Location"]) == (303, people)
    page = text_of(client.get(people))
    assert "Invited. A mail with a link goes to new@college.example." in page
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    client.post(people, {"email": "new@college.example", "role": "viewer"})
    page = text_of(client.get(people))
    already = f"new@college.example has a link already: it went there on {day} and is still good."
    assert already in page
    assert "Invited. A mail" not in page
    assert "/partners/invitations/" in OutboxRow.objects.get().payload["text"]


def test_an_invitation_that_is_wrong_keeps_what_was_typed(
    client: Client, site: SimpleNamespace
) -> None:
    response = client.post(at(site, "partner_people"), {"email": "nobody", "role": "viewer"})
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("This is no e-mail address.") == 2
    assert 'value="nobody"' in page
    assert not PartnerInvitation.objects.exists()


def test_who_does_not_run_it_only_looks(site: SimpleNamespace) -> None:
    client, people = client_of(site.ed), at(site, "partner_people")
    actions.invite_colleague(
        member=site.anna, partner=site.partner, email="zebra@college.example", role="viewer"
    )
    page = text_of(client.get(people))
    assert "Anna" in page
    assert "zebra" not in page
    assert "Send the invitation" not in page
    response = client.post(people, {"email": "x@college.example", "role": "admin"})
    assert response.status_code == 422
    assert not PartnerInvitation.objects.filter(email="x@college.example").exists()


def test_partner_role_and_partner_drop(client: Client, site: SimpleNamespace) -> None:
    row = row_of(site, "vic")
    response = client.post(at(site, "partner_role", row.pk), {"role": "editor"})
    assert response["Location"] == at(site, "partner_people")
    assert row_of(site, "vic").role == "editor"
    client.post(at(site, "partner_role", row.pk), {"role": "king"})
    assert row_of(site, "vic").role == "editor"
    client.post(at(site, "partner_drop", row.pk))
    assert not Colleague.objects.filter(pk=row.pk).exists()


def test_only_own_people_can_be_changed(client: Client, site: SimpleNamespace) -> None:
    otto = Colleague.objects.get(member=site.otto)
    for name in ("partner_role", "partner_drop"):
        assert client.post(at(site, name, otto.pk), {"role": "viewer"}).status_code == 404
        row = row_of(site, "vic")
        assert client_of(site.ed).post(at(site, name, row.pk)).status_code == 404
    assert Colleague.objects.get(pk=otto.pk).role == "admin"


def test_partner_leave(client: Client, site: SimpleNamespace) -> None:
    """One who runs it always stays."""
    client.post(at(site, "partner_leave"))
    assert row_of(site, "anna").role == "admin"
    colleague("zoe", site.partner, "admin")
    response = client.post(at(site, "partner_leave"))
    assert response["Location"] == place("partner_desk")
    assert not Colleague.objects.filter(member=site.anna).exists()
    assert "You do not act for Harbour College any more." in text_of(
        client.get(place("partner_desk"))
    )


def test_partner_invitation_drop(client: Client, site: SimpleNamespace) -> None:
    row, code = actions.invite_colleague(
        member=site.anna, partner=site.partner, email="new@college.example", role="viewer"
    )
    address = at(site, "partner_invitation_drop", row.pk)
    assert client_of(site.ed).post(address).status_code == 404
    client.post(address)
    assert not PartnerInvitation.objects.exists()
    assert client.post(address).status_code == 404
    assert client_of(site.outsider).get(place("partner_invitation", code)).status_code == 410


def test_partner_invitation(site: SimpleNamespace) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(name="Harbour College")
    _row, code = actions.invite_colleague(
        member=site.anna, partner=site.partner, email="new@college.example", role="editor"
    )
    address, client = place("partner_invitation", code), client_of(site.outsider)
    assert Client().get(address)["Location"] == f"/accounts/login/?next={address}"
    page = text_of(client.get(address))
    assert "Act for Harbour College" in page
    assert "Anna invites you. You would write its training offers." in page
    assert '<a href="/accounts/logout/">Sign out first</a>' in page
    response = client.post(address)
    assert (response.status_code, response["Location"]) == (303, at(site, "partner_home"))
    assert row_of(site, "outsider").role == "editor"
    assert client.post(address)["Location"] == at(site, "partner_home")
    late = client_of(site.otto).post(address)
    assert late.status_code == 422
    assert "This invitation is not good any more. Ask for a new one." in text_of(late)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("admin", "You would run it: its people, its page and its offers."),
        ("editor", "You would write its training offers."),
        ("viewer", "You would see its offers and figures, and change nothing."),
    ],
)
def test_an_invitation_says_what_one_would_do(site: SimpleNamespace, role: str, words: str) -> None:
    _row, code = actions.invite_colleague(
        member=site.anna, partner=site.partner, email="new@college.example", role=role
    )
    page = text_of(client_of(site.outsider).get(place("partner_invitation", code)))
    assert f"Anna invites you. {words}" in page


def test_a_code_that_nobody_made(site: SimpleNamespace) -> None:
    response = client_of(site.outsider).get(place("partner_invitation", "no-such"))
    assert response.status_code == 410
    assert "This invitation is not good any more" in text_of(response)


@pytest.mark.parametrize("count", [1, 3])
def test_partner_people_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    for number in range(count):
        actions.invite_colleague(
            member=site.anna, partner=site.partner, email=f"n{number}@a.example", role="viewer"
        )
        colleague(f"more{number}", site.partner, "viewer")
    client.get(at(site, "partner_people"))
    assert cost_of(lambda: client.get(at(site, "partner_people"))) == 7
