"""One slip is one fault: what else the model refuses because of it is left out."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from builders.core.diagnostics import Fault, Path
from builders.outline.text_fields import STRANGE_LANGUAGE
from builders.yaml_source.field_errors import MISSING, SURPLUS

MANY_TEXTS = 4  # in a language that is not listed: then the list is wrong, and not the texts


def drop_echoes(faults: list[Fault], values: Any, languages: Collection[str]) -> list[Fault]:
    """Return the faults of the fields of an outline's plain `values` without echoes."""
    texts = Counter(fault.message for fault in faults if fault.message.endswith(STRANGE_LANGUAGE))
    many = {message: times for message, times in texts.items() if times >= MANY_TEXTS}
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
            for one in _drop_echoes_in_group(group, way, values, languages)
        ),
    ]


def _drop_echoes_in_group(
    faults: list[Fault], way: Path, values: Any, languages: Collection[str]
) -> Iterator[Fault]:
    """Yield the faults of the fields of one group, which `way` leads to."""
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
