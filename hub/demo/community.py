"""Topics, the first pages, hubs, people and their roles."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from content.actions import create_hub
from content.models import HomePage, HubIndexPage, HubPage, HubPerson, Level, StandardPage, Topic
from members.actions import grant_role, join_hub
from members.models import Hub, Member

from . import files

PASSWORD: str = settings.WEFT_DEMO_PASSWORD
JOINED = timedelta(days=400)  # before anything that the demo tells


def load_community() -> list[dict[str, Any]]:
    """Load everything but the courses; gives the people with their password, role and hub."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    load_topics()
    load_pages()
    people = yaml.safe_load((files.FOLDER / "people.yaml").read_text(encoding="utf-8"))["people"]
    joined = timezone.now() - JOINED
    admin = load_person(people[0], joined)
    for path in sorted((files.FOLDER / "hubs").glob("*.md")):
        load_hub(admin, files.read(path)[0], *files.lead_and_blocks(path))
    load_spanish()
    for person in people[1:]:
        place_person(admin, person, joined)
    return people


def load_topics() -> None:
    """The one list of topics and levels."""
    head, _body = files.read(files.FOLDER / "topics.md")
    for rank, topic in enumerate(head["topics"]):
        values = {
            "name": topic["name"],
            "names_in": f"es: {topic['name_es']}",
            "colour": topic["colour"],
        }
        Topic.objects.update_or_create(slug=topic["slug"], defaults={**values, "rank": rank})
    for rank, level in enumerate(head["levels"]):
        values = {
            "name": level["name"],
            "names_in": f"es: {level['name_es']}",
            "words": level["means"],
        }
        Level.objects.update_or_create(slug=level["slug"], defaults={**values, "rank": rank})


def load_pages() -> None:
    """The home page, the list of hubs and the plain pages."""
    home = HomePage.objects.filter(locale__language_code="en").first() or make_home()
    if not HubIndexPage.objects.child_of(home).exists():
        add(
            home,
            HubIndexPage(title="Hubs", slug="hubs", intro="Places where people learn together."),
        )
    for name in ("about", "help", "privacy"):
        path = files.FOLDER / "pages" / f"{name}.md"
        if not StandardPage.objects.child_of(home).filter(slug=name).exists():
            head, _body = files.read(path)
            add(home, StandardPage(title=head["title"], slug=name, body=files.blocks(path)))


def make_home() -> HomePage:
    """The home page in the place of the one that Wagtail makes."""
    path = files.FOLDER / "pages" / "home.md"
    head, _body = files.read(path)
    root = Page.get_first_root_node()
    locale = Locale.objects.get(language_code="en")
    home = HomePage(
        title=head["title"], slug="weft", lead=head["lead"], body=files.blocks(path), locale=locale
    )
    add(root, home)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": "localhost",
            "port": 80,
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
    Page.objects.filter(depth=2, content_type__model="page", slug="home").delete()
    return home


def add(parent: Page, page: Page) -> Page:
    """Add a page and publish it."""
    parent = Page.objects.get(pk=parent.pk)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def load_hub(admin: Member, head: dict[str, Any], lead: str, blocks: list[dict[str, Any]]) -> None:
    """A hub with its page, its people and its next members' meeting."""
    if Hub.objects.filter(slug=head["slug"]).exists():
        return
    day, place = (part.strip() for part in head["meeting"].split("|"))
    names = ("place", "address", "hours", "phone", "time_zone", "colour", "contact", "complain")
    facts = {name: head[name] for name in names}
    facts |= {"meeting_on": date.fromisoformat(day), "meeting_place": place}
    first, *rest = blocks_with_picture(head, blocks)
    page = create_hub(member=admin, slug=head["slug"], name=head["name"], **facts)
    page.intro = lead
    page.body = [first, *rest, *money_help(head)]
    for order, line in enumerate(head["people"]):
        name, words = (part.strip() for part in line.split("—", 1))
        page.people.add(HubPerson(name=name, words=words, sort_order=order, locale=page.locale))
    page.save_revision().publish()


def money_help(head: dict[str, Any]) -> list[dict[str, Any]]:
    """The note on help with money, where the file of a hub has one."""
    note = head.get("help")
    if note is None:
        return []
    return [{"type": "support", "value": {**note, "until_on": note["until_on"].isoformat()}}]


def blocks_with_picture(head: dict[str, Any], blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The drawing of a hub in front of its words."""
    drawing = {"name": head["picture"], "alt": head["picture_alt"], "is_decorative": False}
    return [{"type": "drawing", "value": drawing}, *blocks]


def load_spanish() -> None:
    """The way to the Spanish lessons: home, plain pages, hubs, and one hub."""
    locale = Locale.objects.get(language_code="es")
    home = HomePage.objects.get(locale__language_code="en")
    index = HubIndexPage.objects.get(locale__language_code="en")
    hub = HubPage.objects.get(hub__slug="harbour", locale__language_code="en")
    head, _body = files.read(files.FOLDER / "pages" / "es" / "home.md")
    translate(
        home,
        locale,
        title=head["title"],
        lead=head["lead"],
        body=files.blocks(files.FOLDER / "pages" / "es" / "home.md"),
    )
    for page in StandardPage.objects.child_of(home):
        path = files.FOLDER / "pages" / "es" / f"{page.slug}.md"
        translate(page, locale, title=files.read(path)[0]["title"], body=files.blocks(path))
    translate(index, locale, title="Centros", intro="Lugares donde aprendemos juntas y juntos.")
    path = files.FOLDER / "hubs" / "es" / "harbour.md"
    lead, body = files.lead_and_blocks(path)
    translate(hub, locale, title=hub.title, intro=lead, body=body)


def translate(page: Page, locale: Locale, **words: Any) -> Page:
    """The page in another language; one that is there stays as it is."""
    found = page.get_translation_or_none(locale)
    if found:
        return found.specific
    copy = page.copy_for_translation(locale)
    for name, value in words.items():
        setattr(copy, name, value)
    if page.depth > 2:
        copy.slug = page.slug
    copy.save_revision().publish()
    return copy


def load_person(person: dict[str, Any], now: datetime | None = None) -> Member:
    """A person with an account; one that is there keeps name and password."""
    found = Member.objects.filter(username=person["username"]).first()
    if found:
        return found
    member = Member(
        username=person["username"],
        name=person["name"],
        language=person.get("language", "en"),
        is_superuser=bool(person.get("is_admin")),
        is_staff=bool(person.get("is_admin")),
        date_joined=now or timezone.now(),
    )
    member.password = hashed_password()
    member.save()
    return member


@cache
def hashed_password() -> str:
    """The one password of all, hashed once: this takes its time on purpose."""
    return make_password(PASSWORD)


def place_person(admin: Member, person: dict[str, Any], now: datetime | None = None) -> None:
    """A person in a hub, with the roles held there."""
    member = load_person(person, now)
    hub = Hub.objects.get(slug=person["hub"])
    join_hub(member=member, hub=hub, now=now)
    for role in person.get("roles", []):
        grant_role(member=admin, to=member, hub=hub, role=role, now=now)
