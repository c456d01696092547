"""Who applied, as the people of the partner read it; and the partner's year."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partners import actions
from partners.models import Interest, Offer, OfferDay, Partner
from tests.factories import make_member
from tests.partners.desk_cast import at, client_of, cost_of, in_days, live, site_of, text_of
from tests.partners.offers_cast import key


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.ed)


def applied(offer: Offer, name: str, **values: Any) -> Interest:
    """Somebody who applied; their account says more than they sent."""
    member = make_member(name, email=f"secret-{name}@home.example", phone="555 0000")
    facts = {"name": f"Sent {name}", "contact": f"555 {name}", "message": "Please.", **values}
    return actions.send_interest(member=member, offer=offer, agrees=True, **facts)


def test_partner_interest(client: Client, site: SimpleNamespace) -> None:
    """What was sent, and nothing else of the person."""
    offer = live(site, 1, apply_by="form")
    applied(offer, "lin")
    row = applied(offer, "zebra")
    actions.withdraw_interest(member=row.member, interest=row)
    page = text_of(client.get(at(site, "partner_interest")))
    assert ("Sent lin" in page, "555 lin" in page, "Please." in page) == (True, True, True)
    assert [word in page for word in ("secret-", "zebra", "555 0000")] == [False, False, False]


def test_who_applied_for_one_offer_and_how_many_are_new(
    client: Client, site: SimpleNamespace
) -> None:
    offer, other = live(site, 1, apply_by="form"), live(site, 2, apply_by="form")
    rows = [applied(offer, "lin"), applied(offer, "max"), applied(other, "zebra")]
    actions.move_interest(member=site.ed, interest=rows[1], state="seen")
    assert "Who applied (2 new)" in text_of(client.get(at(site, "partner_home")))
    page = text_of(client.get(at(site, "partner_interest"), {"offer_key": str(offer.uuid)}))
    assert ["Sent lin" in page, "Sent max" in page, "Sent zebra" in page] == [True, True, False]
    for wrong in ("x", key(77)):
        page = text_of(client.get(at(site, "partner_interest"), {"offer_key": str(wrong)}))
        assert "Sent zebra" in page
    assert "new)" not in text_of(client_of(site.vic).get(at(site, "partner_home")))


def test_nobody_applied(client: Client, site: SimpleNamespace) -> None:
    assert "Nobody yet." in text_of(client.get(at(site, "partner_interest")))


def test_partner_interest_move(client: Client, site: SimpleNamespace) -> None:
    row = applied(live(site, 1, apply_by="form"), "lin")
    address = at(site, "partner_interest_move", row.pk)
    response = client.post(address, {"state": "answered"})
    assert response["Location"] == f"{at(site, 'partner_interest')}#interest-{row.pk}"
    assert Interest.objects.get().state == "answered"
    for wrong in ("withdrawn", "", "king"):
        client.post(address, {"state": wrong})
    assert Interest.objects.get().state == "answered"
    assert "Choose one" in text_of(client.get(at(site, "partner_interest")))


@pytest.mark.parametrize("name", ["vic", "otto", "reviewer", "coordinator", "outsider"])
def test_nobody_else_reads_who_applied(site: SimpleNamespace, name: str) -> None:
    """Not who only looks, not another partner, not the hub."""
    row = applied(live(site, 1, apply_by="form"), "lin")
    client = client_of(getattr(site, name))
    assert client.get(at(site, "partner_interest")).status_code == 404
    address = at(site, "partner_interest_move", row.pk)
    assert client.post(address, {"state": "finished"}).status_code == 404


@pytest.mark.parametrize("state", ["paused", "left", "declined"])
def test_nobody_reads_who_applied_when_the_partner_is_off_the_site(
    site: SimpleNamespace, state: str
) -> None:
    row = applied(live(site, 1, apply_by="form"), "lin")
    Partner.objects.update(state=state)
    for name in ("anna", "ed", "reviewer"):
        client = client_of(getattr(site, name))
        assert client.get(at(site, "partner_interest")).status_code == 404
        address = at(site, "partner_interest_move", row.pk)
        assert client.post(address, {"state": "finished"}).status_code == 404
    assert Interest.objects.get().state == "new"


def test_what_was_forgotten_is_no_empty_card(client: Client, site: SimpleNamespace) -> None:
    offer = live(site, 1, apply_by="form")
    row = applied(offer, "old")
    applied(offer, "lin")
    Interest.objects.filter(pk=row.pk).update(name="", contact="", message="")
    page = text_of(client.get(at(site, "partner_interest")))
    assert (page.count('id="interest-'), "Sent lin" in page) == (1, True)
    address = at(site, "partner_interest_move", row.pk)
    assert client.post(address, {"state": "seen"}).status_code == 404
    found = client.get(at(site, "partner_year")).context["found"]
    assert found.applied == 2


def test_the_hub_reads_what_was_sent_to_it_while_it_keeps_the_partner(
    client: Client, site: SimpleNamespace
) -> None:
    """What was sent to the partner itself stays closed to the hub; what was sent to the hub is
    the partner's own, once it has taken over: both were named."""
    offer = live(site, 1, apply_by="form")
    before = applied(offer, "before")
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True)
    row = applied(Offer.objects.get(), "lin")
    desk = client_of(site.reviewer)
    page = text_of(desk.get(at(site, "partner_interest")))
    assert ("Sent lin" in page, "Sent before" in page) == (True, False)
    address = at(site, "partner_interest_move", row.pk)
    assert desk.post(address, {"state": "answered"}).status_code == 303
    assert Interest.objects.get(pk=row.pk).state == "answered"
    address = at(site, "partner_interest_move", before.pk)
    assert desk.post(address, {"state": "answered"}).status_code == 404
    for name in ("vic", "other_reviewer", "hub_editor", "outsider"):
        other = client_of(getattr(site, name))
        assert other.get(at(site, "partner_interest")).status_code == 404
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=False)
    assert desk.get(at(site, "partner_interest")).status_code == 404
    page = text_of(client.get(at(site, "partner_interest")))
    assert ("Sent lin" in page, "Sent before" in page) == (True, True)


def test_nobody_moves_the_interest_of_another_partner(site: SimpleNamespace) -> None:
    row = applied(live(site, 1, apply_by="form"), "lin")
    address = at(SimpleNamespace(partner=site.other_partner), "partner_interest_move", row.pk)
    assert client_of(site.otto).post(address, {"state": "finished"}).status_code == 404
    assert Interest.objects.get().state == "new"


@pytest.mark.parametrize("count", [1, 3])
def test_partner_interest_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    offer = live(site, 1, apply_by="form")
    for number in range(count):
        applied(offer, f"lin{number}")
    client.get(at(site, "partner_interest"))
    assert cost_of(lambda: client.get(at(site, "partner_interest"))) == 6


def test_partner_year(client: Client, site: SimpleNamespace) -> None:
    offer = live(site, 1, apply_by="form", seats=9, member_seats=4)
    live(site, 2, title="Another one", member_seats=2)
    actions.begin_offer(member=site.ed, partner=site.partner, key=key(3))
    today, before = in_days(0), in_days(0).replace(year=in_days(0).year - 1)
    for day, views, clicks in ((today, 10, 2), (before, 500, 90)):
        OfferDay.objects.create(offer=offer, on=day, views=views, clicks=clicks)
    for name, state in (("a", "started"), ("b", "finished"), ("c", "new")):
        row = applied(offer, name)
        Interest.objects.filter(pk=row.pk).update(state=state)
    gone = applied(offer, "d")
    actions.withdraw_interest(member=gone.member, interest=gone)
    old = applied(offer, "e")
    Interest.objects.filter(pk=old.pk).update(made_at=timezone.now().replace(year=before.year))
    found = client.get(at(site, "partner_year")).context["found"]
    assert (found.offers, found.views, found.clicks) == (2, 10, 2)
    assert (found.applied, found.started, found.member_seats) == (3, 2, 6)
    assert [(row.title, row.views, row.applied, row.started) for row in found.rows] == [
        ("Welding for beginners", 10, 3, 2),
        ("Another one", 0, 0, 0),
    ]
    page = text_of(client.get(at(site, "partner_year")))
    assert "<b>2</b> offers were on the site." in page
    assert "<b>10</b> times" in page


def test_partner_year_of_before(client: Client, site: SimpleNamespace) -> None:
    live(site)
    year = in_days(0).year
    Partner.objects.update(applied_at=timezone.now().replace(year=year - 1, day=1))
    found = client.get(at(site, "partner_year") + f"?year={year - 1}").context["found"]
    assert (found.year, found.years, found.offers) == (year - 1, [year, year - 1], 0)
    for wrong in ("x", "99999999999999999999", str(year + 1), str(year - 2)):
        found = client.get(at(site, "partner_year") + f"?year={wrong}").context["found"]
        assert found.year == year


def test_an_offer_that_was_ended_counts_in_its_year(client: Client, site: SimpleNamespace) -> None:
    actions.end_offer(member=site.ed, offer=live(site))
    found = client.get(at(site, "partner_year")).context["found"]
    assert found.offers == 1
    Offer.objects.update(ended_at=timezone.now().replace(year=in_days(0).year - 1))
    assert client.get(at(site, "partner_year")).context["found"].offers == 0


def test_more_offers_than_the_table_shows(
    client: Client, site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partners.queries.year.MOST_ROWS", 1)
    live(site, 1)
    assert "The table shows the first" not in text_of(client.get(at(site, "partner_year")))
    live(site, 2)
    assert "The table shows the first" in text_of(client.get(at(site, "partner_year")))


@pytest.mark.parametrize("count", [1, 3])
def test_partner_year_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    for number in range(1, count + 1):
        live(site, number)
    client.get(at(site, "partner_year"))
    assert cost_of(lambda: client.get(at(site, "partner_year"))) == 9
