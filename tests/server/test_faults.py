"""What breaks: pages answer in under two seconds with a true sentence, and nothing is lost."""

import html
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg
import pytest

from tests.bench.processes import family
from tests.databases import ROOT, copy_on_server, with_name
from tests.demo_site import environment, free_port, manage, serving, wait_until_ready
from tests.server.programs import mute_server, postbox, running_redis, wait_for
from tests.server.test_worker import ADDRESS, owed

pytestmark = [pytest.mark.server, pytest.mark.redis]
SECONDS = 2.0
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
REAL = {
    "DJANGO_SETTINGS_MODULE": "hub.settings.production",
    "SECRET_KEY": "only-for-this-test-" * 4,
    "ALLOWED_HOSTS": "127.0.0.1",
    "WEFT_ALLOW_HTTP": "yes",
    "WEFT_BEHIND_PROXY": "no",
    "TRUSTED_PROXIES": "0",
}
LATER = "UPDATE members_outboxrow SET due_at = made_at, leased_until = NULL"


class Site:
    """A running site, asked as a browser would."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and words of a page; no answer may take two seconds."""
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(f"{self.url}{path}", data, {"Origin": self.url})
        start = time.monotonic()
        try:
            response = urllib.request.urlopen(request, timeout=20)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            words = response.read().decode()
        assert time.monotonic() - start < SECONDS, path
        return response.status, words


@contextmanager
def site(var: Path, **more: str) -> Iterator[Site]:
    """A site on a folder until the block ends; each page was looked at once."""
    port = free_port()
    with serving(var, port, **more) as server:
        wait_until_ready(f"http://127.0.0.1:{port}", server)
        found = Site(port)
        urllib.request.urlopen(f"{found.url}/accounts/login/code/", timeout=20).close()
        yield found


def ask_for_code(site: Site) -> int:
    """Ask for a sign-in code by mail; the status of the page that follows."""
    return site.ask("/accounts/login/code/", {"email": "lena@example.org"})[0]


def change(var: Path, sql: str) -> None:
    """Change something in the database of a site."""
    with closing(sqlite3.connect(var / "weft.sqlite3", timeout=20)) as database, database:
        database.execute(sql)


@pytest.mark.parametrize("trouble", ["refused", "mute", "slow"])
def test_no_page_waits_for_a_mail_server(var: Path, trouble: str) -> None:
    """The page comes at once; the mail leaves later, once."""
    change(var, ADDRESS)
    with mute_server() as mute, postbox(0.4) as slow, postbox() as well:
        port = {"refused": free_port(), "mute": mute, "slow": slow.port}[trouble]
        with site(var, **REAL, EMAIL_PORT=str(port)) as found:
            assert ask_for_code(found) == 200
            if trouble == "slow":
                wait_for("the slow server has the mail", lambda: owed(var) == 0)
        change(var, LATER)
        manage(var, "tick", **REAL, SITE_URL="https://127.0.0.1", EMAIL_PORT=str(well.port))
        assert owed(var) == 0
        assert len(slow.mails + well.mails) == 1


@contextmanager
def locked(var: Path) -> Iterator[None]:
    """Nobody else can write to the database."""
    with closing(sqlite3.connect(var / "weft.sqlite3", isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("ROLLBACK")


def test_a_locked_database_is_said_kindly_and_what_was_typed_is_kept(var: Path) -> None:
    """Fifteen seconds without a place to write: pages can be read, forms are kept to be sent
    again, and a command waits."""
    typed = {"name": 'Ana "A" <Lopez>', "username": "ana.lopez", "password1": "three small boats"}
    with site(var) as found:
        assert found.ask("/hubs/harbour/first-steps/turn-it-on/")[0] == 200
        with locked(var):
            start = time.monotonic()
            command = subprocess.Popen(
                [sys.executable, "manage.py", "tick", "--quiet"], cwd=ROOT, env=environment(var)
            )
            status, page = found.ask("/accounts/signup/", typed)
            assert status == 503
            assert "We are busy just now" in page
            kept = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
            assert {name: kept[name] for name in typed} == typed
            for path in (
                "/",
                "/courses/",
                "/hubs/harbour/first-steps/turn-it-on/",
                "/courses/?q=a",
            ):
                assert found.ask(path)[0] == 200, path
            assert found.ask("/accounts/signup/", typed)[0] == 503
            threading.Event().wait(15 - (time.monotonic() - start))
        assert command.wait(timeout=30) == 0
        assert found.ask("/accounts/signup/", kept)[0] == 200
    with closing(sqlite3.connect(var / "weft.sqlite3")) as database:
        named = database.execute("SELECT name FROM members_member WHERE username = 'ana.lopez'")
        assert named.fetchall() == [(typed["name"],)]


@pytest.mark.postgres
def test_a_locked_table_of_postgresql_is_said_as_kindly(postgres: str, tmp_path: Path) -> None:
    """The same there: a web process waits a second and a half, a command until it may write."""
    typed = {"name": "Ana", "username": "ana.lopez", "password1": "three small boats"}
    boss = ["createsuperuser", "--noinput", "--username=boss", "--name=Boss"]
    with copy_on_server(postgres) as database:
        url = with_name(postgres, database)
        here = {"DATABASE_URL": url, "DJANGO_SUPERUSER_PASSWORD": "three large boats"}
        manage(tmp_path, "pack_static", "--verbosity=0", **here)
        with site(tmp_path, DATABASE_URL=url) as found:
            with locked_members(url):
                start = time.monotonic()
                command = subprocess.Popen(
                    [sys.executable, "manage.py", *boss],
                    cwd=ROOT,
                    env=environment(tmp_path) | here,
                )
                status, page = found.ask("/accounts/signup/", typed)
                assert (status, "We are busy just now" in page) == (503, True)
                kept = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
                assert {name: kept[name] for name in typed} == typed
                assert [found.ask(path)[0] for path in ("/courses/", "/offers/")] == [200, 200]
                threading.Event().wait(15 - (time.monotonic() - start))
                assert command.poll() is None
            assert command.wait(timeout=30) == 0
            assert found.ask("/accounts/signup/", kept)[0] == 200
        with psycopg.connect(url) as server:
            named = server.execute("SELECT username FROM members_member ORDER BY username")
            assert named.fetchall() == [("ana.lopez",), ("boss",)]


@contextmanager
def locked_members(url: str) -> Iterator[None]:
    """Nobody else can write to the table of members."""
    with psycopg.connect(url) as database:
        database.execute("LOCK TABLE members_member IN SHARE MODE")
        yield
        database.rollback()


def test_a_deleted_cache_folder_is_made_again(var: Path) -> None:
    with site(var) as found:
        assert found.ask("/courses/")[0] == 200
        shutil.rmtree(var / "cache")
        for path in ("/courses/", "/hubs/harbour/", "/readyz"):
            assert found.ask(path)[0] == 200
        assert ask_for_code(found) == 200
        assert list((var / "cache" / "pages").iterdir()) != []


def test_redis_that_goes_away_takes_no_page_with_it(var: Path, tmp_path: Path) -> None:
    """Pages are built anew without it; what it should have carried waits in the outbox."""
    change(var, ADDRESS)
    folder = tmp_path / "redis"
    folder.mkdir()
    with running_redis(folder) as url:
        server = site(var, REDIS_URL=url)
        found = server.__enter__()
        assert found.ask("/courses/")[0] == 200
    try:
        for path in ("/courses/", "/hubs/harbour/", "/"):
            assert found.ask(path)[0] == 200
        assert ask_for_code(found) == 200
    finally:
        server.__exit__(None, None, None)
    assert owed(var) == 1
    manage(var, "tick")
    assert owed(var) == 0


CLIENTS, EACH, KILLS = 20, 50, 2
PREPARE = """
import json
from courses.models import LessonPage
from courses.queries import lesson_pack
from members.models import Member
from tests.bench.helper import session_for
page = LessonPage.objects.live().get(slug="turn-it-on", locale__language_code="en")
pack = lesson_pack(page.translation_key.hex, "en")
block, one = next((b, d) for b, d in pack.definitions.items() if d["kind"] == "one")
people = [Member.objects.create(username=f"kill-{{number}}", name="K") for number in range({count})]
sessions = [session_for(person) for person in people]
print(json.dumps([str(page.translation_key), block, one["answers"][0]["id"], sessions]))
"""
FOUND = """
SELECT m.username, a.key, a.number FROM courses_attempt a
JOIN courses_enrolment e ON e.id = a.enrolment_id JOIN members_member m ON m.id = e.member_id
WHERE m.username LIKE 'kill-%' ORDER BY m.username, a.number
"""
LOGGED = """
SELECT key FROM courses_learningevent l JOIN members_member m ON m.id = l.member_id
WHERE m.username LIKE 'kill-%' AND kind = 'answered'
"""


@dataclass
class Learner:
    """Sends answers, each with a key of its own, and again until it is acknowledged."""

    port: int
    session: str
    action: str
    block: str
    choice: str

    def answer_all(self) -> list[str]:
        """The keys of all answers as the site keeps them; every one was acknowledged."""
        return [self.answer(number) for number in range(1, EACH + 1)]

    def answer(self, number: int) -> str:
        """Send one answer until it is acknowledged."""
        key = uuid.uuid4()
        token = "t" * 32
        form = {
            "csrfmiddlewaretoken": token,
            "block": self.block,
            f"n-{self.block}": str(number),
            f"q-{self.block}": self.choice,
            "key": str(key),
        }
        cookie = f"sessionid={self.session}; csrftoken={token}"
        wait_for("the answer is kept", lambda: self.send(form, cookie) == 303, 60)
        return uuid.uuid5(key, self.block).hex

    def send(self, form: dict[str, str], cookie: str) -> int:
        """The status of one try; 0 when the line broke."""
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        headers["Origin"] = f"http://127.0.0.1:{self.port}"
        try:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
                line.request("POST", self.action, urllib.parse.urlencode(form), headers)
                return line.getresponse().status
        except (OSError, HTTPException):
            return 0


def rows(var: Path, sql: str) -> list[tuple[object, ...]]:
    """What a statement finds in the database of a site."""
    with closing(sqlite3.connect(var / "weft.sqlite3")) as database:
        return database.execute(sql).fetchall()


def test_kill_a_web_process_while_twenty_learners_answer(var: Path) -> None:
    """A thousand acknowledged answers are found, each once, in the state and in the log."""
    made = manage(var, "shell", "--no-imports", "-c", PREPARE.format(count=CLIENTS))
    lesson, block, choice, sessions = json.loads(made.splitlines()[-1])
    port, action = free_port(), f"/learn/lessons/{lesson}/answer/"
    options = ("--workers=2", "--respawn-failed-workers", "--respawn-interval=0.2")
    with serving(var, port, options=options) as server, ThreadPoolExecutor(CLIENTS) as pool:
        wait_until_ready(f"http://127.0.0.1:{port}", server)
        learners = [Learner(port, session, action, block, choice) for session in sessions]
        sent = [pool.submit(learner.answer_all) for learner in learners]
        for number in range(1, KILLS + 1):
            enough = number * CLIENTS * EACH // (KILLS + 1)
            wait_for("answers come in", lambda enough=enough: len(rows(var, LOGGED)) >= enough, 120)
            workers = sorted(family([server.pid]) - {server.pid})
            os.kill(workers[0], signal.SIGKILL)  # the one that has lived longest
        keys = {key for one in sent for key in one.result(timeout=240)}
    found = rows(var, FOUND)
    assert len(keys) == CLIENTS * EACH
    assert sorted(key for _name, key, _number in found) == sorted(keys)
    assert sorted(key for (key,) in rows(var, LOGGED)) == sorted(keys)
    numbers = [number for _name, _key, number in found]
    assert numbers == list(range(1, EACH + 1)) * CLIENTS


MANY = 1000
TELL = f"""
from members.actions import notify
from members.models import Member
lena = Member.objects.get(username="learner")
Member.objects.filter(pk=lena.pk).update(email="lena@example.org")
lena.refresh_from_db()
for number in range({MANY}):
    notify(member=lena, key=f"many-{{number}}", kind="test", text=f"Number {{number}}")
"""


def test_kill_the_worker_while_it_empties_the_outbox(var: Path, redis_server: str) -> None:
    """A thousand notices stand once; each mail leaves, and only one in flight may leave twice."""
    with postbox() as box:
        more = {**REAL, "SITE_URL": "https://127.0.0.1", "EMAIL_PORT": str(box.port)}
        more |= {"REDIS_URL": redis_server, "LOG_LEVEL": "ERROR"}
        manage(var, "shell", "--no-imports", "-c", TELL, **more)
        before = rows(var, "SELECT count(*) FROM members_outboxrow WHERE done_at IS NOT NULL")
        for enough in (MANY // 4, MANY // 2):
            with killed_worker(var, **more):
                wait_for("mails leave", lambda enough=enough: len(box.mails) >= enough, 120)
        change(var, LATER)
        while owed(var):
            manage(var, "tick", "--quiet", **more)
        assert len(set(box.mails)) == MANY
        assert len(box.mails) <= MANY + 2 * WORKER_THREADS
    done = rows(var, "SELECT count(*) FROM members_outboxrow WHERE done_at IS NOT NULL")
    assert done[0][0] - before[0][0] == MANY
    told = "SELECT count(*) FROM members_notice WHERE key LIKE 'many-%'"
    assert rows(var, told) == [(MANY,)]


WORKER_THREADS = 4


@contextmanager
def killed_worker(var: Path, **more: str) -> Iterator[None]:
    """A Celery worker until the block ends; then it is killed, whatever it does."""
    command = [sys.executable, "-m", "celery", "-A", "hub", "worker", "--pool=threads"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    worker = subprocess.Popen(
        [*command, f"--concurrency={WORKER_THREADS}", "--loglevel=ERROR"],
        cwd=ROOT,
        env=environment(var, **more),
        **quiet,
    )
    try:
        yield
    finally:
        worker.kill()
        worker.wait()
