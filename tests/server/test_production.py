"""Production settings behind granian: health, refusals of the demo, a database that goes away."""

import json
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.databases import ROOT, copy_on_server, template_database, with_name
from tests.demo_site import PASSWORD, environment, free_port, serving
from tests.server.programs import wait_for

pytestmark = pytest.mark.server
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "hub.settings.production",
    "SECRET_KEY": "only-for-this-test-" * 4,
    "ALLOWED_HOSTS": "127.0.0.1",
    "SITE_URL": "https://127.0.0.1",
}
END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
READY = {"status": "ok", "database": True, "cache": True, "broker": True}


class Stay(urllib.request.HTTPRedirectHandler):
    """Shows where a redirect leads instead of following it."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def ask(url: str, **headers: str) -> tuple[int, bytes, Message]:
    """Status, body and headers of a page, whatever its status."""
    opener = urllib.request.build_opener(Stay)
    try:
        response = opener.open(urllib.request.Request(url, headers=headers), timeout=20)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return response.status, response.read(), response.headers


def ready(url: str) -> tuple[int, dict[str, Any]]:
    """What /readyz says."""
    status, body, _headers = ask(f"{url}/readyz")
    return status, json.loads(body)


@contextmanager
def production(folder: Path, **more: str) -> Iterator[str]:
    """Granian with production settings; waits until the process answers, ready or not."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with serving(folder, port, **SETTINGS, **more) as server:
        wait_for("granian answers", lambda: server.poll() is not None or is_alive(url), 60)
        yield url


def is_alive(url: str) -> bool:
    """Whether /healthz answers."""
    try:
        return ask(f"{url}/healthz")[0] == 200
    except OSError:
        return False


def test_a_migrated_database_is_ready(tmp_path: Path) -> None:
    """Health and readiness over plain HTTP, pages over HTTPS only, no word of the inside."""
    shutil.copy(template_database(), tmp_path / "weft.sqlite3")
    with production(tmp_path) as url:
        secure = url.replace("http:", "https:")
        status, body, headers = ask(f"{url}/healthz", **{"X-Request-ID": "probe-12345"})
        assert (status, json.loads(body)) == (200, {"status": "ok"})
        assert headers["X-Request-ID"] == "probe-12345"
        assert ready(url) == (200, READY)
        plain, _body, headers = ask(f"{url}/courses/?q=private")
        assert (plain, headers["Location"]) == (301, f"{secure}/courses/?q=private")
        status, body, headers = ask(f"{url}/courses/", **{"X-Forwarded-Proto": "https"})
        assert status == 200
        assert "max-age=31536000" in headers["Strict-Transport-Security"]
        assert ask(f"{url}/", **{"X-Forwarded-Proto": "https", "Host": "evil.example"})[0] == 400
    lines = (tmp_path / "server.log").read_text().splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert "probe-12345" in [line["request"] for line in told]
    assert "private" not in "".join(lines)


def test_an_empty_database_is_not_ready(tmp_path: Path) -> None:
    """Before the first migration /readyz says so; the process itself is well."""
    with production(tmp_path) as url:
        assert ready(url) == (503, {**READY, "status": "not ready", "database": False})
        assert ask(f"{url}/healthz")[0] == 200


@pytest.mark.postgres
def test_a_database_that_goes_away_and_comes_back(tmp_path: Path, postgres: str) -> None:
    """503 while it is away, a plain page for people, and 200 again without a restart."""
    with (
        psycopg.connect(postgres, autocommit=True) as server,
        copy_on_server(postgres) as name,
        production(tmp_path, DATABASE_URL=with_name(postgres, name)) as url,
    ):
        assert ready(url) == (200, READY)
        server.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        server.execute(END, [name])
        assert ready(url) == (503, {**READY, "status": "not ready", "database": False})
        status, body, _headers = ask(f"{url}/courses/", **{"X-Forwarded-Proto": "https"})
        assert status == 503
        assert b"We are busy just now" in body
        server.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
        assert ready(url) == (200, READY)


@pytest.mark.parametrize("command", ["load_demo", "serve_demo"])
def test_the_demo_is_refused(tmp_path: Path, command: str) -> None:
    """Accounts with a known password are for the demo only."""
    done = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env=environment(tmp_path, **SETTINGS),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "demo" in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_the_demo_s_password_opens_nothing(var: Path) -> None:
    """A real site that was started on the files of a demo: its accounts stay shut."""
    with production(var) as url:
        data = f"login=learner&password={PASSWORD}".encode()
        headers = {"X-Forwarded-Proto": "https", "Origin": "https://127.0.0.1"}
        request = urllib.request.Request(f"{url}/accounts/login/", data, headers)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=20)
        assert refused.value.status == 422
        assert "sessionid" not in str(refused.value.headers)
    log = (var / "server.log").read_text()
    assert PASSWORD not in log
