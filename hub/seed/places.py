"""The hubs, staff and courses of a seeded site, made by the same actions as real ones."""

import io
import uuid
from dataclasses import dataclass, field
from random import Random
from typing import Any

from PIL import Image
from wagtail.models import Locale

from content.actions import add_picture, create_hub, make_renditions
from content.models import HubPage, Level, Topic, WeftImage
from courses import queries
from courses.actions import cut_release
from courses.lessonfile import LessonFile
from courses.models import Course, CoursePage, LessonPage
from courses.queries import LessonPack
from hub.demo.community import add, load_pages, load_topics
from members.actions import grant_role
from members.models import Hub, Member

from . import texts
from .plan import HUBS, LARGE, Plan
from .words import Writer

ROLES = ("editor", "coordinator", "reviewer")
SPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "seed.weft")
SIZE = (1200, 800)


@dataclass
class Places:
    """What stands before the first learner comes."""

    admin: Member
    hubs: list[Hub] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    pages: list[CoursePage] = field(default_factory=list)
    secrets: list[tuple[str, str, Hub]] = field(default_factory=list)


def make_places(plan: Plan, writer: Writer, password: str) -> Places:
    """Hubs with their people, and the published courses. `password` is a hash."""
    load_topics()
    load_pages()
    admin = make_person("bench-admin", writer, password, is_superuser=True, is_staff=True)
    places = Places(admin)
    for number in range(1, HUBS + 1):
        places.hubs.append(make_hub(number, places, writer, password))
    pictures = [make_picture(writer, hub) for hub in places.hubs]
    for number in range(plan.courses):
        make_course(number, plan, places, writer, pictures[number % HUBS])
    return places


def make_person(username: str, writer: Writer, password: str, **more: Any) -> Member:
    """A person with an account."""
    person = Member(username=username, name=writer.name(), language="en", **more)
    person.password = password
    person.save()
    return person


def make_hub(number: int, places: Places, writer: Writer, password: str) -> Hub:
    """A hub with its page, its editor, its coordinator and its reviewer."""
    slug = f"bench-{number}"
    facts: dict[str, Any] = {"place": writer.title(), "contact": writer.sentence()}
    create_hub(member=places.admin, slug=slug, name=f"Hub {writer.title()} {number}", **facts)
    hub = Hub.objects.get(slug=slug)
    for role in ROLES:
        person = make_person(f"bench-{role}-{number}", writer, password)
        grant_role(member=places.admin, to=person, hub=hub, role=role)
    return hub


def make_picture(writer: Writer, hub: Hub) -> WeftImage:
    """A picture of noise, with its smaller copies."""
    # Noise packs badly, so the picture weighs as much as a photo.
    noise = Random(writer.secret()).randbytes(SIZE[0] * SIZE[1] // 16)  # noqa: S311
    small = Image.frombytes("L", (SIZE[0] // 4, SIZE[1] // 4), noise)
    out = io.BytesIO()
    small.resize(SIZE).convert("RGB").save(out, "JPEG", quality=80)
    image = add_picture(
        member=None, title=writer.title(), data=out.getvalue(), collection=hub.collection
    )
    make_renditions(image=image)
    return image


def make_course(
    number: int, plan: Plan, places: Places, writer: Writer, picture: WeftImage
) -> None:
    """A published course with its lessons, cut to a release."""
    hub = places.hubs[number % HUBS]
    slug = f"course-{number + 1}"
    key = uuid.uuid5(SPACE, slug)
    title = f"{writer.title()} {number + 1}"
    page = CoursePage(translation_key=key, title=title, slug=slug, **values(number, writer))
    add(HubPage.objects.get(hub=hub, locale=Locale.get_default()), page)
    for one in lessons_of(number, plan, places, writer, hub):
        add_lesson(page, one, picture)
    cut_release(course=key)
    places.pages.append(page)
    places.courses.append(Course.objects.get(key=key))


def values(number: int, writer: Writer) -> dict[str, Any]:
    """The facts of a course; topic, level and way of learning differ from course to course."""
    topics, levels = Topic.objects.order_by("pk"), Level.objects.order_by("pk")
    return {
        "summary": writer.sentence(),
        "topic": topics[number % len(topics)],
        "level": levels[number % len(levels)],
        "mode": CoursePage.Mode.values[number % 3],
        "for_whom": writer.sentence(),
        "needs": writer.sentence(),
        "skills": "\n".join(writer.sentence() for _skill in range(4)),
        "body": f"<p>{writer.paragraph()}</p>",
        "order": CoursePage.Order.FREE,
    }


def lessons_of(
    number: int, plan: Plan, places: Places, writer: Writer, hub: Hub
) -> list[LessonFile]:
    """The lessons of a course as files; a large course has a quiz and a task besides."""
    slug = f"course-{number + 1}"
    found = [texts.reading(writer, slug, one) for one in range(1, plan.lessons(number) + 1)]
    if number < LARGE:
        secret = writer.secret()
        places.secrets.append((secret, "feedback of a question", hub))
        found += [texts.quiz(writer, slug, secret), texts.task(writer, slug)]
    return found


def add_lesson(page: CoursePage, one: LessonFile, picture: WeftImage) -> None:
    """A published lesson, with a picture after its first words."""
    slug = f"{page.slug}/{one.slug}"
    ident = str(uuid.uuid5(SPACE, f"{slug}/picture"))
    shown = {"image": picture.pk, "alt_text": "Noise", "decorative": False}
    first, *rest = one.blocks
    body = [first, {"type": "picture", "value": shown, "id": ident}, *rest]
    lesson = LessonPage(
        translation_key=uuid.uuid5(SPACE, slug),
        title=one.title,
        slug=one.slug,
        summary=one.summary,
        minutes=one.minutes,
        is_required=one.required,
        done_when=one.done_when,
        body=body,
    )
    add(page, lesson)


def required_lessons(course: Course) -> list[LessonPack]:
    """The lessons that a course needs done, in order."""
    pack = queries.course_pack(course.key.hex)
    keys = [row.key for row in pack.lessons if row.is_required] if pack else []
    return [found for key in keys if (found := queries.lesson_pack(key, course.language))]
