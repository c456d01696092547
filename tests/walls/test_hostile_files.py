"""Hostile files at every door that takes one: a sentence, nothing half-stored, nothing runs."""

import io
import os
import zipfile
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from content.models import WeftDocument, WeftImage
from courses.models import HandIn
from tests.factories import TASK, make_course, packs_of

pytestmark = pytest.mark.walk
MARK = b"<script>alert('planted')</script>"
PLACE = {1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)}


def encoded(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **how: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **how)
    return out.getvalue()


def with_place() -> bytes:
    """A photo that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "planted phone"
    exif.get_ifd(0x8825).update(PLACE)
    return encoded("JPEG", exif=exif, comment=b"planted words")


def chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG file."""
    end = zlib.crc32(name + data).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + name + data + end


def with_part(part: bytes) -> bytes:
    """A PNG with one part more."""
    png = encoded("PNG")
    return png[:33] + part + png[33:]


TEXT = chunk(b"tEXt", b"Comment\x00planted")
TEXT_BOMB = chunk(b"zTXt", b"c\x00\x00" + zlib.compress(b"planted " * 4_000_000))


def polyglot() -> bytes:
    """A picture that is a page and an archive as well."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as packed:
        packed.writestr("planted.html", MARK)
    return encoded("JPEG", comment=MARK) + MARK + box.getvalue()


REFUSED = {
    "50 megapixels": encoded("PNG", (10_000, 5_000), "1"),
    "a long thin one": encoded("PNG", (60_000, 500), "1"),
    "broken off": encoded("JPEG", (600, 400))[:700],
    "broken off early": encoded("PNG")[:40],
    "a head alone": b"\x89PNG\r\n\x1a\n",
    "a lying size": encoded("PNG").replace(
        b"\x00\x00\x00\x3c\x00\x00\x00\x28", b"\x7f\xff\xff\xff\x7f\xff\xff\xff"
    ),
    "a GIF that is script": b"GIF89a/*" + b"\x00" * 20 + b"*/=alert(1);",
    "an SVG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a page": b"<!doctype html>" + MARK,
    "an archive": b"PK\x03\x04" + b"\x00" * 60,
    "a TIFF": encoded("TIFF"),
    "an ICO": encoded("ICO"),
    "a bomb of words": with_part(TEXT_BOMB),
    "nothing": b"",
}
CLEANED = {"a place": with_place(), "words inside": with_part(TEXT), "a polyglot": polyglot()}


def corpus() -> list[Path]:
    """The hostile files of the corpus, where it is there."""
    folder = os.environ.get("WEFT_CORPUS")
    if not folder:
        return []
    found = (Path(folder) / "security").rglob("*")
    kinds = {".png", ".gif", ".svg", ".zip", ".xml"}
    return sorted(path for path in found if path.suffix in kinds)


@pytest.fixture
def doors(cast: SimpleNamespace) -> SimpleNamespace:
    """A learner before a task that asks for a photo, and an editor in the CMS."""
    course = make_course(cast.hub, "asking", (TASK.replace("ask=words", "ask=photo"),))
    task = packs_of(course)[0]
    learner, editor = Client(raise_request_exception=False), Client(raise_request_exception=False)
    learner.force_login(cast.learner)
    editor.force_login(cast.editor)
    block = next(iter(task.tasks))
    return SimpleNamespace(task=task, block=block, learner=learner, editor=editor, hub=cast.hub)


def send_photo(doors: SimpleNamespace, name: str, data: bytes) -> int:
    """Hand in a photo; gives the status."""
    form = {"block": doors.block, "photo": SimpleUploadedFile(name, data, "image/jpeg")}
    return doors.learner.post(f"/learn/lessons/{doors.task.uuid}/hand-in/", form).status_code


def send_to_cms(doors: SimpleNamespace, kind: str, name: str, data: bytes) -> int:
    """Send a file to the CMS; gives the status."""
    collection = doors.hub.collection.pk
    form = {"title": "x", "collection": collection, "file": SimpleUploadedFile(name, data)}
    return doors.editor.post(f"/cms/{kind}/add/", form).status_code


def stored() -> list[Path]:
    """Every file that the site keeps, but pictures of the tree."""
    folders = (Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT))
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "../../photo.php", "photo.svg"])
def test_hostile_pictures_are_refused_at_every_door(doors: SimpleNamespace, name: str) -> None:
    before = stored()
    for shape, data in REFUSED.items():
        assert send_photo(doors, name, data) == 422, shape
        assert send_to_cms(doors, "images", name, data) == 200, shape
    assert not HandIn.objects.exists()
    assert not WeftImage.objects.exists()
    assert stored() == before


@pytest.mark.parametrize("shape", CLEANED)
def test_what_is_hidden_in_a_picture_is_left_out(doors: SimpleNamespace, shape: str) -> None:
    kind = "png" if CLEANED[shape].startswith(b"\x89PNG") else "jpg"
    assert send_photo(doors, f"a.{kind}", CLEANED[shape]) == 303
    assert send_to_cms(doors, "images", f"a.{kind}", CLEANED[shape]) == 302
    kept = [HandIn.objects.get().photo, WeftImage.objects.get().file]
    for file in kept:
        with file.open("rb") as opened:
            data = opened.read()
        assert b"planted" not in data
        assert dict(Image.open(io.BytesIO(data)).getexif()) == {}
        assert len(data) < 5_000


def test_a_photo_leaves_as_a_picture_only(doors: SimpleNamespace) -> None:
    send_photo(doors, "a.html", CLEANED["a polyglot"])
    answer = doors.learner.get(f"/learn/photos/{HandIn.objects.get().pk}/")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "object-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_a_page_kept_as_a_file_never_runs_on_the_site(doors: SimpleNamespace) -> None:
    """An editor may keep HTML for a lesson: it is taken home, not shown."""
    assert send_to_cms(doors, "documents", "page.html", b"<!doctype html>" + MARK) == 302
    document = WeftDocument.objects.get()
    answer = doors.editor.get(document.url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Client().get(document.url).status_code == 404
    assert Client().get(f"/media/{document.file.name}").status_code == 404


@pytest.mark.parametrize("path", corpus(), ids=lambda path: path.name)
def test_files_of_the_corpus_are_refused_or_taken_home(doors: SimpleNamespace, path: Path) -> None:
    """No picture of the corpus is kept; archives may be, and nothing unpacks them."""
    data, before = path.read_bytes(), stored()
    assert send_photo(doors, path.name, data) == 422
    assert send_to_cms(doors, "images", path.name, data) == 200
    assert not HandIn.objects.exists() and not WeftImage.objects.exists()
    assert stored() == before
    status = send_to_cms(doors, "documents", path.name, data)
    assert status == (302 if path.suffix == ".zip" else 200)
    for document in WeftDocument.objects.all():
        answer = doors.editor.get(document.url)
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"".join(answer) == data
    assert len(stored()) - len(before) == WeftDocument.objects.count()
