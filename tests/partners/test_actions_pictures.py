"""Pictures of offers: apart from the hub's own, and gone once no text has them."""

from types import SimpleNamespace

import pytest
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from content.actions import derive_permissions
from content.models import WeftImage
from members.models import Member
from partners import actions
from partners.models import Offer
from tests.partners.desk_pictures import picture
from tests.partners.offers_cast import NOW, draft, fresh, key, make_site, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> SimpleNamespace:
    Collection.add_root(name="Root")
    return make_site()


def put_picture(site: SimpleNamespace, offer: Offer, member: Member) -> int:
    actions.attach_picture(
        member=member, offer=offer, data=picture().read(), alt="A plate", now=NOW
    )
    return text(offer)["image"]


def test_pictures_lie_where_no_editor_of_the_cms_sees_them(site: SimpleNamespace) -> None:
    derive_permissions(hub=site.hub)
    first = put_picture(site, draft(site), site.ed)
    put_picture(site, draft(site, 2), site.ed)
    collection = WeftImage.objects.get(pk=first).collection
    assert collection.name == "Pictures of training offers"
    assert Collection.objects.filter(name=collection.name).count() == 1
    assert not collection.group_permissions.exists()
    policy = policy_registry.get_by_type(WeftImage)
    for member in (site.hub_editor, site.reviewer, site.coordinator):
        found = policy.instances_user_has_any_permission_for(member, {"choose", "change"})
        assert not found.exists()


def test_a_replaced_picture_is_deleted_when_no_text_has_it(site: SimpleNamespace) -> None:
    offer = draft(site)
    first = put_picture(site, offer, site.ed)
    other = actions.offer_again(member=site.ed, offer=offer, key=key(2), now=NOW)
    second = put_picture(site, offer, site.ed)
    assert set(WeftImage.objects.values_list("pk", flat=True)) == {first, second}
    assert text(other)["image"] == first
    actions.drop_picture(member=site.ed, offer=other)
    assert set(WeftImage.objects.values_list("pk", flat=True)) == {second}
    third = put_picture(site, offer, site.ed)
    assert list(WeftImage.objects.values_list("pk", flat=True)) == [third]


def test_a_picture_that_was_sent_or_is_live_stays(site: SimpleNamespace) -> None:
    offer = draft(site)
    shown = put_picture(site, offer, site.ed)
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    publish = {"member": site.reviewer, "review": review, "revision_id": review.revision_id}
    actions.publish_offer(**publish, now=NOW)
    other = put_picture(site, offer, site.ed)
    actions.drop_picture(member=site.ed, offer=offer)
    assert set(WeftImage.objects.values_list("pk", flat=True)) == {shown}
    assert (fresh(offer).image_id, other != shown) == (shown, True)
