"""Learners in every state, brought there by the same actions that a browser would call."""

from datetime import datetime, timedelta
from typing import Any

import yaml
from django.utils import timezone

from courses import actions, queries
from courses.models import Certificate, Enrolment, HandIn
from courses.queries import CoursePack, LessonPack
from members.models import Hub, HubRole, Member

from . import files
from .courses import key_of


def load_learners() -> None:
    """Bring each learner to where the file says."""
    tell_stories(people_file()["learns"])


def people_file() -> dict[str, Any]:
    """The file of the people."""
    return yaml.safe_load((files.FOLDER / "people.yaml").read_text(encoding="utf-8"))


def tell_stories(rows: list[dict[str, Any]], now: datetime | None = None) -> None:
    """Bring each learner to where a row says; who has started already stays as they are."""
    hand_ins = people_file()["hand_ins"]
    for row in rows:
        member = Member.objects.get(username=row["who"])
        course = queries.course_row(key_of(row["course"]).hex)
        if not Enrolment.objects.for_member(member).filter(course=course).exists():
            Story(member, row, hand_ins, now).tell()


def course_of(slug: str) -> CoursePack:
    """A course of the demo, which must be live."""
    found = queries.course_pack(key_of(slug).hex, "en")
    if found is None:
        raise LookupError(f"The course {slug} is not published.")
    return found


def lesson_of(key: str) -> LessonPack:
    """A lesson of the demo, which must be live."""
    found = queries.lesson_pack(key, "en")
    if found is None:
        raise LookupError(f"The lesson {key} is not published.")
    return found


class Story:
    """What one learner did in one course, one lesson every other day, from `ago` days ago on."""

    def __init__(
        self,
        member: Member,
        row: dict[str, Any],
        hand_ins: dict[str, str] | None = None,
        now: datetime | None = None,
    ) -> None:
        self.member = member
        self.row = row
        self.hand_ins = hand_ins or {}
        self.pack = course_of(row["course"])
        self.course = queries.course_row(self.pack.key)
        ago = row.get("ago", 2 * len(self.pack.lessons) + 2)
        self.now = (now or timezone.now()) - timedelta(days=ago)

    def tell(self) -> None:
        """Start, do the lessons, and what else happened."""
        enrolment = actions.enrol(member=self.member, course=self.course, now=self.now)
        wanted = self.row["lessons"]
        count = len(self.pack.lessons) if wanted == "all" else wanted
        for lesson in self.pack.lessons[:count]:
            self.now += timedelta(days=2)
            self.finish(enrolment, lesson_of(lesson.key))
        self.hand_in(count)
        self.ask()
        self.withdraw()

    def finish(self, enrolment: Enrolment, lesson: LessonPack) -> None:
        """Answer every question rightly, hand in the tasks, read to the end."""
        for block, definition in lesson.definitions.items():
            answer = actions.Answer(block, right_answer(definition), at=self.now)
            actions.answer_questions(
                member=self.member, lesson=lesson, answers=[answer], now=self.now
            )
        for block in lesson.tasks:
            self.accept(self.give(lesson, block))
        if lesson.rule["done_when"] == "person":
            row = enrolment.course.lessons.get(pk=queries.key_of(lesson))
            actions.confirm_lesson(
                member=self.staff(),
                enrolment=enrolment,
                lesson=row,
                reason="We met at the hub.",
                now=self.now,
            )
        actions.complete_lesson(member=self.member, lesson=lesson, now=self.now)

    def give(self, lesson: LessonPack, block: str) -> HandIn:
        """Hand in something for a task."""
        ask, title = lesson.tasks[block]["ask"], lesson.tasks[block]["title"]
        given = self.row.get("words") or self.hand_ins.get(title, "https://hub.example/my-work")
        return actions.hand_in_task(
            member=self.member,
            lesson=lesson,
            block_id=block,
            words=given if ask == "words" else "",
            link=given if ask == "link" else "",
            photo=small_photo() if ask == "photo" else b"",
            now=self.now,
        )

    def accept(self, hand_in: HandIn) -> None:
        """A person of the hub accepts it."""
        actions.review_hand_in(
            member=self.staff(), hand_in=hand_in, accept=True, note="Well done.", now=self.now
        )

    def hand_in(self, count: int) -> None:
        """Hand in the task of the next lesson, and perhaps get it back."""
        if "hands_in" not in self.row:
            return
        lesson = lesson_of(self.pack.lessons[count].key)
        hand_in = self.give(lesson, next(iter(lesson.tasks)))
        if self.row["hands_in"] == "returned":
            actions.review_hand_in(
                member=self.staff(),
                hand_in=hand_in,
                accept=False,
                note=self.row["note"],
                now=self.now,
            )

    def ask(self) -> None:
        """Ask about the first lesson, and perhaps get an answer."""
        if "asks" not in self.row:
            return
        lesson = lesson_of(self.pack.lessons[0].key)
        ask = actions.ask_about_lesson(
            member=self.member, lesson=lesson, words=self.row["asks"], now=self.now
        )
        if "answer" in self.row:
            actions.answer_ask(
                member=self.staff(), ask=ask, answer=self.row["answer"], now=self.now
            )

    def withdraw(self) -> None:
        """Withdraw the certificate, with its reason."""
        if "withdrawn" in self.row:
            certificate = Certificate.objects.get(member=self.member, course=self.course)
            actions.withdraw_certificate(
                member=self.staff(), certificate=certificate, reason=self.row["withdrawn"]
            )

    def staff(self) -> Member:
        """A coordinator of the hub in which the person learns."""
        role = HubRole.Role.COORDINATOR
        return Member.objects.filter(roles__hub=self.hub(), roles__role=role).order_by("pk")[0]

    def hub(self) -> Hub:
        """The hub in which the person learns."""
        return Enrolment.objects.get(member=self.member, course=self.course).hub


def right_answer(definition: dict[str, Any]) -> Any:
    """What a person who knows would give."""
    from courses.marking import right_id

    answers = definition["answers"]
    rights = [answer["id"] for answer in answers if answer.get("right")]
    kind = definition["kind"]
    if kind in ("one", "truefalse"):
        return rights[0]
    if kind == "several":
        return rights
    if kind in ("text", "number"):
        return (
            next(str(answer["text"]) for answer in answers if answer.get("right"))
            .split("|")[0]
            .strip()
        )
    if kind == "order":
        return [answer["id"] for answer in answers]
    if kind == "match":
        return {answer["id"]: right_id(definition["id"], answer["id"]) for answer in answers}
    return {answer["id"]: answer["text"].split("|")[0].strip() for answer in answers}


def small_photo() -> bytes:
    """A small picture of woven stripes, made here."""
    from io import BytesIO

    from PIL import Image, ImageDraw

    image = Image.new("RGB", (480, 320), "#FBF7EF")
    draw = ImageDraw.Draw(image)
    for row in range(0, 320, 40):
        draw.rectangle(
            (0, row, 480, row + 18), fill=("#0C5C55", "#F4B23C", "#A8432A")[row // 40 % 3]
        )
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()
