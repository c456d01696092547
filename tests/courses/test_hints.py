"""What a learner would stumble over: each limit, and the sentences that an editor reads."""

import pytest

from courses.hints import Media, Words, Written, hints_for
from courses.hints.weight import MB

IN_A_BLOCK = "or explain each in a “New word” block."
SPANISH = (
    "Pulsa la tecla que está al lado de la pantalla. Si no pasa nada, es que el teléfono no tiene "
    "batería. Pon el cable en la toma y espera un poco. Cuando se vea la luz, pulsa la tecla otra "
    "vez y escribe tu número."
)
ENGLISH = (
    "Press the key that is on the side of the phone. If nothing happens, the phone has no power. "
    "Put the cable in and wait for a while. When you see the light, press the key again and type "
    "your number, which you can find in the box."
)
SHORT = "Pulsa la tecla que está al lado de la pantalla del teléfono."


def page(*texts: str, language: str = "en", others: tuple[str, ...] = (), **more) -> Written:
    """A page with some paragraphs."""
    return Written(language, others, words=[Words(f"<p>{text}</p>") for text in texts], **more)


def sentence(first: str, length: int = 26) -> str:
    """A sentence of so many words."""
    return f"{first} {' '.join(['word'] * (length - 1))}."


def plain(hints: list[str]) -> list[str]:
    """Hints without the hard spaces of sizes."""
    return [hint.replace("\xa0", " ") for hint in hints]


def test_nothing_to_say() -> None:
    assert hints_for(Written("en", ("es",))) == []
    assert hints_for(page("", "Turn it on. <b>Wait.</b>", others=("es",))) == []


def test_a_long_word_is_named() -> None:
    assert hints_for(page("Your responsibility, and accommodation")) == [
        "This word is long: “responsibility”. Use a shorter one, or explain it in a “New word” "
        "block."
    ]


def test_each_long_word_once_and_three_at_most() -> None:
    text = "Responsibilities, responsibilities! Internationalisation"
    assert hints_for(page(text)) == [
        "These words are long: “Responsibilities”, “Internationalisation”. Use shorter ones, "
        f"{IN_A_BLOCK}"
    ]
    assert hints_for(page(text, "administration", "Representatives", "misunderstanding")) == [
        "These words are long: “Responsibilities”, “Internationalisation”, “administration” and "
        f"2 more. Use shorter ones, {IN_A_BLOCK}"
    ]


def test_a_page_without_blocks_has_no_place_for_a_new_word() -> None:
    assert hints_for(page("responsibility", has_blocks=False)) == [
        "This word is long: “responsibility”. Use a shorter one."
    ]
    assert hints_for(page("responsibility administration", has_blocks=False)) == [
        "These words are long: “responsibility”, “administration”. Use shorter ones."
    ]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Responsibility", "Responsibilities, responsibility"),
        ("Two-factor authentication", "AUTHENTICATION, authentications"),
        ("Accommodation", "accommodations"),
        ("Responsabilidad", "responsabilidades"),
        ("Administración", "administracion, administraciones"),
    ],
)
def test_a_word_that_the_page_explains_is_known(term: str, text: str) -> None:
    assert hints_for(page(text, terms=[term])) == []


@pytest.mark.parametrize("term", ["", "Re", "Responsible", "Administration"])
def test_another_word_explains_nothing(term: str) -> None:
    assert hints_for(page("responsibility", terms=[term])) != []


@pytest.mark.parametrize(
    "markup",
    [
        '<a linktype="page" id="3">internationalisation</a>',
        "<code>getElementsByClassName</code> and `querySelectorAllThings`",
        "administrators@example.org",
        "https://example.org/internationalisation",
        "www.internationalisation.org",
        "well-considered-but-short",
        "abcdefghijklm",
        "12345678901234567890",
    ],
)
def test_links_code_addresses_and_short_parts_are_no_long_words(markup: str) -> None:
    assert hints_for(page(markup)) == []


def test_spanish_words_follow_the_same_rule() -> None:
    assert hints_for(page("Las responsabilidades de la administración.", language="es")) == [
        "These words are long: “responsabilidades”, “administración”. Use shorter ones, "
        f"{IN_A_BLOCK}"
    ]


def test_a_long_sentence_is_quoted() -> None:
    assert hints_for(page(f"{sentence('Short', 25)} {sentence('Long')}")) == [
        "This sentence has more than 25 words: “Long word word word word word…”. Make two of it."
    ]


def test_two_sentences_are_quoted_at_most_and_each_once() -> None:
    texts = [sentence("First"), f"“{sentence('Second')}” {sentence('First')}"]
    assert hints_for(page(*texts)) == [
        "These sentences have more than 25 words: “First word word word word word…”, “Second word "
        "word word word word…”. Make two of each."
    ]
    assert hints_for(page(*texts, sentence("Third"), sentence("Fourth"))) == [
        "These sentences have more than 25 words: “First word word word word word…”, “Second word "
        "word word word word…” and 2 more. Make two of each."
    ]


def test_lines_end_a_sentence_and_a_lone_sign_is_no_word() -> None:
    half = " ".join(["word"] * 20)
    lists = f"<h2>{half}</h2><p>{half}</p><ul><li>{half}</li><li>{half}</li></ul>"
    signs, wordings = " – ".join(["word"] * 25), f"{half} | {half}"
    assert hints_for(Written("en", words=[Words(lists), Words(signs), Words(wordings)])) == []


def test_what_loads_well_needs_no_hint() -> None:
    media = [Media("file", "A", 5 * MB), Media("audio", "B", 5 * MB), Media("video", "C", 25 * MB)]
    assert hints_for(page(media=media, pictures=10)) == []


def test_what_is_heavy_is_named_with_its_size() -> None:
    media = [Media("file", "Plan", 6 * MB), Media("audio", "Talk", 7 * MB)]
    assert plain(hints_for(page(media=[*media, Media("video", "Tour", 80 * MB)]))) == [
        "The file “Plan” has 6.0 MB. Save it smaller: up to 5.0 MB loads well on a phone.",
        "The sound “Talk” has 7.0 MB. Make it shorter or save it smaller: up to 5.0 MB loads well "
        "on a phone.",
        "The film “Tour” has 80.0 MB. Make it shorter or save it smaller: up to 25.0 MB loads well "
        "on a phone.",
    ]


def test_very_many_pictures() -> None:
    assert hints_for(page(pictures=11)) == [
        "There are 11 pictures here, and a phone loads each of them. Keep those that explain "
        "something: at most 10."
    ]


def test_more_than_ten_minutes_to_read() -> None:
    ten_minutes = "Wait. " * 1300
    assert hints_for(page(ten_minutes, is_lesson=True)) == []
    assert hints_for(page(ten_minutes, "Wait.", is_lesson=True)) == [
        "Reading this takes about 11 minutes. Divide the lesson into two."
    ]
    assert hints_for(page(ten_minutes, "Wait.")) == [
        "Reading this takes about 11 minutes. Leave out what few people need."
    ]


def test_what_only_some_see_takes_nobody_s_time() -> None:
    written = page("Wait. " * 1300)
    written.words.append(Words("No. " * 300, for_all=False))
    assert hints_for(written) == []


def test_words_of_another_language() -> None:
    assert hints_for(page(SPANISH, others=("es",))) == [
        "This page is in English, but its words look like Spanish: a screen reader would read them "
        "in the wrong voice. Write them in English here. What is in Spanish belongs to the same "
        "page in Spanish, which “Translate this page” makes."
    ]
    [hint] = hints_for(page(ENGLISH, language="es", others=("en",)))
    assert hint.startswith("This page is in Spanish, but its words look like English:")


@pytest.mark.parametrize(
    ("texts", "language", "others"),
    [
        ([ENGLISH], "en", ("es",)),
        ([SPANISH], "es", ("en",)),
        ([SPANISH, ENGLISH], "en", ("es",)),
        ([SPANISH, ENGLISH], "es", ("en",)),
        ([SHORT], "en", ("es",)),
        ([SPANISH], "en", ()),
        ([SPANISH], "en", ("ar",)),
        ([SPANISH], "fr", ("en", "es")),
        (["Rosa Mendoza Quispe, La Paz. " * 20], "en", ("es",)),
        (["a b c d e f g h i j. " * 5], "en", ("es",)),
    ],
)
def test_no_word_about_languages_without_a_reason(
    texts: list[str], language: str, others: tuple[str, ...]
) -> None:
    assert hints_for(page(*texts, language=language, others=others)) == []
