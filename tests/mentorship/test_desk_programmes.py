"""The programmes of a hub on its desk: the list, a new one, changes."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentorship.forms.desk import ProgrammeForm
from mentorship.models import Programme
from mentorship.queries import desk

from .desk_site import Site, make_site, more_pair, place, text_of
from .factories import make_programme, make_topic


@pytest.fixture
def site(db: None, client: Client) -> Site:
    made = make_site()
    client.force_login(made.coordinator)
    return made


def filled(**values: Any) -> dict[str, Any]:
    """The form as a new programme shows it, with a name."""
    initial = {name: value for name, value in ProgrammeForm.initial_of(None).items() if value}
    return {**initial, "title": "Into the web", "is_open": "on", **values}


def send(client: Client, site: Site, *args: Any, **values: Any) -> Any:
    name = "desk_programme" if args else "desk_programme_new"
    return client.post(place(name, site, *args), filled(**values))


def test_desk_programmes(client: Client, site: Site) -> None:
    """Each with its topics, its pairs and who waits; the open ones first."""
    web = make_programme(site.hub, title="A web", is_open=False)
    web.topics.set([make_topic("web", "The web")])
    make_programme(site.desk.other_hub, title="Elsewhere")
    more_pair(site, "over", "closed")
    rows = client.get(place("desk_programmes", site)).context["rows"]
    assert [(row.programme.title, row.pairs, row.waiting) for row in rows] == [
        ("Mentoring", 1, 1),
        ("A web", 0, 0),
    ]
    page = text_of(client.get(place("desk_programmes", site)))
    assert "The web · 0 pairs · 0 people wait" in page
    assert "all topics · 1 pair · 1 person waits" in page
    assert "closed to new people" in page
    assert "Elsewhere" not in page


def test_no_programme_yet(client: Client, site: Site) -> None:
    Programme.objects.update(hub=site.desk.other_hub)
    assert "The first ask begins one" in text_of(client.get(place("desk_programmes", site)))


def test_desk_programme_new(client: Client, site: Site) -> None:
    """With topics, weights and lengths."""
    topic = make_topic("web", "The web")
    response = send(
        client, site, topics=[topic.pk], weight_topic="9", proposal_days="7", check_level="2"
    )
    assert (response.status_code, response["Location"]) == (303, place("desk_programmes", site))
    row = Programme.objects.get(title="Into the web")
    assert (row.hub, row.weight_topic, row.proposal_days, row.check_level) == (site.hub, 9, 7, 2)
    assert (list(row.topics.all()), row.is_open) == ([topic], True)


def test_desk_programme(client: Client, site: Site) -> None:
    """What was there is shown, and changes; a tick taken away is taken away."""
    site.programme.topics.set([make_topic()])
    page = text_of(client.get(place("desk_programme", site, site.programme.pk)))
    assert 'value="Mentoring"' in page
    assert "Everybody can read these numbers." in page
    sent = filled(title="Mentoring two", weight_hub="0")
    del sent["is_open"]
    response = client.post(place("desk_programme", site, site.programme.pk), sent)
    assert response.status_code == 303
    row = Programme.objects.get()
    assert (row.title, row.weight_hub, row.is_open) == ("Mentoring two", 0, False)
    assert list(row.topics.all()) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Give the programme a name."),
        ({"weight_topic": "11"}, "Write a number from 0 to 10."),
        ({"weight_topic": "much"}, "Write a number from 0 to 10."),
        ({"weight_topic": ""}, "Write a number from 0 to 10."),
        ({"proposal_days": "0"}, "Write a number from 1 to 30."),
        ({"term_weeks": "999999999999999999999"}, "Write a number from 1 to 104."),
        ({"check_level": "7"}, "Choose one from the list."),
        ({"topics": ["999999"]}, "Choose topics from the list."),
    ],
)
def test_a_refusal_keeps_what_was_typed(
    client: Client, site: Site, wrong: dict[str, Any], said: str
) -> None:
    """Beside the field, with a way there from the top; nothing is kept half."""
    response = send(client, site, site.programme.pk, summary="kept-words", **wrong)
    page = text_of(response)
    assert response.status_code == 422
    assert page.count(said) == 2
    assert "kept-words" in page
    row = Programme.objects.get()
    assert (row.title, row.summary, row.weight_topic, row.term_weeks) == ("Mentoring", "", 5, 12)


def test_a_new_programme_begins_with_what_the_site_says() -> None:
    initial = ProgrammeForm.initial_of(None)
    assert (initial["proposal_days"], initial["ask_days"], initial["silent_days"]) == (3, 5, 28)
    assert (initial["weight_topic"], initial["is_open"], initial["topics"]) == (5, True, [])


def test_every_number_of_a_programme_has_a_field() -> None:
    fields = {field.name for field in Programme._meta.get_fields() if field.concrete}
    assert fields - set(ProgrammeForm().fields) == {"id", "hub"}


@pytest.mark.parametrize("count", [1, 3])
def test_programmes_statements(client: Client, site: Site, count: int) -> None:
    for number in range(1, count):
        make_programme(site.hub, title=f"Programme {number}").topics.set([make_topic()])
    client.get(place("desk_programmes", site))
    with CaptureQueriesContext(connection) as statements:
        client.get(place("desk_programmes", site))
    assert len(statements) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_programme_statements(client: Client, site: Site, count: int) -> None:
    site.programme.topics.set([make_topic(f"t{number}") for number in range(count)])
    path = place("desk_programme", site, site.programme.pk)
    client.get(path)
    with CaptureQueriesContext(connection) as statements:
        client.get(path)
    assert len(statements) == 6


def test_counts_are_those_of_the_hub(site: Site) -> None:
    rows = desk.programmes_for(site.coordinator, site.desk.other_hub, site.now)
    assert list(rows) == []
