"""The pair's page: who comes in, what it shows to whom, and what each form does."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from courses.models import Enrolment
from members.actions import give_consent
from members.models import Consent
from mentorship import actions
from mentorship.actions.words import tell_proposed
from mentorship.models import (
    Goal,
    MentorAsk,
    Pairing,
    PairMessage,
    PairNote,
    Pulse,
)
from mentorship.queries.moments import hour_words
from tests import desk_parts
from tests.mentorship import factories
from tests.mentorship.pair_parts import DAY, Pair, key_of, make_pair, told

pytestmark = pytest.mark.django_db
STATES = [
    "proposed",
    "accepted",
    "active",
    "paused",
    "closing",
    "closed",
    "declined",
    "expired",
    "withdrawn",
]
POSTS = [
    "mentorship:pair_answer",
    "mentorship:pair_withdraw",
    "mentorship:pair_message",
    "mentorship:pair_note",
    "mentorship:pair_goal",
    "mentorship:pair_progress",
    "mentorship:pair_pulse",
    "mentorship:pair_pause",
    "mentorship:pair_resume",
    "mentorship:pair_extend",
    "mentorship:pair_end",
    "mentorship:pair_close",
    "mentorship:pair_again",
    "mentorship:pair_goal_met",
]


def new_pair(state: str = "active", ago: int = 1, **values: Any) -> Pair:
    return make_pair(state, at=timezone.now() - ago * DAY, **values)


def url(pair: Pair, name: str = "mentorship:pair", *more: object) -> str:
    full = name if ":" in name else f"mentorship:{name}"
    return reverse(full, args=[pair.pairing.pk, *more])


@pytest.fixture
def look(signed_in: Callable[..., Client]) -> Callable[..., str]:
    """The page as one person sees it."""

    def read(pair: Pair, who: str, status: int = 200, query: str = "") -> str:
        response = signed_in(getattr(pair, who)).get(url(pair) + query)
        assert response.status_code == status
        return response.content.decode()

    return read


@pytest.fixture
def post(signed_in: Callable[..., Client]) -> Callable[..., HttpResponse]:
    """What one person sends."""

    def send(pair: Pair, who: str, name: str, *more: object, **data: Any) -> HttpResponse:
        return signed_in(getattr(pair, who)).post(url(pair, name, *more), data)

    return send


def plain(page: str) -> str:
    """The words of a page in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", ["mentor", "mentee", "coordinator", "safety", "admin", "outsider"])
def test_who_comes_in(signed_in: Callable[..., Client], state: str, who: str) -> None:
    pair = new_pair(state)
    response = signed_in(getattr(pair, who)).get(url(pair))
    open_to = who in ("mentee", "mentor")
    assert response.status_code == (200 if open_to else 404)
    if open_to:
        assert response["Cache-Control"] == (
            "max-age=0, no-cache, no-store, must-revalidate, private"
        )


def test_what_is_not_mine_is_missing_like_what_is_not_there(
    signed_in: Callable[..., Client],
) -> None:
    pair = new_pair()
    client = signed_in(pair.outsider)
    theirs, missing = client.get(url(pair)), client.get(reverse("mentorship:pair", args=[987654]))
    clean = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|/mentorship/pairs/\d+/')
    pages = [clean.sub("", one.content.decode()) for one in (theirs, missing)]
    assert (theirs.status_code, pages[0]) == (404, pages[1])


def test_a_visitor_signs_in(client: Client) -> None:
    pair = new_pair()
    response = client.get(url(pair))
    assert (response.status_code, response["Location"]) == (
        302,
        f"/accounts/login/?next={url(pair)}",
    )


@pytest.mark.parametrize("name", POSTS)
def test_others_can_send_nothing(
    client: Client, post: Callable[..., HttpResponse], name: str
) -> None:
    pair = new_pair()
    more = [1] if name.endswith("_met") else []
    for who in ("coordinator", "safety", "admin", "outsider"):
        assert post(pair, who, name, *more, words="x", decision="yes").status_code == 404
    assert client.post(url(pair, name, *more)).status_code == 302
    assert client.get(url(pair, name, *more)).status_code == 405
    assert pair.again().state == "active"


def test_who_was_the_mentor_has_lost_it_at_once(
    look: Callable[..., str], post: Callable[..., HttpResponse]
) -> None:
    """Also where only a date has ended it, and after leaving."""
    over = new_pair(ago=300)
    assert over.pairing.state == "active"
    bare = look(over, "mentor")
    assert "This pairing has ended" in bare and "Lea Learner" not in bare
    response = post(over, "mentor", "pair_extend")
    assert (response.status_code, response["Location"]) == (303, "/me/")
    written = post(over, "mentor", "pair_message", words="kept-words")
    assert written.status_code == 422
    assert "kept-words" in written.content.decode()
    assert "Lea Learner" not in written.content.decode()
    assert not PairMessage.objects.exists()


def test_a_mentee_who_writes_too_late_gets_the_words_back(
    post: Callable[..., HttpResponse],
) -> None:
    over = new_pair("closed")
    response = post(over, "mentee", "pair_message", words="kept-words")
    assert response.status_code == 422
    assert "What you typed" in response.content.decode()
    assert "kept-words" in response.content.decode()


SECRETS = ("zebra-mine", "zebra-theirs", "zebra-shared", "zebra-message", "zebra-goal")


def fill(pair: Pair) -> None:
    """Planted words in every place."""
    both: dict[str, Any] = {"pairing": pair.pairing}
    mentor, mentee = pair.mentor, pair.mentee
    for who, words, private in (
        (mentee, "zebra-mine", True),
        (mentor, "zebra-theirs", True),
        (mentor, "zebra-shared", False),
    ):
        actions.add_note(member=who, key=key_of(words), words=words, is_private=private, **both)
    actions.send_message(member=mentor, key=key_of(1), words="zebra-message", **both)
    actions.set_goal(member=mentee, number=1, words="zebra-goal", **both)


def secrets_in(page: str) -> list[str]:
    return [word for word in SECRETS if word in page]


def test_private_notes_are_of_one_and_marked(look: Callable[..., str]) -> None:
    pair = new_pair()
    fill(pair)
    mine, theirs = look(pair, "mentee"), look(pair, "mentor")
    assert secrets_in(mine) == ["zebra-mine", "zebra-shared", "zebra-message", "zebra-goal"]
    assert secrets_in(theirs) == ["zebra-theirs", "zebra-shared", "zebra-message", "zebra-goal"]
    assert mine.count("Only you</span>") == theirs.count("Only you</span>") == 1
    actions.end_pairing(member=pair.mentee, pairing=pair.pairing, reason="done")
    actions.close_pairing(member=pair.mentee, pairing=pair.pairing, thanks="zebra-thanks")
    actions.close_pairing(member=pair.mentor, pairing=pair.pairing)
    assert secrets_in(look(pair, "mentee")) == secrets_in(mine)
    assert "zebra-thanks" in look(pair, "mentee")


def test_a_mentor_who_left_finds_no_word_and_the_mentee_all(look: Callable[..., str]) -> None:
    pair = new_pair()
    fill(pair)
    actions.leave_mentoring(member=pair.mentor)
    assert secrets_in(look(pair, "mentor")) == []
    assert secrets_in(look(pair, "mentee")) == [one for one in SECRETS if one != "zebra-theirs"]


def test_staff_find_no_word_of_a_pair_on_their_desk(signed_in: Callable[..., Client]) -> None:
    pair = new_pair()
    fill(pair)
    client = signed_in(pair.coordinator)
    for name in ("desk_pairs", "desk_board"):
        page = client.get(reverse(f"mentorship:{name}", args=["riverside"])).content.decode()
        assert secrets_in(page) == []


def test_markup_is_shown_and_not_run(look: Callable[..., str]) -> None:
    pair = new_pair()
    nasty = "<img src=x onerror=alert(1)> javascript:alert(1)"
    actions.send_message(member=pair.mentor, pairing=pair.pairing, key=key_of(1), words=nasty)
    page = look(pair, "mentee")
    assert "<img src=x" not in page and "&lt;img src=x onerror=alert(1)&gt;" in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("state", "mentor", "mentee"),
    [
        ("accepted", "Meet for the first time by ", "Meet for the first time by "),
        ("active", "Your time together lasts until ", "Your time together lasts until "),
        ("paused", "You have a break. You go on on ", "You have a break. You go on on "),
        ("closing", "Say what you reached by ", "Say what you reached by "),
    ],
)
def test_a_date_is_always_said(
    look: Callable[..., str], state: str, mentor: str, mentee: str
) -> None:
    pair = new_pair(state)
    assert mentor in look(pair, "mentor")
    assert mentee in look(pair, "mentee")


def test_a_no_reads_like_one_that_ran_out(look: Callable[..., str]) -> None:
    pair = new_pair("declined", ago=9)
    page = re.compile(r'csrfmiddlewaretoken" value="\w+"')
    no = page.sub("", look(pair, "mentee"))
    Pairing.objects.update(state="expired", decline_words="")
    assert page.sub("", look(pair, "mentee")) == no
    assert "Mara Mentor cannot be your mentor at the moment. You keep your place." in no
    Pairing.objects.update(state="withdrawn")
    assert "This question was taken back." in look(pair, "mentee")


def test_an_answer_is_due_by_the_clock_of_who_reads_it(look: Callable[..., str]) -> None:
    """The clock is named where it is not the one of the hub."""
    pair = new_pair("proposed")
    due, madrid = pair.pairing.expires_at, ZoneInfo("Europe/Madrid")
    mine = f"Please answer by {hour_words(due, madrid)} (clock of Madrid)."
    assert mine in look(pair, "mentor")
    theirs = look(pair, "mentee")
    assert f"You know more by {hour_words(due, ZoneInfo('UTC'))}." in theirs
    assert "clock of" not in theirs


def test_the_notice_of_a_question_names_the_clock_of_the_mentor() -> None:
    pair = new_pair("proposed")
    tell_proposed(pair.pairing, timezone.now())
    assert told(pair.mentor)[-1].endswith(" (clock of Madrid).")


def test_the_page_says_by_whose_clock_its_times_are(look: Callable[..., str]) -> None:
    pair = new_pair()
    assert "Times are by the clock of Madrid." in look(pair, "mentor")
    assert "Times are by the clock of UTC." in look(pair, "mentee")


@pytest.mark.parametrize("state", ["declined", "expired"])
@pytest.mark.parametrize(
    ("ask", "words", "way"),
    [
        ("waiting", "You keep your place.", "mentorship:mentor_ask_cards"),
        ("paired", "Another mentor said yes to you.", "hub:me"),
        ("withdrawn", "You took your question back.", "mentorship:mentor_ask"),
    ],
)
def test_an_old_question_says_what_has_become_of_it(
    look: Callable[..., str], state: str, ask: str, words: str, way: str
) -> None:
    pair = new_pair(state, ago=9)
    MentorAsk.objects.update(state=ask)
    page = look(pair, "mentee")
    assert words in page and f'class="button" href="{reverse(way)}"' in page
    assert ("You keep your place" in page) is (ask == "waiting")


def test_a_proposal_shows_the_mentor_what_is_asked(look: Callable[..., str]) -> None:
    explanation = {
        "band": "good",
        "reasons": [
            {"code": "topic", "topic": "coding"},
            {"code": "ahead", "steps": 2},
            {"code": "hours", "minutes": 120},
            {"code": "course", "course": "x"},
            {"code": "hub"},
            {"code": "waiting"},
            {"code": "language", "languages": ["en"]},
        ],
    }
    pair = new_pair("proposed", explanation=explanation, staff_reason="You two know bread.")
    page = plain(look(pair, "mentor"))
    for words in (
        "Lea Learner asks you to be a mentor",
        "Please answer by ",
        "I want to write a small program.",
        "Riverside says: You two know bread.",
        "You help with Coding.",
        "You are 2 courses ahead in this topic.",
        "You are both free for about 2 hours a week.",
        "You took the course ",
        "You come from the same hub.",
        "You have time now.",
        "You both speak English.",
        "Yes, I will mentor",
        "Not now",
        "Monday evening, Wednesday evening",
    ):
        assert words in page, words
    mentee = plain(look(pair, "mentee"))
    for words in ("You have asked Mara Mentor", "You know more by ", "Take it back"):
        assert words in mentee, words


def test_two_taps_to_a_yes(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("proposed", ago=0)
    for _time in range(2):
        response = post(pair, "mentor", "pair_answer", decision="yes")
        assert (response.status_code, response["Location"]) == (303, url(pair))
    assert pair.again().state == "accepted"


def test_not_now_is_private_and_final(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("proposed", ago=0)
    for _time in range(2):
        response = post(pair, "mentor", "pair_answer", decision="not-now", words="Holiday")
        assert (response.status_code, response["Location"]) == (303, "/me/")
    row = pair.again()
    assert (row.state, row.decline_words) == ("declined", "Holiday")


def test_an_answer_that_is_none_is_given_back(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("proposed", ago=0)
    response = post(pair, "mentor", "pair_answer", decision="perhaps", words="kept-words")
    assert response.status_code == 422
    assert "Press “Yes, I will mentor” or “Not now”." in response.content.decode()
    long = post(pair, "mentor", "pair_answer", decision="not-now", words="kept " * 200)
    assert (long.status_code, "kept kept" in long.content.decode()) == (422, True)
    assert post(pair, "mentee", "pair_answer", decision="yes").status_code == 422
    assert pair.again().state == "proposed"


def test_a_late_yes_is_told_kindly(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("proposed", ago=9)
    response = post(pair, "mentor", "pair_answer", decision="yes")
    assert (response.status_code, response["Location"]) == (303, "/me/")
    assert pair.again().state != "accepted"


def test_a_question_is_taken_back(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("proposed", ago=0)
    for _time in range(2):
        response = post(pair, "mentee", "pair_withdraw")
        assert (response.status_code, response["Location"]) == (303, url(pair))
    assert pair.again().state == "withdrawn"
    active = post(new_pair_again(pair), "mentee", "pair_withdraw")
    assert active.status_code == 422
    assert "Mara Mentor has said yes already." in active.content.decode()


def new_pair_again(pair: Pair) -> Pair:
    """The same two, a pair after all."""
    Pairing.objects.update(state="active", accepted_at=timezone.now(), answered_at=timezone.now())
    return pair


def test_a_message_is_sent_once(
    post: Callable[..., HttpResponse], look: Callable[..., str]
) -> None:
    pair = new_pair()
    key = re.search(r'name="key" value="([\w-]+)" id="message_key"', look(pair, "mentee"))
    assert key
    for _time in range(2):
        response = post(pair, "mentee", "pair_message", words="Hello", key=key[1])
        assert (response.status_code, response["Location"]) == (303, f"{url(pair)}#last-message")
    assert PairMessage.objects.get().words == "Hello"
    assert post(pair, "mentee", "pair_message", words="Hi", key="nonsense").status_code == 303


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("pair_message", {"words": " "}, "Write a few words first."),
        ("pair_message", {"words": "kept " * 900}, "This is too long."),
        ("pair_note", {"words": "kept " * 900, "is_private": "on"}, "This is too long."),
        ("pair_goal", {"words": "kept " * 90, "number": "2"}, "This is too long."),
        ("pair_goal", {"words": "kept", "number": "9"}, "Three goals are the most."),
        ("pair_pulse", {"point": "week_2"}, "Choose how it goes."),
        ("pair_pulse", {"point": "week_6", "going": "3"}, "Nobody asks this now."),
        ("pair_pause", {"until": "never"}, "Write the day like 2027-03-20."),
        ("pair_pause", {"until": "2019-01-01"}, "within the next twelve weeks"),
        ("pair_end", {}, "Choose one of the reasons."),
        ("pair_close", {"achieved": "kept " * 400}, "This is too long."),
        ("pair_close", {"thanks": "kept"}, "This has changed meanwhile."),
        ("pair_again", {}, "Your time together is not over."),
    ],
)
def test_what_is_refused_is_given_back(
    post: Callable[..., HttpResponse], name: str, data: dict[str, str], words: str
) -> None:
    pair = new_pair(ago=15)
    response = post(pair, "mentee", name, **data)
    page = response.content.decode()
    assert (response.status_code, words in page) == (422, True)
    if "kept " in data.get("words", "") + data.get("achieved", ""):
        assert "kept kept kept" in page
    assert pair.again().state == "active"


def test_notes_goals_and_pulse_are_kept(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair(ago=15)
    at = url(pair)
    sent = [
        post(pair, "mentor", "pair_note", words="N", is_private="on"),
        post(pair, "mentee", "pair_goal", words="G", number="1"),
        post(pair, "mentor", "pair_goal_met", 1, met="yes"),
        post(pair, "mentor", "pair_pulse", point="week_2", going="1", wants_call="on"),
    ]
    assert [(one.status_code, one["Location"]) for one in sent] == [
        (303, f"{at}#notes"),
        (303, f"{at}#goals"),
        (303, f"{at}#goals"),
        (303, at),
    ]
    assert PairNote.objects.get().is_private
    assert Goal.objects.get().met_at is not None
    assert (Pulse.objects.get().going, Pulse.objects.get().wants_call) == (1, True)
    post(pair, "mentee", "pair_goal_met", 1, met="no")
    assert Goal.objects.get().met_at is None
    assert post(pair, "mentee", "pair_goal_met", 3, met="yes").status_code == 422
    assert post(pair, "mentee", "pair_goal", words="", number="1").status_code == 303
    assert not Goal.objects.exists()


def test_two_questions_when_they_are_due_and_not_twice(
    look: Callable[..., str], post: Callable[..., HttpResponse]
) -> None:
    pair = new_pair(ago=15)
    assert "Two short questions" in look(pair, "mentor")
    post(pair, "mentor", "pair_pulse", point="week_2", going="3")
    assert "Two short questions" not in look(pair, "mentor")
    assert "Two short questions" in look(pair, "mentee")


def test_a_break_more_time_and_a_kind_end(
    post: Callable[..., HttpResponse], look: Callable[..., str]
) -> None:
    pair = new_pair()
    until = (timezone.now() + 10 * DAY).date()
    assert post(pair, "mentor", "pair_pause", until=until.isoformat()).status_code == 303
    assert pair.again().state == "paused"
    assert "Go on now" in look(pair, "mentee")
    assert post(pair, "mentee", "pair_resume").status_code == 303
    assert pair.again().state == "active"
    assert "Take more time" in look(pair, "mentee")
    assert post(pair, "mentee", "pair_extend").status_code == 303
    assert "Take more time" not in look(pair, "mentee")
    ended = post(pair, "mentor", "pair_end", reason="no_time")
    assert ended["Location"] == f"{url(pair)}#closing"
    page = look(pair, "mentee")
    assert "what you reached, and thank you" in page and "I want a mentor again" in page
    assert "No time any more" not in page
    assert "I want a mentor again" not in look(pair, "mentor")
    closed = post(pair, "mentee", "pair_close", achieved="All", thanks="You", again="on")
    assert (closed.status_code, closed["Location"]) == (303, url(pair))
    row = pair.again()
    assert (row.state, row.achieved, row.thanks) == ("closing", "All", "You")
    assert MentorAsk.objects.get(state="waiting").member == pair.mentee
    assert post(pair, "mentor", "pair_close").status_code == 303
    assert pair.again().state == "closed"
    assert "You asked for a mentor again." in look(pair, "mentee")


def test_the_mentor_does_not_ask_again(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("closing")
    assert post(pair, "mentor", "pair_close", thanks="You", again="on").status_code == 303
    assert not MentorAsk.objects.filter(state="waiting").exists()


def test_again_with_one_tap(post: Callable[..., HttpResponse], look: Callable[..., str]) -> None:
    pair = new_pair("closed")
    assert "Ask for a mentor again" in look(pair, "mentee")
    for _time in range(2):
        assert post(pair, "mentee", "pair_again").status_code == 303
    assert MentorAsk.objects.filter(state="waiting").count() == 1


def with_course(pair: Pair, *, shares: bool = True) -> None:
    """The ask is about a course in which the mentee has done two of three lessons."""
    course = desk_parts.make_course(pair.hub)
    desk_parts.make_enrolment(pair.mentee, course, pair.hub, done=2)
    MentorAsk.objects.update(course=course, shares_progress=shares)
    give_consent(member=pair.mentee, kind="mentor-progress", wording="Yes.")


def test_progress_is_for_the_mentor_and_with_consent_only(look: Callable[..., str]) -> None:
    pair = new_pair()
    with_course(pair)
    words = "2 of 3 done"
    assert words in look(pair, "mentor")
    assert words not in look(pair, "mentee")
    Consent.objects.update(withdrawn_at=timezone.now() + timedelta(days=1))
    assert words not in look(pair, "mentor")
    Consent.objects.update(withdrawn_at=None)
    MentorAsk.objects.update(shares_progress=False)
    assert words not in look(pair, "mentor")
    MentorAsk.objects.update(shares_progress=True)
    Enrolment.objects.all().delete()
    assert words not in look(pair, "mentor")


def test_no_answer_promises_a_question_to_somebody_else(signed_in: Callable[..., Client]) -> None:
    """The learner chooses alone, so nobody else is asked."""
    pair = new_pair("proposed")
    client = signed_in(pair.mentor)
    page = client.get(url(pair)).content.decode()
    assert "The learner is told when the time is over." in page
    client.post(url(pair, "pair_answer"), {"decision": "not-now"})
    page = client.get("/me/").content.decode()
    assert "Thank you for your answer. The learner is told when the time is over." in page
    assert "somebody else" not in page


def test_a_private_note_says_who_may_read_it_all_the_same(look: Callable[..., str]) -> None:
    page = look(new_pair(), "mentee")
    assert "Only for me. After a report, the safety lead may read it, and that is logged." in page


def test_pair_progress_is_shown_and_taken_back_by_the_mentee(
    look: Callable[..., str], post: Callable[..., HttpResponse]
) -> None:
    pair = new_pair()
    with_course(pair)
    page = look(pair, "mentee")
    assert "Mara Mentor sees: 2 of 3 lessons." in page and "Stop showing this" in page
    answer = post(pair, "mentee", "pair_progress", show="no")
    assert (answer.status_code, answer["Location"]) == (303, f"{url(pair)}#about")
    assert not Consent.objects.standing().exists()
    page = look(pair, "mentee")
    assert "Mara Mentor does not see how far you are." in page
    assert "2 of 3" not in look(pair, "mentor")
    post(pair, "mentee", "pair_progress", show="yes")
    assert "My mentor may see how far I am in" in Consent.objects.standing().get().wording
    assert "2 of 3 done" in look(pair, "mentor")


def test_pair_progress_is_not_for_the_mentor(
    look: Callable[..., str], post: Callable[..., HttpResponse]
) -> None:
    pair = new_pair()
    with_course(pair, shares=False)
    answer = post(pair, "mentor", "pair_progress", show="yes")
    assert answer.status_code == 422
    assert "Only the learner says who sees this." in answer.content.decode()
    assert "2 of 3" not in look(pair, "mentor")
    assert "Show my progress in this course" not in look(pair, "mentor")
    assert pair.again().shows_progress is None


def test_pair_progress_needs_a_course(
    look: Callable[..., str], post: Callable[..., HttpResponse]
) -> None:
    pair = new_pair()
    assert "Show my progress" not in look(pair, "mentee")
    assert post(pair, "mentee", "pair_progress", show="yes").status_code == 422
    assert not Consent.objects.exists()


def test_earlier_messages_open_with_a_tap(look: Callable[..., str]) -> None:
    pair = new_pair()
    now = timezone.now()
    PairMessage.objects.bulk_create(
        [
            PairMessage(
                pairing=pair.pairing,
                key=key_of(n),
                words=f"m{n:03}",
                author=pair.mentee,
                made_at=now,
            )
            for n in range(53)
        ]
    )
    page, whole = look(pair, "mentor"), look(pair, "mentor", query="?messages=all")
    assert ("m003" in page, "m002" in page, "Show earlier messages" in page) == (True, False, True)
    assert ("m000" in whole, "Show earlier messages" in whole) == (True, False)


def test_somebody_who_left_is_named_so(look: Callable[..., str]) -> None:
    pair = new_pair()
    fill(pair)
    Pairing.objects.update(mentor=None)
    PairMessage.objects.update(author=None)
    assert "You and somebody who has left" in look(pair, "mentee")


def count(signed_in: Callable[..., Client], pair: Pair, who: str) -> int:
    client = signed_in(getattr(pair, who))
    client.get(url(pair))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url(pair)).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("who", "statements"), [("mentee", 13), ("mentor", 13)])
def test_what_the_page_costs(signed_in: Callable[..., Client], who: str, statements: int) -> None:
    pair = new_pair()
    with_course(pair)
    for number in (1, 2, 3):
        both: dict[str, Any] = {"pairing": pair.pairing, "key": key_of(number)}
        actions.send_message(member=pair.mentor, words=f"m{number}", **both)
        actions.add_note(member=pair.mentor, words=f"n{number}", **both)
        actions.set_goal(member=pair.mentee, pairing=pair.pairing, number=number, words="g")
        actions.plan_meeting(
            member=pair.mentor, starts_at=timezone.now() + number * DAY, way="phone", **both
        )
        if number != 2:
            assert count(signed_in, pair, who) == statements


def test_a_quick_way_out_and_a_way_to_report(look: Callable[..., str]) -> None:
    pair = new_pair()
    page = look(pair, "mentee")
    link = '<a class="button quiet" href="https://www.wikipedia.org/" rel="noreferrer" data-exit>'
    assert link in page
    assert f'href="{url(pair, "pair_report")}"' in page
    assert f'href="{url(pair, "pair_block")}"' in page


@pytest.mark.parametrize(
    ("state", "who", "words"),
    [
        ("active", "mentee", "Mara Mentor is away from 4 to 5."),
        ("active", "mentor", "You are away from 4 to 5. Lea Learner knows it."),
        ("proposed", "mentor", "You are away from 4 to 5. If you say yes, Lea Learner is told."),
        ("proposed", "mentee", ""),
        ("closed", "mentee", ""),
    ],
)
def test_days_away_stand_on_the_page(
    look: Callable[..., str], state: str, who: str, words: str
) -> None:
    """Those that are not over and begin before the end of the time."""
    pair = new_pair(state)
    now = timezone.now()
    for ahead, days in ((-9, 7), (4, 1), (90, 3)):
        factories.make_absence(pair.giver, now + ahead * DAY, days=days)
    first, last = (date_format(now + ahead * DAY, "DATE_FORMAT") for ahead in (4, 5))
    page = plain(look(pair, who))
    expected = words.replace("from 4 to 5", f"from {first} to {last}")
    assert expected in page
    assert page.count(" away from ") == (1 if words else 0)


def marks(page: str) -> dict[str, str]:
    """What the forms that keep typed words in the browser are marked with."""
    return dict(re.findall(r'data-keep="([\w-]+)" data-mark="(\d*)"', page))


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_what_the_browser_keeps_is_marked_by_what_has_arrived(
    look: Callable[..., str], who: str
) -> None:
    """The mark changes with one's own message and with a plan; the other's message leaves it."""
    pair = new_pair()
    own, other = getattr(pair, who), pair.mentee if who == "mentor" else pair.mentor
    facts: dict[str, Any] = {"pairing": pair.pairing}
    assert marks(look(pair, who)) == {"message": "0", "plan": "0"}
    mine = actions.send_message(member=own, key=key_of(1), words="m1", **facts)
    actions.send_message(member=other, key=key_of(2), words="m2", **facts)
    meeting = actions.plan_meeting(
        member=own, key=key_of(3), starts_at=timezone.now() + DAY, way="phone", **facts
    )
    page = look(pair, who)
    assert marks(page) == {"message": str(mine.pk), "plan": str(meeting.pk)}
    assert 'data-keep="note"' not in page


def test_the_closing_form_is_marked_when_it_is_sent(look: Callable[..., str]) -> None:
    pair = new_pair("closing")
    assert marks(look(pair, "mentee"))["close"] == ""
    row = actions.close_pairing(member=pair.mentee, pairing=pair.pairing, thanks="Thank you.")
    assert row.mentee_closed_at is not None
    assert marks(look(pair, "mentee"))["close"] == str(int(row.mentee_closed_at.timestamp()))
