"""Telling a member, consent, and logging what staff do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from members.actions import (
    forget_name,
    give_consent,
    mark_notices_read,
    notify,
    record,
    withdraw_consent,
)
from members.models import Consent, Member, Notice, OutboxRow, RecordEntry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
TOLD = {"key": "k", "kind": "answer", "text": "You have an answer.", "url": "/me/"}


def unread(member):
    return Member.objects.get(pk=member.pk).unread_count


def test_notify_counts_in_the_header(learner, outsider):
    notice = notify(member=learner, **TOLD, now=NOW)
    assert (notice.text, notice.url, notice.kind) == ("You have an answer.", "/me/", "answer")
    assert (notice.made_at, notice.read_at) == (NOW, None)
    assert (unread(learner), unread(outsider)) == (1, 0)
    assert OutboxRow.objects.count() == 0


def test_notify_twice_is_one_notice(make_member):
    member = make_member("anna", email="anna@example.org")
    assert notify(member=member, **TOLD) == notify(member=member, **TOLD)
    assert unread(member) == 1
    assert OutboxRow.objects.count() == 1


def test_notify_sends_a_mail_in_the_language_of_the_member(
    make_member, django_capture_on_commit_callbacks
):
    member = make_member("anna", email="anna@example.org", language="es")
    with django_capture_on_commit_callbacks(execute=True):
        notify(member=member, **TOLD)
    (message,) = mail.outbox
    assert message.to == ["anna@example.org"]
    assert message.subject
    assert "You have an answer." in message.body
    assert "http://testserver/me/" in message.body
    assert message.extra_headers["Message-ID"].startswith("<")


def test_a_notice_without_address_has_a_mail_without(
    make_member, django_capture_on_commit_callbacks
):
    member = make_member("anna", email="anna@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        notify(member=member, key="k", kind="x", text="Hello.")
    assert "http" not in mail.outbox[0].body


@pytest.mark.parametrize(
    "values, asked", [({"is_mail_wanted": False}, True), ({}, False), ({"email": ""}, True)]
)
def test_no_mail_where_none_is_wanted(make_member, values, asked):
    member = make_member("anna", **{"email": "anna@example.org"} | values)
    notify(member=member, **TOLD, email=asked)
    assert unread(member) == 1
    assert OutboxRow.objects.count() == 0


def test_mark_notices_read(learner, outsider):
    for key in "ab":
        notify(member=learner, key=key, kind="x", text="Hello.", now=NOW)
    notify(member=outsider, key="a", kind="x", text="Hello.", now=NOW)
    later = NOW + timedelta(hours=1)
    assert mark_notices_read(member=learner, now=later) == 2
    assert (unread(learner), unread(outsider), learner.unread_count) == (0, 1, 0)
    assert {notice.read_at for notice in Notice.objects.for_member(learner)} == {later}


def test_mark_notices_read_twice_changes_nothing_more(learner):
    notify(member=learner, **TOLD, now=NOW)
    mark_notices_read(member=learner, now=NOW)
    assert mark_notices_read(member=learner) == 0
    assert Notice.objects.get().read_at == NOW


def test_record(learner, coordinator, hub):
    entry = record(
        member=learner, actor=coordinator, hub=hub, verb="look", words="Looked.", reason="Asked"
    )
    assert list(RecordEntry.objects.for_member(learner)) == [entry]
    assert (entry.actor, entry.hub, entry.words, entry.reason) == (
        coordinator,
        hub,
        "Looked.",
        "Asked",
    )


def test_consent_once_for_one_wording(learner):
    first = give_consent(member=learner, kind="photo", wording="You may show me.", now=NOW)
    assert give_consent(member=learner, kind="photo", wording="You may show me.") == first
    assert Consent.objects.count() == 1


def test_other_words_end_the_older_consent(learner):
    first = give_consent(member=learner, kind="photo", wording="Old words.", now=NOW)
    second = give_consent(member=learner, kind="photo", wording="New words.", now=NOW)
    first.refresh_from_db()
    assert first.withdrawn_at == NOW
    assert list(Consent.objects.standing()) == [second]


def test_withdraw_consent(learner, outsider):
    give_consent(member=learner, kind="photo", wording="Yes.", now=NOW)
    give_consent(member=outsider, kind="photo", wording="Yes.", now=NOW)
    assert withdraw_consent(member=learner, kind="photo", now=NOW) is True
    assert withdraw_consent(member=learner, kind="photo") is False
    assert Consent.objects.standing().get().member == outsider
    assert Consent.objects.for_member(learner).get().withdrawn_at == NOW


def test_a_name_is_taken_out_of_what_others_were_told_and_of_the_mails(make_member):
    anna, ben = make_member("anna", name="Anna"), make_member("ben", email="ben@example.org")
    text = "Anna writes. Annabel and Anna wait. Ask Anna!"
    for key in ("talk:1:a", "talk:12:b", "other:1"):
        notify(member=ben, key=key, kind="x", text=text)
    notify(member=anna, key="talk:1:a", kind="x", text=text)
    said = {"member": anna, "keys": ["talk:1:", "walk:"], "words": lambda: "a friend"}
    assert (forget_name(**said), forget_name(**said)) == (1, 0)
    gone = "A friend writes. Annabel and a friend wait. Ask a friend!"
    told = Notice.objects.order_by("pk").values_list("text", flat=True)
    assert list(told) == [gone, text, text, text]
    mails = [row.payload["text"] for row in OutboxRow.objects.order_by("pk")]
    assert [gone in mail for mail in mails] == [True, False, False]
    assert "Anna" not in mails[0].replace("Annabel", "")


def test_a_name_is_taken_out_for_one_reader_alone(make_member):
    anna = make_member("anna", name="Anna")
    for name in ("ben", "cleo"):
        notify(member=make_member(name), key="talk:1", kind="x", text="Anna writes.")
    ben = Member.objects.get(username="ben")
    said = {"keys": ["talk:"], "words": lambda: "somebody", "reader": ben}
    assert forget_name(member=anna, **said) == 1
    told = Notice.objects.order_by("pk").values_list("text", flat=True)
    assert list(told) == ["Somebody writes.", "Anna writes."]
    anna.name = ""
    assert forget_name(member=anna, keys=["talk:"], words=str) == 0
