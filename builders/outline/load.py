"""An outline file to the model, with every fault of the file in one run.

Fields that the model refuses are repaired in a copy, so that what lies between fields is checked too. Faults
leave this module placed (file line and column), in the order of the text.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from builders.core.diagnostics import (
    MOST_FAULTS,
    Fault,
    OutlineFaults,
    Path,
    write_count,
)
from builders.language import locales
from builders.outline.checks import check_outline, misread_yaml
from builders.outline.model import Outline
from builders.outline.text_fields import STRANGE_LANGUAGE, Languages
from builders.yaml_source.field_errors import MISSING, SURPLUS, explain_field_error
from builders.yaml_source.source import YamlSource, read_source

_MANY_TEXTS = 4  # in a language that is not listed: then the list is wrong, and not the texts
_REPAIRS = 4  # rounds of mending before the rest of a broken outline is given up
_LISTS = ("languages", "lanes", "sections", "items", "rows", "columns", "positions", "cells")


@dataclass(frozen=True, slots=True)
class LoadedOutline:
    """A valid outline, the YAML that it was read from, and the warnings about it (placed)."""

    outline: Outline
    source: YamlSource = field(repr=False)
    warnings: tuple[Fault, ...] = ()


def load_outline(path: FilePath, *, allow_missing: bool = False, only: Collection[str] = ()) -> LoadedOutline:
    """Return the outline in the file at `path`, whose images lie below the file's folder.

    With `allow_missing` a text that a language lacks is taken from another one, marked as such, and warned
    of. `only` are the languages that matter, if not all do: the others may lack texts, and are warned of
    once. Raises OutlineFaults with all faults of the file, placed: of syntax the first one alone.
    """
    return read_outline(read_source(path), path.parent, allow_missing=allow_missing, only=only)


def read_outline(
    source: YamlSource, root: FilePath, *, allow_missing: bool = False, only: Collection[str] = ()
) -> LoadedOutline:
    """Return the outline that the plain values of `source` describe; its images lie below the folder `root`.

    As `load_outline`, for a text that is not a file or that has been parsed already. Raises OutlineFaults.
    """
    values = source.values
    if not isinstance(values, dict):
        fault = Fault(
            "an outline is fields with names, such as `title:`", "start one with the command `new FILE`"
        )
        raise OutlineFaults(source.place_faults([fault]))
    julian = values.get("calendar") == "julian"
    tags = _find_languages(values)
    others = tuple(tag for tag in tags if only and tag not in only)
    languages = Languages(tags, lenient=tags if allow_missing else others, julian=julian)
    try:
        outline = Outline.model_validate(values, context=languages)
    except ValidationError as error:
        raise OutlineFaults(source.place_faults(_collect_faults(error, source, languages, root))) from None
    loaded = check_read_outline(outline, source, root)
    fallbacks = _list_fallbacks(values, languages, source)
    if allow_missing or not fallbacks:
        return replace(loaded, warnings=(*loaded.warnings, *fallbacks))
    message = f"{write_count(len(fallbacks), 'text')} missing in {', '.join(others)}, which is not built"
    unfinished = replace(fallbacks[0], message=message, advice="the command check lists all")
    own = [fault for fault in loaded.warnings if fault.path[-1:] not in [(tag,) for tag in others]]
    return replace(loaded, warnings=(*own, unfinished))


def check_read_outline(outline: Outline, source: YamlSource, root: FilePath) -> LoadedOutline:
    """Return an outline whose fields are valid with the warnings of all checks, placed by means of `source`.

    Raises OutlineFaults where a check finds an error; it holds the warnings too, behind the errors.
    """
    found = [*check_outline(outline, root), *misread_yaml.check_typing(source, outline.languages)]
    faults = source.place_faults(_limit_faults(found))
    if errors := [fault for fault in faults if fault.severity == "error"]:
        raise OutlineFaults([*errors, *(fault for fault in faults if fault.severity == "warning")])
    return LoadedOutline(outline, source, tuple(faults))


def _limit_faults(faults: list[Fault]) -> list[Fault]:
    """Return the first of the faults, errors before warnings: more than MOST_FAULTS help nobody."""
    return sorted(faults, key=lambda fault: fault.severity == "warning")[:MOST_FAULTS]


def _find_languages(values: dict[str, Any]) -> tuple[str, ...]:
    found, title = values.get("languages"), values.get("title")
    if isinstance(found, str):  # a fault, but what is meant is clear
        found = re.findall(r"[\w-]+", found)
    if found is None and isinstance(title, dict):
        found = [tag for tag in title if locales.has_words(tag)]
    tags = [tag for tag in found if isinstance(tag, str)] if isinstance(found, list) else []
    return tuple(dict.fromkeys(tags)) or ("en",)


def _list_fallbacks(values: Any, languages: Languages, source: YamlSource) -> list[Fault]:
    """Return a warning for each text that a lenient reading filled in from another language."""
    if not languages.lenient:
        return []
    try:
        Outline.model_validate(values, context=replace(languages, lenient=()))
    except ValidationError as error:
        faults = [explain_field_error(one, Outline, values) for one in error.errors(include_url=False)]
        return source.place_faults(replace(fault, severity="warning") for fault in faults if fault)
    return []


def _collect_faults(
    error: ValidationError, source: YamlSource, languages: Languages, root: FilePath
) -> list[Fault]:
    """Return the faults of fields, and those between fields of what can be read in spite of them."""
    details = error.errors(include_url=False)[:MOST_FAULTS]
    found = [fault for one in details if (fault := _make_field_fault(one, source))]
    faults = _drop_repeated(found, source.values, languages.tags)
    outline = _repair_outline(error, source.values, languages) if error.error_count() <= MOST_FAULTS else None
    if outline is not None:
        between = (  # warnings about a text itself; of what is unused a broken outline cannot be sure
            fault
            for fault in check_outline(outline, root)
            if fault.severity == "error" or fault.path[-1] in languages.tags
        )
        untold = {tuple(one["loc"]) for one in details if "missing" in one.get("ctx", {})}
        taken = {fault.path for fault in (*found, *faults)} | untold
        free = (fault for fault in between if not any(_do_paths_overlap(fault.path, path) for path in taken))
        faults += islice(free, MOST_FAULTS)
    return faults


def _drop_repeated(faults: list[Fault], values: Any, languages: Collection[str]) -> list[Fault]:
    """Return the faults of fields without those that follow from another: one slip is one fault.

    `values` are the outline's plain values, `languages` the codes that it lists.
    """
    texts = Counter(fault.message for fault in faults if fault.message.endswith(STRANGE_LANGUAGE))
    many = {message: times for message, times in texts.items() if times >= _MANY_TEXTS}
    gathered = [
        Fault(f"{message}, but {times} texts are in it", "add it to `languages`", ("languages",))
        for message, times in many.items()
    ]
    groups: dict[Path, list[Fault]] = defaultdict(list)
    for fault in faults:
        if fault.message not in many:
            groups[fault.path[:-1]].append(fault)
    return [
        *gathered,
        *(
            one
            for way, group in groups.items()
            for one in _drop_repeated_in_group(group, way, values, languages)
        ),
    ]


def _drop_repeated_in_group(
    faults: list[Fault], way: Path, values: Any, languages: Collection[str]
) -> Iterator[Fault]:
    """Yield the faults of the fields of one group, which the path `way` leads to, without repetitions."""
    surplus = [fault for fault in faults if fault.message.endswith(SURPLUS)]
    missing = [fault for fault in faults if fault.message.endswith(MISSING)]
    codes = [fault for fault in surplus if fault.path[-1] in languages]
    meant = re.findall(r"\w+", " ".join(fault.advice for fault in surplus))
    gone: list[Fault] = [fault for fault in missing if fault.path[-1] in meant]
    if codes:  # the texts themselves, where a field is due
        field = f"`{missing[0].path[-1]}`" if len(missing) == 1 else "the field that it is the text of"
        yield replace(codes[0], advice=f"write it under {field}")
        gone += codes + (missing if len(missing) == 1 else [])
    elif missing and surplus and len(surplus) == _count_items(values, way):  # nothing is as it should be
        yield replace(surplus[0], advice="write " + " and ".join(f"`{fault.path[-1]}:`" for fault in missing))
        gone += surplus + missing
    yield from (fault for fault in faults if fault not in gone)


def _count_items(values: Any, way: Path) -> int:
    for step in way:
        values = values[step]
    return len(values)


def _make_field_fault(details: ErrorDetails, source: YamlSource) -> Fault | None:
    """Return a field's error as a fault; of a text that is missing it tells where that may stand."""
    fault = explain_field_error(details, Outline, source.values)
    missing = [tag for tag in str(details.get("ctx", {}).get("missing", "")).split(", ") if tag]
    if missing and not any(map(locales.has_words, missing)):
        return None  # of the language itself it is told that there are no words for it
    for tag in missing:
        if fault and (advice := misread_yaml.advise_on_swallowed_text(source, fault.path, tag)):
            return replace(fault, advice=f"{fault.advice}; {advice}")
    return fault


def _do_paths_overlap(one: Path, other: Path) -> bool:
    shortest = min(len(one), len(other))
    return one[:shortest] == other[:shortest]


def _repair_outline(error: ValidationError, values: Any, languages: Languages) -> Outline | None:
    """Return the outline read tolerantly, surplus fields dropped and missing ones stood in for; or None."""
    tolerant = replace(languages, tolerant=True)
    values = deepcopy(values)
    for _ in range(_REPAIRS):
        for details in error.errors():
            _repair_field(values, details)
        try:
            return Outline.model_validate(values, context=tolerant)
        except ValidationError as next_error:
            error = next_error
    return None


def _repair_field(values: Any, details: ErrorDetails) -> None:
    *way, last = details["loc"] or ("",)
    holder = values
    for step in way:
        if not _has_step(holder, step):
            return
        holder = holder[step]
    if not isinstance(holder, dict):
        return
    if details["type"] == "too_short":
        _repair_field(
            values, {**details, "loc": tuple(way), "type": "extra_forbidden"}
        )  # without it the whole has no meaning
    elif details["type"] == "missing":
        holder[last] = [] if str(last) in _LISTS else "?"
    else:
        holder.pop(last, None)


def _has_step(holder: Any, step: int | str) -> bool:
    if isinstance(holder, dict):
        return step in holder
    return isinstance(holder, list) and isinstance(step, int) and step < len(holder)
