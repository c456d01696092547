"""`{% kept %}`: a part of a page that many people share, rendered once in each process.

    {% kept "name" what it depends on %} … {% hole request.path %} … {% endkept %}

It is kept under the content version, the language and the values named; with a value that is None
it is not kept, and nothing of a draft is. A form's token and the holes are filled in at each
showing.

`{% settled "name" values %}` … `{% endsettled %}` names all that it shows: it is kept without the
content version. Name values that hold what is shown, such as frozen dataclasses, never a key.
"""

from collections.abc import Callable, Iterable
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
MOST = 4000
R = TypeVar("R")
MARK = "\ue000"
TOKEN = f"{MARK}token{MARK}"
store: dict[tuple[Any, ...], str] = {}


def put(key: tuple[Any, ...], html: str) -> str:
    """Keep a part, until too many are kept."""
    if len(store) >= MOST:
        store.clear()
    store[key] = html
    return html


def kept_each(
    name: str, rows: Iterable[R], values: tuple[Any, ...], render: Callable[[R], str]
) -> list[str]:
    """Rows of a table, each rendered once for what it holds and for the values named."""
    token = version.current()
    if token is None:
        return [render(row) for row in rows]
    key = (token, get_language(), name, *values)
    return [store.get((*key, row)) or put((*key, row), render(row)) for row in rows]


class HoleNode(Node):
    """A place that is filled in at each showing."""

    def __init__(self, value: FilterExpression) -> None:
        self.value = value
        self.mark = ""

    def render(self, context: Context) -> SafeString:
        return mark_safe(self.mark if context.get("is_keeping") else self.filled(context))

    def filled(self, context: Context) -> str:
        """What stands in the hole for this reader."""
        return str(conditional_escape(self.value.resolve(context)))


class KeptNode(Node):
    """A part that is rendered once for each of the things that it depends on."""

    def __init__(self, name: str, values: list[FilterExpression], nodes: NodeList) -> None:
        self.name, self.values, self.nodelist = name, values, nodes
        found = nodes.get_nodes_by_type(HoleNode)
        self.holes = [node for node in found if isinstance(node, HoleNode)]
        for place, node in enumerate(self.holes):
            node.mark = f"{MARK}{place}{MARK}"

    def stamp(self) -> str | None:
        """Under what the part is kept beside its values; nothing is kept without it."""
        return version.current()

    def render(self, context: Context) -> SafeString:
        request, token = context.get("request"), self.stamp()
        if token is None or request is None or getattr(request, "is_preview", False):
            return self.nodelist.render(context)
        values = [value.resolve(context) for value in self.values]
        if None in values:
            return self.nodelist.render(context)
        key = (token, get_language(), self.name, has_session(request), *values)
        html = store.get(key)
        if html is None:
            html = self.keep(key, context)
        return mark_safe(self.fill(html, context))

    def keep(self, key: tuple[Any, ...], context: Context) -> str:
        """Render the part with its holes open, and keep it."""
        with context.push(csrf_token=TOKEN, is_keeping=True):
            return put(key, self.nodelist.render(context))

    def fill(self, html: str, context: Context) -> str:
        """The part with this reader's token and holes."""
        for hole in self.holes:
            html = html.replace(hole.mark, hole.filled(context))
        return html.replace(TOKEN, str(context["csrf_token"])) if TOKEN in html else html


class SettledNode(KeptNode):
    """A part that its values settle alone, so that it outlives what is published elsewhere."""

    def stamp(self) -> str | None:
        return ""


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
    nodes = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return kind(name, [parser.compile_filter(value) for value in values], nodes)


@register.tag
def hole(parser: Parser, token: Token) -> HoleNode:
    """A place in a kept part that is filled in at each showing."""
    return HoleNode(parser.compile_filter(token.split_contents()[1]))
