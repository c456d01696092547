"""A table of offers in a real worker that is killed while it checks and while it writes: nothing
is lost, and nothing is there twice."""

import csv
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.demo_site import manage
from tests.server.programs import start_worker, stop, wait_for

pytestmark = [pytest.mark.server, pytest.mark.redis]
CHECKED, WRITTEN = 5_000, 250
COLUMNS = "reference title learns for_whom kind mode is_any_time cost apply_by contact"
# A partner that the hub keeps, so that its reviewer may write for it.
SEND = """
import uuid
from pathlib import Path
from members.models import Hub, Member
from partners import actions
staff = Member.objects.get(username="reviewer")
partner = actions.enter_partner(
    member=staff, key=uuid.UUID(int=7), hub=Hub.objects.get(slug="harbour"),
    name="Table College", kind="college", place="Port", words="We know them.",
)
actions.start_upload(
    member=staff, partner=partner, key=uuid.uuid4(), name="{name}",
    data=Path("{path}").read_bytes(),
)
"""
APPLY = """
from members.models import Member
from partners import actions
from partners.models import OfferUpload
staff = Member.objects.get(username="reviewer")
actions.apply_upload(member=staff, upload=OfferUpload.objects.get(name="{name}"))
"""
RUN_DUE = """
from celery import current_app
from members import outbox
current_app.send_task(outbox.TASK)
"""


def run(var: Path, code: str, redis_server: str) -> None:
    """Run some lines on the demo; what they owe goes to the worker."""
    manage(var, "shell", "--no-imports", "-c", code, REDIS_URL=redis_server)


def table(path: Path, count: int) -> Path:
    """A table of so many offers."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS.split())
    for number in range(count):
        same = ["To weld.", "All", "course", "online", "yes", "free", "form", "Jo"]
        writer.writerow([f"R{number}", f"Offer {number}", *same])
    path.write_text(out.getvalue())
    return path


def asked(var: Path, words: str) -> tuple[object, ...]:
    """One row of the database."""
    with closing(sqlite3.connect(var / "weft.sqlite3", timeout=30)) as database:
        return database.execute(words).fetchone()


def upload(var: Path, name: str) -> tuple[object, ...]:
    """How far a table is: its state, how many rows are done, how many are wrong."""
    words = f"SELECT state, done, wrong FROM partners_offerupload WHERE name = '{name}'"
    return asked(var, words)


def minutes_pass(var: Path) -> None:
    """The lease of a worker that is gone has run out."""
    words = "UPDATE members_outboxrow SET leased_until = '2020-01-01' WHERE done_at IS NULL"
    with closing(sqlite3.connect(var / "weft.sqlite3", timeout=30)) as database, database:
        database.execute(words)


def killed_and_started_again(
    var: Path, redis_server: str, name: str, act: Callable[[], None], done: int
) -> tuple[object, ...]:
    """Kill the worker once some rows are done; gives how far the table was then. Another worker
    ends what is left."""
    worker, _log = start_worker(var, REDIS_URL=redis_server)
    try:
        act()
        wait_for("some rows are done", lambda: upload(var, name)[1] >= done, 120)
    finally:
        worker.kill()
        worker.wait()
    found = upload(var, name)
    minutes_pass(var)
    worker, _log = start_worker(var, REDIS_URL=redis_server)
    try:
        run(var, RUN_DUE, redis_server)
        end = {"checking": "checked", "writing": "done"}[str(found[0])]
        wait_for(f"the table is {end}", lambda: upload(var, name)[0] == end, 300)
    finally:
        stop(worker)
    return found


def sent(var: Path, redis_server: str, name: str, count: int) -> Callable[[], None]:
    """Send a table in."""
    path = table(var / name, count)
    return lambda: run(var, SEND.format(name=name, path=path), redis_server)


def test_a_killed_check_goes_on_where_it_was(var: Path, redis_server: str) -> None:
    send = sent(var, redis_server, "many.csv", CHECKED)
    state, done, _wrong = killed_and_started_again(var, redis_server, "many.csv", send, 100)
    assert (state, done < CHECKED) == ("checking", True)
    assert upload(var, "many.csv") == ("checked", CHECKED, 0)
    words = "SELECT count(*), count(DISTINCT number), min(step), max(step) FROM partners_uploadrow"
    assert asked(var, words) == (CHECKED, CHECKED, "clean", "clean")


def test_a_killed_writing_doubles_nothing(var: Path, redis_server: str) -> None:
    before = asked(var, "SELECT count(*) FROM partners_offer")[0]
    worker, _log = start_worker(var, REDIS_URL=redis_server)
    try:
        sent(var, redis_server, "some.csv", WRITTEN)()
        wait_for("it is checked", lambda: upload(var, "some.csv")[0] == "checked", 120)
    finally:
        stop(worker)

    def act() -> None:
        run(var, APPLY.format(name="some.csv"), redis_server)

    state, done, _wrong = killed_and_started_again(var, redis_server, "some.csv", act, 20)
    assert (state, done < WRITTEN) == ("writing", True)
    assert upload(var, "some.csv") == ("done", WRITTEN, 0)
    assert asked(var, "SELECT count(*) FROM partners_offer")[0] == before + WRITTEN
    words = """
        SELECT count(DISTINCT o.id), count(DISTINCT r.id), count(DISTINCT v.id)
        FROM partners_uploadrow u JOIN partners_offer o ON o.id = u.offer_id
        JOIN partners_offerreview r ON r.offer_id = o.id
        JOIN wagtailcore_revision v ON v.object_id = CAST(o.id AS TEXT)
        JOIN django_content_type t ON t.id = v.content_type_id AND t.model = 'offer'
    """
    assert asked(var, words) == (WRITTEN, WRITTEN, WRITTEN)
