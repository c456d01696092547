"""The servers that are measured: a seeded Weft as it is deployed, and the floors beside it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import redis

from tests.databases import ROOT, with_name
from tests.demo_site import free_port, wait_until_ready
from tests.server.programs import running_postgres, running_redis

from .load import Job, Runner, read_scenario
from .processes import status

PASSWORD = "a-bench-password-7"
WORKERS = THREADS = 2
COURSES, MENTORS = int(os.environ.get("COURSES", "24")), 3_000


@dataclass
class Machine:
    """The programs that the sites of one run share; PostgreSQL and Redis only where asked for."""

    engine: str
    folder: Path
    postgres: str = ""
    redis: str = ""
    roots: dict[str, list[int]] = field(default_factory=dict)

    def database(self, name: str) -> str:
        """The address of a new database of this machine."""
        if self.engine == "sqlite":
            return f"sqlite:///{self.folder / name}.sqlite3"
        with psycopg.connect(self.postgres, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')
        return with_name(self.postgres, name)


@contextmanager
def machine(engine: str, folder: Path) -> Iterator[Machine]:
    """A machine with SQLite, or with PostgreSQL and Redis."""
    with ExitStack() as stack:
        found = Machine(engine, folder)
        if engine == "postgres":
            found.postgres = stack.enter_context(running_postgres())
            found.redis = stack.enter_context(running_redis(folder))
            with psycopg.connect(found.postgres) as server:
                backend = server.info.backend_pid
                found.roots["database"] = [status(backend)[0]]
            cache = redis.Redis.from_url(found.redis)
            found.roots["redis"] = [int(cache.info("server")["process_id"])]
        yield found


@dataclass
class Site:
    """A seeded site: what its environment is, and what the seed said."""

    machine: Machine
    learners: int
    variables: dict[str, str]
    facts: dict[str, Any]
    port: int

    @property
    def url(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"


def make_site(machine: Machine, learners: int, name: str = "", **more: int) -> Site:
    """Migrate, seed and pack a site of its own; `more` says how much it holds beside learners."""
    name, port = name or f"weft-{learners}", free_port()
    var = machine.folder / name
    var.mkdir()
    variables = {key: text for key, text in os.environ.items() if not key.startswith("DJANGO")}
    variables |= {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "SECRET_KEY": "-".join(["bench-only"] * 6),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "WEFT_ALLOW_HTTP": "yes",
        "WEFT_BEHIND_PROXY": "no",
        "TRUSTED_PROXIES": "0",
        "WEFT_REQUIRE_SECOND_FACTOR": "no",
        "WEFT_VAR": str(var),
        "DATABASE_URL": machine.database(name),
        "REDIS_URL": machine.redis,
    }
    size = {"learners": learners, "courses": COURSES, "mentors": MENTORS, "seed": 7, **more}
    seed = [word for name, number in size.items() for word in (f"--{name}", str(number))]
    quiet = variables | {"LOG_LEVEL": "WARNING"}
    manage(quiet, "migrate", "--verbosity=0", "--skip-checks")
    start = time.monotonic()
    manage(quiet, "seed_bench", *seed, "--password", PASSWORD, "--json", f"{var}/facts.json")
    seeding_s = round(time.monotonic() - start, 1)
    manage(quiet, "pack_static", "--verbosity=0")
    facts = json.loads((var / "facts.json").read_text()) | {"seeding_s": seeding_s}
    return Site(machine, learners, variables, facts, port)


def manage(variables: dict[str, str], *arguments: str) -> None:
    """A management command on a site."""
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def serving(site: Site, **more: str) -> Iterator[Runner]:
    """The site on granian, as docs/operations.md starts it; gives a runner of jobs."""
    options = [f"--port={site.port}", f"--workers={WORKERS}", f"--blocking-threads={THREADS}"]
    command = [sys.executable, "-m", "granian", "--interface=wsgi", *options]
    with open_server([*command, "hub.wsgi:application"], ROOT, site.variables | more) as server:
        wait_until_ready(site.url, server)
        roots = {"web": [server.pid], **site.machine.roots}
        yield Runner(site.url, roots, {"password": PASSWORD})


@contextmanager
def open_server(
    command: list[str], folder: Path, variables: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A server until the block ends."""
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=folder, env=variables, **quiet)
    try:
        yield server
    finally:
        server.terminate()
        server.wait(timeout=30)


class Helper:
    """A process with the site's settings that does what a runner cannot do from outside."""

    def __init__(self, site: Site) -> None:
        command = [sys.executable, "-m", "tests.bench.helper"]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.program = subprocess.Popen(command, cwd=ROOT, env=site.variables, text=True, **pipes)

    def ask(self, **what: Any) -> Any:
        """One order, and its answer."""
        assert self.program.stdin and self.program.stdout
        self.program.stdin.write(json.dumps(what) + "\n")
        self.program.stdin.flush()
        return json.loads(self.program.stdout.readline())

    def bump(self) -> None:
        """Change what is published."""
        self.ask(do="bump")

    def sessions(self, numbers: list[int], kind: str = "bench") -> dict[int, str]:
        """Sessions of learners (or of others by their user name) who are signed in, by number."""
        found = self.ask(do="sessions", numbers=numbers, kind=kind)
        return {int(number): key for number, key in found.items()}

    def stop(self) -> None:
        """End the process."""
        assert self.program.stdin
        self.program.stdin.close()
        self.program.wait(timeout=20)


@dataclass
class Floors:
    """The bare projects that the site is compared with."""

    folder: Path
    variables: dict[str, str]
    jobs: list[Job]
    facts: dict[str, str]
    machine: Machine


def make_floors(machine: Machine, folder: Path) -> Floors:
    """Seed the floors on the same machine."""
    home = machine.folder / "floors"
    home.mkdir()
    variables = {key: text for key, text in os.environ.items() if not key.startswith("DJANGO")}
    variables |= {
        "FLOOR_HOME": str(home),
        "FLOOR_DB": "sqlite",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if machine.engine == "postgres":
        address = psycopg.conninfo.conninfo_to_dict(machine.database("floors"))
        parts = [address["host"], address["port"], address["dbname"], address["user"]]
        variables |= {"FLOOR_DB": "pg", "FLOOR_PG": ":".join(map(str, parts))}
    command = [sys.executable, "seed.py"]
    done = subprocess.run(
        command, cwd=folder, env=variables, check=True, capture_output=True, text=True
    )
    courses = [word.strip("[],") for word in done.stdout.splitlines()[-1].split()[1:]]
    names = ("course", "course1000", "course100")
    facts = dict(zip(names, courses, strict=True)) | {"u": "12"}
    jobs = read_scenario((folder / "scenario.json").read_text())
    return Floors(folder, variables, jobs, facts, machine)


@contextmanager
def serving_floors(floors: Floors) -> Iterator[Runner]:
    """The floors on gunicorn, as their own script starts them."""
    port = free_port()
    options = ["-w", str(WORKERS), "-b", f"127.0.0.1:{port}", "--preload", "--log-level=warning"]
    command = [sys.executable, "-m", "gunicorn", "floor.wsgi", *options]
    with open_server(command, floors.folder, floors.variables) as server:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(url, server, "/ok/")
        yield Runner(url, {"web": [server.pid], **floors.machine.roots}, floors.facts)
