"""Sample questions of all eight kinds, each in every state, marked as real ones are."""

from dataclasses import dataclass
from typing import Any

from courses import marking, questions
from courses.queries import LessonPack, LessonState, question_state
from courses.queries.person import Given

STATES = ("new", "error", "not-yet", "no-tries", "right")


@dataclass(frozen=True)
class Sample:
    """A question of one kind, with an answer that fits and one that does not."""

    kind: str
    prompt: str
    answers: tuple[dict[str, Any], ...]
    right: Any
    wrong: Any


def answer(key: str, text: str, right: bool = False, feedback: str = "", **more: Any) -> dict:
    """An answer as an author writes it."""
    return {"id": key, "text": text, "right": right, "feedback": feedback, **more}


SAMPLES = (
    Sample(
        "one",
        "<p>Which button wakes a phone?</p>",
        (
            answer("a", "The power button", True, "Yes. A short press is enough."),
            answer("b", "The volume button", feedback="That one makes the sound louder."),
            answer("c", "The `Home` key of a laptop"),
        ),
        "a",
        "b",
    ),
    Sample(
        "several",
        "<p>Where is it safe to charge a phone?</p>",
        (
            answer("a", "On a dry table", True),
            answer("b", "Under a pillow", feedback="It cannot lose its heat there."),
            answer("c", "On a shelf", True),
        ),
        ["a", "c"],
        ["a", "b"],
    ),
    Sample(
        "truefalse",
        "<p>Your birthday makes a safe PIN.</p>",
        (
            answer("t", "True", feedback="Many people know your birthday."),
            answer("f", "False", True, "People try birthdays first."),
        ),
        "f",
        "t",
    ),
    Sample(
        "text",
        "<p>What is the program called that shows web pages?</p>",
        (
            answer("a", "browser | web browser", True),
            answer("b", "internet", feedback="That is the net itself."),
        ),
        "web browser",
        "internet",
    ),
    Sample(
        "number",
        "<p>A file has 2 MB. How many kB is that?</p>",
        (answer("a", "2000", True, tolerance="48"), answer("b", "200", feedback="One zero more.")),
        "2048",
        "200",
    ),
    Sample(
        "order",
        "<p>Put the steps in order.</p>",
        (
            answer("a", "Plug the cable in", True),
            answer("b", "Wait until the sign shows a charge", True),
            answer("c", "Hold the power button", True),
        ),
        ["a", "b", "c"],
        ["c", "a", "b"],
    ),
    Sample(
        "match",
        "<p>Who does what in a co-op?</p>",
        (
            answer("a", "Members", True, match="decide"),
            answer("b", "The board", True, match="prepares"),
            answer("c", "The books", True, match="show the money"),
        ),
        {"a": "decide", "b": "prepares", "c": "show the money"},
        {"a": "decide", "b": "show the money", "c": "prepares"},
    ),
    Sample(
        "gap",
        "<p>A page is written in ___ and styled with ___.</p>",
        (answer("a", "HTML", True), answer("b", "CSS", True)),
        {"a": "html", "b": "css"},
        {"a": "html", "b": "paint"},
    ),
)


def definition(sample: Sample, state: str) -> dict[str, Any]:
    """The question with an id of its own for each state."""
    return {
        "id": f"{sample.kind}-{state}",
        "kind": sample.kind,
        "prompt": sample.prompt,
        "hint": "<p>Look at the section above once more.</p>",
        "tries": {"not-yet": 3, "no-tries": 1}.get(state, 0),
        "right": "",
        "otherwise": "",
        "answers": list(sample.answers),
    }


def as_given(found: dict[str, Any], given: Any) -> Any:
    """What a person would have sent: the right sides of a match have ids of their own."""
    if found["kind"] != "match":
        return given
    sides = {one["match"]: marking.right_id(found["id"], one["id"]) for one in found["answers"]}
    return {left: sides[right] for left, right in given.items()}


def pack_of(found: dict[str, Any]) -> LessonPack:
    """A lesson with this one question, which no course holds."""
    block = found["id"]
    no_course: Any = None
    return LessonPack(
        key="",
        page_id=0,
        course=no_course,
        language="en",
        title="",
        url="",
        summary="",
        minutes=0,
        number=1,
        segments=[],
        rule={},
        definitions={block: found},
        versions={block: (None, marking.fingerprint(found))},
        public={block: questions.public(found)},
        tasks={},
        languages=[],
    )


def row(sample: Sample, state: str) -> dict[str, Any]:
    """A question in one state, as the component takes it."""
    found = definition(sample, state)
    pack = pack_of(found)
    given = sample.right if state == "right" else sample.wrong
    answers = {} if state in ("new", "error") else {found["id"]: [answered(found, given)]}
    shown = question_state(
        pack,
        LessonState(answers=answers),
        found["id"],
        error=marking.UNANSWERED[sample.kind] if state == "error" else "",
    )
    return {"name": state, "question": pack.public[found["id"]], "state": shown}


def answered(found: dict[str, Any], given: Any) -> Given:
    """An answer that was given to this question."""
    return Given(answer=as_given(found, given), definition=found)


def question_rows() -> list[dict[str, Any]]:
    """Every kind of question with all its states."""
    return [
        {"kind": sample.kind, "states": [row(sample, state) for state in STATES]}
        for sample in SAMPLES
    ]
