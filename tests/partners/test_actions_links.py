"""Links of offers are looked at once a week; a broken one is told after a second look."""

from types import SimpleNamespace

import pytest
from django.test import override_settings

from partners import actions, jobs
from partners.actions import links
from partners.models import Offer
from partners.reach import Answer, Target
from tests.partners.offers_cast import DAY, NOW, fresh, make_site, published, save, sent, told

pytestmark = pytest.mark.django_db
WORDS = "The link of “Welding for beginners” does not work any more. Please look at it."


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


class Web:
    """Every name is public; every site answers with the same number."""

    def __init__(
        self, status: int, seconds: float = 0, location: str = "", look_up: float = 0
    ) -> None:
        self.status, self.location = status, location
        self.asked: list[str] = []
        self.known: list[str] = []
        self.seconds, self.look_up, self.time = seconds, look_up, 0.0

    def resolve(self, host: str, port: int) -> list[str]:
        self.known.append(host)
        self.time += self.look_up
        return ["93.184.216.34"]

    def ask(self, target: Target, method: str) -> Answer:
        self.asked.append(f"{method} {target.host}{target.path}")
        self.time += self.seconds
        return Answer(self.status, self.location)

    def check(self, days: float) -> int:
        return actions.check_links(
            now=NOW + days * DAY,
            resolve=self.resolve,
            ask=self.ask,
            clock=lambda: self.time,
        )


def state(offer: Offer) -> str:
    return fresh(offer).link_state


def test_live_links_are_asked_once_a_week(site: SimpleNamespace) -> None:
    offer = published(site)
    published(site, 2, apply_by="form", apply_link="https://not.example/")
    ended = published(site, 3)
    actions.end_offer(member=site.ed, offer=ended, now=NOW)
    sent(site, 4)
    web = Web(200)
    assert [web.check(days) for days in (0, 0, 6.9, 7, 7.5)] == [1, 0, 0, 1, 0]
    assert web.asked == ["HEAD college.example/welding"] * 2
    assert (state(offer), fresh(offer).link_checked_at) == ("ok", NOW + 7 * DAY)


def test_a_broken_link_is_told_after_a_second_look(site: SimpleNamespace) -> None:
    offer = published(site)
    before = told(site.ed)
    web = Web(404)
    assert (web.check(0), state(offer), told(site.ed)) == (1, "doubt", before)
    assert web.check(0.9) == 0
    assert (web.check(1), state(offer), told(site.ed)) == (1, "broken", [*before, WORDS])
    assert (web.check(8), told(site.ed)) == (1, [*before, WORDS])
    assert told(site.anna)[-1] == WORDS
    assert WORDS not in told(site.vic) + told(site.reviewer)
    web.status = 200
    assert (web.check(15), state(offer)) == (1, "ok")


def test_a_link_that_breaks_again_is_told_again(site: SimpleNamespace) -> None:
    """After it was whole; a site that is down for a moment says nothing of it."""
    offer, seen = published(site), []
    Offer.objects.filter(pk=offer.pk).update(open_until=offer.ends_on)
    for days, status in ((0, 404), (1, 404), (8, 503), (15, 404), (22, 200), (29, 404), (30, 404)):
        web = Web(status)
        assert web.check(days) == 1
        seen.append((state(offer), told(site.ed).count(WORDS)))
    assert seen == [
        ("doubt", 0),
        ("broken", 1),
        ("broken", 1),
        ("broken", 1),
        ("ok", 1),
        ("doubt", 1),
        ("broken", 2),
    ]


def test_two_clocks_tell_once(site: SimpleNamespace) -> None:
    offer = published(site)
    Web(404).check(0)
    old = fresh(offer)
    for _clock in range(2):
        links.note(old, "broken", NOW + DAY)
    links.note(old, "broken", NOW + 2 * DAY)
    assert (state(offer), fresh(offer).link_checked_at) == ("broken", NOW + DAY)
    assert told(site.ed).count(WORDS) == 1


def test_a_run_takes_few_seconds(site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left is looked at the next time, before what was looked at already."""
    monkeypatch.setattr(links, "SECONDS", 10.0)
    offers = [published(site, number) for number in range(1, 5)]
    slow = Web(200, seconds=6)
    assert slow.check(0) == 2
    assert [state(offer) for offer in offers] == ["ok", "ok", "", ""]
    assert slow.check(0) == 2
    assert [state(offer) for offer in offers] == ["ok"] * 4
    assert slow.time == 24


def test_a_link_that_leads_on_and_on_is_left(
    site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "SECONDS_A_LINK", 10.0)
    offer, web = published(site), Web(302, seconds=6, location="/on")
    assert (web.check(0), state(offer)) == (1, "unsure")
    assert (len(web.asked), web.time) == (2, 12)


def test_the_seconds_of_a_link_hold_for_its_look_ups_too(
    site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "SECONDS_A_LINK", 10.0)
    offer, web = published(site), Web(302, location="/on", look_up=6)
    assert (web.check(0), state(offer)) == (1, "unsure")
    assert (len(web.known), len(web.asked), web.time) == (2, 1, 12)


def test_a_site_that_was_down_for_a_moment_is_no_broken_link(site: SimpleNamespace) -> None:
    offer = published(site)
    web = Web(404)
    web.check(0)
    web.status = 503
    web.check(1)
    assert state(offer) == "unsure"
    assert WORDS not in told(site.ed)


def test_a_new_link_begins_anew_and_a_late_answer_is_dropped(site: SimpleNamespace) -> None:
    offer = published(site)
    Web(200).check(0)
    old = fresh(offer)
    save(site, offer, apply_link="https://college.example/new")
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    actions.publish_offer(
        member=site.reviewer, review=review, revision_id=review.revision_id, now=NOW
    )
    assert (state(offer), fresh(offer).link_checked_at) == ("", None)
    links.note(old, "broken", NOW)
    assert state(offer) == ""


def test_few_are_asked_at_a_time_the_longest_waiting_first(
    site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "AT_ONCE", 2)
    offers = [published(site, number) for number in range(1, 4)]
    assert Web(200).check(0) == 2
    assert [state(offer) for offer in offers] == ["ok", "ok", ""]
    assert Web(200).check(0.1) == 1


@pytest.mark.parametrize(("is_demo", "found"), [(True, 0), (False, 1)])
def test_a_demo_asks_nobody(site: SimpleNamespace, is_demo: bool, found: int) -> None:
    """The link of this offer is a number: nobody is asked, whoever runs the job."""
    offer = published(site)
    Offer.objects.filter(pk=offer.pk).update(apply_link="http://2130706433/")
    with override_settings(WEFT_DEMO=is_demo):
        assert jobs.check_links(NOW) == found
    assert state(offer) == ("" if is_demo else "closed")
