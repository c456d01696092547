"""The languages in which people can mentor."""

from django.utils.translation import gettext, override

from mentorship.languages import NAMES, name_of
from mentorship.queries.language_names import CALLED, language_words
from mentorship.queries.sentences import languages_words, reason_words


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
