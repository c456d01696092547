"""One style and one script: joined in order, lightly packed, named by their content.

Files under `static/css` and `static/js` stay small and readable; `manage.py pack_static` joins
them. A third file has what a browser needs to speak with a passkey; only its pages load it.
"""

import gzip
import hashlib
import json
import os
import re
from functools import lru_cache
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

STYLES = ("tokens.css", "base.css", "layout.css", "components/*.css", "print.css")
PASSKEY = ("mfa/js/webauthn-json.js", "mfa/js/webauthn.js", "account/js/onload.js")
LAYERS = "@layer tokens, base, layout, components, print;\n"


def folder() -> Path:
    """Where our own static files are."""
    return Path(settings.BASE_DIR) / "static"


def address(kind: str) -> str:
    """The address of the packed file of a kind: css, js or passkey."""
    return static(f"dist/{manifest()[kind]}")


@lru_cache(maxsize=1)
def manifest() -> dict[str, str]:
    """The names of the packed files; packed now when there are none."""
    path = folder() / "dist" / "manifest.json"
    names = json.loads(path.read_text()) if path.exists() and not settings.DEBUG else {}
    if names.keys() != MAKERS.keys():
        pack()
        names = json.loads(path.read_text())
    return dict(names)


def pack() -> dict[str, int]:
    """Join and pack style and scripts; gives the size of each as brotli sends it."""
    out = folder() / "dist"
    out.mkdir(exist_ok=True)
    texts = {kind: make() for kind, make in MAKERS.items()}
    names = {kind: name_of(kind, text) for kind, text in texts.items()}
    sizes = {kind: write(out / names[kind], text.encode()) for kind, text in texts.items()}
    replace(out / "manifest.json", json.dumps(names).encode())
    keep = {name + ending for name in names.values() for ending in ("", ".gz", ".br")}
    for old in out.iterdir():
        if old.suffix in (".css", ".js", ".gz", ".br") and old.name not in keep:
            old.unlink(missing_ok=True)
    manifest.cache_clear()
    return sizes


def name_of(kind: str, text: str) -> str:
    """The name of a packed file, by what is in it."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return f"passkey.{digest}.js" if kind == "passkey" else f"weft.{digest}.{kind}"


def write(path: Path, body: bytes) -> int:
    """Write a file and its packed forms beside it; gives the size of the smaller one."""
    small = brotli.compress(body, quality=11)
    replace(Path(f"{path}.br"), small)
    replace(Path(f"{path}.gz"), gzip.compress(body, 9, mtime=0))
    replace(path, body)
    return len(small)


def replace(path: Path, body: bytes) -> None:
    """Write a file in one step: two processes may pack at once, and a third may read."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(body)
    draft.replace(path)


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
    """All scripts, each in a scope of its own."""
    paths = sorted((folder() / "js").glob("*.js"))
    return "".join("(()=>{" + plain(path) + "})();\n" for path in paths)


def passkey_scripts() -> str:
    """allauth's scripts for passkeys, in order."""
    return "".join(plain(Path(str(finders.find(name)))) + ";\n" for name in PASSKEY)


def plain(path: Path) -> str:
    """A script without empty lines and lines that are comments."""
    lines = [line.strip() for line in path.read_text().splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("//"))


MAKERS = {"css": styles, "js": scripts, "passkey": passkey_scripts}
