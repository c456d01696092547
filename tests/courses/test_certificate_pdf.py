"""The sheet: tagged, titled, one page, any name; nothing in it is markup."""

import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from courses.certificate_pdf import Sheet, border_svg, certificate_pdf, qr_svg, shortened

SHEET = Sheet(
    language="es",
    title="Certificado: Primeros pasos, Ana Ruiz",
    heading="Certificado",
    name="Ana Ruiz",
    finished="ha terminado el curso",
    course="Primeros pasos",
    place="Puerto, Cádiz",
    skills_title="y ahora sabe:",
    skills=["Enviar un mensaje", "Buscar una página"],
    facts=[("Terminado el", "3 de noviembre de 2026"), ("Código", "ABCD EFGH 2345 6789")],
    check="Compruébelo aquí:",
    address="https://hub.example/certificates/ABCDEFGH23456789/",
    qr_alt="Código QR",
    seed="primeros-pasos",
)


def inflated(body: bytes) -> bytes:
    """The PDF with its packed parts opened."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", body, re.S)
    opened = [body]
    for part in parts:
        try:
            opened.append(zlib.decompress(part))
        except zlib.error:
            continue
    return b"\n".join(opened)


def words(body: bytes, tmp_path: Path) -> str:
    """What a reader finds in the PDF."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not on this machine")
    path = tmp_path / "sheet.pdf"
    path.write_bytes(body)
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def pages(body: bytes) -> int:
    """How many pages there are."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", inflated(body)))


def test_the_pdf_is_tagged_titled_and_in_its_language() -> None:
    body = certificate_pdf(SHEET)
    opened = inflated(body)
    assert body.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid:part", b"/Lang", b"/DisplayDocTitle"):
        assert mark in opened, mark
    assert re.search(rb"/Lang\s*\(es\)", opened)
    assert b"Certificado: Primeros pasos, Ana Ruiz" in opened
    assert re.search(rb"/MediaBox\s*\[0 0 841\.\d+ 595\.\d+\]", opened)
    assert pages(body) == 1


def test_all_words_stand_there(tmp_path: Path) -> None:
    text = words(certificate_pdf(SHEET), tmp_path)
    shown = [
        SHEET.heading,
        SHEET.name,
        SHEET.finished,
        SHEET.course,
        SHEET.place,
        SHEET.skills_title,
    ]
    shown += [*SHEET.skills, *(value for _label, value in SHEET.facts), SHEET.check, SHEET.address]
    for word in shown:
        assert word in text, word
    assert text.index(SHEET.heading) < text.index(SHEET.name) < text.index(SHEET.course)


MARKUP = [
    '#panic("x")',
    "*bold* _not_ $x^2$",
    "\\ ] } \" '",
    "= heading",
    "// gone",
    "@ref <label>",
]


@pytest.mark.parametrize("name", MARKUP)
def test_a_name_is_never_markup(name: str, tmp_path: Path) -> None:
    sheet = replace(SHEET, name=name, course=name, skills=[name])
    text = words(certificate_pdf(sheet), tmp_path)
    assert text.count(" ".join(name.split())) >= 3


NAMES = [
    "Łukasz Żółć",
    "Nguyễn Thị Hằng",
    "Олена Ковальчук",
    "Ελένη Παπαδοπούλου",
    "محمد علي",
    "王小明",
    "अनिता शर्मा",
    "😀 Bob",
    "\U00013000",
    "\u200d",
    "",
]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_gives_a_tagged_page(name: str) -> None:
    body = certificate_pdf(replace(SHEET, name=name))
    assert b"/StructTreeRoot" in inflated(body)
    assert pages(body) == 1


def test_the_longest_words_stay_on_one_page() -> None:
    sheet = replace(
        SHEET,
        name="W" * 120,
        course="M" * 255,
        place="H" * 250 + ", " + "P" * 250,
        skills=["a long skill " * 40] * 30,
        address="https://a-very-long-name.of-a-hub.example/certificates/ABCDEFGH23456789/",
    )
    assert pages(certificate_pdf(sheet)) == 1


def test_right_to_left() -> None:
    body = certificate_pdf(replace(SHEET, language="ar", heading="شهادة", finished="أنهى الدورة"))
    assert re.search(rb"/Lang\s*\(ar\)", inflated(body))


def test_the_same_sheet_is_the_same_file_and_a_word_makes_another() -> None:
    assert certificate_pdf(SHEET) == certificate_pdf(SHEET)
    other = replace(SHEET, name="Ana M. Ruiz")
    assert len({SHEET.content_digest, replace(SHEET).content_digest, other.content_digest}) == 2


def test_skills_are_shortened() -> None:
    assert shortened("short") == "short"
    assert (len(shortened("x" * 151)), shortened("x" * 151)[-1]) == (150, "…")


def test_border_and_code_are_drawings_of_our_own() -> None:
    assert border_svg("one") == border_svg("one") != border_svg("two")
    svg = qr_svg("https://hub.example/certificates/ABC/")
    assert svg.startswith("<svg") and 'stroke="#000"' in svg and "style=" not in svg
