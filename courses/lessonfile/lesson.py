"""A lesson's file as raw StreamField data with ids that stay the same in every language."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from .asking import question_value
from .error import CourseFileError
from .head import CourseFile, LessonFile, read_values, split_head
from .lines import Line, Piece, as_lines, cut
from .words import ALL, LISTS, PLAIN, rich

SPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "course-files.weft")
LANGUAGES = {"": "text", "js": "javascript", "py": "python", "sh": "shell", "txt": "text"}
CODE_LANGUAGES = ("text", "html", "css", "javascript", "python", "json", "shell")
ASKS = ("words", "link", "photo")
Block = dict[str, Any]


def block_id(course: str, lesson: str, name: str) -> str:
    """The id of a block: of the source's slugs and the name that its author gave it."""
    return str(uuid.uuid5(SPACE, f"{course}/{lesson}/{name}"))


def parse_course(text: str, path: str, source: CourseFile | None = None) -> CourseFile:
    """A `course.md`. A translation may leave out whatever is as in its source."""
    values, head, body = split_head(path, text)
    found = read_values(path, CourseFile, values, head, source)
    return CourseFile(
        **found, body=rich(path, body) if any(line.text.strip() for line in body) else ""
    )


def parse_lesson(
    text: str, path: str, course_slug: str, source: LessonFile | None = None
) -> LessonFile:
    """A lesson's file. `course_slug` is the source course's; a translation passes its `source`."""
    values, head, body = split_head(path, text)
    found = read_values(path, LessonFile, values, head, source)
    maker = Maker(path, course_slug, source.slug if source else found["slug"])
    lesson = LessonFile(**found, blocks=maker.blocks(body), names=maker.names)
    if source:
        compare(path, source, lesson)
    return lesson


def parse_text(text: str, path: str) -> list[Block]:
    """Blocks of a plain page, without a head: the same Markdown, no questions."""
    maker = Maker(path, "pages", path)
    blocks = maker.blocks(as_lines(text))
    if maker.names:
        raise CourseFileError(path, 1, "Questions, quizzes and tasks stand in lessons only.")
    return blocks


class Maker:
    """Makes the blocks of one lesson and remembers the names it met."""

    def __init__(self, path: str, course: str, lesson: str) -> None:
        self.path = path
        self.course = course
        self.lesson = lesson
        self.names: dict[str, str] = {}
        self.counts: dict[str, int] = {}

    def blocks(self, lines: Sequence[Line]) -> list[Block]:
        """The blocks of a body, in order."""
        return [self.block(piece) for piece in cut(self.path, lines)]

    def block(self, piece: Piece) -> Block:
        """One block with its id."""
        make = MAKERS.get(piece.name)
        if make is None:
            raise self.wrong(
                piece, f"“{piece.name}” is not known. Known: {', '.join(NAMED)}, quiz."
            )
        return make(self, piece)

    def wrong(self, piece: Piece, sentence: str) -> CourseFileError:
        """An error at the first line of a piece."""
        return CourseFileError(self.path, piece.line, sentence)

    def counted(self, kind: str, value: Any) -> Block:
        """A block that is named by its kind and its place among its kind."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        name = f"#{kind}-{self.counts[kind]}"
        return {"type": kind, "value": value, "id": block_id(self.course, self.lesson, name)}

    def named(self, piece: Piece) -> str:
        """The id of a block that its author named; a name stands once in a lesson."""
        name = self.setting(piece, "id")
        if name in self.names:
            raise self.wrong(piece, f"The id “{name}” stands twice in this lesson.")
        self.names[name] = block_id(self.course, self.lesson, name)
        return self.names[name]

    def setting(self, piece: Piece, name: str) -> str:
        """A setting that must be there."""
        if not piece.settings.get(name):
            raise self.wrong(piece, f"Add {name}=… to this line.")
        return piece.settings[name]

    def only(self, piece: Piece, *names: str) -> None:
        """Refuses settings and words that mean nothing here."""
        extra = [*(name for name in piece.settings if name not in names)]
        extra += piece.words if piece.name != "question" else ()
        if extra:
            raise self.wrong(
                piece, f"“{extra[0]}” means nothing here. Put words with spaces in quotes."
            )

    def words(self, piece: Piece, allowed: frozenset[str]) -> str:
        """The words inside a block, which must not be empty."""
        if not any(line.text.strip() for line in piece.lines):
            raise self.wrong(piece, "This block is empty.")
        return rich(self.path, piece.lines, allowed)


def make_text(maker: Maker, piece: Piece) -> Block:
    """Paragraphs, headings and lists."""
    return maker.counted("text", rich(maker.path, piece.lines, ALL))


def make_code(maker: Maker, piece: Piece) -> Block:
    """Code in a language."""
    written = piece.words[0].lower()
    language = LANGUAGES.get(written, written)
    if language not in CODE_LANGUAGES:
        raise maker.wrong(piece, f"“{written}” is not known. Known: {', '.join(CODE_LANGUAGES)}.")
    code = "\n".join(line.text for line in piece.lines)
    return maker.counted("code", {"language": language, "code": code})


def make_picture(maker: Maker, piece: Piece) -> Block:
    """A picture by the name of its file."""
    alt, file = piece.words
    return maker.counted("picture", {"file": file, "alt": alt, "decorative": not alt})


def make_note(maker: Maker, piece: Piece) -> Block:
    """A note."""
    maker.only(piece)
    return maker.counted("note", {"text": maker.words(piece, LISTS)})


def make_example(maker: Maker, piece: Piece) -> Block:
    """An example: words and code in turn."""
    maker.only(piece, "title")
    title = maker.setting(piece, "title")
    body = [maker.block(part) for part in cut(maker.path, piece.lines) if fits_example(maker, part)]
    if not body:
        raise maker.wrong(piece, "This block is empty.")
    return maker.counted("example", {"title": title, "body": body})


def fits_example(maker: Maker, part: Piece) -> bool:
    """Only words and code stand in an example."""
    if part.name not in ("text", "code"):
        raise maker.wrong(part, "Only words and code stand in an example.")
    return True


def make_term(maker: Maker, piece: Piece) -> Block:
    """A word and what it means."""
    maker.only(piece, "word")
    word = maker.setting(piece, "word")
    return maker.counted("term", {"word": word, "meaning": maker.words(piece, PLAIN)})


def make_try(maker: Maker, piece: Piece) -> Block:
    """A task, with or without something to hand in."""
    maker.only(piece, "id", "title", "ask", "looks_for")
    ask = piece.settings.get("ask", "none")
    if ask not in (*ASKS, "none"):
        raise maker.wrong(piece, f"ask= must be one of: {', '.join(ASKS)}.")
    value = {
        "title": maker.setting(piece, "title"),
        "text": maker.words(piece, LISTS),
        "ask": ask,
        "looks_for": piece.settings.get("looks_for", ""),
    }
    return {"type": "try", "value": value, "id": maker.named(piece)}


def make_question(maker: Maker, piece: Piece) -> Block:
    """A question of any kind."""
    maker.only(piece, "id")
    ident = maker.named(piece)
    name = piece.settings["id"]
    kind, value = question_value(
        maker.path, piece, lambda at: block_id(maker.course, maker.lesson, f"{name}/{at}")
    )
    return {"type": f"question_{kind}", "value": value, "id": ident}


def make_quiz(maker: Maker, piece: Piece) -> Block:
    """Questions that are answered together."""
    maker.only(piece, "id", "title")
    ident = maker.named(piece)
    parts = cut(maker.path, piece.lines)
    if stray := next((part for part in parts if part.name != "question"), None):
        raise maker.wrong(stray, "Only questions stand in a quiz.")
    if not parts:
        raise maker.wrong(piece, "This quiz has no questions.")
    value = {
        "title": maker.setting(piece, "title"),
        "questions": [make_question(maker, part) for part in parts],
    }
    return {"type": "quiz", "value": value, "id": ident}


NAMED: dict[str, Callable[[Maker, Piece], Block]] = {
    "note": make_note,
    "example": make_example,
    "term": make_term,
    "try": make_try,
    "question": make_question,
}
MAKERS: dict[str, Callable[[Maker, Piece], Block]] = {
    "text": make_text,
    "code": make_code,
    "picture": make_picture,
    "quiz": make_quiz,
    **NAMED,
}


def compare(path: str, source: LessonFile, lesson: LessonFile) -> None:
    """Refuses a translation that lacks a question or an answer of its source, or has one more."""
    for name in [*source.names, *lesson.names]:
        if (name in source.names) != (name in lesson.names):
            raise CourseFileError(
                path, 1, f"“{name}” must stand in the lesson and in its translation."
            )
    asked, original = answers_by_id(lesson.blocks), answers_by_id(source.blocks)
    for name, ident in source.names.items():
        if asked.get(ident) != original.get(ident):
            raise CourseFileError(
                path,
                1,
                f"“{name}” differs from its source: kind, or answers.",
            )


def answers_by_id(blocks: Sequence[Block]) -> dict[str, tuple[Any, ...]]:
    """The type and the answers of each named block: what a translation must share."""
    found: dict[str, tuple[Any, ...]] = {}
    for block in blocks:
        value = block["value"]
        if block["type"] == "quiz":
            found |= answers_by_id(value["questions"])
        elif block["type"].startswith("question_"):
            rights = [(answer["id"], answer["value"].get("right")) for answer in value["answers"]]
            found[block["id"]] = (block["type"], *rights)
    return found
