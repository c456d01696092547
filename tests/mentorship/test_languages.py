"""The languages in which people can mentor."""

from django.utils.translation import gettext, override

from mentorship.languages import NAMES, name_of
from mentorship.queries.language_names import CALLED, language_words
from mentorship.queries.sentences import (
    band_words,
    languages_words,
    reason_words,
    slot_words,
    way_words,
)


def test_a_language_has_its_own_name_and_one_for_the_reader() -> None:
    assert (name_of("ti"), language_words("ti")) == ("ትግርኛ", "Tigrinya")
    assert (name_of("xx"), language_words("xx")) == ("xx", "xx")
    assert list(NAMES) == list(CALLED) == sorted(NAMES)


def test_in_a_spanish_sentence_every_language_is_written_small() -> None:
    with override("es"):
        assert [code for code in CALLED if language_words(code)[0].isupper()] == []
        assert languages_words(["es", "en", "ar"]) == "árabe, inglés o español"
        spoken = {"code": "language", "languages": ["en", "es"]}
        assert reason_words(spoken, {}) == "También habla inglés y español."
        assert gettext("Spanish") == "Español", "Alone it keeps its capital."
    with override("en"):
        assert languages_words(["es", "en"]) == "English or Spanish"


def test_words_that_are_kept_are_kept_for_one_language() -> None:
    """The same reason, read in turn in two languages, stays in the language of who reads it."""
    ahead, week = {"code": "ahead", "steps": 2}, {"code": "hours", "minutes": 90}
    for _turn in range(2):
        with override("en"):
            assert reason_words(ahead, {}) == "Is 2 courses ahead in this topic."
            assert reason_words(week, {}) == "Is free at the same time for 1.5 hours a week."
            assert (band_words("good"), way_words("hub")) == ("Fits well", "at the hub")
            assert slot_words("mon-eve") == "Monday evening"
        with override("es"):
            assert reason_words(ahead, {}) == "Lleva 2 cursos de ventaja en este tema."
            assert reason_words(week, {}) == "Tiene libres al mismo tiempo 1,5 horas por semana."
            assert (band_words("good"), way_words("hub")) == ("Encaja bien", "en el centro")
            assert slot_words("mon-eve") == "lunes por la noche"
