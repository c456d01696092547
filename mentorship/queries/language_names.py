"""The languages in which people can mentor, as the reader calls them in a sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentorship.languages import name_of

# The site's own languages also stand alone, with a capital: in a sentence they are other words.
CALLED: dict[str, Promise] = {
    "am": _("Amharic"),
    "ar": pgettext_lazy("in a sentence", "Arabic"),
    "bn": _("Bengali"),
    "cs": _("Czech"),
    "de": _("German"),
    "el": _("Greek"),
    "en": pgettext_lazy("in a sentence", "English"),
    "es": pgettext_lazy("in a sentence", "Spanish"),
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
    """A language as the reader writes it in a sentence; a code that nobody knows stays as it is."""
    return str(CALLED.get(code, name_of(code)))
