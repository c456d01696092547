"""Which programs the machine has, and which tests need them."""

import glob
import os
import shutil

CHROMIUM = "/usr/bin/chromium"


def postgres_bin() -> str:
    """The folder with initdb and pg_ctl; empty when PostgreSQL is not there."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    if found:
        return os.path.dirname(found[-1])
    return os.path.dirname(shutil.which("initdb") or "")


def has(part: str) -> bool:
    """Whether the machine has a part: chromium, redis, postgres, pdftotext, corpus."""
    return {
        "chromium": os.path.exists(CHROMIUM),
        "redis": bool(shutil.which("redis-server")),
        "postgres": bool(postgres_bin()),
        "pdftotext": bool(shutil.which("pdftotext")),
        "corpus": bool(os.environ.get("WEFT_CORPUS")),
    }[part]


WORDS = {
    "chromium": "browser tests, since chromium is not on this machine",
    "redis": "tests with Redis and a Celery worker, since redis-server is not on this machine",
    "postgres": "tests on PostgreSQL, since initdb is not on this machine",
    "pdftotext": "the reading of PDF files, since pdftotext is not on this machine",
}


def left_out() -> list[str]:
    """What the suite leaves out here, a sentence each."""
    return [words for part, words in WORDS.items() if not has(part)]


def examples() -> int:
    """How many ways a test goes that chance chooses."""
    return int(os.environ.get("EXAMPLES", "8"))
