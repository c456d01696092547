"""Backup and restore while people learn: what was acknowledged before is in it, and it is whole."""

import re
import sqlite3
import threading
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest

from tests.databases import copy_on_server, with_name
from tests.demo_site import free_port, manage, serving, wait_until_ready

pytestmark = pytest.mark.server
LESSON = "/hubs/harbour/first-steps/turn-it-on/"
SESSIONS = "SELECT session_key FROM django_session"


@dataclass
class Place:
    """A folder with a site in it, and its database where that is not a file of the folder."""

    var: Path
    url: str = ""

    @property
    def more(self) -> dict[str, str]:
        """What its environment has beside the folder."""
        return {"DATABASE_URL": self.url} if self.url else {}

    def manage(self, *arguments: str) -> None:
        """Run a command on it."""
        manage(self.var, *arguments, **self.more)

    def sessions(self) -> set[str]:
        """The sessions that its database has; of a file after a look at the whole of it."""
        if self.url:
            with psycopg.connect(self.url) as database:
                return {key for (key,) in database.execute(SESSIONS)}
        with closing(sqlite3.connect(self.var / "weft.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return {key for (key,) in database.execute(SESSIONS)}


ON_POSTGRES = pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.long])


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """The loaded demo, and an empty place for another."""
    if request.param == "sqlite":
        yield Place(request.getfixturevalue("var")), Place(tmp_path / "other")
        return
    server = request.getfixturevalue("postgres")
    with copy_on_server(server) as first, copy_on_server(server) as second:
        names = (("var", first), ("other", second))
        demo, other = (Place(tmp_path / name, with_name(server, one)) for name, one in names)
        demo.var.mkdir()
        demo.manage("load_demo")
        demo.manage("pack_static", "--verbosity=0")
        yield demo, other


def visit(port: int, action: str) -> str:
    """A newcomer finishes a lesson, once more when the site was busy; gives the key of the session
    that keeps the step."""
    headers = {"Origin": f"http://127.0.0.1:{port}"}
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as site:
        site.request("POST", action, "", headers)
        response = site.getresponse()
        words = response.read().decode()
    if response.status == 503:
        assert "We are busy just now" in words
        return visit(port, action)
    assert response.status == 303
    found = re.search(r"sessionid=(\w+)", response.headers["Set-Cookie"])
    assert found
    return found[1]


@contextmanager
def newcomers(port: int, action: str) -> Iterator[Callable[[], set[str]]]:
    """Two at a time as long as the block lasts; gives who has come so far. All are served."""
    come: set[str] = set()
    is_over = threading.Event()

    def come_in() -> None:
        while not is_over.is_set():
            come.add(visit(port, action))

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(come_in) for _number in range(2)]
        try:
            yield lambda: set(come)
        finally:
            is_over.set()
        for one in both:
            one.result(timeout=60)


def test_a_site_in_use_is_backed_up_and_restored(
    places: tuple[Place, Place], tmp_path: Path
) -> None:
    """Into an empty folder, and into the site itself while it answers."""
    (demo, other), port, saved = places, free_port(), tmp_path / "saved.zip"
    url = f"http://127.0.0.1:{port}"
    with serving(demo.var, port, **demo.more) as server:
        wait_until_ready(url, server)
        page = urllib.request.urlopen(f"{url}{LESSON}", timeout=20).read().decode()
        action = re.search(r'action="(/learn/lessons/[0-9a-f-]+/done/)"', page)
        assert action
        with newcomers(port, action[1]) as come:
            early = visit(port, action[1])
            before = come() | {early}
            demo.manage("backup", str(saved))
            late = visit(port, action[1])
            other.manage("restore", str(saved))
            demo.manage("restore", str(saved))
            came_last = visit(port, action[1])
        assert urllib.request.urlopen(f"{url}/courses/", timeout=20).status == 200
        assert urllib.request.urlopen(f"{url}/readyz", timeout=20).status == 200
    assert before <= other.sessions()
    assert late not in other.sessions()
    assert before | {came_last} <= demo.sessions()
    assert late not in demo.sessions()
