"""The kinds of value that a field may hold, read from what the editor typed."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, LiteralString

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from builders import dates, inline
from builders.faults import nearest
from builders.languages import Languages, folded, kind_of, line, plain, prose, refused, shown, unknown
from builders.values import Tail

Text = Mapping[str, str]
Range = tuple[Decimal, Decimal]

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")


def _field(read: Callable[[Any, Languages], Any], stand_in: Callable[[Languages], Any]) -> PlainValidator:
    """Return the validator of a field: `read` raises where a value is wrong; `stand_in` replaces it then."""

    def validate(value: Any, info: ValidationInfo) -> Any:
        languages: Languages = info.context or Languages(("en",))
        try:
            return read(value, languages)
        except PydanticCustomError:
            if languages.tolerant:
                return stand_in(languages)
            raise

    return PlainValidator(validate)


def _number(value: Any) -> Decimal:
    if isinstance(value, Tail):
        head, one = value.head, value.head + ("" if len(value) == 3 else ".") + value
        message = "{head},{tail} is read as two numbers; write {one}, or a space behind the comma"
        raise refused(message, head=head, tail=str(value), one=one)
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        known = not isinstance(value, str) or any(map(str.isdigit, value))
        advice = "write it like 51.1 or 700000, without its unit" if known else "write '' where none is known"
        raise refused("{found} is not a number; {advice}", found=shown(value), advice=advice)
    return Decimal(value)


def _value(value: Any, _: Languages) -> Decimal | Range | None:
    if value in (None, ""):
        return None
    if not isinstance(value, list):
        return _number(value)
    if len(value) != 2:
        raise refused("a range is two numbers, [low, high]")
    # where two are due, a comma may do without its space
    low, high = (_number(str(end) if isinstance(end, Tail) else end) for end in value)
    if low > high:
        raise refused(
            "the range {low} to {high} runs backwards; exchange the two", low=str(low), high=str(high)
        )
    return low, high


def _cell(value: Any, languages: Languages) -> Decimal | dict[str, str] | None:
    if value in (None, ""):
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return _number(value)
    return line(value, languages)


def _between(low: int, high: int) -> Callable[[Any, Languages], int]:
    def read(value: Any, _: Languages) -> int:
        digits = re.match(r"[0-9]{1,9}(?![\w.,/-])", value) if isinstance(value, str) else None
        within = digits is not None and low <= int(digits[0]) <= high
        if digits and within and digits[0] == value:
            return int(value)
        advice = f"write {int(digits[0])}, and nothing more" if digits and within else "write one in digits"
        message = "{found} is not a whole number from {low} to {high}; {advice}"
        raise refused(message, found=shown(value), low=str(low), high=str(high), advice=advice)

    return read


def _one_of(words: tuple[str, ...]) -> Callable[[Any, Languages], str]:
    def read(value: Any, _: Languages) -> str:
        if value in words:
            return str(value)
        near = nearest(str(value), words) or "use one of " + ", ".join(words)
        raise refused("{found} is not known here; {advice}", found=shown(value), advice=near)

    return read


def _flag(value: Any, _: Languages) -> bool:
    if value not in ("true", "false"):
        raise refused("{found} is neither true nor false; write true or false", found=shown(value))
    return bool(value == "true")


def _date(value: Any, _: Languages, *, julian: bool = False) -> dates.Date:
    if not isinstance(value, str):
        raise refused("a date is due here, not a {found}; write it like 1917-11-07", found=kind_of(value))
    try:
        return dates.parse(str(value).strip(), julian=julian)
    except dates.DateFault as fault:
        raise refused("{fault}", fault=str(fault)) from None


def _julian_date(value: Any, languages: Languages) -> dates.Date:
    return _date(value, languages, julian=True)


def _interval(value: Any, languages: Languages) -> dates.Date:
    date = _date(value, languages)
    if not date.interval or date.open:
        raise refused("a period has a start and an end; write it like 1917-03/1922-12")
    return date


def _like(value: Any, pattern: re.Pattern[str]) -> str:
    """Return the id that is nearest to a value, or an example."""
    letters = unicodedata.normalize("NFKD", value.lower()) if isinstance(value, str) else ""  # accents apart
    near = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f]", "", letters)).strip("-")
    return near if pattern.fullmatch(near) else "first-congress"


def _matching(pattern: re.Pattern[str], message: LiteralString) -> Callable[[Any, Languages], str]:
    def read(value: Any, _: Languages) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise refused(message, found=shown(value), like=_like(value, pattern))
        return str(value)

    return read


def _any_line(value: Any, languages: Languages) -> dict[str, str]:
    """Return a text under its languages, or one that stands for them all, such as 'c. 1790'."""
    if isinstance(value, str):
        return dict.fromkeys(languages.tags, folded(value, languages))
    return line(value, languages)


def _cites(value: Any, languages: Languages) -> str:
    text = plain(value, languages)
    try:
        inline.cites(text)
    except inline.CiteFault as fault:
        raise refused("{fault}", fault=str(fault)) from None
    return text


_ONE: dict[str, Any] = {"type": ["string", "number"]}  # editors read YAML 1.2, where 1917 is a number
_TEXTS: list[dict[str, Any]] = [_ONE, {"type": "object", "additionalProperties": _ONE, "minProperties": 1}]
_NUMBERS: list[dict[str, Any]] = [{"type": "number"}, {"type": "string", "pattern": f"^{_NUMBER.pattern}$"}]
_PAIR = {"type": "array", "items": {"anyOf": _NUMBERS}, "minItems": 2, "maxItems": 2}
_NOTHING = {"enum": [None, ""]}  # '' in a list in one line, where YAML takes no empty item
_EDTF = {
    "type": ["string", "number"],
    "examples": ["1917-11-07", "1917-11", "1917~", "1917-11-07/1917-11-08"],
}
_ID = "{found} is not an id; use small letters, digits and hyphens, like {like}"
_TAG = "{found} is not a language; write its code, like es or en"

Prose = Annotated[Text, _field(prose, unknown), WithJsonSchema({"anyOf": _TEXTS})]
Line = Annotated[Text, _field(line, unknown), WithJsonSchema({"anyOf": _TEXTS})]
Label = Line
AnyLine = Annotated[Text, _field(_any_line, unknown), WithJsonSchema({"anyOf": _TEXTS})]
Plain = Annotated[str, _field(folded, lambda _: "?"), WithJsonSchema(_ONE)]
Cell = Annotated[
    Decimal | Text | None, _field(_cell, lambda _: None), WithJsonSchema({"anyOf": [*_TEXTS, _NOTHING]})
]
Value = Annotated[
    Decimal | Range | None,
    _field(_value, lambda _: None),
    WithJsonSchema({"anyOf": [*_NUMBERS, _PAIR, _NOTHING]}),
]
Flag = Annotated[
    bool, _field(_flag, lambda _: False), WithJsonSchema({"enum": [True, False, "true", "false"]})
]
EdtfDate = Annotated[dates.Date, _field(_date, lambda _: dates.parse("0001")), WithJsonSchema(_EDTF)]
JulianDate = Annotated[dates.Date, _field(_julian_date, lambda _: dates.parse("0001")), WithJsonSchema(_EDTF)]
Interval = Annotated[dates.Date, _field(_interval, lambda _: dates.parse("0001/0002")), WithJsonSchema(_EDTF)]
Identifier = Annotated[
    str,
    _field(_matching(_KEBAB, _ID), lambda _: "?"),
    WithJsonSchema({"type": ["string", "number"], "pattern": f"^{_KEBAB.pattern}$"}),
]
Language = Annotated[
    str,
    _field(_matching(_LANGUAGE, _TAG), lambda _: "en"),
    WithJsonSchema({"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"}),
]
Cites = Annotated[
    str,
    _field(_cites, lambda _: "@?"),
    WithJsonSchema({"type": "string", "examples": ["@suny2017, p. 45; @other"]}),
]
Degree = Annotated[
    int, _field(_between(1, 3), lambda _: 1), WithJsonSchema({"enum": [1, 2, 3, "1", "2", "3"]})
]
Marks = Annotated[
    int,
    _field(_between(1, 100), lambda _: 1),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100}),
]

SOURCE_KINDS = ("book", "chapter", "article", "document", "web")
CHART_KINDS = ("bar", "line", "share", "range")
QUESTION_KINDS = ("choice", "short", "essay", "source")
SourceKind = Annotated[
    str, _field(_one_of(SOURCE_KINDS), lambda _: "book"), WithJsonSchema({"enum": [*SOURCE_KINDS]})
]
ChartKind = Annotated[
    str, _field(_one_of(CHART_KINDS), lambda _: "bar"), WithJsonSchema({"enum": [*CHART_KINDS]})
]
QuestionKind = Annotated[
    str, _field(_one_of(QUESTION_KINDS), lambda _: "short"), WithJsonSchema({"enum": [*QUESTION_KINDS]})
]
