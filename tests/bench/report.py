"""The figures as a table, with what was promised of each job."""

from dataclasses import dataclass

from .load import Result


@dataclass(frozen=True)
class Goal:
    """What a job may cost: so many times a floor's job, or milliseconds, and statements."""

    floor: str
    times: float
    statements: int


HAND_MADE = "hand-made course page, signed in"
KEPT = "report page, 10000 learners, totals kept"
OFFERS = (100, 1_000, 10_000, 100_000)
GOALS = {
    "public page from the cache": Goal("same home from a cache, signed out", 0.6, 0),
    "catalogue, not cached": Goal("wagtail home, 24 cards, signed out", 0.6, 8),
    "course page, first view after a change": Goal("wagtail course page, signed out", 1.2, 20),
    "course page, signed in": Goal(HAND_MADE, 0.9, 5),
    "lesson, signed in": Goal(HAND_MADE, 0.9, 5),
    "complete a lesson": Goal("upsert, signed in", 2, 7),
    "quiz of ten": Goal(HAND_MADE, 3, 18),
    "my learning": Goal(HAND_MADE, 1.5, 7),
    "table of learners, 100": Goal(KEPT, 3, 8),
    "table of learners, 1,000": Goal(KEPT, 3, 8),
    "table of learners, 10,000": Goal(KEPT, 3, 8),
    "table of learners, 100,000": Goal(KEPT, 3, 8),
    "CSV, 1,000 learners": Goal("report csv, 1000 learners x 20", 1.3, 6),
    "CSV, 10,000 learners": Goal("report csv, 10000 learners x 20", 1.3, 6),
    "search": Goal("search", 0.5, 4),
    "five cards, 3,000 mentors": Goal(HAND_MADE, 4, 12),
    "sign-in": Goal("", 60, 10),
    **{f"offers, {size:,}": Goal("", 21, 3) for size in OFFERS},
    **{f"offers, five filters, {size:,}": Goal("", 21, 3) for size in OFFERS},
    **{f"offers, words, {size:,}": Goal("", 40, 4) for size in OFFERS},
}
HEAD = "| job | CPU ms | ratio | at most | statements | at most | median ms | p95 ms | bytes | MB |"


def least(runs: list[Result]) -> Result:
    """The run that took the least processor time: other programs only ever add to it."""
    return min(runs, key=lambda one: one.cpu_ms)


def table(results: list[Result], floors: dict[str, Result]) -> str:
    """The jobs as a table in Markdown, with ratios where there are floors."""
    rows = [HEAD, "|---" * HEAD.count(" | ") + "|---|"]
    return "\n".join(rows + [row(one, floors) for one in results])


def row(one: Result, floors: dict[str, Result]) -> str:
    """One job as a row; what is missed is set in bold."""
    goal = GOALS[one.name]
    cells = [one.name, str(one.cpu_ms), *price(one, goal, floors), *statements(one, goal)]
    cells += [str(one.median_ms), str(one.p95_ms), str(one.bytes), str(one.growth_mb)]
    return f"| {' | '.join(cells)} |"


def price(one: Result, goal: Goal, floors: dict[str, Result]) -> tuple[str, str]:
    """The ratio to the floor and the ratio promised."""
    if not goal.floor:
        return marked(one.cpu_ms, goal.times), f"{goal.times:g} ms"
    if goal.floor not in floors:
        return "", f"{goal.times:g} ×"
    return marked(one.cpu_ms / floors[goal.floor].cpu_ms, goal.times), f"{goal.times:g} ×"


def statements(one: Result, goal: Goal) -> tuple[str, str]:
    """How many statements, and how many were promised."""
    if one.statements is None:
        return "", str(goal.statements)
    return marked(one.statements, goal.statements), str(goal.statements)


def marked(value: float, most: float) -> str:
    """A figure, in bold where it is too high."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return f"**{text}**" if value > most else text
