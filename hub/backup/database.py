"""The database as one file, and back: SQLite by its own backup, PostgreSQL by its own programs."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

PROGRAMS = {"pg_dump": "postgresql-client", "pg_restore": "postgresql-client"}


def engine() -> str:
    """Which kind of database the site uses: sqlite or postgresql."""
    return connection.vendor


def dump(path: Path) -> None:
    """Write the database into a file, as it is at one moment. Others may go on writing."""
    if engine() == "postgresql":
        run("pg_dump", "--format=custom", "--no-owner", f"--file={path}", name_of_database())
        return
    with closing(sqlite3.connect(path)) as copy:
        live().backup(copy)


def why_not(path: Path) -> str:
    """Why this file cannot be loaded; empty when it can."""
    if engine() == "postgresql":
        return "" if path.read_bytes()[:5] == b"PGDMP" else "The database in it is broken."
    try:
        with closing(sqlite3.connect(path)) as copy:
            found = copy.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    return "" if found == "ok" else f"The database in it is broken: {found}"


def load(path: Path) -> None:
    """Put the file in the place of the database, in one step."""
    if engine() == "postgresql":
        connection.close()
        whole = ("--clean", "--if-exists", "--single-transaction", "--exit-on-error", "--no-owner")
        run("pg_restore", *whole, f"--dbname={name_of_database()}", str(path))
        return
    with closing(sqlite3.connect(path)) as copy:
        copy.backup(live())
    connection.close()


def live() -> sqlite3.Connection:
    """The connection to the SQLite file of the site."""
    connection.ensure_connection()
    found: sqlite3.Connection = connection.connection
    return found


def name_of_database() -> str:
    """The name of the PostgreSQL database."""
    return str(connection.settings_dict["NAME"])


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs against the site's database."""
    try:
        done = subprocess.run(
            [program, *arguments], env=environment(), capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise RuntimeError(f"{program} is missing: install {PROGRAMS[program]}.") from None
    if done.returncode:
        raise RuntimeError(f"{program} failed: {done.stderr.strip()[-2000:]}")


def environment() -> dict[str, str]:
    """How to reach the server, as libpq reads it: nothing secret on a command line."""
    found: dict[str, Any] = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    values = {name: str(found[key]) for name, key in names.items() if found[key]}
    mode = found.get("OPTIONS", {}).get("sslmode")
    return {**os.environ, **values, **({"PGSSLMODE": mode} if mode else {})}
