"""A promised day that passed: the pages say that the hub is late, and the partner is told once."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils.formats import date_format

from members.models import Hub
from partners import actions
from partners.models import OfferReview, Partner, PartnerChange
from tests.partners.desk_cast import at, client_of, in_days, sent, site_of, text_of
from tests.partners.hub_cast import renamed
from tests.partners.offers_cast import DAY, NOW, TODAY, told
from tests.partners.offers_cast import sent as sent_then

REACH = "You can reach them like this: Ring Ada."


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    found = site_of()
    Hub.objects.filter(pk=found.hub.pk).update(contact="Ring Ada.")
    return found


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.anna)


def day(days: int) -> str:
    return date_format(in_days(days), "DATE_FORMAT")


def late_words(days: int) -> str:
    return f"Harbour Hub promised an answer by {day(days)} and is late. We remind them. {REACH}"


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (-1, True)])
def test_an_organisation(client: Client, site: SimpleNamespace, days: int, is_late: bool) -> None:
    Partner.objects.update(state="waiting", promised_on=in_days(days))
    page = text_of(client.get(at(site, "partner_home")))
    assert (late_words(days) in page) is is_late
    assert (f"checks your organisation and answers by {day(days)}." in page) is not is_late
    assert "they go on the site after that." in page


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (-1, True)])
def test_an_offer(client: Client, site: SimpleNamespace, days: int, is_late: bool) -> None:
    review = sent(site)
    OfferReview.objects.update(promised_on=in_days(days))
    page = text_of(client.get(at(site, "offer_status", review.offer.uuid)))
    assert (late_words(days) in page) is is_late
    assert (f"has your offer and answers by {day(days)}." in page) is not is_late
    rows = text_of(client.get(at(site, "partner_home")))
    assert (f"the hub is late: promised by {day(days)}" in rows) is is_late
    assert (f"answer by {day(days)}" in rows) is not is_late


def test_an_offer_that_was_answered_is_not_late(client: Client, site: SimpleNamespace) -> None:
    review = sent(site)
    OfferReview.objects.update(promised_on=in_days(-1))
    actions.ask_change(member=site.reviewer, review=review, words="More.")
    for address in (at(site, "offer_status", review.offer.uuid), at(site, "partner_home")):
        page = text_of(client.get(address))
        assert (late_words(-1) in page, "the hub is late" in page) == (False, False)


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (-1, True)])
def test_a_name(client: Client, site: SimpleNamespace, days: int, is_late: bool) -> None:
    renamed(site)
    PartnerChange.objects.update(promised_on=in_days(days))
    page = text_of(client.get(at(site, "partner_page")))
    assert "You asked for “Port College”." in page
    assert (late_words(days) in page) is is_late
    assert (f"Harbour Hub answers by {day(days)}." in page) is not is_late


def test_a_hub_without_a_contact(client: Client, site: SimpleNamespace) -> None:
    Hub.objects.update(contact="")
    Partner.objects.update(state="waiting", promised_on=in_days(-1))
    page = text_of(client.get(at(site, "partner_home")))
    assert "and is late. We remind them." in page
    assert "You can reach them" not in page


def test_who_writes_is_told_once(site: SimpleNamespace) -> None:
    sent_then(site)
    values = {"member": site.anna, "partner": site.partner, "kind": "college"}
    actions.ask_identity(name="Port College", now=NOW - 2 * DAY, **values)
    promised = date_format(TODAY + 3 * DAY, "DATE_FORMAT")
    words = [
        f"Harbour Hub promised to answer about “{title}” by {promised} and is late. "
        f"We have reminded them. {REACH}"
        for title in ("Welding for beginners", "Port College")
    ]
    seen = []
    for days in (3, 4, 5):
        assert actions.remind_reviewers(now=NOW + days * DAY) == (0 if days == 3 else 2)
        seen.append([told(one) for one in (site.anna, site.ed)])
    assert seen == [[[], []], [words, words], [words, words]]
    assert told(site.vic) == told(site.otto) == []
    assert len(told(site.reviewer)) == len(set(told(site.reviewer)))
    assert not [one for one in told(site.reviewer) if "promised to answer" in one]


def test_who_tried_to_come_in_is_told(site: SimpleNamespace) -> None:
    Hub.objects.update(contact="")
    Partner.objects.filter(pk=site.partner.pk).update(state="waiting", promised_on=TODAY)
    assert actions.remind_reviewers(now=NOW + DAY) == 1
    assert told(site.anna) == [
        "Harbour Hub promised to answer about “Harbour College” by "
        f"{date_format(TODAY, 'DATE_FORMAT')} and is late. We have reminded them."
    ]
