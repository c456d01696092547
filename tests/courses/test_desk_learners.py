"""A learner's record: what it shows, and the two changes that a coordinator can make."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import Enrolment
from members.models import Notice, RecordEntry
from tests.desk_parts import (
    NOW,
    Desk,
    lessons_of,
    make_certificate,
    make_course,
    make_desk,
    make_enrolment,
    make_hand_in,
)


@pytest.fixture
def desk(db: None, client: Client) -> Desk:
    made = make_desk()
    client.force_login(made.coordinator)
    return made


def address(desk: Desk, name: str = "desk_learner", enrolment: Enrolment | None = None) -> str:
    row = enrolment or desk.enrolment
    return reverse(f"courses:{name}", args=["riverside", row.course_id, row.pk])


def test_record(client: Client, desk: Desk) -> None:
    """Lessons, results, hand-ins and the log stand on one page."""
    second = lessons_of(desk.course)[1]
    desk.enrolment.steps[second.key.hex] = {"percent": 40}
    desk.enrolment.save()
    page = client.get(address(desk)).content.decode()
    for words in ("Zebra Name", "First steps 1", "40%", "zebra-hand-in", "zebra-record"):
        assert words in page


def test_record_shows_only_what_this_hub_did(client: Client, desk: Desk) -> None:
    """The log of another hub stays there."""
    RecordEntry.objects.create(
        member=desk.learner, hub=desk.other_hub, verb="note", words="market-only", made_at=NOW
    )
    RecordEntry.objects.create(member=desk.learner, verb="note", words="no-hub", made_at=NOW)
    page = client.get(address(desk)).content.decode()
    assert "market-only" not in page
    assert "no-hub" not in page


def test_record_of_a_retired_lesson(client: Client, desk: Desk) -> None:
    """What was done in a lesson that left the course is still there."""
    first = lessons_of(desk.course)[0]
    desk.course.releases.update(outline={"lessons": []})
    page = client.get(address(desk)).content.decode()
    assert first.title in page
    assert "no longer in the course" in page


def test_desk_lesson_confirm(client: Client, desk: Desk) -> None:
    """Done, logged with the reason, told; twice is one."""
    lesson = lessons_of(desk.course)[1]
    sent = {"lesson": lesson.pk, "reason": "Did it at the hub."}
    answers = [client.post(address(desk, "desk_lesson_confirm"), sent) for _ in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, address(desk))] * 2
    desk.enrolment.refresh_from_db()
    assert desk.enrolment.required_done == 2
    entry = RecordEntry.objects.get(member=desk.learner, verb="confirm_lesson")
    assert (entry.actor, entry.hub, entry.reason) == (
        desk.coordinator,
        desk.hub,
        "Did it at the hub.",
    )
    assert Notice.objects.filter(member=desk.learner, kind="progress").count() == 1
    assert "Did it at the hub." in client.get(address(desk)).content.decode()


def test_desk_lesson_confirm_needs_a_reason(client: Client, desk: Desk) -> None:
    """Refused beside the field; the chosen lesson stays chosen."""
    lesson = lessons_of(desk.course)[1]
    response = client.post(address(desk, "desk_lesson_confirm"), {"lesson": lesson.pk})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Say why, in a few words." in page
    assert f'name="next" value="{address(desk)}"' in page
    for name in ("desk_lesson_confirm", "desk_certificate_withdraw"):
        assert client.get(address(desk, name))["Location"] == address(desk)
    assert f'value="{lesson.pk}" selected' in page
    desk.enrolment.refresh_from_db()
    assert desk.enrolment.required_done == 1


def test_desk_lesson_confirm_needs_a_lesson_of_the_course(client: Client, desk: Desk) -> None:
    """A lesson of another course is refused; the typed reason stays."""
    foreign = lessons_of(make_course(desk.hub, "Other"))[0]
    for lesson in ("", "nonsense", foreign.pk):
        sent = {"lesson": lesson, "reason": "kept-words"}
        response = client.post(address(desk, "desk_lesson_confirm"), sent)
        assert response.status_code == 422
        assert "kept-words" in response.content.decode()


def test_done_lessons_are_not_offered(client: Client, desk: Desk) -> None:
    """The list of lessons holds those that are still open."""
    first, second, _third = lessons_of(desk.course)
    page = client.get(address(desk)).content.decode()
    assert f'value="{second.pk}"' in page
    assert f'value="{first.pk}"' not in page


def test_own_record_cannot_be_changed(client: Client, desk: Desk) -> None:
    """A coordinator reads their own record; a colleague changes it."""
    own = make_enrolment(desk.coordinator, desk.course, desk.hub, done=3)
    make_certificate(own)
    page = client.get(address(desk, enrolment=own)).content.decode()
    assert 'name="reason"' not in page
    lesson = lessons_of(desk.course)[0]
    sent = {"lesson": lesson.pk, "reason": "me"}
    response = client.post(address(desk, "desk_lesson_confirm", own), sent)
    assert response.status_code == 422
    assert "You cannot change this record." in response.content.decode()
    withdrawn = client.post(address(desk, "desk_certificate_withdraw", own), {"reason": "me"})
    assert withdrawn.status_code == 422


def test_desk_certificate_withdraw(client: Client, desk: Desk) -> None:
    """Withdrawn with its reason, logged, told; twice is one."""
    certificate = make_certificate(desk.enrolment)
    place = address(desk, "desk_certificate_withdraw")
    codes = [client.post(place, {"reason": "Wrong person."}).status_code for _ in range(2)]
    assert codes == [303, 303]
    certificate.refresh_from_db()
    assert (certificate.withdrawal.reason, certificate.withdrawal.made_by) == (
        "Wrong person.",
        desk.coordinator,
    )
    assert RecordEntry.objects.filter(verb="withdraw_certificate").count() == 1
    assert "Wrong person." in client.get(address(desk)).content.decode()


def test_desk_certificate_withdraw_needs_a_reason(client: Client, desk: Desk) -> None:
    """Refused beside the field."""
    make_certificate(desk.enrolment)
    response = client.post(address(desk, "desk_certificate_withdraw"), {"reason": " "})
    assert response.status_code == 422
    assert "Say why, in a few words." in response.content.decode()


def test_desk_certificate_withdraw_without_certificate(client: Client, desk: Desk) -> None:
    """There is nothing to withdraw."""
    response = client.post(address(desk, "desk_certificate_withdraw"), {"reason": "x"})
    assert response.status_code == 404


def test_changes_are_posted(client: Client, desk: Desk) -> None:
    """Nothing changes by reading."""
    for name in ("desk_lesson_confirm", "desk_certificate_withdraw"):
        assert client.get(address(desk, name))["Location"] == address(desk)
    assert Notice.objects.count() == RecordEntry.objects.filter(verb="confirm_lesson").count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_record_statements(client: Client, desk: Desk, count: int) -> None:
    """The same few statements for one hand-in and entry and for three."""
    for number in range(2, count + 1):
        make_hand_in(desk.enrolment, number=number)
        RecordEntry.objects.create(
            member=desk.learner, actor=desk.editor, hub=desk.hub, verb="x", words="x", made_at=NOW
        )
    client.get(address(desk))
    with CaptureQueriesContext(connection) as statements:
        client.get(address(desk))
    assert len(statements) == 9
