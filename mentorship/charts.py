"""Bars drawn as SVG, for a page that has the same numbers in a table beside them. Pure.

Colours come from classes; nothing is styled here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, ROW = 320, 46
LABEL_Y, BAR_Y, BAR_TALL = 14, 21, 16
ROOM_FOR_WORDS = 120
LONGEST = 40
FEW = 4


@dataclass(frozen=True)
class Bar:
    """One bar: what it is about, how long it is, and the words at its end.

    Without a value the number is too small to be told: the bar is an outline, always as long.
    """

    label: str
    value: int | None
    words: str


def bar_chart(bars: Sequence[Bar], title: str) -> str:
    """The bars one below the other, each under its label."""
    tall = len(bars) * ROW
    longest = max([FEW, *(bar.value or 0 for bar in bars)])
    drawn = "".join(drawn_bar(bar, place * ROW, longest) for place, bar in enumerate(bars))
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {tall}" width="{WIDTH}" height="{tall}" '
        f'direction="ltr" role="img" aria-label="{escape(title)}">{drawn}</svg>'
    )


def drawn_bar(bar: Bar, top: int, longest: int) -> str:
    """One bar with its label above and its words behind it."""
    wide = length_of(FEW if bar.value is None else bar.value, longest)
    kind = "chart-few" if bar.value is None else "chart-bar"
    middle = top + BAR_Y + BAR_TALL - 3
    return (
        f'<text x="0" y="{top + LABEL_Y}">{escape(shortened(bar.label))}</text>'
        f'<rect class="{kind}" x="1" y="{top + BAR_Y}" width="{wide}" height="{BAR_TALL}"/>'
        f'<text class="chart-words" x="{wide + 8}" y="{middle}">{escape(bar.words)}</text>'
    )


def length_of(value: int, longest: int) -> int:
    """How long a bar is; nothing is a thin line."""
    return max(2, round((WIDTH - ROOM_FOR_WORDS) * value / longest))


def shortened(label: str) -> str:
    """A label that fits above its bar."""
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"
