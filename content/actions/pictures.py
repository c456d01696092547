"""Pictures: keep a new one, make its smaller copies."""

import logging
from contextlib import suppress

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from wagtail.models import Collection

from members.errors import Refused
from members.models import Member

from ..models import WeftImage
from ..pictures import SPECS, CleanPicture, clean_picture

logger = logging.getLogger(__name__)


def make_renditions(*, image: WeftImage) -> None:
    """Make the copies that `{% picture_block %}` prints: WebP and JPEG, 400 and 800 wide.

    Copies that are there already are left as they are.
    """
    image.get_renditions(*SPECS)


def add_picture(
    *, member: Member | None, title: str, data: bytes, collection: Collection | None = None
) -> WeftImage:
    """Keep a picture, encoded anew and without the place where it was taken. Refuses what is none,
    and any while the disk is full."""
    clean = clean_picture(data)
    image = WeftImage(
        title=title,
        file=keep_original(clean),
        width=clean.width,
        height=clean.height,
        uploaded_by_user=member,
    )
    if collection is not None:
        image.collection = collection
    image._set_image_file_metadata()
    image.file.close()
    image.save()
    return image


def keep_original(clean: CleanPicture) -> str:
    """Keep the file of a picture; gives its path. Refuses it while the disk is full, and leaves no
    half of it."""
    blank = WeftImage()
    storage, name = blank.file.storage, blank.get_upload_to(f"picture.{clean.ending}")
    try:
        kept: str = storage.save(name, ContentFile(clean.data))
    except OSError:
        logger.exception("A picture cannot be kept.")
        with suppress(OSError):
            storage.delete(name)
        words = _("We cannot keep your picture just now. Please send it again later.")
        raise Refused(words, "file") from None
    return kept
