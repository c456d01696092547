"""The lessons of a seeded course, written as course files."""

from typing import Any

from courses.lessonfile import LessonFile, parse_lesson

from .words import Writer

HEAD = """---
title: {title}
slug: {slug}
minutes: 6
required: {required}
done_when: {done_when}
summary: {summary}
---
"""
QUESTION = """
::: question one id=question-{number}
{prompt}
- [x] Yes, {words}
  > Right: {secret}
- [ ] No, {words}
  > Look again: {secret}
hint: {hint}
:::
"""
QUESTIONS = 10


def reading(writer: Writer, course: str, number: int) -> LessonFile:
    """A lesson to read, with eleven blocks."""
    parts = []
    for _part in range(3):
        parts.append(f"## {writer.title()}\n\n{writer.paragraph()}\n\n{writer.paragraph()}")
        parts.append(f"- {writer.words(8)}\n- {writer.words(8)}")
        parts.append(f"::: note\n{writer.sentence()}\n:::")
    return lesson(writer, course, f"lesson-{number}", "\n\n".join(parts))


def quiz(writer: Writer, course: str, secret: str) -> LessonFile:
    """Ten questions that are answered together, and one that takes words. Not required."""
    asked = "\n".join(
        QUESTION.format(
            number=number,
            prompt=writer.sentence(),
            words=writer.words(4),
            hint=writer.sentence(),
            secret=secret,
        )
        for number in range(1, QUESTIONS + 1)
    )
    text = f'Check what you know.\n\n:::: quiz id=ten title="Ten questions"\n{asked}\n::::'
    return lesson(writer, course, "quiz", text, required="no", done_when="questions")


def task(writer: Writer, course: str) -> LessonFile:
    """Something to write down and hand in, and a question that takes words. Not required."""
    text = (
        "Try it.\n\n::: question text id=say-it\nWhat is it called?\n- [x] browser\n  > Yes.\n"
        'otherwise: Look again.\n:::\n\n::: try id=write-it title="Write it" ask=words\n'
        "Write what you did.\n:::"
    )
    return lesson(writer, course, "task", text, required="no", done_when="task")


def lesson(writer: Writer, course: str, slug: str, text: str, **head: Any) -> LessonFile:
    """A lesson out of its text."""
    facts = {"required": "yes", "done_when": "read", **head}
    first = HEAD.format(title=writer.title(), slug=slug, summary=writer.sentence(), **facts)
    return parse_lesson(first + text, f"{slug}.md", course)
