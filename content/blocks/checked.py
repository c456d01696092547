"""What blocks share: their groups, the signs of their editors, checks across parts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError, StructValue

WORDS = _("Words and pictures")
MEDIA = _("Files, sound and film")
FULL = ["h2", "h3", "bold", "ol", "ul", "link", "code"]
SHORT = ["bold", "ol", "ul", "link", "code"]
LINE = ["bold", "link", "code"]


class CheckedBlock(blocks.StructBlock):
    """A block whose parts are looked at together."""

    def problems(self, value: StructValue) -> dict[str, Any]:
        """What is wrong, by the name of the part."""
        return {}

    def clean(self, value: StructValue) -> StructValue:
        """The value, or one sentence at each part that is wrong."""
        cleaned = super().clean(value)
        if problems := self.problems(cleaned):
            errors = {
                name: found if isinstance(found, ValidationError) else ValidationError(found)
                for name, found in problems.items()
            }
            raise StructBlockValidationError(block_errors=errors)
        return cleaned
