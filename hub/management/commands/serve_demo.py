"""`make demo`: prepare what is missing, serve, and run what is due every minute."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hub.clock import tick
from hub.demo.community import PASSWORD
from members.models import Member

ACCOUNTS = [
    ("learner", "takes courses at Harbour Hub"),
    ("editor", "writes courses for Harbour Hub, at /cms/"),
    ("coordinator", "looks after learners of Harbour Hub, at /desk/"),
    ("learner3", "takes courses at Valley Hub, in Spanish"),
    ("admin", "runs the whole site"),
]


class Command(BaseCommand):
    help = "Serve the demo: migrate, load the community, serve compressed pages, tick every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.WEFT_DEMO:
            raise CommandError("This serves the demo only. See docs/operations.md for a real site.")
        host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
        self.prepare()
        server = subprocess.Popen(server_command(host, port))
        signal.signal(signal.SIGTERM, stop)
        try:
            wait_until_ready(server, host, port)
            self.stdout.write(welcome(host, port))
            self.stdout.flush()
            watch(server)
        except KeyboardInterrupt:
            self.stdout.write("Good bye.")
        finally:
            server.terminate()
            server.wait(timeout=15)

    def prepare(self) -> None:
        """Migrate, load the demo and pack style and script, each only where it is needed."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Making the database. This takes about a minute, once.")
            self.stdout.flush()
            call_command("migrate", verbosity=0)
        if not Member.objects.exists():
            self.stdout.write("Loading the demo community.")
            self.stdout.flush()
            call_command("load_demo")
        call_command("pack_static", verbosity=0)


def server_command(host: str, port: str) -> list[str]:
    """Two web processes, as a real site would have them."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        "--workers=2",
        "--blocking-threads=4",
        "--log-level=warning",
        "hub.wsgi:application",
    ]


def wait_until_ready(server: subprocess.Popen[bytes], host: str, port: str) -> None:
    """Wait until the server answers, so that the printed address works at once."""
    while server.poll() is None:
        with suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
            return
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=0.2)


def watch(server: subprocess.Popen[bytes]) -> None:
    """Run what is due every minute, until the server ends."""
    while True:
        with suppress(subprocess.TimeoutExpired):
            code = server.wait(timeout=60)
            raise CommandError(f"The server has stopped with code {code}.")
        tick()


def stop(number: int, frame: FrameType | None) -> None:
    """A polite end."""
    raise KeyboardInterrupt


def welcome(host: str, port: str) -> str:
    """The addresses and the demo accounts."""
    lines = [f"  {name:<12} {words}" for name, words in ACCOUNTS]
    return "\n".join(
        [
            "",
            f"Weft is running on http://{host}:{port}/",
            "",
            f"Sign in with the password {PASSWORD} as",
            *lines,
            "",
            "Stop it with Ctrl+C. What you do is kept in var/.",
        ]
    )
