"""The weave: covers, progress and patches drawn from a word. Pure; inline SVG in token colours.

Threads of the warp run down, rows of the weft run across. Where they meet, one lies over the
other; the one below is not drawn, so that a small gap stands on both sides. LOOK.md, "Motif".
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

WARP = 12
ROWS = 4
COLOURS = ("loom", "clay", "plum", "sky", "marigold", "loom-deep")
PITCH = 12  # from one thread to the next
THICK = 6  # of a thread; its round edge comes on top, from the style
MOST_ROWS = 12  # of a progress cloth: more parts share the rows
CLOTH_WARP = 10
MOST = 512  # drawings that a process keeps


def is_plain(column: int, row: int) -> bool:
    """The plain weave: over one, under one."""
    return (column + row) % 2 == 0


# How the weft goes over the warp, as weavers name it.
BINDINGS: tuple[Callable[[int, int], bool], ...] = (
    is_plain,
    lambda column, row: (column + row) % 4 < 2,  # twill
    lambda column, row: (column - row) % 4 < 2,  # twill the other way
    lambda column, row: (column // 2 + row // 2) % 2 == 0,  # basket
    lambda column, row: (min(column % 12, 11 - column % 12) + row) % 4 < 2,  # herringbone
    lambda column, row: (column + row) % 3 == 0,  # steep twill
    lambda column, row: (column // 2 + row) % 2 == 0,  # rib
    lambda column, row: (min(column % 6, 5 - column % 6) + row) % 3 > 0,  # goose eye
)


@dataclass(frozen=True)
class Pattern:
    """What a word decides: the binding, its shift, and a colour for every thread."""

    is_over: Callable[[int, int], bool]
    shift: int
    warp: tuple[str, ...]
    weft: tuple[str, ...]

    def weft_is_over(self, column: int, row: int) -> bool:
        """Whether the row lies over the thread where they meet."""
        return self.is_over(column + self.shift, row)


def digest(word: str) -> bytes:
    """Bytes that only the word decides."""
    return hashlib.sha256(word.encode()).digest()


def pattern(word: str, columns: int = WARP) -> Pattern:
    """The weave of a word. The stripes of the warp are the same from both sides."""
    seed = digest(word)
    first, stripe, across, line = colours_of(seed)
    half = [stripe if (seed[4] >> bit) & 1 else first for bit in range(columns // 2)]
    rows = [line if (seed[5] >> bit) & 3 == 0 else across for bit in range(ROWS)]
    binding = BINDINGS[seed[6] % len(BINDINGS)]
    return Pattern(binding, seed[7] % 4, (*half, *reversed(half)), tuple(rows))


def colours_of(seed: bytes) -> tuple[str, str, str, str]:
    """Four of the six colours, none twice."""
    left = list(COLOURS)
    first, second, third, fourth = (left.pop(seed[place] % len(left)) for place in range(4))
    return first, second, third, fourth


def runs(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """Where a thread is on top: the place and the length of every stretch."""
    start = 0
    while start < len(flags):
        end = start
        while end < len(flags) and flags[end] == flags[start]:
            end += 1
        if flags[start]:
            yield start, end - start
        start = end


def across(start: int, row: int, length: int) -> str:
    """A stretch of a row on top."""
    wide = PITCH * length
    return f"M{start * PITCH} {row * PITCH + 3}h{wide}v{THICK}h-{wide}z"


def down(column: int, start: int, length: int) -> str:
    """A stretch of a thread of the warp on top."""
    high = PITCH * length
    return f"M{column * PITCH + 3} {start * PITCH}h{THICK}v{high}h-{THICK}z"


def woven(found: Pattern) -> dict[str, str]:
    """What is on top, by colour: every place is covered by one thread."""
    paths: dict[str, str] = {}
    columns, rows = range(len(found.warp)), range(len(found.weft))
    for row in rows:
        for start, length in runs([found.weft_is_over(column, row) for column in columns]):
            paths[found.weft[row]] = paths.get(found.weft[row], "") + across(start, row, length)
    for column in columns:
        for start, length in runs([not found.weft_is_over(column, row) for row in rows]):
            colour = found.warp[column]
            paths[colour] = paths.get(colour, "") + down(column, start, length)
    return paths


def picture(kind: str, columns: int, rows: int, paths: dict[str, str], more: str = "") -> str:
    """An inline picture of threads, hidden from screen readers."""
    threads = "".join(f'<path class="t-{colour}" d="{path}"/>' for colour, path in paths.items())
    return (
        f'<svg class="weave weave-{kind}" viewBox="0 0 {columns * PITCH} {rows * PITCH}"{more} '
        f'aria-hidden="true">{threads}</svg>'
    )


@lru_cache(MOST)
def cover(word: str) -> str:
    """A cover of 12 threads by 4 rows, under 1 kB."""
    return picture(
        "cover", WARP, ROWS, woven(pattern(word)), ' preserveAspectRatio="xMidYMid slice"'
    )


@lru_cache(MOST)
def patch(word: str) -> str:
    """A patch of 4 threads by 4 rows for a person without a photo."""
    return picture("patch", 4, ROWS, woven(pattern(word, 4)))


@lru_cache(MOST)
def cloth(done: int, total: int) -> str:
    """Progress as a cloth on the loom: it grows row by row from below, over the bare warp."""
    rows = min(max(total, 1), MOST_ROWS)
    bare = rows - rows_filled(done, total, rows)
    places = [(column, row) for row in range(bare, rows) for column in range(CLOTH_WARP)]
    paths = {
        "line": "".join(down(column, 0, bare) for column in range(CLOTH_WARP) if bare),
        "loom": "".join(across(*place, 1) for place in places if is_plain(*place)),
        "marigold": "".join(down(*place, 1) for place in places if not is_plain(*place)),
    }
    shown = {colour: path for colour, path in paths.items() if path}
    return picture("cloth", CLOTH_WARP, rows, shown)


def rows_filled(done: int, total: int, rows: int) -> int:
    """How many rows are woven: none before the first part is done, all only after the last."""
    total = max(total, 1)
    done = min(max(done, 0), total)
    if done in (0, total):
        return rows if done else 0
    return min(max(done * rows // total, 1), rows - 1)
