"""Uploads in the CMS: judged by what is in them, refused in a sentence."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from content.models import WeftDocument, WeftImage
from tests.content.tree import Tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def cms(client: Client, tree: Tree) -> Client:
    client.force_login(tree.editor)
    return client


def picture() -> bytes:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Spy phone"
    Image.new("RGB", (60, 40)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def send(cms: Client, tree: Tree, kind: str, name: str, data: bytes) -> str:
    """Send a file as the form of the CMS does; gives the page that comes back."""
    form = {
        "title": "Sent",
        "file": SimpleUploadedFile(name, data),
        "collection": tree.hub.collection.pk,
    }
    return cms.post(f"/cms/{kind}/add/", form, follow=True).content.decode()


def test_a_picture_is_kept_without_what_one_does_not_see(cms: Client, tree: Tree) -> None:
    send(cms, tree, "images", "door.jpg", picture())
    image = WeftImage.objects.get()
    assert (image.width, image.height, image.collection) == (60, 40, tree.hub.collection)
    assert b"Spy" not in image.file.open().read()


def test_a_picture_keeps_its_file_when_only_its_title_changes(cms: Client, tree: Tree) -> None:
    send(cms, tree, "images", "door.jpg", picture())
    image = WeftImage.objects.get()
    form = {"title": "Door", "collection": tree.hub.collection.pk}
    cms.post(f"/cms/images/{image.pk}/", form)
    after = WeftImage.objects.get()
    assert (after.title, after.file.name) == ("Door", image.file.name)


def test_no_picture_is_refused(cms: Client, tree: Tree) -> None:
    html = send(cms, tree, "images", "door.jpg", b"<script>alert(1)</script>")
    assert not WeftImage.objects.exists()
    assert "Not a valid .jpeg image." in html


def test_a_picture_that_breaks_off_is_refused(cms: Client, tree: Tree) -> None:
    html = send(cms, tree, "images", "door.jpg", picture()[:400])
    assert "This file is not a picture that we can read." in html
    assert not WeftImage.objects.exists()


def test_a_file_is_kept(cms: Client, tree: Tree) -> None:
    send(cms, tree, "documents", "list.pdf", b"%PDF-1.7 list")
    document = WeftDocument.objects.get()
    assert document.file.open().read() == b"%PDF-1.7 list"
    form = {"title": "List", "collection": tree.hub.collection.pk}
    cms.post(f"/cms/documents/edit/{document.pk}/", form)
    after = WeftDocument.objects.get()
    assert (after.title, after.file.name) == ("List", document.file.name)


def test_a_file_that_is_not_what_its_name_says_is_refused(cms: Client, tree: Tree) -> None:
    html = send(cms, tree, "documents", "list.pdf", b"MZ not a pdf")
    assert "This file is not what its name says. Save it anew." in html
    assert not WeftDocument.objects.exists()
