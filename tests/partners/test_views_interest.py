"""Save for later, apply with a form here, take it back, report a problem."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from members.models import Consent, Member, Notice
from partners.models import Interest, OfferReport, Partner, SavedOffer
from tests.partners.edge_cast import (
    DAY,
    html_of,
    make_colleague,
    make_draft,
    make_interest,
    make_offer,
    make_partner,
    make_saved,
    path_of,
    today,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
OURS = {"HTTP_ORIGIN": "http://testserver"}
FORM = {"name": "Lea", "contact": "lea@example.org", "message": "I can start.", "agrees": "on"}


@pytest.fixture
def partner(cast: SimpleNamespace) -> Partner:
    return make_partner(cast.hub)


def test_offer_save_keeps_and_drops(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    offer, client = make_offer(partner), signed_in(cast.learner)
    for _time in range(2):
        answer = client.post(path_of(offer, "save/"), {"choice": "save"})
        assert (answer.status_code, answer["Location"]) == (303, path_of(offer))
    assert SavedOffer.objects.get().member == cast.learner
    html = html_of(client.get(path_of(offer)))
    assert "Take it off my list" in html and "You find it under" in html
    answer = client.post(path_of(offer, "save/"), {"choice": "drop", "from": "saved"})
    assert answer["Location"] == "/offers/saved/"
    assert not SavedOffer.objects.exists()
    assert client.get(path_of(offer, "save/"))["Location"] == path_of(offer)


def test_offer_save_asks_a_visitor_to_sign_in(client: Client, partner: Partner) -> None:
    offer = make_offer(partner)
    answer = client.post(path_of(offer, "save/"), {"choice": "save"}, **OURS)
    assert answer["Location"] == f"/accounts/login/?next={path_of(offer)}"
    assert client.post("/offers/no-such/save/", **OURS).status_code == 404
    assert not SavedOffer.objects.exists()


def test_offer_save_says_when_there_are_very_many(
    cast: SimpleNamespace,
    partner: Partner,
    signed_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("partners.actions.interest.MOST_SAVED", 1)
    make_saved(make_offer(partner, "One"), cast.learner)
    offer, client = make_offer(partner, "Two"), signed_in(cast.learner)
    answer = client.post(path_of(offer, "save/"), {"choice": "save"}, follow=True)
    assert "You have saved very many offers." in html_of(answer)


def test_offer_saved_shows_mine_alone(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    mine, applied = make_offer(partner, "Mine"), make_offer(partner, "Applied")
    gone = make_offer(partner, "Ended one", ends_on=today() - DAY)
    late = make_offer(partner, "Closed one", deadline_on=today() - DAY)
    for offer in (mine, gone, late):
        make_saved(offer, cast.learner)
    make_interest(applied, cast.learner, state="started")
    make_saved(make_offer(partner, "THEIRS"), cast.neighbour)
    html = html_of(signed_in(cast.learner).get("/offers/saved/"))
    for words in (
        "Mine",
        "Applied",
        "Ended one",
        "has ended",
        "Closed one",
        "you can no longer apply",
        "You have started",
        "Take it off my list",
    ):
        assert words in html, words
    assert "THEIRS" not in html and "PRIVATE" not in html
    empty = html_of(signed_in(cast.mentor).get("/offers/saved/"))
    assert "You have saved nothing yet." in empty


@pytest.mark.parametrize("state", ["paused", "left"])
def test_offer_saved_says_what_is_not_on_the_site_now(
    cast: SimpleNamespace,
    partner: Partner,
    signed_in: SignIn,
    state: str,
) -> None:
    saved, applied = make_offer(partner, "Saved one"), make_offer(partner, "Applied one")
    make_saved(saved, cast.learner)
    make_interest(applied, cast.learner)
    Partner.objects.update(state=state)
    client = signed_in(cast.learner)
    html = html_of(client.get("/offers/saved/"))
    assert html.count("not on the site now") == 2
    for offer in (saved, applied):
        assert offer.title in html and f'href="{path_of(offer)}"' not in html
    assert f'href="{path_of(applied, "interest/")}"' in html
    assert "Take it off my list" in html
    mine = client.get("/me/").content.decode()
    assert "Saved one" not in mine and mine.count("not on the site now") == 1


def test_offer_saved_asks_a_visitor_to_sign_in(client: Client, cast: SimpleNamespace) -> None:
    assert client.get("/offers/saved/")["Location"].startswith("/accounts/login/")


def test_offer_interest_says_first_what_is_sent_to_whom(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    offer = make_offer(partner)
    html = html_of(signed_in(cast.learner).get(path_of(offer, "interest/")))
    assert "What goes to City College:" in html and 'value="Learner"' in html
    assert "I agree that my name, how to reach me and my message go to City College" in html


def test_offer_interest_names_the_hub_that_keeps_the_partner(
    cast: SimpleNamespace, signed_in: SignIn
) -> None:
    offer = make_offer(make_partner(cast.hub, "kept-one", is_kept_by_hub=True))
    client = signed_in(cast.learner)
    assert "You see first what Harbour Hub gets to read." in html_of(client.get(path_of(offer)))
    html = html_of(client.get(path_of(offer, "interest/")))
    assert "What goes to Harbour Hub:" in html
    assert "go to Harbour Hub, which acts for Kept One until its own people do" in html
    answer = client.post(path_of(offer, "interest/"), FORM, follow=True)
    assert "Sent. Harbour Hub has your message and answers you itself." in html_of(answer)


def test_offer_interest_is_sent_once(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    offer, client = make_offer(partner), signed_in(cast.learner)
    make_colleague(partner, cast.editor)
    for _time in range(2):
        answer = client.post(path_of(offer, "interest/"), FORM)
        assert (answer.status_code, answer["Location"]) == (303, path_of(offer))
    interest = Interest.objects.get()
    assert (interest.name, interest.contact, interest.message, interest.state) == (
        *("Lea", "lea@example.org", "I can start."),
        "new",
    )
    consent = Consent.objects.get(member=cast.learner)
    assert consent.kind == f"offer-interest-{offer.pk}" and "City College" in consent.wording
    told = Notice.objects.get(member=cast.editor, kind="partners")
    assert told.text == "Somebody applies for your offer “Web skills”."
    assert "Lea" not in told.text and told.url == "/partners/desk/city-college/interest/"
    html = html_of(client.get(path_of(offer, "interest/")))
    assert "You have applied" in html and "I can start." in html


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "Write your name, as they should call you."),
        ("contact", "", "Write an e-mail address or a phone number."),
        ("agrees", "", "Tick that you agree. Without it nothing is sent."),
        ("name", "x" * 81, "This is too long. Please keep it under 80 letters."),
    ],
)
def test_offer_interest_keeps_what_was_typed(
    cast: SimpleNamespace,
    partner: Partner,
    signed_in: SignIn,
    field: str,
    typed: str,
    words: str,
) -> None:
    offer = make_offer(partner)
    answer = signed_in(cast.learner).post(path_of(offer, "interest/"), {**FORM, field: typed})
    html = html_of(answer, 422)
    assert words in html and "I can start." in html
    assert not Interest.objects.exists() and not Consent.objects.exists()


def test_offer_interest_is_refused_when_it_has_ended(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    offer = make_offer(partner, ends_on=today() - DAY)
    html = html_of(signed_in(cast.learner).post(path_of(offer, "interest/"), FORM), 422)
    assert "This offer has ended. You cannot apply any more." in html and "I can start." in html


def test_offer_interest_that_is_too_late_leads_to_the_offer(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    """Nobody types an application that is refused; who applied in time still sees it."""
    offer = make_offer(partner, open_until=today() - DAY)
    path, client = path_of(offer, "interest/"), signed_in(cast.learner)
    answer = client.get(path, follow=True)
    assert answer.redirect_chain == [(path_of(offer), 302)]
    assert "You can no longer apply: the last day was" in html_of(answer)
    html = html_of(client.post(path, FORM), 422)
    assert "You can no longer apply: the last day was" in html and "I can start." in html
    assert not Interest.objects.exists()
    make_interest(offer, cast.learner)
    assert "You have applied" in html_of(client.get(path))


def test_offer_interest_asks_a_visitor_to_sign_in_and_leads_back(
    client: Client, partner: Partner
) -> None:
    path = path_of(make_offer(partner), "interest/")
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
    assert client.get("/offers/no-such/interest/").status_code == 404
    assert client.get(path_of(make_draft(partner), "interest/")).status_code == 404


def test_offer_interest_of_another_way_leads_to_the_offer(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    offer = make_offer(partner, apply_by="mail", apply_mail="a@college.example")
    answer = signed_in(cast.learner).post(path_of(offer, "interest/"), FORM)
    assert answer["Location"] == path_of(offer) and not Interest.objects.exists()


def test_offer_withdraw_interest_takes_the_words_away(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    offer, client = make_offer(partner), signed_in(cast.learner)
    client.post(path_of(offer, "interest/"), FORM)
    path = path_of(offer, "interest/withdraw/")
    for _time in range(2):
        assert client.post(path).status_code == 303
    interest = Interest.objects.get()
    assert (interest.state, interest.name, interest.contact, interest.message) == (
        *("withdrawn", "", "", ""),
    )
    assert not Consent.objects.standing().exists()
    assert signed_in(cast.neighbour).post(path).status_code == 404
    assert client.get(path)["Location"] == path_of(offer)
    assert Client().post(path, **OURS)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("state", ["paused", "left", "declined"])
def test_what_was_sent_and_saved_can_be_taken_back_when_the_partner_is_gone(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn, state: str
) -> None:
    offer, client = make_offer(partner), signed_in(cast.learner)
    make_saved(offer, cast.learner)
    client.post(path_of(offer, "interest/"), FORM)
    Partner.objects.update(state=state)
    html = html_of(client.get(path_of(offer, "interest/")))
    assert "You have applied" in html and "I can start." in html
    assert f'href="{path_of(offer)}"' not in html
    other = signed_in(cast.neighbour)
    for more in ("interest/", "interest/withdraw/", "save/", ""):
        assert other.post(path_of(offer, more)).status_code in (404, 405), more
    assert other.get(path_of(offer, "interest/")).status_code == 404
    for more, values in (("interest/withdraw/", {}), ("save/", {"choice": "drop"})):
        answer = client.post(path_of(offer, more), values)
        assert (answer.status_code, answer["Location"]) == (303, "/offers/saved/")
    assert (Interest.objects.get().state, SavedOffer.objects.count()) == ("withdrawn", 0)
    assert not Consent.objects.standing().exists()
    assert client.get(path_of(offer, "interest/")).status_code == 404
    assert client.post(path_of(offer, "interest/"), FORM).status_code == 404
    client.post(path_of(offer, "save/"), {"choice": "save"})
    assert not SavedOffer.objects.exists()


def test_offer_report_needs_no_account(
    client: Client, cast: SimpleNamespace, partner: Partner
) -> None:
    offer, path = make_offer(partner), path_of(make_offer(partner, "Other"), "report/")
    html = html_of(client.get(path_of(offer, "report/")))
    assert "The link does not work" in html and client.cookies == {}
    form = {"key": str(uuid.uuid4()), "kind": "link", "words": "It leads nowhere."}
    for _time in range(2):
        answer = client.post(path_of(offer, "report/"), form, **OURS)
        assert (answer.status_code, answer["Location"]) == (303, path_of(offer, "reported/"))
    report = OfferReport.objects.get()
    assert (report.offer, report.hub, report.member) == (offer, cast.hub, None)
    assert client.post(path, {"kind": ""}, **OURS).status_code == 422


def test_offer_reported_says_who_has_it(client: Client, partner: Partner) -> None:
    path = path_of(make_offer(partner), "reported/")
    assert "Harbour Hub has your report" in html_of(client.get(path))


def test_offer_report_keeps_what_was_typed(client: Client, partner: Partner) -> None:
    path = path_of(make_offer(partner), "report/")
    html = html_of(client.post(path, {"key": "none", "words": "It is odd."}, **OURS), 422)
    assert "Choose what is wrong." in html and "It is odd." in html


def test_offer_report_of_too_many_visitors_is_refused(
    client: Client, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partners.actions.interest.MOST_OPEN", 1)
    path = path_of(make_offer(partner), "report/")
    client.post(path, {"key": str(uuid.uuid4()), "kind": "link", "words": "One"}, **OURS)
    html = html_of(client.post(path, {"key": "", "kind": "link", "words": "Two"}, **OURS), 422)
    assert "The hub knows already that something is wrong here." in html and "Two" in html
