"""Effects that must leave: mail, files, calls (ARCHITECTURE.md, section 3).

`put` writes a row in the transaction that owes the effect. After commit the row is run: here
and now without a broker, by a worker with one. A row that fails, or whose broker is mute, stays
and is tried again by the clock. Many workers may run at once: a row belongs to whoever takes its
lease by one conditional UPDATE, so no lock is held while a mail server thinks.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from .models import OutboxRow

log = logging.getLogger(__name__)
Run = Callable[[dict[str, Any]], None]
LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(days=1)
REST = 30.0
SECONDS_ASIDE = 0.8
places_aside = threading.BoundedSemaphore(4)
TASK = "members.tasks.empty_outbox"


@dataclass(frozen=True)
class Effect:
    """A registered effect. An outside one (a mail, a call) runs outside of a transaction."""

    run: Run
    is_outside: bool


@dataclass
class Broker:
    """When the broker failed last, so that the next requests do not wait for it too."""

    rests_until: float = 0.0


effects: dict[str, Effect] = {}
broker = Broker()


def effect(name: str, *, is_outside: bool = False) -> Callable[[Run], Run]:
    """Register a function as an effect. It takes the payload and may run twice.

    A database effect is undone unless its row is marked done with it, so it happens once.
    """

    def register(run: Run) -> Run:
        effects[name] = Effect(run, is_outside)
        return run

    return register


def put(
    *,
    effect: str,
    key: str,
    payload: dict[str, Any],
    due_at: datetime | None = None,
    now: datetime | None = None,
) -> OutboxRow:
    """Owe an effect. One key makes one row, however often it is put."""
    now = now or timezone.now()
    row, created = OutboxRow.objects.get_or_create(
        key=key,
        defaults={"effect": effect, "payload": payload, "made_at": now, "due_at": due_at or now},
    )
    if created and row.due_at <= timezone.now():
        known = effects.get(effect)
        is_outside = known is not None and known.is_outside
        transaction.on_commit(partial(start, row.pk, is_outside), robust=True)
    return row


def start(pk: int, is_outside: bool = False) -> None:
    """Run a committed row: here without a broker, else by a worker. No page waits long for a mail
    server."""
    if settings.CELERY_BROKER_URL:
        publish(pk)
    elif settings.WEFT_IS_WEB and is_outside:
        run_aside(pk)
    else:
        run_row(pk)


def run_aside(pk: int) -> None:
    """Run a row in a thread, and wait for it a second at most. When too many run, the clock will
    do it."""
    if places_aside.acquire(blocking=False):
        thread = threading.Thread(target=run_and_leave, args=[pk], daemon=True)
        thread.start()
        thread.join(SECONDS_ASIDE)


def run_and_leave(pk: int) -> None:
    """Run a row, and give back what the thread held."""
    try:
        run_row(pk)
    finally:
        connection.close()
        places_aside.release()


def publish(pk: int) -> None:
    """Tell a worker. A broker that does not answer is left alone for a while."""
    if time.monotonic() < broker.rests_until:
        return
    try:
        current_app.send_task(TASK, args=[pk], retry=False, ignore_result=True)
    except Exception:
        broker.rests_until = time.monotonic() + REST
        log.warning("The broker cannot be reached; the outbox waits.", exc_info=True)


def empty(now: datetime | None = None, *, at_most: int = 500) -> int:
    """Run what is due, and say how much went well. Safe twice at once."""
    due = OutboxRow.objects.due(now or timezone.now()).values_list("pk", flat=True)
    return sum(run_row(pk, now) for pk in list(due[:at_most]))


def run_row(pk: int, now: datetime | None = None) -> bool:
    """Run one row, if it is due and free. A failure is kept and tried again later."""
    now = now or timezone.now()
    row = take(pk, now)
    if row is None:
        return False
    try:
        do(row, now)
    except Exception as error:
        log.exception("The effect %s (%s) failed.", row.effect, row.key)
        put_off(row, now, error)
        return False
    return True


def take(pk: int, now: datetime) -> OutboxRow | None:
    """Take the lease of a row; None when another worker has it or nothing is owed."""
    taken = (
        OutboxRow.objects.due(now)
        .filter(pk=pk)
        .update(leased_until=now + LEASE, attempts=F("attempts") + 1)
    )
    return OutboxRow.objects.get(pk=pk) if taken else None


def do(row: OutboxRow, now: datetime) -> None:
    """Run the effect, and mark the row done with it."""
    known = effects[row.effect]
    if known.is_outside:
        known.run(row.payload)
        finish(row, now)
        return
    with transaction.atomic():
        if finish(row, now):
            known.run(row.payload)


def finish(row: OutboxRow, now: datetime) -> bool:
    """Mark a row done, once. What it carried is forgotten: it may be somebody's mail."""
    owed = OutboxRow.objects.filter(pk=row.pk, done_at__isnull=True)
    return bool(owed.update(done_at=now, leased_until=None, payload={}, error=""))


def put_off(row: OutboxRow, now: datetime, error: Exception) -> None:
    """Try again later: after 1, 2, 4 minutes and so on, at most a day."""
    owed = OutboxRow.objects.filter(pk=row.pk, done_at__isnull=True)
    words = f"{type(error).__name__}: {error}"[:2000]
    owed.update(due_at=now + wait_after(row.attempts), leased_until=None, error=words)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 12), LONGEST_WAIT)
