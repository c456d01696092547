"""Pictures in templates."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images.models import SourceImageIOError

from ..models import WeftImage, WeftRendition
from ..pictures import FORMATS, SPECS, WIDTHS

register = template.Library()
SIZES = "(min-width: 48rem) 40rem, 100vw"


@register.simple_tag
def picture_block(image: WeftImage | None, alt: str = "", sizes: str = SIZES) -> SafeString:
    """A picture as WebP and JPEG in two sizes. An empty `alt` says it only decorates.

    The copies were made when the picture was saved. A picture whose file is lost shows nothing.
    """
    if image is None:
        return SafeString("")
    try:
        copies = image.get_renditions(*SPECS)
    except SourceImageIOError:
        return SafeString("")
    webp, jpeg = (_of_format(copies, name) for name in FORMATS)
    widest = jpeg[-1]
    return format_html(
        '<picture><source type="image/webp" srcset="{}" sizes="{}">'
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" '
        'loading="lazy" decoding="async"></picture>',
        _srcset(webp),
        sizes,
        widest.url,
        _srcset(jpeg),
        sizes,
        widest.width,
        widest.height,
        alt,
    )


def _of_format(copies: dict[str, WeftRendition], name: str) -> list[WeftRendition]:
    return [copies[f"format-{name}|width-{width}"] for width in WIDTHS]


def _srcset(copies: list[WeftRendition]) -> str:
    """The addresses with their widths; one only, when the original is small."""
    widths = {copy.width: copy.url for copy in copies}
    return ", ".join(f"{url} {width}w" for width, url in widths.items())
