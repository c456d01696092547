"""One offer: what its page says, ended ones, old addresses, the calendar file, daily counts."""

import json
import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from members.models import Member
from partners.models import OfferDate, OfferDay, Partner
from tests.factories import page_of
from tests.partners.edge_cast import (
    DAY,
    a_note,
    html_of,
    make_colleague,
    make_draft,
    make_interest,
    make_level,
    make_offer,
    make_partner,
    make_topic,
    path_of,
    today,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


@pytest.fixture
def partner(cast: SimpleNamespace) -> Partner:
    return make_partner(cast.hub)


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def json_ld(html: str) -> dict:
    return json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])


def test_offer_says_what_it_is(client: Client, cast: SimpleNamespace, partner: Partner) -> None:
    offer = make_offer(
        partner,
        "Web skills",
        topic=make_topic("web"),
        level=make_level(),
        language="es",
        helps_money=True,
        help_words="Ask Ada for the form.",
        device="A laptop.",
        skills="HTML",
        credential="A badge",
        hours_week=4,
        seats=12,
        member_seats=3,
        age_from=16,
        deadline_on=today() + DAY,
        after_course=cast.course,
        hubs=[cast.hub],
        checked_on=today() - 21 * DAY,
        is_on_behalf=True,
    )
    OfferDate.objects.create(offer=offer, on=today() + 40 * DAY, place="Room 9")
    html = html_of(client.get(path_of(offer)))
    for words in (
        '<h1 lang="en">Web skills</h1>',
        "You learn Web skills.",
        "Everybody.",
        "posted by Harbour Hub on their behalf",
        "Help with money",
        "Ask Ada for the form.",
        "A laptop.",
        "HTML",
        "A badge",
        "12, 3 of them for our members",
        "From 16 years on",
        "Español",
        "Room 9",
        "Checked 3 weeks ago.",
        "Ring Ada.",
        "For members of",
        f'<a href="{page_of(cast.course).url}">Basics</a>',
        f'<a class="button" href="{path_of(offer, "interest/")}">Apply here</a>',
        f'<img src="{path_of(offer, "seen/")}" alt="" width="1" height="1">',
        "Save for later",
    ):
        assert words in html, words
    assert client.cookies == {}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"apply_by": "link", "apply_link": "https://college.example/apply"},
            'go/" rel="nofollow noopener">Apply on their website</a>',
        ),
        (
            {"apply_by": "mail", "apply_mail": "ada@college.example"},
            'href="mailto:ada@college.example">Apply by e-mail</a>',
        ),
    ],
)
def test_offer_says_how_to_apply(
    client: Client, partner: Partner, values: dict[str, str], words: str
) -> None:
    html = html_of(client.get(path_of(make_offer(partner, **values))))
    assert words in html and "Apply here" not in html
    assert "college.example/apply" not in html


def test_offer_of_a_draft_or_of_nobody_is_missing(
    client: Client, cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    draft = make_draft(partner)
    paused = make_offer(make_partner(cast.hub, "paused-one", state="paused"))
    make_colleague(partner, cast.editor)
    for path in (path_of(draft), path_of(paused), "/offers/no-such/", f"/offers/{uuid.uuid4()}/"):
        for someone in (client, signed_in(cast.learner), signed_in(cast.editor)):
            answer = someone.get(path)
            assert answer.status_code == 404, path
            assert b"DRAFT-WORDS" not in answer.content


def test_offer_shows_what_is_published_and_not_its_draft(client: Client, partner: Partner) -> None:
    offer = make_offer(partner, "Live words")
    offer.title, offer.learns = "DRAFT-WORDS", "DRAFT-WORDS"
    offer.save_revision()
    offer.refresh_from_db()
    assert offer.title == "Live words"
    html = html_of(client.get(path_of(offer)))
    assert "Live words" in html and "DRAFT-WORDS" not in html


def test_offer_moves_with_its_title(client: Client, partner: Partner) -> None:
    offer = make_offer(partner, "Old words")
    old = path_of(offer)
    offer.title = "New words"
    offer.save()
    for path in (old, f"/offers/{offer.uuid.hex}/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, path_of(offer))
    assert "New words" in html_of(client.get(path_of(offer)))


def test_offer_that_has_ended_says_so_and_shows_others(client: Client, partner: Partner) -> None:
    web, art = make_topic("web"), make_topic("art")
    ended = make_offer(partner, "Ended", topic=web, ends_on=today() - DAY)
    make_offer(partner, "Similar one", topic=web)
    make_offer(partner, "Another thing", topic=art)
    html = html_of(client.get(path_of(ended)))
    assert "This offer has ended. You cannot apply any more." in html
    assert "Similar one" in html and "Another thing" not in html
    assert "Apply here" not in html and 'content="noindex, follow"' in html


def test_offer_with_a_note_has_its_help_among_the_others(client: Client, partner: Partner) -> None:
    offer = make_offer(partner, works_on_phone=True, **a_note("travel"))
    html = html_of(client.get(path_of(offer)))
    assert '<ul class="ticks"><li>Travel help</li><li>Works on a phone</li></ul>' in html
    assert "<h2>Help with travel costs</h2>" in html
    over = make_offer(partner, **a_note("travel", -1))
    html = html_of(client.get(path_of(over)))
    assert "Travel help" not in html and "This help ended on" in html


CLOSED = {"open_until": today() - DAY}


def test_offer_that_has_closed_says_so_and_shows_others(client: Client, partner: Partner) -> None:
    """A course that lasts nine months and has begun: nobody can apply, and it has not ended."""
    web = make_topic("web")
    closed = make_offer(partner, "Begun", topic=web, **CLOSED)
    make_offer(partner, "Similar one", topic=web)
    make_offer(partner, "SIMILAR-AND-CLOSED", topic=web, **CLOSED)
    html = html_of(client.get(path_of(closed)))
    day = date_format(today() - DAY, "DATE_FORMAT")
    assert f"You can no longer apply: the last day was {day}." in html
    assert "Similar one" in html and "SIMILAR-AND-CLOSED" not in html
    assert "This offer has ended" not in html and 'content="noindex, follow"' in html
    assert "Apply here" not in html and "Save for later" not in html


def test_offer_that_has_closed_leads_nowhere(client: Client, partner: Partner) -> None:
    link = {"apply_by": "link", "apply_link": "https://college.example/apply"}
    closed = make_offer(partner, **link, **CLOSED)
    assert "Apply on their website" not in html_of(client.get(path_of(closed)))
    assert client.get(path_of(closed, "go/")).status_code == 404


def test_offer_that_was_taken_down_says_so(client: Client, partner: Partner) -> None:
    offer = make_offer(partner, live=False)
    html = html_of(client.get(path_of(offer)))
    assert "This offer has ended." in html and "Look at what is open" in html


def test_offer_that_has_no_like_shows_what_is_near(client: Client, partner: Partner) -> None:
    ended = make_offer(partner, "Ended", kind="placement", ends_on=today() - DAY)
    make_offer(partner, "Near one")
    make_offer(partner, "FAR-AWAY", place="York")
    html = html_of(client.get(path_of(ended)))
    assert "Near one" in html and "FAR-AWAY" not in html


def test_offer_comes_from_the_cache_for_a_visitor(client: Client, partner: Partner) -> None:
    path = path_of(make_offer(partner))
    client.get(path)
    assert statements(Client(), path) == 0


def test_offer_shows_a_member_what_is_theirs(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    offer = make_offer(partner)
    make_interest(offer, cast.learner)
    html = html_of(signed_in(cast.learner).get(path_of(offer)))
    assert "You applied on" in html and "How far it is: Sent, not read yet." in html
    assert "PRIVATE" not in html
    other = html_of(signed_in(cast.neighbour).get(path_of(offer)))
    assert "You applied" not in other and "Apply here" in other and "PRIVATE" not in other


def test_offer_costs_a_member_few_statements(
    cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    path, client = path_of(make_offer(partner)), signed_in(cast.learner)
    client.get(path)
    assert statements(client, path) == 6


def test_offer_has_its_json_ld(client: Client, partner: Partner) -> None:
    offer = make_offer(partner, "Web </script> skills", topic=make_topic("web"), language="en")
    html = html_of(client.get(path_of(offer)))
    found = json_ld(html)
    assert found["@type"] == "Course" and found["name"] == "Web </script> skills"
    assert found["url"] == f"http://testserver{path_of(offer)}"
    assert found["isAccessibleForFree"] is True
    assert found["hasCourseInstance"][0]["startDate"] == (today() + 30 * DAY).isoformat()
    assert found["provider"]["name"] == "City College"
    assert found["provider"]["url"] == "http://testserver/partners/city-college/"


def test_offer_file_has_its_days(client: Client, partner: Partner) -> None:
    offer = make_offer(partner, to_on=today() + 31 * DAY, deadline_on=today() + 5 * DAY)
    OfferDate.objects.create(offer=offer, on=today() + 50 * DAY)
    answer = client.get(path_of(offer, "calendar.ics"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 3
    start = today() + 30 * DAY
    assert f"DTSTART;VALUE=DATE:{start:%Y%m%d}" in text
    assert f"DTEND;VALUE=DATE:{start + 2 * DAY:%Y%m%d}" in text
    assert "Last day to apply: Web skills (City College)" in text.replace("\r\n ", "")
    assert client.get("/offers/no-such/calendar.ics").status_code == 404


def test_offer_go_counts_and_leads_away(client: Client, partner: Partner) -> None:
    offer = make_offer(partner, apply_by="link", apply_link="https://college.example/a?b=c")
    for _time in range(2):
        answer = client.get(path_of(offer, "go/"))
        assert (answer.status_code, answer["Location"]) == (302, "https://college.example/a?b=c")
    client.head(path_of(offer, "go/"))
    assert list(OfferDay.objects.values_list("on", "views", "clicks")) == [(today(), 0, 2)]
    assert client.cookies == {}
    assert client.get(path_of(make_offer(partner), "go/")).status_code == 404


def test_offer_seen_counts_a_look(
    client: Client, cast: SimpleNamespace, partner: Partner, signed_in: SignIn
) -> None:
    offer = make_offer(partner)
    make_colleague(partner, cast.editor, "viewer")
    answer = client.get(path_of(offer, "seen/"))
    assert answer.content[:6] == b"GIF89a" and answer["Content-Type"] == "image/gif"
    assert "no-store" in answer["Cache-Control"]
    signed_in(cast.learner).get(path_of(offer, "seen/"))
    signed_in(cast.editor).get(path_of(offer, "seen/"))
    client.head(path_of(offer, "seen/"))
    assert list(OfferDay.objects.values_list("views", "clicks")) == [(2, 0)]
