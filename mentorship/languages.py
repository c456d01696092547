"""The languages in which people can mentor, each by its own name. Pure."""

NAMES: dict[str, str] = {
    "am": "አማርኛ",
    "ar": "العربية",
    "bn": "বাংলা",
    "cs": "Čeština",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "ha": "Hausa",
    "hi": "हिन्दी",
    "it": "Italiano",
    "ku": "Kurdî",
    "ln": "Lingála",
    "nl": "Nederlands",
    "om": "Oromoo",
    "pa": "ਪੰਜਾਬੀ",
    "pl": "Polski",
    "ps": "پښتو",
    "pt": "Português",
    "qu": "Runa Simi",
    "ro": "Română",
    "ru": "Русский",
    "so": "Soomaali",
    "sq": "Shqip",
    "sr": "Српски",
    "sw": "Kiswahili",
    "ta": "தமிழ்",
    "ti": "ትግርኛ",
    "tr": "Türkçe",
    "uk": "Українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
    "wo": "Wolof",
    "yo": "Yorùbá",
    "zh": "中文",
}


def name_of(code: str) -> str:
    """A language by its own name; a code that nobody knows stays as it is."""
    return NAMES.get(code, code)
