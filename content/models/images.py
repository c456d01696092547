"""Images and files. Their names are random: an address that was not given cannot be guessed."""

import uuid
from pathlib import PurePath

from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


def random_name(folder: str, filename: str) -> str:
    """A path in a folder that keeps nothing of a file's name but its ending."""
    return f"{folder}/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:8]}"


def private_storage() -> Storage:
    """Files that only a view with a rule hands out."""
    return storages["private"]


def document_path(document: "WeftDocument", filename: str) -> str:
    """A random folder: the name stays as a person knows it."""
    return f"documents/{uuid.uuid4().hex}/{PurePath(filename).name[-60:]}"


class WeftImage(AbstractImage):
    """A picture of a hub, in the hub's own collection."""

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "description",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def get_upload_to(self, filename: str) -> str:
        """Where the original is kept."""
        return random_name("pictures", filename)


class WeftRendition(AbstractRendition):
    """A smaller copy of a picture."""

    image = models.ForeignKey(WeftImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_each"
            )
        ]


class WeftDocument(AbstractDocument):
    """A file of a hub, kept where no address leads but the one that asks for leave."""

    file = models.FileField(_("file"), upload_to=document_path, storage=private_storage)

    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        permissions = [("choose_document", "Can choose document")]
