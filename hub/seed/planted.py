"""Private words, one in each private free-text field, and who may see each of them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Page, PageViewRestriction

from content.models import HubPage, StandardPage, WeftDocument
from courses import actions
from courses.models import Course, CoursePage, LessonPage
from courses.queries import LessonPack, course_pack, lesson_pack
from hub.demo.community import add
from members.actions import give_consent, join_hub, notify, record
from members.models import Hub, HubRole, Member

from .places import Places, make_person
from .words import Writer

DESK = ("coordinator", "editor", "reviewer")
CMS = ("editor", "reviewer")
EVERY_MEMBER = "every member"


@dataclass
class Canaries:
    """The words: each with its field, and the user names of who may see it."""

    admin: Member
    writer: Writer
    words: list[dict[str, Any]] = field(default_factory=list)

    def plant(self, what: str, hub: Hub, *roles: str, owner: Member | None = None) -> str:
        """A new word that the owner and a hub's people with the roles may see."""
        word = self.writer.secret()
        self.note(word, what, hub, *roles, owner=owner)
        return word

    def note(
        self, word: str, what: str, hub: Hub, *roles: str, owner: Member | None = None
    ) -> None:
        """Write down a word that stands somewhere, and who may see it there."""
        held = HubRole.objects.filter(hub=hub, role__in=roles).order_by("member__username")
        seen_by = list(dict.fromkeys(held.values_list("member__username", flat=True)))
        own = [owner.username] if owner else []
        self.words.append(
            {
                "word": word,
                "field": what,
                "hub": hub.slug,
                "seen_by": [EVERY_MEMBER] if EVERY_MEMBER in roles else [*own, *seen_by],
            }
        )


def plant(places: Places, writer: Writer, password: str, now: datetime) -> Canaries:
    """Plant words in every hub; gives them with who may see them (the network admin sees what
    the CMS and the desk show)."""
    canaries = Canaries(places.admin, writer)
    for word, what, hub in places.secrets:
        canaries.note(word, what, hub, *CMS)
    for number, hub in enumerate(places.hubs, 1):
        plant_pages(canaries, hub, places)
        if number <= len(places.courses):
            member = make_person(f"bench-planted-{number}", writer, password)
            plant_work(canaries, member, places.courses[number - 1], hub, now)
            plant_person(canaries, member, hub, now)
    return canaries


def plant_pages(canaries: Canaries, hub: Hub, places: Places) -> None:
    """What a hub has not published, what is for members, and a file that no page shows."""
    parent = HubPage.objects.get(hub=hub, alias_of=None)
    title = canaries.plant("title of a draft", hub, *CMS)
    page = places.pages[0]
    same = {"topic": page.topic, "level": page.level, "summary": title}
    draft = CoursePage(title=title, slug=f"draft-{hub.slug}", live=False, **same)
    Page.objects.get(pk=parent.pk).specific.add_child(instance=draft)
    draft.save_revision()
    inner = canaries.plant("page for members", hub, EVERY_MEMBER)
    body = [{"type": "text", "value": f"<p>{inner}</p>", "id": f"inside-{hub.slug}"}]
    inside = StandardPage(title="Inside", slug="inside", body=body)
    add(parent, inside)
    PageViewRestriction.objects.create(page=inside, restriction_type="login")
    closed = CoursePage(title="For members", slug=f"closed-{hub.slug}", **same | {"summary": "."})
    closed.access = CoursePage.Access.MEMBERS
    add(parent, closed)
    closed.summary = canaries.plant("change that is not published", hub, *CMS)
    closed.save_revision()
    words = canaries.plant("lesson for members", hub, EVERY_MEMBER)
    text = [{"type": "text", "value": f"<p>{words}</p>", "id": f"closed-{hub.slug}"}]
    add(closed, LessonPage(title="Inner", slug="inner", body=text))
    content = canaries.plant("file of a hub", hub, *CMS)
    document = WeftDocument(title="Plan", collection=hub.collection)
    document.file.save("plan.txt", ContentFile(content.encode()))


def plant_person(canaries: Canaries, member: Member, hub: Hub, now: datetime) -> None:
    """The words of a person, whatever is learned."""

    def word(what: str, *roles: str) -> str:
        return canaries.plant(what, hub, *roles, owner=member)

    join_hub(member=member, hub=hub, now=now)
    member.email = f"{word('e-mail', 'coordinator')}@example.org"
    member.phone = canaries.writer.pick("0123456789", 12)
    canaries.note(member.phone, "phone", hub, "coordinator", owner=member)
    member.save()
    notify(member=member, key="planted", kind="test", text=word("notice"), email=False, now=now)
    give_consent(member=member, kind="planted", wording=word("consent"), now=now)
    record(
        member=member,
        actor=canaries.admin,
        hub=hub,
        verb="test",
        words=word("entry in the record", "coordinator"),
        reason=word("reason in the record", "coordinator"),
        now=now,
    )


def plant_work(canaries: Canaries, member: Member, course: Course, hub: Hub, now: datetime) -> None:
    """An answer in words, a hand-in that comes back with a note, a question with its answer."""

    def word(what: str, *roles: str) -> str:
        return canaries.plant(what, hub, *roles, owner=member)

    lesson = task_of(course)
    staff = Member.objects.get(roles__hub=hub, roles__role="coordinator")
    actions.enrol(member=member, course=course, now=now)
    said, tried = next(iter(lesson.definitions)), next(iter(lesson.tasks))
    answers = [actions.Answer(said, word("answer in a lesson"))]
    actions.answer_questions(member=member, lesson=lesson, answers=answers, now=now)
    given = word("words handed in", *DESK)
    row = actions.hand_in_task(
        member=member, lesson=lesson, block_id=tried, words=given, link="", photo=b"", now=now
    )
    returned = word("note on a hand-in", *DESK)
    actions.review_hand_in(member=staff, hand_in=row, accept=False, note=returned, now=now)
    asked = word("question asked", *DESK)
    ask = actions.ask_about_lesson(member=member, lesson=lesson, words=asked, now=now)
    answer = word("answer from the hub", *DESK)
    actions.answer_ask(member=staff, ask=ask, answer=answer, now=now)


def task_of(course: Course) -> LessonPack:
    """The lesson of a course that has a task."""
    pack = course_pack(course.key.hex)
    assert pack is not None
    found = [lesson_pack(row.key, course.language) for row in pack.lessons]
    return next(lesson for lesson in found if lesson and lesson.tasks)
