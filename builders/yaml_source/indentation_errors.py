"""Lines of a file that stand where they do not belong, or lack their hyphen, name or colon."""

import re

import yaml

from builders.core.diagnostics import write_count
from builders.yaml_source.quotation_errors import FIELD

Meaning = tuple[str, str, int]  # what is wrong, what to do, and in which line (0-based)

NO_BREAK_SPACE = "a no-break space stands in the indentation"
MOST_ASKEW = 3  # columns: less than that is a slip

_ITEM = re.compile(r"^( *)- ")
_MARKED = re.compile(r"^(\s*(?:- +)*)[\w-]+: *[|>][-+]?\s*$")  # its text stands below it
_BARE_CODE = re.compile(r"^(\s*(?:- +)?)([a-z]{2,3})(?:$|(?::| +)(?=[^\s:]))")


def explain_indentation(
    wording: str, lines: list[str], row: int, error: yaml.MarkedYAMLError
) -> Meaning | None:
    """Return what the parser's `error` means, if the line at `row` (0-based) is to blame for it.

    `wording` is the parser's own text, `lines` are those of the file.
    """
    if (
        found := _explain_missing_colon(lines, row)
        or _explain_hyphen(lines, row)
        or _explain_first_item(lines, row)
    ):
        return found
    if "expected '-' indicator" in wording:
        return _explain_no_item(lines, row)
    if "mapping values" in wording and _is_too_deep(lines, row, error):
        advice = "align it with that line; an item of a list starts with `- `"
        return "the line stands deeper than the field before it", advice, row
    return _explain_nameless_line(lines, row) if "could not find expected ':'" in wording else None


def explain_tabs(lines: list[str], row: int) -> Meaning | None:
    """Return what is wrong with an indentation at `row` that is not of spaces alone, or None."""
    if "\t" in re.match(r"\s*", lines[row])[0]:  # type: ignore[index]  # \s* always matches
        return "a tab stands in the indentation", "use spaces", row
    for at in (row, row - 1):
        if at >= 0 and re.match(r"\s*\xa0\s*\S", lines[at]):
            return NO_BREAK_SPACE, "use spaces", at
    return None


def find_first_text(line: str) -> int:
    """Return the column (1-based) of the first character that is not white space."""
    return len(line) - len(line.lstrip()) + 1


def find_row_with_content(lines: list[str], row: int) -> int:
    """Return the first row, from `row` on, that is neither blank nor a remark."""
    for at in range(row, len(lines)):
        if lines[at].strip() and not lines[at].lstrip().startswith("#"):
            return at
    return row


def _explain_missing_colon(lines: list[str], row: int) -> Meaning | None:
    """Explain a line at `row`, or just before it, that starts with a language's code without its colon.

    It is one if another language stands before or behind it, and the code elsewhere as it should.
    """
    for at in range(row, max(row - 3, 0), -1):
        if not (bare := _BARE_CODE.match(lines[at])):
            continue
        beside = [FIELD.match(line) for line in (_find_line_above(lines, at), *lines[at + 1 : at + 2])]
        named = re.compile(rf"^\s*(?:- +)?{bare[2]}: ")
        if any(f and f.end(1) == bare.end(1) and len(f[2]) <= 3 for f in beside) and any(
            map(named.match, lines)
        ):
            words = " ".join(lines[at][bare.end() :].split()[:3])
            return f"'{bare[2]}' has no colon and space behind it", f"write `{bare[2]}: {words}…`", at
    return None


def _explain_hyphen(lines: list[str], row: int) -> Meaning | None:
    """Explain a hyphen without its space, or left of those of the items above it."""
    for at in (row, row - 1):
        if at >= 0 and (close := re.match(r" *-([^\W\d]\S*)", lines[at])):
            return "a hyphen has no space behind it", f"write `- {close[1]}`", at
    item = _ITEM.match(lines[row])
    beside = _measure_shift(lines, row, _ITEM) if item else 0
    if beside > 0:
        return (
            "the hyphen stands left of those of the items above",
            f"put {write_count(beside, 'space')} before it",
            row,
        )
    return None


def _explain_first_item(lines: list[str], row: int) -> Meaning | None:
    """Explain a list whose first item has no hyphen: the parser stumbles over the second one, at `row`."""
    item = _ITEM.match(lines[row])
    if not item:
        return None
    depth, first = len(item[1]), row
    for at in range(row - 1, -1, -1):
        line = lines[at]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        field = FIELD.match(line)
        if len(line) - len(line.lstrip(" ")) <= depth and not (_ITEM.match(line) and depth == 0):
            opens = field is not None and (not field[3] or field[3].startswith("#")) and not _ITEM.match(line)
            named = FIELD.match(lines[first])
            if not opens or first == row or not named or _ITEM.match(lines[first]):
                return None
            return "an item of a list has no hyphen", f"write `- {named[2]}:`, like the items below", first
        first = at
    return None


def _explain_no_item(lines: list[str], row: int) -> Meaning:
    """Explain a line that stands where an item of a list is due."""
    is_item = bool(_ITEM.match(lines[row]))
    askew = _measure_shift(lines, row, _ITEM if is_item else FIELD)
    if is_item and askew < 0:
        advice = f"take {write_count(-askew, 'space')} away before it"
        return "the hyphen stands right of those of the items above", advice, row
    if not is_item and askew == 1:  # two are those of a hyphen
        return "the line stands left of the fields above", "put 1 space before it", row
    return "an item of a list has no hyphen", "start each item with `- `, all aligned", row


def _measure_shift(lines: list[str], row: int, kind: re.Pattern[str]) -> int:
    """Return how many columns right of the line at `row` one of a kind above it starts, by a slip; or 0."""
    for line in lines[:row][::-1]:
        match = kind.match(line)
        more = match.end(1) - len(lines[row]) + len(lines[row].lstrip()) if match else 0
        if 0 < abs(more) < MOST_ASKEW:
            return more
        if line.strip() and find_first_text(line) < find_first_text(lines[row]) - MOST_ASKEW:
            break
    return 0


def _explain_nameless_line(lines: list[str], row: int) -> Meaning | None:
    """Explain a line, at `row` or just before it, that stands where a field is due and has no colon."""
    last = next((at for at in range(row, max(row - 3, 0), -1) if _is_nameless(lines[at])), 0)
    first = last
    while first and _is_nameless(lines[first - 1]):
        first -= 1
    field = FIELD.match(lines[first - 1]) if first else None
    if not field:
        return None
    column = field.end(1) + 1
    at = next((at for at in range(first, last + 1) if find_first_text(lines[at]) <= column), None)
    if at == first and _MARKED.match(field.string):
        return "the text is not indented", f"put two more spaces before it than `{field[2]}: |` has", at
    if at is None or find_first_text(lines[at]) < column:
        return None
    name, *words = lines[at].split()[:4]
    advice = f"indent it if it goes on with the text above; of a field write `{name}: {' '.join(words)}`"
    return "the line has no name with a colon", advice, at


def _is_nameless(line: str) -> bool:
    text = line.strip()
    return bool(text) and not text.startswith(("#", "- ")) and not FIELD.match(line)


def _find_line_above(lines: list[str], row: int) -> str:
    """Return the line that the one at `row` follows, without the deeper ones of a text in between."""
    depth = find_first_text(lines[row])
    return next((line for line in lines[:row][::-1] if line.strip() and find_first_text(line) <= depth), "")


def _is_too_deep(lines: list[str], row: int, error: yaml.MarkedYAMLError) -> bool:
    """Whether the parser stumbles over the name of a field that is indented below one with a value."""
    field, mark = FIELD.match(lines[row]), error.problem_mark
    before = next((at for at in range(row - 1, -1, -1) if lines[at].strip()), None)
    if not field or before is None or not mark or mark.column != field.end(2):
        return False
    above = FIELD.match(lines[before])
    texts = above is not None and above[2] != "id" and len(above[2]) == 2  # a language: prose goes on
    return above is not None and bool(above[3]) and len(field[1]) > len(above[1]) and not texts
