"""What a partner and a hub agree: one says it, the other confirms it."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from courses.models import Course
from members.models import HubRole
from partners import actions
from partners.models import Agreement
from tests.partners.offers_cast import DAY, NOW, TODAY, key, make_site, refused, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def propose(site: SimpleNamespace, **values: Any) -> Agreement:
    facts = {
        "member": site.anna,
        "partner": site.partner,
        "hub": site.hub,
        "kind": "rooms",
        "words": "Room 3 on Mondays.",
        "now": NOW,
        **values,
    }
    return actions.propose_agreement(**facts)


def test_a_partner_says_what_was_agreed_once(site: SimpleNamespace) -> None:
    row = propose(site, until_on=TODAY)
    assert propose(site, until_on=TODAY, now=NOW + DAY / 4) == row
    stored = Agreement.objects.get()
    assert (stored.hub, stored.words, stored.confirmed_at) == (site.hub, "Room 3 on Mondays.", None)
    assert (stored.until_on, stored.made_at, stored.course) == (TODAY, NOW, None)
    words = [
        "Harbour College says: “Room 3 on Mondays.” Please confirm it if this is what you agreed."
    ]
    assert told(site.reviewer) == told(site.coordinator) == words
    assert told(site.other_reviewer) == []


def test_what_stands_keeps_its_end_until_it_is_ended(site: SimpleNamespace) -> None:
    row, words = propose(site), "This is here already, with another end."
    for _twice in range(2):
        got = refused(propose, site=site, until_on=TODAY + 9 * DAY)
        assert got == (f"{words} End it first, then write it again.", "until_on")
        actions.confirm_agreement(member=site.reviewer, agreement=row, now=NOW)
    stored = Agreement.objects.get()
    assert (stored.pk, stored.until_on, stored.confirmed_at) == (row.pk, None, NOW)


def test_what_is_over_is_agreed_again(site: SimpleNamespace) -> None:
    """It waits for the hub once more, which is told."""
    row = propose(site, until_on=TODAY)
    actions.confirm_agreement(member=site.reviewer, agreement=row, now=NOW)
    later = {"until_on": TODAY + 365 * DAY, "now": NOW + 2 * DAY}
    new = propose(site, **later)
    assert propose(site, **later) == new
    stored = Agreement.objects.get()
    assert (stored.pk != row.pk, stored.until_on, stored.confirmed_at) == (
        True,
        TODAY + 365 * DAY,
        None,
    )
    assert len(told(site.reviewer)) == 2


def test_another_hub_may_be_the_other_side(site: SimpleNamespace) -> None:
    row = propose(site, hub=site.other_hub)
    assert told(site.reviewer) == []
    actions.confirm_agreement(member=site.other_reviewer, agreement=row, now=NOW)
    got = refused(actions.confirm_agreement, member=site.reviewer, agreement=row)
    assert got[0] == "Only people of the hub who are not from this organisation can do this."


def test_what_cannot_be_is_refused(site: SimpleNamespace) -> None:
    for member in (site.ed, site.otto, site.reviewer, site.outsider):
        got = refused(propose, site=site, member=member)
        assert got == ("Only people who run this organisation can do this.", "")
    assert refused(propose, site=site, kind="nonsense")[1] == "kind"
    assert refused(propose, site=site, words=" ")[1] == "words"
    got = refused(propose, site=site, until_on=date(2026, 5, 3))
    assert got == ("This day is over. Write one to come.", "until_on")
    assert not Agreement.objects.exists()


def test_the_hub_confirms_and_nobody_of_the_partner(site: SimpleNamespace) -> None:
    row = propose(site)
    HubRole.objects.create(member=site.vic, hub=site.hub, role="reviewer")
    for member in (site.anna, site.vic, site.other_reviewer, site.hub_editor):
        got = refused(actions.confirm_agreement, member=member, agreement=row)
        assert got[0] == "Only people of the hub who are not from this organisation can do this."
    for number in range(2):
        found = actions.confirm_agreement(
            member=site.reviewer, agreement=row, now=NOW + number * DAY
        )
    assert found.confirmed_at == NOW
    assert told(site.anna) == ["Harbour Hub has confirmed: “Room 3 on Mondays.”"]
    assert told(site.ed) == []


def test_either_side_ends_it(site: SimpleNamespace) -> None:
    words = "Only the two who agreed can end this."
    for member in (site.anna, site.reviewer):
        row = propose(site)
        for other in (site.ed, site.otto, site.other_reviewer):
            got = refused(actions.end_agreement, member=other, agreement=row)
            assert got[0] == words
        assert actions.end_agreement(member=member, agreement=row) is True
        assert actions.end_agreement(member=member, agreement=Agreement(pk=row.pk)) is False
    gone = refused(actions.confirm_agreement, member=site.reviewer, agreement=Agreement(pk=9999))
    assert gone == ("This agreement is not there any more.", "")


@pytest.mark.parametrize("name", ["anna", "reviewer"])
def test_both_sides_hear_of_the_end_but_who_did_it(site: SimpleNamespace, name: str) -> None:
    words = "Harbour College and Harbour Hub: “Room 3 on Mondays.” This agreement has ended."
    row = propose(site)
    assert actions.end_agreement(member=getattr(site, name), agreement=row, now=NOW)
    people = ["anna", "reviewer", "coordinator"]
    found = {one: told(getattr(site, one)).count(words) for one in people}
    assert found == {**dict.fromkeys(people, 1), name: 0}
    for other in (site.ed, site.vic, site.otto, site.other_reviewer, site.hub_editor):
        assert words not in told(other)


def test_what_gives_entry_may_name_a_course(site: SimpleNamespace) -> None:
    course = Course.objects.create(pk=key(7), hub=site.hub, title="Spreadsheets 1")
    refusal = "To name a course, choose “Accepts our certificate as entry”."
    assert refused(propose, site=site, course=course) == (refusal, "course")
    assert not Agreement.objects.exists()
    assert propose(site, kind="entry", course=course).course == course
    assert propose(site, kind="entry", words="Any course.").course is None


def test_the_same_words_of_another_course_are_another_agreement(site: SimpleNamespace) -> None:
    """Each is confirmed for itself; sent again, it is the one that is there."""
    facts = {"kind": "entry", "words": "Straight into our second year."}
    courses = [
        None,
        *(Course.objects.create(pk=key(at), hub=site.hub, title=f"Course {at}") for at in (7, 8)),
    ]
    rows = [propose(site, course=course, **facts) for course in courses]
    assert [propose(site, course=course, **facts) for course in courses] == rows
    assert [row.course for row in rows] == courses
    assert len(told(site.reviewer)) == 3
    actions.confirm_agreement(member=site.reviewer, agreement=rows[1], now=NOW)
    stored = dict(Agreement.objects.values_list("pk", "confirmed_at"))
    assert stored == {rows[0].pk: None, rows[1].pk: NOW, rows[2].pk: None}


def decline(site: SimpleNamespace, row: Agreement, **values: Any) -> bool:
    facts = {"member": site.reviewer, "reason": "We never met.", "now": NOW, **values}
    return actions.decline_agreement(agreement=row, **facts)


def test_the_hub_says_no_with_a_reason(site: SimpleNamespace) -> None:
    row = propose(site)
    HubRole.objects.create(member=site.vic, hub=site.hub, role="reviewer")
    for member in (site.anna, site.vic, site.other_reviewer, site.hub_editor):
        got = refused(decline, site=site, row=row, member=member)
        assert got[0] == "Only people of the hub who are not from this organisation can do this."
    assert refused(decline, site=site, row=row, reason=" ")[1] == "reason"
    assert decline(site, row) is True
    assert decline(site, Agreement(pk=row.pk)) is False
    assert not Agreement.objects.exists()
    assert told(site.anna) == ["Harbour Hub says no to “Room 3 on Mondays.”: We never met."]
    assert told(site.ed) == []
