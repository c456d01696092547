"""Report and block: from which states, what is said of who reads it, what stays after the end."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from members.models import HubRole, Member, Notice
from mentorship import actions
from mentorship.models import MemberBlock, Pairing, SafetyCase
from tests.mentorship.pair_page_parts import new_pair, sender_to, url
from tests.mentorship.pair_parts import DAY, Pair, key_of, make_pair
from tests.mentorship.safety_parts import SECRET
from tests.mentorship.test_actions_tidying import WORD, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(signed_in: Callable[..., Client]) -> Callable[..., HttpResponse]:
    return sender_to(signed_in)


@pytest.mark.parametrize("state", ["proposed", "accepted", "active", "paused", "closing"])
@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_a_report_is_sent_from_every_state(
    post: Callable[..., HttpResponse], signed_in: Callable[..., Client], state: str, who: str
) -> None:
    pair = new_pair(state)
    person, other = pair.mentor, pair.mentee
    if who == "mentee":
        person, other = other, person
    page = signed_in(person).get(url(pair, "pair_report"))
    text = page.content.decode()
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    assert f"{other.name} does not learn of it, and gets no message." in text
    assert "<b>Safety</b>" in text and 'href="https://www.wikipedia.org/"' in text
    before = signed_in(other).get(url(pair, "pair")).content
    for _time in range(2):
        sent = {"kind": "pressure", "words": SECRET, "key": key_of(1)}
        response = post(person, url(pair, "pair_report"), **sent)
        assert (response.status_code, response["Location"]) == (303, "/mentorship/reported/")
    assert SafetyCase.objects.get().words == SECRET
    assert Notice.objects.filter(member=other).count() == 0
    after = signed_in(other).get(url(pair, "pair")).content
    assert len(before) == len(after)


def test_a_report_without_a_kind_keeps_the_words(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair()
    response = post(pair.mentee, url(pair, "pair_report"), words="kept-words")
    page = response.content.decode()
    assert (response.status_code, "kept-words" in page) == (422, True)
    assert "Choose what it is about." in page
    assert not SafetyCase.objects.exists()


def test_a_report_with_a_block(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair()
    sent = {"kind": "danger", "blocks": "on", "key": key_of(1)}
    for _time in range(2):
        response = post(pair.mentor, url(pair, "pair_report"), **sent)
        assert (response.status_code, response["Location"]) == (303, "/mentorship/reported/")
    assert pair.again().state == "closed"
    assert SafetyCase.objects.get().words == ""


def test_readers_never_include_the_other_one(signed_in: Callable[..., Client]) -> None:
    pair = new_pair()
    HubRole.objects.create(member=pair.mentor, hub=pair.hub, role="safety")
    text = signed_in(pair.mentee).get(url(pair, "pair_report")).content.decode()
    assert "<b>Safety</b>" in text
    HubRole.objects.filter(member=pair.safety).delete()
    text = signed_in(pair.mentee).get(url(pair, "pair_report")).content.decode()
    assert "<b>Admin</b>" in text


STEPS = [
    (
        "leads",
        "Your report is read by the people who look after safety at Riverside: <b>Safety</b>. "
        "Nobody else of the hub sees it.",
        "The safety lead was told at once, and reads it.",
    ),
    (
        "admins",
        "Riverside has no safety lead who can read this. So your report is read by the people "
        "who run the whole network: <b>Admin</b>. Nobody else of the hub sees it.",
        "The people who run the network were told at once, and read it.",
    ),
    (
        "coordinators",
        "Riverside has no safety lead who can read this. So your report is read by the people "
        "who look after mentoring there: <b>Coordinator</b>. Nobody else of the hub sees it.",
        "The people who look after mentoring at the hub were told at once, and read it.",
    ),
    (
        "nobody",
        "Riverside has nobody now who can read this. Your report is kept for the next safety "
        "lead. Please also talk with somebody you trust. </p>",
        "Nobody at the hub can read it now. It is kept for the next safety lead. "
        "Please also talk with somebody you trust.",
    ),
]


@pytest.mark.parametrize(("are", "before", "after"), STEPS)
def test_who_reads_a_report_is_said_before_and_after(
    post: Callable[..., HttpResponse],
    signed_in: Callable[..., Client],
    are: str,
    before: str,
    after: str,
) -> None:
    """The mentor is an admin: never named as a reader."""
    pair = new_pair()
    Member.objects.filter(pk=pair.mentor.pk).update(is_superuser=True)
    gone = [pair.safety, pair.admin, pair.coordinator]
    steps = [name for name, *_words in STEPS]
    Member.objects.filter(pk__in=[one.pk for one in gone[: steps.index(are)]]).update(
        is_active=False
    )
    own = signed_in(pair.mentee)
    assert before in " ".join(own.get(url(pair, "pair_report")).content.decode().split())
    post(pair.mentee, url(pair, "pair_report"), kind="pressure", words=SECRET, key=key_of(1))
    text = own.get(reverse("mentorship:pair_reported")).content.decode()
    said = [words for _are, _before, words in STEPS if f"<li>{words}</li>" in text]
    assert said == [after]


@pytest.mark.parametrize("name", ["mentorship:pair_report", "mentorship:pair_block"])
def test_others_find_neither(signed_in: Callable[..., Client], client: Client, name: str) -> None:
    pair = new_pair()
    for who in ("coordinator", "safety", "admin", "outsider"):
        own = signed_in(getattr(pair, who))
        assert own.get(url(pair, name)).status_code == 404
        assert own.post(url(pair, name), {"kind": "other"}).status_code == 404
    assert (
        client.get(url(pair, name)).status_code == client.post(url(pair, name)).status_code == 302
    )
    assert not (SafetyCase.objects.exists() or MemberBlock.objects.exists())


def test_pair_reported_names_nobody(signed_in: Callable[..., Client], client: Client) -> None:
    pair = new_pair()
    address = reverse("mentorship:pair_reported")
    page = signed_in(pair.mentee).get(address)
    assert (page.status_code, b"Mara" in page.content) == (200, False)
    assert b"told at once" not in page.content
    assert b"https://www.wikipedia.org/" in page.content
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(("who", "to"), [("mentor", "/me/"), ("mentee", "")])
def test_pair_block_asks_first_and_ends_it(
    post: Callable[..., HttpResponse], signed_in: Callable[..., Client], who: str, to: str
) -> None:
    pair = new_pair()
    person = getattr(pair, who)
    page = signed_in(person).get(url(pair, "pair_block"))
    assert (page.status_code, pair.again().state) == (200, "active")
    for _time in range(2):
        response = post(person, url(pair, "pair_block"))
        assert (response.status_code, response["Location"]) == (303, to or url(pair, "pair"))
    assert pair.again().state == "closed"
    assert MemberBlock.objects.get().member == person


def test_nobody_cannot_be_blocked(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair()
    pair.pairing.mentor = None
    pair.pairing.save()
    response = post(pair.mentee, url(pair, "pair_block"))
    assert response.status_code == 422
    assert "This account is gone already." in response.content.decode()


def ended(pair: Pair, by: str) -> None:
    """The pair with all its words comes to its end, one way or another."""
    fill(pair, timezone.now())
    if by == "leaves":
        actions.leave_mentoring(member=pair.mentor)
    elif by == "date":
        Pairing.objects.update(closes_at=timezone.now())
    else:
        actions.end_pairing(member=pair.mentee, pairing=pair.pairing, reason="done")
        said = dict.fromkeys(("achieved", "thanks", "next_step"), WORD)
        actions.close_pairing(member=pair.mentor, pairing=pair.pairing, **said)
        actions.close_pairing(
            member=pair.mentee, pairing=pair.pairing, **said | {"thanks": "Thank you."}
        )


@pytest.mark.parametrize("by", ["closes", "leaves", "date"])
def test_who_was_the_mentor_keeps_what_protects_and_no_word(
    signed_in: Callable[..., Client], post: Callable[..., HttpResponse], by: str
) -> None:
    pair = new_pair()
    ended(pair, by)
    client = signed_in(pair.mentor)
    for name in ("pair", "pair_report", "pair_block"):
        response = client.get(url(pair, name))
        page = response.content.decode()
        assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)
        assert "https://www.wikipedia.org/" in page
        for word in (WORD, pair.mentee.name, "I want to write a small program.", "None", "1 of"):
            assert word not in page, (name, word)
    bare = client.get(url(pair, "pair")).content.decode()
    assert "<h1>This pairing has ended</h1>" in bare
    assert url(pair, "pair_report") in bare and url(pair, "pair_block") in bare
    sent = {"kind": "money", "words": SECRET, "key": key_of(1), "blocks": "on"}
    response = post(pair.mentor, url(pair, "pair_report"), **sent)
    assert (response.status_code, response["Location"]) == (303, "/mentorship/reported/")
    case = SafetyCase.objects.get()
    assert (case.reporter, case.subject, case.words) == (pair.mentor, pair.mentee, SECRET)
    assert MemberBlock.objects.get().blocked == pair.mentee
    assert not Notice.objects.filter(member=pair.mentee, key__startswith="case").exists()


def test_who_was_the_mentor_blocks_afterwards(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("closed")
    for _time in range(2):
        response = post(pair.mentor, url(pair, "pair_block"))
        assert (response.status_code, response["Location"]) == (303, "/me/")
    assert MemberBlock.objects.get().member == pair.mentor
    assert not Notice.objects.filter(member=pair.mentee).exists()


@pytest.mark.parametrize("state", ["declined", "expired", "withdrawn", "date"])
def test_who_was_asked_keeps_what_protects_and_no_word(
    signed_in: Callable[..., Client], post: Callable[..., HttpResponse], state: str
) -> None:
    values = {"expires_at": timezone.now()} if state == "date" else {}
    pair = new_pair("proposed" if state == "date" else state, decline_words=WORD, **values)
    client = signed_in(pair.mentor)
    for name in ("pair", "pair_report", "pair_block"):
        response = client.get(url(pair, name))
        page = response.content.decode()
        assert (response.status_code, "This question is over" in page) == (200, True)
        proposed = date_format(pair.pairing.proposed_at, "DATE_FORMAT")
        for word in (WORD, pair.mentee.name, pair.ask.words, "None", "You were the", proposed):
            assert word not in page, (name, word)
    bare = client.get(url(pair, "pair")).content.decode()
    assert "<h1>This question is over</h1>" in bare
    assert url(pair, "pair_report") in bare and url(pair, "pair_block") in bare
    sent = {"kind": "unkind", "words": SECRET, "key": key_of(1), "blocks": "on"}
    response = post(pair.mentor, url(pair, "pair_report"), **sent)
    assert (response.status_code, response["Location"]) == (303, "/mentorship/reported/")
    case = SafetyCase.objects.get()
    assert (case.reporter, case.subject) == (pair.mentor, pair.mentee)
    assert MemberBlock.objects.get().blocked == pair.mentee
    assert not Notice.objects.filter(member=pair.mentee, key__startswith="case").exists()
    for who in (pair.outsider, pair.coordinator):
        assert signed_in(who).get(url(pair, "pair")).status_code == 404


@pytest.mark.parametrize("state", ["closed", "declined", "expired", "withdrawn"])
def test_after_twelve_months_the_bare_page_is_gone_too(
    signed_in: Callable[..., Client], state: str
) -> None:
    pair = make_pair(state, at=timezone.now() - 370 * DAY)
    actions.delete_old_words(now=timezone.now())
    for who in (pair.mentor, pair.mentee):
        assert signed_in(who).get(url(pair, "pair")).status_code == 404
