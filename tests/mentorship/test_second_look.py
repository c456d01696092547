"""What holds when a hub closes its programmes, people are parted, and checks run out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from members.errors import Refused
from mentorship import actions
from mentorship.actions.telling import coordinators
from mentorship.models import (
    CaseEntry,
    Meeting,
    MemberBlock,
    Mentor,
    MentorAsk,
    PairingMove,
    Programme,
    SafetyCase,
)
from mentorship.queries.personal import personal_sections
from mentorship.queries.safety import readers_of
from tests.desk_parts import make_member
from tests.mentorship.factories import make_ask, make_pairing
from tests.mentorship.pair_parts import DAY, NOW, Pair, key_of, make_pair, told

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def pair() -> Pair:
    return make_pair(at=NOW - 10 * DAY)


def waiting(pair: Pair) -> MentorAsk:
    return MentorAsk.objects.get(member=pair.mentee, state="waiting")


def test_a_mentor_leaves_a_hub_that_has_closed_its_programmes(pair: Pair) -> None:
    Programme.objects.update(is_open=False)
    actions.leave_mentoring(member=pair.mentor, reason="zebra-why", now=NOW)
    assert pair.again().state == "closed"
    found = waiting(pair)
    assert (found.programme, found.asked_at) == (pair.ask.programme, NOW - 10 * DAY)


def test_why_a_mentor_stopped_is_kept_by_the_own_hub_for_a_year(pair: Pair) -> None:
    actions.leave_mentoring(member=pair.mentor, reason="zebra-why", now=NOW)
    assert PairingMove.objects.filter(reason__contains="zebra").count() == 0
    for at, kept in ((NOW + 364 * DAY, "zebra-why"), (NOW + 365 * DAY, "")):
        actions.delete_old_words(now=at)
        assert Mentor.objects.get(pk=pair.giver.pk).left_words == kept


def test_who_erases_the_account_leaves_no_reason(pair: Pair) -> None:
    actions.leave_mentoring(member=pair.mentor, reason="zebra-why", now=NOW)
    actions.forget_pairs(member=pair.mentor)
    assert not Mentor.objects.exclude(left_words="").exists()


@pytest.mark.parametrize("chooses", [True, False])
def test_a_mentor_who_leaves_is_told_in_true_words(pair: Pair, chooses: bool) -> None:
    MentorAsk.objects.update(chooses_for_me=chooses)
    actions.leave_mentoring(member=pair.mentor, now=NOW)
    told_now = " ".join(told(pair.mentee))
    assert ("We look for another one." in told_now) == chooses
    assert ("See who else fits." in told_now) != chooses


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


def asked(pair: Pair) -> Pair:
    """Somebody else asks the same mentor."""
    person = make_member("nia", "Nia")
    pair.pairing = make_pairing(make_ask(person, pair.hub), pair.giver, "proposed", at=NOW)
    return pair


@pytest.mark.parametrize(
    ("needs", "level", "due", "may"),
    [(0, 0, -1, True), (1, 1, 1, True), (1, 1, 0, False), (2, 1, 9, False)],
)
def test_checks_count_once_more_at_the_yes(
    pair: Pair, needs: int, level: int, due: int, may: bool
) -> None:
    asked(pair)
    Programme.objects.update(check_level=needs)
    Mentor.objects.update(check_level=level, check_due_on=(NOW + due * DAY).date())
    accept = {"pairing": pair.pairing, "now": NOW}
    if not may:
        with pytest.raises(Refused, match=r"^These two cannot be a pair now\."):
            actions.move_pairing(member=pair.coordinator, verb="accept", reason="x", **accept)
        with pytest.raises(Refused, match=r"^You cannot say yes just now\."):
            actions.accept_pairing(member=pair.mentor, **accept)
        assert pair.again().state == "proposed"
        return
    actions.accept_pairing(member=pair.mentor, **accept)
    assert pair.again().state == "accepted"


def plan(pair: Pair, hours: int) -> Meeting:
    return Meeting.objects.create(
        pairing=pair.pairing,
        key=key_of(hours),
        starts_at=NOW + hours * HOUR,
        minutes=30,
        way="phone",
        made_by=pair.mentee,
        made_at=NOW - DAY,
        changed_at=NOW - DAY,
        state="planned",
    )


def test_a_meeting_now_leaves_the_plan_for_tonight(pair: Pair) -> None:
    tonight = plan(pair, 9)
    row = actions.log_meeting(member=pair.mentor, pairing=pair.pairing, key=key_of("a"), now=NOW)
    tonight.refresh_from_db()
    assert (tonight.state, row.pk != tonight.pk) == ("planned", True)


def test_the_nearest_plan_is_the_meeting(pair: Pair) -> None:
    early, near = plan(pair, -8), plan(pair, -1)
    row = actions.log_meeting(member=pair.mentor, pairing=pair.pairing, key=key_of("a"), now=NOW)
    early.refresh_from_db()
    assert (row.pk, early.state) == (near.pk, "planned")


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


def test_a_meeting_of_long_ago_is_no_sign_of_the_other_one_now(pair: Pair) -> None:
    at = NOW - 9 * DAY
    actions.log_meeting(
        member=pair.mentee, pairing=pair.pairing, key=key_of("a"), starts_at=at, now=NOW
    )
    row = pair.again()
    assert (row.mentee_sign_at, row.mentor_sign_at) == (NOW, at)


def test_where_the_only_coordinator_is_one_of_the_two_an_admin_is_told(pair: Pair) -> None:
    assert coordinators(pair.hub) == [pair.coordinator]
    assert coordinators(pair.hub, [pair.coordinator.pk]) == [pair.admin]
    assert coordinators(pair.hub, [pair.coordinator.pk, pair.admin.pk]) == []
