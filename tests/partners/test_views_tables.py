"""Many offers at once: the table out, the table in, its errors, sending it, what it lacks."""

import csv
import io
import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import gettext, override

from members.models import Member
from partners import actions
from partners.models import Offer, OfferReview, OfferUpload, Partner, UploadRow
from partners.sheet import COLUMNS
from partners.tasks import check_upload
from tests.partners.desk_cast import at, client_of, cost_of, in_days, live, site_of, text_of
from tests.partners.offers_cast import key

ROW = {
    "title": "Welding",
    "learns": "To weld.",
    "for_whom": "All",
    "kind": "course",
    "mode": "online",
    "is_any_time": "yes",
    "cost": "free",
    "apply_by": "form",
    "contact": "Jo",
}
MARK = "﻿"


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.ed)


def row(reference: str, **cells: str) -> dict[str, str]:
    return {"reference": reference, **ROW, **cells}


def table(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def form(data: bytes, number: int = 50, **more: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("spring.csv", data, content_type="text/csv")
    return {"file": file, "key": str(key(number)), **more}


def sent(site: SimpleNamespace, *rows: dict[str, str], number: int = 50, **more: Any) -> str:
    """A table that came in and is checked; gives its page."""
    where = at(site, "partner_table")
    response = client_of(site.ed).post(where, form(table(*rows), number, **more))
    assert response.status_code == 303
    check_upload({"upload": OfferUpload.objects.get(key=key(number)).pk})
    return response["Location"]


def written(site: SimpleNamespace, number: int = 50) -> OfferUpload:
    """The table, written by a worker."""
    return actions.write_upload(upload=OfferUpload.objects.get(key=key(number)))


def test_partner_table_out_and_in(client: Client, site: SimpleNamespace) -> None:
    live(site, reference="A1", title="=cmd()")
    Partner.objects.exclude(pk=site.partner.pk).update(name="SECRET partner")
    response = client.get(at(site, "partner_table_file"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="harbour-college')
    text = response.content.decode()
    assert text.startswith(f"{MARK}{','.join(COLUMNS)}\r\n")
    assert "'=cmd()" in text
    sent_back = client.post(at(site, "partner_table"), form(text.encode(), is_full="on"))
    upload = OfferUpload.objects.get()
    assert sent_back["Location"] == at(site, "partner_upload", upload.key)
    assert (upload.name, upload.is_full, upload.total) == ("spring.csv", True, 1)
    assert upload.made_by == site.ed
    assert "spring.csv" in text_of(client.get(at(site, "partner_table")))


def test_the_list_says_which_table_has_wrong_rows(client: Client, site: SimpleNamespace) -> None:
    sent(site, row("A1"))
    sent(site, row("A1", title=""), row("A2", kind="x"), row("A3"), number=51)
    page = text_of(client.get(at(site, "partner_table")))
    assert page.count("Checked</span>") == 2
    assert page.count("not right") == page.count("2 rows are not right</span>") == 1
    actions.drop_upload(member=site.ed, upload=OfferUpload.objects.get(key=key(51)))
    assert "not right" not in text_of(client.get(at(site, "partner_table")))


def test_partner_table_twice_is_one(client: Client, site: SimpleNamespace) -> None:
    first = client.post(at(site, "partner_table"), form(table(row("A1"))))
    second = client.post(at(site, "partner_table"), form(table(row("A1"))))
    assert first["Location"] == second["Location"]
    assert (OfferUpload.objects.count(), UploadRow.objects.count()) == (1, 1)


HOSTILE = {
    "nothing": (b"", "This file is empty."),
    "spaces": (b" \n \n", "This file is empty."),
    "zeros": (b"\x00" * 500, "This file is empty."),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "We do not know the column"),
    "quotes": (b'reference,title\n"A1,x', "This file is no table that we can read."),
    "long-cell": (b"reference,title\nA1," + b"x" * 5_000_000, "This file is no table"),
    "ten-megabytes": (b"reference,title\nA1," + b"x" * 10_000_000, "This file is too large."),
    "columns": (b"reference,password\nA1,x", "We do not know the column “password”."),
    "twice": (b"reference,title,title\nA1,x,y", "A column is there twice."),
    "no-key": (b"title,learns\nA,B", "The column “reference” is missing"),
    "rows": (b"reference\n" + b"A\n" * 10_001, "These are too many rows."),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_partner_table_that_is_none(client: Client, site: SimpleNamespace, name: str) -> None:
    data, words = HOSTILE[name]
    response = client.post(at(site, "partner_table"), form(data))
    assert response.status_code == 422
    assert text_of(response).count(words) == 2
    assert not OfferUpload.objects.exists()


def test_partner_table_without_a_file(client: Client, site: SimpleNamespace) -> None:
    response = client.post(at(site, "partner_table"), {"is_full": "on", "key": "none"})
    page = text_of(response)
    assert (response.status_code, page.count("Choose a file.")) == (422, 2)
    assert "checked" in page


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "cp1252"])
def test_cells_of_any_program(site: SimpleNamespace, code: str) -> None:
    data = table(row("A1", title="Café \x00del mar", contact="=1+1")).decode().encode(code)
    client = client_of(site.ed)
    client.post(at(site, "partner_table"), form(data))
    check_upload({"upload": OfferUpload.objects.get().pk})
    cells = UploadRow.objects.get().cells
    assert (cells["title"], cells["contact"]) == ("Café del mar", "=1+1")
    file = client.get(at(site, "partner_upload_file", key(50))).content.decode()
    assert "'=1+1" in file


def test_partner_upload_shows_what_is_wrong(client: Client, site: SimpleNamespace) -> None:
    rows = (row("A2", title=""), row("A1", seats="x"), row("A3", kind="circus"))
    page_url = sent(site, row("A1"), *rows)
    page = text_of(client.get(page_url))
    assert "Some rows are not right yet" in page
    assert "3 rows of 4 are not right. Nothing is written." in page
    assert "<b>Row 3</b>" in page
    assert "<code>title</code>: This is missing." in page
    assert "<code>seats</code>: Write a whole number." in page
    kinds = "course, workshop, placement, apprenticeship, scholarship, open_day"
    assert f"<code>kind</code>: Write one of these: {kinds}." in page
    assert "data-again" not in page
    assert "Send these offers to the hub" not in page
    assert not Offer.objects.exists()


def test_partner_upload_file(client: Client, site: SimpleNamespace) -> None:
    page_url = sent(site, row("A1"), row("A2", title=""), row("A1", seats="x"))
    response = client.get(at(site, "partner_upload_file", key(50)))
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode().removeprefix(MARK))))
    assert [bool(one["ERRORS"]) for one in rows] == [False, True, True]
    assert list(rows[0]) == ["reference", *ROW, "seats", "ERRORS"]
    client.post(at(site, "partner_upload_send", key(50)))
    assert "Some rows are not right yet. Mend them" in text_of(client.get(page_url))
    assert not Offer.objects.exists()


def test_errors_in_the_language_of_who_sent_it(site: SimpleNamespace) -> None:
    Member.objects.filter(pk=site.ed.pk).update(language="es")
    sent(site, row("A1", title=""))
    with override("es"):
        in_spanish = gettext("This is missing.")
    assert UploadRow.objects.get().errors == {"title": in_spanish}


def test_partner_upload_while_it_runs(client: Client, site: SimpleNamespace) -> None:
    client.post(at(site, "partner_table"), form(table(row("A1"), row("A2"))))
    OfferUpload.objects.update(done=1)
    page_url = at(site, "partner_upload", key(50))
    page = text_of(client.get(page_url))
    assert "We check your table" in page
    assert "1 of 2 rows" in page
    assert f'data-again="{page_url}"' in page
    assert f'href="{page_url}">See how far it is now' in page


def test_partner_upload_send(client: Client, site: SimpleNamespace) -> None:
    page_url = sent(site, row("A1"), row("A2"))
    page = text_of(client.get(page_url))
    assert "2 rows are right. Harbour Hub reads what is new or changed" in page
    assert not Offer.objects.exists()
    for _twice in range(2):
        response = client.post(at(site, "partner_upload_send", key(50)))
        assert (response.status_code, response["Location"]) == (303, page_url)
    assert "We send your offers to the hub" in text_of(client.get(page_url))
    written(site)
    assert "2 offers are written as the table says." in text_of(client.get(page_url))
    assert list(Offer.objects.order_by("reference").values_list("reference", "live")) == [
        ("A1", False),
        ("A2", False),
    ]
    assert OfferReview.objects.waiting().count() == 2


def test_partner_upload_of_what_is_there_already(client: Client, site: SimpleNamespace) -> None:
    """Nothing to send, so there is no button to send it; a full table can still end offers."""
    live(site, 1, reference="A1")
    live(site, 2, reference="A2")
    page = text_of(client.get(sent(site, {"reference": "A1", "title": "Welding for beginners"})))
    assert "Your table changes nothing" in page
    assert "1 row says what its offer says already. That offer stays as it is." in page
    assert ("to the hub</button>" in page, "your table lacks" in page) == (False, False)
    rows = ({"reference": "A1", "seats": ""}, {"reference": "A2", "seats": "9"})
    page = text_of(client.get(sent(site, *rows, number=51)))
    assert "Every row is right" in page
    assert "1 row is right. Harbour Hub reads what is new or changed" in page
    assert "1 row says what its offer says already." in page
    assert "Send these offers to the hub</button>" in page
    page_url = sent(site, rows[0], number=52, is_full="on")
    assert "See which offers your table lacks</button>" in text_of(client.get(page_url))
    client.post(at(site, "partner_upload_send", key(52)))
    written(site, 52)
    page = text_of(client.get(page_url))
    assert "0 offers are written as the table says. 1 offer was like that already." in page
    assert "Not in your table any more" in page


def test_partner_upload_drop(client: Client, site: SimpleNamespace) -> None:
    page_url = sent(site, row("A1"))
    response = client.post(at(site, "partner_upload_drop", key(50)))
    assert response["Location"] == at(site, "partner_table")
    assert "The table is gone." in text_of(client.get(at(site, "partner_table")))
    assert "This table is gone" in text_of(client.get(page_url))
    assert "spring.csv" not in text_of(client.get(at(site, "partner_table")))


def test_partner_upload_end(client: Client, site: SimpleNamespace) -> None:
    gone, kept = live(site, 1, reference="A1", title="Gone"), live(site, 2, reference="A2")
    other = live(site, 3, title="Without a reference")
    page_url = sent(site, {"reference": "A2", "seats": "9"}, is_full="on")
    client.post(at(site, "partner_upload_send", key(50)))
    written(site)
    page = text_of(client.get(page_url))
    assert "Not in your table any more" in page
    assert f'value="{gone.pk}" checked' in page
    assert f'value="{kept.pk}"' not in page
    wrong = {"offers": [kept.pk, "x", "9" * 40]}
    assert client.post(at(site, "partner_upload_end", key(50)), wrong)["Location"] == page_url
    assert Offer.objects.filter(live=True).count() == 3
    client.post(at(site, "partner_upload_end", key(50)), {"offers": [gone.pk]})
    page = text_of(client.get(page_url))
    assert "1 offer has ended." in page
    assert (f'value="{gone.pk}"' in page, f'value="{other.pk}" checked' in page) == (False, True)
    assert list(Offer.objects.filter(live=True).order_by("pk")) == [kept, other]


def test_partner_upload_says_how_many_more_it_lacks(
    client: Client, site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partners.queries.uploads.MOST_LACKING", 1)
    offers = [live(site, number, reference=f"A{number}") for number in (1, 2)]
    page_url = sent(site, row("B1"), is_full="on")
    client.post(at(site, "partner_upload_send", key(50)))
    written(site)
    page = text_of(client.get(page_url))
    assert "You see 1 of 2. The others come when these have ended." in page
    client.post(at(site, "partner_upload_end", key(50)), {"offers": [offers[1].pk]})
    assert Offer.objects.filter(live=True).count() == 2
    client.post(at(site, "partner_upload_end", key(50)), {"offers": [offers[0].pk]})
    assert list(Offer.objects.filter(live=True)) == [offers[1]]
    page = text_of(client.get(page_url))
    assert ("You see" in page, f'value="{offers[1].pk}" checked' in page) == (False, True)


@pytest.mark.parametrize("name", ["vic", "otto", "outsider", "reviewer"])
def test_tables_are_for_who_writes(site: SimpleNamespace, name: str) -> None:
    sent(site, row("A1"))
    client, this = client_of(getattr(site, name)), key(50)
    for address in (at(site, "partner_table"), at(site, "partner_table_file")):
        assert client.get(address).status_code == 404
    for page in ("partner_upload", "partner_upload_file"):
        assert client.get(at(site, page, this)).status_code == 404
    for deed in ("partner_upload_send", "partner_upload_drop", "partner_upload_end"):
        assert client.post(at(site, deed, this)).status_code == 404
    assert OfferUpload.objects.get().state == "checked"


def test_a_table_of_another_partner_is_not_there(site: SimpleNamespace) -> None:
    sent(site, row("A1"))
    client, theirs = client_of(site.otto), site.other_partner.slug
    for page in ("partner_upload", "partner_upload_file"):
        address = at(site, page, key(50)).replace(site.partner.slug, theirs)
        assert client.get(address).status_code == 404
    assert client.get(at(site, "partner_upload", uuid.UUID(int=9))).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_partner_table_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    for number in range(count):
        page_url = sent(
            site, *[row(f"A{one}", title="") for one in range(count)], number=60 + number
        )
    client.get(page_url)
    assert cost_of(lambda: client.get(at(site, "partner_table"))) == 5
    assert cost_of(lambda: client.get(page_url)) == 8


@pytest.mark.parametrize("count", [1, 3])
def test_partner_table_file_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    for number in range(count):
        live(site, number + 1, reference=f"A{number}", deadline_on=in_days(20))
    assert cost_of(lambda: client.get(at(site, "partner_table_file"))) == 11
