"""Course files: what becomes of them, and what is said when they cannot be read."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.blocks import LessonBody, definition_of, questions_of
from courses.lessonfile import (
    CourseFile,
    CourseFileError,
    LessonFile,
    block_id,
    parse_course,
    parse_folder,
    parse_lesson,
    parse_text,
)
from courses.marking import mark

COURSE = """---
title: First steps
slug: first-steps
hub: harbour
topic: digital-literacy
level: starter
hours: 1.5
skills:
  - Lock a phone
  - Send a photo
summary: A first course.
after:
members_only: no
---
Two **short** paragraphs.

The second one.
"""
HEAD = """---
title: Turn it on
slug: turn-it-on
minutes: 7
---
"""
LESSON = (
    HEAD
    + """A phone has a [home page](https://example.org/). Press `on`.

## Start

1. Press.
2. Wait.

- One

- Two

![A phone](phone.svg)

![](leaf.svg)

```html
<p>
  Hi ::: there
</p>
```

::: note
Mind *this*.
:::

::: example title="Rosa writes"
She writes:

```css
::: h1 { }
```

Then she looks.
:::

::: term word="Tag"
A `<p>` mark.
:::

::: try id=lock-it title="Lock and unlock" ask=words looks_for="Three words"
1. Lock it.
:::

::: try id=no-hand-in title="Just try"
Try.
:::

::: question one id=which
Which key wakes it?
- [x] The `side` key
  > Yes. A short press
  > wakes it.
- [ ] The volume key

hint: Look at the **edge**.
tries: 3
right: Well seen.
otherwise: Look again.
:::

:::: quiz id=check title="Check"
::: question number id=how-many
How many?
- [x] 3.50 ± 0.1
- [ ] 24
:::
::: question gap id=gaps
A ___, and a ___. Also (____).
- a \\| b
  > Fine.
- c
- d
:::
::::
"""
)


def lesson(body, head=HEAD):
    return parse_lesson(head + body, "x.md", "course")


def one(body):
    [block] = lesson(body).blocks
    return block


def test_course():
    assert parse_course(COURSE, "course.md") == CourseFile(
        title="First steps",
        slug="first-steps",
        hub="harbour",
        topic="digital-literacy",
        level="starter",
        language="en",
        hours=Decimal("1.5"),
        mode="online",
        needs="",
        skills=("Lock a phone", "Send a photo"),
        for_whom="",
        summary="A first course.",
        order="ordered",
        after=(),
        members_only=False,
        body="<p>Two <b>short</b> paragraphs.</p><p>The second one.</p>",
    )


def test_lesson_head_has_defaults():
    assert parse_lesson(HEAD, "x.md", "course") == LessonFile(
        title="Turn it on",
        slug="turn-it-on",
        minutes=7,
        required=True,
        done_when="read",
        pass_mark=60,
        summary="",
        blocks=[],
        names={},
    )


def test_a_whole_lesson_becomes_blocks():
    blocks = lesson(LESSON, "").blocks
    assert [block["type"] for block in blocks] == [
        "text", "picture", "picture", "code", "note", "example", "term", "try", "try",
        "question_one", "quiz",
    ]  # fmt: skip
    text, picture, leaf, code, note, example, term, task, bare_task, question, quiz = (
        block["value"] for block in blocks
    )
    assert text == (
        '<p>A phone has a <a href="https://example.org/">home page</a>. Press <code>on</code>.</p>'
        "<h2>Start</h2><ol><li>Press.</li><li>Wait.</li></ol><ul><li>One</li><li>Two</li></ul>"
    )
    assert picture == {"file": "phone.svg", "alt": "A phone", "decorative": False}
    assert leaf == {"file": "leaf.svg", "alt": "", "decorative": True}
    assert code == {"language": "html", "code": "<p>\n  Hi ::: there\n</p>"}
    assert note == {"text": "<p>Mind this.</p>"}
    assert example["title"] == "Rosa writes"
    assert [(part["type"], part["value"]) for part in example["body"]] == [
        ("text", "<p>She writes:</p>"),
        ("code", {"language": "css", "code": "::: h1 { }"}),
        ("text", "<p>Then she looks.</p>"),
    ]
    assert term == {"word": "Tag", "meaning": "<p>A <code>&lt;p&gt;</code> mark.</p>"}
    assert task == {
        "title": "Lock and unlock",
        "text": "<ol><li>Lock it.</li></ol>",
        "ask": "words",
        "looks_for": "Three words",
    }
    assert bare_task["ask"] == "none"
    assert question == {
        "prompt": "<p>Which key wakes it?</p>",
        "answers": [
            {
                "type": "answer",
                "id": block_id("course", "turn-it-on", "which/1"),
                "value": {
                    "text": "The `side` key",
                    "right": True,
                    "feedback": "Yes. A short press wakes it.",
                },
            },
            {
                "type": "answer",
                "id": block_id("course", "turn-it-on", "which/2"),
                "value": {"text": "The volume key", "right": False, "feedback": ""},
            },
        ],
        "hint": "<p>Look at the <b>edge</b>.</p>",
        "tries": 3,
        "right": "Well seen.",
        "otherwise": "Look again.",
    }
    assert quiz["title"] == "Check"
    number, gap = (part["value"] for part in quiz["questions"])
    assert [answer["value"]["number"] for answer in number["answers"]] == ["3.5", "24"]
    assert [answer["value"]["tolerance"] for answer in number["answers"]] == ["0.1", None]
    assert gap["prompt"] == "<p>A ___, and a ___. Also (___).</p>"
    assert [answer["value"]["text"] for answer in gap["answers"]] == ["a | b", "c", "d"]


def test_a_whole_lesson_fits_its_blocks():
    body = LessonBody()
    kept = [block for block in lesson(LESSON, "").blocks if block["type"] != "picture"]
    cleaned = body.clean(body.to_python(kept))
    assert [child.id for child in cleaned] == [block["id"] for block in kept]
    definitions = [definition_of(child) for child in questions_of(cleaned)]
    assert [definition["kind"] for definition in definitions] == ["one", "number", "gap"]
    assert mark(definitions[1], "3,6").is_right is True


def test_ids_come_from_names_and_places():
    found = lesson(LESSON, "")
    names = ["lock-it", "no-hand-in", "which", "check", "how-many", "gaps"]
    assert found.names == {name: block_id("course", "turn-it-on", name) for name in names}
    assert found.blocks[0]["id"] == block_id("course", "turn-it-on", "#text-1")
    assert found.blocks[2]["id"] == block_id("course", "turn-it-on", "#picture-2")
    assert len({block["id"] for block in found.blocks}) == len(found.blocks)
    assert lesson(LESSON, "") == found


@pytest.mark.parametrize(
    ("body", "kind", "values"),
    [
        ("order id=o\nSort.\n1. A\n2) B\n", "question_order", [{"text": "A"}, {"text": "B"}]),
        (
            "match id=m\nPair.\n- `a` = one\n  > Yes.\n- b = two = 2\n",
            "question_match",
            [
                {"text": "`a`", "match": "one", "feedback": "Yes."},
                {"text": "b", "match": "two = 2", "feedback": ""},
            ],
        ),
        (
            "truefalse id=t\nTrue or false?\n- [ ] True\n- [X] False\n",
            "question_truefalse",
            [
                {"text": "True", "right": False, "feedback": ""},
                {"text": "False", "right": True, "feedback": ""},
            ],
        ),
    ],
)
def test_other_kinds(body, kind, values):
    block = one(f"::: question {body}:::\n")
    assert block["type"] == kind
    assert [answer["value"] for answer in block["value"]["answers"]] == values


def test_code_inside_of_words_keeps_its_lines():
    block = one("::: note\nLook:\n\n```html\n<p>\n  Hi\n```\n:::\n")
    assert block["value"]["text"] == ("<p>Look:</p><p><code>&lt;p&gt;<br>&nbsp;&nbsp;Hi</code></p>")


def test_html_is_shown_not_obeyed_and_odd_links_are_dropped():
    assert one("<script>x</script> [a](javascript:x)\n")["value"] == (
        "<p>&lt;script&gt;x&lt;/script&gt; [a](javascript:x)</p>"
    )


SPANISH = (
    LESSON.replace("title: Turn it on", "title: Enciéndelo")
    .replace("slug: turn-it-on", "slug: enciendelo")
    .replace("minutes: 7\n", "")
    .replace("Which key wakes it?", "¿Qué tecla lo enciende?")
    .replace("The volume key", "La tecla de volumen")
)
FILES = {
    "course.md": COURSE,
    "01-on.md": LESSON,
    "02-off.md": HEAD.replace("turn-it-on", "turn-it-off"),
    "es/course.md": "---\ntitle: Primeros pasos\nslug: primeros-pasos\n---\nHola.\n",
    "es/01-on.md": SPANISH,
    "picture.svg": "<svg/>",
}


def test_a_folder_is_a_course_in_its_languages():
    folder = parse_folder(FILES, "first-steps")
    assert folder.course.title == "First steps"
    assert list(folder.lessons) == ["01-on.md", "02-off.md"]
    spanish = folder.translations["es"]
    assert (spanish.course.title, spanish.course.hub) == ("Primeros pasos", "harbour")
    assert (spanish.course.body, spanish.course.hours) == ("<p>Hola.</p>", Decimal("1.5"))
    assert list(spanish.lessons) == ["01-on.md"]


def test_a_translation_shares_every_id():
    folder = parse_folder(FILES)
    source, spanish = folder.lessons["01-on.md"], folder.translations["es"].lessons["01-on.md"]
    assert (spanish.slug, spanish.minutes) == ("enciendelo", 7)
    assert [block["id"] for block in spanish.blocks] == [block["id"] for block in source.blocks]
    assert spanish.names == source.names
    question = spanish.blocks[9]["value"]
    assert question["prompt"] == "<p>¿Qué tecla lo enciende?</p>"
    assert [answer["id"] for answer in question["answers"]] == [
        answer["id"] for answer in source.blocks[9]["value"]["answers"]
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"course.md": None}, "c/course.md, line 1: This file is missing."),
        ({"es/course.md": None}, "c/es/course.md, line 1: This file is missing."),
        ({"02-off.md": HEAD}, "c/02-off.md, line 1: 01-on.md has the same slug."),
        (
            {"es/09-x.md": SPANISH},
            "c/es/09-x.md, line 1: This file translates no lesson: no source has its name.",
        ),
        (
            {"es/01-on.md": SPANISH.replace("id=which", "id=cual")},
            "c/es/01-on.md, line 1: “which” must stand in the lesson and in its translation.",
        ),
        (
            {"es/01-on.md": SPANISH.replace("- [ ] 24\n", "")},
            "c/es/01-on.md, line 1: “how-many” differs from its source: kind, or answers.",
        ),
    ],
)
def test_what_does_not_fit_in_a_folder(change, message):
    files = {path: text for path, text in (FILES | change).items() if text is not None}
    with pytest.raises(CourseFileError) as found:
        parse_folder(files, "c")
    assert str(found.value) == message


def test_a_plain_page_has_no_questions():
    [block] = parse_text("Hello.\n", "pages/help.md")
    assert (block["type"], block["value"]) == ("text", "<p>Hello.</p>")
    with pytest.raises(CourseFileError):
        parse_text("::: try id=a title=x\nx\n:::\n", "pages/help.md")


@given(st.text(st.sampled_from('abc:`*_-#>[]()!=|\n 1.x~\\<&"')))
def test_any_body_is_read_or_refused_with_its_line(body):
    try:
        blocks = lesson(body).blocks
    except CourseFileError as error:
        assert error.line >= 6
    else:
        assert all(block["id"] for block in blocks)


DEMO = Path(__file__).resolve().parents[2] / "demo" / "courses"


@pytest.mark.parametrize("folder", sorted(DEMO.glob("*/")), ids=lambda path: path.name)
def test_the_demo_courses_can_be_read_and_published(folder):
    files = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.md")}
    course = parse_folder(files, folder.name)
    body = LessonBody()
    lessons = [*course.lessons.values()]
    for translation in course.translations.values():
        lessons += translation.lessons.values()
    assert lessons
    for found in lessons:
        kept = [block for block in found.blocks if block["type"] != "picture"]
        assert len(body.clean(body.to_python(kept))) == len(kept)
