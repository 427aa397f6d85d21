"""Mutations of an outline's text, each from a seed: what editors, mailers and strangers do to files."""

import json
import random
import re
from collections.abc import Callable, Sequence

_VALUE = re.compile(r"^(\s*(?:- )*[\w-]+: )(\S.*)$")
_KEY = re.compile(r"^(\s*(?:- )*)([\w-]+)(:.*)$")
_PROSE = re.compile(r"^(\s+(?:- )?(?:[a-z]{2}): )(\S.*)$")
_DATE = re.compile(r"^(\s*(?:- )*(?:date|old_style|born|died|period|head): )(\S.*)$")

NUMBERS = ("0", "-1", "1e9", "99999999999999999", "0.000001", "nan", "+3", "1_000", "0x10", "٣", "")
DATES = (
    *("9999-12-31", "-9999", "0000", "-0001-01-01", "1917-02-30", "../1917", "1917/..", "19XX", "1XXX"),
    *("1917~/1918?", "2000-02-29/2000-03-01", "1900-02-29", "0001/9999", "-9999/9999", "191X/192X"),
)

Mutate = Callable[[random.Random, list[str], Sequence[str]], None]


def mutated(text: str, seed: int, naughty: Sequence[str]) -> bytes:
    """Return the bytes of a rough mutant: one that may well have faults."""
    chance = random.Random(seed)
    lines = text.split("\n")
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        chance.choice(_ROUGH)(chance, lines, naughty)
    content = bytearray("\n".join(lines).encode("utf-8", "surrogatepass"))
    if chance.random() < 0.25 and content:
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.05:
        del content[chance.randrange(len(content) + 1) :]
    return bytes(content)


def reworded(text: str, seed: int, naughty: Sequence[str]) -> str:
    """Return a gentle mutant: texts and dates replaced, quoted as they should be; mostly valid."""
    chance = random.Random(seed)
    lines = text.split("\n")
    for _ in range(chance.randint(1, 12)):
        _naughty_text(chance, lines, naughty)
    if chance.random() < 0.4:
        _odd_date(chance, lines, naughty)
    return "\n".join(lines)


def _pick(
    chance: random.Random, lines: list[str], pattern: re.Pattern[str]
) -> tuple[int, re.Match[str]] | None:
    found = [(i, match) for i, line in enumerate(lines) if (match := pattern.match(line))]
    return chance.choice(found) if found else None


def _line(chance: random.Random, lines: list[str]) -> int:
    return chance.randrange(len(lines)) if lines else 0


def _move_line(chance: random.Random, lines: list[str], _: Sequence[str]) -> None:
    if lines:
        lines.insert(_line(chance, lines), lines.pop(_line(chance, lines)))


def _delete_lines(chance: random.Random, lines: list[str], _: Sequence[str]) -> None:
    start = _line(chance, lines)
    del lines[start : start + chance.choice((1, 1, 2, 10))]


def _repeat_lines(chance: random.Random, lines: list[str], _: Sequence[str]) -> None:
    start = _line(chance, lines)
    lines[start:start] = lines[start : start + chance.choice((1, 2, 5, 30))]


def _indent(chance: random.Random, lines: list[str], _: Sequence[str]) -> None:
    if lines:
        i = _line(chance, lines)
        lines[i] = chance.choice((" ", "  ", "\t", "    ", "")) + lines[i].lstrip(" ")


def _rename_key(chance: random.Random, lines: list[str], _: Sequence[str]) -> None:
    if one := _pick(chance, lines, _KEY):
        other = _pick(chance, lines, _KEY)
        new = chance.choice(
            (other[1][2] if other else "x", one[1][2] + "s", one[1][2][::-1], "", "__class__", "?")
        )
        lines[one[0]] = one[1][1] + new + one[1][3]


def _swap_values(chance: random.Random, lines: list[str], _: Sequence[str]) -> None:
    one, other = _pick(chance, lines, _VALUE), _pick(chance, lines, _VALUE)
    if one and other:
        lines[one[0]], lines[other[0]] = one[1][1] + other[1][2], other[1][1] + one[1][2]


def _raw_value(chance: random.Random, lines: list[str], naughty: Sequence[str]) -> None:
    if found := _pick(chance, lines, _VALUE):
        value = chance.choice(
            (*naughty, *NUMBERS, *DATES, "[" * 100, "{a: " * 70, "&a *a", "!!python/name:os", "|")
        )
        lines[found[0]] = found[1][1] + value


def _quoted_value(chance: random.Random, lines: list[str], naughty: Sequence[str]) -> None:
    if found := _pick(chance, lines, _VALUE):
        value = json.dumps(chance.choice(naughty), ensure_ascii=chance.random() < 0.5)
        lines[found[0]] = found[1][1] + value


def _naughty_text(chance: random.Random, lines: list[str], naughty: Sequence[str]) -> None:
    if found := _pick(chance, lines, _PROSE):
        words = chance.choice(naughty)
        if chance.random() < 0.3:
            words = f"{found[1][2][:40]} {words} {chance.choice(naughty)}"
        if chance.random() < 0.03:
            words = (words + " ") * 300
        lines[found[0]] = found[1][1] + json.dumps(words or "x", ensure_ascii=False)


def _odd_date(chance: random.Random, lines: list[str], _: Sequence[str]) -> None:
    if found := _pick(chance, lines, _DATE):
        lines[found[0]] = found[1][1] + chance.choice(DATES)


_ROUGH: tuple[Mutate, ...] = (
    _move_line,
    _delete_lines,
    _repeat_lines,
    _indent,
    _rename_key,
    _swap_values,
    _raw_value,
    _quoted_value,
    _naughty_text,
    _odd_date,
)
