"""What in a page would run in a browser. The site's own pages have nothing that does."""

from html.parser import HTMLParser

LINKS = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcdoc"}
NEVER = {"iframe", "object", "embed", "base", "applet", "frame"}
SCHEMES = ("javascript:", "vbscript:", "data:text")


class Finder(HTMLParser):
    """Collects tags and attributes that run something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name.lower(): value or "" for name, value in attrs}
        is_ours = tag == "script" and (
            given.get("src", "").startswith("/static/")
            or given.get("type") in ("application/ld+json", "application/json")
        )
        if tag in NEVER or (tag == "script" and not is_ours):
            self.found.append(f"<{tag}>")
        if tag == "meta" and "http-equiv" in given:
            self.found.append("<meta http-equiv>")
        for name, value in given.items():
            if name.startswith("on") or (name in LINKS and is_script(value)):
                self.found.append(f"<{tag} {name}={value[:40]}>")


def is_script(value: str) -> bool:
    """Whether an address is a script, as a browser reads it: blanks and signs left out."""
    plain = "".join(sign for sign in value.lower() if sign > " ")
    return plain.startswith(SCHEMES)


def running(html: str) -> list[str]:
    """What runs in a page; empty is good."""
    finder = Finder()
    finder.feed(html)
    finder.close()
    return finder.found
