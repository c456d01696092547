"""Reads the demo's files."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from courses.lessonfile import parse_text

FOLDER = Path(settings.BASE_DIR) / "demo"


def read(path: Path) -> tuple[dict[str, Any], str]:
    """The head and the body of a file."""
    _nothing, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(head) or {}, body.strip()


def blocks(path: Path) -> list[dict[str, Any]]:
    """The body of a file as blocks."""
    return with_drawings(parse_text(read(path)[1], path.name))


def lead_and_blocks(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """The first paragraph of a file, which leads its page, and the rest as blocks."""
    lead, _gap, rest = read(path)[1].partition("\n\n")
    return lead, with_drawings(parse_text(rest, path.name))


def with_drawings(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Blocks whose pictures name a drawing of the shelf."""
    return [drawn(block) if block["type"] == "picture" else block for block in found]


def drawn(block: dict[str, Any]) -> dict[str, Any]:
    """A picture of a file as a drawing."""
    value = block["value"]
    drawing = {"name": value["file"], "alt": value["alt"], "is_decorative": value["decorative"]}
    return {**block, "type": "drawing", "value": drawing}


def texts(folder: Path) -> dict[str, str]:
    """All Markdown files of a folder by their path inside of it."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.md"))
    }
