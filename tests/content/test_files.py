"""Is a file what its name says? No database."""

import pytest

from content.files import is_what_it_says


@pytest.mark.parametrize(
    ("name", "head", "fits"),
    [
        ("a.pdf", b"%PDF-1.7", True),
        ("a.PDF", b"%PDF-1.7", True),
        ("a.pdf", b"MZ\x90\x00", False),
        ("a.mp3", b"ID3\x04", True),
        ("a.mp3", b"<html>", False),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42", True),
        ("a.mp4", b"ftyp", False),
        ("a.odt", b"PK\x03\x04mimetype", True),
        ("a.csv", b"name;town", True),
        ("a.vtt", "WEBVTT é".encode(), True),
        ("a.txt", b"MZ\x90\x00\x03", False),
        ("a.exe", b"MZ\x90\x00", False),
        ("a", b"anything", False),
        ("", b"", False),
    ],
)
def test_is_what_it_says(name: str, head: bytes, fits: bool) -> None:
    assert is_what_it_says(name, head) is fits
