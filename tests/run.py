"""`make test`: the whole suite, in two parts, and in words what was left out.

Unit and integration tests run on every core, and every branch of what decides must be covered
(`tool.coverage` in pyproject.toml); browser and real-server tests run one after the other.
"""

import os
import subprocess
import sys

from tests.parts import left_out

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def pytest(*arguments: str) -> int:
    """Run pytest; no tests found counts as a failure."""
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    print("$", " ".join(command[1:]), flush=True)
    return subprocess.run(command, cwd=HERE, check=False).returncode


def main() -> int:
    """Both parts, then what was left out. With REQUIRE_ALL=1 anything left out is a failure."""
    if os.environ.get("REQUIRE_ALL") == "1" and left_out():
        print("REQUIRE_ALL is set, and this is missing:", *left_out(), sep="\n  ")
        return 1
    workers = str(max(2, os.cpu_count() or 2))
    cover = [] if sys.argv[1:] else ["--cov"]
    units = pytest("-m", "not browser and not server", "-n", workers, *cover, *sys.argv[1:])
    servers = pytest("-m", "browser or server", *sys.argv[1:])
    for sentence in left_out():
        print("Left out:", sentence)
    return units or servers


if __name__ == "__main__":
    sys.exit(main())
