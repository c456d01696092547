"""A partner's desk: its offers with their state and promised date, and the steps of one offer."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from partners import actions
from partners.models import Colleague, Offer, OfferReview, Partner
from tests.partners.desk_cast import (
    at,
    client_of,
    cost_of,
    full,
    in_days,
    live,
    place,
    sent,
    site_of,
    text_of,
    written,
)
from tests.partners.offers_cast import DAY, key, make_partner


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.ed)


def status(site: SimpleNamespace, number: int = 1) -> str:
    return at(site, "offer_status", key(number))


def press(client: Client, site: SimpleNamespace, name: str, **values: Any) -> Any:
    """Press a button of the first offer."""
    return client.post(at(site, name, key(1)), values)


def promised() -> str:
    return date_format(in_days(5), "DATE_FORMAT")


def test_partner_desk(site: SimpleNamespace) -> None:
    """Straight to the one partner; a list for several; a way in for those who have none."""
    response = client_of(site.ed).get(place("partner_desk"))
    assert (response.status_code, response["Location"]) == (303, at(site, "partner_home"))
    page = text_of(client_of(site.outsider).get(place("partner_desk")))
    assert "You do not act for an organisation yet." in page
    assert "Harbour College" not in page
    other = site.other_partner
    Colleague.objects.create(partner=other, member=site.ed, role="viewer", joined_at=timezone.now())
    written(site)
    page = text_of(client_of(site.ed).get(place("partner_desk")))
    assert "Writes offers · 1 offer" in page
    assert "Looks only · 0 offers" in page


@pytest.mark.parametrize("count", [2, 4])
def test_partner_desk_statements(site: SimpleNamespace, count: int) -> None:
    for number in range(1, count):
        partner = make_partner(site.hub, f"Place {number}")
        Colleague.objects.create(
            partner=partner, member=site.ed, role="admin", joined_at=timezone.now()
        )
    client = client_of(site.ed)
    client.get(place("partner_desk"))
    assert cost_of(lambda: client.get(place("partner_desk"))) == 3


def test_partner_home_shows_every_state(client: Client, site: SimpleNamespace) -> None:
    written(site, 1, title="A draft")
    sent(site, 2, title="A waiting one")
    review = sent(site, 3, title="A changed one")
    actions.ask_change(member=site.reviewer, review=review, words="zebra")
    actions.decline_offer(
        member=site.reviewer, review=sent(site, 4, title="A declined one"), reason="zebra"
    )
    live(site, 5, title="A live one")
    offer = live(site, 6, title="An edited one")
    actions.save_offer(member=site.ed, offer=offer, values={"title": "Edited"})
    actions.send_offer(member=site.ed, offer=offer)
    actions.end_offer(member=site.ed, offer=live(site, 7, title="An ended one"))
    actions.begin_offer(member=site.ed, partner=site.partner, key=key(8))
    other = actions.begin_offer(member=site.otto, partner=site.other_partner, key=key(9))
    actions.save_offer(member=site.otto, offer=other, values=full(title="zebra-other"))
    page = text_of(client.get(at(site, "partner_home")))
    rows = page[page.index('class="link-rows offer-rows"') : page.index('id="more"')]
    said = [part.split("</li>")[0] for part in rows.split("<li")[1:]]
    words = {
        "An offer without a title": "Draft",
        "An ended one": "Ended",
        "An edited one": "On the site, a change waits for the hub",
        "A live one": "On the site",
        "A declined one": "Declined",
        "A changed one": "The hub asks for a change",
        "A waiting one": "Waits for the hub",
        "A draft": "Draft",
    }
    for row, (title, state) in zip(said, words.items(), strict=True):
        assert (f">{title}</a>" in row, f">{state}</span>" in row) == (True, True), title
    assert f"answer by {promised()}" in said[6]
    assert f"answer by {promised()}" in said[2]
    assert ["Still right" in row for row in said].count(True) == 2
    assert ["Use it again" in row for row in said].count(True) == 1
    assert "zebra" not in page


def test_partner_home_for_who_only_looks(site: SimpleNamespace) -> None:
    live(site)
    page = text_of(client_of(site.vic).get(at(site, "partner_home")))
    assert "Welding for beginners" in page
    for words in ("Still right", "Post a training offer", "Who applied"):
        assert words not in page


def test_the_hub_comes_in_while_it_keeps_the_partner(site: SimpleNamespace) -> None:
    """Not later: what was never sent is the partner's own."""
    written(site)
    client = client_of(site.reviewer)
    assert client.get(at(site, "partner_home")).status_code == 404
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True)
    assert "Welding for beginners" in text_of(client.get(at(site, "partner_home")))
    assert "Nobody yet." in text_of(client.get(at(site, "partner_interest")))


@pytest.mark.parametrize("name", ["otto", "outsider", "reviewer", "coordinator", "hub_editor"])
def test_partner_home_is_not_there_for_others(site: SimpleNamespace, name: str) -> None:
    written(site)
    client = client_of(getattr(site, name))
    addresses = [at(site, f"partner_{part}") for part in ("home", "year", "people")]
    for address in (*addresses, status(site)):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_partner_home_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    for number in range(1, count + 1):
        live(site, number)
    client.get(at(site, "partner_home"))
    assert cost_of(lambda: client.get(at(site, "partner_home"))) == 11


def test_partner_home_pages(client: Client, site: SimpleNamespace) -> None:
    for number in range(1, 33):
        actions.begin_offer(member=site.ed, partner=site.partner, key=key(number))
    page = text_of(client.get(at(site, "partner_home")))
    assert page.count("not sent yet") == 30
    assert "Page 1 of 2" in page
    assert text_of(client.get(at(site, "partner_home") + "?page=2")).count("not sent yet") == 2
    assert text_of(client.get(at(site, "partner_home") + "?page=x")).count("not sent yet") == 30


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "Harbour Hub checks your organisation and answers by"),
        ("declined", "Harbour Hub said no: zebra-reason"),
        ("paused", "Harbour Hub has taken your offers off the site for now: zebra-reason"),
        ("left", "This organisation has left. Its offers have ended."),
    ],
)
def test_partner_home_says_how_it_is_with_the_hub(
    client: Client, site: SimpleNamespace, state: str, words: str
) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(
        state=state, reason="zebra-reason", promised_on=in_days(5)
    )
    assert words in text_of(client.get(at(site, "partner_home")))


def test_an_offer_is_off_the_site_with_its_partner(client: Client, site: SimpleNamespace) -> None:
    """Not over: it comes back with its partner."""
    live(site)
    seen = ("On the site</span>", "Off the site for now</span>", "See it as everybody does")
    for state, row, page in (("approved", (1, 0, 0), (1, 0, 1)), ("paused", (0, 1, 0), (0, 1, 0))):
        Partner.objects.filter(pk=site.partner.pk).update(state=state)
        for address, counts in ((at(site, "partner_home"), row), (status(site), page)):
            said = text_of(client.get(address))
            assert tuple(said.count(words) for words in seen) == counts
            assert ("until " in said) == (state == "approved")


def test_partner_confirm(site: SimpleNamespace) -> None:
    """Once a year, for who runs the partner; one tap."""
    client, address = client_of(site.anna), at(site, "partner_home")
    Partner.objects.update(confirmed_at=timezone.now() - 300 * DAY)
    assert "Is all of it still right?" not in text_of(client.get(address))
    Partner.objects.update(confirmed_at=timezone.now() - 335 * DAY)
    assert "Is all of it still right?" in text_of(client.get(address))
    assert "Is all of it still right?" not in text_of(client_of(site.ed).get(address))
    assert client_of(site.ed).post(at(site, "partner_confirm")).status_code == 404
    response = client.post(at(site, "partner_confirm"), follow=True)
    page = text_of(response)
    assert "Thank you. We ask again in a year." in page
    assert "Is all of it still right?" not in page


def test_offer_status_of_a_draft(client: Client, site: SimpleNamespace) -> None:
    written(site)
    page = text_of(client.get(status(site)))
    assert "It is a draft. Nobody reads it but your colleagues." in page
    assert "Go on writing" in page
    assert "Take it back" not in page


def test_offer_withdraw(client: Client, site: SimpleNamespace) -> None:
    sent(site)
    page = text_of(client.get(status(site)))
    assert f"Harbour Hub has your offer and answers by {promised()}." in page
    response = press(client, site, "offer_withdraw")
    assert (response.status_code, response["Location"]) == (303, status(site))
    assert OfferReview.objects.get().state == "withdrawn"
    assert "Go on writing" in text_of(client.get(status(site)))


def test_offer_status_says_what_the_hub_said(client: Client, site: SimpleNamespace) -> None:
    review = sent(site)
    actions.ask_change(
        member=site.reviewer, review=review, words="zebra-words", notes={"cost": "zebra-cost"}
    )
    page = text_of(client.get(status(site)))
    assert ("zebra-words" in page, "zebra-cost" in page, "Change the offer" in page) == (
        True,
        True,
        True,
    )


def test_a_declined_edit_keeps_its_reason(client: Client, site: SimpleNamespace) -> None:
    """What is live stays; why its change is not there stands on the page until the next one."""
    offer = live(site)
    actions.save_offer(member=site.ed, offer=offer, values={"title": "A shop"})
    review = actions.send_offer(member=site.ed, offer=offer)
    actions.decline_offer(member=site.reviewer, review=review, reason="zebra-reason")
    page = text_of(client.get(status(site)))
    assert "<b>The hub declined your last change:</b> zebra-reason" in page
    assert page.count("zebra-reason") == 1
    assert ">On the site</span>" in page
    assert "put your last change back" not in page
    actions.save_offer(member=site.ed, offer=offer, values={"title": "Welding, evenings"})
    assert "zebra-reason" in text_of(client.get(status(site)))
    actions.send_offer(member=site.ed, offer=offer)
    assert "zebra-reason" not in text_of(client.get(status(site)))


def test_a_change_that_was_put_back_keeps_its_reason(client: Client, site: SimpleNamespace) -> None:
    offer = live(site)
    Partner.objects.update(clean_approvals=5)
    actions.save_offer(member=site.ed, offer=offer, values={"seats": 9})
    review = actions.send_offer(member=site.ed, offer=offer)
    assert "hub-note" not in text_of(client.get(status(site)))
    actions.settle_after_check(
        member=site.reviewer, review=review, is_fine=False, words="zebra-words"
    )
    page = text_of(client.get(status(site)))
    assert "<b>The hub put your last change back:</b> zebra-words" in page
    assert page.count("zebra-words") == 1
    assert "declined your last change" not in page


def test_a_first_text_that_was_declined_says_so_once(client: Client, site: SimpleNamespace) -> None:
    actions.decline_offer(member=site.reviewer, review=sent(site), reason="zebra-reason")
    page = text_of(client.get(status(site)))
    assert "<b>The hub declined it:</b> zebra-reason" in page
    assert page.count("zebra-reason") == 1


def test_offer_right(client: Client, site: SimpleNamespace) -> None:
    """One tap, from the list and from the page of the offer."""
    live(site)
    Offer.objects.update(checked_on=in_days(-40))
    response = press(client, site, "offer_right", back="list")
    assert response["Location"] == at(site, "partner_home")
    assert Offer.objects.get().checked_on == in_days(0)
    assert press(client, site, "offer_right")["Location"] == status(site)
    page = text_of(client.get(status(site)))
    assert "Thank you. Learners read that you checked it today." in page
    assert f"You checked it on {date_format(in_days(0), 'DATE_FORMAT')}." in page


def test_offer_right_says_why_not(client: Client, site: SimpleNamespace) -> None:
    written(site)
    press(client, site, "offer_right")
    assert "This offer is not on the site." in text_of(client.get(status(site)))


def test_offer_again_in_two_taps(client: Client, site: SimpleNamespace) -> None:
    actions.end_offer(member=site.ed, offer=live(site))
    assert "Use it again" in text_of(client.get(at(site, "partner_home")))
    for _click in range(2):
        response = press(client, site, "offer_again", key=str(key(2)))
        assert response["Location"] == at(site, "offer_write", key(2), "check")
    assert Offer.objects.count() == 2
    page = text_of(client.get(response["Location"]))
    assert "This is last time’s text with new dates. Look at it and send it." in page
    values = {"is_for_all_hubs": "on", "language": "en"}
    assert client.post(response["Location"], values)["Location"] == status(site, 2)
    assert OfferReview.objects.get(offer__uuid=key(2)).state == "waiting"


def test_an_offer_that_has_begun_says_so_and_can_be_used_again(
    client: Client, site: SimpleNamespace
) -> None:
    offer = live(site)
    until = date_format(in_days(30), "DATE_FORMAT")
    page = text_of(client.get(status(site)))
    assert (f"until {until}" in page, "Use it again" in page) == (True, False)
    Offer.objects.update(from_on=in_days(-9), open_until=in_days(-9))
    page = text_of(client.get(status(site)))
    day = date_format(in_days(-9), "DATE_FORMAT")
    assert f"People can no longer apply: the last day was {day}." in page
    assert ("Use it again" in page, "Still right" in page) == (True, True)
    assert "people can no longer apply" in text_of(client.get(at(site, "partner_home")))
    offer.refresh_from_db()
    assert offer.live


def test_offer_again_with_the_key_of_others(client: Client, site: SimpleNamespace) -> None:
    live(site)
    actions.begin_offer(member=site.otto, partner=site.other_partner, key=key(2))
    response = press(client, site, "offer_again", key=str(key(2)))
    assert response["Location"] == status(site)
    assert "Please begin again." in text_of(client.get(status(site)))


def test_offer_end_and_offer_return(client: Client, site: SimpleNamespace) -> None:
    offer = live(site)
    press(client, site, "offer_end")
    page = text_of(client.get(status(site)))
    assert "The offer has ended. Its page says so and shows other ones." in page
    assert "Put it back on the site" in page
    press(client, site, "offer_return")
    offer.refresh_from_db()
    assert (offer.live, offer.ended_at) == (True, None)


@pytest.mark.parametrize(
    "name", ["offer_withdraw", "offer_right", "offer_again", "offer_end", "offer_return"]
)
def test_steps_are_for_those_who_write(site: SimpleNamespace, name: str) -> None:
    live(site)
    before = list(Offer.objects.values())
    for member in (site.vic, site.otto, site.outsider, site.reviewer):
        assert press(client_of(member), site, name).status_code == 404
    assert client_of(site.ed).get(at(site, name, key(1))).status_code == 405
    assert list(Offer.objects.values()) == before


def test_offer_status_statements(client: Client, site: SimpleNamespace) -> None:
    live(site)
    client.get(status(site))
    assert cost_of(lambda: client.get(status(site))) == 8
