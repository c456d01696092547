"""What partners add to courses, certificates, my page, hubs, home and search."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from content.models import HubPage
from courses.models import Certificate
from members.models import Member
from partners.models import Partner
from tests.courses.test_actions_learning import finish
from tests.factories import page_of
from tests.partners.edge_cast import (
    DAY,
    html_of,
    make_agreement,
    make_draft,
    make_interest,
    make_level,
    make_offer,
    make_partner,
    make_saved,
    make_topic,
    today,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
Commit = Callable[[], AbstractContextManager]


@pytest.fixture
def partner(cast: SimpleNamespace) -> Partner:
    return make_partner(cast.hub)


def statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def add_next(cast: SimpleNamespace, partner: Partner) -> None:
    """Offers after the course, and what must not be shown."""
    coding, starter = make_topic(), make_level()
    after = make_level("second", rank=1)
    make_offer(partner, "Names the course", after_course=cast.course)
    make_offer(partner, "Next level", topic=coding, level=after, ends_on=today() + 90 * DAY)
    make_offer(partner, "Same level", topic=coding, level=starter)
    make_offer(partner, "OTHER-TOPIC", topic=make_topic("art"), level=after)
    make_offer(partner, "OTHER-HUB", topic=coding, level=after, hubs=[cast.other_hub])
    make_offer(partner, "ENDED", after_course=cast.course, ends_on=today() - DAY)
    late = {"after_course": cast.course, "open_until": today() - DAY}
    make_offer(partner, "ENDED: nobody can apply any more", **late)
    make_draft(partner, after_course=cast.course)


def in_order(html: str, *words: str) -> bool:
    places = [html.index(word) for word in words]
    return places == sorted(places)


def no_leak(html: str) -> bool:
    return not any(word in html for word in ("OTHER-TOPIC", "OTHER-HUB", "ENDED", "DRAFT-WORDS"))


def test_course_after_shows_what_one_can_go_on_to(
    client: Client, cast: SimpleNamespace, partner: Partner, commit: Commit
) -> None:
    path = page_of(cast.course).url
    assert "panel-offers" not in html_of(client.get(path))
    with commit():
        add_next(cast, partner)
    html = html_of(client.get(path))
    assert "What you can go on to" in html and no_leak(html)
    assert in_order(html, "Names the course", "Next level", "Same level")
    assert statements(Client(), path) == 0


def test_course_after_costs_a_learner_nothing(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn, commit: Commit
) -> None:
    path, client = page_of(cast.course).url, signed_in(cast.learner)
    before = statements(client, path)
    with commit():
        add_next(cast, partner)
    assert "Names the course" in html_of(client.get(path))
    assert statements(client, path) == before


def test_course_after_says_that_it_is_finished(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    add_next(cast, partner)
    finish(cast.learner, cast.course)
    html = html_of(signed_in(cast.learner).get(page_of(cast.course).url))
    assert "You finished this course. These offers of our partners fit next." in html


def test_certificate_after_shows_what_comes_next(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    add_next(cast, partner)
    finish(cast.learner, cast.course)
    path = reverse("courses:certificate", args=[Certificate.objects.get().code])
    html = html_of(signed_in(cast.learner).get(path))
    assert "You finished Basics. These offers of our partners fit next." in html and no_leak(html)
    assert "panel-offers" not in html_of(Client().get(path))


def test_me_today_shows_what_is_mine(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    assert "my-offers" not in html_of(signed_in(cast.mentor).get("/me/"))
    make_saved(make_offer(partner, "Saved one", deadline_on=today() + DAY), cast.learner)
    make_saved(make_offer(partner, "Saved and over", ends_on=today() - DAY), cast.learner)
    late = make_offer(partner, "Saved and over: closed", deadline_on=today() - DAY)
    make_saved(late, cast.learner)
    make_interest(make_offer(partner, "Applied one"), cast.learner, state="answered")
    make_saved(make_offer(partner, "THEIRS"), cast.neighbour)
    html = html_of(signed_in(cast.learner).get("/me/"))
    for words in ("Saved one", "Applied one", "Answered", "apply until"):
        assert words in html, words
    assert "THEIRS" not in html and "Saved and over" not in html and "PRIVATE" not in html


def test_a_course_says_what_partners_give_for_it(
    client: Client, cast: SimpleNamespace, partner: Partner, commit: Commit
) -> None:
    """Also without an offer; what is over or not confirmed is not said, nor on another course."""
    path = page_of(cast.course).url
    entry = {"kind": "entry", "course": cast.course}
    with commit():
        make_agreement(partner, cast.hub, words="Entry without a test.", **entry)
        make_agreement(partner, cast.hub, words="OLD", until_on=today() - DAY, **entry)
        make_agreement(partner, cast.hub, words="OPEN", confirmed_at=None, **entry)
        make_agreement(partner, cast.hub, words="No course.")
    html = html_of(client.get(path))
    assert "What you can go on to" in html and "Entry without a test." in html
    assert [word in html for word in ("OLD", "OPEN", "No course.")] == [False] * 3


def test_me_today_leads_to_the_partners_for_which_one_acts(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn, commit: Commit
) -> None:
    """Whoever writes offers posts one from there; who looks only does not; who left is not led."""
    client, desk = signed_in(cast.learner), reverse("partners:partner_home", args=[partner.slug])
    post = reverse("partners:offer_new", args=[partner.slug])
    assert desk not in html_of(client.get("/me/"))
    with commit():
        row = partner.colleagues.create(
            member=cast.learner, role="editor", joined_at=timezone.now()
        )
    html = html_of(client.get("/me/"))
    assert ("Your partners" in html, desk in html, post in html) == (True, True, True)
    assert desk not in html_of(signed_in(cast.mentor).get("/me/"))
    with commit():
        row.role = "viewer"
        row.save()
    html = html_of(client.get("/me/"))
    assert (desk in html, post in html) == (True, False)
    with commit():
        row.delete()
    assert desk not in html_of(client.get("/me/"))


def test_me_today_shows_what_fits_after_the_course_finished_last(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    add_next(cast, partner)
    finish(cast.learner, cast.course)
    html = html_of(signed_in(cast.learner).get("/me/"))
    assert "You finished Basics. These fit next:" in html and no_leak(html)


def test_me_today_says_an_offer_once(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    kept = make_offer(partner, "Kept already", after_course=cast.course)
    asked = make_offer(partner, "Asked already", after_course=cast.course)
    make_offer(partner, "New to me", after_course=cast.course)
    make_saved(kept, cast.learner)
    make_interest(asked, cast.learner)
    finish(cast.learner, cast.course)
    html = html_of(signed_in(cast.learner).get("/me/"))
    assert [html.count(f">{words}</a>") for words in ("Kept already", "Asked already")] == [1, 1]
    assert html.count(">New to me</a>") == 1


@pytest.mark.parametrize("number", [0, 1, 3])
def test_me_today_costs_no_statement_once_it_is_kept(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn, number: int
) -> None:
    for place in range(number):
        make_saved(make_offer(partner, f"Saved {place}"), cast.learner)
    assert statements(signed_in(cast.learner), "/me/") == 7


def test_me_today_shows_a_change_at_once(
    cast: SimpleNamespace,
    partner: Partner,
    signed_in: SignIn,
    commit: Commit,
) -> None:
    client = signed_in(cast.learner)
    assert "Web skills" not in html_of(client.get("/me/"))
    with commit():
        saved = make_saved(make_offer(partner), cast.learner)
    assert "Web skills" in html_of(client.get("/me/"))
    with commit():
        saved.delete()
    assert "Web skills" not in html_of(client.get("/me/"))


def test_hub_after_shows_offers_and_agreements(
    client: Client, cast: SimpleNamespace, partner: Partner, commit: Commit
) -> None:
    path = HubPage.objects.get(hub=cast.hub, locale__language_code="en").url
    assert "From our partners" not in html_of(client.get(path))
    with commit():
        make_agreement(partner, cast.hub, words="A room on Mondays.")
        make_agreement(partner, cast.other_hub, words="ELSEWHERE")
        make_offer(partner, "For all")
        make_offer(partner, "OTHER-HUB", hubs=[cast.other_hub])
        make_draft(partner)
    html = html_of(client.get(path))
    assert "From our partners" in html and "A room on Mondays." in html and "For all" in html
    assert 'href="/offers/?hub=harbour"' in html
    assert "ELSEWHERE" not in html and no_leak(html)


def test_home_after_shows_free_offers_first(
    client: Client, cast: SimpleNamespace, partner: Partner
) -> None:
    make_offer(partner, "Costs", cost="depends", ends_on=today())
    make_offer(partner, "Free one")
    make_draft(partner)
    html = html_of(client.get("/"))
    assert in_order(html, "Free one", "Costs") and no_leak(html)
    assert '<a class="button second" href="/offers/">See all offers</a>' in html


def test_search_after_finds_offers(client: Client, cast: SimpleNamespace, partner: Partner) -> None:
    for number in range(7):
        make_offer(partner, f"Pottery {number}", ends_on=today() + number * DAY)
    make_draft(partner, "Pottery DRAFT-WORDS")
    html = html_of(client.get("/search/?q=pottery"))
    assert "Pottery 4" in html and "Pottery 5" not in html and no_leak(html)
    assert 'href="/offers/?q=pottery"' in html
    assert "found-offers" not in html_of(client.get("/search/?q=basics"))
    assert "found-offers" not in html_of(client.get("/search/"))
    assert "found-offers" not in html_of(client.get("/search/?q=%2A"))
