"""The hub's desk: the oldest text first, beside what is live; who comes in."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from partners import actions
from partners.models import Colleague, OfferReview, Partner
from partners.queries.review import waiting_counts
from tests.partners.desk_cast import (
    client_of,
    cost_of,
    in_days,
    live,
    place,
    sent,
    site_of,
    text_of,
    written,
)
from tests.partners.hub_cast import applied, page_of, queue
from tests.partners.offers_cast import DAY


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.reviewer)


def edited(site: SimpleNamespace, **values: Any) -> OfferReview:
    """A change of a live offer that waits."""
    offer = live(site)
    actions.save_offer(member=site.ed, offer=offer, values=values)
    return actions.send_offer(member=site.ed, offer=offer)


def test_desk_partners_shows_the_oldest_first(client: Client, site: SimpleNamespace) -> None:
    second = sent(site, 1, title="The second")
    first = sent(site, 2, title="The first")
    OfferReview.objects.filter(pk=first.pk).update(
        sent_at=second.sent_at - 9 * DAY, promised_on=in_days(-4)
    )
    written(site, 3, title="zebra-draft")
    applied(site, "Late Library", applied_at=timezone.now() - DAY)
    applied(site, "Early Library", applied_at=timezone.now() - 2 * DAY)
    page = text_of(client.get(queue()))
    assert page.index("The first") < page.index("The second")
    assert page.index("Early Library") < page.index("Late Library")
    assert page.count("pill-late") == 1
    assert f"promised by {date_format(in_days(5), 'DATE_FORMAT')}" in page
    assert "zebra" not in page


def test_an_empty_queue(client: Client, site: SimpleNamespace) -> None:
    page = text_of(client.get(queue()))
    assert "No offer waits. New ones come here by themselves." in page
    assert "No organisation waits." in page


@pytest.mark.parametrize("name", ["hub_editor", "ed", "anna", "outsider", "other_reviewer"])
def test_the_desk_is_not_there_for_others(site: SimpleNamespace, name: str) -> None:
    review, partner = sent(site), applied(site)
    client = client_of(getattr(site, name))
    for address in (queue(), page_of(review), place("desk_partner", "harbour", partner.slug)):
        assert client.get(address).status_code == 404
    for step in ("publish", "change", "decline"):
        assert client.post(page_of(review, step), {}).status_code == 404
    for step in ("prove", "approve", "decline"):
        address = place(f"desk_partner_{step}", "harbour", partner.slug)
        assert client.post(address, {}).status_code == 404
    assert OfferReview.objects.get().state == "waiting"


def test_a_text_of_another_hub_is_not_there(site: SimpleNamespace) -> None:
    review, client = sent(site), client_of(site.other_reviewer)
    assert client.get(place("desk_review", "valley", review.pk)).status_code == 404
    assert client.get(place("desk_partner", "valley", site.partner.slug)).status_code == 404


def test_nobody_reads_the_text_of_an_own_organisation(site: SimpleNamespace) -> None:
    review = sent(site)
    Colleague.objects.create(
        partner=site.partner, member=site.reviewer, role="viewer", joined_at=timezone.now()
    )
    client = client_of(site.reviewer)
    assert "Welding" not in text_of(client.get(queue()))
    assert client.get(page_of(review)).status_code == 404
    assert client.post(page_of(review, "publish"), {}).status_code == 404


def test_desk_review_of_a_new_offer(client: Client, site: SimpleNamespace) -> None:
    page = text_of(client.get(page_of(sent(site))))
    assert "A new training offer" in page
    assert "What they wrote" in page
    assert "On the site now" not in page
    assert "How to weld two plates." in page


def test_desk_review_side_by_side(client: Client, site: SimpleNamespace) -> None:
    page = text_of(client.get(page_of(edited(site, contact="Ring Zoe.", seats=5))))
    assert "2 lines differ from what is on the site." in page
    assert page.count('class="is-changed"') == 2
    assert "Ring Jo on 020 7946 0000." in page
    assert "Ring Zoe." in page


LINK = (
    '<a href="https://college.example/welding" rel="noopener noreferrer nofollow">'
    "https://college.example/welding</a>"
)


def row_of(page: str, label: str) -> str:
    """One row of the table on a page."""
    [found] = [one for one in page.split("<tr") if f'<th scope="row">{label}' in one]
    return found.split("</tr>")[0]


def sent_again(site: SimpleNamespace, review: OfferReview, **values: Any) -> OfferReview:
    """The partner changes a text to which the hub said something, and sends it again."""
    actions.save_offer(member=site.ed, offer=review.offer, values=values)
    return actions.send_offer(member=site.ed, offer=review.offer)


def test_desk_review_of_a_new_offer_that_was_sent_back(
    client: Client, site: SimpleNamespace
) -> None:
    """Beside the words that were read, with what the hub said about each."""
    first, notes = sent(site), {"contact": "Who answers?", "device": "On a phone?"}
    actions.ask_change(member=site.reviewer, review=first, words="Nearly.", notes=notes)
    review = sent_again(site, first, contact="Ring Zoe.")
    page = text_of(client.get(page_of(review)))
    assert "A new training offer" in page
    assert "1 line differs from what was read last." in page
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    said = "<b>What the hub said to an earlier text:</b> A change is asked for"
    assert f"{said} · Reviewer · {day}: Nearly." in page
    assert page.count('class="is-changed"') == 1
    assert ("On the site now" in page, "changed since it was read" in page) == (False, False)
    row = row_of(page, "Contact for questions")
    assert 'data-label="When it was read last"><span>Ring Jo on 020 7946 0000.</span>' in row
    assert 'data-label="As they want it"> <span>Ring Zoe.</span>' in row
    assert "<b>The hub says:</b> Who answers?" in row
    assert "<b>The hub says:</b> On a phone?" in row_of(page, "Device and connection")
    assert "The hub says" not in row_of(page, "Title")


def test_desk_review_of_a_change_that_was_sent_back(client: Client, site: SimpleNamespace) -> None:
    """Beside what is on the site, with a mark where it is another one than was read."""
    first = edited(site, contact="Ring Zoe.", device="A laptop")
    actions.decline_offer(member=site.reviewer, review=first, reason="Not like this.")
    review = sent_again(site, first, contact="Ring Zoe at noon.")
    page = text_of(client.get(page_of(review)))
    assert "2 lines differ from what is on the site." in page
    assert "Declined · Reviewer" in page and "Not like this." in page
    assert page.count("changed since it was read") == 1
    row = row_of(page, "Contact for questions")
    assert "changed since it was read" in row
    assert 'data-label="On the site now"><span>Ring Jo on 020 7946 0000.</span>' in row
    actions.publish_offer(member=site.reviewer, review=review, revision_id=review.revision_id)
    page = text_of(client.get(page_of(sent_again(site, review, contact="Ring Max."))))
    assert ("Not like this." in page, "since it was read" in page) == (False, False)


def test_desk_review_of_what_was_taken_down(client: Client, site: SimpleNamespace) -> None:
    """What stood on the site is what was read last: no third text."""
    offer = live(site)
    down = actions.take_down_offer(member=site.reviewer, offer=offer, reason="It is over.")
    page = text_of(client.get(page_of(sent_again(site, down, contact="Ring Zoe."))))
    assert "It is over." in page
    assert page.count('class="is-changed"') == 1
    assert "changed since it was read" not in page


def test_a_text_that_was_taken_back_was_not_read(client: Client, site: SimpleNamespace) -> None:
    page = text_of(client.get(page_of(sent_again(site, sent(site), contact="Ring Zoe."))))
    assert "What they wrote" in page
    assert "read last" not in page


def test_the_address_can_be_followed_wherever_it_is_read(
    client: Client, site: SimpleNamespace
) -> None:
    review = sent(site)
    assert LINK in row_of(text_of(client.get(page_of(review))), "How to apply")
    actions.publish_offer(member=site.reviewer, review=review, revision_id=review.revision_id)
    desk = place("desk_offer", "harbour", review.offer.uuid)
    assert LINK in text_of(client.get(desk))
    Partner.objects.filter(pk=site.partner.pk).update(clean_approvals=5)
    small = sent_again(site, review, apply_link="https://college.example/new")
    assert small.is_after_check
    page = text_of(client.get(place("desk_check", "harbour", small.pk)))
    assert '<a href="https://college.example/new" rel="noopener noreferrer nofollow">' in page


def test_panels_on_the_desk_of_the_hub(site: SimpleNamespace) -> None:
    """For those who look after partners; nothing for an editor of the hub."""
    sent(site)
    applied(site)
    page = text_of(client_of(site.coordinator).get("/desk/harbour/"))
    for words in ("Training offers to read", "Organisations to check", "Welding for beginners"):
        assert words in page
    page = text_of(client_of(site.hub_editor).get("/desk/harbour/"))
    assert ("Welding" in page, "Organisations to check" in page) == (False, False)
    page = text_of(client_of(site.other_reviewer).get("/desk/valley/"))
    assert "Offers to read, organisations to check" in page
    assert "Welding" not in page


def test_counts_of_what_waits(site: SimpleNamespace) -> None:
    sent(site, 1)
    sent(site, 2)
    written(site, 3)
    applied(site)
    assert waiting_counts(site.reviewer) == {site.hub.pk: 3}
    assert waiting_counts(site.coordinator) == {site.hub.pk: 3}
    for other in (site.other_reviewer, site.hub_editor, site.outsider):
        assert waiting_counts(other) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_desk_partners_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    for number in range(1, count + 1):
        sent(site, number)
        applied(site, f"Library {number}")
    client.get(queue())
    assert cost_of(lambda: client.get(queue())) == 11


@pytest.mark.parametrize("count", [1, 3])
def test_desk_review_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    address = page_of(edited(site, contact="Ring Zoe.", seats=5))
    for number in range(2, count + 1):
        sent(site, number)
    client.get(address)
    assert cost_of(lambda: client.get(address)) == 11
