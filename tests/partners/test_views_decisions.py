"""What a hub decides: publish, ask for a change, decline; organisations with their proof."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from partners import actions
from partners.forms.review import READY
from partners.models import Colleague, Offer, OfferReview, Partner
from tests.partners.desk_cast import client_of, cost_of, place, sent, site_of, text_of
from tests.partners.hub_cast import applied, page_of, queue


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.reviewer)


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


@pytest.mark.parametrize("count", [1, 3])
def test_desk_partner_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    for number in range(1, count + 1):
        applied(site, f"Library {number}")
    address = place("desk_partner", "harbour", "library-1")
    client.get(address)
    assert cost_of(lambda: client.get(address)) == 11
