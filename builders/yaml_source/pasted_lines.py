"""Lines of a text that were pasted without their indentation, or begun where a text cannot begin."""

import re
import unicodedata

from builders.core.diagnostics import write_count
from builders.yaml_source.indentation_errors import Meaning
from builders.yaml_source.quotation_errors import FIELD

_MARKED = re.compile(r"^(\s*(?:- +)*)(?:[\w-]+: *|(?<=- ))[|>][-+]?\s*$")  # its text stands below it
_LANGUAGE_BEHIND = re.compile(r"^\s*(?:- +)*([\w-]+): +([a-z]{2,3}):(?= )")
_GLUED_BAR = re.compile(r"^\s*(?:- +)*([\w-]+):([|>][-+]?)\s*$")
_ODD_SPACE = re.compile(r"^\s*(?:- +)*([\w-]+):([\u00a0\u2000-\u200b\u202f\u3000\ufeff])")
_GLUED = re.compile(r"^(\s*(?:- +)*)([a-z_]+):(?=[^\s/:])")


def explain_run_in_field(lines: list[str], row: int) -> Meaning | None:
    """Return what is wrong with a field at `row` or just above that runs into what is behind its colon."""
    return (
        _explain_language_behind(lines, row)
        or _explain_glued_field(lines, row)
        or _explain_glued_bar(lines, row)
        or _explain_odd_space(lines, row)
    )


def explain_prose_left_of_field(lines: list[str], row: int) -> Meaning | None:
    """Return what is wrong with a line of prose, up to `row`, that stands left of the text it belongs to."""
    at = 0
    while at < row:
        header, at = _MARKED.match(lines[at]), at + 1
        if not header:
            continue
        start = at = _find_row_with_text(lines, at)
        depth = _measure_indentation(lines[start]) if start < len(lines) else 0
        if depth <= len(header[1]):
            continue
        while at < len(lines) and _measure_indentation(lines[at]) >= depth:
            at = _find_row_with_text(lines, at + 1)
        if at <= row and _is_prose(lines[at]) and _measure_indentation(lines[at]) != len(header[1]):
            if any(FIELD.match(line) for line in lines[at:row]):
                continue  # the parser went on behind it
            margin = not _measure_indentation(lines[at])
            more = write_count(depth - _measure_indentation(lines[at]), "space" if margin else "more space")
            where = "at the margin" if margin else "left of the text above"
            return f"this line stands {where}", f"indent it {more} to belong to the text above", at
    return None


def _explain_language_behind(lines: list[str], row: int) -> Meaning | None:
    """Explain a language in the line of its field: `name: en: Ferdinand`."""
    found = _LANGUAGE_BEHIND.match(lines[row])
    if not found or not any(
        re.match(rf"\s*(?:- +)?{found[2]}: |languages:.*\b{found[2]}\b", x) for x in lines
    ):
        return None
    advice = f"write `{found[2]}:` on a line of its own below, two spaces deeper"
    return f"`{found[1]}:` and `{found[2]}:` stand in one line", advice, row


def _explain_glued_field(lines: list[str], row: int) -> Meaning | None:
    """Explain a field without the space behind its colon, beside one with it."""
    for at in range(row, max(row - 3, -1), -1):
        if not (glued := _GLUED.match(lines[at])):
            continue
        beside = [FIELD.match(line) for line in (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])]
        if any(f and f.end(1) == glued.end(1) for f in beside):
            words = lines[at][glued.end() :].split()
            shown = " ".join(words[:3]) + ("…" if len(words) > 3 else "")
            return f"'{glued[2]}' has no colon and space behind it", f"write `{glued[2]}: {shown}`", at
    return None


def _explain_glued_bar(lines: list[str], row: int) -> Meaning | None:
    """Explain a field whose `|` has no space before it, so that YAML took the line at `row` for its value."""
    least = _measure_indentation(lines[row])
    for at in range(row, -1, -1):
        if not lines[at].strip():
            continue
        least = min(least, _measure_indentation(lines[at]))
        if (bar := _GLUED_BAR.match(lines[at])) and _measure_indentation(lines[at]) <= least:
            return f"'{bar[1]}' has no space behind its colon", f"write `{bar[1]}: {bar[2]}`", at
    return None


def _explain_odd_space(lines: list[str], row: int) -> Meaning | None:
    """Explain a space behind a colon, at `row` or just above, that YAML does not take for one."""
    for at in range(row, max(row - 2, -1), -1):
        if odd := _ODD_SPACE.match(lines[at]):
            kind = unicodedata.name(odd[2], "a character without a name").lower()
            return f"a {kind} stands behind `{odd[1]}:`", "write a plain space", at
    return None


def _find_row_with_text(lines: list[str], row: int) -> int:
    """Return the next row that is not blank."""
    return next((at for at in range(row, len(lines)) if lines[at].strip()), len(lines))


def _measure_indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_prose(line: str) -> bool:
    return not FIELD.match(line) and not line.lstrip().startswith(("#", "- ", "---", "..."))
