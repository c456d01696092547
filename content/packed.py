"""One style and one script: joined in order, lightly packed, named by their content.

Files under `static/css` and `static/js` stay small and readable; `manage.py pack_static` joins
them.
"""

import gzip
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

import brotli
from django.conf import settings
from django.templatetags.static import static

STYLES = ("tokens.css", "base.css", "layout.css", "components/*.css", "print.css")
LAYERS = "@layer tokens, base, layout, components, print;\n"


def folder() -> Path:
    """Where our own static files are."""
    return Path(settings.BASE_DIR) / "static"


def address(kind: str) -> str:
    """The address of the packed file of a kind: css or js."""
    return static(f"dist/{manifest()[kind]}")


@lru_cache(maxsize=1)
def manifest() -> dict[str, str]:
    """The names of the packed files; packed now when there are none."""
    path = folder() / "dist" / "manifest.json"
    if settings.DEBUG or not path.exists():
        pack()
    return json.loads(path.read_text())


def pack() -> dict[str, int]:
    """Join and pack style and script; gives the size of each as brotli sends it."""
    out = folder() / "dist"
    out.mkdir(exist_ok=True)
    texts = {"css": styles(), "js": scripts()}
    names = {
        kind: f"weft.{hashlib.sha256(text.encode()).hexdigest()[:10]}.{kind}"
        for kind, text in texts.items()
    }
    sizes = {kind: write(out / names[kind], text.encode()) for kind, text in texts.items()}
    keep = {name + ending for name in names.values() for ending in ("", ".gz", ".br")}
    for old in out.glob("weft.*"):
        if old.name not in keep:
            old.unlink()
    (out / "manifest.json").write_text(json.dumps(names))
    manifest.cache_clear()
    return sizes


def write(path: Path, body: bytes) -> int:
    """Write a file and its packed forms beside it; gives the size of the smaller one."""
    path.write_bytes(body)
    small = brotli.compress(body, quality=11)
    Path(f"{path}.br").write_bytes(small)
    Path(f"{path}.gz").write_bytes(gzip.compress(body, 9, mtime=0))
    return len(small)


def styles() -> str:
    """All styles in the order of their layers."""
    parts = [LAYERS]
    for pattern in STYLES:
        for path in sorted((folder() / "css").glob(pattern)):
            layer = "components" if "/" in pattern else path.stem
            parts.append(f"@layer {layer}{{{squeezed(path.read_text())}}}\n")
    return "".join(parts)


def squeezed(text: str) -> str:
    """A style without comments and needless spaces."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s*([{};,])\s*", r"\1", text).replace(";}", "}").strip()


def scripts() -> str:
    """All scripts, each in a scope of its own, without comment lines."""
    parts = []
    for path in sorted((folder() / "js").glob("*.js")):
        lines = [line.strip() for line in path.read_text().splitlines()]
        kept = [line for line in lines if line and not line.startswith("//")]
        parts.append("(()=>{" + "\n".join(kept) + "})();\n")
    return "".join(parts)
