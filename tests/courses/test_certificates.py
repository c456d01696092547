"""The check page of a certificate, the PDF, the name on it: for strangers and for the holder."""

import io
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from courses.actions import enrol, issue_certificate, rename_certificate, withdraw_certificate
from courses.actions.certificate_files import forget_certificate_files, print_certificate
from courses.models import Certificate, CertificateReissue, Enrolment
from courses.queries.certificates import certificate_by_code, clean_code, shown_code
from members.actions import erase_member
from members.errors import Refused
from tests.courses.test_actions_learning import finish

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(cast: SimpleNamespace) -> SimpleNamespace:
    """The learner's certificate."""
    finish(cast.learner, cast.course)
    cast.certificate = Certificate.objects.get(member=cast.learner)
    cast.page = f"/certificates/{cast.certificate.code}/"
    cast.name = f"{cast.page}name/"
    cast.pdf = f"{cast.page}pdf/"
    return cast


def without_tokens(html: str) -> str:
    """A page without its tokens, which differ at each visit."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)


def kept_files(code: str) -> list[str]:
    """The files kept for a certificate."""
    folder = f"certificates/{code}"
    kept = storages["private"]
    return sorted(kept.listdir(folder)[1]) if kept.exists(folder) else []


def test_certificate_says_what_it_says(client: Client, held: SimpleNamespace) -> None:
    response = client.get(held.page)
    html = response.content.decode()
    assert response.status_code == 200
    facts = (
        "This certificate is valid.",
        "Learner",
        "Basics",
        "Harbour Hub, Harbour Town",
        "1.5 hours",
        "Do a thing",
        shown_code(held.certificate.code),
        f"http://testserver{held.page}",
        "<dt>Version of the course</dt><dd>1</dd>",
    )
    for fact in facts:
        assert fact in html, fact
    assert "<svg" in html.split('class="qr"')[1][:80]


def test_certificate_is_neither_kept_nor_listed(client: Client, held: SimpleNamespace) -> None:
    for address in (held.page, "/certificates/NOTHING/"):
        response = client.get(address)
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not client.cookies


def test_one_statement_for_strangers(
    client: Client, held: SimpleNamespace, django_assert_num_queries: Callable
) -> None:
    """A page that is not there costs two more: Wagtail looks for a redirect."""
    client.get("/courses/")
    with django_assert_num_queries(1):
        assert client.get(held.page).status_code == 200
    with django_assert_num_queries(1 + 2):
        assert client.get("/certificates/ABCDABCDABCDABCD/").status_code == 404
    with django_assert_num_queries(0 + 2):
        assert client.get(f"/certificates/{'A' * 200}/").status_code == 404
    assert client.get("/certificates/Ü/").status_code == 404


def test_the_code_may_be_typed_in_many_ways(client: Client, held: SimpleNamespace) -> None:
    code = held.certificate.code
    for typed in (code.lower(), shown_code(code), "-".join(shown_code(code).split()), f" {code} "):
        response = client.get(reverse("courses:certificate", args=[typed]))
        assert (response.status_code, b"is valid" in response.content) == (200, True), typed
    assert certificate_by_code(f"{code}\x00") == held.certificate
    assert clean_code("abcd–efgh ２３45") == "ABCDEFGH2345"


def test_unknown_and_never_there_are_the_same_page(client: Client, held: SimpleNamespace) -> None:
    near = held.certificate.code[:-1] + ("A" if held.certificate.code[-1] != "A" else "B")
    pages = []
    for code in (near, "ABCDABCDABCDABCD", "QQQQ"):
        response = client.get(reverse("courses:certificate", args=[code]))
        assert response.status_code == 404
        path = reverse("courses:certificate", args=[code])
        pages.append(response.content.decode().replace(path, "PATH").replace(code, "CODE"))
    assert len(set(pages)) == 1
    assert "We do not know this code" in pages[0]
    assert "Compare it with the paper" in pages[0]
    assert 'value="CODE"' in pages[0]


def test_typed_markup_is_shown_as_text(client: Client, db: None) -> None:
    html = client.get(reverse("courses:certificate", args=["<b>x"])).content.decode()
    assert "<b>x" not in html
    assert "&lt;b&gt;x" in html


def test_certificate_check_leads_to_the_page(client: Client, held: SimpleNamespace) -> None:
    assert b"Check a certificate" in client.get("/certificates/").content
    typed = shown_code(held.certificate.code).lower()
    assert client.get("/certificates/", {"code": typed})["Location"] == held.page
    assert client.get("/certificates/", {"code": " !\x00"}).status_code == 200


def test_many_unknown_codes_must_wait(client: Client, held: SimpleNamespace) -> None:
    for number in range(30):
        assert client.get(f"/certificates/WRONG{number}/").status_code == 404
    response = client.get("/certificates/WRONG/")
    assert (response.status_code, response["Retry-After"]) == (429, "600")
    assert "no-store" in response["Cache-Control"]
    assert client.get(held.page).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.get(held.page).status_code == 200


def test_known_codes_are_never_counted(client: Client, held: SimpleNamespace) -> None:
    assert {client.get(held.page).status_code for _visit in range(35)} == {200}


def test_withdrawn_shows_the_reason_and_has_no_pdf(
    client: Client, signed_in: Callable, held: SimpleNamespace
) -> None:
    withdraw_certificate(
        member=held.coordinator, certificate=held.certificate, reason="Given by <mistake>."
    )
    html = client.get(held.page).content.decode()
    assert "It no longer counts." in html
    assert "Given by &lt;mistake&gt;." in html
    assert "This certificate is valid." not in html
    holder = signed_in(held.learner)
    own = holder.get(held.page).content.decode()
    assert "Print the certificate" not in own
    assert held.name not in own
    response = holder.get(held.pdf)
    assert (response.status_code, response["Location"]) == (302, held.page)
    assert holder.post(held.name, {"name": "Another"}).status_code == 422


TOOLS = ("Print the certificate", "Open it as a PDF", "Share the link", "Correct the name")


def test_only_the_holder_has_the_tools(
    client: Client, signed_in: Callable, held: SimpleNamespace
) -> None:
    own = signed_in(held.learner).get(held.page).content.decode()
    assert [tool for tool in TOOLS if tool in own] == list(TOOLS)
    assert f'data-share="http://testserver{held.page}"' in own
    others = (held.neighbour, held.coordinator, held.other_coordinator, held.admin)
    for browser in (client, *map(signed_in, others)):
        html = browser.get(held.page).content.decode()
        assert [tool for tool in TOOLS if tool in html] == []


def test_certificate_pdf_is_for_the_holder_and_a_foreign_one_is_a_missing_one(
    client: Client, signed_in: Callable, held: SimpleNamespace
) -> None:
    response = signed_in(held.learner).get(held.pdf)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == 'inline; filename="certificate-basics.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"%PDF-")
    foreign = signed_in(held.neighbour)
    paths = (held.pdf, "/certificates/ABCDABCDABCDABCD/pdf/")
    pages = [foreign.get(path) for path in paths]
    assert [page.status_code for page in pages] == [404, 404]
    bodies = [
        page.content.decode().replace(path, "") for page, path in zip(pages, paths, strict=True)
    ]
    assert without_tokens(bodies[0]) == without_tokens(bodies[1])
    assert client.get(held.pdf).status_code == 302


def test_pdf_is_made_once_for_each_name(signed_in: Callable, held: SimpleNamespace) -> None:
    holder, code = signed_in(held.learner), held.certificate.code
    first = holder.get(held.pdf).content
    (name,) = kept_files(code)
    storages["private"].delete(f"certificates/{code}/{name}")
    storages["private"].save(f"certificates/{code}/{name}", io.BytesIO(b"%PDF-kept"))
    assert holder.get(held.pdf).content == b"%PDF-kept"
    holder.post(held.name, {"name": "Lea Rner"})
    second = holder.get(held.pdf).content
    assert second not in (first, b"%PDF-kept")
    assert len(kept_files(code)) == 1
    assert kept_files(code) != [name]


def test_certificate_rename(signed_in: Callable, held: SimpleNamespace) -> None:
    holder = signed_in(held.learner)
    response = holder.post(held.name, {"name": "  Léa\x00   Rner-O'Neil "})
    assert (response.status_code, response["Location"]) == (303, held.page)
    held.certificate.refresh_from_db()
    assert held.certificate.name == "Léa Rner-O'Neil"
    assert "The name is changed." in holder.get(held.page).content.decode()
    assert "The name is changed." not in holder.get(held.page).content.decode()
    holder.post(held.name, {"name": "Léa Rner-O'Neil"})
    assert CertificateReissue.objects.count() == 1


def test_a_refused_name_keeps_what_was_typed(signed_in: Callable, held: SimpleNamespace) -> None:
    holder = signed_in(held.learner)
    for typed in ("", "x" * 121):
        response = holder.post(held.name, {"name": typed})
        html = response.content.decode()
        assert response.status_code == 422
        assert "Write your name, with at most 120 letters." in html
        assert f'value="{typed}"' in html
        assert f'name="next" value="{held.page}"' in html
    held.certificate.refresh_from_db()
    assert held.certificate.name == "Learner"


def test_nobody_else_renames(client: Client, signed_in: Callable, held: SimpleNamespace) -> None:
    assert (
        client.post(held.name, {"name": "Mine"}, headers={"origin": "http://testserver"})[
            "Location"
        ]
        == f"/accounts/login/?next={held.page}"
    )
    for member in (held.neighbour, held.coordinator, held.admin):
        assert signed_in(member).post(held.name, {"name": "Mine"}).status_code == 404
    assert signed_in(held.learner).get(held.name)["Location"] == held.page
    nothing = Client().post("/certificates/---/name/", headers={"origin": "http://testserver"})
    assert nothing["Location"] == "/accounts/login/?next=/certificates/"
    held.certificate.refresh_from_db()
    assert held.certificate.name == "Learner"


def test_actions_refuse_strangers(held: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="not your certificate"):
        print_certificate(member=held.neighbour, certificate=held.certificate)
    assert kept_files(held.certificate.code) == []


def test_erasing_leaves_the_code_and_no_file(
    client: Client, held: SimpleNamespace, commit: Callable
) -> None:
    print_certificate(member=held.learner, certificate=held.certificate)
    assert len(kept_files(held.certificate.code)) == 1
    with commit():
        erase_member(member=held.learner)
    assert kept_files(held.certificate.code) == []
    forget_certificate_files(code=held.certificate.code)
    html = client.get(held.page).content.decode()
    assert "This certificate is valid." in html
    assert "The person has closed their account" in html


def test_in_spanish_and_the_address_on_paper_has_no_language(
    client: Client, held: SimpleNamespace
) -> None:
    response = client.get(f"/es{held.page}")
    assert response.status_code == 200
    html = response.content.decode()
    assert '<html lang="es"' in html
    assert f"http://testserver{held.page}" in html
    assert f"http://testserver/es{held.page}" not in html
    assert f'hreflang="en" href="{held.page}"' in html


def test_issue_twice_is_one_certificate_and_one_notice(held: SimpleNamespace) -> None:
    enrolment = Enrolment.objects.get(member=held.learner, course=held.course)
    assert issue_certificate(enrolment=enrolment) == held.certificate
    assert Certificate.objects.count() == 1
    assert held.learner.notices.filter(kind="certificate").count() == 1


def test_an_unfinished_course_has_no_certificate(cast: SimpleNamespace) -> None:
    enrolment = enrol(member=cast.learner, course=cast.course)
    with pytest.raises(Refused, match=r"^This course is not finished yet\.$"):
        issue_certificate(enrolment=enrolment)
    assert not Certificate.objects.exists()


def test_a_withdrawn_certificate_keeps_its_name(held: SimpleNamespace) -> None:
    withdraw_certificate(member=held.coordinator, certificate=held.certificate, reason="A mistake")
    with pytest.raises(Refused, match="was withdrawn and cannot be changed"):
        rename_certificate(member=held.learner, certificate=held.certificate, name="Another")
    assert not CertificateReissue.objects.exists()


def test_only_the_person_named_corrects_the_name(held: SimpleNamespace) -> None:
    for stranger in (held.neighbour, held.coordinator, held.admin):
        with pytest.raises(Refused, match=r"^This is not your certificate\.$"):
            rename_certificate(member=stranger, certificate=held.certificate, name="Another")
    assert Certificate.objects.get().name == "Learner"


def test_a_full_disk_keeps_no_half_of_a_pdf(held: SimpleNamespace, full_disk: None) -> None:
    body = print_certificate(member=held.learner, certificate=held.certificate)
    assert body.startswith(b"%PDF-")
    assert kept_files(held.certificate.code) == []
