"""The quotation marks of a language."""

_MARKS = {
    "de": "„“",
    "ru": "«»",
    "uk": "«»",
    "fr": "«»",
    "it": "«»",
    "es": "«»",
    "pt": "«»",
    "el": "«»",
    "en": "“”",
}


def marks(*languages: str) -> tuple[str, str]:
    """Return the opening and the closing mark of the first of the languages (BCP 47) that is known here."""
    codes = (language.split("-", maxsplit=1)[0] for language in languages)
    pair = next((_MARKS[code] for code in codes if code in _MARKS), _MARKS["en"])
    return pair[0], pair[1]
