"""A picture as a browser sends it."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(data: bytes = b"") -> SimpleUploadedFile:
    """A small picture, or other bytes under its name."""
    if not data:
        out = BytesIO()
        Image.new("RGB", (40, 30), "teal").save(out, "PNG")
        data = out.getvalue()
    return SimpleUploadedFile("picture.png", data, "image/png")
