"""Right answers of the demo's questions, read from its files, and how a person gives them in a
form."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from courses.lessonfile import parse_folder
from courses.marking import right_id
from tests.databases import ROOT


def questions_of(course: str, number: int) -> list[dict[str, Any]]:
    """The quiz of a lesson as raw question blocks."""
    folder = ROOT / "demo" / "courses" / course
    files = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.md")}
    lesson = list(parse_folder(files).lessons.values())[number - 1]
    return next(block["value"]["questions"] for block in lesson.blocks if block["type"] == "quiz")


def give(page: Page, question: dict[str, Any]) -> None:
    """Answer one question rightly, as a person would."""
    kind = question["type"].removeprefix("question_")
    box = page.locator(f"#question-{question['id']}")
    answers = question["value"]["answers"]
    rights = [answer for answer in answers if answer["value"].get("right")]
    name = f"q-{question['id']}"
    if kind in ("one", "truefalse", "several"):
        for answer in rights:
            box.locator(f"input[value='{answer['id']}']").check()
    elif kind in ("text", "number"):
        value = rights[0]["value"]
        words = str(value.get("text", value.get("number")))
        box.locator(f"input[name='{name}']").fill(words.split("|")[0].strip())
    elif kind == "order":
        put_in_order(page, f"#question-{question['id']}", [answer["id"] for answer in answers])
    elif kind == "match":
        for answer in answers:
            select = box.locator(f"select[name='{name}-{answer['id']}']")
            right_sides = {
                one["value"]["match"]: right_id(question["id"], one["id"])
                for one in reversed(answers)
            }
            options = select.locator("option").evaluate_all("all => all.map(one => one.value)")
            same = [
                right_id(question["id"], one["id"])
                for one in answers
                if one["value"]["match"] == answer["value"]["match"]
            ]
            select.select_option(
                next(one for one in [*same, *right_sides.values()] if one in options)
            )
    else:
        for answer in answers:
            words = answer["value"]["text"].split("|")[0].replace("`", "").strip()
            box.locator(f"input[name='{name}-{answer['id']}']").fill(words)


def put_in_order(page: Page, box: str, wanted: list[str]) -> None:
    """Move lines up with the buttons until the order is as wanted. Without script each move is a
    page."""
    lines = page.locator(box).locator("ol.order input[type=hidden]")
    expect(lines).to_have_count(len(wanted))
    for place, ident in enumerate(wanted):
        stands = shown_order(page.locator(box)).index(ident)
        for above in range(stands - 1, place - 1, -1):
            page.locator(box).locator(f"button[value$='{ident}:up']").click()
            expect(lines.nth(above)).to_have_value(ident)
            expect(lines).to_have_count(len(wanted))


def shown_order(box: Locator) -> list[str]:
    """The ids of the lines as they stand."""
    return box.locator("ol.order input[type=hidden]").evaluate_all(
        "all => all.map(one => one.value)"
    )
