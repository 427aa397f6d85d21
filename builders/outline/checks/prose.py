"""What a copy-editor marks: straight quotes, double spaces, hyphens for dashes, months, links that repeat.

Every rule is made to stay silent on good prose: where it cannot be sure, it says nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from builders.core.diagnostics import Fault, OutlineFaults, Path
from builders.language import formatting, locales, markup
from builders.outline.walk import PlacedText

MOST_OF_A_KIND = 5  # in one text
COPIED_WORDS = 8  # a text of so many words is not the same in two languages by chance

_MASKED = re.compile(r"\[@[^\[\]\n]+\]|\]\([^()\n]*\)")  # citations, and where links lead
_ASTERISKS = re.compile(r"\*{2,}|\*(?=[^\W\d_])|(?<=[^\W\d_])\*")
_TWO_ASTERISKS = (
    "two asterisks are printed as they stand",
    "close it, **like this**, with no space inside",
)
_ASTERISK = (
    "an asterisk is printed as it stands",
    "close it, *like this* or **like this**; \\* prints one without this warning",
)
_ENCLOSED = re.compile('[«“„"]([^«»“”„"]+)[»”“"]')
_PARTED = re.compile(r"\] +\(#[\w-]+\)")
_TARGET = re.compile(r"\]\(#([\w-]+)\)")


@dataclass(frozen=True, slots=True)
class _TypingRule:
    """A pattern in the text, and what is wrong and to be done where it matches.

    It matches nowhere without one of the `signs`, which are found much faster than the pattern.
    """

    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    message: str
    advice: str


class _TypingSlip(NamedTuple):
    """What is wrong in a text, so many characters into it, and what to do."""

    message: str
    advice: str
    offset: int


_RULES = (
    _TypingRule(("'",), re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), "a straight apostrophe", "write ’"),
    _TypingRule(
        ("  ", " \u00a0", "\u00a0 ", "\u00a0\u00a0"),
        re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)"),
        "two spaces in a row",
        "delete one",
    ),
    _TypingRule((" -",), re.compile(r"(?<=\S )-{1,3}(?= \S)"), "a hyphen stands for a dash", "write – or —"),
    _TypingRule(
        ("--",), re.compile(r"(?<=[^\W_])--{1,2}(?=[^\W_])"), "hyphens stand for a dash", "write – or —"
    ),
    _TypingRule(
        ("- ",),
        re.compile(r"^- (?=\S)", re.MULTILINE),
        "a hyphen starts a line of prose",
        "use a `points` block for a list, — for speech",
    ),
)
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d+")
_SENTENCE = re.compile(r"\S[^.!?\n]*[.!?]?")
_YEARS = re.compile(r"(?<![\w.,/-])([12]\d{3})-(\d{4}|\d{2})(?![\w-])")


def check_prose(texts: Iterable[PlacedText]) -> Iterator[Fault]:
    """Yield a warning for each slip of typing."""
    before: tuple[Path, dict[str, str]] = ((), {})
    for path, language, text in texts:
        enclosed = path[-3:-1] == ("quote", "text") and _ENCLOSED.fullmatch(text)
        if enclosed:
            message = "the marks around a quotation are set by Temario"
            advice = "write the quotation without them"
            yield Fault(message, advice, path, severity="warning", offset=0)
        inner, start = (enclosed[1], 1) if enclosed else (text, 0)
        for message, advice, offset in _find_slips(inner, language):
            yield Fault(message, advice, path, severity="warning", offset=start + offset)
        if path[:-1] != before[0]:
            before = (path[:-1], {})
        yield from _check_copied(text, language, path, before[1])
        before[1][language] = text


@lru_cache(maxsize=65536)  # an editor's loop checks the same texts again at each save
def _find_slips(text: str, language: str) -> tuple[_TypingSlip, ...]:
    bare = text
    if "[" in text:
        bare = _MASKED.sub(lambda match: match[0][0] + "\ue000" * (len(match[0]) - 1), text)
    found = [*_find_typing_slips(bare, language)]
    if "-" in bare:
        found += _find_hyphened_years(bare)
    if "](#" in text:
        found += _find_repeated_links(text)
    if _SCIENTIFIC.fullmatch(text):
        found.append(_TypingSlip("a number is written with an e", "write it with all its digits", 0))
    found += _find_repeated_sentences(bare)
    if "[" in text or "*" in text:
        found += _find_unread_markup(text, bare)
    return tuple(found)


def _find_typing_slips(bare: str, language: str) -> Iterator[_TypingSlip]:
    for rule in _list_rules(language.partition("-")[0]):
        for sign in rule.signs:
            if sign in bare:
                for match in islice(rule.pattern.finditer(bare), MOST_OF_A_KIND):
                    yield _TypingSlip(rule.message, rule.advice, match.start(match.lastgroup or 0))
                break


def _find_hyphened_years(bare: str) -> Iterator[_TypingSlip]:
    for match in islice(_YEARS.finditer(bare), MOST_OF_A_KIND):
        if int(match[2]) > int(match[1][-len(match[2]) :]):
            advice = f"write {match[1]}–{match[2]}"
            yield _TypingSlip("a hyphen stands between two years", advice, match.start())


@cache
def _list_rules(language: str) -> tuple[_TypingRule, ...]:
    marks = "…".join(formatting.find_quotation_marks(language))
    straight = re.compile(r"""(?<!\d)"|(?<![\w'’])'(?=[^\W\d_])""")
    rules = (*_RULES, _TypingRule(("'", '"'), straight, "a straight quotation mark", f"write {marks}"))
    try:
        months = locales.load_locale(language).dates.months
    except OutlineFaults:
        return rules
    if not all(month.islower() for month in months):
        return rules
    return (*rules, _make_month_rule([month.capitalize() for month in months], language))


def _make_month_rule(months: list[str], language: str) -> _TypingRule:
    """Return the rule about months in capitals, by what surrounds them: 'Revolución de Octubre' is right."""
    names = "|".join(map(re.escape, months))
    pattern = rf"(?<!\w)\d{{1,2}}\.?º? (?:de )?(?P<a>{names}) (?:del? )?\d{{3,4}}\b"
    if language == "es":
        pattern += rf"|\b[Ee]l \d{{1,2}} de (?P<b>{names})\b(?! [A-ZÁÉÍÓÚÑ])"
        pattern += rf"|\b(?:en|desde|hasta|entre) (?P<c>{names}) del? \d{{3,4}}\b"
    return _TypingRule(
        tuple(months), re.compile(pattern), "a month is written with a capital", "write it in small letters"
    )


def _find_repeated_links(text: str) -> Iterator[_TypingSlip]:
    seen: set[str] = set()
    for match in _TARGET.finditer(text):
        if match[1] in seen:
            message = f"'{match[1]}' is linked twice in one text"
            yield _TypingSlip(message, "keep the first link, at first mention", match.start())
        seen.add(match[1])


def _find_repeated_sentences(bare: str) -> Iterator[_TypingSlip]:
    """Warn of a sentence that stands in a text twice: most likely pasted."""
    seen: set[str] = set()
    for match in _SENTENCE.finditer(bare):
        words = match[0].split()
        if len(words) >= COPIED_WORDS:
            sentence = " ".join(words)
            if sentence in seen:
                yield _TypingSlip("a sentence stands twice in one text", "delete one", match.start())
                return
            seen.add(sentence)


def _find_unread_markup(text: str, bare: str) -> Iterator[_TypingSlip]:
    """Warn of markup that is none, and would be printed as it stands."""
    if match := _PARTED.search(bare):
        advice = "write [words](#id), without the space"
        yield _TypingSlip("a space parts a link's words from its target", advice, match.start())
    if "*" not in text:
        return
    try:
        printed = markup.strip_markup(text.replace("\\*", "\ue000"))
    except markup.CiteFault:
        return
    if star := _ASTERISKS.search(printed):
        before = sum(map(str.isalnum, printed[: star.start()]))
        message, advice = _ASTERISK if len(star[0]) == 1 else _TWO_ASTERISKS
        yield _TypingSlip(message, advice, _find_asterisk(bare, before))


def _find_asterisk(bare: str, letters: int) -> int:
    """Return where the first asterisk after so many letters stands."""
    for at, character in enumerate(bare):
        if character == "*" and letters <= 0:
            return at
        letters -= character.isalnum()
    return 0


def _check_copied(text: str, language: str, path: Path, others: Mapping[str, str]) -> Iterator[Fault]:
    same = [other for other, words in others.items() if words == text]
    if same and len(_MASKED.sub("", text).split()) >= COPIED_WORDS:
        message = f"the text in {language} is the same as in {same[0]}"
        yield Fault(message, "translate it", path, severity="warning")
