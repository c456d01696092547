"""The languages in which people can mentor."""

from mentorship.languages import NAMES, name_of
from mentorship.queries.language_names import CALLED, language_words


def test_a_language_has_its_own_name_and_one_for_the_reader() -> None:
    assert (name_of("ti"), language_words("ti")) == ("ትግርኛ", "Tigrinya")
    assert (name_of("xx"), language_words("xx")) == ("xx", "xx")
    assert list(NAMES) == list(CALLED) == sorted(NAMES)
