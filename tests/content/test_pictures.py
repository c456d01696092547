"""Pictures: encoded anew, or refused in a sentence. No database."""

import zlib
from io import BytesIO

import pytest
from PIL import Image

from content.pictures import clean_picture
from members.errors import Refused


def picture(
    kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (30, 20), **how
) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind, **how)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_keeps_its_kind(kind: str, ending: str) -> None:
    clean = clean_picture(picture(kind))
    assert (clean.ending, clean.width, clean.height) == (ending, 30, 20)
    assert opened(clean.data).format == kind


def test_place_time_and_device_are_left_out() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Spy phone"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    clean = clean_picture(picture(exif=exif))
    assert (clean.width, clean.height) == (20, 30)
    assert dict(opened(clean.data).getexif()) == {}
    assert b"Spy" not in clean.data


def test_what_stands_behind_the_picture_is_left_out() -> None:
    clean = clean_picture(picture() + b"<script>alert(1)</script>")
    assert b"script" not in clean.data


def test_a_large_picture_is_made_smaller() -> None:
    clean = clean_picture(picture(size=(400, 100)), longest_side=200)
    assert (clean.width, clean.height) == (200, 50)


def test_a_kind_may_be_asked_for() -> None:
    clean = clean_picture(picture("PNG", "RGBA"), kind="JPEG")
    assert (clean.ending, opened(clean.data).mode) == ("jpg", "RGB")


def test_what_is_clear_stays_clear() -> None:
    assert opened(clean_picture(picture("PNG", "RGBA")).data).mode == "RGBA"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        picture()[:100],
        b"GIF89a\x01\x00\x01\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match=r"^This file is not a picture that we can read\.$"):
        clean_picture(data)


def test_too_many_pixels_are_refused_before_they_are_read() -> None:
    with pytest.raises(Refused, match=r"^This picture is too large\."):
        clean_picture(picture(size=(101, 100)), most_pixels=10_000)


def test_a_bomb_of_pixels_is_called_too_large() -> None:
    """One that says of itself that it is so large that it is not even opened."""
    png = picture("PNG")
    head = b"IHDR" + (50_000).to_bytes(4, "big") * 2 + png[24:29]
    with pytest.raises(Refused, match=r"^This picture is too large\."):
        clean_picture(png[:12] + head + zlib.crc32(head).to_bytes(4, "big") + png[33:])
