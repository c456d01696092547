"""How an organisation stands with its hub: proofs, yes or no, a pause, leaving."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core import mail

from members.models import Consent, OutboxRow
from partners import actions, codes
from partners.models import Colleague, Interest, Partner
from tests.partners.offers_cast import (
    DAY,
    NOW,
    TODAY,
    again,
    fresh,
    make_partner,
    make_site,
    published,
    refused,
    sent,
    told,
)
from tests.partners.organisation_cast import NOT_RUN, apply

pytestmark = pytest.mark.django_db
NOT_HUB = "Only people of the hub who are not from this organisation can do this."
MEANWHILE = "This has changed meanwhile. Please look at it again."


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def test_the_code_proves_the_address(site: SimpleNamespace, commit: Any) -> None:
    with commit():
        partner = apply(site)
    code = codes.email_code(settings.SECRET_KEY, partner.pk, partner.email, TODAY)
    [found] = [one for one in mail.outbox if one.to == ["post@north.example"]]
    assert found.subject == f"Your code for Weft: {code}"
    assert "North College" in found.body
    values = {"partner": partner, "now": NOW + 13 * DAY}
    wrong = ("This code is not right. Look at the mail once more.", "code")
    assert refused(actions.confirm_email, member=site.outsider, code="AAAA", **values) == wrong
    old = {"partner": partner, "now": NOW + 14 * DAY}
    assert refused(actions.confirm_email, member=site.outsider, code=code, **old) == wrong
    assert refused(actions.confirm_email, member=site.anna, code=code, **values)[0] == NOT_RUN
    for typed in (f" {code[:4].lower()} {code[4:]}", "anything"):
        row = actions.confirm_email(member=site.outsider, code=typed, **values)
        assert row.email_confirmed_at == NOW + 13 * DAY
    later = NOW + 20 * DAY
    assert not actions.send_email_code(member=site.outsider, partner=partner, now=later)
    assert OutboxRow.objects.filter(key__startswith="mail:partner-email:").count() == 1


def test_the_code_is_sent_again_once_a_day(site: SimpleNamespace) -> None:
    partner = apply(site)
    values: dict[str, Any] = {"member": site.outsider, "partner": partner}
    times = (NOW, NOW + timedelta(hours=1), NOW + DAY)
    assert [actions.send_email_code(**values, now=now) for now in times] == [False, False, True]
    assert OutboxRow.objects.filter(key__startswith="mail:partner-email:").count() == 2
    assert refused(actions.send_email_code, member=site.anna, partner=partner)[0] == NOT_RUN
    bare = make_partner(site.hub, "Bare", email="")
    Colleague.objects.create(partner=bare, member=site.anna, role="admin", joined_at=NOW)
    got = refused(actions.send_email_code, member=site.anna, partner=bare)
    assert got == ("Write the e-mail of your organisation first.", "email")
    empty = refused(actions.confirm_email, member=site.anna, partner=bare, code="")
    assert empty[1] == "code"


def prove(site: SimpleNamespace, partner: Partner, **values: Any) -> Partner:
    facts = {"member": site.reviewer, "proof": "letter", "words": "Of 3 May.", **values}
    return actions.prove_partner(partner=partner, now=NOW, **facts)


def test_a_proof_is_noted_by_the_hub(site: SimpleNamespace) -> None:
    partner = apply(site)
    for _twice in range(2):
        row = prove(site, partner)
    assert (row.proof, row.proof_words, row.proof_by, row.proof_at) == (
        "letter",
        "Of 3 May.",
        site.reviewer,
        NOW,
    )
    for member in (site.outsider, site.other_reviewer, site.hub_editor):
        assert refused(prove, site=site, partner=partner, member=member)[0] == NOT_HUB
    assert refused(prove, site=site, partner=partner, proof="nose")[1] == "proof"
    assert refused(prove, site=site, partner=partner, words="")[1] == "words"


def test_mail_at_the_domain_is_a_proof_once_confirmed(site: SimpleNamespace) -> None:
    partner = apply(site)
    values = {"site": site, "partner": partner, "proof": "domain", "words": ""}
    assert refused(prove, **values) == ("They have not confirmed their e-mail yet.", "proof")
    Partner.objects.filter(pk=partner.pk).update(email_confirmed_at=NOW, email="a@mail.example")
    assert refused(prove, **values) == (
        "Their e-mail is not at the domain of their website.",
        "proof",
    )
    Partner.objects.filter(pk=partner.pk).update(email="a@north.example")
    assert prove(**values).proof == "domain"


def test_approve_needs_a_proof_and_tells_the_people(site: SimpleNamespace) -> None:
    partner = apply(site)
    values = {"partner": partner, "now": NOW}
    got = refused(actions.approve_partner, member=site.reviewer, **values)
    assert got == ("Note first how you know that they are what they say.", "proof")
    prove(site, partner)
    for member in (site.outsider, site.other_reviewer, site.hub_editor, site.anna):
        assert refused(actions.approve_partner, member=member, **values)[0] == NOT_HUB
    for _twice in range(2):
        row = actions.approve_partner(member=site.coordinator, **values)
    assert (row.state, row.decided_by, row.confirmed_at) == ("approved", site.coordinator, NOW)
    assert told(site.outsider) == [
        "Harbour Hub has approved North College. Your offers can be published now."
    ]


def test_nobody_lets_their_own_organisation_in(site: SimpleNamespace) -> None:
    partner = apply(site, member=site.reviewer)
    assert refused(prove, site=site, partner=partner)[0] == NOT_HUB
    got = refused(actions.approve_partner, member=site.reviewer, partner=partner)
    assert got[0] == NOT_HUB
    assert told(site.reviewer) == []


def test_decline_has_a_reason_and_is_not_the_last_word(site: SimpleNamespace) -> None:
    partner = apply(site)
    values = {"member": site.reviewer, "partner": partner}
    assert refused(actions.decline_partner, **values, reason="")[1] == "reason"
    for reason in ("We do not know you.", "Never said."):
        row = actions.decline_partner(**values, reason=reason, now=NOW)
    assert (row.state, row.reason) == ("declined", "We do not know you.")
    assert told(site.outsider) == ["Harbour Hub cannot take North College in: We do not know you."]
    prove(site, partner)
    row = actions.approve_partner(**values, now=NOW + DAY)
    assert (row.state, row.reason) == ("approved", "")
    got = refused(actions.decline_partner, **values, reason="Late.")
    assert got == (MEANWHILE, "")


def test_pause_takes_all_off_the_site_and_return_puts_it_back(site: SimpleNamespace) -> None:
    from partners.models import Offer

    offer = published(site)
    values = {"member": site.reviewer, "partner": site.partner}
    assert refused(actions.pause_partner, **values, reason=" ")[1] == "reason"
    for number in range(2):
        actions.pause_partner(**values, reason="A complaint.", now=NOW + number * DAY)
    assert not Offer.objects.public().exists()
    assert told(site.anna)[-1] == (
        "Harbour Hub has taken Harbour College off the site for now: A complaint."
    )
    assert refused(actions.approve_partner, **values) == (MEANWHILE, "")
    for number in range(2):
        actions.return_partner(**values, now=NOW + number * DAY)
    assert list(Offer.objects.public()) == [offer]
    assert told(site.anna)[-1] == "Harbour College is on the site again."
    assert told(site.vic) == []
    waiting = {"member": site.reviewer, "partner": apply(site)}
    assert refused(actions.pause_partner, **waiting, reason="x") == (MEANWHILE, "")
    assert refused(actions.return_partner, **waiting) == (MEANWHILE, "")
    for member in (site.anna, site.other_reviewer):
        other = {"member": member, "partner": site.partner}
        assert refused(actions.pause_partner, **other, reason="x")[0] == NOT_HUB
        assert refused(actions.return_partner, **other)[0] == NOT_HUB


def test_leave_ends_the_offers_and_what_waits(site: SimpleNamespace) -> None:
    offer, review = published(site, apply_by="form"), sent(site, 2)
    words = {"name": "Lea", "contact": "lea@home.example", "message": "Hello.", "agrees": True}
    actions.send_interest(member=site.outsider, offer=offer, **words, now=NOW)
    asked = {"member": site.anna, "partner": site.partner, "kind": "college", "now": NOW}
    change = actions.ask_identity(**asked, name="Port")
    assert change is not None
    for member in (site.ed, site.otto, site.reviewer):
        got = refused(actions.leave_partner, member=member, partner=site.partner)
        assert got[0] == NOT_RUN
    for number in range(2):
        row = actions.leave_partner(member=site.anna, partner=site.partner, now=NOW + number * DAY)
    assert row.state == "left"
    assert (fresh(offer).live, fresh(offer).ended_at) == (False, NOW)
    assert again(review).state == "withdrawn"
    change.refresh_from_db()
    assert (change.state, change.decided_at) == ("withdrawn", NOW)
    assert told(site.reviewer)[-1] == "Harbour College has left. All of its offers have ended."
    applied = Interest.objects.get()
    assert (applied.state, applied.name, applied.contact, applied.message) == ("new", "", "", "")
    assert not Consent.objects.standing().filter(member=site.outsider).exists()
    assert refused(actions.leave_partner, member=site.otto, partner=site.partner)[0] == NOT_RUN
