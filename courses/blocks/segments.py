"""A lesson's body as plain values that can be kept: finished HTML, questions, quizzes, tasks."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from wagtail.blocks import StreamValue
from wagtail.rich_text import expand_db_html

from .checks import has_words
from .questions import QUESTIONS

Definition = dict[str, Any]
MOST_KNOWN = 2000
LETTERS_OF_A_BYTE = 3  # of the stored text, on the line, packed
KEY = re.compile(r' data-block-key="[^"]*"')


facts_known: dict[bytes, "BodyFacts"] = {}


class Segment(NamedTuple):
    """A part of a body. `kind` is html (value: markup), question, quiz or try (value: a dict)."""

    id: str
    kind: str
    value: Any


def render_block(child: Any) -> str:
    """A static block as HTML."""
    return str(child.render())


def body_segments(
    stream: Iterable[Any], render: Callable[[Any], str] = render_block
) -> list[Segment]:
    """The parts of a body; static neighbours are one piece. Call it in the page's language."""
    segments: list[Segment] = []
    for child in stream:
        maker = MAKERS.get(child.block_type)
        if maker:
            segments.append(maker(child))
        elif segments and segments[-1].kind == "html":
            segments[-1] = Segment("", "html", f"{segments[-1].value}\n{render(child)}")
        else:
            segments.append(Segment("", "html", render(child)))
    return segments


def question_segment(child: Any) -> Segment:
    """A lone question with its definition."""
    return Segment(str(child.id), "question", expanded(definition_of(child)))


def quiz_segment(child: Any) -> Segment:
    """A quiz: its title and the ids of its questions."""
    value = child.value
    facts = {
        "id": str(child.id),
        "title": value["title"],
        "questions": [str(question.id) for question in value["questions"]],
    }
    return Segment(str(child.id), "quiz", facts)


def try_segment(child: Any) -> Segment:
    """A task: what to do, what is handed in, what the reviewer looks at."""
    value = child.value
    facts = {
        "id": str(child.id),
        "title": value["title"],
        "text": expand_db_html(source_of(value["text"])),
        "ask": value["ask"] or "none",
        "looks_for": value["looks_for"],
    }
    return Segment(str(child.id), "try", facts)


MAKERS: dict[str, Callable[[Any], Segment]] = {
    "quiz": quiz_segment,
    "try": try_segment,
    **dict.fromkeys(QUESTIONS, question_segment),
}


def children_of(stream: StreamValue, *kinds: str) -> Iterator[Any]:
    """The blocks of some kinds, in order. The others are not looked at: a picture would cost a
    statement."""
    for place, raw in enumerate(stream.raw_data):
        if raw["type"] in kinds:
            yield stream[place]


@dataclass(frozen=True)
class BodyFacts:
    """What a course must know of a lesson's body."""

    questions: tuple[str, ...]
    tasks: tuple[str, ...]
    size: int


def body_facts(text: str) -> BodyFacts:
    """The facts of a body, read from its stored text once in each process."""
    digest = hashlib.sha256(text.encode()).digest()
    found = facts_known.get(digest)
    if found is None:
        if len(facts_known) >= MOST_KNOWN:
            facts_known.clear()
        facts_known[digest] = found = read_facts(json.loads(text or "[]") or [], len(text))
    return found


def read_facts(blocks: list[Any], length: int) -> BodyFacts:
    """Questions that decide, tasks for which something is handed in, bytes on the line.

    The questions are those of the quizzes, or all where the lesson has no quiz.
    """
    quizzes = [block["value"] for block in blocks if block["type"] == "quiz"]
    inside = [one for quiz in quizzes for one in quiz.get("questions") or ()]
    tasks = [block for block in blocks if block["type"] == "try"]
    return BodyFacts(
        questions=tuple(
            str(one.get("id"))
            for one in (inside if quizzes else blocks)
            if one["type"] in QUESTIONS
        ),
        tasks=tuple(
            str(one.get("id")) for one in tasks if one["value"].get("ask", "none") != "none"
        ),
        size=length // LETTERS_OF_A_BYTE,
    )


def questions_of(stream: StreamValue) -> Iterator[Any]:
    """Every question of a body, those of quizzes too, in order."""
    for child in children_of(stream, "quiz", *QUESTIONS):
        yield from child.value["questions"] if child.block_type == "quiz" else [child]


def definition_of(child: Any) -> Definition:
    """A question of a stream as the plain dict that is stored and marked.

    Links to pages stay as they are stored, so the digest does not change with the address;
    `expanded` makes them real.
    """
    value = child.value
    return {
        "id": str(child.id),
        "kind": child.block.kind,
        "prompt": source_of(value["prompt"]),
        "hint": source_of(value["hint"]),
        "tries": value["tries"] or 0,
        "right": value["right"],
        "otherwise": value["otherwise"],
        "answers": [answer_of(answer) for answer in value["answers"]],
    }


def answer_of(child: Any) -> Definition:
    """An answer as a plain dict. Lines, pairs and gaps are right as they are written."""
    value = dict(child.value)
    number = value.get("number")
    answer = {
        "id": str(child.id),
        "text": value["text"] if "text" in value else written(number),
        "right": bool(value.get("right", True)),
        "feedback": value.get("feedback") or "",
    }
    if "tolerance" in value:
        answer["tolerance"] = written(value["tolerance"])
    if "match" in value:
        answer["match"] = value["match"]
    return answer


def written(number: Decimal | None) -> str:
    """A number as it is stored: without zeros that say nothing; empty for none."""
    if number is None:
        return ""
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def source_of(text: Any) -> str:
    """The stored HTML of rich text, without the editor's own keys; empty when nothing is in it."""
    source = KEY.sub("", text.source if text else "")
    return source if has_words(source) else ""


def expanded(definition: Definition) -> Definition:
    """The definition with real addresses in its links. Call it in the page's language."""
    links = {name: expand_db_html(definition[name]) for name in ("prompt", "hint")}
    return {**definition, **links}
