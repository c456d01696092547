"""What must leave: through a real worker once, and without a broker a little later."""

import email
import http.client
import json
import re
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import ROOT
from tests.demo_site import environment, free_port, manage, serving, wait_until_ready
from tests.server.programs import mute_server, running_worker, wait_for

pytestmark = [pytest.mark.server, pytest.mark.redis]
PUT = """
from members import emails
for number in range({count}):
    emails.owe(key=f"{word}-{{number}}", to="you@example.org", subject="{word}", text="Hello.")
"""
ADDRESS = """
INSERT INTO account_emailaddress (user_id, email, verified, "primary")
SELECT id, 'lena@example.org', 1, 1 FROM members_member WHERE username = 'learner'
"""


def mails(var: Path) -> list[str]:
    """The Message-ID of every mail that has left."""
    written = [path.read_bytes() for path in (var / "mail").glob("*.log")]
    parts = [part for text in written for part in re.split(rb"\n-{79}\n", text) if part.strip()]
    return [str(email.message_from_bytes(part)["Message-ID"]) for part in parts]


def owed(var: Path) -> int:
    """How many effects still wait."""
    with closing(sqlite3.connect(var / "weft.sqlite3")) as database:
        words = "SELECT count(*) FROM members_outboxrow WHERE done_at IS NULL"
        return database.execute(words).fetchone()[0]


def owe(var: Path, word: str, count: int, **more: str) -> None:
    """Another process owes some mails."""
    manage(var, "shell", "--no-imports", "-c", PUT.format(word=word, count=count), **more)


def ask_for_code(port: int) -> float:
    """Ask for a sign-in code by mail, as a visitor does; gives the seconds it took."""
    start = time.monotonic()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as site:
        headers = {
            "Origin": f"http://127.0.0.1:{port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        site.request("POST", "/accounts/login/code/", "email=lena%40example.org", headers)
        assert site.getresponse().status in (302, 303)
    return time.monotonic() - start


@pytest.fixture
def lena(var: Path) -> Path:
    """The demo, with a learner who has an address."""
    with closing(sqlite3.connect(var / "weft.sqlite3")) as database, database:
        database.execute(ADDRESS)
    return var


def test_a_worker_sends_each_mail_once(lena: Path, redis_server: str) -> None:
    """Twenty mails and a request's; two ticks beside the worker change nothing."""
    port = free_port()
    with (
        running_worker(lena, REDIS_URL=redis_server) as log,
        serving(lena, port, REDIS_URL=redis_server) as server,
    ):
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(url, server)
        assert ask_for_code(port) < 2
        wait_for("the worker sends the code", lambda: len(mails(lena)) == 1)
        ticks = tick_twice(lena, "worker", REDIS_URL=redis_server)
        wait_for("everything has left", lambda: len(mails(lena)) == 21)
    assert ticks == [0, 0]
    assert len(set(mails(lena))) == 21
    assert owed(lena) == 0
    only_json(log)


def tick_twice(var: Path, word: str, **more: str) -> list[int]:
    """Owe twenty mails, and let two processes run what is due at the same moment."""
    owe(var, word, 20, **more)
    command = [sys.executable, "manage.py", "tick", "--quiet"]
    ticks = [
        subprocess.Popen(command, cwd=ROOT, env=environment(var, **more)) for _number in range(2)
    ]
    return [tick.wait(timeout=60) for tick in ticks]


def only_json(log: Path) -> None:
    """What the worker wrote after its greeting is one JSON object a line."""
    lines = [line for line in log.read_text().splitlines() if "members.tasks" in line]
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert any("succeeded" in line["words"] for line in told)


def test_two_ticks_at_once_send_each_mail_once(var: Path) -> None:
    """A broker that is gone leaves everything to the clock; two clocks share it."""
    gone = f"redis://127.0.0.1:{free_port()}/0"
    assert tick_twice(var, "clock", CELERY_BROKER_URL=gone) == [0, 0]
    assert (len(mails(var)), len(set(mails(var))), owed(var)) == (20, 20, 0)


@pytest.mark.parametrize(
    ("name", "is_mute"),
    [("CELERY_BROKER_URL", False), ("CELERY_BROKER_URL", True), ("REDIS_URL", True)],
    ids=["broker-gone", "broker-mute", "all-of-redis-mute"],
)
def test_without_a_broker_the_request_answers(lena: Path, name: str, is_mute: bool) -> None:
    """The page comes in under two seconds, nothing is lost, and `tick` sends it."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with mute_server() as mute:
        more = {name: f"redis://127.0.0.1:{mute if is_mute else free_port()}/0"}
        with serving(lena, port, **more) as server:
            wait_until_ready(url, server)
            with urllib.request.urlopen(f"{url}/readyz", timeout=10) as response:
                ready = json.load(response)
            assert (ready["status"], ready["broker"]) == ("degraded", False)
            assert ask_for_code(port) < 2
    assert (mails(lena), owed(lena)) == ([], 1)
    manage(lena, "tick")
    assert (len(mails(lena)), owed(lena)) == (1, 0)
