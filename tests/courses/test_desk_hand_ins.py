"""Reading a hand-in and deciding about it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Notice, RecordEntry
from tests.desk_parts import NOW, Desk, make_desk, make_enrolment, make_hand_in, make_member


@pytest.fixture
def desk(db: None, client: Client) -> Desk:
    made = make_desk()
    client.force_login(made.coordinator)
    return made


def address(desk: Desk) -> str:
    return reverse("courses:desk_hand_in", args=["riverside", desk.hand_in.pk])


def test_accept(client: Client, desk: Desk) -> None:
    """Accepted, logged, told; then the desk, since nothing else waits."""
    response = client.post(address(desk), {"decision": "accept", "note": ""})
    assert (response.status_code, response["Location"]) == (303, "/desk/riverside/")
    desk.hand_in.refresh_from_db()
    assert (desk.hand_in.state, desk.hand_in.reviewed_by) == ("accepted", desk.coordinator)
    assert RecordEntry.objects.filter(member=desk.learner, verb="review_hand_in").count() == 1
    assert Notice.objects.filter(member=desk.learner, kind="hand-in").count() == 1


def test_accept_twice_is_one_decision(client: Client, desk: Desk) -> None:
    """A double click has one effect and no error."""
    codes = [client.post(address(desk), {"decision": "accept"}).status_code for _ in range(2)]
    assert codes == [303, 303]
    assert RecordEntry.objects.filter(member=desk.learner, verb="review_hand_in").count() == 1


def test_send_back_with_a_note(client: Client, desk: Desk) -> None:
    """The learner gets the note."""
    client.post(address(desk), {"decision": "return", "note": "Add a title."})
    desk.hand_in.refresh_from_db()
    assert (desk.hand_in.state, desk.hand_in.note) == ("returned", "Add a title.")
    assert "Add a title." in Notice.objects.get(member=desk.learner, kind="hand-in").text


def test_send_back_needs_a_note(client: Client, desk: Desk) -> None:
    """Refused beside the field; nothing is decided."""
    response = client.post(address(desk), {"decision": "return", "note": "   "})
    assert response.status_code == 422
    assert "Say what is missing, so that the learner can go on." in response.content.decode()
    desk.hand_in.refresh_from_db()
    assert desk.hand_in.state == "waiting"


def test_too_long_note_is_kept(client: Client, desk: Desk) -> None:
    """The typed text stands on the page again."""
    note = "kept-words " * 600
    response = client.post(address(desk), {"decision": "return", "note": note})
    assert response.status_code == 422
    assert note.strip() in response.content.decode()


def test_no_button_keeps_the_note(client: Client, desk: Desk) -> None:
    """A post without a decision asks for one and keeps the note."""
    response = client.post(address(desk), {"note": "kept-words"})
    assert response.status_code == 422
    assert "kept-words" in response.content.decode()


def test_colleague_was_quicker(client: Client, desk: Desk) -> None:
    """A decision is not turned round by a stale form; the note is kept."""
    client.post(address(desk), {"decision": "accept"})
    response = client.post(address(desk), {"decision": "return", "note": "kept-words"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "A colleague has already decided about this hand-in." in page
    assert "kept-words" in page
    desk.hand_in.refresh_from_db()
    assert desk.hand_in.state == "accepted"


def test_next_one_follows(client: Client, desk: Desk) -> None:
    """After a decision comes the one that waits behind it, then the oldest."""
    other = make_enrolment(make_member("second"), desk.course, desk.hub)
    later = make_hand_in(other, made_at=NOW + timedelta(hours=1))
    older = make_hand_in(other, made_at=NOW - timedelta(hours=1), block_id="task-2")
    first = client.post(address(desk), {"decision": "accept"})
    assert first["Location"] == f"/desk/riverside/hand-ins/{later.pk}/"
    second = client.post(first["Location"], {"decision": "accept"})
    assert second["Location"] == f"/desk/riverside/hand-ins/{older.pk}/"


def test_own_and_foreign_work_does_not_follow(client: Client, desk: Desk) -> None:
    """What cannot be decided here is never the next one."""
    own = make_enrolment(desk.coordinator, desk.course, desk.hub)
    make_hand_in(own)
    abroad = make_enrolment(make_member("abroad"), desk.course, desk.other_hub)
    make_hand_in(abroad)
    assert client.post(address(desk), {"decision": "accept"})["Location"] == "/desk/riverside/"


def test_decided_one_is_shown_without_form(client: Client, desk: Desk) -> None:
    """What was decided stays readable."""
    client.post(address(desk), {"decision": "return", "note": "Add a title."})
    page = client.get(address(desk)).content.decode()
    assert "Add a title." in page
    assert 'name="decision"' not in page


def test_words_are_escaped(client: Client, desk: Desk) -> None:
    """Handed-in markup is shown, not run."""
    desk.hand_in.words = "<script>alert(1)</script>"
    desk.hand_in.save()
    page = client.get(address(desk)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_link_is_text_that_leads_away_safely(client: Client, desk: Desk) -> None:
    """A link is shown in full and carries nothing along."""
    desk.hand_in.words, desk.hand_in.link = "", "https://example.org/work?a=1"
    desk.hand_in.save()
    page = client.get(address(desk)).content.decode()
    expected = '<a href="https://example.org/work?a=1" rel="nofollow noopener noreferrer">'
    assert f"{expected}https://example.org/work?a=1</a>" in page


def test_script_link_is_never_a_link(client: Client, desk: Desk) -> None:
    """An address that a browser would run is text only."""
    desk.hand_in.words, desk.hand_in.link = "", "javascript:alert(1)"
    desk.hand_in.save()
    page = client.get(address(desk)).content.decode()
    assert 'href="javascript' not in page
    assert "javascript:alert(1)" in page


def test_photo_comes_through_the_view_with_a_rule(client: Client, desk: Desk) -> None:
    """The photo's address is not a media file."""
    desk.hand_in.words, desk.hand_in.photo = "", "hand-ins/one.jpg"
    desk.hand_in.save()
    page = client.get(address(desk)).content.decode()
    assert f'src="{reverse("courses:photo", args=[desk.hand_in.pk])}"' in page
    assert "hand-ins/one.jpg" not in page
