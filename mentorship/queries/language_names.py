"""The languages in which people can mentor, as the reader calls them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentorship.languages import name_of

CALLED: dict[str, Promise] = {
    "am": _("Amharic"),
    "ar": _("Arabic"),
    "bn": _("Bengali"),
    "cs": _("Czech"),
    "de": _("German"),
    "el": _("Greek"),
    "en": _("English"),
    "es": _("Spanish"),
    "fa": _("Persian"),
    "fr": _("French"),
    "ha": _("Hausa"),
    "hi": _("Hindi"),
    "it": _("Italian"),
    "ku": _("Kurdish"),
    "ln": _("Lingala"),
    "nl": _("Dutch"),
    "om": _("Oromo"),
    "pa": _("Punjabi"),
    "pl": _("Polish"),
    "ps": _("Pashto"),
    "pt": _("Portuguese"),
    "qu": _("Quechua"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "so": _("Somali"),
    "sq": _("Albanian"),
    "sr": _("Serbian"),
    "sw": _("Swahili"),
    "ta": _("Tamil"),
    "ti": _("Tigrinya"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
    "wo": _("Wolof"),
    "yo": _("Yoruba"),
    "zh": _("Chinese"),
}


def language_words(code: str) -> str:
    """A language in the reader's own; a code that nobody knows stays as it is."""
    return str(CALLED.get(code, name_of(code)))
