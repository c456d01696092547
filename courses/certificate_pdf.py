"""A certificate as an A4 sheet: plain values in, the bytes of a tagged PDF out. Pure.

What is on the sheet goes to typst as data, never as markup (`templates/courses/certificate.typ`).
"""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import segno
import typst

from content.weave import digest

LAYOUT = Path(__file__).resolve().parent.parent / "templates" / "courses" / "certificate.typ"
INKS = ("#0C5C55", "#A8432A", "#6B2F5C", "#1F5A99", "#073F3B")
GROUND = "#F4B23C"
COLUMNS, ROWS, DEEP, CELL, REPEAT = 54, 38, 2, 10, 6
MOST_SKILLS, SKILL_LENGTH = 8, 150


@dataclass(frozen=True)
class Sheet:
    """Everything that is printed, in the certificate's language."""

    language: str
    title: str
    heading: str
    name: str
    finished: str
    course: str
    place: str
    skills_title: str
    skills: list[str]
    facts: list[tuple[str, str]]
    check: str
    address: str
    qr_alt: str
    seed: str

    @property
    def content_digest(self) -> str:
        """A short digest that changes with anything on the sheet, and with its layout."""
        words = json.dumps(asdict(self), sort_keys=True) + LAYOUT.read_text()
        return sha256(words.encode()).hexdigest()[:24]


def certificate_pdf(sheet: Sheet) -> bytes:
    """The sheet as a tagged PDF: PDF/UA-1 where this machine has letters for every word.

    A name in letters that no font here has is set with the empty sign of the font, still tagged:
    never an error.
    """
    try:
        return compiled(sheet, ["ua-1"])
    except typst.TypstError:
        return compiled(sheet, [])


def compiled(sheet: Sheet, standards: list[Literal["ua-1"]]) -> bytes:
    """Run typst over the layout with the sheet as data."""
    values = asdict(sheet)
    values["skills"] = [shortened(skill) for skill in sheet.skills[:MOST_SKILLS]]
    values |= {"qr": qr_svg(sheet.address), "border": border_svg(sheet.seed)}
    compiler = typst.Compiler(
        LAYOUT.read_bytes(),
        root=str(LAYOUT.parent),
        font_paths=fonts(),
        sys_inputs={"sheet": json.dumps(values)},
    )
    pages: Any = compiler.compile(format="pdf", pdf_standards=[*standards])
    return bytes(pages)


def shortened(skill: str) -> str:
    """A skill that fits the sheet; the check page has all of it."""
    return skill if len(skill) <= SKILL_LENGTH else skill[: SKILL_LENGTH - 1].rstrip() + "…"


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts that typst brings, and those of the machine for other scripts. Found once."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


def qr_svg(address: str) -> str:
    """The address as a QR code, dark on light."""
    out = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        out, "svg", xmldecl=False, nl=False, omitsize=True, border=2, dark="#000", light="#fff"
    )
    return out.getvalue().decode()


def border_svg(word: str) -> str:
    """The edge of the sheet: two threads that cross as the digest of the word says."""
    seed = digest(word)
    over = "".join(
        f"M{column * CELL} {row * CELL}h{CELL - 2}v{CELL - 2}h-{CELL - 2}z"
        for row in range(ROWS)
        for column in range(COLUMNS)
        if is_edge(row, column) and is_over(seed, row, column)
    )
    wide, high, deep = COLUMNS * CELL, ROWS * CELL, DEEP * CELL
    ring = (
        f"M0 0h{wide}v{high}h-{wide}z"
        f"M{deep} {deep}v{high - 2 * deep}h{wide - 2 * deep}v-{high - 2 * deep}z"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">'
        f'<path fill="{GROUND}" d="{ring}"/>'
        f'<path fill="{INKS[seed[0] % len(INKS)]}" d="{over}"/></svg>'
    )


def is_edge(row: int, column: int) -> bool:
    """Whether a cell belongs to the woven edge."""
    return not (DEEP <= row < ROWS - DEEP and DEEP <= column < COLUMNS - DEEP)


def is_over(seed: bytes, row: int, column: int) -> bool:
    """Whether the coloured thread lies on top in a cell; the pattern repeats."""
    along = column if row < DEEP or row >= ROWS - DEEP else row
    place = (row % DEEP) * REPEAT + along % REPEAT
    return bool((seed[1 + place // 8] >> (place % 8)) & 1) ^ bool((row + column) % 2)
