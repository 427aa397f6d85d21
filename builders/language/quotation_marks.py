"""The quotation marks of a language."""

_ANGLED, _LOW = ("«", "»"), ("„", "“")
_MARKS = {
    "ca": _ANGLED,
    "de": _LOW,
    "el": _ANGLED,
    "en": ("“", "”"),
    "es": _ANGLED,
    "fr": ("«\u00a0", "\u00a0»"),
    "it": _ANGLED,
    "pt": _ANGLED,
    "ru": _ANGLED,
    "uk": _ANGLED,
}


def find_quotation_marks(*languages: str) -> tuple[str, str]:
    """Return the opening and the closing mark of the first of the languages (BCP 47) that is known here."""
    codes = (language.partition("-")[0] for language in languages)
    return next((_MARKS[code] for code in codes if code in _MARKS), _MARKS["en"])
