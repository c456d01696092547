"""An organisation that the hub declined is sent again, or let in after all."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from partners import actions, rules
from partners.models import Partner
from tests.partners.desk_cast import at, client_of, in_days, place, site_of, text_of
from tests.partners.offers_cast import DAY, NOW, TODAY, make_partner, refused, told

NOT_RUN = "Only people who run this organisation can do this."
MEANWHILE = "This has changed meanwhile. Please look at it again."
AGAIN = "Harbour College asks again to come in. Please look at it once more."


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.anna)


def now_is(site: SimpleNamespace, **values: Any) -> Partner:
    """The partner as it is stored, after a change of it."""
    rows = Partner.objects.filter(pk=site.partner.pk)
    if values:
        rows.update(**values)
    return rows.select_related("hub").get()


def test_it_waits_again_with_a_new_day(site: SimpleNamespace) -> None:
    partner = now_is(site, state="declined", reason="No site.")
    values = {"partner": partner, "now": NOW + 9 * DAY}
    for member in (site.ed, site.vic, site.otto, site.reviewer, site.outsider):
        assert refused(actions.send_partner_again, member=member, **values)[0] == NOT_RUN
    for number in range(2):
        row = actions.send_partner_again(
            member=site.anna, partner=partner, now=NOW + (9 + number) * DAY
        )
    assert (row.state, row.reason, row.promised_on) == ("waiting", "No site.", TODAY + 14 * DAY)
    assert now_is(site).promised_on == TODAY + 14 * DAY
    assert told(site.reviewer) == told(site.coordinator) == [AGAIN]
    assert told(site.anna) == told(site.other_reviewer) == []


@pytest.mark.parametrize("state", ["approved", "paused"])
def test_only_a_no_is_asked_about_again(site: SimpleNamespace, state: str) -> None:
    values = {"member": site.anna, "partner": now_is(site, state=state)}
    assert refused(actions.send_partner_again, **values) == (MEANWHILE, "")
    assert now_is(site).state == state


def test_a_number_that_another_one_has_got_since(site: SimpleNamespace) -> None:
    now_is(site, state="declined", scheme="charity", number="7")
    make_partner(site.hub, "Copy", scheme="charity", number="7")
    got = refused(actions.send_partner_again, member=site.anna, partner=site.partner)
    assert got == (
        "An organisation with this number is here already. Ask its people to invite you.",
        "number",
    )
    assert now_is(site).state == "declined"


def test_each_promise_that_passes_is_told(site: SimpleNamespace) -> None:
    words = "Harbour College still waits for your answer about “Harbour College”."
    now_is(site, state="waiting", promised_on=TODAY)
    actions.remind_reviewers(now=NOW + DAY)
    now_is(site, state="declined")
    actions.send_partner_again(member=site.anna, partner=site.partner, now=NOW + 2 * DAY)
    seen = []
    for days in (7, 8, 9):
        actions.remind_reviewers(now=NOW + days * DAY)
        seen.append(told(site.reviewer).count(words))
    assert seen == [1, 2, 2]


def test_its_name_is_its_own_until_the_hub_lets_it_in(site: SimpleNamespace) -> None:
    assert rules.may_name(site.anna, now_is(site, state="declined"))
    assert not rules.may_name(site.anna, now_is(site, state="approved"))
    now_is(site, state="declined")
    values = {"member": site.anna, "partner": site.partner, "kind": "college"}
    assert actions.ask_identity(name="Port College", **values) is None
    assert now_is(site).name == "Port College"


def test_partner_again(client: Client, site: SimpleNamespace) -> None:
    address = at(site, "partner_again")
    assert "Send it again" not in text_of(client.get(at(site, "partner_home")))
    now_is(site, state="declined", reason="We do not find you.")
    page = text_of(client.get(at(site, "partner_home")))
    assert "Harbour Hub said no: We do not find you." in page
    assert page.count(f'action="{address}"') == 1
    assert "Send it again" not in text_of(client_of(site.ed).get(at(site, "partner_home")))
    assert client_of(site.ed).post(address).status_code == 404
    response = client.post(address)
    assert (response.status_code, response["Location"]) == (303, at(site, "partner_home"))
    page = text_of(client.get(at(site, "partner_home")))
    assert "Sent. The hub looks at it once more." in page
    assert "Send it again" not in page
    row = now_is(site)
    assert (row.state, row.promised_on) == ("waiting", in_days(5))


def test_the_hub_lets_them_in_after_all(site: SimpleNamespace) -> None:
    hub, there = client_of(site.reviewer), place("desk_partner", "harbour", site.partner.slug)
    now_is(site, state="declined", proof="", reason="We do not know you.")
    page = text_of(hub.get(there))
    assert "Let them in after all</button>" not in page
    assert "If you note how you know them, you can let them in after all." in page
    prove = place("desk_partner_prove", "harbour", site.partner.slug)
    hub.post(prove, {"proof": "known", "words": "We met."})
    assert "Let them in after all</button>" in text_of(hub.get(there))
    hub.post(place("desk_partner_approve", "harbour", site.partner.slug))
    assert (now_is(site).state, now_is(site).reason) == ("approved", "")
    assert "Let them in" not in text_of(hub.get(there))
    own = place("desk_partner", "harbour", site.other_partner.slug)
    assert "Let them in" not in text_of(hub.get(own))
