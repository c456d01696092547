"""Erasing an account, and forgetting what is old."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from wagtail import hooks

from members import emails, jobs, outbox
from members.actions import (
    erase_member,
    forget_old,
    give_consent,
    grant_role,
    issue_sign_in_code,
    mark_notices_read,
    notify,
    record,
)
from members.errors import Refused
from members.models import Member, Notice, OutboxRow, RecordEntry, SignInCode

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
WORD = "Quillmark"


@pytest.fixture
def person(make_member, coordinator, hub):
    """A learner with a bit of everything, all with a word of their own."""
    member = make_member("quill", hub=hub, name=WORD, email="quillmark@example.org", phone="12345")
    notify(member=member, key="k", kind="x", text=f"Hello {WORD}")
    give_consent(member=member, kind="photo", wording=f"I, {WORD}, agree.")
    record(member=member, actor=coordinator, hub=hub, verb="look", words=f"Looked at {WORD}")
    issue_sign_in_code(member=coordinator, to=member, hub=hub)
    return member


def everything():
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            rows.append(str(cursor.fetchall()))
    return "\n".join(rows)


def test_erase_member_leaves_no_name(person, learner):
    assert WORD in everything()
    assert erase_member(member=person) is True
    left = everything()
    for word in (WORD, "quillmark@example.org", "12345"):
        assert word not in left
    assert Member.objects.filter(pk=learner.pk).exists()


def test_erase_member_twice_changes_nothing_more(person):
    again = Member.objects.get(pk=person.pk)
    erase_member(member=person)
    count = OutboxRow.objects.count()
    assert erase_member(member=again) is False
    assert OutboxRow.objects.count() == count


def test_the_apps_above_keep_what_must_stay_inside_the_same_transaction(person):
    seen = []

    def keep(*, member):
        seen.append((member.name, connection.in_atomic_block))

    def fail(*, member):
        raise RuntimeError

    with hooks.register_temporarily("member_erase", keep):
        with (
            hooks.register_temporarily("member_erase", fail, order=1),
            pytest.raises(RuntimeError),
        ):
            erase_member(member=person)
        assert Member.objects.filter(pk=person.pk).exists()
        erase_member(member=Member.objects.get(pk=person.pk))
    assert seen == [(WORD, True), (WORD, True)]


def test_every_session_ends(person, learner):
    for member in (person, person, learner):
        Client().force_login(member)
    number = str(learner.pk)
    erase_member(member=person)
    outbox.empty()
    assert [s.get_decoded()["_auth_user_id"] for s in Session.objects.all()] == [number]


def test_mails_on_their_way_are_dropped_and_others_are_not(person):
    other = emails.owe(key="other", to="o@example.org", subject="s", text="t", member=999)
    erase_member(member=person)
    assert set(OutboxRow.objects.exclude(effect="members.end_sessions")) == {other}


def test_staff_leave_their_groups(editor, hub):
    group = Group.objects.get(name="harbour: editors")
    erase_member(member=editor)
    assert group.user_set.count() == 0


def test_what_a_coordinator_did_stays_without_the_name(person, coordinator, learner, hub):
    record(member=learner, actor=coordinator, hub=hub, verb="look", words="Looked.")
    erase_member(member=coordinator)
    entry = RecordEntry.objects.get(member=learner, verb="look")
    assert entry.actor is None


def test_the_last_admin_stays(admin, learner):
    with pytest.raises(Refused):
        erase_member(member=admin)
    learner.is_superuser = True
    learner.save()
    assert erase_member(member=admin) is True


def test_forget_old(learner, coordinator, hub, make_member):
    second = make_member("bert", hub=hub)
    issue_sign_in_code(member=coordinator, to=learner, hub=hub, now=NOW - timedelta(days=32))
    issue_sign_in_code(member=coordinator, to=second, hub=hub, now=NOW - timedelta(days=30))
    mark_notices_read(member=learner, now=NOW - timedelta(days=366))
    mark_notices_read(member=second, now=NOW - timedelta(days=364))
    for key, days in (("old", 31), ("new", 29)):
        row = outbox.put(effect="members.send_mail", key=key, payload={}, now=NOW)
        outbox.finish(row, NOW - timedelta(days=days))
    outbox.put(effect="x", key="owed", payload={}, now=NOW - timedelta(days=99))
    assert forget_old(now=NOW) == {"codes": 1, "notices": 1, "outbox": 1}
    assert forget_old(now=NOW) == {"codes": 0, "notices": 0, "outbox": 0}
    assert SignInCode.objects.get().member == second
    assert Notice.objects.filter(member=learner).count() == 0
    assert set(OutboxRow.objects.values_list("key", flat=True)) == {"new", "owed"}


def test_the_clock_calls_both_jobs(admin, learner, hub):
    learner.email = "lena@example.org"
    learner.save()
    grant_role(member=admin, to=learner, hub=hub, role="safety")
    found = [job for hook in hooks.get_hooks("clock_jobs") for job in hook()]
    assert jobs.empty_outbox in found
    assert jobs.forget in found
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert jobs.empty_outbox(later) == 1
    assert jobs.forget(later) == {"codes": 0, "notices": 0, "outbox": 0}
