"""The languages in which an offer can be, each by its own name. Pure."""

from django.conf.locale import LANG_INFO

CODES = (
    *("ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi"),
    *("fr", "ga", "gl", "hi", "hr", "hu", "it", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru"),
    *("sk", "sl", "sq", "sr", "sv", "sw", "ta", "tr", "uk", "ur", "vi"),
)
NAMES: dict[str, str] = {code: LANG_INFO[code]["name_local"] for code in CODES}


def name_of(code: str) -> str:
    """A language by its own name; a code that nobody knows stays as it is."""
    return NAMES.get(code, code)
