"""Templates: two levels at most, no queries, no inline script or style, inputs said."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

ROOT = Path(settings.BASE_DIR) / "templates"
ALL = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
# These read the request: whether there is a session, which page this is.
NEED_REQUEST = ("components/token.html", "components/header.html", "components/footer.html")
# Sample data for makers; and the page for when nothing works, translation included.
ENGLISH = ("hub/styleguide/", "500.html")
COMPONENTS = [name for name in ALL if name.startswith("components/")]
BLOCKS = [name for name in ALL if name.startswith("blocks/")]
PAGES = [name for name in ALL if "{% extends" in (ROOT / name).read_text()]


def source(name: str) -> str:
    """A template without its comments."""
    text = (ROOT / name).read_text()
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.S)
    return re.sub(r"\{#.*?#\}", "", text)


def parent(name: str) -> str:
    """What a template extends; empty for a frame."""
    found = re.search(r"{% extends ['\"]([^'\"]+)['\"] %}", source(name))
    return found[1] if found else ""


@pytest.mark.parametrize("name", ALL)
def test_it_compiles(name: str) -> None:
    engines["django"].get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_two_levels_at_most(name: str) -> None:
    chain = [name]
    while (above := parent(chain[-1])) and (ROOT / above).exists() and above not in chain:
        chain.append(above)
    assert len(chain) <= 3


@pytest.mark.parametrize("name", ALL)
def test_no_inline_script_style_or_handler(name: str) -> None:
    text = source(name)
    assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:", text) == []
    inline = [tag for tag in re.findall(r"<script\b[^>]*>", text) if " src=" not in tag]
    assert [tag for tag in inline if "application/" not in tag] == []


@pytest.mark.parametrize("name", ALL)
def test_nothing_comes_from_elsewhere(name: str) -> None:
    found = re.findall(r"(?:src|srcset|action)=[\"']?(?:https?:)?//[^\"'\s>]+", source(name))
    found += re.findall(r"<link\b[^>]*href=[\"']?(?:https?:)?//[^\"'\s>]+", source(name))
    assert found == []


@pytest.mark.parametrize("name", ALL)
def test_templates_never_query(name: str) -> None:
    text = source(name)
    assert re.findall(r"\.objects\b|_set\.|\.(?:filter|exclude|order_by)\b", text) == []
    assert re.findall(r"\b\w+\.(?!paginator)\w+\.(?:all|count|first|exists)\b", text) == []


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_names_its_inputs(name: str) -> None:
    first = "".join((ROOT / name).read_text().splitlines(keepends=True)[:2])
    assert re.search(r"\{# .*(?:`\w+`|No inputs|token).*#\}", first)


def test_components_are_included_with_only() -> None:
    loose = [
        (name, tag)
        for name in ALL
        for tag in re.findall(r"{% include ['\"](components/[^_][^%]*)%}", source(name))
        if not tag.rstrip().endswith(" only") and not tag.startswith(NEED_REQUEST)
    ]
    assert loose == []


@pytest.mark.parametrize("name", [name for name in ALL if not name.startswith(ENGLISH)])
def test_every_sentence_is_marked(name: str) -> None:
    """No bare words between tags: what a person reads goes through translation."""
    text = source(name)
    text = re.sub(r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", "", text, flags=re.S)
    text = re.sub(r"<(script|svg|code|title)\b.*?</\1>", "", text, flags=re.S)
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)
    text = re.sub(r"<[^<>]*>", "\n", text)
    words = [line.strip() for line in text.splitlines()]
    assert [line for line in words if re.search(r"[A-Za-z]{3,} +[A-Za-z]{2,}", line)] == []


@pytest.mark.parametrize("name", [name for name in ALL if "<form" in source(name)])
def test_a_form_that_posts_has_a_token_where_it_needs_one(name: str) -> None:
    text = source(name)
    forms = re.findall(r"<form\b.*?</form>", text, flags=re.S)
    posts = [form for form in forms if re.search(r"method=[\"']?post", form, re.IGNORECASE)]
    token = re.compile(
        r"components/token\.html|csrf_token|csrfmiddlewaretoken|_\w+\.html|{% panels"
    )
    assert [form[:80] for form in posts if not token.search(form)] == []


@pytest.mark.parametrize("name", ["courses/course_page.html", "courses/lesson_page.html"])
def test_a_kept_page_leaves_its_panels_open(name: str) -> None:
    """What apps above add may be one person's: it is rendered at each showing."""
    text = source(name)
    opened = re.findall(r"{% open %}{% panels [^%]*%}{% endopen %}", text)
    assert len(opened) == text.count("{% panels ") > 0
