"""What the outline's model is built of: the kinds of value of a field, and the base of each group of fields.

A value comes as the editor typed it (a text, list or mapping of YAML, see `yaml_source`); a reader returns
what the model holds, or raises PydanticCustomError with what is wrong and what to do.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, LiteralString, get_args

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from builders.core.diagnostics import suggest_nearest
from builders.language import dates, markup
from builders.outline.text_fields import (
    Languages,
    make_field_error,
    make_stand_in,
    name_kind,
    quote_value,
    read_folded_text,
    read_line,
    read_plain_text,
    read_prose,
)
from builders.yaml_source.parser import DecimalTail

Text = Mapping[str, str]
Range = tuple[Decimal, Decimal]

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")


def make_validator(
    read: Callable[[Any, Languages], Any], stand_in: Callable[[Languages], Any]
) -> PlainValidator:
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


def read_number(value: Any) -> Decimal:
    """Return a number as it was typed. Raises PydanticCustomError."""
    if isinstance(value, DecimalTail):
        head, one = value.head, value.head + ("" if len(value) == 3 else ".") + value
        message = "{head},{tail} is read as two numbers; write {one}, or a space behind the comma"
        raise make_field_error(message, head=head, tail=str(value), one=one)
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        known = not isinstance(value, str) or any(map(str.isdigit, value))
        advice = "write it like 51.1 or 700000, without its unit" if known else "write '' where none is known"
        raise make_field_error("{found} is not a number; {advice}", found=quote_value(value), advice=advice)
    return Decimal(value)


def _read_chart_value(value: Any, _: Languages) -> Decimal | Range | None:
    if value in (None, ""):
        return None
    if not isinstance(value, list):
        return read_number(value)
    if len(value) != 2:
        raise make_field_error("a range is two numbers, [low, high]")
    # where two are due, a comma may do without its space
    low, high = (read_number(str(end) if isinstance(end, DecimalTail) else end) for end in value)
    if low > high:
        raise make_field_error(
            "the range {low} to {high} runs backwards; exchange the two", low=str(low), high=str(high)
        )
    return low, high


def _read_cell(value: Any, languages: Languages) -> Decimal | dict[str, str] | None:
    if value in (None, ""):
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return read_number(value)
    return read_line(value, languages)


def _make_whole_number_reader(low: int, high: int) -> Callable[[Any, Languages], int]:
    def read(value: Any, _: Languages) -> int:
        digits = re.match(r"[0-9]{1,9}(?![\w.,/-])", value) if isinstance(value, str) else None
        within = digits is not None and low <= int(digits[0]) <= high
        if digits and within and digits[0] == value:
            return int(value)
        advice = (
            f"write {int(digits[0])}, and nothing more" if digits and within else f"write {low} to {high}"
        )
        message = "{found} is not a whole number from {low} to {high}; {advice}"
        raise make_field_error(message, found=quote_value(value), low=str(low), high=str(high), advice=advice)

    return read


def make_choice_reader(words: tuple[str, ...]) -> Callable[[Any, Languages], str]:
    """Return the reader of a field that takes one of `words`."""

    def read(value: Any, _: Languages) -> str:
        if value in words:
            return str(value)
        near = suggest_nearest(str(value), words) or "use one of " + ", ".join(words)
        raise make_field_error("{found} is not known here; {advice}", found=quote_value(value), advice=near)

    return read


def _read_flag(value: Any, _: Languages) -> bool:
    if value not in ("true", "false"):
        raise make_field_error(
            "{found} is neither true nor false; write true or false", found=quote_value(value)
        )
    return bool(value == "true")


def _read_date(value: Any, languages: Languages, *, julian: bool = False) -> dates.Date:
    if not isinstance(value, str):
        raise make_field_error(
            "a date is due here, not a {found}; write it like 1917-11-07", found=name_kind(value)
        )
    try:
        return dates.parse_date(str(value).strip(), julian=julian or languages.julian)
    except dates.DateFault as fault:
        raise make_field_error("{fault}", fault=str(fault)) from None


def _read_julian_date(value: Any, languages: Languages) -> dates.Date:
    return _read_date(value, languages, julian=True)


def _read_interval(value: Any, languages: Languages) -> dates.Date:
    date = _read_date(value, languages)
    if not date.interval or date.open:
        raise make_field_error("a period has a start and an end; write it like 1917-03/1922-12")
    return date


def _find_similar_id(value: Any, pattern: re.Pattern[str]) -> str:
    """Return the id that is nearest to a value, or an example."""
    letters = unicodedata.normalize("NFKD", value.lower()) if isinstance(value, str) else ""  # accents apart
    near = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f]", "", letters)).strip("-")
    return near if pattern.fullmatch(near) else "first-congress"


def _make_pattern_reader(pattern: re.Pattern[str], message: LiteralString) -> Callable[[Any, Languages], str]:
    def read(value: Any, _: Languages) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise make_field_error(message, found=quote_value(value), like=_find_similar_id(value, pattern))
        if len(value) > MOST_ID:  # it becomes part of a file's name
            raise make_field_error(
                "the id has {n} characters; shorten it to {most}", n=len(value), most=MOST_ID
            )
        return str(value)

    return read


def _read_any_line(value: Any, languages: Languages) -> dict[str, str]:
    """Return a text under its languages, or one that stands for them all, such as 'c. 1790'."""
    if isinstance(value, str):
        return dict.fromkeys(languages.tags, read_folded_text(value, languages))
    return read_line(value, languages)


def _read_cites(value: Any, languages: Languages) -> str:
    text = read_plain_text(value, languages)
    try:
        markup.parse_cites(text)
    except markup.CiteFault as fault:
        raise make_field_error("{fault}", fault=str(fault)) from None
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

ProseText = Annotated[Text, make_validator(read_prose, make_stand_in), WithJsonSchema({"anyOf": _TEXTS})]
LineText = Annotated[Text, make_validator(read_line, make_stand_in), WithJsonSchema({"anyOf": _TEXTS})]
LabelText = LineText
AnyLineText = Annotated[
    Text, make_validator(_read_any_line, make_stand_in), WithJsonSchema({"anyOf": _TEXTS})
]
PlainText = Annotated[str, make_validator(read_folded_text, lambda _: "?"), WithJsonSchema(_ONE)]
CellValue = Annotated[
    Decimal | Text | None,
    make_validator(_read_cell, lambda _: None),
    WithJsonSchema({"anyOf": [*_TEXTS, _NOTHING]}),
]
ChartValue = Annotated[
    Decimal | Range | None,
    make_validator(_read_chart_value, lambda _: None),
    WithJsonSchema({"anyOf": [*_NUMBERS, _PAIR, _NOTHING]}),
]
Flag = Annotated[
    bool,
    make_validator(_read_flag, lambda _: False),
    WithJsonSchema({"enum": [True, False, "true", "false"]}),
]
EdtfDate = Annotated[
    dates.Date, make_validator(_read_date, lambda _: dates.parse_date("0001")), WithJsonSchema(_EDTF)
]
JulianDate = Annotated[
    dates.Date, make_validator(_read_julian_date, lambda _: dates.parse_date("0001")), WithJsonSchema(_EDTF)
]
Interval = Annotated[
    dates.Date,
    make_validator(_read_interval, lambda _: dates.parse_date("0001/0002")),
    WithJsonSchema(_EDTF),
]
Identifier = Annotated[
    str,
    make_validator(_make_pattern_reader(_KEBAB, _ID), lambda _: "?"),
    WithJsonSchema({"type": ["string", "number"], "pattern": f"^{_KEBAB.pattern}$"}),
]
Language = Annotated[
    str,
    make_validator(_make_pattern_reader(_LANGUAGE, _TAG), lambda _: "en"),
    WithJsonSchema({"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"}),
]
Cites = Annotated[
    str,
    make_validator(_read_cites, lambda _: "@?"),
    WithJsonSchema({"type": "string", "examples": ["@suny2017, p. 45; @other"]}),
]
Degree = Annotated[
    int,
    make_validator(_make_whole_number_reader(1, 3), lambda _: 1),
    WithJsonSchema({"enum": [1, 2, 3, "1", "2", "3"]}),
]
Marks = Annotated[
    int,
    make_validator(_make_whole_number_reader(1, 100), lambda _: 1),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100}),
]

# Kinds are Literal types: code that tells them apart does so by `match` and ends on `assert_never`, so that
# mypy names every place that a new kind still needs.
SourceKind = Literal["book", "chapter", "article", "document", "web"]
ChartKind = Literal["bar", "line", "share", "range"]
QuestionKind = Literal["choice", "short", "essay", "source"]
Calendar = Literal["gregorian", "julian"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
CHART_KINDS: tuple[ChartKind, ...] = get_args(ChartKind)
QUESTION_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
CALENDARS: tuple[Calendar, ...] = get_args(Calendar)
SourceKindField = Annotated[
    SourceKind,
    make_validator(make_choice_reader(SOURCE_KINDS), lambda _: "book"),
    WithJsonSchema({"enum": [*SOURCE_KINDS]}),
]
ChartKindField = Annotated[
    ChartKind,
    make_validator(make_choice_reader(CHART_KINDS), lambda _: "bar"),
    WithJsonSchema({"enum": [*CHART_KINDS]}),
]
QuestionKindField = Annotated[
    QuestionKind,
    make_validator(make_choice_reader(QUESTION_KINDS), lambda _: "short"),
    WithJsonSchema({"enum": [*QUESTION_KINDS]}),
]
CalendarField = Annotated[
    Calendar,
    make_validator(make_choice_reader(CALENDARS), lambda _: "gregorian"),
    WithJsonSchema({"enum": [*CALENDARS]}),
]


MOST_ITEMS, MOST_ID = 10_000, 100  # of one list; characters of an id


def describe_field(says: str, default: Any = ..., **limits: Any) -> Any:
    """Return a pydantic field whose description is what editors show on hover, `says`.

    Without a default the field is required; `limits` are pydantic's, such as `max_length`.
    """
    return Field(default, description=says, **limits)


class Model(BaseModel):
    """The base of every group of fields: frozen, and an unknown field is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")
