"""One member sets off so many mails to people outside in a day, and tries a code so often, and no
more."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as known
from django.utils import timezone

from members.models import OutboxRow
from partners import codes
from partners.models import Agreement, Partner, PartnerInvitation
from tests.partners.desk_cast import at, client_of, in_days, place, site_of, text_of
from tests.partners.hub_cast import desk, suggested
from tests.partners.offers_cast import key

ENOUGH = "That is as much as one person can send in a day. Please come back tomorrow."
TOO_MANY = "Too many tries. Wait five minutes, then try again."
LIMITS = dict(known.ACCOUNT_RATE_LIMITS)
ORGANISATION = {
    "name": "Harbour Library",
    "kind": "library",
    "place": "Harbour",
    "email": "desk@library.example",
    "hub": "harbour",
}


@pytest.fixture
def site(db: None, settings: Any) -> SimpleNamespace:
    settings.ACCOUNT_RATE_LIMITS = {"partner_apply": "1/d/user", "partner_mail": "1/d/user"}
    return site_of()


def mails() -> int:
    return OutboxRow.objects.filter(key__startswith="mail:partner-").count()


def test_applications_have_a_limit(site: SimpleNamespace) -> None:
    client = client_of(site.outsider)
    for number, status in ((1, 303), (2, 422)):
        values = {**ORGANISATION, "key": str(key(number)), "name": f"Library {number}"}
        response = client.post(place("partner_apply"), values)
        assert response.status_code == status
    assert ENOUGH in text_of(response)
    assert 'value="Library 2"' in text_of(response)
    assert Partner.objects.filter(name__startswith="Library").count() == mails() == 1
    other = client_of(site.otto).post(place("partner_apply"), {**ORGANISATION, "key": str(key(3))})
    assert other.status_code == 303


def test_invitations_have_a_limit(site: SimpleNamespace) -> None:
    client = client_of(site.anna)
    for number, status in ((1, 303), (2, 422)):
        values = {"email": f"new{number}@college.example", "role": "editor"}
        response = client.post(at(site, "partner_people"), values)
        assert response.status_code == status
    assert ENOUGH in text_of(response) and 'value="new2@college.example"' in text_of(response)
    assert PartnerInvitation.objects.count() == mails() == 1


def test_another_address_the_code_again_and_agreements_count_too(site: SimpleNamespace) -> None:
    """One count for all that goes to people outside."""
    client = client_of(site.anna)
    client.post(at(site, "partner_email_change"), {"email": "one@college.example"})
    response = client.post(at(site, "partner_email_change"), {"email": "two@college.example"})
    assert response.status_code == 422
    assert ENOUGH in text_of(response) and 'value="two@college.example"' in text_of(response)
    client.post(at(site, "partner_email"))
    assert ENOUGH in text_of(client.get(at(site, "partner_page")))
    agreed = {"hub": "valley", "kind": "rooms", "words": "Room 3.", "until_on": in_days(9)}
    response = client.post(at(site, "partner_agree"), agreed)
    assert (response.status_code, ENOUGH in text_of(response)) == (422, True)
    assert (mails(), Agreement.objects.count()) == (1, 0)
    assert Partner.objects.get(pk=site.partner.pk).email == "one@college.example"


def test_mails_of_the_hubs_people_have_a_limit(site: SimpleNamespace) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True)
    suggestion, client = suggested(site), client_of(site.reviewer)
    invite = desk("desk_partner_invite", site.partner.slug)
    assert client.post(invite, {"email": "new@college.example"}).status_code == 303
    wanted = desk("desk_organisations")
    for address in (invite, desk("desk_suggestion_invite", suggestion.pk), wanted):
        response = client.post(address, {"email": "more@college.example", "name": "More"})
        assert (response.status_code, ENOUGH in text_of(response)) == (422, True)
    assert mails() == 1


def test_the_code_of_an_address_cannot_be_guessed(site: SimpleNamespace, settings: Any) -> None:
    """After five wrong codes even the right one is refused for a while."""
    settings.ACCOUNT_RATE_LIMITS = LIMITS
    client, address = client_of(site.anna), at(site, "partner_email_code")
    code = codes.email_code(
        settings.SECRET_KEY, site.partner.pk, site.partner.email, timezone.localdate()
    )
    for _try in range(5):
        response = client.post(address, {"code": "AAAAAAAA"})
        assert (response.status_code, TOO_MANY in text_of(response)) == (422, False)
    response = client.post(address, {"code": code})
    assert (response.status_code, TOO_MANY in text_of(response)) == (422, True)
    assert Partner.objects.get(pk=site.partner.pk).email_confirmed_at is None
    settings.ACCOUNT_RATE_LIMITS = False
    assert client.post(address, {"code": code}).status_code == 303
    assert Partner.objects.get(pk=site.partner.pk).email_confirmed_at is not None
