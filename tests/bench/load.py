"""Runs jobs against a site: several browsers at once, each with its own connection and cookies."""

import gzip
import http.client
import itertools
import json
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from .counting import HEADER
from .processes import cpu_ms, pace, peak_mb, start_peak

PLACE = re.compile(r"\{(\w+)\}")
FORM = "application/x-www-form-urlencoded"
Form = dict[str, str] | Callable[[str], list[tuple[str, str]]]


class Wrong(AssertionError):
    """An answer that is not what the job expects: its figures would mean nothing."""


@dataclass(frozen=True)
class Step:
    """One request. `form` may be made from the page that came before."""

    path: str
    method: str = "GET"
    form: Form | None = None
    expect: int = 200
    contains: str = ""
    follow: bool = False


@dataclass(frozen=True)
class Job:
    """Steps that a browser takes in order, many times over.

    `{n}` is the number of the user, `{i}` that of the round, counted on over all runs. `cookies`
    and `facts` (more names to fill in) are those of a round. Not measured are `ready`, the steps
    that the first browser takes before all rounds, and `before`, which runs before each of them.
    """

    name: str
    steps: tuple[Step, ...]
    count: int = 300
    warmup: int = 16
    clients: int = 8
    login: tuple[Step, ...] = ()
    ready: tuple[Step, ...] = ()
    first_user: int = 21
    is_fresh: bool = False
    cookies: Callable[[int], dict[str, str]] | None = None
    facts: Callable[[int], dict[str, str]] | None = None
    before: Callable[[], None] | None = None
    rounds: Iterator[int] = field(default_factory=lambda: itertools.count(1))


@dataclass
class Result:
    """What a job cost: milliseconds and bytes for each round, and how much more memory the web
    processes held at their peak."""

    name: str
    cpu_ms: float = 0.0
    parts_ms: dict[str, float] = field(default_factory=dict)
    median_ms: float = 0.0
    p95_ms: float = 0.0
    bytes: int = 0
    growth_mb: float = 0.0
    statements: float | None = None
    pace_ms: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The figures as plain values."""
        return asdict(self)


class Browser:
    """Keeps a connection and cookies."""

    def __init__(self, base: str) -> None:
        self.netloc = urlsplit(base).netloc
        self.base = base
        self.line = http.client.HTTPConnection(self.netloc, timeout=60)
        self.cookies: dict[str, str] = {}
        self.bytes = self.statements = 0

    def ask(self, method: str, path: str, form: list[tuple[str, str]] | None) -> tuple[int, str]:
        """One request; gives the status and the words, or where it leads."""
        headers = {"Accept-Encoding": "gzip", "Origin": self.base, "Referer": self.base + path}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        body = None
        if form is not None:
            body, headers["Content-Type"] = urlencode(form), FORM
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        data = answer.read()
        self.bytes += len(data) + len(str(answer.headers))
        self.statements += int(answer.headers.get(HEADER, 0))
        self.keep(answer.headers.get_all("Set-Cookie") or [])
        if 300 <= answer.status < 400:
            return answer.status, answer.headers["Location"]
        if answer.headers.get("Content-Encoding") == "gzip":
            data = gzip.decompress(data)
        return answer.status, data.decode("utf-8", "replace")

    def keep(self, lines: list[str]) -> None:
        """Keep or forget cookies, as the answer says."""
        for line in lines:
            name, _sign, rest = line.partition("=")
            text = rest.split(";")[0]
            if text in ("", '""') or "max-age=0" in rest.lower():
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = text

    def take(self, step: Step, facts: dict[str, str], page: str) -> str:
        """One step, checked; gives the page that came back."""
        path = fill(step.path, facts)
        status, text = self.ask(step.method, path, form_of(step, facts, page))
        if status != step.expect:
            raise Wrong(f"{step.method} {path}: {status}, not {step.expect}: {text[:200]}")
        if step.follow:
            found = urlsplit(text)
            status, text = self.ask(
                "GET", found.path + (f"?{found.query}" * bool(found.query)), None
            )
        if step.contains and fill(step.contains, facts) not in text:
            raise Wrong(f"{step.method} {path}: {step.contains!r} is missing in {text[:200]}")
        return text


def fill(text: str, facts: dict[str, str]) -> str:
    """A text with the known names filled in."""
    return PLACE.sub(lambda found: facts.get(found[1], found[0]), text)


def form_of(step: Step, facts: dict[str, str], page: str) -> list[tuple[str, str]] | None:
    """The fields that a step sends."""
    if callable(step.form):
        return step.form(page)
    if step.form is None:
        return None
    return [(name, fill(text, facts)) for name, text in step.form.items()]


@dataclass
class Runner:
    """Runs jobs on one site. `roots` are its processes by group."""

    base: str
    roots: dict[str, list[int]]
    facts: dict[str, str]

    def measure(self, job: Job) -> Result:
        """One job: warm up, then measure."""
        browsers = [self.sign_in(job, place) for place in range(job.clients)]
        self.run(job, browsers, job.warmup)
        for browser in browsers:
            browser.bytes = 0
        before, first, held = self.used(), pace(), start_peak(self.roots["web"])
        laps = self.run(job, browsers, job.count)
        after, last = self.used(), pace()
        parts = {name: round((after[name] - before[name]) / job.count, 2) for name in after}
        return Result(
            name=job.name,
            cpu_ms=round(sum(parts.values()), 2),
            parts_ms=parts,
            median_ms=round(statistics.median(laps), 1),
            p95_ms=round(statistics.quantiles(laps, n=20)[-1] if len(laps) > 1 else laps[0], 1),
            bytes=sum(browser.bytes for browser in browsers) // job.count,
            growth_mb=round(peak_mb(self.roots["web"]) - held, 1),
            pace_ms=round((first + last) / 2, 1),
        )

    def statements(self, job: Job, rounds: int = 5) -> float:
        """How many statements a round takes, on a site that counts them."""
        browser = self.sign_in(job, 0)
        self.run(job, [browser], 2)
        counts = []
        for _round in range(rounds):
            browser.statements = 0
            self.run(job, [browser], 1)
            counts.append(browser.statements)
        return statistics.median(counts)

    def used(self) -> dict[str, float]:
        """Processor time by group."""
        return {name: cpu_ms(pids) for name, pids in self.roots.items()}

    def sign_in(self, job: Job, place: int) -> Browser:
        """A browser whose user is the first one plus its place."""
        browser, facts = Browser(self.base), {**self.facts, "n": str(job.first_user + place)}
        for step in (*job.login, *(() if place else job.ready)):
            browser.take(step, facts, "")
        return browser

    def run(self, job: Job, browsers: list[Browser], count: int) -> list[float]:
        """So many rounds, shared among the browsers; gives the milliseconds of each."""
        laps: list[float] = []
        wrong: list[BaseException] = []
        tickets = iter(range(count))
        lock = threading.Lock()

        def work(place: int) -> None:
            try:
                while not wrong:
                    with lock:
                        if next(tickets, None) is None:
                            return
                        number = next(job.rounds)
                    laps.append(self.lap(job, browsers[place], place, number))
            except (OSError, Wrong, http.client.HTTPException) as error:
                wrong.append(error)

        threads = [threading.Thread(target=work, args=(place,)) for place in range(len(browsers))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if wrong:
            raise Wrong(f"{job.name}: {wrong[0]}")
        return laps

    def lap(self, job: Job, browser: Browser, place: int, number: int) -> float:
        """One round; its milliseconds."""
        facts = {**self.facts, "n": str(job.first_user + place), "i": str(number)}
        if job.facts:
            facts |= job.facts(number)
        if job.is_fresh:
            browser.cookies.clear()
        if job.cookies:
            browser.cookies = job.cookies(number)
        if job.before:
            job.before()
        start, page = time.perf_counter(), ""
        for step in job.steps:
            page = browser.take(step, facts, page)
        return (time.perf_counter() - start) * 1000


def read_scenario(text: str) -> list[Job]:
    """The jobs of a scenario file of the floors."""
    scenario = json.loads(text)
    roles = {name: steps_of(role["login"]) for name, role in scenario["roles"].items()}
    return [
        Job(
            name=job["name"],
            steps=steps_of(job["steps"]),
            count=job.get("count", scenario["count"]),
            warmup=job.get("warmup", 16),
            clients=job.get("concurrency", scenario["concurrency"]),
            login=roles.get(job.get("role", ""), ()),
            first_user=scenario["first_user"],
            is_fresh=job.get("fresh", False),
        )
        for job in scenario["jobs"]
    ]


def steps_of(rows: list[dict[str, Any]]) -> tuple[Step, ...]:
    """Steps as the scenario file writes them."""
    return tuple(
        Step(
            path=row["path"],
            method=row.get("method", "GET"),
            form=row.get("form"),
            expect=row.get("expect", 200),
            contains=row.get("contains", ""),
        )
        for row in rows
    )
