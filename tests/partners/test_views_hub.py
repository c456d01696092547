"""The hub's desk: small edits, reports, agreements, suggestions, and whatever waits beside."""

from functools import partial
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from courses.models import Course
from members.models import Hub
from partners import actions
from partners.models import (
    Agreement,
    Colleague,
    Offer,
    OfferReport,
    OfferReview,
    PartnerSuggestion,
)
from partners.queries.hub import else_counts, is_else_waiting
from tests.partners.desk_cast import client_of, cost_of, live, place, sent, site_of, text_of
from tests.partners.hub_cast import agreed, desk, renamed, reported, small_edit, suggested
from tests.partners.offers_cast import told

OTHERS = ["hub_editor", "ed", "anna", "outsider", "other_reviewer"]


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.reviewer)


def queue(client: Client) -> str:
    """What stands on the page of what waits."""
    return text_of(client.get(desk("desk_partners")))


def make_all(site: SimpleNamespace) -> list[str]:
    """One of everything; the addresses of their pages."""
    check = small_edit(site)
    reported(site, check.offer)
    return [
        desk("desk_check", check.pk),
        desk("desk_offer", check.offer.uuid),
        desk("desk_agreement", agreed(site).pk),
        desk("desk_suggestion", suggested(site).pk),
        desk("desk_partner", renamed(site).partner.slug),
    ]


def steps(site: SimpleNamespace) -> list[str]:
    """What can be answered there."""
    check, report = OfferReview.objects.get(is_after_check=True), OfferReport.objects.get()
    agreement, suggestion = Agreement.objects.get(), PartnerSuggestion.objects.get()
    return [
        *(desk(f"desk_check_{step}", check.pk) for step in ("fine", "back")),
        desk("desk_offer_down", check.offer.uuid),
        desk("desk_report_settle", report.pk),
        *(desk(f"desk_agreement_{step}", agreement.pk) for step in ("confirm", "decline")),
        *(desk(f"desk_suggestion_{step}", suggestion.pk) for step in ("invite", "later")),
    ]


def test_the_queue_names_all_that_waits(client: Client, site: SimpleNamespace) -> None:
    addresses = make_all(site)
    page = queue(client)
    for address in addresses:
        assert f'href="{address}' in page, address
    for words in ("Welding for beginners", "The Library", "Room 3 on Mondays.", "Port College"):
        assert words in page
    assert "The link does not work" in page
    for name in ("desk_organisations", "desk_partner_enter"):
        assert f'href="{desk(name)}"' in page


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_of_it_is_there_for_others(site: SimpleNamespace, name: str) -> None:
    addresses, client = make_all(site), client_of(getattr(site, name))
    for address in addresses:
        assert client.get(address).status_code == 404
    for address in steps(site):
        assert client.post(address, {"reason": "x", "words": "x"}).status_code == 404
    for one in ("desk_organisations", "desk_partner_enter"):
        assert client.get(desk(one)).status_code == 404
        assert client.post(desk(one), {"name": "x"}).status_code in (404, 405)
    assert OfferReview.objects.get(is_after_check=True).state == "waiting"
    assert Offer.objects.get().live


def test_things_of_another_hub_are_not_there(site: SimpleNamespace) -> None:
    addresses, client = make_all(site), client_of(site.other_reviewer)
    for address in [*addresses, *steps(site)]:
        there = address.replace("/harbour/", "/valley/")
        if "reports" not in there:  # Its page is the one of all that waits.
            assert client.get(there, follow=True).status_code == 404
        assert client.post(there, {"reason": "x"}).status_code in (404, 405)
    assert Agreement.objects.get().confirmed_at is None


def test_of_an_own_organisation_nothing_is_there(client: Client, site: SimpleNamespace) -> None:
    addresses = make_all(site)[:3]
    Colleague.objects.create(
        partner=site.partner, member=site.reviewer, role="viewer", joined_at=timezone.now()
    )
    page = queue(client)
    for address in addresses:
        assert address not in page
        assert client.get(address).status_code == 404
    for address in steps(site)[:6]:
        assert client.post(address, {"reason": "x", "words": "x"}).status_code == 404
    assert "Port College" not in page
    assert "The Library" in page


def test_who_asks_again_for_a_step_comes_to_its_page(client: Client, site: SimpleNamespace) -> None:
    check, offer, agreement, suggestion, _partner = make_all(site)
    found = [client.get(address)["Location"] for address in steps(site)]
    waits = desk("desk_partners")
    assert found == [check, check, offer, waits, agreement, agreement, suggestion, suggestion]


def test_desk_check_shows_what_was_read_beside_what_stands(
    client: Client, site: SimpleNamespace
) -> None:
    page = text_of(client.get(desk("desk_check", small_edit(site).pk)))
    assert "1 line differs from what the hub read." in page
    assert '<th scope="col">What the hub read</th><th scope="col">On the site now</th>' in page
    assert page.count('class="is-changed"') == 1
    assert "<span>–</span>" in page
    assert "<span>7</span>" in page
    assert "Welding for beginners" in page


def test_a_second_edit_is_read_beside_the_text_that_was_read(
    client: Client, site: SimpleNamespace
) -> None:
    """Not beside the first edit, at which nobody looked."""
    first = small_edit(site, seats=7)
    actions.save_offer(member=site.ed, offer=first.offer, values={"seats": 9, "member_seats": 2})
    second = actions.send_offer(member=site.ed, offer=first.offer)
    page = text_of(client.get(desk("desk_check", second.pk)))
    assert "2 lines differ from what the hub read." in page
    assert ("<span>7</span>" in page, "<span>9</span>" in page) == (False, True)
    assert "Taken back" in text_of(client.get(desk("desk_check", first.pk)))


def test_desk_check_fine(client: Client, site: SimpleNamespace) -> None:
    review = small_edit(site)
    address = desk("desk_check_fine", review.pk)
    for _twice in range(2):
        response = client.post(address)
        assert (response.status_code, response["Location"]) == (303, desk("desk_partners"))
    review.refresh_from_db()
    assert (review.state, review.decided_by) == ("published", site.reviewer)
    page = queue(client)
    assert "Thank you. It stays as it is." in page
    assert "Small changes to look at" not in page
    page = text_of(client.get(desk("desk_check", review.pk)))
    assert "Looked at, and fine · Reviewer" in page
    assert "<span>7</span>" in page
    assert "Put the old text back" not in page
    assert client.post(desk("desk_check_back", review.pk), {"words": "x"}).status_code == 422


def test_desk_check_back(client: Client, site: SimpleNamespace) -> None:
    review = small_edit(site)
    address = desk("desk_check_back", review.pk)
    response = client.post(address, {"words": " "})
    assert response.status_code == 422
    assert text_of(response).count("Write a few words first.") == 2
    response = client.post(address, {"words": "x" * 501})
    assert "x" * 501 in text_of(response)
    for _twice in range(2):
        assert client.post(address, {"words": "We have no room."}).status_code == 303
    offer = Offer.objects.get()
    assert (offer.live, offer.seats) == (True, None)
    assert told(site.ed)[-1] == (
        "Harbour Hub put your last change of “Welding for beginners” back: We have no room."
    )
    assert "The text from before is back." in queue(client)
    page = text_of(client.get(desk("desk_check", review.pk)))
    assert "Not fine: the old text is back · Reviewer" in page
    assert '<th scope="col">What the hub read</th><th scope="col">What they made of it</th>' in page
    assert "We have no room." in page


def test_an_edit_has_a_page_of_its_own(client: Client, site: SimpleNamespace) -> None:
    check, review = small_edit(site), sent(site, 2)
    assert client.get(desk("desk_review", check.pk)).status_code == 404
    assert client.get(desk("desk_check", review.pk)).status_code == 404


def test_who_wrote_an_edit_does_not_look_at_it(site: SimpleNamespace) -> None:
    review = small_edit(site)
    OfferReview.objects.filter(pk=review.pk).update(sent_by=site.reviewer)
    client = client_of(site.reviewer)
    page = text_of(client.get(desk("desk_check", review.pk)))
    assert "You wrote some of this, so somebody else decides." in page
    assert client.post(desk("desk_check_fine", review.pk)).status_code == 422
    assert client_of(site.coordinator).post(desk("desk_check_fine", review.pk)).status_code == 303


def test_desk_offer_shows_the_reports(client: Client, site: SimpleNamespace) -> None:
    offer, other = live(site), live(site, 2, title="zebra-offer")
    reported(site, offer)
    reported(site, offer, member=None, kind="harm", words="<b>Odd</b>")
    reported(site, other, words="zebra-report")
    page = text_of(client.get(desk("desk_offer", offer.uuid)))
    for words in ("It leads nowhere.", "Outsider", "somebody without an account"):
        assert words in page
    assert "&lt;b&gt;Odd&lt;/b&gt;" in page
    assert "zebra" not in page
    assert "Take the offer off the site" in page


def test_desk_report_settle(client: Client, site: SimpleNamespace) -> None:
    offer = live(site)
    report, other = reported(site, offer), reported(site, offer, kind="cost")
    address = desk("desk_report_settle", report.pk)
    response = client.post(address, {"answer": "y" * 501})
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("This is too long. Please keep it under 500 letters.") == 2
    assert page.count("y" * 501) == 1
    response = client.post(address, {"answer": "They mended it."})
    assert (response.status_code, response["Location"]) == (303, desk("desk_offer", offer.uuid))
    report.refresh_from_db()
    assert (report.settled_by, report.answer) == (site.reviewer, "They mended it.")
    assert client.post(address, {"answer": "Again"}).status_code == 404
    assert told(site.outsider) == [
        "Harbour Hub has looked at “Welding for beginners”, which you reported. Thank you. "
        "They mended it."
    ]
    other.refresh_from_db()
    assert other.settled_at is None
    assert "They mended it." not in text_of(client_of(site.ed).get(place("partner_desk")))


def test_desk_offer_down(client: Client, site: SimpleNamespace) -> None:
    offer = live(site)
    address = desk("desk_offer_down", offer.uuid)
    response = client.post(address, {"reason": ""})
    assert response.status_code == 422
    assert text_of(response).count("Write a few words first.") == 2
    for _twice in range(2):
        response = client.post(address, {"reason": "The course is full."})
        assert response["Location"] == desk("desk_offer", offer.uuid)
    assert not Offer.objects.get().live
    assert told(site.ed)[-1] == (
        "Harbour Hub has taken “Welding for beginners” off the site: The course is full."
    )
    page = text_of(client.get(desk("desk_offer", offer.uuid)))
    assert "The hub took it down on" in page
    assert "The course is full. (Reviewer)" in page
    assert "Take the offer off the site" not in page


def test_desk_offer_was_on_the_site_at_least_once(client: Client, site: SimpleNamespace) -> None:
    review = sent(site)
    assert client.get(desk("desk_offer", review.offer.uuid)).status_code == 404
    assert client.post(desk("desk_offer_down", review.offer.uuid), {}).status_code == 404


def test_desk_agreement_confirm(client: Client, site: SimpleNamespace) -> None:
    row = agreed(site)
    page = text_of(client.get(desk("desk_agreement", row.pk)))
    assert "Is this what you agreed? Everybody reads it once you say yes." in page
    for _twice in range(2):
        response = client.post(desk("desk_agreement_confirm", row.pk))
        assert (response.status_code, response["Location"]) == (303, desk("desk_partners"))
    row.refresh_from_db()
    assert row.confirmed_at is not None
    assert told(site.anna) == ["Harbour Hub has confirmed: “Room 3 on Mondays.”"]
    assert "It stands on their page and on yours." in text_of(
        client.get(desk("desk_agreement", row.pk))
    )
    assert "Agreements to confirm" not in queue(client)


def test_the_queue_tells_the_same_words_apart_by_their_course(
    client: Client, site: SimpleNamespace
) -> None:
    course = Course.objects.create(hub=site.hub, title="Spreadsheets 1")
    for one in (None, course):
        agreed(site, kind="entry", course=one)
    page = queue(client)
    words = '<span class="muted">Accepts our certificate as entry'
    assert page.count(f"{words}</span>") == page.count(f"{words} · Spreadsheets 1</span>") == 1


def test_desk_agreement_decline(client: Client, site: SimpleNamespace) -> None:
    row = agreed(site)
    address = desk("desk_agreement_decline", row.pk)
    response = client.post(address, {"reason": ""})
    assert response.status_code == 422
    assert text_of(response).count("Write a few words first.") == 2
    assert client.post(address, {"reason": "We never met."}).status_code == 303
    assert not Agreement.objects.exists()
    assert told(site.anna) == ["Harbour Hub says no to “Room 3 on Mondays.”: We never met."]
    assert client.post(address, {"reason": "Again."}).status_code == 404


def test_an_agreement_with_another_hub_is_on_its_desk(site: SimpleNamespace) -> None:
    row = agreed(site, hub=site.other_hub)
    assert client_of(site.reviewer).get(desk("desk_agreement", row.pk)).status_code == 404
    client = client_of(site.other_reviewer)
    assert client.post(place("desk_agreement_confirm", "valley", row.pk)).status_code == 303


def test_desk_suggestion_invite(client: Client, site: SimpleNamespace, commit) -> None:
    row = suggested(site)
    page = text_of(client.get(desk("desk_suggestion", row.pk)))
    for words in ("The Library", "Port", "Near.", "Outsider"):
        assert words in page
    address = desk("desk_suggestion_invite", row.pk)
    for wrong in ("", "nobody"):
        response = client.post(address, {"email": wrong})
        assert response.status_code == 422
        assert f'value="{wrong}"' in text_of(response) or not wrong
    with commit():
        response = client.post(address, {"email": "post@library.example"})
    assert (response.status_code, response["Location"]) == (303, desk("desk_partners"))
    assert [one.to for one in mail.outbox if "library" in one.to[0]] == [["post@library.example"]]
    assert told(site.outsider) == [
        "Thank you for telling us of The Library. Harbour Hub has asked them to come."
    ]
    assert client.post(address, {"email": "post@library.example"}).status_code == 404


def test_desk_suggestion_later(client: Client, site: SimpleNamespace) -> None:
    row = suggested(site)
    address = desk("desk_suggestion_later", row.pk)
    page = text_of(client.get(desk("desk_suggestion", row.pk)))
    assert "We cannot ask them now, but we keep the name for later.</textarea>" in page
    response = client.post(address, {"answer": "z" * 301})
    assert response.status_code == 422
    assert "z" * 301 in text_of(response)
    assert client.post(address, {"answer": "Perhaps in May."}).status_code == 303
    assert told(site.outsider) == ["Thank you for telling us of The Library. Perhaps in May."]
    assert "Members suggest these" not in queue(client)


def test_what_else_waits_is_counted(site: SimpleNamespace) -> None:
    assert not is_else_waiting(site.reviewer, site.hub)
    make_all(site)
    assert else_counts(site.reviewer) == {site.hub.pk: 5}
    assert is_else_waiting(site.coordinator, site.hub)
    for other in (site.other_reviewer, site.hub_editor, site.outsider):
        assert else_counts(other) == {}
    assert not is_else_waiting(site.other_reviewer, site.other_hub)


def test_the_desk_of_the_hub_says_that_something_waits(site: SimpleNamespace) -> None:
    words = "There are also reports, small changes, agreements or suggestions to look at."
    assert words not in text_of(client_of(site.coordinator).get("/desk/harbour/"))
    suggested(site)
    assert words in text_of(client_of(site.coordinator).get("/desk/harbour/"))
    assert words not in text_of(client_of(site.hub_editor).get("/desk/harbour/"))
    assert Hub.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    check = small_edit(site, 9)
    for number in range(1, count + 1):
        reported(site, check.offer, words=f"Words {number}")
        agreed(site, f"Room {number}")
        suggested(site, number)
    agreement, suggestion = Agreement.objects.first(), PartnerSuggestion.objects.first()
    costs = {
        desk("desk_partners"): 10,
        desk("desk_check", check.pk): 9,
        desk("desk_offer", check.offer.uuid): 8,
        desk("desk_agreement", agreement.pk): 4,
        desk("desk_suggestion", suggestion.pk): 4,
    }
    for address in costs:
        client.get(address)
    assert {address: cost_of(partial(client.get, address)) for address in costs} == costs
