"""Pictures: keep a new one, make its smaller copies."""

from django.core.files.base import ContentFile
from wagtail.models import Collection

from members.models import Member

from ..models import WeftImage
from ..pictures import SPECS, clean_picture


def make_renditions(*, image: WeftImage) -> None:
    """Make the copies that `{% picture_block %}` prints: WebP and JPEG, 400 and 800 wide.

    Copies that are there already are left as they are.
    """
    image.get_renditions(*SPECS)


def add_picture(
    *, member: Member | None, title: str, data: bytes, collection: Collection | None = None
) -> WeftImage:
    """Keep a picture, encoded anew and without the place where it was taken."""
    clean = clean_picture(data)
    image = WeftImage(
        title=title,
        file=ContentFile(clean.data, name=f"picture.{clean.ending}"),
        width=clean.width,
        height=clean.height,
        uploaded_by_user=member,
    )
    if collection is not None:
        image.collection = collection
    image._set_image_file_metadata()
    image.save()
    return image
