"""Hostile forms that an editor posts to the CMS: StreamField and rich text of any shape."""

import json
import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from courses.models import LessonPage
from tests.factories import page_of

from .naughty import OWN, naughty_strings
from .running import running

pytestmark = pytest.mark.walk
Form = dict[str, Any]


def words(**more: Any) -> str:
    """Rich text as the editor of the CMS sends it."""
    block = {"key": "a", "text": "Hello there", "type": "unstyled", "depth": 0}
    block |= {"inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block | more.pop("block", {})], "entityMap": {}, **more})


def linked(kind: str, **data: Any) -> str:
    """Rich text with one entity over its first words."""
    over = {"entityRanges": [{"offset": 0, "length": 5, "key": 0}]}
    entity = {"type": kind, "mutability": "MUTABLE", "data": data}
    return words(block=over, entityMap={"0": entity})


def body(*blocks: tuple[str, Any]) -> Form:
    """The body of a lesson as the form of the CMS sends it."""
    return nested_form_data({"body": streamfield(list(blocks))})


def one_text(value: str = words(), **more: str) -> Form:
    """A body of one text, with some of its fields replaced or left out."""
    form = body(("text", value)) | {f"body-{name.replace('_', '-')}": more[name] for name in more}
    return {name: given for name, given in form.items() if given != "LEFT OUT"}


def question(**more: Any) -> Form:
    """A body of one question, with some of its fields replaced."""
    answer = {"text": "Yes", "right": "on", "feedback": ""}
    value = {"prompt": words(), "answers": streamfield([("answer", answer)])}
    value |= {"hint": words(), "tries": "0", "right": "", "otherwise": ""}
    return body(("question_one", value | more))


def picture(number: str) -> Form:
    """A body of one picture."""
    return body(("picture", {"image": number, "decorative": "", "alt_text": "x"}))


DEEP = "[" * 100_000 + "]" * 100_000
SHAPES: dict[str, Form] = {
    "no count": {},
    "count of letters": one_text(count="many"),
    "count below nothing": one_text(count="-1"),
    "count beyond what is there": one_text(count="99999999"),
    "count of other digits": one_text(count="²"),
    "a count too long": one_text(count="9" * 5000),
    "an unknown kind": one_text(**{"0_type": "__class__"}),
    "no kind": one_text(**{"0_type": "LEFT OUT"}),
    "an order of letters": one_text(**{"0_order": "first"}),
    "no order": one_text(**{"0_order": "LEFT OUT"}),
    "no mark of deletion": one_text(**{"0_deleted": "LEFT OUT"}),
    "no value": one_text(**{"0_value": "LEFT OUT"}),
    "an id of markup": one_text(**{"0_id": '"><script>alert(1)</script>'}),
    "an id too long": one_text(**{"0_id": "x" * 5000}),
    "an id of nothing": one_text(**{"0_id": "\x00"}),
    "two of one order": body(("text", words()), ("text", words())) | {"body-1-order": "0"},
    "two of one id": body(("text", words()), ("text", words()))
    | {"body-0-id": "a", "body-1-id": "a"},
    "text that is no JSON": one_text("<p>Hello</p>"),
    "text that is empty": one_text(""),
    "text that is null": one_text("null"),
    "text that is a list": one_text("[]"),
    "text that is a number": one_text("1e400"),
    "text of deep brackets": one_text(DEEP),
    "blocks that are a number": one_text('{"blocks": 1, "entityMap": {}}'),
    "blocks without parts": one_text('{"blocks": [{}], "entityMap": {}}'),
    "an unknown kind of block": one_text(words(block={"type": "script"})),
    "a depth below nothing": one_text(words(block={"depth": -5, "type": "unordered-list-item"})),
    "a depth beyond reason": one_text(words(block={"depth": 10**6, "type": "ordered-list-item"})),
    "an unknown style": one_text(
        words(block={"inlineStyleRanges": [{"offset": 0, "length": 3, "style": "ONCLICK"}]})
    ),
    "a style out of bounds": one_text(
        words(block={"inlineStyleRanges": [{"offset": -9, "length": 10**9, "style": "BOLD"}]})
    ),
    "an entity that is not there": one_text(
        words(block={"entityRanges": [{"offset": 0, "length": 5, "key": 7}]})
    ),
    "a link that runs": one_text(linked("LINK", url="javascript:alert(1)")),
    "a link that runs in disguise": one_text(linked("LINK", url="java\tscript:alert(1)")),
    "a link of data": one_text(linked("LINK", url="data:text/html,<script>alert(1)</script>")),
    "a link with an event": one_text(linked("LINK", url='/" onmouseover="alert(1)')),
    "a link to a page of nobody": one_text(linked("LINK", id=987654)),
    "a link to a page of letters": one_text(linked("LINK", id="x' OR 1=1")),
    "a file of nobody": one_text(linked("DOCUMENT", id=987654)),
    "a picture in text": one_text(linked("IMAGE", id=987654, alt="x", format="left")),
    "an embed": one_text(linked("EMBED", url="http://127.0.0.1/", embedType="video")),
    "an entity of no kind": one_text(linked("SCRIPT", src="//evil.example/x.js")),
    "words that are markup": one_text(words(block={"text": "<script>alert(1)</script>"})),
    "a nothing in words": one_text(words(block={"text": "a\x00b"})),
    "half a sign": one_text(words(block={"text": "\ud800"})),
    "a picture of letters": body(("picture", {"image": "x", "decorative": "", "alt_text": ""})),
    "a picture of nobody": body(
        ("picture", {"image": "987654", "decorative": "", "alt_text": "x"})
    ),
    "a picture beyond numbers": body(
        ("picture", {"image": "9" * 30, "decorative": "", "alt_text": ""})
    ),
    "a drawing from elsewhere": body(("drawing", {"name": "../../manage.py", "alt": "x"})),
    "code in a language of nobody": body(("code", {"language": "x", "code": "<script>"})),
    "a link block that runs": body(
        (
            "links",
            {
                "title": "x",
                "links": streamfield(
                    [("link", {"text": "x", "page": "", "url": "javascript:alert(1)"})]
                ),
            },
        )
    ),
    "a question": question(),
    "a question without answers": question(answers={"count": "none"}),
    "a question with answers beyond": question(answers={"count": "50"}),
    "tries beyond numbers": question(tries="1e400"),
    "tries of letters": question(tries="NaN"),
    "a title of nothing": one_text() | {"title": "\x00", "slug": "\x00"},
    "a slug of a path": one_text() | {"slug": "../../cms"},
    "minutes beyond numbers": one_text() | {"minutes": "9" * 400},
}


@pytest.fixture
def desk(cast: SimpleNamespace) -> Iterator[SimpleNamespace]:
    """An editor at the form of a lesson."""
    logging.disable(logging.ERROR)
    client = Client(raise_request_exception=False)
    client.force_login(cast.editor)
    page = LessonPage.objects.child_of(page_of(cast.course)).order_by("path").first()
    address = f"/cms/pages/{page.pk}/edit/"
    plain = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    kept = {name: plain[name] for name in plain if not name.startswith("body")}
    yield SimpleNamespace(client=client, page=page, address=address, plain=kept)
    logging.disable(logging.NOTSET)


def send(desk: SimpleNamespace, form: Form, **more: str) -> int:
    """Send the form with this body; gives the status."""
    return desk.client.post(desk.address, {**desk.plain, **form, **more}).status_code


def test_a_body_of_any_shape_breaks_nothing(desk: SimpleNamespace) -> None:
    """It is published and harmless, or refused; a refused one leaves the lesson as it was."""
    for shape, form in SHAPES.items():
        before = LessonPage.objects.get(pk=desk.page.pk)
        status = send(desk, form, **{"action-publish": "yes"})
        assert status in (200, 302, 400), shape
        after = LessonPage.objects.get(pk=desk.page.pk)
        if status != 302:
            assert (after.title, after.slug) == (before.title, before.slug), shape
            assert after.body.get_prep_value() == before.body.get_prep_value(), shape
        shown = Client().get(after.url)
        assert shown.status_code == 200, shape
        assert running(shown.content.decode()) == [], shape
        assert "evil.example" not in shown.content.decode(), shape


def test_a_preview_and_a_draft_of_any_shape_break_nothing(desk: SimpleNamespace) -> None:
    preview = f"{desk.address}preview/"
    for shape, form in SHAPES.items():
        assert desk.client.post(preview, {**desk.plain, **form}).status_code in (200, 400), shape
        assert desk.client.get(preview).status_code in (200, 400), shape
        assert send(desk, form) in (200, 302, 400), shape
        assert desk.client.get(desk.address).status_code == 200, shape
    assert LessonPage.objects.get(pk=desk.page.pk).title == desk.page.title


def test_a_good_body_is_published(desk: SimpleNamespace) -> None:
    """The form of these tests is one that the CMS takes."""
    form = one_text(linked("LINK", url="https://example.org/"))
    assert send(desk, form, **{"action-publish": "yes"}) == 302
    html = Client().get(LessonPage.objects.get(pk=desk.page.pk).url).content.decode()
    assert '<a href="https://example.org/">Hello</a> there' in html


def test_naughty_strings_in_every_field_of_a_lesson(desk: SimpleNamespace) -> None:
    """Each string in the words, the title and the code of a page that is published."""
    strings = naughty_strings()
    for at in range(0, len(strings), 40):
        some = strings[at : at + 40]
        blocks = [("text", words(block={"text": text})) for text in some]
        blocks += [("code", {"language": "html", "code": text}) for text in some]
        form = body(*blocks) | {"title": some[0][:200] or "x", "summary": some[-1][:200]}
        assert send(desk, form, **{"action-publish": "yes"}) in (200, 302, 400)
        html = Client().get(LessonPage.objects.get(pk=desk.page.pk).url).content.decode()
        assert running(html) == []


def test_any_field_of_the_form_may_hold_anything(desk: SimpleNamespace) -> None:
    """A fuzz over the form of a lesson: any field, any words, also left out."""
    form = {**desk.plain, **question(), **body(("text", words()))}
    values = st.text(max_size=60) | st.sampled_from(OWN) | st.integers().map(str)
    changes = st.dictionaries(st.sampled_from(sorted(form)), values | st.none(), max_size=4)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(changes=changes)
    def ask(changes: dict[str, str | None]) -> None:
        changed = {name: value for name, value in (form | changes).items() if value is not None}
        assert desk.client.post(desk.address, changed).status_code in (200, 302, 400)

    ask()
