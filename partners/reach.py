"""Asks an address on the web whether it answers, and reaches nothing that is not public.

The name is resolved first; every address it has must be public, and the connection goes to the
one that was judged, so a name that changes its mind meanwhile changes nothing. Redirects are judged
anew. Each look-up and each question has few seconds; a question reads few bytes.
"""

import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

OK, BROKEN, UNSURE, CLOSED = "ok", "broken", "unsure", "closed"
MOST_HOPS, SECONDS, MOST_BYTES = 3, 6.0, 16_384
PORTS = {"http": 80, "https": 443}
GONE, MOVED, NO_HEAD = {404, 410}, {301, 302, 303, 307, 308}, {400, 403, 405, 501}
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")
LOCATION = re.compile(rb"\r\nlocation:[ \t]*([^\r\n]*)", re.IGNORECASE)
NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+", re.IGNORECASE)
NUMBER = re.compile(r"(0x[0-9a-f]*|\d+)", re.IGNORECASE)

NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True)
class Target:
    """Where a question goes: the address that was judged, and the name that it is for."""

    ip: str
    host: str
    port: int
    path: str
    is_safe: bool


@dataclass(frozen=True)
class Answer:
    """The number that a site answered, and where it sends us on."""

    status: int
    location: str


Ask = Callable[[Target, str], Answer]


class NotPublic(Exception):
    """An address that we do not open."""


def state_of_link(url: str, *, resolve: Resolve | None = None, ask: Ask | None = None) -> str:
    """How it is with a link: ok, broken, unsure (it may be only for now), or closed: one that we
    do not open."""
    resolve, ask = resolve or resolve_name, ask or ask_site
    try:
        for _hop in range(MOST_HOPS + 1):
            answer = ask_both(target_of(url, resolve), ask)
            if answer.status not in MOVED:
                return judge(answer.status)
            if not answer.location:
                return UNSURE
            url = urljoin(url, answer.location)
    except NotPublic:
        return CLOSED
    except socket.gaierror as error:
        return UNSURE if error.errno == socket.EAI_AGAIN else BROKEN
    except (OSError, ValueError):
        return UNSURE
    return UNSURE


def judge(status: int) -> str:
    """What an answer means for the link."""
    if status in GONE:
        return BROKEN
    return OK if 200 <= status < 300 else UNSURE


def ask_both(target: Target, ask: Ask) -> Answer:
    """Ask for the head only; where a site does not take that, for the page."""
    answer = ask(target, "HEAD")
    return ask(target, "GET") if answer.status in NO_HEAD | GONE else answer


def target_of(url: str, resolve: Resolve) -> Target:
    """Where a question about a link goes. Refuses what is not public, however it is written."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").encode("idna").decode()
    if parts.scheme not in PORTS or parts.username is not None:
        raise NotPublic(url)
    port = PORTS[parts.scheme] if parts.port is None else parts.port
    if port not in PORTS.values() or not is_name(host):
        raise NotPublic(url)
    found = list(resolve(host, port))
    if not found or not all(map(is_public, found)):
        raise NotPublic(host)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    full = f"{path}?{query}" if query else path
    return Target(found[0], host, port, full, parts.scheme == "https")


def is_name(host: str) -> bool:
    """Whether a host is a name with a dot. Numbers are none, however they are written: decimal,
    octal, hexadecimal, with fewer dots, or of version 6."""
    last = host.rpartition(".")[2]
    return NAME.fullmatch(host) is not None and NUMBER.fullmatch(last) is None


def is_public(ip: str) -> bool:
    """Whether an address is open to the whole world. One that carries another is judged by both."""
    try:
        found = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if inner or found in NAT64:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def resolve_name(
    host: str, port: int, look_up: Callable[..., Any] | None = None, seconds: float = SECONDS
) -> list[str]:
    """All addresses of a name. A look-up cannot be told to hurry, so it runs aside, and we wait a
    few seconds for it at most. What is too late is an error like any other of the line."""
    look_up = look_up or socket.getaddrinfo
    found: Future[Any] = Future()

    def ask() -> None:
        try:
            found.set_result(look_up(host, port, type=socket.SOCK_STREAM))
        except Exception as error:
            found.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    return [str(one[4][0]) for one in found.result(timeout=seconds)]


def ask_site(
    target: Target,
    method: str,
    connect: Callable[..., socket.socket] = socket.create_connection,
    seconds: float = SECONDS,
) -> Answer:
    """Ask one address, and read the head of the answer. All of it takes a few seconds at most."""
    until = time.monotonic() + seconds
    with connect((target.ip, target.port), timeout=seconds) as plain:
        line = plain
        if target.is_safe:
            plain.settimeout(left(until))
            line = ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
        line.settimeout(left(until))
        line.sendall(question(target, method))
        return read_head(line, until)


def question(target: Target, method: str) -> bytes:
    """The words of a question: nothing of us but our name."""
    lines = [
        f"{method} {target.path} HTTP/1.1",
        f"Host: {target.host}",
        "User-Agent: Weft link check",
        "Accept: */*",
        "Range: bytes=0-0",
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii", "replace")


def read_head(line: socket.socket, until: float) -> Answer:
    """The number and the way on, from the first bytes of an answer."""
    got = b""
    while b"\r\n\r\n" not in got and len(got) < MOST_BYTES:
        line.settimeout(left(until))
        more = line.recv(2048)
        if not more:
            break
        got += more
    status = STATUS.match(got)
    if status is None:
        raise ValueError("no answer of the web")
    way = LOCATION.search(got.partition(b"\r\n\r\n")[0])
    return Answer(int(status[1]), way[1].decode("latin-1").strip() if way else "")


def left(until: float) -> float:
    """How many seconds are left. Too late is an error like any other of the line."""
    rest = until - time.monotonic()
    if rest <= 0:
        raise TimeoutError("too slow")
    return rest
