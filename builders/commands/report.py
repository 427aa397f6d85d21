"""How faults and finished files are told: lines for people, JSON for programs."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from builders.faults import Fault, counted, few_of_a_kind


def lines(path: Path, faults: Iterable[Fault]) -> list[str]:
    """Return one line a fault, `file:line:column: what; what to do`, and one for each kind that goes on."""
    few, more = few_of_a_kind(faults)
    return [*(fault.at(str(path)) for fault in few), *(repeated(path, fault, count) for fault, count in more)]


def repeated(path: Path, fault: Fault, count: int) -> str:
    """Return the line that says how often a fault comes again, and where last."""
    label = "warning: " if fault.severity == "warning" else ""
    return (
        f"{fault.file or path}: {label}{counted(count, 'more time')}, last in line {fault.line}: {fault.text}"
    )


def as_json(path: Path, faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Return the faults as values for JSON."""
    return [
        {
            "file": str(path),
            "line": fault.line,
            "column": fault.column,
            "severity": fault.severity,
            "message": fault.message,
            "advice": fault.advice,
            "path": list(fault.path),
        }
        for fault in faults
    ]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as columns, the first to the left and the others to the right."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (head, *rows)
    )
