"""Reads that cross models."""

import pytest

from members.models import Hub, HubRole
from members.queries import hub_for_staff

pytestmark = pytest.mark.django_db


def test_hub_for_staff_is_what_the_queryset_finds(
    coordinator, editor, outsider, admin, hub, other_hub
):
    HubRole.objects.create(member=editor, hub=hub, role="reviewer")
    for member in (coordinator, editor, outsider, admin):
        for roles in ((), ("coordinator",), ("editor", "reviewer"), ("safety",)):
            seen = Hub.objects.for_staff(member, *roles)
            for slug in (hub.slug, other_hub.slug, "nowhere"):
                assert hub_for_staff(member, slug, *roles) == seen.filter(slug=slug).first()
