"""The hub's desk: the oldest text first, beside what is live; publish, ask for a change, decline;
organisations with their proof."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from partners import actions
from partners.forms.review import READY
from partners.models import Colleague, Offer, OfferReview, Partner
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
from tests.partners.offers_cast import DAY, make_partner


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.reviewer)


def queue(hub: str = "harbour") -> str:
    return place("desk_partners", hub)


def page_of(review: OfferReview, step: str = "") -> str:
    """The page of a text, or one of its answers."""
    name = f"desk_review_{step}" if step else "desk_review"
    return place(name, "harbour", review.pk)


def edited(site: SimpleNamespace, **values: Any) -> OfferReview:
    """A change of a live offer that waits."""
    offer = live(site)
    actions.save_offer(member=site.ed, offer=offer, values=values)
    return actions.send_offer(member=site.ed, offer=offer)


def applied(site: SimpleNamespace, name: str = "New Library", **values: Any) -> Partner:
    """An organisation that waits."""
    values = {"state": "waiting", "proof": "", "promised_on": in_days(5), **values}
    return make_partner(site.hub, name, **values)


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


def test_desk_review_publish_in_two_taps(client: Client, site: SimpleNamespace) -> None:
    """From the hub's desk: the text, then the button."""
    review = sent(site)
    desk = text_of(client.get("/desk/harbour/"))
    assert f'href="{page_of(review)}"' in desk
    page = text_of(client.get(page_of(review)))
    assert f'name="revision" value="{review.revision_id}"' in page
    response = client.post(page_of(review, "publish"), {"revision": review.revision_id})
    assert (response.status_code, response["Location"]) == (303, queue())
    offer = Offer.objects.get()
    assert (offer.live, offer.live_revision_id) == (True, review.revision_id)
    assert "Published. The partner was told." in text_of(client.get(queue()))


def test_a_text_that_changed_meanwhile_is_not_published(
    client: Client, site: SimpleNamespace
) -> None:
    """The partner took it back and sent a newer one while the page was open."""
    old = sent(site)
    actions.save_offer(member=site.ed, offer=old.offer, values={"title": "Newer"})
    new = actions.send_offer(member=site.ed, offer=old.offer)
    response = client.post(page_of(old, "publish"), {"revision": old.revision_id})
    assert response.status_code == 422
    assert "This has changed meanwhile." in text_of(response)
    response = client.post(page_of(new, "publish"), {"revision": old.revision_id})
    assert response.status_code == 422
    assert "There is a newer text. Please read it first." in text_of(response)
    for wrong in ("", "x"):
        response = client.post(page_of(new, "publish"), {"revision": wrong})
        assert "Please read the text once more, then publish it." in text_of(response)
    assert not Offer.objects.get().live


def test_an_offer_of_an_unchecked_organisation(client: Client, site: SimpleNamespace) -> None:
    review = sent(site)
    Partner.objects.filter(pk=site.partner.pk).update(state="waiting")
    assert "Check it first, then publish its offers." in text_of(client.get(page_of(review)))
    response = client.post(page_of(review, "publish"), {"revision": review.revision_id})
    assert response.status_code == 422
    assert "Approve the organisation first." in text_of(response)


def test_desk_review_change(client: Client, site: SimpleNamespace) -> None:
    """Ready sentences and own words go beside their fields."""
    review = sent(site)
    values = {"ready": ["plain", "cost"], "note_learns": "Say two.", "words": "Nearly there."}
    response = client.post(page_of(review, "change"), values)
    assert (response.status_code, response["Location"]) == (303, queue())
    review.refresh_from_db()
    assert (review.state, review.words) == ("changes", "Nearly there.")
    assert review.notes == {
        "learns": "Please say it in plainer words. Many members are new to this. Say two.",
        "cost": "Please say all that people have to pay, with books and tests.",
    }


def test_desk_review_change_needs_words(client: Client, site: SimpleNamespace) -> None:
    review = sent(site)
    response = client.post(page_of(review, "change"), {"note_cost": "x" * 301})
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("This is too long. Please keep it under 300 letters.") == 2
    response = client.post(page_of(review, "change"), {})
    assert response.status_code == 422
    assert "Write a few words first." in text_of(response)
    assert OfferReview.objects.get().state == "waiting"


def test_every_ready_sentence_is_about_a_field_that_there_is(
    client: Client, site: SimpleNamespace
) -> None:
    review = sent(site)
    client.post(page_of(review, "change"), {"ready": list(READY)})
    review.refresh_from_db()
    assert set(review.notes) == {field for field, _words in READY.values()}


def test_desk_review_decline(client: Client, site: SimpleNamespace) -> None:
    review = sent(site)
    response = client.post(page_of(review, "decline"), {"reason": ""})
    assert response.status_code == 422
    assert text_of(response).count("Write a few words first.") == 2
    client.post(page_of(review, "decline"), {"reason": "Not for members."})
    review.refresh_from_db()
    assert (review.state, review.words, review.decided_by) == (
        "declined",
        "Not for members.",
        site.reviewer,
    )
    page = text_of(client.get(page_of(review)))
    assert "Declined · Reviewer" in page
    assert "Not for members." in page
    assert "Publish</button>" not in page


@pytest.mark.parametrize("step", ["publish", "change", "decline"])
def test_who_asks_again_for_an_answer_comes_to_the_text(
    client: Client, site: SimpleNamespace, step: str
) -> None:
    review = sent(site)
    assert client.get(page_of(review, step))["Location"] == page_of(review)


def test_who_wrote_it_for_the_partner_does_not_decide(site: SimpleNamespace) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True)
    site.ed = site.reviewer
    review = sent(site)
    page = text_of(client_of(site.reviewer).get(page_of(review)))
    assert "You wrote some of this, so somebody else decides." in page
    assert "Posted by the hub on their behalf" in page
    assert "Publish</button>" not in page
    values = {"revision": review.revision_id}
    response = client_of(site.reviewer).post(page_of(review, "publish"), values)
    assert response.status_code == 422
    assert client_of(site.coordinator).post(page_of(review, "publish"), values).status_code == 303


def test_desk_partner_prove(client: Client, site: SimpleNamespace) -> None:
    partner = applied(site)
    address = place("desk_partner", "harbour", partner.slug)
    page = text_of(client.get(address))
    assert "none yet" in page
    assert "Note how you know them. Then you can let them in." in page
    assert page.count("How do you know them?") == 1
    assert "Let them in" not in page
    prove = place("desk_partner_prove", "harbour", partner.slug)
    response = client.post(prove, {"proof": "letter", "words": ""})
    assert response.status_code == 422
    assert "Write a few words first." in text_of(response)
    response = client.post(prove, {})
    assert (response.status_code, text_of(response).count("Say how you know them.")) == (422, 2)
    response = client.post(prove, {"proof": "letter", "words": "I have read it."})
    assert (response.status_code, response["Location"]) == (303, address)
    page = text_of(client.get(address))
    assert "A letter: I have read it. (Reviewer," in page
    assert "Let them in" in page
    assert "Then you can let them in." not in page


def test_desk_partner_approve(client: Client, site: SimpleNamespace) -> None:
    """Not before there is a proof."""
    partner = applied(site)
    address = place("desk_partner_approve", "harbour", partner.slug)
    response = client.post(address)
    assert response.status_code == 422
    assert "Note first how you know that they are what they say." in text_of(response)
    actions.prove_partner(member=site.reviewer, partner=partner, proof="known", words="We met.")
    client.post(address)
    assert Partner.objects.get(pk=partner.pk).state == "approved"
    page = text_of(client.get(place("desk_partner", "harbour", partner.slug)))
    assert "They are in. They were told." in page


def test_a_confirmed_mail_is_the_proof_that_is_offered(
    client: Client, site: SimpleNamespace
) -> None:
    partner = applied(site, email_confirmed_at=timezone.now())
    page = client.get(place("desk_partner", "harbour", partner.slug))
    assert page.context["proof"].initial == {"proof": "domain", "words": ""}


def test_desk_partner_decline(client: Client, site: SimpleNamespace) -> None:
    partner = applied(site)
    address = place("desk_partner_decline", "harbour", partner.slug)
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "It is a shop."})
    partner.refresh_from_db()
    assert (partner.state, partner.reason) == ("declined", "It is a shop.")
    page = text_of(client.get(place("desk_partner", "harbour", partner.slug)))
    assert "It is a shop." in page
    assert "Say no with this reason" not in page


def test_nobody_decides_about_an_own_organisation(site: SimpleNamespace) -> None:
    partner = applied(site)
    Colleague.objects.create(
        partner=partner, member=site.reviewer, role="admin", joined_at=timezone.now()
    )
    client = client_of(site.reviewer)
    page = text_of(client.get(place("desk_partner", "harbour", partner.slug)))
    assert "You act for this organisation, so somebody else decides." in page
    assert partner.name not in text_of(client.get(queue()))
    values = {"proof": "known", "words": "It is mine."}
    address = place("desk_partner_prove", "harbour", partner.slug)
    assert client.post(address, values).status_code == 422
    assert Partner.objects.get(pk=partner.pk).proof == ""


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


@pytest.mark.parametrize("count", [1, 3])
def test_desk_partner_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    for number in range(1, count + 1):
        applied(site, f"Library {number}")
    address = place("desk_partner", "harbour", "library-1")
    client.get(address)
    assert cost_of(lambda: client.get(address)) == 11
