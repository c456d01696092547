"""Which changes of a partner make pages and the sets of offers old."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from content import version
from content.models import Topic
from partners import actions
from partners.models import Partner
from partners.queries import index
from tests.partners.offers_cast import make_partner, make_site, published

PAGES, SETS = (True, False), (True, True)
NOTHING = (False, False)


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return make_site()


@pytest.fixture
def old(commit: Callable[[], Any]) -> Callable[[Callable[[], Any]], tuple[bool, bool]]:
    """What a change makes old: the pages, and the sets of offers."""

    def made(act: Callable[[], Any]) -> tuple[bool, bool]:
        before = version.current(), index.current()
        with commit():
            act()
        after = version.current(), index.current()
        return before[0] != after[0], before[1] != after[1]

    return made


Old = Callable[[Callable[[], Any]], tuple[bool, bool]]


def test_what_no_page_shows_makes_nothing_old(site: SimpleNamespace, old: Old) -> None:
    row = site.partner
    for name in ("clean_approvals", "proof_words", "confirmed_at", "email_confirmed_at", "reason"):
        assert old(lambda name=name: row.save(update_fields=[name])) == NOTHING, name
    assert old(lambda: actions.confirm_partner(member=site.anna, partner=row)) == NOTHING
    email = {"email": "new@harbour-college.example"}
    assert old(lambda: actions.change_partner(member=site.anna, partner=row, **email)) == NOTHING
    same = {"about": row.about}
    assert old(lambda: actions.change_partner(member=site.anna, partner=row, **same)) == NOTHING


def test_one_that_waits_makes_nothing_old(site: SimpleNamespace, old: Old) -> None:
    assert old(lambda: make_partner(site.hub, "North", state="waiting")) == NOTHING
    assert old(lambda: make_partner(site.hub, "South")) == SETS


def test_words_of_a_page_make_pages_old(site: SimpleNamespace, old: Old) -> None:
    row, values = site.partner, {"about": "A college by the sea."}
    assert old(lambda: actions.change_partner(member=site.anna, partner=row, **values)) == PAGES
    topics = [Topic.objects.create(slug="welding", name="Welding")]
    for found in (PAGES, NOTHING):
        change = {"member": site.anna, "partner": row, "topics": topics}
        assert old(lambda change=change: actions.change_partner(**change)) == found
    assert Partner.objects.get(pk=row.pk).about == "A college by the sea."


def test_a_state_makes_the_sets_old(site: SimpleNamespace, old: Old) -> None:
    published(site)
    paused = {"member": site.reviewer, "partner": site.partner, "reason": "A break."}
    assert old(lambda: actions.pause_partner(**paused)) == SETS
    assert old(lambda: site.partner.save()) == SETS
    Partner.objects.filter(pk=site.other_partner.pk).update(decided_at=timezone.now())
    assert old(lambda: make_partner(site.hub, "East").delete()) == SETS
