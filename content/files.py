"""Files: is a file what its name says? Judged by its first bytes. No database."""

from pathlib import PurePath

PACKED = b"PK\x03\x04"
STARTS = {
    "pdf": (b"%PDF-",),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "ogg": (b"OggS",),
    "oga": (b"OggS",),
    "webm": (b"\x1a\x45\xdf\xa3",),
    **dict.fromkeys(("zip", "odt", "ods", "odp", "docx", "xlsx", "pptx"), (PACKED,)),
}
FILM = {"mp4", "m4a"}
TEXT = {"txt", "csv", "html", "css", "vtt"}


def is_what_it_says(name: str, head: bytes) -> bool:
    """Whether the first bytes of a file fit the ending of its name."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending in TEXT:
        return _is_text(head)
    if ending in FILM:
        return head[4:8] == b"ftyp"
    return head.startswith(STARTS.get(ending, ()))


def _is_text(head: bytes) -> bool:
    """Text, in whatever writing, holds no zero byte."""
    return b"\x00" not in head
