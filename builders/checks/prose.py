"""What a copy-editor marks: straight quotes, double spaces, hyphens for dashes, months, links that repeat.

Every rule is made to stay silent on good prose: where it cannot be sure, it says nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from builders import inline, locales, walk
from builders.faults import Fault, OutlineFaults, Path
from builders.outline import Outline

MOST_OF_A_KIND = 5  # in one text
COPIED_WORDS = 8  # a text of so many words is not the same in two languages by chance

_MASKED = re.compile(r"\[@[^\[\]\n]+\]|\]\([^()\n]*\)")  # citations, and where links lead
_PARTED = re.compile(r"\] +\(#[\w-]+\)")
_TARGET = re.compile(r"\]\(#([\w-]+)\)")
_QUOTES = {"es": "«…»", "ca": "«…»", "fr": "« … »", "it": "«…»", "pt": "«…»", "ru": "«…»", "de": "„…“"}


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern in the text, and what is wrong and to be done where it matches."""

    pattern: re.Pattern[str]
    message: str
    advice: str


_RULES = (
    _Rule(re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), "a straight apostrophe", "write ’"),
    _Rule(re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)"), "two spaces in a row", "delete one"),
    _Rule(re.compile(r"(?<=\S )-{1,3}(?= \S)"), "a hyphen stands for a dash", "write – or —"),
    _Rule(re.compile(r"(?<=[^\W_])--{1,2}(?=[^\W_])"), "hyphens stand for a dash", "write – or —"),
    _Rule(
        re.compile(r"^- (?=\S)", re.MULTILINE),
        "a hyphen starts a line of prose",
        "use a `points` block for a list, — for speech",
    ),
)
_YEARS = re.compile(r"(?<![\w.,/-])([12]\d{3})-(\d{4}|\d{2})(?![\w-])")


def check(outline: Outline) -> Iterator[Fault]:
    """Yield a warning for each slip of typing."""
    before: tuple[Path, dict[str, str]] = ((), {})
    for path, language, text in walk.texts(outline):
        yield from _slips(text, language, path)
        if path[:-1] != before[0]:
            before = (path[:-1], {})
        yield from _copied(text, language, path, before[1])
        before[1][language] = text


def _slips(text: str, language: str, path: Path) -> Iterator[Fault]:
    bare = _MASKED.sub(lambda match: match[0][0] + "\ue000" * (len(match[0]) - 1), text)
    for rule in _rules(language.partition("-")[0]):
        for match in islice(rule.pattern.finditer(bare), MOST_OF_A_KIND):
            yield _warning(rule.message, rule.advice, path, match.start(match.lastgroup or 0))
    for match in islice(_YEARS.finditer(bare), MOST_OF_A_KIND):
        if int(match[2]) > int(match[1][-len(match[2]) :]):
            advice = f"write {match[1]}–{match[2]}"
            yield _warning("a hyphen stands between two years", advice, path, match.start())
    yield from _repeated(text, path)
    yield from _unread(text, bare, path)


def _warning(message: str, advice: str, path: Path, offset: int) -> Fault:
    return Fault(message, advice, path, severity="warning", offset=offset)


@cache
def _rules(language: str) -> tuple[_Rule, ...]:
    marks = _QUOTES.get(language, "“…”")
    quotes = re.compile(r"""(?<!\d)"|(?<![\w'’])'(?=[^\W\d_])""")
    rules = (*_RULES, _Rule(quotes, "a straight quotation mark", f"write {marks}"))
    try:
        months = locales.load(language).dates.months
    except OutlineFaults:
        return rules
    if not all(month.islower() for month in months):
        return rules
    return (*rules, _month_rule([month.capitalize() for month in months], language))


def _month_rule(months: list[str], language: str) -> _Rule:
    """Return the rule about months in capitals, by what surrounds them: 'Revolución de Octubre' is right."""
    names = "|".join(map(re.escape, months))
    pattern = rf"(?<!\w)\d{{1,2}}\.?º? (?:de )?(?P<a>{names}) (?:del? )?\d{{3,4}}\b"
    if language == "es":
        pattern += rf"|\b[Ee]l \d{{1,2}} de (?P<b>{names})\b(?! [A-ZÁÉÍÓÚÑ])"
        pattern += rf"|\b(?:en|desde|hasta|entre) (?P<c>{names}) del? \d{{3,4}}\b"
    return _Rule(re.compile(pattern), "a month is written with a capital", "write it in small letters")


def _repeated(text: str, path: Path) -> Iterator[Fault]:
    seen: set[str] = set()
    for match in _TARGET.finditer(text):
        if match[1] in seen:
            message = f"'{match[1]}' is linked twice in one text"
            yield _warning(message, "keep the first link, at first mention", path, match.start())
        seen.add(match[1])


def _unread(text: str, bare: str, path: Path) -> Iterator[Fault]:
    """Warn of markup that is none, and would be printed as it stands."""
    if match := _PARTED.search(bare):
        advice = "write [words](#id), without the space"
        yield _warning("a space parts a link's words from its target", advice, path, match.start())
    if "**" not in text or "\\" in text:
        return
    try:
        printed = inline.plain(text)
    except inline.CiteFault:
        return
    if "**" in printed:
        advice = "close it, **like this**, with no space inside"
        yield _warning("two asterisks are printed as they stand", advice, path, text.index("**"))


def _copied(text: str, language: str, path: Path, others: Mapping[str, str]) -> Iterator[Fault]:
    same = [other for other, words in others.items() if words == text]
    if same and len(text.split()) >= COPIED_WORDS:
        message = f"the text in {language} is the same as in {same[0]}"
        yield Fault(message, "translate it", path, severity="warning")
