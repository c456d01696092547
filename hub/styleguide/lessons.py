"""Sample parts of a lesson: tasks with what was handed in, a quiz, questions to the hub, media.

They are put together by the code that shows a real lesson; nothing comes from the database.
"""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from courses.blocks import Segment
from courses.models import Ask, HandIn
from courses.queries import LessonPack, LessonState
from courses.views.pages import part_of
from members.models import Member

from .questions import SAMPLES, answered, definition, pack_of
from .samples import hub

DAY = datetime(2026, 11, 21, 10, tzinfo=UTC)
KEY = UUID("00000000-0000-4000-8000-000000000001")
WORDS = "First I wrote down every step.\nThen I asked my neighbour to follow them."
Part = dict[str, Any]


def task_segment(name: str, ask: str) -> Segment:
    """A task that asks for words, a link or a photo."""
    value = {
        "title": f"Write the steps for a neighbour: {name}",
        "text": "<p>Write down how one sends a photo, in three to six steps.</p>",
        "ask": ask,
        "looks_for": "Somebody who has never done it can follow the steps.",
    }
    return Segment(f"task-{name}", "try", value)


def hand_in(state: str, note: str = "") -> HandIn:
    """Words that were handed in, and what a person said."""
    return HandIn(pk=1, number=1, state=state, words=WORDS, note=note, made_at=DAY)


def task(name: str, ask: str = "words", *rows: HandIn, error: str = "", typed: str = "") -> Part:
    """A task in one state, as the page of a lesson takes it."""
    segment = task_segment(name, ask)
    state = LessonState(hand_ins={segment.id: list(rows)})
    typed_words, errors = {segment.id: typed}, {segment.id: error}
    part = part_of(pack_of(definition(SAMPLES[0], name)), state, segment, typed_words, errors)
    return {"name": name, "part": part}


def task_rows() -> list[Part]:
    """A task in every state of its hand-in, and with every sort of hand-in."""
    note = "Which app do you mean in step 2? Add its name, then it is clear."
    return [
        task("not-yet"),
        task("refused", error="Write a few words first."),
        task("waiting", "words", hand_in("waiting")),
        task("sent-back", "words", hand_in("returned", note), typed=WORDS),
        task("accepted", "words", hand_in("accepted", "Clear and short. Thank you!")),
        task("link", "link", error="This is not a link. It should start with https://", typed="my"),
        task("photo", "photo"),
        task("only-to-do", "none"),
    ]


def quiz_pack(name: str) -> LessonPack:
    """A lesson with the questions of one quiz."""
    packs = [pack_of(definition(sample, f"quiz-{name}")) for sample in SAMPLES[:3]]
    first, *others = packs
    for pack in others:
        first.definitions.update(pack.definitions)
        first.versions.update(pack.versions)
        first.public.update(pack.public)
    return first


def quiz(name: str, *given: Any) -> Part:
    """A quiz with the answers given, as the page of a lesson takes it."""
    pack = quiz_pack(name)
    asked = dict(zip(pack.definitions, given, strict=False))
    answers = {block: [answered(pack.definitions[block], one)] for block, one in asked.items()}
    value = {"title": f"Check what you know: {name}", "questions": list(pack.definitions)}
    segment = Segment(f"quiz-{name}", "quiz", value)
    part = part_of(pack, LessonState(answers=answers), segment, {}, {})
    return {"name": name, "part": part, "is_done": name == "passed"}


def quiz_rows() -> list[Part]:
    """A quiz that is new, one that is not passed yet, and one that is."""
    first, second, third = SAMPLES[:3]
    return [
        quiz("new"),
        quiz("not-passed", first.right, second.wrong, third.right),
        quiz("passed", first.right, second.right, third.right),
    ]


def asks() -> SimpleNamespace:
    """A question to the hub that waits, and one with its answer."""
    here, hana = hub(), Member(name="Hana Novak")
    waiting = Ask(pk=2, hub=here, words="Can I charge the phone in the rain?", made_at=DAY)
    answer = "Yes, with any cable that fits. Keep it dry."
    done = Ask(
        pk=1,
        hub=here,
        words="Do I need the cable that came with the phone?",
        made_at=DAY,
        answer=answer,
        answered_by=hana,
        answered_at=DAY,
    )
    return SimpleNamespace(asks=[done, waiting])


def document(ending: str, kind: str, size: int) -> SimpleNamespace:
    """A file that is nowhere: its address is this page."""
    return SimpleNamespace(
        title="Checklist for your phone",
        url="#media",
        content_type=kind,
        file_extension=ending,
        get_file_size=size,
    )


def media() -> dict[str, Any]:
    """Sound, film, file and links, as their blocks take them."""
    links = [("How the web began", "#media"), ("The phone of a neighbour", "#media")]
    rows = [SimpleNamespace(value=SimpleNamespace(text=text, href=href)) for text, href in links]
    return {
        "audio": SimpleNamespace(
            title="Blessing reads the lesson",
            document=document("mp3", "audio/mpeg", 412_000),
            transcript="Good morning. Today we turn the phone on.",
        ),
        "video": SimpleNamespace(
            title="How to lock a phone",
            document=document("mp4", "video/mp4", 2_400_000),
            captions=None,
            poster=None,
            transcript="A hand presses the side key once. The screen goes dark.",
        ),
        "file": SimpleNamespace(title="", document=document("pdf", "application/pdf", 88_000)),
        "links": SimpleNamespace(title="Read on", links=rows),
    }


def lesson() -> SimpleNamespace:
    """The lesson to which the parts belong; no course holds it."""
    return SimpleNamespace(
        uuid=KEY,
        url="#parts",
        rule={"done_when": "questions", "pass_mark": 60},
        title="Touch and type",
    )


def lesson_parts() -> dict[str, Any]:
    """All of it, by the names that the templates use."""
    return {
        "lesson": lesson(),
        "course": SimpleNamespace(hub=hub(), title="First steps on a phone and computer"),
        "tasks": task_rows(),
        "quizzes": quiz_rows(),
        "state": asks(),
        "media": media(),
        "left": "Answer the questions until 60% are right.",
    }
