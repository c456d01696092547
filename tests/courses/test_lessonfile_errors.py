"""What is said when a course file cannot be read: a line and one sentence."""

import pytest

from courses.lessonfile import CourseFileError, parse_course

from .test_lessonfile import COURSE, HEAD, lesson


def wrong(body, head=HEAD):
    with pytest.raises(CourseFileError) as found:
        lesson(body, head)
    return found.value.line, found.value.sentence


@pytest.mark.parametrize(
    ("body", "line", "sentence"),
    [
        ("# Top\n", 6, "Write headings with ## or ###."),
        ("a\n\n> said\n", 8, "A quotation is not possible here. Use an example or a note."),
        ("a\n\n***\n", 8, "A line across is not possible here. Use a heading."),
        ("See ![x](y.svg) here\n", 6, "A picture stands on a line of its own."),
        ("::: term word=x\n- a\n:::\n", 7, "A list is not possible here."),
        ("::: note\n## a\n:::\n", 7, "A heading is not possible here."),
        (":::\n", 6, "These colons end a block, but no block is open here."),
        ("::: note\nx\n", 6, "This block has no end. Add a line of :::."),
        ("```html\nx\n", 6, "This code has no end. Add a line of ```."),
        ("::: note\n::: note\nx\n:::\n", 7, "Blocks do not nest. End the block of line 6 first."),
        (
            "::: quiz id=q title=x\n:::\n",
            6,
            "Only a quiz begins with four colons, and it always does.",
        ),
        (":::: note\n::::\n", 6, "Only a quiz begins with four colons, and it always does."),
        (
            "::: poem\nx\n:::\n",
            6,
            "“poem” is not known. Known: note, example, term, try, question, quiz.",
        ),
        (
            "::: note loud\nx\n:::\n",
            6,
            "“loud” means nothing here. Put words with spaces in quotes.",
        ),
        ("::: note id=x\nx\n:::\n", 6, "“id” means nothing here. Put words with spaces in quotes."),
        ("::: note\n\n:::\n", 6, "This block is empty."),
        ("::: example title=x\n:::\n", 6, "This block is empty."),
        ("::: example title=x\n![a](b.svg)\n:::\n", 7, "Only words and code stand in an example."),
        ("::: example\nx\n:::\n", 6, "Add title=… to this line."),
        ("::: try id=a id=b title=x\nx\n:::\n", 6, "“id” stands here twice."),
        ("::: try id=a title=x ask=song\nx\n:::\n", 6, "ask= must be one of: words, link, photo."),
        (
            "```cobol\nx\n```\n",
            6,
            "“cobol” is not known. Known: text, html, css, javascript, python, json, shell.",
        ),
        (":::: quiz id=q title=x\n::::\n", 6, "This quiz has no questions."),
        (":::: quiz id=q title=x\nHello\n::::\n", 7, "Only questions stand in a quiz."),
        (
            "::: question song id=q\n:::\n",
            6,
            "Say which kind of question: one, several, truefalse, text, number, order, match, gap.",
        ),
        ("::: question one\nx\n:::\n", 6, "Add id=… to this line."),
        ("::: question one id=q\n- [x] a\n- [ ] b\n:::\n", 6, "Write the question first."),
        ("::: question one id=q\nx\n:::\n", 6, "This question has no answers yet."),
        (
            "::: question one id=q\nx\n- [x] a\nb\n:::\n",
            9,
            "An answer begins with “- [x] ” or “- [ ] ”, its feedback with “> ”.",
        ),
        (
            "::: question order id=q\nx\n1. a\n- b\n:::\n",
            9,
            "An answer begins with “1. ”, its feedback with “> ”.",
        ),
        ("::: question match id=q\nx\n- a b\n:::\n", 8, "Write a pair as “left = right”."),
        (
            "::: question number id=q\nx\n- [x] many\n:::\n",
            8,
            "“many” is no clear number. Write 12, 3.5 or 3000.",
        ),
        (
            "::: question number id=q\nx\n- [x] 3,000\n:::\n",
            8,
            "“3,000” is no clear number. Write 12, 3.5 or 3000.",
        ),
        (
            "::: question one id=q\nx\n- [x] a\n- [ ] b\ntries: lots\n:::\n",
            10,
            "Write “tries:” with a number, for example 3.",
        ),
        (
            "::: question one id=q\nx\n- [x] a\nhint: b\nhint: c\n:::\n",
            10,
            "“hint” stands here twice.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(body, line, sentence):
    assert wrong(body) == (line, sentence)


def test_a_name_stands_once_in_a_lesson():
    task = "::: try id=a title=x\nx\n:::\n"
    assert wrong(task + task) == (9, "The id “a” stands twice in this lesson.")


@pytest.mark.parametrize(
    ("head", "line", "sentence"),
    [
        ("title: x\n", 1, "The file must begin with a line of three dashes."),
        ("---\ntitle: x\n", 1, "The head has no end. Close it with a line of three dashes."),
        (
            "---\ntitle: a: b\n---\n",
            2,
            "This line cannot be read. Put words with a colon or a # in quotes.",
        ),
        ("---\n- a\n---\n", 2, "The head must be lines such as “title: My course”."),
        ("---\ntitle: a\nslug: a\n---\n", 1, "“minutes” is missing in the head."),
        ("---\ntitle: yes\n---\n", 2, "“title” must be plain words. Put them in quotes."),
        ("---\ntitle: ''\n---\n", 2, "“title” is empty."),
        (
            "---\ntitle: a\nslug: A B\n---\n",
            3,
            "“slug” may hold only small letters a to z, digits and single hyphens.",
        ),
        (
            "---\ntitle: a\nslug: a\nminutes: soon\n---\n",
            4,
            "“minutes” must be a whole number from 1 to 240.",
        ),
        (
            "---\ntitle: a\nslug: a\nminutes: 5\nrequired: maybe\n---\n",
            5,
            "“required” must be yes or no.",
        ),
        (
            "---\ntitle: a\nslug: a\nminutes: 5\ndone_when: later\n---\n",
            5,
            "“done_when” must be one of: read, questions, task, person.",
        ),
        (
            "---\ntitle: a\nsummary: " + "x" * 251 + "\nslug: a\nminutes: 5\n---\n",
            3,
            "“summary” has 251 letters. At most 250 fit.",
        ),
    ],
)
def test_what_is_wrong_in_a_head_is_said_with_its_line(head, line, sentence):
    assert wrong("", head) == (line, sentence)


def test_an_unknown_field_is_named():
    line, sentence = wrong("", "---\ntitle: a\nlenght: 5\n---\n")
    assert line == 3
    assert sentence.startswith("“lenght” is not known here. Known: title, slug, minutes,")


def test_hours_are_a_number():
    for bad in ("long", "0", "1.55"):
        with pytest.raises(CourseFileError) as found:
            parse_course(COURSE.replace("1.5", bad), "course.md")
        assert found.value.sentence == "“hours” must be a number of hours such as 1.5."


def test_the_error_says_where():
    with pytest.raises(CourseFileError) as found:
        lesson("# x\n")
    assert str(found.value) == "x.md, line 6: Write headings with ## or ###."
