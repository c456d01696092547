"""`manage.py serve_demo`: what is due runs every minute, and a broken first start is mended."""

import re
import subprocess
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.urls import resolve

from hub.management.commands import serve_demo
from tests.mentorship.factories import make_ask, make_mentor, make_pairing
from tests.partners.offers_cast import make_partner


class Server:
    """A web server that runs for some minutes."""

    def __init__(self, minutes: int) -> None:
        self.left = minutes
        self.waits: list[float] = []

    def wait(self, timeout: float) -> int:
        self.waits.append(timeout)
        if self.left == 0:
            return 3
        self.left -= 1
        raise subprocess.TimeoutExpired("granian", timeout)


def test_a_tick_every_minute_until_the_server_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks: list[int] = []
    monkeypatch.setattr(serve_demo, "tick", lambda: ticks.append(1))
    server: Any = Server(3)
    with pytest.raises(CommandError, match=r"stopped with code 3"):
        serve_demo.watch(server)
    assert (len(ticks), server.waits) == (3, [60, 60, 60, 60])


def prepared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that getting ready calls, without running them."""
    called: list[str] = []
    monkeypatch.setattr(serve_demo, "call_command", lambda name, **more: called.append(name))
    serve_demo.Command(stdout=StringIO()).prepare()
    return called


def test_a_demo_that_was_loaded_by_half_is_loaded_again(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pairs are there, partners are not yet."""
    mentor = make_mentor(cast.neighbour, cast.hub)
    make_pairing(make_ask(cast.learner, cast.hub), mentor)
    assert prepared(monkeypatch) == ["load_demo", "pack_static"]


def test_a_loaded_demo_is_left_alone(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_partner(cast.hub)
    assert prepared(monkeypatch) == ["pack_static"]


def test_the_welcome_names_every_account_and_the_main_addresses() -> None:
    people = yaml.safe_load((settings.BASE_DIR / "demo" / "people.yaml").read_text())["people"]
    known = [row["username"] for row in people]
    said = serve_demo.welcome("localhost", 8000)
    named = re.findall(r"^  (\w+)  ", said, re.M) + serve_demo.MORE_LEARNERS.split(", ")
    assert sorted(named) == sorted(known)
    assert serve_demo.MORE_LEARNERS in said
    assert "no pages yet" not in said
    addresses = re.findall(r"^  http://localhost:8000(\S+)", said, re.M)
    assert [resolve(path).url_name for path in addresses] == [
        "catalogue",
        "me",
        "mentorship",
        "offers",
        "desk",
        "wagtailadmin_home",
    ]


@override_settings(WEFT_DEMO=False)
@pytest.mark.parametrize("command", ["serve_demo", "load_demo"])
def test_a_real_site_refuses(command: str) -> None:
    with pytest.raises(CommandError, match=r"demo"):
        call_command(command)


def test_a_port_must_be_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "web")
    with pytest.raises(Exception, match=r"PORT must be a whole number"):
        call_command("serve_demo")
