"""The closing step: each has words of their own, nothing typed is lost, and thanks arrive."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.errors import Refused
from mentorship import actions
from mentorship.models import MemberBlock, MentorAsk, Pairing, Pulse
from mentorship.queries.personal import pair_row
from tests.mentorship.pair_page_parts import reader_of
from tests.mentorship.pair_parts import DAY, NOW, Pair, make_pair, told

pytestmark = pytest.mark.django_db
MINE = {"achieved": "zebra-a", "thanks": "zebra-b", "next_step": "zebra-c"}
THEIRS = {"achieved": "heron-a", "thanks": "heron-b", "next_step": "heron-c"}
Post = Callable[..., HttpResponse]


def close(pair: Pair, who: str, **words: Any) -> Pairing:
    facts = {"now": NOW + DAY, **words}
    return actions.close_pairing(member=getattr(pair, who), pairing=pair.pairing, **facts)


def closing(pair: Pair) -> Pair:
    """The pair comes to its end."""
    actions.end_pairing(member=pair.mentor, pairing=pair.pairing, reason="done", now=NOW)
    return pair


@pytest.fixture
def pair() -> Pair:
    return closing(make_pair())


@pytest.fixture
def live() -> Pair:
    """A pair at its end, by the clock of the machine."""
    return make_pair("closing", at=timezone.now() - DAY)


@pytest.fixture
def post(signed_in: Callable[..., Client]) -> Post:
    def send(pair: Pair, who: str, **data: Any) -> HttpResponse:
        address = reverse("mentorship:pair_close", args=[pair.pairing.pk])
        return signed_in(getattr(pair, who)).post(address, data)

    return send


@pytest.fixture
def look(signed_in: Callable[..., Client]) -> Callable[..., str]:
    return reader_of(signed_in)


def test_it_closes_when_both_have_sent_theirs(pair: Pair) -> None:
    first = close(pair, "mentee", achieved=" A page. ", thanks="Thank you.", next_step="A course.")
    assert (first.state, first.ended_at) == ("closing", None)
    assert (first.achieved, first.thanks, first.next_step) == ("A page.", "Thank you.", "A course.")
    assert (first.mentee_closed_at, first.mentor_closed_at) == (NOW + DAY, None)
    assert len(told(pair.mentee)) == 1
    for hours in range(2):
        row = close(pair, "mentor", **THEIRS, now=NOW + 2 * DAY + timedelta(hours=hours))
    assert (row.state, row.ended_at, row.end_reason) == ("closed", NOW + 2 * DAY, "done")
    assert (row.achieved, row.mentor_achieved) == ("A page.", "heron-a")
    assert (row.mentor_thanks, row.mentor_next_step) == ("heron-b", "heron-c")
    assert told(pair.mentee)[-1] == (
        "Your time with Mara Mentor is over. You can ask for a mentor again with one tap."
    )
    assert told(pair.mentor)[-1] == (
        "The pairing that began on 1 November 2026 is over. Thank you for your time and care."
    )


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_one_alone_closes_with_the_date(pair: Pair, who: str) -> None:
    close(pair, who, **MINE)
    row = actions.settle(pairing=pair.pairing, now=NOW + 15 * DAY)
    assert (row.state, row.ended_at) == ("closed", NOW + 14 * DAY)
    words = row.thanks if who == "mentee" else row.mentor_thanks
    assert words == "zebra-b"


def test_words_can_be_changed_until_it_closes(pair: Pair) -> None:
    close(pair, "mentee", **MINE)
    row = close(pair, "mentee", **MINE | {"thanks": "Thanks to you."})
    assert (row.state, row.thanks, row.achieved) == ("closing", "Thanks to you.", "zebra-a")


def test_who_goes_on_says_the_end_anew(pair: Pair) -> None:
    close(pair, "mentee", **MINE)
    facts: dict[str, Any] = {"member": pair.coordinator, "pairing": pair.pairing, "reason": "Both."}
    actions.move_pairing(verb="reopen", now=NOW + DAY, **facts)
    closing(pair)
    assert close(pair, "mentor").state == "closing"
    assert close(pair, "mentee").state == "closed"


def test_only_at_the_end_and_only_the_two() -> None:
    pair = make_pair()
    with pytest.raises(Refused, match=r"^This has changed meanwhile."):
        close(pair, "mentee", now=NOW)
    closing(pair)
    for who in ("outsider", "coordinator", "safety"):
        with pytest.raises(Refused, match=r"^This is not your pair\.$"):
            close(pair, who)


@pytest.mark.parametrize("field", ["achieved", "thanks", "next_step"])
@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_long_closing_words_are_refused(pair: Pair, who: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        close(pair, who, **{field: "x" * 1001})
    assert refusal.value.field == field
    assert pair.again().mentee_closed_at is pair.again().mentor_closed_at is None


def test_late_words_are_refused_and_a_second_tap_is_not(pair: Pair) -> None:
    close(pair, "mentor", **THEIRS)
    close(pair, "mentee", **MINE)
    assert close(pair, "mentee", **MINE).state == close(pair, "mentee").state == "closed"
    with pytest.raises(Refused, match=r"^This is over already, so your words were not kept\.$"):
        close(pair, "mentee", thanks="Late")
    assert pair.again().thanks == "zebra-b"


def pulses(pair: Pair) -> list[tuple[str, str, int, bool]]:
    rows = Pulse.objects.filter(pairing=pair.pairing, member__isnull=False).order_by("pk")
    found = rows.select_related("member")
    return [
        (row.member.username, row.point, row.going, row.wants_call) for row in found if row.member
    ]


def test_the_last_two_questions_may_be_answered_with_the_end(pair: Pair) -> None:
    """The first answer stands; nobody has to answer."""
    close(pair, "mentee", **MINE)
    assert pulses(pair) == []
    close(pair, "mentee", **MINE, going=1, wants_call=True)
    close(pair, "mentee", **MINE, going=3)
    close(pair, "mentor", going=3)
    assert pulses(pair) == [("lea", "end", 1, True), ("mara", "end", 3, False)]
    assert pair.again().state == "closed"
    assert close(pair, "mentee", **MINE, going=2).state == "closed"
    assert len(pulses(pair)) == 2


def test_an_answer_that_is_none_or_late_is_refused(pair: Pair) -> None:
    for going in (None, 7):
        with pytest.raises(Refused) as refusal:
            close(pair, "mentee", **MINE, going=going, wants_call=True)
        assert refusal.value.field == "going"
    assert pair.again().mentee_closed_at is None
    with pytest.raises(Refused, match=r"^This is over already, so your answer was not kept\.$"):
        close(pair, "mentee", going=2, now=NOW + 20 * DAY)
    assert pulses(pair) == []


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_the_two_questions_stand_in_the_closing_form(
    live: Pair, post: Post, look: Callable[..., str], who: str
) -> None:
    """Once, and no more when they are answered. A call without an answer keeps the words."""
    page = look(live, who)
    assert page.count("How did it go with the two of you?") == 1
    assert (page.count('name="going"'), page.count('name="wants_call"')) == (3, 1)
    refused = post(live, who, **MINE, wants_call="on")
    text = refused.content.decode()
    assert (refused.status_code, "Choose how it goes." in text) == (422, True)
    assert all(word in text for word in MINE.values())
    assert post(live, who, **MINE, going="2", wants_call="on").status_code == 303
    assert pulses(live) == [(getattr(live, who).username, "end", 2, True)]
    assert 'name="going"' not in look(live, who)


def test_each_reads_the_thanks_of_the_other_one(
    live: Pair, post: Post, look: Callable[..., str]
) -> None:
    assert post(live, "mentor", **THEIRS)["Location"].endswith(f"/pairs/{live.pairing.pk}/")
    assert "heron-b" in look(live, "mentee") and "heron-b" in look(live, "mentor")
    assert "Mara Mentor has said at the end:" in look(live, "mentee")
    assert "Change my words" in look(live, "mentor")
    assert "Your words for the end are kept." in look(live, "mentor")
    assert post(live, "mentee", **MINE).status_code == 303
    assert live.again().state == "closed"
    mine, bare = look(live, "mentee"), look(live, "mentor")
    assert [word in mine for word in (*MINE.values(), *THEIRS.values())] == [True] * 6
    assert [word in bare for word in MINE.values()] == [False, True, False]
    assert "The learner thanks you" in bare
    assert not any(word in bare for word in (*THEIRS.values(), "Lea Learner"))


def test_what_was_not_sent_is_not_shown(live: Pair, look: Callable[..., str]) -> None:
    """As where a pair has closed before each had words of their own."""
    Pairing.objects.update(state="closed", ended_at=timezone.now(), **MINE)
    assert "zebra-b" not in look(live, "mentor")
    assert "zebra-b" in look(live, "mentee")


@pytest.mark.parametrize("by", ["block", "blocked", "safety"])
def test_no_thanks_after_a_block(live: Pair, post: Post, look: Callable[..., str], by: str) -> None:
    post(live, "mentee", **MINE)
    post(live, "mentor")
    assert "zebra-b" in look(live, "mentor")
    one, other = (live.mentor, live.mentee) if by == "block" else (live.mentee, live.mentor)
    if by == "safety":
        Pairing.objects.update(end_reason="safety")
    else:
        MemberBlock.objects.create(member=one, blocked=other, made_at=timezone.now())
    assert "zebra-b" not in look(live, "mentor")
    assert "zebra-b" not in str(pair_row(live.again(), live.mentor))


def test_late_forms_give_the_words_back(live: Pair, post: Post) -> None:
    facts: dict[str, Any] = {"member": live.coordinator, "pairing": live.pairing}
    actions.move_pairing(verb="close", reason="Both asked.", **facts)
    for who in ("mentor", "mentee"):
        late = post(live, who, **MINE)
        page = late.content.decode()
        assert (late.status_code, "What you typed" in page) == (422, True)
        assert all(word in page for word in MINE.values())
    assert "Lea Learner" not in post(live, "mentor", **MINE).content.decode()
    assert live.again().thanks == live.again().mentor_thanks == ""
    assert not MentorAsk.objects.filter(state="waiting").exists()


def test_a_second_tap_of_the_mentor_goes_home(live: Pair, post: Post) -> None:
    post(live, "mentee", **MINE)
    for _time in range(2):
        response = post(live, "mentor", **THEIRS)
        assert (response.status_code, response["Location"]) == (303, "/me/")
    assert post(live, "mentor", thanks="Late").status_code == 422


def test_the_data_of_each_have_their_own_words_and_the_thanks(pair: Pair) -> None:
    close(pair, "mentor", **THEIRS)
    close(pair, "mentee", **MINE)
    row = pair.again()
    assert pair_row(row, pair.mentee)[-5:-1] == (*MINE.values(), "heron-b")
    assert pair_row(row, pair.mentor)[-5:-1] == (*THEIRS.values(), "zebra-b")


@pytest.mark.parametrize(
    ("who", "left"), [("mentor", ["zebra-b", ""]), ("mentee", ["", ""]), ("", ["", ""])]
)
def test_erasing_and_a_year_take_them_away(pair: Pair, who: str, left: list[str]) -> None:
    close(pair, "mentor", **THEIRS)
    close(pair, "mentee", **MINE)
    if who:
        actions.forget_pairs(member=getattr(pair, who), now=NOW + 3 * DAY)
    else:
        actions.delete_old_words(now=NOW + 366 * DAY)
    row = pair.again()
    assert [row.thanks, row.mentor_thanks + row.mentor_achieved + row.mentor_next_step] == left
