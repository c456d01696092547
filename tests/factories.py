"""Makes what tests need: members, hubs, courses written as course files."""

import textwrap
import uuid
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.hashers import make_password
from wagtail.models import Locale, Page, Site

from content import version
from content.actions import create_hub
from content.models import HomePage, HubIndexPage, HubPage, Level, Topic
from courses.actions import cut_release
from courses.lessonfile import parse_lesson
from courses.models import Course, CoursePage, LessonPage
from courses.queries import LessonPack, lesson_pack
from members.actions import grant_role, join_hub
from members.models import Hub, Member

PASSWORD = "correct-horse-7"

READ = """
---
title: {title}
slug: {slug}
minutes: 5
---
Some words about {title}.
"""

QUESTIONS = """
---
title: {title}
slug: {slug}
minutes: 6
done_when: questions
pass_mark: 60
---
Words before.

::: question one id=first
Which one?
- [x] The right one
  > SECRET-RIGHT because it is so.
- [ ] The wrong one
  > SECRET-WRONG because it is not.
hint: Think of it.
:::

::: question text id=second
What is it called?
- [x] browser | web browser
  > Yes.
otherwise: Look again.
:::
"""

TASK = """
---
title: {title}
slug: {slug}
minutes: 7
done_when: task
---
Do it.

::: try id=do-it title="Do it" ask=words
Write what you did.
:::
"""

PERSON = """
---
title: {title}
slug: {slug}
minutes: 7
required: no
done_when: person
---
Come and see us.
"""

TEXTS = {"read": READ, "questions": QUESTIONS, "task": TASK, "person": PERSON}


def make_member(username: str, **values: Any) -> Member:
    """A member with a name made of the user name."""
    values.setdefault("name", username.replace("_", " ").title())
    return Member.objects.create(username=username, password=make_password(PASSWORD), **values)


def make_tree() -> HubIndexPage:
    """The home page and the list of hubs, in the place of Wagtail's own first page."""
    for code in ("en", "es"):
        Locale.objects.get_or_create(language_code=code)
    home = HomePage(title="Weft", slug="weft", locale=Locale.objects.get(language_code="en"))
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )
    Page.objects.filter(depth=2, slug="home").delete()
    index = HubIndexPage(title="Hubs", slug="hubs")
    Page.objects.get(pk=home.pk).specific.add_child(instance=index)
    index.save_revision().publish()
    return index


def make_hub(slug: str, index: HubIndexPage | None = None) -> Hub:
    """A hub with its page and its collection."""
    index = index or HubIndexPage.objects.first() or make_tree()
    facts = {
        "place": f"{slug.title()} Town",
        "address": "1 High Street",
        "hours": "Monday to Friday",
        "contact": "Ring the bell.",
    }
    create_hub(member=None, slug=slug, name=f"{slug.title()} Hub", index=index, **facts)
    return Hub.objects.get(slug=slug)


def make_page(parent: Page, page: Page) -> Page:
    """Add a page below another one and publish it."""
    Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    page.save_revision().publish()
    return page


def make_course(
    hub: Hub,
    slug: str = "basics",
    lessons: tuple[str, ...] = ("read", "questions", "task"),
    **values: Any,
) -> Course:
    """A published course with a lesson for each kind named; gives its row."""
    topic, _made = Topic.objects.get_or_create(slug="coding", defaults={"name": "Coding"})
    level, _made = Level.objects.get_or_create(
        slug="starter", defaults={"name": "Beginners", "words": "New."}
    )
    hub_page = HubPage.objects.get(hub=hub, locale__language_code="en")
    facts = {
        "title": slug.title(),
        "summary": f"About {slug}.",
        "hours": "1.5",
        "skills": "Do a thing",
        "topic": topic,
        "level": level,
    }
    page = CoursePage(slug=slug, **{**facts, **values})
    make_page(hub_page, page)
    for number, kind in enumerate(lessons, 1):
        add_lesson(page, kind, f"{kind if kind in TEXTS else 'lesson'}-{number}")
    cut_release(course=page.translation_key)
    version.bump()
    return Course.objects.get(key=page.translation_key)


def lesson_file(kind: str, slug: str, course: str = "basics") -> Any:
    """A lesson written as a file."""
    text = textwrap.dedent(TEXTS.get(kind, kind)).strip()
    title = slug.replace("-", " ").title()
    return parse_lesson(text.replace("{title}", title).replace("{slug}", slug), "test.md", course)


def add_lesson(page: CoursePage, kind: str, slug: str, **values: Any) -> LessonPage:
    """A published lesson below a course page. `kind` may be the text of a lesson file."""
    lesson = lesson_file(kind, slug, page.slug)
    facts = {
        "title": lesson.title,
        "slug": lesson.slug,
        "minutes": lesson.minutes,
        "is_required": lesson.required,
        "done_when": lesson.done_when,
        "pass_mark": lesson.pass_mark,
        "body": lesson.blocks,
    }
    return make_page(page, LessonPage(**{**facts, **values}))


def page_of(course: Course) -> CoursePage:
    """The course's page in the language that leads."""
    return CoursePage.objects.get(translation_key=course.key, locale__language_code=course.language)


def packs_of(course: Course, language: str = "en") -> list[LessonPack]:
    """The lessons of a course as packs, in order."""
    pages = LessonPage.objects.child_of(page_of(course)).live().order_by("path")
    return [lesson_pack(page.translation_key.hex, language) for page in pages]


def block_of(pack: LessonPack, name: str, course: str = "basics") -> str:
    """The id of a block that the lesson's file names."""
    from courses.lessonfile import block_id

    page = LessonPage.objects.get(pk=pack.page_id)
    return block_id(course, page.slug, name)


LEARNERS = {
    "learner": "harbour",
    "other_learner": "valley",
    "neighbour": "harbour",
    "mentor": "harbour",
    "partner": "harbour",
}
STAFF = {
    "editor": ("harbour", "editor"),
    "coordinator": ("harbour", "coordinator"),
    "reviewer": ("harbour", "reviewer"),
    "other_hub_editor": ("valley", "editor"),
    "other_coordinator": ("valley", "coordinator"),
}


def make_cast() -> SimpleNamespace:
    """Everybody, with one hub each for the two sides of a wall."""
    hubs = {slug: make_hub(slug) for slug in ("harbour", "valley")}
    admin = make_member("admin", is_superuser=True, is_staff=True)
    for name, slug in LEARNERS.items():
        join_hub(member=make_member(name), hub=hubs[slug])
    for name, (slug, role) in STAFF.items():
        grant_role(member=admin, to=make_member(name), hub=hubs[slug], role=role)
    make_member("outsider")
    make_course(hubs["harbour"])
    return find_cast()


def find_cast() -> SimpleNamespace:
    """The cast that is in the database, each row read anew."""
    hubs = Hub.objects.in_bulk(["harbour", "valley"], field_name="slug")
    names = ["admin", *LEARNERS, *STAFF, "outsider"]
    return SimpleNamespace(
        hub=hubs["harbour"],
        other_hub=hubs["valley"],
        course=Course.objects.get(key=CoursePage.objects.get(slug="basics").translation_key),
        **Member.objects.in_bulk(names, field_name="username"),
    )


def new_key() -> uuid.UUID:
    """A key as a client would make it."""
    return uuid.uuid4()
