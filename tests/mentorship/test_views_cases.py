"""Cases on the desk: who comes in, and what nobody else learns."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from members.models import HubRole, Member
from mentorship import actions
from mentorship.models import CaseEntry, SafetyCase
from mentorship.queries.desk.cases import cases_waiting, open_case_counts
from tests.mentorship.pair_page_parts import new_pair, sender_to
from tests.mentorship.pair_parts import Pair, key_of
from tests.mentorship.safety_parts import SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(signed_in: Callable[..., Client]) -> Callable[..., HttpResponse]:
    return sender_to(signed_in)


def test_a_coordinator_who_stands_in_opens_the_case_and_no_other(
    post: Callable[..., HttpResponse], signed_in: Callable[..., Client]
) -> None:
    pair = new_pair()
    case = make_case(pair)
    own = signed_in(pair.coordinator)
    way = f'href="{desk("desk_cases")}"'
    hidden = [own.get(desk("desk_cases", hub=hub)) for hub in ("riverside", "no-such-hub")]
    assert [page.status_code for page in hidden] == [404, 404]
    assert b"Riverside" not in hidden[0].content
    assert way not in own.get("/desk/riverside/").content.decode()
    Member.objects.filter(pk__in=[pair.safety.pk, pair.admin.pk]).update(is_active=False)
    assert way in own.get("/desk/riverside/").content.decode()
    assert open_case_counts(pair.coordinator) == {pair.hub.pk: 1}
    assert SECRET in own.get(desk("desk_case", case.pk)).content.decode()
    assert f"/cases/{case.pk}/" in own.get(desk("desk_cases")).content.decode()
    HubRole.objects.create(member=pair.mentor, hub=pair.hub, role="coordinator")
    theirs = signed_in(pair.mentor)
    assert theirs.get(desk("desk_case", case.pk)).status_code == 404
    assert theirs.get(desk("desk_cases")).status_code == 404
    assert post(pair.mentor, desk("desk_case_note", case.pk), words="x").status_code == 404


def make_case(pair: Pair) -> SafetyCase:
    words = {"pairing": pair.pairing, "key": key_of(1)}
    actions.send_message(member=pair.mentor, words="zebra-message", **words)
    actions.add_note(member=pair.mentor, words="zebra-note", is_private=True, **words)
    return actions.report_problem(member=pair.mentee, kind="pressure", words=SECRET, **words)


def desk(name: str, *args: object, hub: str = "riverside") -> str:
    full = name if ":" in name else f"mentorship:{name}"
    return reverse(full, args=[hub, *args])


GATES = {"safety": 200}
PEOPLE = [
    "safety",
    "admin",
    "coordinator",
    "other_safety",
    "mentor",
    "mentee",
    "outsider",
    "subject lead",
]


@pytest.mark.parametrize("who", PEOPLE)
def test_desk_case_is_for_the_safety_lead(signed_in: Callable[..., Client], who: str) -> None:
    """The subject may be a safety lead too: the case is not there for that person."""
    pair = new_pair()
    case = make_case(pair)
    if who == "subject lead":
        HubRole.objects.create(member=pair.mentor, hub=pair.hub, role="safety")
    own = signed_in(pair.mentor if who == "subject lead" else getattr(pair, who))
    page = own.get(desk("desk_case", case.pk))
    rows = own.get(desk("desk_cases"))
    assert page.status_code == GATES.get(who, 404)
    sees_list = who in ("subject lead", "admin")
    assert rows.status_code == (200 if sees_list else GATES.get(who, 404))
    assert b"zebra" not in rows.content
    if page.status_code == 404:
        assert SECRET not in page.content.decode()
        assert f"/cases/{case.pk}/".encode() not in rows.content
        assert CaseEntry.objects.count() == 1
    for name in ("note", "words", "end", "close"):
        if page.status_code == 404:
            answer = own.post(desk(f"desk_case_{name}", case.pk), {"words": "x"})
            assert answer.status_code == 404
    assert CaseEntry.objects.exclude(kind__in=("reported", "read")).count() == 0


def test_an_admin_opens_a_case_where_no_lead_is_left_and_that_is_logged(
    signed_in: Callable[..., Client],
) -> None:
    pair = new_pair()
    case = make_case(pair)
    client = signed_in(pair.admin)
    assert open_case_counts(pair.admin) == {}
    HubRole.objects.filter(member=pair.safety).update(member=pair.mentor)
    assert open_case_counts(pair.admin) == {pair.hub.pk: 1}
    assert f"/cases/{case.pk}/" in client.get(desk("desk_cases")).content.decode()
    assert CaseEntry.objects.count() == 1
    page = client.get(desk("desk_case", case.pk))
    assert (page.status_code, SECRET in page.content.decode()) == (200, True)
    last = CaseEntry.objects.order_by("pk").last()
    assert last is not None
    assert (last.kind, last.actor) == ("read", pair.admin)


def test_a_case_of_one_hub_is_not_found_under_another(signed_in: Callable[..., Client]) -> None:
    pair = new_pair()
    case = make_case(pair)
    client = signed_in(pair.other_safety)
    assert client.get(desk("desk_case", case.pk, hub="market")).status_code == 404
    assert client.get(desk("desk_cases", hub="market")).status_code == 200


@pytest.mark.parametrize("name", ["mentorship:desk_cases", "mentorship:desk_case"])
def test_a_visitor_signs_in(client: Client, name: str) -> None:
    address = desk(name) if name.endswith("cases") else desk(name, 1)
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "mentorship:desk_case_note",
        "mentorship:desk_case_words",
        "mentorship:desk_case_end",
        "mentorship:desk_case_hold",
        "mentorship:desk_case_close",
    ],
)
def test_acts_are_posts(client: Client, name: str) -> None:
    assert client.get(desk(name, 1)).status_code == 405
    assert client.post(desk(name, 1)).status_code == 302


def test_the_lead_stops_new_learners_in_the_case(
    signed_in: Callable[..., Client], post: Callable[..., HttpResponse]
) -> None:
    pair = new_pair()
    case = make_case(pair)
    address, words = desk("desk_case", case.pk), "No new learners for this mentor for now"
    hold = desk("desk_case_hold", case.pk)
    refused = post(pair.safety, hold, words=" ")
    assert (refused.status_code, words in refused.content.decode()) == (422, True)
    assert post(pair.mentor, hold, words="x").status_code == 404
    response = post(pair.safety, hold, words=SECRET)
    assert (response.status_code, response["Location"]) == (303, address)
    text = signed_in(pair.safety).get(address).content.decode()
    assert words not in text and "Stopped new learners for the mentor" in text
    assert pair.again().state == "active"
    page = signed_in(pair.mentor).get(reverse("mentorship:mentor_offer")).content.decode()
    assert "Your hub has paused you as a mentor." in page
    assert SECRET not in page and "I have time again" not in page


def test_a_case_from_first_reading_to_its_end(
    signed_in: Callable[..., Client], post: Callable[..., HttpResponse]
) -> None:
    pair = new_pair()
    case = make_case(pair)
    client, address = signed_in(pair.safety), desk("desk_case", case.pk)
    page = client.get(address)
    text = page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert SECRET in text and "Lea Learner" in text and "Mara Mentor" in text
    assert "zebra-message" not in text and "zebra-note" not in text
    for name, words in (("note", "Rang Lea."), ("words", "To see."), ("end", "Too much.")):
        for _time in range(2):
            response = post(pair.safety, desk(f"desk_case_{name}", case.pk), words=words)
            assert (response.status_code, response["Location"]) == (303, address)
    text = client.get(address).content.decode()
    assert "zebra-message" in text and "zebra-note" in text
    assert pair.again().state == "closed"
    closed = post(pair.safety, desk("desk_case_close", case.pk), words="Talked to both.")
    assert closed.status_code == 303
    text = client.get(address).content.decode()
    assert "zebra-message" not in text and "zebra-note" not in text and SECRET in text
    kinds = case.entries.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["reported", "read", "note", "words", "ended", "closed"]
    late = post(pair.safety, desk("desk_case_note", case.pk), words="kept-words")
    assert late.status_code == 422
    assert "This case is closed." in late.content.decode()


@pytest.mark.parametrize("name", ["note", "words", "end", "close"])
def test_an_empty_or_endless_reason_is_given_back(
    post: Callable[..., HttpResponse], name: str
) -> None:
    pair = new_pair()
    case = make_case(pair)
    address = desk(f"desk_case_{name}", case.pk)
    empty = post(pair.safety, address, words=" ")
    assert (empty.status_code, "Write a few words first." in empty.content.decode()) == (422, True)
    long = post(pair.safety, address, words="kept " * 900)
    assert (long.status_code, "kept kept" in long.content.decode()) == (422, True)
    assert list(case.entries.values_list("kind", flat=True)) == ["reported", "read"]


def test_a_case_without_a_pair_or_people_can_be_read(signed_in: Callable[..., Client]) -> None:
    pair = new_pair()
    case = make_case(pair)
    SafetyCase.objects.update(pairing=None, reporter=None, subject=None)
    text = signed_in(pair.safety).get(desk("desk_case", case.pk)).content.decode()
    assert text.count("somebody who has left") == 2
    assert "Read the messages and notes" not in text and "End the pair now" not in text


def test_open_cases_are_counted_for_who_may_read_them() -> None:
    pair = new_pair()
    case = make_case(pair)
    assert open_case_counts(pair.safety) == {pair.hub.pk: 1}
    assert open_case_counts(pair.coordinator) == open_case_counts(pair.other_safety) == {}
    HubRole.objects.create(member=pair.mentor, hub=pair.hub, role="safety")
    assert open_case_counts(pair.mentor) == {}
    actions.close_case(member=pair.safety, case=case, words="Done.")
    assert open_case_counts(pair.safety) == {}


NOTHING = "Nothing waits. What there is to do comes here by itself."


def test_an_open_case_waits_on_the_desk_of_who_may_read_it(
    signed_in: Callable[..., Client],
) -> None:
    """Its kind and its number, no name and no word; looking at the desk is no reading."""
    pair = new_pair()
    case = make_case(pair)
    HubRole.objects.create(member=pair.mentor, hub=pair.hub, role="safety")
    row = f'href="{desk("desk_case", case.pk)}">Pressure, or too close</a>'
    for person, count in ((pair.safety, 1), (pair.mentor, 0), (pair.coordinator, 0)):
        page = signed_in(person).get("/desk/riverside/").content.decode()
        assert (page.count(row), page.count(NOTHING)) == (count, int(person == pair.mentor))
        assert "zebra" not in page and "All that waits in mentorship" not in page
    assert CaseEntry.objects.count() == 1
    actions.close_case(member=pair.safety, case=case, words="Done.")
    page = signed_in(pair.safety).get("/desk/riverside/").content.decode()
    assert (row in page, NOTHING in page, 'id="more"' in page) == (False, True, False)


def test_the_desk_has_the_first_five_cases_the_longest_waiting_first() -> None:
    pair = new_pair()
    for number in range(6):
        actions.report_problem(
            member=pair.mentee, pairing=pair.pairing, key=key_of(number), kind="other"
        )
    every = list(SafetyCase.objects.order_by("opened_at"))
    assert cases_waiting(pair.safety, pair.hub) == every[:5]
    assert cases_waiting(pair.coordinator, pair.hub) == []
