"""A question of a lesson file, as the value of its block."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.blocks.checks import KINDS, problem_with
from courses.reading import read_numbers

from .error import CourseFileError
from .lines import Line, Piece
from .words import PLAIN, plain, rich

TICKED = re.compile(r"[-*] \[( |x|X)\]\s+(.+)\Z")
NUMBERED = re.compile(r"\d+[.)]\s+(.+)\Z")
DASHED = re.compile(r"[-*]\s+(.+)\Z")
FEEDBACK = re.compile(r"\s*>\s?(.*)\Z")
KEYWORD = re.compile(r"(hint|tries|right|otherwise):\s*(.*)\Z")
PATTERNS = {"order": NUMBERED, "match": DASHED, "gap": DASHED}
BEGINNINGS = {"order": "“1. ”", "match": "“- ”", "gap": "“- ”"}


@dataclass
class Written:
    """An answer as the author wrote it."""

    line: int
    text: str
    is_right: bool = True
    feedback: list[str] = field(default_factory=list)


@dataclass
class Asked:
    """A question taken apart."""

    prompt: list[Line] = field(default_factory=list)
    answers: list[Written] = field(default_factory=list)
    keywords: dict[str, Line] = field(default_factory=dict)


def question_value(path: str, piece: Piece, answer_ids: Any) -> tuple[str, dict[str, Any]]:
    """The kind of a question and the value of its block; `answer_ids(n)` names its answers."""
    kind = piece.words[0] if len(piece.words) == 1 else ""
    if kind not in KINDS:
        raise CourseFileError(path, piece.line, f"Say which kind of question: {', '.join(KINDS)}.")
    asked = take_apart(path, kind, piece.lines)
    answers = [
        {"type": "answer", "id": answer_ids(at), "value": answer_value(path, kind, written)}
        for at, written in enumerate(asked.answers, 1)
    ]
    value = {
        "prompt": rich(path, asked.prompt, PLAIN) if asked.prompt else "",
        "answers": answers,
        **said(path, asked.keywords),
    }
    values = [answer["value"] for answer in answers]
    if problem := problem_with(kind, value["prompt"], values):
        raise CourseFileError(path, piece.line, str(problem))
    return kind, value


def take_apart(path: str, kind: str, lines: Sequence[Line]) -> Asked:
    """The prompt, the answers with their feedback, and the lines that begin with a keyword."""
    asked = Asked()
    for line in lines:
        if found := KEYWORD.match(line.text):
            if found[1] in asked.keywords:
                raise CourseFileError(path, line.number, f"“{found[1]}” stands here twice.")
            asked.keywords[found[1]] = Line(line.number, found[2].strip())
        elif written := read_answer(kind, line):
            asked.answers.append(written)
        elif asked.answers and (found := FEEDBACK.match(line.text)):
            asked.answers[-1].feedback.append(found[1])
        elif not asked.answers and not asked.keywords:
            asked.prompt.append(line)
        elif line.text.strip():
            begin = BEGINNINGS.get(kind, "“- [x] ” or “- [ ] ”")
            raise CourseFileError(
                path, line.number, f"An answer begins with {begin}, its feedback with “> ”."
            )
    return asked


def read_answer(kind: str, line: Line) -> Written | None:
    """The answer on a line, or None."""
    found = PATTERNS.get(kind, TICKED).match(line.text)
    if not found:
        return None
    if kind in PATTERNS:
        return Written(line.number, found[1])
    return Written(line.number, found[2], found[1] in "xX")


def answer_value(path: str, kind: str, written: Written) -> dict[str, Any]:
    """The value of an answer's block."""
    feedback = {"feedback": plain(written.feedback)}
    text = plain([written.text])
    if kind == "order":
        return {"text": text}
    if kind == "gap":
        return {"text": text, **feedback}
    if kind == "match":
        left, sign, right = text.partition(" = ")
        if not sign:
            raise CourseFileError(path, written.line, "Write a pair as “left = right”.")
        return {"text": left.strip(), "match": right.strip(), **feedback}
    if kind == "number":
        return {**number_value(path, written.line, text), "right": written.is_right, **feedback}
    return {"text": text, "right": written.is_right, **feedback}


def number_value(path: str, line: int, text: str) -> dict[str, str | None]:
    """A number and its tolerance, as `3.5 ± 0.1` says them."""
    number, sign, tolerance = text.replace("+/-", "±").replace("+-", "±").partition("±")
    return {
        "number": read_number(path, line, number),
        "tolerance": read_number(path, line, tolerance) if sign else None,
    }


def read_number(path: str, line: int, text: str) -> str:
    """A number that has one meaning only."""
    readings = read_numbers(text)
    if len(readings) != 1:
        raise CourseFileError(
            path, line, f"“{text.strip()}” is no clear number. Write 12, 3.5 or 3000."
        )
    shown = f"{readings[0]:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def said(path: str, keywords: dict[str, Line]) -> dict[str, Any]:
    """Hint, tries and the two sentences."""
    tries = keywords.get("tries", Line(0, "0"))
    if not re.fullmatch(r"\d{1,2}", tries.text):
        raise CourseFileError(path, tries.number, "Write “tries:” with a number, for example 3.")
    hint = keywords.get("hint")
    return {
        "hint": rich(path, [hint], PLAIN) if hint else "",
        "tries": int(tries.text),
        "right": plain([keywords["right"].text]) if "right" in keywords else "",
        "otherwise": plain([keywords["otherwise"].text]) if "otherwise" in keywords else "",
    }
