"""Links are asked politely, and nothing that is not public is ever opened. No network here: names
and sites are the test's own."""

import socket
import ssl
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from partners import reach
from partners.reach import Answer, NotPublic, Target

PUBLIC = "93.184.216.34"


class Web:
    """Names with their addresses, and what each address of the web answers."""

    def __init__(self, answers: dict[str, Any], names: dict[str, Sequence[str]] | None = None):
        self.answers = answers
        self.names = names or {}
        self.asked: list[tuple[str, str, str]] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        return self.names.get(host, [PUBLIC])

    def ask(self, target: Target, method: str) -> Answer:
        self.asked.append((method, target.ip, f"{target.host}{target.path}"))
        found = self.answers.get(f"{method} {target.host}{target.path}")
        found = self.answers.get(f"{target.host}{target.path}", 200) if found is None else found
        if isinstance(found, Exception):
            raise found
        return Answer(found, "") if isinstance(found, int) else Answer(302, found)

    def state(self, url: str) -> str:
        return reach.state_of_link(url, resolve=self.resolve, ask=self.ask)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "ok"),
        (204, "ok"),
        (206, "ok"),
        (404, "broken"),
        (410, "broken"),
        (401, "unsure"),
        (403, "unsure"),
        (429, "unsure"),
        (500, "unsure"),
        (302, "unsure"),
    ],
)
def test_what_an_answer_means(status: int, state: str) -> None:
    assert Web({"college.example/a": status}).state("https://college.example/a") == state


def test_the_head_is_asked_for_first_and_the_page_only_if_need_be() -> None:
    web = Web({})
    assert web.state("http://college.example") == "ok"
    assert web.asked == [("HEAD", PUBLIC, "college.example/")]
    web = Web({"HEAD college.example/": 405})
    assert web.state("http://college.example/") == "ok"
    assert [one[0] for one in web.asked] == ["HEAD", "GET"]
    web = Web({"HEAD college.example/": 404})
    assert web.state("http://college.example/") == "ok"


def test_errors_of_the_line() -> None:
    def state(error: Exception) -> str:
        return Web({"college.example/": error}).state("https://college.example/")

    assert state(TimeoutError()) == state(ssl.SSLError()) == state(ValueError()) == "unsure"
    assert state(ConnectionRefusedError()) == "unsure"
    assert state(socket.gaierror(socket.EAI_NONAME, "no")) == "broken"
    assert state(socket.gaierror(socket.EAI_AGAIN, "later")) == "unsure"


PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.9",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.216.34",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "nonsense",
]


@pytest.mark.parametrize("ip", PRIVATE)
def test_a_name_that_leads_inside_is_never_opened(ip: str) -> None:
    assert not reach.is_public(ip)
    web = Web({}, {"inside.example": [ip]})
    assert web.state("http://inside.example/") == "closed"
    web = Web({}, {"inside.example": [PUBLIC, ip]})
    assert web.state("http://inside.example/") == "closed"
    assert web.asked == []


def test_addresses_of_the_world_are_public() -> None:
    assert reach.is_public(PUBLIC)
    assert reach.is_public("2606:2800:220:1:248:1893:25c8:1946")


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://１２７.０.０.１/",
        "http://93.184.216.34/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "http://college.example:22/",
        "http://jo:word@college.example/",
        "http:///nothing",
        "ftp://college.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//college.example/",
    ],
)
def test_what_is_no_name_on_the_web_is_never_opened(url: str) -> None:
    web = Web({})
    assert web.state(url) == "closed"
    assert web.asked == []


@pytest.mark.parametrize("url", ["http://[::1", "http://college.example:99999/", "http://a..b/"])
def test_what_cannot_be_read_is_left_alone(url: str) -> None:
    web = Web({})
    assert web.state(url) == "unsure"
    assert web.asked == []


def test_a_name_without_addresses_is_closed() -> None:
    assert Web({}, {"empty.example": []}).state("http://empty.example/") == "closed"


def test_names_of_other_letters_are_asked_for_as_the_web_writes_them() -> None:
    web = Web({})
    assert web.state("https://münchen.example/straße?q=ä b#part") == "ok"
    host = "xn--mnchen-3ya.example"
    assert web.asked == [("HEAD", PUBLIC, f"{host}/stra%C3%9Fe?q=%C3%A4%20b")]


def test_redirects_are_judged_anew() -> None:
    web = Web({"a.example/": "/next", "a.example/next": "https://b.example/"})
    assert web.state("http://a.example/") == "ok"
    assert [one[2] for one in web.asked] == ["a.example/", "a.example/next", "b.example/"]
    for inside in ("http://127.0.0.1/", "http://inside.example/", "file:///etc/passwd"):
        web = Web({"a.example/": inside}, {"inside.example": ["10.0.0.1"]})
        assert web.state("http://a.example/") == "closed"
        assert len(web.asked) == 1


def test_a_circle_ends() -> None:
    web = Web({"a.example/": "http://a.example/"})
    assert web.state("http://a.example/") == "unsure"
    assert len(web.asked) == 4


def test_a_name_that_changes_its_mind_changes_nothing() -> None:
    """The question goes to the address that was judged; the name is not asked again."""
    answers = [[PUBLIC], ["127.0.0.1"]]
    web = Web({})

    def resolve(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    assert reach.state_of_link("http://rebinds.example/", resolve=resolve, ask=web.ask) == "ok"
    assert [one[1] for one in web.asked] == [PUBLIC]
    assert answers == [["127.0.0.1"]]


def test_names_are_resolved_by_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)
    assert reach.resolve_name("college.example", 80) == [PUBLIC]


def test_a_name_that_is_slowly_found_is_left() -> None:
    """However long the machine looks for it, nobody waits longer than was said."""
    is_over = threading.Event()

    def look_up(*place: Any, **more: Any) -> list[Any]:
        is_over.wait()
        return []

    def resolve(host: str, port: int) -> Sequence[str]:
        return reach.resolve_name(host, port, look_up, seconds=0.0)

    web = Web({})
    with pytest.raises(TimeoutError):
        resolve("slow.example", 80)
    assert reach.state_of_link("http://slow.example/", resolve=resolve, ask=web.ask) == "unsure"
    is_over.set()
    assert web.asked == []


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no"), "broken"),
        (socket.gaierror(socket.EAI_AGAIN, "later"), "unsure"),
        (UnicodeError("a name that is none"), "unsure"),
    ],
)
def test_what_a_look_up_says_is_heard(error: Exception, state: str) -> None:
    def look_up(*place: Any, **more: Any) -> list[Any]:
        raise error

    def resolve(host: str, port: int) -> Sequence[str]:
        return reach.resolve_name(host, port, look_up)

    assert reach.state_of_link("http://no.example/", resolve=resolve) == state


TARGET = Target(PUBLIC, "college.example", 80, "/a?b=c", is_safe=False)


def asking(answer: bytes, seconds: float = 5.0) -> tuple[Any, list[Any]]:
    """Ask a site at the other end of a pair of sockets; what came of it, and what was seen."""
    near, far = socket.socketpair()
    seen: list[Any] = []

    def site() -> None:
        seen.append(far.recv(4096))
        far.sendall(answer)
        if answer:
            far.shutdown(socket.SHUT_WR)

    def connect(place: tuple[str, int], timeout: float) -> socket.socket:
        seen.append((place, timeout))
        return near

    thread = threading.Thread(target=site)
    thread.start()
    try:
        return reach.ask_site(TARGET, "HEAD", connect, seconds), seen
    finally:
        thread.join()
        far.close()


def test_a_question_goes_to_the_judged_address_in_the_name_of_the_host() -> None:
    answer, seen = asking(b"HTTP/1.1 302 Found\r\nX: y\r\nLocation:  /next \r\n\r\nlocation: /no")
    assert answer == Answer(302, "/next")
    assert seen[0] == ((PUBLIC, 80), 5.0)
    lines = seen[1].decode().split("\r\n")
    assert lines[:2] == ["HEAD /a?b=c HTTP/1.1", "Host: college.example"]
    assert lines[-2:] == ["", ""]
    assert not any(line.lower().startswith(("cookie", "referer")) for line in lines)


def test_an_answer_without_a_way_on() -> None:
    assert asking(b"HTTP/1.0 200 OK\r\n\r\n")[0] == Answer(200, "")
    assert asking(b"HTTP/1.1 404 No")[0] == Answer(404, "")


def test_an_endless_answer_is_cut() -> None:
    long = b"HTTP/1.1 200 OK\r\nX: " + b"x" * 17_000
    assert asking(long)[0].status == 200


def test_what_is_no_answer_of_the_web() -> None:
    with pytest.raises(ValueError, match="no answer of the web"):
        asking(b"SSH-2.0-OpenSSH")


def test_a_site_that_says_nothing_is_too_slow() -> None:
    with pytest.raises(TimeoutError):
        asking(b"", seconds=0.05)
    with pytest.raises(TimeoutError, match="too slow"):
        reach.left(0.0)


def test_a_safe_line_has_to_prove_its_name() -> None:
    """Whoever answers without a certificate gets no question."""
    near, far = socket.socketpair()
    far.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    far.shutdown(socket.SHUT_WR)
    safe = Target(PUBLIC, "college.example", 443, "/", is_safe=True)
    with pytest.raises(ssl.SSLError):
        reach.ask_site(safe, "HEAD", lambda *place, **more: near)
    assert b"college.example" in far.recv(4096)
    far.close()


def test_targets_say_where_they_go() -> None:
    found = reach.target_of("https://College.example:443/a%20b", lambda host, port: [PUBLIC])
    assert found == Target(PUBLIC, "college.example", 443, "/a%20b", is_safe=True)
    with pytest.raises(NotPublic):
        reach.target_of("https://college.example:8443/", lambda host, port: [PUBLIC])
