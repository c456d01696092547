"""Backup and restore while people learn: what was acknowledged before is in it, and it is whole."""

import re
import sqlite3
import threading
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.demo_site import free_port, manage, serving, wait_until_ready

pytestmark = pytest.mark.server
LESSON = "/hubs/harbour/first-steps/turn-it-on/"


def visit(port: int, action: str) -> str:
    """A newcomer finishes a lesson; gives the key of the session that keeps the step."""
    headers = {"Origin": f"http://127.0.0.1:{port}"}
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as site:
        site.request("POST", action, "", headers)
        response = site.getresponse()
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


def sessions(var: Path) -> set[str]:
    """The sessions that a database has, after a look at the whole of it."""
    with closing(sqlite3.connect(var / "weft.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {key for (key,) in database.execute("SELECT session_key FROM django_session")}


def test_a_site_in_use_is_backed_up_and_restored(var: Path, tmp_path: Path) -> None:
    """Into an empty folder, and into the site itself while it answers."""
    port, saved, other = free_port(), tmp_path / "saved.zip", tmp_path / "other"
    url = f"http://127.0.0.1:{port}"
    with serving(var, port) as server:
        wait_until_ready(url, server)
        page = urllib.request.urlopen(f"{url}{LESSON}", timeout=20).read().decode()
        action = re.search(r'action="(/learn/lessons/[0-9a-f-]+/done/)"', page)
        assert action
        with newcomers(port, action[1]) as come:
            early = visit(port, action[1])
            before = come() | {early}
            manage(var, "backup", str(saved))
            late = visit(port, action[1])
            manage(other, "restore", str(saved))
            manage(var, "restore", str(saved))
            came_last = visit(port, action[1])
        assert urllib.request.urlopen(f"{url}/courses/", timeout=20).status == 200
        assert urllib.request.urlopen(f"{url}/readyz", timeout=20).status == 200
    assert before <= sessions(other)
    assert late not in sessions(other)
    assert before | {came_last} <= sessions(var)
    assert late not in sessions(var)
