"""Hostile files at the doors of partners: a sentence on the same page, what was typed is kept, no
row and no file is left; and no table that goes out is one that a spreadsheet runs."""

import csv
import io
import logging
import zlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Collection, Revision

from content.models import WeftImage, WeftRendition
from partners import actions
from partners.models import Offer, OfferUpload, UploadRow
from partners.sheet import COLUMNS
from tests.partners.desk_cast import at, client_of, site_of, text_of, written
from tests.partners.offers_cast import key, text

from .naughty import OWN
from .test_hostile_files import CLEANED, REFUSED, encoded, stored
from .test_hostile_markup import FORMULAS

pytestmark = pytest.mark.walk
UNREADABLE = "This file is not a picture that we can read."
TOO_LARGE = "This picture is too large. Make it smaller, then send it again."
EMPTY = "This file is empty."


def bomb() -> bytes:
    """A few bytes that say that they are 2,500 million pixels."""
    png = encoded("PNG")
    head = b"IHDR" + (50_000).to_bytes(4, "big") * 2 + png[24:29]
    return png[:12] + head + zlib.crc32(head).to_bytes(4, "big") + png[33:]


PICTURES = {
    **{name: (data, UNREADABLE) for name, data in REFUSED.items()},
    "50 megapixels": (REFUSED["50 megapixels"], TOO_LARGE),
    "a long thin one": (REFUSED["a long thin one"], TOO_LARGE),
    "a bomb of pixels": (bomb(), TOO_LARGE),
    "13 megabytes": (encoded("PNG") + b"\x00" * 13_000_000, TOO_LARGE),
    "nothing": (b"", EMPTY),
}
ALT = "A torch <b>and</b> a plate"


@pytest.fixture
def site(db: None) -> Iterator[SimpleNamespace]:
    """A partner with a draft."""
    logging.disable(logging.ERROR)
    Collection.add_root(name="Root")
    found = site_of()
    written(found)
    yield found
    logging.disable(logging.NOTSET)


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    client = client_of(site.ed)
    client.raise_request_exception = False
    return client


def kept() -> tuple[Any, ...]:
    """All that a picture could leave behind."""
    return (
        stored(),
        [model.objects.count() for model in (WeftImage, WeftRendition, Revision, Collection)],
        text(Offer.objects.get()),
    )


def send_picture(client: Client, site: SimpleNamespace, **form: Any) -> Any:
    return client.post(at(site, "offer_picture", key(1)), form)


@pytest.mark.parametrize("shape", PICTURES)
@pytest.mark.parametrize("name", ["photo.png", "../../photo.php"])
def test_a_picture_that_is_none_leaves_nothing(
    client: Client, site: SimpleNamespace, shape: str, name: str
) -> None:
    data, sentence = PICTURES[shape]
    before = kept()
    file = SimpleUploadedFile(name, data, "image/png")
    response = send_picture(client, site, image_alt=ALT, file=file)
    page = text_of(response)
    assert (response.status_code, page.count(sentence)) == (422, 2)
    assert 'value="A torch &lt;b&gt;and&lt;/b&gt; a plate"' in page
    assert kept() == before


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose a picture."),
        ({}, "Say what the picture shows."),
        ({"image_alt": ALT, "file": "a word"}, "Choose a picture."),
        ({"image_alt": "x" * 200_000}, "This is too long. Please keep it under 200 letters."),
        ({"image_alt": " " * 300}, "Say what the picture shows."),
    ],
    ids=["nothing", "no words", "a word", "too long", "spaces"],
)
def test_a_picture_with_a_part_missing(
    client: Client, site: SimpleNamespace, form: dict[str, str], sentence: str
) -> None:
    before = kept()
    good = (
        {} if "file" in form or not form else {"file": SimpleUploadedFile("a.png", encoded("PNG"))}
    )
    response = send_picture(client, site, **{**good, **form})
    assert (response.status_code, text_of(response).count(sentence)) == (422, 2)
    assert kept() == before


@pytest.mark.parametrize("words", OWN, ids=range(len(OWN)))
def test_naughty_words_for_a_picture(client: Client, site: SimpleNamespace, words: str) -> None:
    file = SimpleUploadedFile("a.png", encoded("PNG"))
    before = kept()
    response = send_picture(client, site, image_alt=words, file=file)
    assert response.status_code in (303, 422)
    if response.status_code == 422:
        assert kept() == before
    else:
        assert text(Offer.objects.get())["image_alt"] == words.strip()
        assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("shape", CLEANED)
def test_what_is_hidden_in_a_picture_is_left_out(
    client: Client, site: SimpleNamespace, shape: str
) -> None:
    file = SimpleUploadedFile("a.jpg", CLEANED[shape])
    assert send_picture(client, site, image_alt=ALT, file=file).status_code == 303
    with WeftImage.objects.get().file.open("rb") as opened:
        assert b"planted" not in opened.read()


def test_a_picture_while_the_disk_is_full(
    client: Client, site: SimpleNamespace, full_disk: None
) -> None:
    before = kept()
    file = SimpleUploadedFile("a.png", encoded("PNG"))
    response = send_picture(client, site, image_alt=ALT, file=file)
    words = "We cannot keep your picture just now. Please send it again later."
    assert (response.status_code, text_of(response).count(words)) == (422, 2)
    assert kept() == before


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose a file."),
        ({"file": "a word"}, "Choose a file."),
        ({"file": SimpleUploadedFile("a.csv", b"")}, EMPTY),
    ],
    ids=["nothing", "a word", "empty"],
)
def test_a_table_that_is_none_leaves_nothing(
    client: Client, site: SimpleNamespace, form: dict[str, Any], sentence: str
) -> None:
    response = client.post(at(site, "partner_table"), form)
    assert (response.status_code, text_of(response).count(sentence)) == (422, 2)
    assert not OfferUpload.objects.exists() and not UploadRow.objects.exists()


def test_a_table_full_of_naughty_strings(client: Client, site: SimpleNamespace) -> None:
    """Each cell is taken as words, or has a sentence in its row; no offer is made of a row that is
    not right."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number, words in enumerate(OWN):
        writer.writerow([f"R{number}", *[words] * (len(COLUMNS) - 1)])
    file = SimpleUploadedFile("../../=1+1.csv", out.getvalue().encode())
    response = client.post(at(site, "partner_table"), {"file": file, "key": str(key(80))})
    assert response.status_code == 303
    upload = actions.check_upload(upload=OfferUpload.objects.get())
    assert (upload.total, upload.wrong) == (len(OWN), len(OWN))
    assert client.get(response["Location"]).status_code == 200
    assert Offer.objects.count() == 1
    back = client.get(at(site, "partner_upload_file", key(80))).content.decode("utf-8-sig")
    assert risky(back) == []


def risky(table: str) -> list[str]:
    """The cells of a table that a spreadsheet would run."""
    cells = [one for row in csv.reader(io.StringIO(table, newline="")) for one in row]
    return [one for one in cells if one.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_table_is_a_formula(
    client: Client, site: SimpleNamespace, formula: str
) -> None:
    """Neither of the offers that go out, nor of a table that comes back with its errors."""
    offer = Offer.objects.get()
    names = ("title", "learns", "for_whom", "place", "contact", "device", "skills", "reference")
    values: dict[str, Any] = dict.fromkeys(names, formula)
    dates = [{"on": "2030-01-01", "until_on": None, "place": formula}]
    actions.save_offer(member=site.ed, offer=offer, values=values, dates=dates)
    sent = client.get(at(site, "partner_table_file")).content.decode("utf-8-sig")
    assert formula.strip() in sent
    assert risky(sent) == []
    table = f'reference,title,device\nR1,"{formula}","{formula}"\n'.encode()
    facts = {"member": site.ed, "partner": site.partner, "key": key(81), "name": formula}
    upload = actions.start_upload(data=table, **facts)
    actions.check_upload(upload=upload)
    back = client.get(at(site, "partner_upload_file", upload.key)).content.decode("utf-8-sig")
    assert formula.strip() in back
    assert risky(back) == []
