"""The languages that a person may choose."""

from members.languages import offered

LANGUAGES = [("en", "English"), ("es", "Spanish"), ("ar", "Arabic")]
SPOKEN = {"en": "English", "es": "Español"}


def test_those_in_which_the_words_are_there():
    assert offered(LANGUAGES, SPOKEN) == [("en", "English"), ("es", "Spanish")]
    assert offered(LANGUAGES, SPOKEN, "es") == [("en", "English"), ("es", "Spanish")]


def test_the_one_that_a_person_has_stays():
    assert offered(LANGUAGES, SPOKEN, "ar") == LANGUAGES


def test_none_that_nobody_knows():
    assert offered(LANGUAGES, {**SPOKEN, "xx": "X"}, "yy") == [("en", "English"), ("es", "Spanish")]
