"""`make test`: the whole suite, part by part, and in words what was left out.

Every branch of what decides must be covered by unit and integration tests (`tool.coverage` in
pyproject.toml). The rules of the house itself read every file and run apart, as they are slow
under coverage. The walks over every address come next, then browser and real-server tests.
"""

import os
import subprocess
import sys

from tests.parts import left_out

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def pytest(*arguments: str, **variables: str) -> int:
    """Run pytest with these variables; no tests found counts as a failure."""
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    print("$", " ".join(command[1:]), flush=True)
    environment = os.environ | variables
    return subprocess.run(command, cwd=HERE, env=environment, check=False).returncode


def main() -> int:
    """All parts, then what was left out. With REQUIRE_ALL=1 anything left out is a failure."""
    everything = os.environ.get("REQUIRE_ALL") == "1"
    if everything and left_out():
        print("REQUIRE_ALL is set, and this is missing:", *left_out(), sep="\n  ")
        return 1
    more = ["-n", str(max(2, os.cpu_count() or 2)), *sys.argv[1:]]
    apart = ["--ignore", "tests/architecture"]
    covered = [] if sys.argv[1:] else ["--cov", *apart]
    parts = [] if sys.argv[1:] else [pytest("tests/architecture", *more)]
    parts += [
        pytest("-m", "not walk and not browser and not server", *covered, *more),
        pytest("-m", "walk", *more),
        pytest("-m", "(browser or server) and not long", "--dist=loadfile", *more),
    ]
    if everything:
        parts.append(pytest("-m", "long", *more))
        parts.append(pytest("-m", "chance", *more, EXAMPLES="50"))
    else:
        print("Left out: the tests that take minutes; REQUIRE_ALL=1 runs them.")
    for sentence in left_out():
        print("Left out:", sentence)
    return max(parts)


if __name__ == "__main__":
    sys.exit(main())
