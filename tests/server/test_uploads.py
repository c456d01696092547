"""A table of 5,000 offers in a real worker that is killed while it checks and while it writes:
its page shows how far it is, nothing is lost, and nothing is there twice."""

import csv
import io
import re
import sqlite3
import threading
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from tests.demo_site import free_port, manage, serving, wait_until_ready
from tests.server.programs import start_worker, stop, wait_for

pytestmark = [pytest.mark.server, pytest.mark.redis, pytest.mark.long]
ROWS, NAME = 5_000, "many.csv"
COLUMNS = "reference title learns for_whom kind mode is_any_time cost apply_by contact"
# A partner that the hub keeps, so that its reviewer may write for it.
SEND = """
import uuid
from pathlib import Path
from django.urls import reverse
from members.models import Hub, Member
from partners import actions
from tests.bench.helper import session_for
staff = Member.objects.get(username="reviewer")
partner = actions.enter_partner(
    member=staff, key=uuid.UUID(int=7), hub=Hub.objects.get(slug="harbour"),
    name="Table College", kind="college", place="Port", words="We know them.",
)
row = actions.start_upload(
    member=staff, partner=partner, key=uuid.uuid4(), name="{name}",
    data=Path("{path}").read_bytes(),
)
print(reverse("partners:partner_upload", args=[partner.slug, row.key]), session_for(staff))
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


CHECKED = f"""
SELECT count(*), count(DISTINCT number), min(step), max(step) FROM partners_uploadrow
WHERE upload_id = (SELECT id FROM partners_offerupload WHERE name = '{NAME}')
"""
WRITTEN = f"""
SELECT count(DISTINCT o.id), count(DISTINCT r.id), count(DISTINCT v.id)
FROM partners_uploadrow u JOIN partners_offer o ON o.id = u.offer_id
JOIN partners_offerreview r ON r.offer_id = o.id
JOIN wagtailcore_revision v ON v.object_id = CAST(o.id AS TEXT)
JOIN django_content_type t ON t.id = v.content_type_id AND t.model = 'offer'
WHERE u.upload_id = (SELECT id FROM partners_offerupload WHERE name = '{NAME}')
"""
SHOWN = re.compile(r'<progress value="(\d+)" max="(\d+)"')


def run(var: Path, code: str, redis_server: str) -> str:
    """Run some lines on the demo; what they owe goes to the worker."""
    return manage(var, "shell", "--no-imports", "-c", code, REDIS_URL=redis_server)


@dataclass
class Watched:
    """The page of a table, as a browser of its partner asks for it again and again; `seen` is how
    far it said the table was."""

    url: str
    session: str
    pause: float = 0.1
    seen: list[int] = field(default_factory=list)

    def read(self) -> str:
        """The page after a while. While a worker is on the table, it says how far."""
        threading.Event().wait(self.pause)
        asked = urllib.request.Request(self.url, headers={"Cookie": f"sessionid={self.session}"})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            page = str(answer.read().decode())
        if found := SHOWN.search(page):
            done, of = found.groups()
            assert f"{done} of {of} rows" in page
            assert int(of) == ROWS
            self.seen.append(int(done))
        return page

    def is_past(self, count: int) -> bool:
        """Whether it has said that so many rows are done."""
        return max(self.seen, default=0) >= count

    def says(self, words: str) -> bool:
        """Whether it says this now."""
        return words in self.read()


@contextmanager
def served(var: Path, redis_server: str) -> Iterator[str]:
    """The site, beside the worker; gives its address."""
    port = free_port()
    with serving(var, port, REDIS_URL=redis_server) as server:
        wait_until_ready(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"


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


@contextmanager
def meanwhile(act: Callable[[], object]) -> Iterator[None]:
    """Do something beside the block."""
    with ThreadPoolExecutor(1) as pool:
        acted = pool.submit(act)
        yield
        acted.result()


def killed_and_started_again(
    var: Path, redis_server: str, page: Watched, act: Callable[[], str], end: str
) -> list[int]:
    """Kill the worker once its page shows some rows; another worker ends what is left. Gives how
    far the page said the table was, while it ran and after."""
    page.seen.clear()
    worker, _log = start_worker(var, REDIS_URL=redis_server)
    with meanwhile(act):
        try:
            wait_for("some rows are done", lambda: bool(page.read()) and page.is_past(100), 120)
        finally:
            worker.kill()
            worker.wait()
    page.read()
    assert page.seen[-1] == upload(var, NAME)[1] < ROWS
    minutes_pass(var)
    worker, _log = start_worker(var, REDIS_URL=redis_server)
    try:
        with meanwhile(partial(run, var, RUN_DUE, redis_server)):
            wait_for(end, lambda: page.says(end), 900)
    finally:
        stop(worker)
    return page.seen


def test_a_table_that_is_killed_twice_goes_on_where_it_was(var: Path, redis_server: str) -> None:
    """Once while its rows are checked, and once while they are written."""
    path, before = table(var / NAME, ROWS), asked(var, "SELECT count(*) FROM partners_offer")[0]
    with served(var, redis_server) as site:
        sent = run(var, SEND.format(name=NAME, path=path), redis_server).split()
        page = Watched(f"{site}{sent[-2]}", sent[-1])

        def step(code: str, end: str) -> None:
            """One step of the table: its page counts up, and stays where the worker was killed."""
            act = partial(run, var, code, redis_server)
            seen = killed_and_started_again(var, redis_server, page, act, end)
            assert seen == sorted(seen)
            assert len(set(seen)) >= 3

        assert (page.says("We check your table"), page.seen) == (True, [0])
        step("", "Every row is right")
        assert upload(var, NAME) == ("checked", ROWS, 0)
        assert asked(var, CHECKED) == (ROWS, ROWS, "clean", "clean")
        page.pause = 1.0
        step(APPLY.format(name=NAME), "Your table is done")
        assert page.says(f"{ROWS} offers are written as the table says.")
    assert upload(var, NAME) == ("done", ROWS, 0)
    assert asked(var, "SELECT count(*) FROM partners_offer")[0] == before + ROWS
    assert asked(var, WRITTEN) == (ROWS, ROWS, ROWS)
