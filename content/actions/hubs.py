"""A new hub on this site."""

from django.db import transaction

from members.models import Hub, Member

from ..models import HubIndexPage, HubPage
from .permissions import derive_permissions


@transaction.atomic
def create_hub(
    *,
    member: Member | None,
    slug: str,
    name: str,
    index: HubIndexPage | None = None,
    intro: str = "",
    **facts: object,
) -> HubPage:
    """Make a hub with its collection, its live page and its people's rights in the CMS.

    `facts` are the fields of `Hub`. A hub that is there gets the facts; its page stays.
    """
    hub, _made = Hub.objects.update_or_create(slug=slug, defaults={"name": name, **facts})
    page = HubPage.objects.filter(hub=hub, alias_of=None).order_by("pk").first()
    if page is None:
        page = HubPage(hub=hub, title=name, slug=slug, intro=intro, owner=member)
        parent = HubIndexPage.objects.get(pk=index.pk) if index else HubIndexPage.objects.first()
        parent.add_child(instance=page)
        page.save_revision(user=member).publish()
    derive_permissions(hub=hub)
    return page
