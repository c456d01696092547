"""`make bench`. The environment says what is measured:

ENGINES   "sqlite postgres" (the second with Redis)
LEARNERS  "1000 100000"
JOBS      words, one a line: only jobs in whose names one of them stands, and their floors
COURSES   24: how many courses each site has, four of them large
RUNS      2; of each job the run with the least processor time counts
OFFERS    "100 10000 100000": how many training offers the sites of their own have; "" for none
FLOORS    the folder of the floors, measured in the same run; without it there are no ratios
OUT       the JSON file, var/bench.json
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.databases import ROOT

from .jobs import site_jobs
from .load import Job, Result, Runner
from .offers import measure_offers
from .processes import memory_mb
from .report import GOALS, least, table
from .sites import Floors, Helper, Machine, Site, machine, make_floors, make_site, serving
from .sites import serving_floors as serve_floors

SLOW = 1.3


def words(name: str, default: str) -> list[str]:
    """The words of a variable."""
    return os.environ.get(name, default).split()


def say(*parts: object) -> None:
    """Tell how far it is; the tables alone go to the output."""
    print(*parts, file=sys.stderr, flush=True)


def main() -> None:
    """Measure, print and write."""
    found: dict[str, Any] = {"at": time.strftime("%Y-%m-%dT%H:%M:%S"), "engines": {}}
    out = Path(os.environ.get("OUT", ROOT / "var" / "bench.json"))
    out.parent.mkdir(exist_ok=True)
    for engine in words("ENGINES", "sqlite postgres"):
        with tempfile.TemporaryDirectory(prefix="weft-bench-") as folder:
            Path(folder).chmod(0o755)
            with machine(engine, Path(folder)) as programs:
                found["engines"][engine] = measure_engine(programs)
                found["engines"][engine]["offers"] = measure_offers(programs, say)
        out.write_text(json.dumps(found, indent=1) + "\n")
    say("Written to", out)


def measure_engine(programs: Machine) -> dict[str, Any]:
    """All sizes of site on one machine, the floors between their runs."""
    floors = make_floors(programs, Path(os.environ["FLOORS"])) if os.environ.get("FLOORS") else None
    if floors:
        say(f"{programs.engine}: the floors are ready")
    sizes = [int(size) for size in words("LEARNERS", "1000 100000")]
    sites = []
    for size in sizes:
        site = make_site(programs, size)
        say(f"{programs.engine}: {size} learners are seeded in {site.facts['seeding_s']} s")
        sites.append(site)
    return measure_sites(programs, sites, floors)


def measure_sites(programs: Machine, sites: list[Site], floors: Floors | None) -> dict[str, Any]:
    """Run after run: the floors, then each site; at last the statements."""
    helpers = [Helper(site) for site in sites]
    jobs = [chosen(site_jobs(site, helper)) for site, helper in zip(sites, helpers, strict=True)]
    bases = [one for one in floors.jobs if is_base(one, jobs)] if floors else []
    memory: list[dict[str, float]] = [{} for _site in sites]
    taken: list[list[list[Result]]] = [[] for _site in sites]
    bare: list[list[Result]] = []
    for number in range(int(os.environ.get("RUNS", "2"))):
        if floors:
            with serve_floors(floors) as runner:
                bare.append(run_all(runner, bases, f"floors, run {number + 1}"))
        for place, site in enumerate(sites):
            with serving(site) as runner:
                memory[place]["idle"] = memory_mb(runner.roots["web"])
                name = f"{programs.engine}, {site.learners} learners, run {number + 1}"
                taken[place].append(run_all(runner, jobs[place], name))
                memory[place]["after"] = memory_mb(runner.roots["web"])
    floor = {one.name: one for one in best(bare)}
    found: dict[str, Any] = {"floors": [one.as_json() for one in floor.values()], "sites": {}}
    for place, site in enumerate(sites):
        results = best(taken[place])
        count(site, jobs[place], results)
        helpers[place].stop()
        found["sites"][site.learners] = {
            "seeding_s": site.facts["seeding_s"],
            "memory_mb": memory[place],
            "jobs": [one.as_json() for one in results],
        }
        print(f"\n## {programs.engine}, {site.learners:,} learners\n")
        print(table(results, floor))
        print(f"\nMemory of the web processes: {memory[place]} MB", flush=True)
    return found


def chosen(jobs: list[Job]) -> list[Job]:
    """The jobs that JOBS asks for; all where it is not set."""
    asked = [line for line in os.environ.get("JOBS", "").splitlines() if line]
    return [job for job in jobs if not asked or any(word in job.name for word in asked)]


def is_base(floor: Job, jobs: list[list[Job]]) -> bool:
    """Whether one of the jobs is compared with a job of the floors."""
    return any(GOALS[job.name].floor == floor.name for some in jobs for job in some)


def run_all(runner: Runner, jobs: list[Job], name: str) -> list[Result]:
    """Every job once; one during which the machine was slow is measured again."""
    results: list[Result] = []
    for job in jobs:
        result = runner.measure(job)
        fastest = min(one.pace_ms for one in [*results, result])
        if result.pace_ms > SLOW * fastest:
            result = least([result, runner.measure(job)])
        results.append(result)
        say(f"{name}: {job.name}: {result.cpu_ms} ms, p95 {result.p95_ms} ms")
    return results


def best(runs: list[list[Result]]) -> list[Result]:
    """Of each job the run with the least processor time."""
    return [least(list(same)) for same in zip(*runs, strict=True)]


def count(site: Site, jobs: list[Job], results: list[Result]) -> None:
    """Add the statements of each job, on a server that counts them and is not timed."""
    with serving(site, BENCH_COUNT="yes") as runner:
        for job, result in zip(jobs, results, strict=True):
            result.statements = runner.statements(job)


if __name__ == "__main__":
    main()
