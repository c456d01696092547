"""A running demo on a port of its own: granian, compressed files, a fresh copy of the loaded
community."""

import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.databases import CACHE, ROOT, template_database

PASSWORD = "weft-demo-1"


@dataclass(frozen=True)
class Site:
    """Where the demo runs, and the addresses of its main objects."""

    url: str
    var: Path
    objects: dict[str, Any]

    def lesson(self, course: str, number: int) -> str:
        """The path of a lesson of a course."""
        return self.objects["courses"][course]["lessons"][number - 1]


def environment(var: Path, **more: str) -> dict[str, str]:
    """The environment of the demo, without what the tests set for themselves."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    kept |= {
        "DJANGO_SETTINGS_MODULE": "hub.settings.demo",
        "WEFT_VAR": str(var),
        "ALLOWED_HOSTS": "*",
    }
    return kept | more


def manage(var: Path, *arguments: str, **more: str) -> str:
    """Run a management command on the demo's files."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(var, **more), check=True, capture_output=True, text=True
    )
    return done.stdout


def loaded_demo() -> Path:
    """A folder with the loaded demo, made anew when code or texts change, and every day: what it
    tells lies around the day of loading."""
    files = [
        path
        for folder in ("hub", "members", "content", "courses", "mentorship", "partners")
        for path in (ROOT / folder).rglob("*.py")
    ]
    files += [path for path in (ROOT / "demo").rglob("*") if path.is_file()]
    parts = [date.today().isoformat().encode(), *(path.read_bytes() for path in sorted(files))]
    digest = hashlib.sha256(b"".join(parts)).hexdigest()[:16]
    folder = CACHE / f"demo-{digest}"
    migrated = template_database()
    with (CACHE / "demo-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for old in CACHE.glob("demo-*[0-9a-f]"):
                shutil.rmtree(old, ignore_errors=True)
            draft = CACHE / "demo-draft"
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            shutil.copy(migrated, draft / "weft.sqlite3")
            manage(draft, "load_demo", "--json", str(draft / "demo.json"))
            manage(draft, "pack_static", "--verbosity=0")
            shutil.rmtree(draft / "cache", ignore_errors=True)
            draft.rename(folder)
    return folder


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_until_ready(url: str, server: subprocess.Popen[bytes], path: str = "/readyz") -> None:
    """Ask until the site can serve, for a minute at most."""
    end = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{url}{path}", timeout=5).close()
            return
        except OSError:
            if server.poll() is not None or time.monotonic() > end:
                raise
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=0.1)


def server_command(port: int) -> list[str]:
    """Granian with one worker."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface=wsgi",
        "--host=127.0.0.1",
        f"--port={port}",
        "--workers=1",
        "--blocking-threads=4",
        "--workers-kill-timeout=10",
        "--log-level=warning",
        "hub.wsgi:application",
    ]


@contextmanager
def serving(
    folder: Path, port: int, *, options: tuple[str, ...] = (), **more: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Granian on a folder until the block ends; `more` goes into its environment."""
    more.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    with (folder / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [*server_command(port), *options],
            cwd=ROOT,
            env=environment(folder, **more),
            stdout=log,
            stderr=log,
        )
        try:
            yield server
        finally:
            server.terminate()
            server.wait(timeout=60)


@contextmanager
def running_site(folder: Path, **more: str) -> Iterator[Site]:
    """The demo, served from a folder of its own until the block ends."""
    shutil.copytree(loaded_demo(), folder, dirs_exist_ok=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with serving(folder, port, **more) as server:
        wait_until_ready(url, server)
        yield Site(url, folder, json.loads((folder / "demo.json").read_text()))
