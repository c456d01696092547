"""What holds when people are parted: by a block, or for safety."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mentorship import actions
from mentorship.actions.telling import coordinators
from mentorship.models import (
    CaseEntry,
    MemberBlock,
    SafetyCase,
)
from mentorship.queries.personal import personal_sections
from mentorship.queries.safety import readers_of
from tests.mentorship.pair_parts import DAY, NOW, Pair, key_of, make_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return make_pair(at=NOW - 10 * DAY)


def part(pair: Pair, how: str) -> None:
    """Part the two."""
    if how == "safety":
        sent = {"key": key_of(1), "kind": "danger", "words": "zebra"}
        case = actions.report_problem(member=pair.mentee, pairing=pair.pairing, **sent, now=NOW)
        actions.end_pair(member=pair.safety, case=case, reason="Needed.", now=NOW)
    else:
        who = pair.mentor if how == "mentor" else pair.mentee
        actions.block_member(member=who, pairing=pair.pairing, now=NOW)


@pytest.mark.parametrize(("how", "keeps"), [("safety", True), ("mentor", True), ("mentee", False)])
def test_who_was_parted_keeps_the_place_in_line(pair: Pair, how: str, keeps: bool) -> None:
    part(pair, how)
    found = actions.ask_again(member=pair.mentee, pairing=pair.pairing, now=NOW + DAY)
    assert found.asked_at == (NOW - 10 * DAY if keeps else NOW + DAY)


@pytest.mark.parametrize("how", ["safety", "mentor", "mentee"])
def test_words_of_the_end_are_not_shown_to_who_was_parted(
    pair: Pair, signed_in: Callable[..., Client], how: str
) -> None:
    actions.end_pairing(member=pair.mentor, pairing=pair.pairing, reason="done", now=NOW)
    for who, words in ((pair.mentor, "heron"), (pair.mentee, "zebra")):
        actions.close_pairing(member=who, pairing=pair.pairing, thanks=words, now=NOW)
    address = reverse("mentorship:pair", args=[pair.pairing.pk])
    assert "heron" in signed_in(pair.mentee).get(address).content.decode()
    assert "zebra" in signed_in(pair.mentor).get(address).content.decode()
    if how == "safety":
        row = pair.again()
        row.end_reason = "safety"
        row.save()
    else:
        part(pair, how)
    assert "heron" not in signed_in(pair.mentee).get(address).content.decode()
    assert "zebra" not in signed_in(pair.mentor).get(address).content.decode()


@pytest.mark.parametrize(("who", "name"), [("mentee", "Mara Mentor"), ("mentor", "a learner")])
def test_a_block_gives_no_learners_name_back(pair: Pair, who: str, name: str) -> None:
    actions.block_member(member=getattr(pair, who), pairing=pair.pairing, now=NOW)
    rows = {one.name: list(one.rows) for one in personal_sections(getattr(pair, who))}
    assert rows["reports"] == [(NOW, "You are not matched again with", name, None)]


def test_whoever_sees_a_case_is_in_its_log(pair: Pair, signed_in: Callable[..., Client]) -> None:
    sent = {"key": key_of(1), "kind": "danger", "words": "zebra-case"}
    case = actions.report_problem(member=pair.mentee, pairing=pair.pairing, **sent, now=NOW)
    address = reverse("mentorship:desk_case_note", args=["riverside", case.pk])
    response = signed_in(pair.safety).post(address, {"words": ""})
    assert response.status_code == 422
    assert "zebra-case" in response.content.decode()
    assert CaseEntry.objects.filter(case=case, kind="read", actor=pair.safety).count() == 1


def test_a_report_of_the_lead_is_read_by_somebody_else(pair: Pair) -> None:
    found = readers_of(pair.hub, pair.mentor.pk, pair.safety.pk)
    assert (found.are, found.people) == ("admins", [pair.admin])
    found = readers_of(pair.hub, None, None)
    assert (found.are, found.people) == ("leads", [pair.safety])


def test_a_report_with_a_block_about_somebody_who_has_gone_is_kept(pair: Pair) -> None:
    row = pair.again()
    row.mentor = None
    row.save()
    sent = {"key": key_of(1), "kind": "danger", "words": "zebra", "blocks": True}
    case = actions.report_problem(member=pair.mentee, pairing=row, **sent, now=NOW)
    assert (case.words, case.subject) == ("zebra", None)


def test_the_desk_is_not_told_that_safety_ended_a_pair(
    pair: Pair, signed_in: Callable[..., Client]
) -> None:
    part(pair, "safety")
    address = reverse("mentorship:desk_pair", args=["riverside", pair.pairing.pk])
    html = signed_in(pair.coordinator).get(address).content.decode()
    assert "Reason: Another reason" in html
    assert "The hub ended it" not in html


def test_a_pair_is_ended_also_when_who_reported_has_gone(pair: Pair) -> None:
    sent = {"key": key_of(1), "kind": "danger", "words": "zebra"}
    case = actions.report_problem(member=pair.mentee, pairing=pair.pairing, **sent, now=NOW)
    SafetyCase.objects.update(reporter=None)
    for _time in range(2):
        actions.end_pair(member=pair.safety, case=case, reason="Needed.", now=NOW)
    assert (pair.again().state, pair.again().end_reason) == ("closed", "safety")
    assert not MemberBlock.objects.exists()


def test_where_the_only_coordinator_is_one_of_the_two_an_admin_is_told(pair: Pair) -> None:
    assert coordinators(pair.hub) == [pair.coordinator]
    assert coordinators(pair.hub, [pair.coordinator.pk]) == [pair.admin]
    assert coordinators(pair.hub, [pair.coordinator.pk, pair.admin.pk]) == []
