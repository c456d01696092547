"""Pictures of offers: kept apart from the hub's own, and deleted once no text has them."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from wagtail.models import Collection, Revision

from content.models import WeftImage
from partners.models import Offer, Partner

COLLECTION = "Pictures of training offers"


def own_collection() -> Collection:
    """The collection of pictures of offers. Nobody has a right to it in the CMS, so that a picture
    of a draft is seen by its partner and its reviewers only."""
    root = Collection.get_first_root_node()
    Collection.objects.select_for_update().get(pk=root.pk)
    found = root.get_children().filter(name=COLLECTION).first()
    return found or root.add_child(name=COLLECTION)


def forget_picture(*, partner: Partner, key: int | None) -> bool:
    """Delete a picture that was taken out of a text, unless an offer or another text of the
    partner still has it. Says whether it is deleted."""
    found = WeftImage.objects.filter(pk=key, collection__name=COLLECTION).first()
    if found is None or is_used(partner, found):
        return False
    found.delete()
    return True


def is_used(partner: Partner, image: WeftImage) -> bool:
    """Whether an offer or a text of a partner has a picture."""
    offers = partner.offers.annotate(key=Cast("pk", CharField())).values("key")
    texts = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(Offer), object_id__in=offers
    )
    return Offer.objects.filter(image=image).exists() or (
        texts.filter(content__image=image.pk).exists()
    )
