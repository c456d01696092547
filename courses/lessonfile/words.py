"""Markdown to the small HTML that the editor of the CMS can take in again."""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .error import CourseFileError
from .lines import Line

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "b", "code", "a", "br"}
SCHEMES = {"http", "https", "mailto", "tel"}
GAP_SIGN = "\ue000"
ALL = frozenset({"heading", "list"})
LISTS = frozenset({"list"})
PLAIN: frozenset[str] = frozenset()

SENTENCES = {
    "heading": "A heading is not possible here.",
    "level": "Write headings with ## or ###.",
    "list": "A list is not possible here.",
    "blockquote": "A quotation is not possible here. Use an example or a note.",
    "hr": "A line across is not possible here. Use a heading.",
    "image": "A picture stands on a line of its own.",
}


def in_code(_self: Any, tokens: Sequence[Token], at: int, *_rest: Any) -> str:
    """Code inside of other words: lines with hard breaks, their indent kept."""
    lines = html.escape(tokens[at].content.rstrip("\n"), quote=False).split("\n")
    shown = [re.sub(r"^ +", lambda hit: "\u00a0" * len(hit[0]), line) for line in lines]
    return f"<p><code>{'<br>'.join(shown)}</code></p>"


def parser() -> MarkdownIt:
    """CommonMark without HTML and without code by indent."""
    maker = MarkdownIt("commonmark", {"html": False}).disable(["code", "html_block", "html_inline"])
    maker.add_render_rule("fence", in_code)
    maker.add_render_rule("softbreak", lambda *_all: " ")
    return maker


PARSER = parser()


def rich(path: str, lines: Sequence[Line], allowed: frozenset[str] = ALL) -> str:
    """Lines of Markdown as clean HTML. Refuses, with a sentence, what no block can show."""
    text = re.sub(r"_{3,}", GAP_SIGN, "\n".join(line.text for line in lines))
    tokens = PARSER.parse(text)
    for token in tokens:
        if problem := problem_in(token, allowed):
            at = token.map[0] if token.map else 0
            raise CourseFileError(path, lines[min(at, len(lines) - 1)].number, problem)
    made = PARSER.renderer.render(tightened(tokens), PARSER.options, {})
    return clean(made).replace(GAP_SIGN, "___")


def problem_in(token: Token, allowed: frozenset[str]) -> str:
    """Why a piece of Markdown has no place here; empty when it has."""
    if token.type == "heading_open":
        reason = "heading" if "heading" not in allowed else "" if token.tag in TAGS else "level"
    elif token.type in ("bullet_list_open", "ordered_list_open"):
        reason = "" if "list" in allowed else "list"
    elif token.type == "inline":
        reason = "image" if any(child.type == "image" for child in token.children or []) else ""
    else:
        reason = {"blockquote_open": "blockquote", "hr": "hr"}.get(token.type, "")
    return SENTENCES.get(reason, "")


def tightened(tokens: list[Token]) -> list[Token]:
    """Tokens in which no paragraph stands inside a list item."""
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("list_item") else 0
        if depth and token.type.startswith("paragraph"):
            token.hidden = True
    return tokens


def clean(made: str) -> str:
    """Only the tags that the editor keeps; no space between blocks."""
    bold = re.sub(r"<(/?)strong>", r"<\1b>", made)
    safe = nh3.clean(
        bold, tags=TAGS, attributes={"a": {"href"}}, link_rel=None, url_schemes=SCHEMES
    )
    return re.sub(r"\s*\n\s*", "", safe).strip()


def plain(lines: Iterator[str] | Sequence[str]) -> str:
    """Lines of words as one line. The marks for code and bold stay."""
    return " ".join(" ".join(lines).replace("\\|", "|").split())
