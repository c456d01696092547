"""The finder of what runs finds it."""

import pytest

from .running import running


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<script src="//evil.example/x.js"></script>',
        "<img src=x onerror=alert(1)>",
        "<svg><a xlink:href='java\tscript:alert(1)'>x</a></svg>",
        "<a href=' JavaScript:alert(1)'>x</a>",
        "<form><button formaction=javascript:alert(1)>x</button></form>",
        "<iframe srcdoc='x'></iframe>",
        "<base href='//evil.example'>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
    ],
)
def test_what_runs_is_found(html: str) -> None:
    assert running(html)


@pytest.mark.parametrize(
    "html",
    [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        '<script src="/static/weft.js" defer></script>',
        '<script type="application/ld+json">{"a": "b"}</script>',
        '<a href="https://example.org/?q=javascript:1">x</a>',
        '<input value="&quot; onerror=alert(1)">',
    ],
)
def test_what_does_not_run_is_left_alone(html: str) -> None:
    assert running(html) == []
