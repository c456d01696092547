"""Strings that break programs: a short list of our own, and the long ones of the corpus."""

import json
import os
from pathlib import Path

OWN = [
    "\x00",
    "a\x00b",
    "'",
    '"',
    "`",
    "\\",
    "' OR '1'='1",
    "1; DROP TABLE members_member; --",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "${7*7}#{7*7}",
    "../../../../etc/passwd",
    "%00%0d%0aSet-Cookie:%20a=b",
    "\r\nX-Injected: yes",
    "=cmd|' /C calc'!A0",
    "مرحبا \u202e abc \u2066",
    "Ｔｅｓｔ ﬁ ℡ \u0130\u0131 \u00df",
    "Z\u0351\u036b\u0343a\u0322\u0325l\u0334g\u0321o\u0321",
    "👩‍👩‍👧‍👦🏳️‍🌈\U0001f9d1\u200d",
    "\ud7ff\ufffe\uffff\ufeff",
    "-1",
    "0",
    "1e400",
    "NaN",
    "99999999999999999999999999",
    "true",
    "[]",
    "{}",
    "null",
    " " * 300,
    "x" * 30_000,
]


def naughty_strings() -> list[str]:
    """Our own strings, and those of the corpus where it is there."""
    folder = os.environ.get("WEFT_CORPUS")
    if not folder:
        return OWN
    security = Path(folder) / "security"
    found = json.loads((security / "blns.json").read_text(encoding="utf-8"))
    for path in sorted((security / "bleach-xss").glob("*.test")):
        found.append(path.read_text(encoding="utf-8", errors="replace"))
    for row in json.loads((security / "dompurify-expect-a.json").read_text(encoding="utf-8")):
        found.append(row["payload"])
    return [*OWN, *(text for text in found if text)]
