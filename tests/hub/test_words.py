"""Plain words in the place of other packages' own: an upgrade that changes them is noticed."""

import gettext
import re
from pathlib import Path

import django
import polib
import pytest
import wagtail
import wagtail_localize
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import translation
from django.utils.translation import gettext as translated

OWN, WORDS = (Path(path) for path in settings.LOCALE_PATHS)
PLACES = re.compile(r"%\(\w+\)[a-z]|%%|%[sd]|\{\w*\}")
FILES = [(code, domain) for code in ("en", "es") for domain in ("django", "djangojs")]


def said_by_packages(domain: str) -> set[tuple[str, str]]:
    """What Wagtail, its translation tool and Django say, each with its plural."""
    folders = [Path(package.__file__).parent for package in (django, wagtail, wagtail_localize)]
    files = [
        path
        for folder in folders
        for path in folder.rglob(f"locale/en/LC_MESSAGES/{domain}.po")
        if path.stat().st_size
    ]
    return {(entry.msgid, entry.msgid_plural) for path in files for entry in polib.pofile(path)}


def catalogue(code: str, domain: str) -> polib.POFile:
    return polib.pofile(str(WORDS / code / "LC_MESSAGES" / f"{domain}.po"))


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize(("code", "domain"), FILES)
def test_each_of_these_is_still_said(code: str, domain: str) -> None:
    known = said_by_packages(domain)
    ours = [(entry.msgid, entry.msgid_plural) for entry in catalogue(code, domain)]
    assert len(known) > 100
    assert [pair for pair in ours if pair not in known] == []


@pytest.mark.parametrize(("code", "domain"), FILES)
def test_each_is_worded_once_and_whole(code: str, domain: str) -> None:
    entries = list(catalogue(code, domain))
    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete] == []
    assert [entry.msgid for entry in entries if not all(texts(entry))] == []
    assert len({entry.msgid for entry in entries}) == len(entries)
    different = [
        text
        for entry in entries
        for text in texts(entry)
        if not set(PLACES.findall(text)) <= set(PLACES.findall(entry.msgid + entry.msgid_plural))
    ]
    assert different == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_both_languages_word_the_same(domain: str) -> None:
    english, spanish = ([entry.msgid for entry in catalogue(code, domain)] for code in ("en", "es"))
    assert english == spanish


@pytest.mark.parametrize(("code", "domain"), FILES)
def test_the_packed_words_are_those_of_the_list(code: str, domain: str) -> None:
    path = WORDS / code / "LC_MESSAGES" / f"{domain}.mo"
    with path.open("rb") as packed:
        found = gettext.GNUTranslations(packed)
    for entry in catalogue(code, domain):
        if not entry.msgid_plural:
            assert found.gettext(entry.msgid) == entry.msgstr


def test_our_own_sentences_keep_a_list_of_their_own() -> None:
    """`make messages` writes the first folder, and what stands there counts first."""
    own = {entry.msgid for entry in polib.pofile(str(OWN / "es" / "LC_MESSAGES" / "django.po"))}
    assert Path(settings.BASE_DIR) / "locale" == OWN
    assert {entry.msgid for entry in catalogue("en", "django")} & own == set()


@pytest.mark.parametrize(
    ("code", "status", "title"), [("en", "Published", "Pages"), ("es", "Publicada", "Páginas")]
)
def test_a_page_that_readers_see_is_called_published(code: str, status: str, title: str) -> None:
    with translation.override(code):
        assert (translated("Live"), translated("Exploring")) == (status, title)
        assert translated("live").lower() == status.lower()


@pytest.mark.parametrize("code", ["en", "es"])
def test_sizes_are_told_in_kilobytes_with_a_small_k(code: str) -> None:
    with translation.override(code):
        assert re.sub(r"\s", " ", filesizeformat(25 * 1024))[-3:] == " kB"


@pytest.mark.parametrize(
    ("code", "said"), [("en", "Send for review"), ("es", "Enviar para revisión")]
)
def test_the_plain_words_count(code: str, said: str) -> None:
    with translation.override(code):
        assert translated("Submit for moderation") == said
