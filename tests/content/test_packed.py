"""The packed style and scripts: whole, named by content, the old ones tidied."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from django.conf import LazySettings

from content import packed


@pytest.fixture
def dist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Sources as they are, packed into a folder of the test."""
    for name in ("css", "js"):
        (tmp_path / name).symlink_to(packed.folder() / name)
    monkeypatch.setattr(packed, "folder", lambda: tmp_path)
    packed.manifest.cache_clear()
    yield tmp_path / "dist"
    packed.manifest.cache_clear()


def test_every_file_is_packed_twice_and_whole(dist: Path) -> None:
    sizes = packed.pack()
    names = json.loads((dist / "manifest.json").read_text())
    assert sizes.keys() == names.keys() == {"css", "js", "passkey"}
    for kind, name in names.items():
        body = (dist / name).read_bytes()
        assert gzip.decompress((dist / f"{name}.gz").read_bytes()) == body
        small = (dist / f"{name}.br").read_bytes()
        assert (brotli.decompress(small), len(small)) == (body, sizes[kind])
    assert len(list(dist.iterdir())) == 10


def test_the_order_of_the_layers_is_said_first(dist: Path) -> None:
    packed.pack()
    style = (dist / packed.manifest()["css"]).read_text()
    assert style.startswith("@layer tokens, base, layout, components, print;\n@layer tokens{")
    assert "/*" not in style


def test_a_passkey_s_scripts_come_in_one_file(dist: Path) -> None:
    packed.pack()
    script = (dist / packed.manifest()["passkey"]).read_text()
    assert script.index("webauthnJSON") < script.index("loginForm") < script.index("allauthOnload")


def test_what_is_old_goes(dist: Path) -> None:
    packed.pack()
    (dist / "weft.0000000000.css").write_text("old")
    (dist / "weft.0000000000.css.br").write_text("old")
    packed.pack()
    assert len(list(dist.iterdir())) == 10


def test_a_list_that_lacks_a_kind_is_made_anew(dist: Path) -> None:
    packed.pack()
    (dist / "manifest.json").write_text('{"css": "weft.0000000000.css"}')
    packed.manifest.cache_clear()
    assert packed.manifest().keys() == {"css", "js", "passkey"}


def test_while_one_makes_styles_they_are_packed_at_each_start(
    dist: Path, settings: LazySettings
) -> None:
    packed.pack()
    before = (dist / "manifest.json").stat().st_ino
    settings.DEBUG = True
    packed.manifest.cache_clear()
    packed.manifest()
    assert (dist / "manifest.json").stat().st_ino != before
