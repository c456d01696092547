"""Pictures: which sizes are made, and how an upload becomes safe to keep. No database."""

from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from members.errors import Refused

WIDTHS = (400, 800)
FORMATS = ("webp", "jpeg")
SPECS = [f"format-{name}|width-{width}" for name in FORMATS for width in WIDTHS]
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
QUALITY = {"JPEG": 88, "PNG": 100, "WEBP": 88}
MOST_PIXELS = 24_000_000
LONGEST_SIDE = 2400
BOMB = Image.DecompressionBombError
UNREADABLE = (OSError, SyntaxError, ValueError, BOMB)


@dataclass(frozen=True)
class CleanPicture:
    """A picture encoded anew: only what one sees is left in it."""

    data: bytes
    ending: str
    width: int
    height: int


def clean_picture(
    data: bytes,
    *,
    most_pixels: int = MOST_PIXELS,
    longest_side: int = LONGEST_SIDE,
    kind: str = "",
) -> CleanPicture:
    """Encode a picture anew: turned upright, not too large, without place, time or device.

    The type is judged by what is in the file. `kind` ("JPEG") asks for that type; without it
    the picture keeps its own. Refuses what is no picture, and what has too many pixels.
    """
    try:
        with Image.open(BytesIO(data), formats=list(ENDINGS)) as opened:
            _refuse_too_large(opened, most_pixels)
            return _encode(_upright(opened, longest_side), kind or str(opened.format))
    except BOMB:
        raise _too_large() from None
    except UNREADABLE:
        raise Refused(_("This file is not a picture that we can read."), "file") from None


def _refuse_too_large(image: Image.Image, most_pixels: int) -> None:
    if image.width * image.height > most_pixels:
        raise _too_large()


def _too_large() -> Refused:
    return Refused(_("This picture is too large. Make it smaller, then send it again."), "file")


def _upright(image: Image.Image, longest_side: int) -> Image.Image:
    image.load()
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((longest_side, longest_side))
    return turned


def _encode(image: Image.Image, kind: str) -> CleanPicture:
    has_alpha = kind != "JPEG" and image.has_transparency_data
    plain = Image.new("RGBA" if has_alpha else "RGB", image.size, "white")
    plain.paste(image.convert(plain.mode))
    out = BytesIO()
    plain.save(out, kind, quality=QUALITY[kind])
    return CleanPicture(out.getvalue(), ENDINGS[kind], *plain.size)
