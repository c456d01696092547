"""Effects that must leave: one effect, however often it runs."""

import socket
import time
from datetime import timedelta

import pytest
from celery import Celery, current_app
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from members import emails, outbox
from members.models import Hub, OutboxRow
from members.tasks import empty_outbox

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SECRET = {"what": "private"}


@pytest.fixture
def effects():
    """Effects for a test only, with what they were given."""
    given = []
    known = dict(outbox.effects)

    @outbox.effect("test.make")
    def make(payload):
        Hub.objects.create(slug=payload["slug"], name=payload["slug"], place="x")

    @outbox.effect("test.fail")
    def fail(payload):
        Hub.objects.create(slug="half", name="half", place="x")
        raise RuntimeError("The file is full.")

    @outbox.effect("test.tell", is_outside=True)
    def tell(payload):
        given.append(payload)

    @outbox.effect("test.twice", is_outside=True)
    def twice(payload):
        row = OutboxRow.objects.get(key="k")
        outbox.finish(row, NOW)

    yield given
    outbox.effects.clear()
    outbox.effects.update(known)


def test_it_runs_after_commit_and_once(effects, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = outbox.put(effect="test.make", key="k", payload={"slug": "new"})
        again = outbox.put(effect="test.make", key="k", payload={"slug": "newer"})
        assert Hub.objects.count() == 0
    assert row == again
    assert [hub.slug for hub in Hub.objects.all()] == ["new"]
    row.refresh_from_db()
    assert (row.attempts, row.error, row.leased_until) == (1, "", None)
    assert row.done_at is not None
    assert outbox.empty(NOW + timedelta(days=9)) == 0


def test_a_rolled_back_change_owes_nothing(effects, django_capture_on_commit_callbacks):
    calls = django_capture_on_commit_callbacks(execute=True)
    with calls as owed, pytest.raises(ValueError), transaction.atomic():
        outbox.put(effect="test.make", key="k", payload={"slug": "new"})
        raise ValueError
    assert owed == []
    assert OutboxRow.objects.count() == 0


def test_later_is_not_now(effects, django_capture_on_commit_callbacks):
    later = NOW + timedelta(hours=2)
    with django_capture_on_commit_callbacks(execute=True) as calls:
        outbox.put(effect="test.tell", key="k", payload={}, due_at=later, now=NOW)
    assert calls == []
    assert outbox.empty(NOW + timedelta(hours=1)) == 0
    assert outbox.empty(later) == 1
    assert effects == [{}]


def test_a_failure_is_undone_kept_and_tried_again(effects):
    row = outbox.put(effect="test.fail", key="k", payload=SECRET, now=NOW)
    assert outbox.run_row(row.pk, NOW) is False
    row.refresh_from_db()
    assert Hub.objects.count() == 0
    assert (row.attempts, row.done_at, row.payload) == (1, None, SECRET)
    assert row.error == "RuntimeError: The file is full."
    assert row.due_at == NOW + timedelta(minutes=1)
    assert outbox.empty(NOW + timedelta(seconds=59)) == 0
    assert outbox.empty(NOW + timedelta(minutes=1)) == 0
    row.refresh_from_db()
    assert (row.attempts, row.due_at) == (2, NOW + timedelta(minutes=3))


def test_one_failure_does_not_stop_the_others(effects):
    outbox.put(effect="test.fail", key="a", payload={}, now=NOW)
    outbox.put(effect="test.unknown", key="b", payload={}, now=NOW)
    outbox.put(effect="test.tell", key="c", payload=SECRET, now=NOW)
    assert outbox.empty(NOW) == 1
    assert effects == [SECRET]
    assert OutboxRow.objects.get(key="b").error == "KeyError: 'test.unknown'"


def test_what_was_carried_is_forgotten(effects):
    row = outbox.put(effect="test.tell", key="k", payload=SECRET, now=NOW)
    assert outbox.run_row(row.pk, NOW) is True
    row.refresh_from_db()
    assert row.payload == {}


def test_a_leased_row_is_left_alone_until_the_lease_ends(effects):
    row = outbox.put(effect="test.tell", key="k", payload={}, now=NOW)
    assert outbox.take(row.pk, NOW) == row
    assert outbox.take(row.pk, NOW) is None
    assert outbox.run_row(row.pk, NOW + timedelta(minutes=4)) is False
    assert outbox.run_row(row.pk, NOW + timedelta(minutes=5)) is True
    assert effects == [{}]


def test_a_worker_that_was_too_slow_changes_nothing(effects):
    row = outbox.put(effect="test.make", key="k", payload={"slug": "new"}, now=NOW)
    slow = outbox.take(row.pk, NOW)
    assert outbox.run_row(row.pk, NOW + timedelta(minutes=6)) is True
    outbox.do(slow, NOW)
    outbox.put_off(slow, NOW, RuntimeError("late"))
    row.refresh_from_db()
    assert Hub.objects.count() == 1
    assert (row.error, row.done_at) == ("", NOW + timedelta(minutes=6))


@pytest.mark.parametrize(
    "attempts, minutes", [(1, 1), (2, 2), (3, 4), (11, 1024), (12, 1440), (500, 1440)]
)
def test_back_off(attempts, minutes):
    assert outbox.wait_after(attempts) == timedelta(minutes=minutes)


def test_at_most_so_many(effects):
    for number in range(3):
        outbox.put(effect="test.tell", key=f"k{number}", payload={}, now=NOW)
    assert outbox.empty(NOW, at_most=2) == 2
    assert outbox.empty() == 1


def test_a_mail_has_one_message_id_however_often_it_is_sent():
    row = emails.owe(key="hello", to="a@example.org", subject="Hi\nthere", text="Text")
    again = emails.owe(key="hello", to="a@example.org", subject="Hi", text="Text")
    assert row == again
    payload = row.payload
    outbox.effects["members.send_mail"].run(payload)
    outbox.effects["members.send_mail"].run(payload)
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.extra_headers["Message-ID"].endswith("@testserver>")
    assert (first.subject, first.body, first.to) == ("Hi there", "Text", ["a@example.org"])


def test_a_mail_can_carry_html():
    row = emails.owe(key="h", to="a@example.org", subject="s", text="t", html="<p>t</p>")
    outbox.run_row(row.pk)
    assert mail.outbox[0].alternatives[0][0] == "<p>t</p>"
    other = emails.owe(key="i", to="a@example.org", subject="s", text="t")
    assert other.payload["message_id"] != row.payload["message_id"]


@pytest.fixture
def broker():
    """A Celery that talks to the broker at an address, in place of ours, for one test."""
    ours = current_app._get_current_object()
    outbox.broker.rests_until = 0.0
    apps = []

    def use(url):
        app = Celery("test", broker=url, set_as_current=False)
        app.conf.update(
            broker_connection_timeout=settings.CELERY_BROKER_CONNECTION_TIMEOUT,
            broker_transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        )
        app.set_current()
        apps.append(app)
        return app

    yield use
    for app in apps:
        app.close()
    ours.set_current()
    outbox.broker.rests_until = 0.0


def start_with(url):
    """Put and start a row with a broker set; gives the row and the seconds it took."""
    row = outbox.put(effect="test.tell", key=f"k{OutboxRow.objects.count()}", payload={}, now=NOW)
    with override_settings(CELERY_BROKER_URL=url):
        began = time.monotonic()
        outbox.start(row.pk)
        return row, time.monotonic() - began


def test_with_a_broker_a_worker_runs_it(effects, broker):
    app = broker("memory://")
    row, _took = start_with("memory://")
    assert effects == []
    with app.connection_for_read() as connection:
        message = connection.SimpleQueue("celery").get(timeout=5)
    assert message.headers["task"] == "members.tasks.empty_outbox"
    assert message.payload[0] == [row.pk]


def test_a_broker_that_refuses_delays_nobody(effects, broker):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{free.getsockname()[1]}/0"
    broker(url)
    _row, took = start_with(url)
    assert took < 2
    assert outbox.empty(NOW) == 1
    assert effects == [{}]


def test_a_mute_broker_delays_one_request_a_little_and_the_next_not_at_all(effects, broker):
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        url = f"redis://127.0.0.1:{mute.getsockname()[1]}/0"
        broker(url)
        _row, took = start_with(url)
        assert took < 2
        _row, took = start_with(url)
        assert took < 0.2
    assert outbox.empty(NOW) == 2


def test_the_task_runs_one_row_or_all(effects):
    rows = [outbox.put(effect="test.tell", key=key, payload={"k": key}) for key in "abc"]
    empty_outbox(rows[1].pk)
    assert effects == [{"k": "b"}]
    empty_outbox()
    assert effects == [{"k": "b"}, {"k": "a"}, {"k": "c"}]
