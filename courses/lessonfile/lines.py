"""The body of a file cut into pieces: text, code, pictures, blocks between colons."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .error import CourseFileError

CODE = re.compile(r"(```+|~~~+)\s*([\w+-]*)\s*\Z")
COLONS = re.compile(r"(:{3,})\s*(.*)\Z")
PICTURE = re.compile(r"!\[(.*)\]\(\s*(\S+?)\s*\)\Z")
SETTING = re.compile(r'([a-z_]+)=(?:"([^"]*)"|“([^”]*)”|(\S+))')


@dataclass(frozen=True)
class Line:
    """One line of a file and where it stands."""

    number: int
    text: str


@dataclass(frozen=True)
class Piece:
    """A stretch of the body. `name` is text, code, picture, or the word behind the colons."""

    name: str
    line: int
    lines: tuple[Line, ...] = ()
    words: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    is_quiz: bool = False


def cut(path: str, lines: Sequence[Line]) -> list[Piece]:
    """The pieces of a body, in order; neighbouring text lines are one piece."""
    pieces: list[Piece] = []
    text: list[Line] = []
    at = 0
    while at < len(lines):
        piece, after = special(path, lines, at)
        if piece is None:
            text.append(lines[at])
        else:
            pieces += [*text_piece(text), piece]
            text = []
        at = after
    return pieces + text_piece(text)


def text_piece(lines: list[Line]) -> list[Piece]:
    """A piece of text, unless all its lines are empty."""
    full = [line for line in lines if line.text.strip()]
    return [Piece("text", full[0].number, tuple(lines))] if full else []


def special(path: str, lines: Sequence[Line], at: int) -> tuple[Piece | None, int]:
    """The code, picture or block that begins at a line, and where the body goes on."""
    line = lines[at]
    if found := PICTURE.match(line.text.strip()):
        return Piece("picture", line.number, (), (found[1].strip(), found[2])), at + 1
    if found := CODE.match(line.text):
        end = end_of_code(path, lines, at)
        return Piece("code", line.number, tuple(lines[at + 1 : end]), (found[2],)), end + 1
    if found := COLONS.match(line.text):
        end = end_of_block(path, lines, at, found[1], found[2])
        return block_piece(path, line, found, tuple(lines[at + 1 : end])), end + 1
    return None, at + 1


def end_of_code(path: str, lines: Sequence[Line], at: int) -> int:
    """The index of the line that ends the code which begins at `at`."""
    opening = CODE.match(lines[at].text)
    fence = opening[1] if opening else ""
    for index in range(at + 1, len(lines)):
        bare = lines[index].text.strip()
        if len(bare) >= len(fence) and not bare.strip(fence[:1]):
            return index
    raise CourseFileError(path, lines[at].number, f"This code has no end. Add a line of {fence}.")


def end_of_block(path: str, lines: Sequence[Line], at: int, colons: str, head: str) -> int:
    """The index of the line of colons that ends the block which begins at `at`."""
    number = lines[at].number
    if not head.strip():
        raise CourseFileError(path, number, "These colons end a block, but no block is open here.")
    index = at + 1
    while index < len(lines):
        text = lines[index].text
        found = COLONS.match(text)
        if found and found[1] == colons and not found[2].strip():
            return index
        if found and (len(found[1]) >= len(colons)):
            raise CourseFileError(
                path,
                lines[index].number,
                f"Blocks do not nest. End the block of line {number} first.",
            )
        index = end_of_code(path, lines, index) + 1 if CODE.match(text) else index + 1
    raise CourseFileError(path, number, f"This block has no end. Add a line of {colons}.")


def block_piece(path: str, line: Line, found: re.Match[str], inner: tuple[Line, ...]) -> Piece:
    """A block with the words and the settings of its first line."""
    settings: dict[str, str] = {}
    for hit in SETTING.finditer(found[2]):
        if hit[1] in settings:
            raise CourseFileError(path, line.number, f"“{hit[1]}” stands here twice.")
        settings[hit[1]] = (hit[2] or hit[3] or hit[4] or "").strip()
    name, *words = SETTING.sub(" ", found[2]).split() or [""]
    is_quiz = found[1] == "::::" and name == "quiz"
    if not is_quiz and (len(found[1]) > 3 or name == "quiz"):
        raise CourseFileError(
            path, line.number, "Only a quiz begins with four colons, and it always does."
        )
    return Piece(name, line.number, inner, tuple(words), settings, is_quiz)


def as_lines(text: str, first: int = 1) -> list[Line]:
    """A text as numbered lines."""
    return [Line(number, line) for number, line in enumerate(text.split("\n"), first)]
