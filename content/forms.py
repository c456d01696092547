"""Forms of the CMS: an upload is judged by what is in it, not by its name."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from members.errors import Refused

from .files import is_what_it_says
from .pictures import UNREADABLE, clean_picture


class PictureField(WagtailImageField):
    """Wagtail's field; a picture that breaks off is refused in a sentence, too."""

    def to_python(self, data: object) -> object:
        try:
            return super().to_python(data)
        except UNREADABLE:
            raise ValidationError(_("This file is not a picture that we can read.")) from None


class PictureForm(BaseImageForm):
    """The form of a picture, wherever the CMS offers one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = self.fields["file"]
        names = ("label", "required", "help_text", "widget")
        self.fields["file"] = PictureField(**{name: getattr(plain, name) for name in names})

    def clean_file(self) -> object:
        """The picture encoded anew, or a sentence that says why it is refused."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        file.seek(0)
        try:
            clean = clean_picture(file.read())
        except Refused as refused:
            raise ValidationError(str(refused)) from None
        return SimpleUploadedFile(f"picture.{clean.ending}", clean.data)


class FileForm(BaseDocumentForm):
    """The form of a file, wherever the CMS offers one."""

    def clean_file(self) -> object:
        """The file, if it is what its name says."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        file.seek(0)
        head = file.read(4096)
        file.seek(0)
        if not is_what_it_says(file.name, head):
            raise ValidationError(_("This file is not what its name says. Save it anew."))
        return file
