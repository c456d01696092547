"""`{% kept %}`: a part of a page that many people share, rendered once in each process.

    {% kept "name" what it depends on %} … {% hole request.path %} … {% endkept %}

It is kept under the content version, the language and the values named; with a value that is None
it is not kept, and nothing of a draft is. A form's token and the holes are filled in at each
showing; what stands between `{% open %}` and `{% endopen %}` is rendered at each showing. Both may
only use what the whole page knows.

`{% settled "name" values %}` … `{% endsettled %}` names all that it shows: it is kept without the
content version. Name values that hold what is shown, such as frozen dataclasses, never a key.

`{% keptpage %}` does the same for a whole page. A view asks for it by `page_key`: all that decides
how its page looks for this person. Without one, or with one that is None, nothing is kept. Where a
kept page is rendered anew, the kept parts inside of it are taken as they are.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from content import version
from content.sharing import has_session

register = template.Library()
R = TypeVar("R")
MOST, MOST_PAGES = 4000, 500
MARK = "\ue000"
TOKEN = f"{MARK}token{MARK}"
PIECES = re.compile(f"{MARK}(\\w+){MARK}")
Pieces = list["str | OpenNode"]
Store = dict[tuple[Any, ...], Pieces]
store: Store = {}
pages: Store = {}
open_parts: ContextVar["list[OpenNode] | None"] = ContextVar("open_parts", default=None)


def put(kept: Store, most: int, key: tuple[Any, ...], pieces: Pieces) -> Pieces:
    """Keep a part, until too many are kept."""
    if len(kept) >= most:
        kept.clear()
    kept[key] = pieces
    return pieces


def kept_each(
    name: str, rows: Iterable[R], values: tuple[Any, ...], render: Callable[[R], str]
) -> list[str]:
    """Rows of a table, each rendered once for what it holds and for the values named."""
    token = version.current()
    if token is None:
        return [render(row) for row in rows]
    key = (token, get_language(), name, *values)
    return [
        str((store.get((*key, row)) or put(store, MOST, (*key, row), [render(row)]))[0])
        for row in rows
    ]


class OpenNode(Node):
    """What is rendered at each showing; while a part is being kept, it leaves a mark."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        found = open_parts.get()
        if found is None:
            return mark_safe(self.filled(context))
        found.append(self)
        return mark_safe(f"{MARK}{len(found) - 1}{MARK}")

    def filled(self, context: Context) -> str:
        """What stands here for this reader."""
        return self.nodelist.render(context)


class HoleNode(OpenNode):
    """A value that is filled in at each showing."""

    def __init__(self, value: FilterExpression) -> None:
        super().__init__(NodeList())
        self.value = value

    def filled(self, context: Context) -> str:
        return str(conditional_escape(self.value.resolve(context)))


class TokenNode(OpenNode):
    """The token of a form."""

    def filled(self, context: Context) -> str:
        return str(context["csrf_token"])


FORM_TOKEN = TokenNode(NodeList())


class KeptNode(Node):
    """A part that is rendered once for each of the things that it depends on."""

    kept, most = store, MOST

    def __init__(self, name: str, values: list[FilterExpression], nodes: NodeList) -> None:
        self.name, self.values, self.nodelist = name, values, nodes

    def stamp(self) -> str | None:
        """Under what the part is kept beside its values; nothing is kept without it."""
        return version.current()

    def depends_on(self, context: Context) -> list[Any]:
        """The values of which one that is None keeps nothing."""
        return [value.resolve(context) for value in self.values]

    def render(self, context: Context) -> SafeString:
        request, token = context.get("request"), self.stamp()
        if token is None or request is None or getattr(request, "is_preview", False):
            return self.nodelist.render(context)
        values = self.depends_on(context)
        if None in values:
            return self.nodelist.render(context)
        key = (token, get_language(), self.name, has_session(request), *values)
        pieces = self.kept.get(key)
        if pieces is None:
            pieces = self.keep(key, context)
        around = open_parts.get()
        shown = filled(pieces, context) if around is None else marked(pieces, around)
        return mark_safe("".join(shown))

    def keep(self, key: tuple[Any, ...], context: Context) -> Pieces:
        """Render the part with its open parts marked, and keep it in pieces."""
        with context.push(csrf_token=TOKEN), keeping() as found:
            html = self.nodelist.render(context)
        return put(self.kept, self.most, key, in_pieces(html, found))


class SettledNode(KeptNode):
    """A part that its values settle alone, so that it outlives what is published elsewhere."""

    def stamp(self) -> str | None:
        return ""


class KeptPageNode(KeptNode):
    """A whole page; its view says in `page_key` what it depends on, the frame adds its own."""

    kept, most = pages, MOST_PAGES

    def depends_on(self, context: Context) -> list[Any]:
        key = context.get("page_key")
        return [key, *super().depends_on(context)] if key is not None else [None]


@contextmanager
def keeping() -> Iterator[list[OpenNode]]:
    """Within it, what is open leaves a mark and its node here."""
    found: list[OpenNode] = []
    before = open_parts.set(found)
    try:
        yield found
    finally:
        open_parts.reset(before)


def in_pieces(html: str, found: list[OpenNode]) -> Pieces:
    """Words and open parts in the order in which they are shown."""
    parts = PIECES.split(html)
    marks = [FORM_TOKEN if mark == "token" else found[int(mark)] for mark in parts[1::2]]
    pieces: Pieces = [parts[0]]
    for mark, words in zip(marks, parts[2::2], strict=True):
        pieces += [mark, words]
    return pieces


def filled(pieces: Pieces, context: Context) -> Iterator[str]:
    """The pieces for one reader."""
    for piece in pieces:
        yield piece if isinstance(piece, str) else piece.filled(context)


def marked(pieces: Pieces, around: list[OpenNode]) -> Iterator[str]:
    """The pieces inside of a part that is being kept: what is open there is open here too."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        elif piece is FORM_TOKEN:
            yield TOKEN
        else:
            around.append(piece)
            yield f"{MARK}{len(around) - 1}{MARK}"


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """A part that is rendered once for each of the things that it depends on."""
    return read_part(KeptNode, parser, token)


@register.tag
def settled(parser: Parser, token: Token) -> KeptNode:
    """A part that shows nothing but the values it names, and words of the program."""
    return read_part(SettledNode, parser, token)


def read_part(kind: type[KeptNode], parser: Parser, token: Token) -> KeptNode:
    """Read a part up to its end."""
    tag, name, *values = token.split_contents()
    return kind(name, [parser.compile_filter(value) for value in values], body(parser, tag))


@register.tag
def keptpage(parser: Parser, token: Token) -> KeptPageNode:
    """A whole page; the values are those of its frame."""
    _tag, *values = token.split_contents()
    found = [parser.compile_filter(value) for value in values]
    return KeptPageNode("page", found, body(parser, "keptpage"))


@register.tag("open")
def opened(parser: Parser, token: Token) -> OpenNode:
    """What is rendered at each showing."""
    return OpenNode(body(parser, "open"))


@register.tag
def hole(parser: Parser, token: Token) -> HoleNode:
    """A value that is filled in at each showing."""
    return HoleNode(parser.compile_filter(token.split_contents()[1]))


def body(parser: Parser, tag: str) -> NodeList:
    """What stands between a tag and its end."""
    nodes = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return nodes
