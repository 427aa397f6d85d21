"""How faults and finished files are told: lines for people, JSON for programs."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from builders.core.diagnostics import Fault, limit_each_kind, write_count


def write_fault_lines(path: Path, faults: Iterable[Fault]) -> list[str]:
    """Return one line a fault, `file:line:column: what; what to do`, and one for each kind that goes on."""
    few, more = limit_each_kind(faults)
    return [
        *(fault.format_in_file(str(path)) for fault in few),
        *(write_repeat_line(path, fault, count) for fault, count in more),
    ]


def write_repeat_line(path: Path, fault: Fault, count: int) -> str:
    """Return the line that says how often a fault comes again, and where last."""
    label = "warning: " if fault.severity == "warning" else ""
    often = f"{write_count(count, 'more time')}, last in line {fault.line}"
    return f"{fault.file or path}: {label}{often}: {fault.text}"


def make_json_faults(path: Path, faults: Iterable[Fault]) -> list[dict[str, Any]]:
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


def write_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as columns, the first to the left and the others to the right."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (head, *rows)
    )
