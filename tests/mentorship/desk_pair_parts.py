"""The page of a pair on the desk, for tests, and meetings of the two."""

from django.test import Client

from mentorship.models import Meeting, Pairing

from .desk_site import DAY, Site, key, place, text_of


def address(site: Site, pairing: Pairing | None = None) -> str:
    return place("desk_pair", site, (pairing or site.pairing).pk)


def page_of(client: Client, site: Site, pairing: Pairing | None = None) -> str:
    return text_of(client.get(address(site, pairing)))


def meet(site: Site, number: int, state: str = "held") -> None:
    Meeting.objects.create(
        pairing=site.pairing,
        key=key(100 + number),
        state=state,
        starts_at=site.now - number * DAY,
        way="phone",
        made_at=site.now,
        changed_at=site.now,
    )
