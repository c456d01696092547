"""`make demo`: a first start on nothing, a second one that keeps what was done, a clean end."""

import gzip
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.databases import ROOT
from tests.demo_site import PASSWORD, environment, free_port
from tests.server.programs import mute_server, wait_for

pytestmark = pytest.mark.server
FIRST, SECOND = 240, 25


class Demo:
    """A running `manage.py serve_demo`: its address, what it printed, how long it took."""

    def __init__(self, var: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.printed = var.parent / f"printed-{self.port}.txt"
        variables = environment(var, PORT=str(self.port), HOST="127.0.0.1", SITE_URL=self.url)
        with self.printed.open("wb") as out:
            self.program = subprocess.Popen(
                [sys.executable, "manage.py", "serve_demo"],
                cwd=ROOT,
                env=variables,
                stdout=out,
                stderr=out,
                # A shell lets programs that it starts behind its back ignore Ctrl+C.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )

    def says(self) -> str:
        """What it has printed so far."""
        return self.printed.read_text()

    def is_up(self) -> bool:
        """Whether it says that it runs. A demo that has ended fails the test."""
        assert self.program.poll() is None, self.says()
        return "Weft is running" in self.says()

    def is_down(self) -> bool:
        """Whether nobody answers any more."""
        try:
            urllib.request.urlopen(f"{self.url}/healthz", timeout=2).close()
        except OSError:
            return True
        return False


@contextmanager
def demo(var: Path, within: float, end: signal.Signals) -> Iterator[Demo]:
    """The demo until the block ends; it must come up in time and stop cleanly at the signal."""
    running = Demo(var)
    try:
        wait_for("the demo runs", running.is_up, within)
        yield running
        running.program.send_signal(end)
        assert running.program.wait(timeout=20) == 0, running.says()
        wait_for("the web processes end", running.is_down, 10)
        assert "Traceback" not in running.says()
        assert running.says().endswith("Good bye.\n")
    finally:
        if running.program.poll() is None:
            running.program.terminate()
            running.program.wait(timeout=20)


def browser() -> urllib.request.OpenerDirector:
    """Keeps cookies and says where its forms come from."""
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))


def send(who: urllib.request.OpenerDirector, url: str, path: str, page: str, **fields: str) -> str:
    """Send a form with the token of the page on which it stands; gives the page that follows."""
    with who.open(f"{url}{page}", timeout=20) as response:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', response.read().decode())
    data = urlencode({**fields, "csrfmiddlewaretoken": token[1] if token else ""}).encode()
    request = urllib.request.Request(f"{url}{path}", data, {"Origin": url})
    with who.open(request, timeout=20) as response:
        return response.read().decode()


def is_packed(url: str, path: str) -> bool:
    """Whether a page or a file comes packed, and is whole."""
    request = urllib.request.Request(f"{url}{path}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        return len(gzip.decompress(response.read())) > 1000


def test_the_demo_starts_twice(tmp_path: Path) -> None:
    """From an empty folder to a running site; the second start is quick and forgets nothing."""
    var = tmp_path / "var"
    with demo(var, FIRST, signal.SIGTERM) as first:
        printed = first.says()
        assert f"Weft is running on {first.url}/" in printed
        assert PASSWORD in printed
        for name in ("learner", "editor", "coordinator", "admin"):
            assert re.search(rf"^  {name} +\w", printed, re.MULTILINE)
        with urllib.request.urlopen(f"{first.url}/", timeout=20) as home:
            html = home.read().decode()
        assert "<h1" in html
        style = re.search(r'rel="stylesheet" href="([^"]+)"', html)
        assert style
        assert is_packed(first.url, "/")
        assert is_packed(first.url, style[1])
        fields = {"name": "Kept Person", "username": "kept", "password1": "three small boats"}
        page = "/accounts/signup/"
        assert "Hello Kept Person." in send(browser(), first.url, page, page, **fields)
    start = time.monotonic()
    with demo(var, SECOND, signal.SIGINT) as second:
        assert time.monotonic() - start < SECOND
        assert "Loading" not in second.says()
        page = "/accounts/login/"
        fields = {"login": "kept", "password": "three small boats"}
        assert "Hello Kept Person." in send(browser(), second.url, page, page, **fields)


def test_a_taken_port_is_said_at_once(tmp_path: Path) -> None:
    """Nothing is prepared for a port that another program has."""
    with mute_server() as port:
        variables = environment(tmp_path, PORT=str(port), HOST="127.0.0.1")
        done = subprocess.run(
            [sys.executable, "manage.py", "serve_demo"],
            cwd=ROOT,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert done.stdout == ""
