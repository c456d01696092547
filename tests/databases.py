"""A migrated database, made once, and copies of it: SQLite files or PostgreSQL databases."""

import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
LOCK = 7_202_611


def digest() -> str:
    """A short name for what the migrations and packages make."""
    parts = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "requirements.lock"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()[:16]


def migrate(url: str) -> None:
    """Migrate a database from nothing."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "hub.settings.test",
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def template_database() -> Path:
    """A migrated SQLite file, made anew when a migration or a package changes."""
    path = CACHE / f"migrated-{digest()}.sqlite3"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            draft = path.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            migrate(f"sqlite:///{draft}")
            draft.rename(path)
    return path


def with_name(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def template_on_server(url: str) -> str:
    """The name of the migrated database on a server; one worker makes it, the others wait."""
    name = f"weft_migrated_{digest()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            server.execute(f"DROP DATABASE IF EXISTS {name}_draft")
            server.execute(f"CREATE DATABASE {name}_draft")
            migrate(with_name(url, f"{name}_draft"))
            server.execute(f"ALTER DATABASE {name}_draft RENAME TO {name}")
    return name


@contextmanager
def copy_on_server(url: str) -> Iterator[str]:
    """A migrated database of one's own on a PostgreSQL server; its name."""
    name, template = f"weft_test_{secrets.token_hex(8)}", template_on_server(url)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield name
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def database_copy(folder: Path) -> Iterator[str]:
    """A migrated database of one's own: its name, as Django's settings take it."""
    if connection.vendor != "postgresql":
        copy = folder / f"test-{secrets.token_hex(4)}.sqlite3"
        shutil.copy(template_database(), copy)
        yield str(copy)
        return
    with copy_on_server(os.environ["DATABASE_URL"]) as name:
        yield name


@contextmanager
def use_copy(folder: Path) -> Iterator[None]:
    """Within it Django works on a migrated database of its own, threads included."""
    with database_copy(folder) as name, use(name):
        yield


@contextmanager
def use(name: str) -> Iterator[None]:
    """Within it Django works on this database, threads included."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
