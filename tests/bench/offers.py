"""The list of offers at three sizes: what five filters cost must not grow with the offers."""

import os
import time
from typing import Any

from .load import Job, Result, Step
from .processes import memory_mb
from .report import least, table
from .sites import Machine, Site, make_site, serving

FIVE = "topic=digital-literacy&level=starter&language=en&cost=free&mode=place"
MOST_GROWTH = 1.5
SMALL = {"courses": 4, "mentors": 0}


def sizes() -> list[int]:
    """How many offers the sites have."""
    return [int(size) for size in os.environ.get("OFFERS", "100 10000 100000").split()]


def offer_jobs(size: int) -> list[Job]:
    """What a browser does on a site with so many offers. The address differs each time, so that
    nothing comes from the page cache."""
    filters = Step(f"/offers/?{FIVE}&round={{i}}", contains="<h1")
    words = Step("/offers/?q=browser+budget&round={i}", contains="<h1")
    plain = Step("/offers/?round={i}", contains="offer-card")
    return [
        Job(f"offers, {size:,}", (plain,)),
        Job(f"offers, five filters, {size:,}", (filters,)),
        Job(f"offers, words, {size:,}", (words,)),
    ]


def measure_offers(machine: Machine, say: Any) -> dict[str, Any]:
    """Seed a site for each size, measure it, and say how the cost grows."""
    found: dict[str, Any] = {}
    for size in sizes():
        start = time.monotonic()
        site = make_site(machine, 100, name=f"offers-{size}", offers=size, **SMALL)
        say(f"{machine.engine}: {size} offers are ready after {time.monotonic() - start:.0f} s")
        found[str(size)] = measure_site(site, size)
    growth = grown(found) if found else 0.0
    print(f"\nFive filters cost {growth} times as much with the most offers as with the fewest.")
    return {"sites": found, "growth": growth, "at_most": MOST_GROWTH}


def measure_site(site: Site, size: int) -> dict[str, Any]:
    """The least of the runs of each job, and its statements."""
    jobs, runs = offer_jobs(size), int(os.environ.get("RUNS", "2"))
    taken: list[list[Result]] = []
    with serving(site) as runner:
        for _run in range(runs):
            taken.append([runner.measure(job) for job in jobs])
        held = memory_mb(runner.roots["web"])
    results = [least(list(same)) for same in zip(*taken, strict=True)]
    with serving(site, BENCH_COUNT="yes") as runner:
        for job, result in zip(jobs, results, strict=True):
            result.statements = runner.statements(job)
    print(f"\n## {site.machine.engine}, {size:,} offers\n")
    print(table(results, {}))
    print(f"\nMemory of the web processes: {held} MB", flush=True)
    return {"memory_mb": held, "jobs": [one.as_json() for one in results]}


def grown(found: dict[str, Any]) -> float:
    """How many times the price of five filters at the fewest offers is that at the most."""
    prices = [
        next(job["cpu_ms"] for job in site["jobs"] if "five filters" in job["name"])
        for site in found.values()
    ]
    return round(prices[-1] / prices[0], 2)
