"""Asking for a mentor, the second screen: nothing typed is lost, nothing happens twice."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from courses.actions import enrol
from members.actions import join_hub
from members.models import Consent
from mentorship.models import MentorAsk
from tests.factories import packs_of
from tests.mentorship.ask_parts import ASK, BOTH, CARDS, FIRST, WHEN, WORDS, html_of
from tests.mentorship.factories import make_ask, make_mentor, make_pairing, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(cast: SimpleNamespace) -> Any:
    return make_topic()


def test_mentor_ask_when_asks_a_visitor_to_sign_in(client: Client, cast: SimpleNamespace) -> None:
    assert client.get(WHEN)["Location"] == f"/accounts/login/?next={WHEN}"


def test_mentor_ask_when_keeps_the_words_when_the_session_is_over(
    client: Client, cast: SimpleNamespace, topic: Any
) -> None:
    assert client.post(WHEN, BOTH)["Location"] == f"/accounts/login/?next={WHEN}"
    assert client.session["mentor_ask"] == FIRST


def test_mentor_ask_when_without_the_first_screen_leads_there(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    response = signed_in(cast.learner).get(WHEN)
    assert (response.status_code, response["Location"]) == (303, ASK)


def test_mentor_ask_when_knows_what_a_learner_would_tick(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    client.post(ASK, FIRST)
    form = client.get(WHEN, headers={"accept-language": "ti,es;q=0.5"}).context["form"]
    assert form["languages"].value() == ["en"]
    assert [row.data["value"] for row in form.language_rows] == ["ar", "en", "es", "ti"]
    assert form["ways"].value() == ["phone", "video", "hub"]
    assert form["time_zone"].value() == "hub"
    assert "hub" not in form.fields and "shares_progress" not in form.fields


def test_mentor_ask_when_takes_the_ask(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    client.post(ASK, FIRST)
    response = client.post(WHEN, BOTH)
    assert (response.status_code, response["Location"]) == (303, CARDS)
    ask = MentorAsk.objects.get()
    assert (ask.member, ask.hub, ask.topic, ask.words) == (cast.learner, cast.hub, topic, WORDS)
    assert (ask.languages, ask.ways) == (("en",), ("phone", "video"))
    assert ask.slots == ("fri-eve", "mon-eve", "thu-eve", "tue-eve", "wed-eve")
    assert (ask.wishes, ask.important, ask.lesson, ask.shares_progress) == ((), (), None, False)
    assert "mentor_ask" not in client.session


def test_mentor_ask_when_twice_is_one_ask(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    client.post(WHEN, BOTH)
    asked_at = MentorAsk.objects.get().asked_at
    client.post(WHEN, BOTH | {"words": "Other words"})
    ask = MentorAsk.objects.get()
    assert (ask.words, ask.asked_at) == ("Other words", asked_at)


def test_mentor_ask_when_two_tabs_do_not_mix(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    client.post(ASK, FIRST)
    client.post(ASK, FIRST | {"words": "The other tab"})
    client.post(WHEN, BOTH)
    assert MentorAsk.objects.get().words == WORDS


def test_mentor_ask_when_says_what_is_missing_and_keeps_the_rest(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    sent = BOTH | {"spans": [], "languages": [], "ways": ["phone"]}
    response = signed_in(cast.learner).post(WHEN, sent)
    html = html_of(response)
    assert response.status_code == 422
    assert "Tick at least one time." in html and "Tick at least one language." in html
    assert WORDS in html
    assert response.context["form"]["ways"].value() == ["phone"]
    assert not MentorAsk.objects.exists()


def test_mentor_ask_when_takes_single_days(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    client.post(WHEN, BOTH | {"spans": ["end-am"], "slots": ["tue-pm"]})
    assert MentorAsk.objects.get().slots == ("sat-am", "sun-am", "tue-pm")
    form = client.get(WHEN).context["form"]
    assert (form["spans"].value(), form["slots"].value()) == (["end-am"], ["tue-pm"])
    assert form.has_single_days is True


def test_mentor_ask_when_from_a_lesson_asks_for_the_consent(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    enrol(member=cast.learner, course=cast.course)
    client, pack = signed_in(cast.learner), packs_of(cast.course)[0]
    first = FIRST | {"topic": "lesson", "lesson": pack.key}
    client.post(ASK, first)
    assert "shares_progress" in client.get(WHEN).context["form"].fields
    client.post(WHEN, BOTH | first | {"shares_progress": "on"})
    ask = MentorAsk.objects.get()
    assert (ask.lesson_id, ask.course, ask.topic) == (pack.uuid, cast.course, topic)
    assert ask.shares_progress is True
    assert Consent.objects.standing().get(member=cast.learner).kind == "mentor-progress"


def test_mentor_ask_when_a_newcomer_chooses_a_hub(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.outsider)
    response = client.post(WHEN, BOTH)
    assert response.status_code == 422
    assert "Choose the hub that is nearest to you." in html_of(response)
    client.post(WHEN, BOTH | {"hub": "valley"})
    assert MentorAsk.objects.get().hub == cast.other_hub
    assert cast.outsider.memberships.get().hub == cast.other_hub


def give_clocks(cast: SimpleNamespace) -> None:
    """The two hubs live by two clocks; the one that comes first is not the one meant."""
    for hub, zone in ((cast.hub, "Europe/London"), (cast.other_hub, "America/Bogota")):
        hub.time_zone = zone
        hub.save()


def test_mentor_ask_when_the_clock_is_that_of_the_hub_which_is_chosen(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    give_clocks(cast)
    client = signed_in(cast.outsider)
    client.post(ASK, FIRST)
    page = client.get(WHEN)
    assert page.context["form"]["time_zone"].value() == "hub"
    assert "These are times of your hub. Change the clock" in html_of(page)
    assert '<option value="hub" selected>As at my hub</option>' in html_of(page)
    client.post(WHEN, BOTH | {"hub": "valley", "time_zone": "hub"})
    assert MentorAsk.objects.get().time_zone == "America/Bogota"


def test_mentor_ask_when_a_member_of_two_hubs_takes_the_clock_along(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    give_clocks(cast)
    join_hub(member=cast.learner, hub=cast.other_hub)
    client = signed_in(cast.learner)
    client.post(WHEN, BOTH | {"hub": "harbour", "time_zone": "hub"})
    assert MentorAsk.objects.get().time_zone == "Europe/London"
    kept = client.get(WHEN).context["form"]["time_zone"].value()
    client.post(WHEN, BOTH | {"hub": "valley", "time_zone": kept})
    assert (kept, MentorAsk.objects.get().time_zone) == ("hub", "America/Bogota")


def test_mentor_ask_when_another_clock_is_kept_and_named(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    give_clocks(cast)
    client = signed_in(cast.learner)
    client.post(ASK, FIRST)
    page = html_of(client.get(WHEN))
    assert f"These are times of {cast.hub.place}. Change the clock" in page
    assert f">As at my hub: {cast.hub.place}</option>" in page
    client.post(WHEN, BOTH | {"time_zone": "America/Bogota"})
    assert MentorAsk.objects.get().time_zone == "America/Bogota"
    assert "These are times of Bogota. Change the clock" in html_of(client.get(WHEN))


def test_mentor_ask_when_an_unknown_hub_has_no_clock(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    sent = BOTH | {"hub": "moon", "time_zone": "hub"}
    response = signed_in(cast.outsider).post(WHEN, sent)
    assert response.status_code == 422
    assert "Choose a hub from the list." in html_of(response)
    assert response.context["form"]["time_zone"].value() == "hub"
    assert not MentorAsk.objects.exists()


def test_mentor_ask_when_keeps_the_wish_open(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    client.post(WHEN, BOTH | {"wish": "woman", "important": ["hub"]})
    ask = MentorAsk.objects.get()
    assert (ask.wishes, ask.important) == (("woman",), ("hub",))
    form = client.get(WHEN).context["form"]
    assert (form["wish"].value(), form.has_wishes) == ("woman", True)


@pytest.mark.parametrize(
    ("about", "offered"),
    [
        ("coding", ["topic", "hours", "hub"]),
        ("unsure", ["hours", "hub"]),
        ("lesson", ["topic", "hours", "course", "hub"]),
    ],
)
def test_mentor_ask_when_offers_to_mark_what_counts(
    cast: SimpleNamespace,
    topic: Any,
    signed_in: Callable[..., Client],
    about: str,
    offered: list[str],
) -> None:
    """Nobody is asked to mark a course or a topic that the question does not name."""
    client = signed_in(cast.learner)
    lesson = packs_of(cast.course)[0].key if about == "lesson" else ""
    client.post(ASK, FIRST | {"topic": about, "lesson": lesson})
    form = client.get(WHEN).context["form"]
    assert [value for value, _label in form.fields["important"].choices] == offered


def test_mentor_ask_when_shows_why_it_is_refused(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    ask = make_ask(cast.learner, cast.hub)
    make_pairing(ask, make_mentor(cast.mentor, cast.hub), "proposed")
    response = signed_in(cast.learner).post(WHEN, BOTH)
    assert response.status_code == 422
    assert "Mentor has been asked and answers by" in html_of(response)
