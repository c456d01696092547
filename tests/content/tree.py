"""A small site for tests: home, two hubs, an editor in each, and a Spanish tree on demand."""

from dataclasses import dataclass

from wagtail.models import Locale, Page, Site

from content.actions import create_hub, derive_permissions
from content.models import HomePage, HubIndexPage, HubPage, StandardPage
from members.models import Hub, HubRole, Member

BODY = [{"type": "text", "value": "<p>Come in, we have tea.</p>", "id": "b-text"}]


@dataclass
class Tree:
    """The pages and people of the small site."""

    home: HomePage
    index: HubIndexPage
    hub_page: HubPage
    other_page: HubPage
    about: StandardPage
    editor: Member
    other_editor: Member

    @property
    def hub(self) -> Hub:
        return self.hub_page.hub

    @property
    def other_hub(self) -> Hub:
        return self.other_page.hub


def publish(parent: Page, page: Page) -> Page:
    """Put a page below another and publish it."""
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    return page


def make_member(name: str, hub: Hub | None = None, role: str = "") -> Member:
    """A member; with a hub and a role, one of its people."""
    member = Member.objects.create_user(username=name.lower(), password="weft-1", name=name)
    if hub is not None:
        HubRole.objects.create(member=member, hub=hub, role=role)
        derive_permissions(hub=hub)
    return member


def build_tree() -> Tree:
    """Home with hubs Riverside and Hilltop, a page of Riverside, an editor each."""
    Page.objects.filter(depth=2).delete()
    home = publish(Page.get_first_root_node(), HomePage(title="Weft", slug="home"))
    site = Site.objects.get_or_create(hostname="localhost", defaults={"root_page": home})[0]
    site.root_page, site.is_default_site = home, True
    site.save()
    index = publish(home, HubIndexPage(title="Hubs", slug="hubs"))
    hub_page = create_hub(
        member=None, slug="riverside", name="Riverside", place="Northwood", index=index
    )
    other = create_hub(member=None, slug="hilltop", name="Hilltop", place="Southby", index=index)
    about = publish(hub_page, StandardPage(title="About us", slug="about", body=BODY))
    return Tree(
        home=home,
        index=index,
        hub_page=hub_page,
        other_page=other,
        about=about,
        editor=make_member("Edda", hub_page.hub, "editor"),
        other_editor=make_member("Otto", other.hub, "editor"),
    )


def spanish() -> Locale:
    """The Spanish locale."""
    return Locale.objects.get_or_create(language_code="es")[0]
