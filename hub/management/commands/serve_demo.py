"""`make demo`: prepare what is missing, serve, and run what is due every minute."""

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
from hub.settings import environment as env
from partners.models import Partner

ADDRESSES = [
    ("courses/", "the courses"),
    ("me/", "what one learns oneself"),
    ("mentorship/", "mentors"),
    ("offers/", "training offers of partners"),
    ("desk/", "the desks of the hubs"),
    ("cms/", "where courses are written"),
]
ACCOUNTS = [
    ("learner", "takes courses at Harbour Hub"),
    ("learner2", "takes courses at Harbour Hub"),
    ("learner3", "takes courses at Valley Hub, in Spanish"),
    ("editor", "writes courses for Harbour Hub, at /cms/"),
    ("editor2", "writes courses for Valley Hub, at /cms/"),
    ("editor3", "writes courses for Market Hub and looks after its learners"),
    ("coordinator", "looks after learners of Harbour Hub, at /desk/"),
    ("coordinator2", "looks after learners of Valley Hub, at /desk/"),
    ("reviewer", "reviews what is written for Harbour Hub, at /cms/, and offers, at /desk/"),
    ("safety", "is the safety lead of Harbour Hub, at /desk/"),
    ("mentor", "helps learners of Harbour Hub; one waits for an answer"),
    ("mentor2", "helps learners of Valley Hub"),
    ("partner", "runs a university with offers at Harbour Hub, at /partners/desk/"),
    ("partner2", "runs a job centre with offers at Market Hub, at /partners/desk/"),
    ("admin", "runs the whole site"),
]
MORE_LEARNERS = "amina, bashir, chiara, duc, elif, fatou"


class Command(BaseCommand):
    help = "Serve the demo: migrate, load the community, serve compressed pages, tick every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.WEFT_DEMO:
            raise CommandError("This serves the demo only. See docs/operations.md for a real site.")
        host, port = env.text("HOST", "127.0.0.1"), env.number("PORT", 8000)
        signal.signal(signal.SIGTERM, stop)
        try:
            ask_for_port(host, port)
            self.prepare()
            self.serve(host, port)
        except KeyboardInterrupt:
            self.stdout.write("Good bye.")

    def serve(self, host: str, port: int) -> None:
        """Run the server until it ends or somebody stops it."""
        server = subprocess.Popen(server_command(host, port))
        try:
            wait_until_ready(server, host, port)
            self.stdout.write(welcome(host, port))
            self.stdout.flush()
            watch(server)
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
        if not is_loaded():
            self.stdout.write("Loading the demo community.")
            self.stdout.flush()
            call_command("load_demo")
        call_command("pack_static", verbosity=0)


def is_loaded() -> bool:
    """Whether the demo was loaded to its end: partners come last."""
    return Partner.objects.exists()


def ask_for_port(host: str, port: int) -> None:
    """Refuse early when another program has the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, port))
        except OSError as error:
            words = f"Port {port} on {host} cannot be used: {error.strerror}."
            raise CommandError(f"{words} Choose another one with PORT=.") from None


def server_command(host: str, port: int) -> list[str]:
    """Two web processes, as a real site would have them. They have two threads more each: there is
    no proxy before them that takes in slow uploads."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        "--workers=2",
        "--blocking-threads=4",
        "--respawn-failed-workers",
        "--workers-kill-timeout=10",
        "--log-level=warning",
        "hub.wsgi:application",
    ]


def wait_until_ready(server: subprocess.Popen[bytes], host: str, port: int) -> None:
    """Wait until the server answers, so that the printed address works at once."""
    while server.poll() is None:
        with suppress(OSError), socket.create_connection((host, port), timeout=1):
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


def welcome(host: str, port: int) -> str:
    """The addresses and the demo accounts."""
    lines = [f"  {name:<13} {words}" for name, words in ACCOUNTS]
    site = f"http://{host}:{port}/"
    places = [f"  {site + path:<36} {words}" for path, words in ADDRESSES]
    return "\n".join(
        [
            "",
            f"Weft is running on {site}",
            *places,
            "",
            f"Sign in with the password {PASSWORD} as",
            *lines,
            f"  and more learners: {MORE_LEARNERS}",
            "",
            f"Stop it with Ctrl+C. What you do is kept in {settings.VAR}.",
        ]
    )
