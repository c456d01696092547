"""What the page of figures is made of: periods, figures, charts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorship.charts import Bar, bar_chart

from .telling import is_small, told


@dataclass(frozen=True)
class Period:
    """So many days up to a moment."""

    start: datetime
    end: datetime

    def has(self, moment: datetime | None) -> bool:
        """Whether a moment lies in the period."""
        return moment is not None and self.start < moment <= self.end


@dataclass(frozen=True)
class Figure:
    """One number, the same of the period before, and what it means."""

    name: str
    now: str
    before: str
    meaning: str


@dataclass(frozen=True)
class Chart:
    """Bars, and the same as a table."""

    key: str
    title: str
    about: str
    bars: list[Bar]

    @property
    def svg(self) -> str:
        return bar_chart(self.bars, self.title)


def periods(days: int, now: datetime) -> tuple[Period, Period]:
    """The last days, and as many before them."""
    middle = now - timedelta(days=days)
    return Period(middle, now), Period(middle - timedelta(days=days), middle)


def bar(label: str, count: int) -> Bar:
    """One bar; a small number is not drawn at its length."""
    return Bar(label, None if is_small(count) else count, told(count))
