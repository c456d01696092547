"""The switch between system, light and dark."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def choose(client: Client, choice: str, target: str = "/courses/"):
    return client.post("/display/", {"choice": choice, "next": target})


def test_display_keeps_the_choice_and_goes_back() -> None:
    client = Client()
    response = choose(client, "dark")
    assert (response.status_code, response["Location"]) == (303, "/courses/")
    cookie = response.cookies["display"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("dark", True, "Lax")
    assert 'data-display="dark"' in client.get("/accounts/login/").content.decode()


def test_display_system_forgets_the_choice() -> None:
    client = Client()
    choose(client, "light")
    assert choose(client, "system").cookies["display"].value == ""
    assert 'data-display="system"' in client.get("/accounts/login/").content.decode()


def test_display_unknown_choice_is_system() -> None:
    response = choose(Client(), 'dark"><script>')
    assert (response.status_code, response.cookies["display"].value) == (303, "")


@pytest.mark.parametrize("cookie", ["neon", '"><script>', "darkdark"])
def test_a_cookie_of_somebody_s_own_is_system(cookie: str) -> None:
    client = Client()
    client.cookies["display"] = cookie
    assert 'data-display="system"' in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "\nhttps://evil.example",
        "",
    ],
)
def test_display_leads_to_this_site_only(target: str) -> None:
    assert choose(Client(), "dark", target)["Location"] == "/"


def test_display_is_not_for_reading() -> None:
    assert Client().get("/display/").status_code == 405
