"""Who may do what in mentorship."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from members.actions import grant_role
from members.models import Member
from mentorship import rules
from mentorship.models import Mentor, Pairing, SafetyCase
from tests.factories import make_member
from tests.mentorship.factories import make_ask, make_mentor, make_pairing, make_programme
from tests.mentorship.story import NOON

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "admin",
    "coordinator",
    "editor",
    "learner",
    "mentor",
    "neighbour",
    "other_coordinator",
    "outsider",
    "reviewer",
)


@pytest.fixture
def pairing(cast: SimpleNamespace) -> Pairing:
    mentor = make_mentor(cast.mentor, cast.hub)
    return make_pairing(make_ask(cast.learner, cast.hub), mentor, at=NOON)


def those(cast: SimpleNamespace, may: object) -> list[str]:
    """The names of those in the cast who may."""
    assert callable(may)
    return [name for name in EVERYBODY if may(getattr(cast, name))]


def test_adults_with_an_account_that_is_on_give_and_ask(cast: SimpleNamespace) -> None:
    assert rules.may_offer(cast.learner, is_adult=True)
    assert not rules.may_offer(cast.learner, is_adult=False)
    assert rules.may_ask(cast.learner, True)
    assert not rules.may_ask(cast.learner, False)
    cast.learner.is_active = False
    assert not rules.may_offer(cast.learner, is_adult=True)
    assert not rules.may_ask(cast.learner, True)


def test_the_two_have_a_side_each_and_nobody_else_has(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    sides = {name: rules.side_of(getattr(cast, name), pairing) for name in EVERYBODY}
    assert {name: side for name, side in sides.items() if side} == {
        "learner": "mentee",
        "mentor": "mentor",
    }


def test_who_has_left_or_gone_is_no_mentor(cast: SimpleNamespace, pairing: Pairing) -> None:
    assert pairing.mentor is not None
    pairing.mentor.state = Mentor.State.LEFT
    assert rules.side_of(cast.mentor, pairing) == ""
    assert rules.is_one_of(cast.mentor, pairing)
    pairing.mentor = None
    assert rules.side_of(cast.mentor, pairing) == ""
    assert not rules.is_one_of(cast.mentor, pairing)
    assert rules.is_one_of(cast.learner, pairing)


def test_only_the_mentor_answers_and_only_the_asker_takes_back(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    assert those(cast, lambda one: rules.may_answer(one, pairing)) == ["mentor"]
    assert those(cast, lambda one: rules.may_take_back(one, pairing.ask)) == ["learner"]


def test_coordinators_of_the_hub_decide_but_not_about_themselves(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    mentor, ask = pairing.mentor, pairing.ask
    assert mentor is not None
    programme = make_programme(cast.hub)
    staff = ["admin", "coordinator"]
    assert those(cast, lambda one: rules.may_move(one, pairing)) == staff
    assert those(cast, lambda one: rules.may_pair(one, ask, mentor)) == staff
    assert those(cast, lambda one: rules.may_check(one, mentor)) == staff
    assert those(cast, lambda one: rules.may_run_programme(one, cast.hub)) == staff
    assert those(cast, lambda one: rules.may_see_desk(one, cast.hub)) == staff
    assert those(cast, lambda one: rules.may_change_programme(one, programme, cast.hub)) == staff
    assert not rules.may_change_programme(cast.other_coordinator, programme, cast.other_hub)
    for one in (cast.learner, cast.mentor):
        grant_role(member=cast.admin, to=one, hub=cast.hub, role="coordinator")
        assert not rules.may_move(one, pairing)
        assert not rules.may_pair(one, ask, mentor)
    assert not rules.may_check(cast.mentor, mentor)


def test_the_safety_lead_reads_cases_but_none_about_oneself(cast: SimpleNamespace) -> None:
    lead = make_member("lead")
    grant_role(member=cast.admin, to=lead, hub=cast.hub, role="safety")
    facts = {"hub": cast.hub, "kind": "other", "opened_at": timezone.now()}
    case = SafetyCase.objects.create(subject=cast.mentor, key=uuid4(), **facts)
    assert rules.may_read_case(lead, case)
    assert those(cast, lambda one: rules.may_read_case(one, case)) == []
    about_nobody = SafetyCase.objects.create(key=uuid4(), **facts)
    assert rules.may_read_case(lead, about_nobody)
    assert not rules.may_read_case(cast.admin, about_nobody)


def test_the_network_admin_reads_a_case_only_where_no_other_lead_is_left(
    cast: SimpleNamespace,
) -> None:
    lead, second = make_member("lead"), make_member("second")
    for one, hub in ((lead, cast.hub), (second, cast.hub), (make_member("far"), cast.other_hub)):
        grant_role(member=cast.admin, to=one, hub=hub, role="safety")
    facts = {"hub": cast.hub, "kind": "other", "opened_at": timezone.now()}
    about_lead = SafetyCase.objects.create(subject=lead, key=uuid4(), **facts)
    about_admin = SafetyCase.objects.create(subject=cast.admin, key=uuid4(), **facts)

    def readers() -> list[list[str]]:
        people = [lead, second, *Member.objects.filter(username="far"), cast.admin]
        cases = (about_lead, about_admin)
        return [
            [one.username for one in people if rules.may_read_case(one, case)] for case in cases
        ]

    assert readers() == [["second"], ["lead", "second"]]
    Member.objects.filter(pk=second.pk).update(is_active=False)
    second.refresh_from_db()
    assert readers() == [["admin"], ["lead"]]
    lead.roles.all().delete()
    assert readers() == [["admin"], []]
