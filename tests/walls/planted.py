"""Private words planted in both hubs."""

import secrets
import string
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from content import version
from content.models import HubPage, StandardPage, WeftDocument
from courses.actions import Answer, answer_questions, ask_about_lesson, enrol, hand_in_task
from courses.models import Ask, Certificate, CoursePage, Enrolment, HandIn, Release
from members.actions import code_of, give_consent, issue_sign_in_code, notify, record
from members.codes import spaced
from members.models import Hub, Member
from tests.factories import (
    add_lesson,
    block_of,
    make_cast,
    make_course,
    make_member,
    make_page,
    packs_of,
    page_of,
)

from .planted_mentorship import add_people, plant_mentorship
from .planted_partners import add_partner_people, plant_partners
from .readers import PERSONAS, Word

ASKING = """
---
title: {title}
slug: {slug}
minutes: 6
done_when: questions
---
Words before.

::: question one id=first
Which one?
- [x] The right one
  > FEEDBACK
- [ ] The wrong one
  > FEEDBACK
:::

::: question text id=second
What is it called?
- [x] browser
  > FEEDBACK
:::
"""


@dataclass
class Planted:
    """The cast, everything with words in it, and the words."""

    cast: SimpleNamespace
    words: list[Word] = field(default_factory=list)
    courses: list[Any] = field(default_factory=list)
    enrolments: list[Enrolment] = field(default_factory=list)
    hand_ins: list[HandIn] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    documents: list[WeftDocument] = field(default_factory=list)

    def word(
        self, kind: str, owner: str, hub: str, text: str = "", shown: tuple[str, ...] = ()
    ) -> str:
        """Plant one word."""
        letters = text or "".join(secrets.choice(string.ascii_lowercase) for _ in range(14))
        self.words.append(Word(letters, kind, owner, hub, shown))
        return letters

    def show(self, kind: str, owner: str, *personas: str) -> None:
        """Note that somebody's words of a kind are shown to personas."""
        self.words = [
            replace(word, shown=(*word.shown, *personas))
            if (word.kind, word.owner) == (kind, owner)
            else word
            for word in self.words
        ]

    def personas(self) -> Iterator[tuple[str, Member | None]]:
        """Every persona with the member; the visitor has none."""
        for name in PERSONAS:
            yield name, getattr(self.cast, name, None)


def plant() -> Planted:
    """Two hubs full of private words."""
    planted = Planted(cast=make_cast())
    cast = planted.cast
    add_people(cast)
    add_partner_people(cast)
    hubs = {hub.slug: hub for hub in (cast.hub, cast.other_hub)}
    for slug, hub in hubs.items():
        plant_pages(planted, slug, hub)
    first, _closed, other, _other_closed = planted.courses
    plant_learner(planted, "learner", cast.hub, first)
    plant_learner(planted, "neighbour", cast.hub, first)
    plant_learner(planted, "other_learner", cast.other_hub, other)
    # A member of the other hub takes this hub's course: this hub sees no names and no words.
    plant_learner(planted, "other_learner", cast.other_hub, first)
    plant_sign_in_code(planted, "coordinator", cast.hub)
    plant_sign_in_code(planted, "other_coordinator", cast.other_hub)
    plant_mentorship(planted)
    plant_partners(planted)
    for course in (first, other):
        number = {"number": 2, "change": Release.Change.TIGHTER, "made_at": timezone.now()}
        outline = course.releases.get(number=1).outline
        Release.objects.create(course=course, outline=outline, **number)
    version.bump()
    for name in PERSONAS[1:]:
        setattr(cast, name, Member.objects.get(pk=getattr(cast, name).pk))
    return planted


def plant_pages(planted: Planted, slug: str, hub: Hub) -> None:
    """A hub's courses, its drafts, a closed lesson, a closed page, a file that no page shows."""
    feedback = planted.word("feedback of a question", "", slug)
    lessons = (ASKING.replace("FEEDBACK", feedback), "task", "read")
    course = make_course(hub, f"{slug}-course", lessons)
    page = page_of(course)
    closed = planted.word("lesson for members", "", slug)
    text = f"---\ntitle: Inner\nslug: inner\nminutes: 5\n---\n{closed}"
    planted.courses += [course, make_course(hub, f"{slug}-closed", (text,), access="members")]
    add_draft(planted, page, slug)
    page.summary = planted.word("change that is not published", "", slug)
    page.save_revision()
    hub_page = HubPage.objects.get(hub=hub)
    words = planted.word("page for members", "", slug)
    body = [{"type": "text", "value": f"<p>{words}</p>", "id": "b1"}]
    inner = make_page(hub_page, StandardPage(title="Inside", slug="inside", body=body))
    PageViewRestriction.objects.create(page=inner, restriction_type="login")
    document = WeftDocument(title="Plan", collection=hub.collection)
    content = planted.word("file of a hub", "", slug)
    document.file.save("plan.txt", ContentFile(content.encode()))
    planted.documents.append(document)


def add_draft(planted: Planted, page: CoursePage, slug: str) -> None:
    """A course and a lesson that nobody has published."""
    hub_page = Page.objects.get(pk=page.pk).get_parent()
    title = planted.word("draft of a course", "", slug)
    same = {"topic": page.topic, "level": page.level, "hours": "1"}
    draft = CoursePage(title=title, slug=f"draft-{slug}", live=False, summary=title, **same)
    Page.objects.get(pk=hub_page.pk).specific.add_child(instance=draft)
    draft.save_revision()
    title = planted.word("draft of a lesson", "", slug)
    lesson = add_lesson(page, "read", f"hidden-{slug}")
    lesson.title, lesson.live = title, False
    lesson.save()
    lesson.save_revision()


def plant_learner(planted: Planted, name: str, hub: Hub, course: Any) -> None:
    """A learner of a hub in a course, with words wherever a learner leaves some."""
    member: Member = getattr(planted.cast, name)

    def word(kind: str, text: str = "") -> str:
        return planted.word(kind, name, hub.slug, text)

    if not planted_already(planted, name):
        plant_person(member, hub, word)
    enrolment = enrol(member=member, course=course, hub=hub)
    planted.enrolments.append(enrolment)
    plant_work(planted, member, enrolment, word)
    plant_certificate(planted, enrolment, word)


def planted_already(planted: Planted, name: str) -> bool:
    return any(word.owner == name for word in planted.words)


def plant_person(member: Member, hub: Hub, word: Any) -> None:
    """The words of the person, whatever is learned."""
    member.name = word("name").capitalize()
    member.username = word("user name")
    member.phone = word("phone", f"030 {secrets.randbelow(10**7):07}")
    member.email = f"{word('e-mail')}@example.org"
    member.save()
    notify(member=member, key="planted", kind="test", text=word("notice"), email=False)
    give_consent(member=member, kind="planted", wording=word("consent"))
    words, reason = word("entry in the record"), word("reason in the record")
    record(member=member, actor=None, hub=hub, verb="test", words=words, reason=reason)


def plant_work(planted: Planted, member: Member, enrolment: Enrolment, word: Any) -> None:
    """Answers, a hand-in with a photo and a note, a question with its answer."""
    asking, task, _read = packs_of(enrolment.course)
    slug = enrolment.course.slug
    answers = [Answer(block_of(asking, "second", slug), word("answer in a lesson"))]
    answer_questions(member=member, lesson=asking, answers=answers)
    words = word("words handed in")
    block = block_of(task, "do-it", slug)
    row = hand_in_task(member=member, lesson=task, block_id=block, words=words)
    row.note = word("note on a hand-in")
    photo = ContentFile(word("photo handed in").encode())
    row.photo.save("photo.jpg", photo, save=False)
    row.state = HandIn.State.RETURNED
    row.reviewed_at = timezone.now()
    row.save()
    asked = ask_about_lesson(member=member, lesson=asking, words=word("question asked"))
    asked.answer, asked.answered_at = word("answer from the hub"), timezone.now()
    asked.save()
    planted.hand_ins.append(row)
    planted.asks.append(asked)


def plant_certificate(planted: Planted, enrolment: Enrolment, word: Any) -> None:
    """A certificate with its code; what stands on it is public to whoever has the code."""
    code = "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(16))
    values = {"course_title": enrolment.course.title, "hub_name": enrolment.hub.name, "hours": 3}
    now = timezone.now()
    certificate = Certificate.objects.create(
        code=word("code of a certificate", code),
        member=enrolment.member,
        course=enrolment.course,
        hub=enrolment.hub,
        name="A Name",
        release_number=1,
        language="en",
        finished_at=now,
        issued_at=now,
        **values,
    )
    planted.certificates.append(certificate)


def plant_sign_in_code(planted: Planted, issuer: str, hub: Hub) -> None:
    """A code that a coordinator has given to a member of the hub."""
    member = make_member(f"forgetful_{hub.slug}")
    member.memberships.create(hub=hub, joined_at=timezone.now())
    code = issue_sign_in_code(member=getattr(planted.cast, issuer), to=member, hub=hub)
    setattr(planted.cast, f"forgetful_{hub.slug}", member)
    planted.word("code to sign in", issuer, hub.slug, spaced(code_of(code)))
