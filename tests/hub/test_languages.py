"""The Spanish words, and pages that run from right to left."""

import gettext
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format

from content.templatetags.weft import hub_words
from members.models import Member
from tests.courses.test_actions_outline import spanish

FOLDER = Path(settings.BASE_DIR) / "locale" / "es" / "LC_MESSAGES"
PLACES = re.compile(r"%\(\w+\)[a-z]|%%|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def words() -> polib.POFile:
    return polib.pofile(str(FOLDER / "django.po"))


def pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each sentence of an entry with its Spanish; the plural stands for all but one."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    one, *more = entry.msgstr_plural.values()
    return [(entry.msgid, one), *((entry.msgid_plural, text) for text in more)]


def test_everything_is_said_in_spanish(words: polib.POFile) -> None:
    empty = [entry.msgid for entry in words for _, text in pairs(entry) if not text]
    assert empty == []
    assert len(words) > 900


def test_nothing_is_guessed(words: polib.POFile) -> None:
    assert [entry.msgid for entry in words if entry.fuzzy] == []
    assert [entry.msgid for entry in words if entry.obsolete] == []


def test_what_is_filled_in_is_the_same(words: polib.POFile) -> None:
    different = [
        said
        for entry in words
        for said, text in pairs(entry)
        if sorted(PLACES.findall(said)) != sorted(PLACES.findall(text))
    ]
    assert different == []


def test_speaks_to_one_person_in_plain_spanish(words: polib.POFile) -> None:
    """Tú, not usted."""
    formal = re.compile(r"\b(?:usted|ustedes|haga clic|introduzca|seleccione|pulse)\b", re.I)
    assert [text for entry in words for _, text in pairs(entry) if formal.search(text)] == []


def test_speaks_to_two_people_as_in_every_country(words: polib.POFile) -> None:
    """The forms of ustedes (se han visto), not those of vosotros (os habéis visto)."""
    forms = r"\b(?:os|vosotr[oa]s|vuestr[oa]s?|sois|vais|\w+(?:áis|éis|[ai]steis)|acordad)\b"
    local = re.compile(forms, re.I)
    assert [text for entry in words for _, text in pairs(entry) if local.search(text)] == []


def test_names_no_machine_and_no_person() -> None:
    text = (FOLDER / "django.po").read_text()
    head = text.split("\n\n")[0]
    assert "@" not in head
    assert "\n#: " not in text


def test_the_packed_words_are_those_of_the_list(words: polib.POFile) -> None:
    with (FOLDER / "django.mo").open("rb") as packed:
        found = gettext.GNUTranslations(packed)
    for entry in words:
        if not entry.msgid_plural and not entry.msgctxt:
            assert found.gettext(entry.msgid) == entry.msgstr


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/es/courses/", "¿Qué quieres aprender?"),
        ("/es/accounts/signup/", "Crear mi cuenta"),
        ("/es/accounts/login/", "Olvidé mi contraseña"),
        ("/es/search/", "Buscar"),
        ("/es/nowhere/", "Aquí no hay nada"),
    ],
)
def test_pages_speak_spanish(client: Client, cast: SimpleNamespace, path: str, said: str) -> None:
    page = client.get(path).content.decode()
    assert '<html lang="es" dir="ltr"' in page
    assert said in page
    assert "Saltar al contenido" in page


def test_my_learning_speaks_spanish(learner: Member, client: Client) -> None:
    client.force_login(learner)
    page = client.get("/es/me/").content.decode()
    assert "Mi aprendizaje" in page
    assert f"Hola, {learner.name}." in page


def test_what_a_hub_says_of_itself_names_its_language(
    client: Client, cast: SimpleNamespace
) -> None:
    """A screen reader reads the English hours of a Spanish page as English."""
    spanish(cast.course)
    for path in ("/es/hubs/", "/es/hubs/harbour/", "/es/hubs/harbour/basics/"):
        page = client.get(path).content.decode()
        assert '<html lang="es"' in page
        assert page.count("Monday to Friday") == page.count(
            '<span lang="en">Monday to Friday</span>'
        )
        assert "Monday to Friday" in page
    assert '<span lang="en">Ring the bell.</span>' in page
    assert '<span lang="en">1 High Street</span>' in page
    assert '<span lang="en">' not in client.get("/hubs/harbour/").content.decode()


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("en", "Tea &lt;3"),
        ("es", '<span lang="en">Tea &lt;3</span>'),
        ("ar", '<span lang="en">Tea &lt;3</span>'),
    ],
)
def test_the_words_of_a_hub_are_escaped(code: str, shown: str) -> None:
    with translation.override(code):
        assert hub_words("Tea <3") == shown
        assert hub_words("") == ""


@pytest.mark.parametrize("path", ["/ar/courses/", "/ar/accounts/signup/", "/ar/search/"])
def test_runs_from_right_to_left(client: Client, cast: SimpleNamespace, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl"' in response.content.decode()


@pytest.mark.parametrize(("code", "said"), [("en", "5 March 2027"), ("es", "5 de marzo de 2027")])
def test_dates_are_said_as_people_say_them(code: str, said: str) -> None:
    with translation.override(code):
        assert date_format(date(2027, 3, 5), "DATE_FORMAT") == said
