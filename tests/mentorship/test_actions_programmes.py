"""What a hub promises to its pairs."""

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from members.errors import Refused
from mentorship import actions
from mentorship.actions.programmes import programme_for
from mentorship.models import Programme
from tests.mentorship.factories import make_programme, make_topic
from tests.mentorship.story import NOON

pytestmark = pytest.mark.django_db


def test_a_coordinator_writes_a_programme_and_changes_it(cast: SimpleNamespace) -> None:
    topic = make_topic()
    made = actions.save_programme(
        member=cast.coordinator, hub=cast.hub, title="Code", weight_topic=9, topics=[topic]
    )
    assert (made.hub, made.title, made.weights["topic"]) == (cast.hub, "Code", 9)
    assert list(made.topics.all()) == [topic]
    for _time in range(2):
        changed = actions.save_programme(
            member=cast.coordinator, hub=cast.hub, programme=made, term_weeks=6
        )
    assert (changed.pk, changed.term_weeks, changed.title) == (made.pk, 6, "Code")
    assert list(changed.topics.all()) == [topic]
    assert Programme.objects.count() == 1


def test_numbers_that_make_no_sense_are_refused_beside_their_field(cast: SimpleNamespace) -> None:
    for values, field in (
        ({"title": ""}, "title"),
        ({"title": "x", "weight_topic": -1}, "weight_topic"),
        ({"title": "x", "weight_topic": 11}, ""),
        ({"title": "x", "term_weeks": 0}, ""),
    ):
        with pytest.raises(Refused) as refusal:
            actions.save_programme(member=cast.coordinator, hub=cast.hub, **values)
        assert refusal.value.field == field
    assert refusal.value.reason == "Weights go from 0 to 10. Every length is 1 or more."
    assert not Programme.objects.exists()


def test_others_write_no_programme_and_no_hub_writes_that_of_another(cast: SimpleNamespace) -> None:
    theirs = make_programme(cast.other_hub)
    words = r"^You cannot change the programmes of this hub.$"
    for stranger in (cast.learner, cast.editor, cast.other_coordinator, cast.outsider):
        with pytest.raises(Refused, match=words):
            actions.save_programme(member=stranger, hub=cast.hub, title="Mine")
    with pytest.raises(Refused, match=words):
        actions.save_programme(
            member=cast.coordinator, hub=cast.hub, programme=theirs, title="Mine"
        )


def test_a_hub_without_a_programme_gets_one_when_it_is_needed(cast: SimpleNamespace) -> None:
    with override("es"):
        first = actions.ensure_programme(hub=cast.hub, now=NOON)
    assert first is not None
    assert (first.title, first.hub, first.is_open) == ("Mentoring", cast.hub, True)
    assert actions.ensure_programme(hub=cast.hub) == first
    first.is_open = False
    first.save()
    assert actions.ensure_programme(hub=cast.hub) is None
    assert Programme.objects.count() == 1


def test_an_ask_gets_the_programme_of_its_topic_else_the_general_one(
    cast: SimpleNamespace,
) -> None:
    coding, sewing = make_topic(), make_topic("sewing", "Sewing")
    special = make_programme(cast.hub, title="Code")
    special.topics.add(coding)
    make_programme(cast.other_hub)
    assert programme_for(cast.hub, sewing, NOON) == special
    general = make_programme(cast.hub, title="All")
    assert programme_for(cast.hub, coding, NOON) == special
    assert programme_for(cast.hub, sewing, NOON) == general
    assert programme_for(cast.hub, None, NOON) == general
    Programme.objects.update(is_open=False)
    with pytest.raises(Refused, match=r"^This hub takes no new questions for mentors"):
        programme_for(cast.hub, coding, NOON)
