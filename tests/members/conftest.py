"""The cast of these tests: two hubs and the people in them."""

from collections.abc import Callable

import pytest
from django.core.cache import cache

from members.actions import grant_role, join_hub
from members.models import Hub, Member

PASSWORD = "three small boats"


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    """Rate limits are counted in the cache."""
    cache.clear()


@pytest.fixture
def hub(db: None) -> Hub:
    return Hub.objects.create(slug="harbour", name="Harbour Hub", place="Port Ellis")


@pytest.fixture
def other_hub(db: None) -> Hub:
    return Hub.objects.create(slug="mill", name="Mill Hub", place="Mill Town")


@pytest.fixture
def make_member(db: None) -> Callable[..., Member]:
    """A function that makes a member, in a hub if one is given."""

    def make(username: str, *, hub: Hub | None = None, **values: object) -> Member:
        values = {"name": username.title(), "password": PASSWORD} | values
        member = Member.objects.create_user(username, **values)
        if hub is not None:
            join_hub(member=member, hub=hub)
        return member

    return make


@pytest.fixture
def admin(make_member: Callable[..., Member]) -> Member:
    return make_member("ada", is_superuser=True, is_staff=True)


@pytest.fixture
def learner(make_member: Callable[..., Member], hub: Hub) -> Member:
    return make_member("lena", hub=hub)


@pytest.fixture
def outsider(make_member: Callable[..., Member], other_hub: Hub) -> Member:
    return make_member("otto", hub=other_hub)


def _staff(make: Callable[..., Member], admin: Member, name: str, hub: Hub, role: str) -> Member:
    member = make(name, hub=hub)
    grant_role(member=admin, to=member, hub=hub, role=role)
    return Member.objects.get(pk=member.pk)


@pytest.fixture
def coordinator(make_member: Callable[..., Member], admin: Member, hub: Hub) -> Member:
    return _staff(make_member, admin, "cora", hub, "coordinator")


@pytest.fixture
def other_coordinator(make_member: Callable[..., Member], admin: Member, other_hub: Hub) -> Member:
    return _staff(make_member, admin, "carl", other_hub, "coordinator")


@pytest.fixture
def editor(make_member: Callable[..., Member], admin: Member, hub: Hub) -> Member:
    return _staff(make_member, admin, "edda", hub, "editor")
