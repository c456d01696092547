"""Reports, blocks and cases: who is told, who may read, and what nobody learns."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.errors import Refused
from members.models import HubRole, Member, Notice, RecordEntry
from members.queries import sections_of
from mentorship import actions
from mentorship.models import (
    CaseEntry,
    MemberBlock,
    MentorAsk,
    Pairing,
    PairingMove,
    SafetyCase,
)
from mentorship.queries.matching import cards
from mentorship.queries.safety import readers_of
from tests.mentorship import factories
from tests.mentorship.pair_parts import DAY, NOW, Pair, key_of, make_pair, told

pytestmark = pytest.mark.django_db
SECRET = "zebra-report"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def report(pair: Pair, who: str = "mentee", **values: Any) -> SafetyCase:
    facts: dict[str, Any] = {
        "member": getattr(pair, who),
        "pairing": pair.pairing,
        "key": key_of("r"),
        "kind": "pressure",
        "words": SECRET,
        "now": NOW,
    }
    return actions.report_problem(**facts | values)


def entries(case: SafetyCase) -> list[tuple[str, str, str]]:
    rows = CaseEntry.objects.filter(case=case).select_related("actor")
    return [(row.kind, row.actor.username if row.actor else "", row.words) for row in rows]


def test_a_report_reaches_the_safety_lead_and_nobody_else(pair: Pair) -> None:
    assert report(pair) == report(pair)
    case = SafetyCase.objects.get()
    assert (case.hub, case.reporter, case.subject) == (pair.hub, pair.mentee, pair.mentor)
    assert (case.kind, case.words, case.opened_at) == ("pressure", SECRET, NOW)
    assert entries(case) == [("reported", "lea", "")]
    words = "Somebody reported a problem in a mentoring pair. Please read it today."
    assert told(pair.safety) == [words]
    assert pair.safety.notices.get().url == f"/desk/riverside/mentorship/cases/{case.pk}/"
    assert Notice.objects.exclude(member=pair.safety).count() == 0
    assert pair.again().state == "active"


def test_words_may_be_left_out(pair: Pair) -> None:
    assert report(pair, words="  ").words == ""


def test_the_mentor_may_report_too(pair: Pair) -> None:
    assert report(pair, "mentor").subject == pair.mentee


@pytest.mark.parametrize("who", ["coordinator", "safety", "admin", "outsider"])
def test_others_cannot_report(pair: Pair, who: str) -> None:
    with pytest.raises(Refused, match="not your pair"):
        report(pair, who)
    assert not SafetyCase.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"), [({"kind": "odd"}, "kind"), ({"words": "x" * 4001}, "words")]
)
def test_a_report_without_a_kind_or_without_end_is_refused(
    pair: Pair, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        report(pair, **values)
    assert refused.value.field == field


def make_lead(pair: Pair, member: Member) -> None:
    HubRole.objects.create(member=member, hub=pair.hub, role="safety")


def test_whom_it_is_about_is_never_told(pair: Pair) -> None:
    """The mentor is a safety lead too: the other lead is told, else the network admin."""
    make_lead(pair, pair.mentor)
    report(pair)
    assert (len(told(pair.safety)), told(pair.mentor), told(pair.admin)) == (1, [], [])
    HubRole.objects.filter(member=pair.safety).delete()
    report(pair, words="again")
    assert (len(told(pair.safety)), told(pair.mentor), len(told(pair.admin))) == (1, [], 1)


def test_an_admin_whom_it_is_about_is_not_told(pair: Pair) -> None:
    HubRole.objects.filter(role="safety").delete()
    Member.objects.filter(pk=pair.mentor.pk).update(is_superuser=True)
    Member.objects.create(username="old", name="Old", is_superuser=True, is_active=False)
    report(pair)
    assert {row.member_id for row in Notice.objects.all()} == {pair.admin.pk}


def test_a_coordinator_stands_in_where_no_admin_is_left(pair: Pair) -> None:
    """The only admin is the mentor, and no safety lead is left. Neither of the two reads it."""
    HubRole.objects.filter(role="safety", hub=pair.hub).delete()
    Member.objects.filter(pk=pair.admin.pk).update(is_active=False)
    Member.objects.filter(pk=pair.mentor.pk).update(is_superuser=True)
    for one in (pair.mentee, pair.mentor):
        HubRole.objects.create(member=one, hub=pair.hub, role="coordinator")
    HubRole.objects.create(member=pair.outsider, hub=pair.other_hub, role="coordinator")
    case = report(pair)
    assert {row.member_id for row in Notice.objects.all()} == {pair.coordinator.pk}
    people = (pair.mentor, pair.mentee, pair.coordinator, pair.outsider, pair.other_safety)
    seen = [one.username for one in people if one in readers_in(case)]
    assert seen == ["coordinator"]
    actions.read_case(member=pair.coordinator, case=case, now=NOW)
    assert entries(case)[1:] == [("read", "coordinator", "")]
    Member.objects.filter(pk=pair.admin.pk).update(is_active=True)
    assert readers_in(case) == [pair.admin]


def readers_in(case: SafetyCase) -> list[Member]:
    """Everybody who may read a case."""
    people = Member.objects.filter(is_active=True).order_by("pk")
    return [one for one in people if SafetyCase.objects.visible_to(one).filter(pk=case.pk)]


def test_who_is_told_is_who_may_read(pair: Pair) -> None:
    """At every step down, to the last: then nobody, and the next lead finds the case."""
    case = report(pair)
    for are, gone in (
        ("leads", {"roles__role": "safety", "roles__hub": pair.hub}),
        ("admins", {"is_superuser": True}),
        ("coordinators", {"roles__role": "coordinator", "roles__hub": pair.hub}),
        ("nobody", {}),
    ):
        found = readers_of(pair.hub, pair.mentor.pk, pair.mentee.pk)
        assert (found.are, found.people) == (are, readers_in(case))
        assert len(found.people) == (are != "nobody")
        Member.objects.filter(**gone).filter(pk__in=[one.pk for one in found.people]).update(
            is_active=False
        )
    make_lead(pair, pair.outsider)
    assert readers_in(case) == [pair.outsider]


def test_a_report_may_end_the_pair_at_once(pair: Pair) -> None:
    report(pair, blocks=True)
    assert pair.again().state == "closed"
    assert MemberBlock.objects.get().blocked == pair.mentor
    assert SafetyCase.objects.count() == 1


def block(pair: Pair, who: str = "mentee") -> MemberBlock:
    return actions.block_member(member=getattr(pair, who), pairing=pair.pairing, now=NOW)


def moves(pair: Pair) -> list[tuple[str, int | None, bool, str]]:
    rows = PairingMove.objects.filter(pairing=pair.pairing)
    return list(rows.values_list("verb", "actor", "is_staff", "reason"))


@pytest.mark.parametrize(
    ("who", "other", "words"),
    [
        (
            "mentee",
            "mentor",
            "The pairing that began on 1 November 2026 is over. Thank you for your time and care.",
        ),
        (
            "mentor",
            "mentee",
            "Your time with Mara Mentor is over. You can ask for a mentor again with one tap.",
        ),
    ],
)
def test_a_block_ends_a_pair_in_neutral_words(pair: Pair, who: str, other: str, words: str) -> None:
    assert block(pair, who) == block(pair, who)
    row = pair.again()
    assert (row.state, row.end_reason, row.ended_at) == ("closed", "other", NOW)
    assert told(getattr(pair, other)) == [words]
    assert told(getattr(pair, who)) == []
    assert moves(pair) == [("stop", None, False, "")]
    assert not RecordEntry.objects.exists()


def test_the_words_after_a_block_are_those_of_any_end(pair: Pair) -> None:
    block(pair, "mentor")
    said = told(pair.mentee)
    Pairing.objects.filter(pk=pair.pairing.pk).update(state="closing", ended_at=None)
    MemberBlock.objects.all().delete()
    Notice.objects.all().delete()
    for who in (pair.mentor, pair.mentee):
        actions.close_pairing(member=who, pairing=pair.pairing, now=NOW)
    assert told(pair.mentee) == said


def test_a_mentor_blocks_who_asks_and_the_mentee_reads_a_plain_no() -> None:
    pair = make_pair("proposed")
    block(pair, "mentor")
    assert pair.again().state == "declined"
    assert told(pair.mentee) == []
    actions.expire_proposal(pairing=pair.pairing, now=NOW + 2 * DAY)
    assert told(pair.mentee) == [
        "Mara Mentor cannot be your mentor at the moment, and nobody else fits just now. "
        "You keep your place in line: Riverside looks at your question on 6 November 2026."
    ]


def test_a_mentee_blocks_who_said_no_without_knowing_it() -> None:
    pair = make_pair("declined")
    block(pair)
    row = pair.again()
    assert (row.state, row.ended_at) == ("declined", NOW)
    assert told(pair.mentor) == told(pair.mentee) == []


def test_a_mentee_blocks_who_was_asked() -> None:
    pair = make_pair("proposed")
    block(pair)
    assert pair.again().state == "withdrawn"
    assert told(pair.mentor) == [
        "A learner no longer needs an answer from you. Thank you all the same."
    ]
    assert MentorAsk.objects.get().state == "waiting"


def test_after_a_block_the_question_goes_on_to_somebody_else() -> None:
    pair = make_pair("proposed")
    factories.make_mentor(pair.outsider, pair.hub, check_level=1)
    MentorAsk.objects.update(chooses_for_me=True)
    block(pair, "mentor")
    assert Pairing.objects.count() == 1
    actions.expire_proposal(pairing=pair.pairing, now=NOW + 2 * DAY)
    following = Pairing.objects.exclude(pk=pair.pairing.pk).get()
    assert (following.state, following.mentor.member) == ("proposed", pair.outsider)


def test_a_block_ends_all_that_is_open_between_the_two(pair: Pair) -> None:
    """The two may be a pair the other way round too."""
    giver = factories.make_mentor(pair.mentee, pair.hub)
    ask = factories.make_ask(pair.mentor, pair.hub)
    other = factories.make_pairing(ask, giver, "proposed", at=NOW - DAY / 2)
    block(pair)
    other.refresh_from_db()
    assert (pair.again().state, other.state) == ("closed", "declined")


def test_what_a_date_has_ended_is_not_ended_again() -> None:
    pair = make_pair(at=NOW - 300 * DAY)
    block(pair)
    assert pair.again().state == "closed"
    assert [verb for verb, *_rest in moves(pair)] == ["end", "close"]


def test_a_block_of_an_ended_pair_only_keeps_them_apart() -> None:
    pair = make_pair("closed")
    block(pair)
    assert MemberBlock.objects.count() == 1
    assert moves(pair) == []


def test_others_and_nobody_cannot_be_blocked(pair: Pair) -> None:
    with pytest.raises(Refused, match="not your pair"):
        block(pair, "outsider")
    Pairing.objects.update(mentor=None)
    pair.pairing.refresh_from_db()
    with pytest.raises(Refused, match="gone already"):
        block(pair)
    assert not MemberBlock.objects.exists()


def case_acts(pair: Pair, case: SafetyCase) -> dict[str, Any]:
    """Everything that is done in a case."""
    return {
        "read": lambda who: actions.read_case(member=who, case=case, now=NOW),
        "note": lambda who: actions.note_case(member=who, case=case, words="x", now=NOW),
        "words": lambda who: actions.open_words(member=who, case=case, reason="x", now=NOW),
        "end": lambda who: actions.end_pair(member=who, case=case, reason="x", now=NOW),
        "hold": lambda who: actions.hold_mentor(member=who, case=case, reason="x", now=NOW),
        "close": lambda who: actions.close_case(member=who, case=case, words="x", now=NOW),
    }


@pytest.mark.parametrize("name", ["read", "note", "words", "end", "hold", "close"])
@pytest.mark.parametrize(
    "who",
    ["mentor", "mentee", "coordinator", "other_safety", "admin", "outsider", "subject lead"],
)
def test_only_the_safety_lead_acts_and_never_the_subject(pair: Pair, name: str, who: str) -> None:
    case = report(pair)
    if who == "subject lead":
        make_lead(pair, pair.mentor)
    person = pair.mentor if who == "subject lead" else getattr(pair, who)
    with pytest.raises(Refused, match="cannot read this case"):
        case_acts(pair, case)[name](person)
    assert [kind for kind, *_rest in entries(case)] == ["reported"]
    assert pair.again().state == "active"


def test_reading_is_logged_once_for_each_time(pair: Pair) -> None:
    case = report(pair)
    for after in (0, 5, 14, 40):
        actions.read_case(member=pair.safety, case=case, now=NOW + after * MINUTE)
    assert entries(case)[1:] == [("read", "safety", ""), ("read", "safety", "")]
    with pytest.raises(Refused, match="cannot read this case"):
        actions.read_case(member=pair.admin, case=case, now=NOW + 41 * MINUTE)
    assert len(entries(case)) == 3


def test_an_admin_who_must_step_in_is_logged_too(pair: Pair) -> None:
    """Each opening stands in the case, also for a safety lead who comes later."""
    HubRole.objects.filter(role="safety").delete()
    case = report(pair)
    for after in (0, 20):
        actions.read_case(member=pair.admin, case=case, now=NOW + after * MINUTE)
    actions.open_words(member=pair.admin, case=case, reason="Needed.", now=NOW + 21 * MINUTE)
    assert entries(case)[1:] == [
        ("read", "admin", ""),
        ("read", "admin", ""),
        ("words", "admin", "Needed."),
    ]
    make_lead(pair, pair.outsider)
    with pytest.raises(Refused, match="cannot read this case"):
        actions.read_case(member=pair.admin, case=case, now=NOW + 60 * MINUTE)
    actions.read_case(member=pair.outsider, case=case, now=NOW + 60 * MINUTE)
    assert entries(case)[-1] == ("read", "outsider", "")


def test_a_lead_does_not_judge_the_own_report(pair: Pair) -> None:
    make_lead(pair, pair.mentee)
    case = report(pair)
    with pytest.raises(Refused, match=r"^You cannot read this case.$"):
        actions.read_case(member=pair.mentee, case=case, now=NOW)
    assert (readers_in(case), entries(case)) == ([pair.safety], [("reported", "lea", "")])


def test_notes_are_added(pair: Pair) -> None:
    case = report(pair)
    for words in ("Rang Lea.", " Rang Lea. ", "Rang again."):
        actions.note_case(member=pair.safety, case=case, words=words, now=NOW)
    assert entries(case)[1:] == [
        ("note", "safety", "Rang Lea."),
        ("note", "safety", "Rang again."),
    ]
    for words in (" ", "x" * 4001):
        with pytest.raises(Refused) as refused:
            actions.note_case(member=pair.safety, case=case, words=words, now=NOW)
        assert refused.value.field == "words"


def test_words_are_opened_with_a_reason_and_it_shows(pair: Pair) -> None:
    case = report(pair)
    with pytest.raises(Refused, match="Write a few words"):
        actions.open_words(member=pair.safety, case=case, reason="", now=NOW)
    for _time in range(2):
        opened = actions.open_words(
            member=pair.safety, case=case, reason="To see what was said.", now=NOW
        )
    assert opened.opened_words_at == NOW
    assert entries(case)[1:] == [("words", "safety", "To see what was said.")]
    entry = RecordEntry.objects.get()
    assert (entry.member, entry.actor, entry.reason) == (
        pair.mentee,
        pair.safety,
        "To see what was said.",
    )
    assert entry.words == "For safety, somebody read the messages and notes of your mentoring pair."
    assert entry.hub is None, "coordinators read the hub's part of a record"
    actions.close_case(member=pair.safety, case=case, words="Talked to both.", now=NOW + DAY)
    later = RecordEntry.objects.get(member=pair.mentor)
    assert later.reason == "It was needed to look into a problem."


def test_words_of_nobody_cannot_be_opened(pair: Pair) -> None:
    case = report(pair)
    SafetyCase.objects.update(pairing=None, reporter=None)
    with pytest.raises(Refused, match="no words of this pair"):
        actions.open_words(member=pair.safety, case=case, reason="x", now=NOW)
    SafetyCase.objects.update(pairing=pair.pairing)
    actions.open_words(member=pair.safety, case=case, reason="x", now=NOW)
    assert not RecordEntry.objects.exists()


def test_the_lead_ends_a_pair_and_the_reason_stays_in_the_case(pair: Pair) -> None:
    case = report(pair)
    with pytest.raises(Refused):
        actions.end_pair(member=pair.safety, case=case, reason=" ", now=NOW)
    for _time in range(2):
        actions.end_pair(member=pair.safety, case=case, reason=SECRET, now=NOW)
    row = pair.again()
    assert (row.state, row.end_reason) == ("closed", "safety")
    assert moves(pair) == [("stop", None, False, "")]
    assert entries(case)[1:] == [("ended", "safety", SECRET)]
    assert ended_records() == [(pair.mentee, None, None, "The hub ended your pair.", "")]
    for person in (pair.mentor, pair.mentee):
        assert len(told(person)) == 1 and SECRET not in told(person)[0]


def test_whom_safety_parted_are_never_matched_again(pair: Pair) -> None:
    for _time in range(2):
        actions.end_pair(member=pair.safety, case=report(pair), reason=SECRET, now=NOW)
    actions.close_case(member=pair.safety, case=report(pair), words="Over.", now=NOW)
    later = NOW + 400 * DAY
    assert actions.delete_old_words(now=later) == 1
    assert (pair.again().mentor, pair.again().mentee) == (None, None)
    blocks = MemberBlock.objects.values_list("member", "blocked", "made_at")
    assert list(blocks) == [(pair.mentee.pk, pair.mentor.pk, NOW)]
    assert cards(factories.make_ask(pair.mentee, pair.hub, asked_at=later), later) == []
    other = factories.make_ask(pair.outsider, pair.hub, asked_at=later)
    assert [card.mentor.pk for card in cards(other, later)] == [pair.giver.pk]


def ended_records() -> list[tuple[Any, ...]]:
    """What stands in the records of the two about the end."""
    rows = RecordEntry.objects.filter(verb="end_pair").order_by("pk")
    return [(row.member, row.actor, row.hub, row.words, row.reason) for row in rows]


def test_whom_a_case_is_about_reads_of_the_end_when_the_case_is_closed(pair: Pair) -> None:
    case = report(pair)
    actions.end_pair(member=pair.safety, case=case, reason=SECRET, now=NOW)
    before = str([list(section.rows) for section in sections_of(pair.mentor)])
    assert "The hub ended your pair." not in before and "Safety" not in before
    mine = str([list(section.rows) for section in sections_of(pair.mentee)])
    assert "The hub ended your pair." in mine and "Safety" not in mine
    actions.close_case(member=pair.safety, case=case, words="Over.", now=NOW + DAY)
    words = "The hub ended your pair."
    assert ended_records() == [(one, None, None, words, "") for one in (pair.mentee, pair.mentor)]


def test_the_hub_does_not_read_who_ended_the_pair_for_safety(pair: Pair, client: Client) -> None:
    actions.end_pair(member=pair.safety, case=report(pair), reason=SECRET, now=NOW)
    client.force_login(pair.coordinator)
    page = client.get(reverse("mentorship:desk_pair", args=[pair.hub.slug, pair.pairing.pk]))
    assert "Stopped at once" in page.content.decode()
    assert pair.safety.name not in page.content.decode()
    assert SECRET not in page.content.decode()


def test_the_lead_ends_a_question() -> None:
    pair = make_pair("proposed")
    case = report(pair)
    actions.end_pair(member=pair.safety, case=case, reason="x", now=NOW)
    row = pair.again()
    assert (row.state, row.end_reason) == ("withdrawn", "")
    assert told(pair.mentor) == [
        "A learner no longer needs an answer from you. Thank you all the same."
    ]
    assert "cannot be your mentor at the moment" in told(pair.mentee)[0]


def test_the_lead_stops_new_learners_and_the_reason_stays_in_the_case(pair: Pair) -> None:
    waiting = factories.make_ask(pair.outsider, pair.hub, asked_at=NOW)
    asked = factories.make_pairing(waiting, pair.giver, "proposed", at=NOW)
    case = report(pair)
    with pytest.raises(Refused, match="Write a few words first"):
        actions.hold_mentor(member=pair.safety, case=case, reason=" ", now=NOW)
    for _time in range(2):
        actions.hold_mentor(member=pair.safety, case=case, reason=SECRET, now=NOW)
    pair.giver.refresh_from_db()
    assert (pair.giver.state, pair.giver.is_held_by_hub) == ("paused", True)
    assert (pair.again().state, asked.moves.get().actor) == ("active", None)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert "cannot be your mentor at the moment" in told(pair.outsider)[0]
    assert entries(case)[1:] == [("held", "safety", SECRET)]
    words = "Your hub has paused you as a mentor for now."
    assert told(pair.mentor) == [words]
    entry = RecordEntry.objects.get()
    assert (entry.member, entry.actor, entry.hub) == (pair.mentor, None, None)
    assert (entry.words, entry.reason) == (words, "")
    with pytest.raises(Refused, match="Your hub has paused this"):
        actions.return_mentor(member=pair.mentor, now=NOW)


def test_a_pause_of_the_mentors_own_becomes_one_of_the_hub(pair: Pair) -> None:
    actions.pause_mentor(member=pair.mentor, now=NOW)
    actions.hold_mentor(member=pair.safety, case=report(pair), reason="x", now=NOW)
    pair.giver.refresh_from_db()
    assert (pair.giver.state, pair.giver.is_held_by_hub) == ("paused", True)


def test_who_left_stays_away_and_is_looked_at_anew(pair: Pair) -> None:
    case = report(pair)
    actions.leave_mentoring(member=pair.mentor, now=NOW)
    actions.hold_mentor(member=pair.safety, case=case, reason="x", now=NOW)
    pair.giver.refresh_from_db()
    assert (pair.giver.state, pair.giver.is_held_by_hub) == ("left", True)


def test_a_case_about_a_learner_stops_no_mentor(pair: Pair) -> None:
    case = report(pair, "mentor")
    with pytest.raises(Refused, match=r"^This person is not a mentor.$"):
        actions.hold_mentor(member=pair.safety, case=case, reason="x", now=NOW)
    assert entries(case) == [("reported", "mara", "")]


def test_a_pair_that_is_gone_cannot_be_ended(pair: Pair) -> None:
    case = report(pair)
    SafetyCase.objects.update(pairing=None)
    actions.end_pair(member=pair.safety, case=case, reason="x", now=NOW)
    assert entries(case)[1:] == []


def test_a_case_is_closed_and_who_reported_is_told(pair: Pair) -> None:
    case = report(pair)
    with pytest.raises(Refused):
        actions.close_case(member=pair.safety, case=case, words="", now=NOW)
    actions.close_case(member=pair.safety, case=case, words="Talked to both.", now=NOW)
    case.refresh_from_db()
    assert (case.closed_at, case.words) == (NOW, SECRET)
    assert entries(case)[1:] == [("closed", "safety", "Talked to both.")]
    assert told(pair.mentee) == [
        "We have looked into what you reported. Riverside can tell you more."
    ]
    assert told(pair.mentor) == []
    assert not RecordEntry.objects.exists()
    for name in ("note", "words", "end", "hold", "close"):
        with pytest.raises(Refused, match="This case is closed"):
            case_acts(pair, case)[name](pair.safety)


def test_the_words_of_somebody_who_left_go_with_the_case(pair: Pair) -> None:
    case = report(pair)
    SafetyCase.objects.update(reporter=None, subject=None, opened_words_at=NOW)
    actions.close_case(member=pair.safety, case=case, words="Over.", now=NOW)
    case.refresh_from_db()
    assert case.words == ""
    assert not RecordEntry.objects.exists()
