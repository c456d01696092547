"""Parts of a page that are rendered once: for whom they are kept, and what is never kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import escape

from content import version
from content.templatetags import keeping

pytestmark = pytest.mark.django_db
TEXT = (
    '{% load keeping %}{% kept "part" first second %}{{ word }} {% hole name %}{% csrf_token %}'
    "{% endkept %}"
)


PAGE = (
    "{% load keeping %}{% keptpage first %}{{ word }} {% hole name %} "
    '{% kept "part" second %}{{ word }} {% hole name %}{% endkept %} '
    "{% open %}{{ word }}{% endopen %} {% csrf_token %}{% endkeptpage %}"
)


@pytest.fixture(autouse=True)
def empty_store() -> Iterator[None]:
    for kept in (keeping.store, keeping.pages):
        kept.clear()
    yield
    for kept in (keeping.store, keeping.pages):
        kept.clear()


def ask(**cookies: str) -> HttpRequest:
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)
    return request


def show(request: HttpRequest | None = None, text: str = TEXT, **values: Any) -> str:
    """The part as a page would show it."""
    context = {"first": 1, "second": 2, "word": "one", "name": "Ana", "csrf_token": "T" * 8}
    return Template(text).render(Context({**context, "request": request or ask(), **values}))


def test_a_part_is_rendered_once_for_the_same_values() -> None:
    assert show(word="one").startswith("one Ana")
    assert show(word="two").startswith("one Ana")
    assert show(word="two", first=3).startswith("two Ana")


def test_holes_and_tokens_are_filled_in_for_each_reader() -> None:
    assert show(name="Ana", csrf_token="A" * 8).count("A" * 8) == 1
    shown = show(name="<Ben>", csrf_token="B" * 8)
    assert shown.startswith("one &lt;Ben&gt;")
    assert shown.count("B" * 8) == 1
    assert "A" * 8 not in shown
    assert keeping.MARK not in shown


def test_what_is_published_language_and_session_part_what_is_kept() -> None:
    assert show(word="one").startswith("one")
    with translation.override("es"):
        assert show(word="dos").startswith("dos")
    assert show(ask(sessionid="x"), word="signed").startswith("signed")
    version.bump()
    assert show(word="new").startswith("new")


def test_a_draft_is_neither_kept_nor_given_what_was_kept() -> None:
    draft = ask()
    draft.is_preview = True
    assert show(draft, word="draft").startswith("draft")
    assert show(word="live").startswith("live")
    assert show(draft, word="draft").startswith("draft")


def test_a_value_that_is_none_keeps_nothing() -> None:
    assert show(second=None, word="one").startswith("one")
    assert show(second=None, word="two").startswith("two")
    assert keeping.store == {}


def test_without_a_request_or_a_version_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    template = Template(TEXT)
    for word in ("one", "two"):
        assert template.render(Context({"word": word, "first": 1, "second": 2})).startswith(word)
    monkeypatch.setattr(version, "current", lambda: None)
    for word in ("one", "two"):
        assert show(word=word).startswith(word)
    assert keeping.store == {}


def test_the_store_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping.KeptNode, "most", 3)
    for number in range(5):
        show(first=number)
    assert len(keeping.store) == 2


def test_a_hole_outside_of_a_kept_part_shows_its_value() -> None:
    assert show(text="{% load keeping %}{% hole name %}", name="<b>") == "&lt;b&gt;"


def test_what_is_open_is_rendered_at_each_showing() -> None:
    text = '{% load keeping %}{% kept "part" first %}{{ word }} {% open %}{{ word }}{% endopen %}'
    assert show(text=f"{text}{{% endkept %}}", word="one") == "one one"
    assert show(text=f"{text}{{% endkept %}}", word="two") == "one two"
    assert show(text="{% load keeping %}{% open %}{{ word }}{% endopen %}", word="two") == "two"


def test_a_page_is_kept_by_the_key_of_its_view_and_by_its_frame() -> None:
    first = show(text=PAGE, page_key=("a", 1), word="one", name="Ana", csrf_token="A" * 8)
    assert first.startswith("one Ana one Ana one <input")
    second = show(text=PAGE, page_key=("a", 1), word="two", name="Ben", csrf_token="B" * 8)
    assert second.startswith("one Ben one Ben two <input")
    assert ("A" * 8 in second, second.count("B" * 8)) == (False, 1)
    assert show(text=PAGE, page_key=("a", 2), word="two").startswith("two Ana one Ana two")
    assert show(text=PAGE, page_key=("a", 1), first=9, word="six").startswith("six Ana one Ana six")


def test_a_part_inside_of_a_page_is_rendered_once_for_all_pages() -> None:
    """A page that is rendered anew takes the parts that are kept; what is open stays so."""
    text = PAGE.replace(
        "{% endkept %}", "{% open %}{{ word }}{% endopen %}{% csrf_token %}{% endkept %}"
    )
    first = show(text=text, page_key=1, word="one", name="Ana", csrf_token="A" * 8)
    assert first.startswith("one Ana one Anaone<input")
    for word, name in (("two", "Ben"), ("six", "<Cy>")):
        safe = escape(name)
        shown = show(text=text, page_key=2, word=word, name=name, csrf_token="B" * 8)
        assert shown.startswith(f"two {safe} one {safe}{word}<input")
        assert f"> {word} <input" in shown
        assert ("A" * 8 in shown, shown.count("B" * 8), keeping.MARK in shown) == (False, 2, False)
    assert (len(keeping.store), len(keeping.pages)) == (1, 2)
    assert show(text=text, page_key=3, second=None, word="new").startswith("new Ana new Ananew")
    assert len(keeping.store) == 1


@pytest.mark.parametrize("values", [{}, {"page_key": None}, {"page_key": "a", "first": None}])
def test_a_page_without_a_key_keeps_its_parts_alone(values: dict[str, Any]) -> None:
    assert show(text=PAGE, word="one", **values).startswith("one Ana one Ana one")
    assert show(text=PAGE, word="two", **values).startswith("two Ana one Ana two")
    assert (keeping.pages, len(keeping.store)) == ({}, 1)


def test_an_error_while_a_part_is_kept_leaves_nothing_behind() -> None:
    with pytest.raises(ZeroDivisionError):
        show(text='{% load keeping %}{% kept "part" first %}{{ word }}{% endkept %}', word=Broken())
    assert keeping.open_parts.get() is None
    assert keeping.store == {}


class Broken:
    """A value that cannot be shown."""

    def __str__(self) -> str:
        return str(1 / 0)


def test_each_row_is_rendered_once_for_what_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []

    def render(row: str) -> str:
        rendered.append(row)
        return f"<{row}>"

    for _round in range(2):
        assert keeping.kept_each("row", ["a", "b", "a"], (1,), render) == ["<a>", "<b>", "<a>"]
    assert rendered == ["a", "b"]
    keeping.kept_each("row", ["a"], (2,), render)
    with translation.override("es"):
        keeping.kept_each("row", ["a"], (1,), render)
    version.bump()
    keeping.kept_each("row", ["a"], (1,), render)
    monkeypatch.setattr(version, "current", lambda: None)
    keeping.kept_each("row", ["b"], (1,), render)
    assert rendered == ["a", "b", "a", "a", "a", "b"]


SETTLED = (
    '{% load keeping %}{% settled "part" first second %}{{ word }} {% hole name %}{% csrf_token %}'
    "{% endsettled %}"
)


def test_a_settled_part_outlives_what_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its values, the language and the session part it; a draft is still not kept."""
    assert show(text=SETTLED, word="one").startswith("one Ana")
    version.bump()
    assert show(text=SETTLED, word="two", name="Ben").startswith("one Ben")
    assert show(text=SETTLED, word="two", first=3).startswith("two")
    assert show(ask(sessionid="x"), text=SETTLED, word="signed").startswith("signed")
    with translation.override("es"):
        assert show(text=SETTLED, word="dos").startswith("dos")
    assert show(text=SETTLED, word="none", first=None).startswith("none")
    draft = ask()
    draft.is_preview = True
    assert show(draft, text=SETTLED, word="draft").startswith("draft")
    monkeypatch.setattr(version, "current", lambda: None)
    assert show(text=SETTLED, word="two").startswith("one")
    assert show(word="two").startswith("two")
