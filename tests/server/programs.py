"""Programs that tests start and stop: PostgreSQL, Redis, a Celery worker. Nothing stays."""

import os
import pwd
import shutil
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import redis

from tests.databases import ROOT
from tests.demo_site import environment, free_port
from tests.parts import postgres_bin

FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "unix_socket_directories="]


def wait_for(what: str, found: Callable[[], Any], seconds: float = 30) -> Any:
    """Ask until the answer is not empty; fails with these words when the time is over."""
    end = time.monotonic() + seconds
    while not (answer := found()):
        assert time.monotonic() < end, f"Not within {seconds} seconds: {what}"
        threading.Event().wait(0.05)
    return answer


def stop(program: subprocess.Popen[Any]) -> None:
    """End a program politely, and at last by force."""
    program.terminate()
    try:
        program.wait(timeout=20)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def postgres_user() -> str | None:
    """PostgreSQL refuses root: the user in whose name it runs, or None for one's own."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def running_postgres() -> Iterator[str]:
    """A PostgreSQL server with an empty database; gives its address."""
    user, folder = postgres_user(), Path(tempfile.mkdtemp(prefix="weft-postgres-"))
    if user:
        shutil.chown(folder, user)
    binaries, data, port = Path(postgres_bin()), folder / "data", free_port()
    who = {"user": user, "cwd": folder, "extra_groups": [] if user else None}
    initdb = [binaries / "initdb", "-D", data, "-U", "weft", "-A", "trust", "-E", "UTF8"]
    subprocess.run(
        [*initdb, "--locale=C.UTF-8", "--no-sync"], check=True, stdout=subprocess.DEVNULL, **who
    )
    settings = [part for line in FAST for part in ("-c", line)]
    command = [binaries / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", *settings]
    url = f"postgres://weft@127.0.0.1:{port}/postgres"
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, **who)
        try:
            wait_for("PostgreSQL answers", lambda: answers(url))
            yield url
        finally:
            server.send_signal(2)
            stop(server)
            shutil.rmtree(folder, ignore_errors=True)


def answers(url: str) -> bool:
    """Whether a PostgreSQL server lets one in."""
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def running_redis(folder: Path) -> Iterator[str]:
    """A Redis server that writes nothing to disk; gives its address."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(
        [*command, "--appendonly", "no", "--dir", str(folder)], stdout=subprocess.DEVNULL
    )
    url = f"redis://127.0.0.1:{port}/0"
    try:
        wait_for("Redis answers", lambda: pings(url))
        yield url
    finally:
        stop(server)


def pings(url: str) -> bool:
    """Whether a Redis server answers."""
    try:
        return bool(redis.Redis.from_url(url).ping())
    except redis.ConnectionError:
        return False


@contextmanager
def running_worker(folder: Path, **more: str) -> Iterator[Path]:
    """A Celery worker on the demo of a folder; gives its log."""
    worker, path = start_worker(folder, **more)
    try:
        yield path
    finally:
        stop(worker)


def start_worker(folder: Path, **more: str) -> tuple[subprocess.Popen[Any], Path]:
    """Start a Celery worker on the demo of a folder; gives it, once it is ready, and its log."""
    command = [sys.executable, "-m", "celery", "-A", "hub", "worker", "--pool=threads"]
    path = folder / "worker.log"
    with path.open("wb") as log:
        worker = subprocess.Popen(
            [*command, "--concurrency=4", "--loglevel=INFO"],
            cwd=ROOT,
            env=environment(folder, LOG_LEVEL="INFO", **more),
            stdout=log,
            stderr=log,
        )
    try:
        wait_for("the worker is ready", lambda: " ready." in path.read_text())
    except BaseException:
        stop(worker)
        raise
    return worker, path


@contextmanager
def mute_server() -> Iterator[int]:
    """A port that lets everybody in and says nothing."""
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(64)
        yield mute.getsockname()[1]


class Postbox(socketserver.ThreadingTCPServer):
    """A mail server that keeps the Message-ID of each mail; it may take its time to answer."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), PostboxTalk)
        self.seconds, self.mails = seconds, list[str]()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class PostboxTalk(socketserver.StreamRequestHandler):
    """One talk: just as much SMTP as a mail needs."""

    server: Postbox

    def say(self, words: str) -> None:
        """Answer, after a while."""
        threading.Event().wait(self.server.seconds)
        self.wfile.write(f"{words}\r\n".encode())

    def handle(self) -> None:
        self.say("220 postbox")
        while line := self.rfile.readline():
            word = line.strip().upper()[:4]
            if word == b"DATA":
                self.say("354 go on")
                self.keep()
            self.say("221 bye" if word == b"QUIT" else "250 fine")
            if word == b"QUIT":
                return

    def keep(self) -> None:
        """Read a mail to its end, and keep its Message-ID. What breaks off was not sent."""
        name = ""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            if line.lower().startswith(b"message-id:"):
                name = line.split(b":", 1)[1].strip().decode()
        if line:
            self.server.mails.append(name)


@contextmanager
def postbox(seconds: float = 0.0) -> Iterator[Postbox]:
    """A mail server until the block ends."""
    with Postbox(seconds) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
