"""Reports: who is told, and who may read them."""

import pytest

from members.errors import Refused
from members.models import HubRole, Member, Notice
from mentorship import actions
from mentorship.models import MemberBlock, SafetyCase
from mentorship.queries.safety import readers_of
from tests.mentorship.pair_parts import NOW, Pair, make_pair, told
from tests.mentorship.safety_parts import SECRET, entries, make_lead, readers_in, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return make_pair()


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
