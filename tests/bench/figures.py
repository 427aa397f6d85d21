"""What was measured, as tables: seconds, memory, ratios, and how the time grows with the size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from builders.commands.report import write_table
from tests.bench.processes import Run

SETTLED = 50  # sections: below, starting up counts for more than the work
NONE = "–"
MEASURES = (("wall", "seconds", 1.0, 2), ("cpu", "processor seconds", 1.0, 2), ("peak", "peak MB", 1e6, 0))


@dataclass(frozen=True, slots=True)
class Series:
    """One program's runs, by size."""

    name: str
    runs: Mapping[int, Run]

    def values(self, measure: str) -> dict[int, float]:
        """Return one measure by size, where it is known."""
        return {size: value for size, run in sorted(self.runs.items()) if (value := getattr(run, measure))}


def growth(values: Mapping[int, float]) -> float | None:
    """Return the exponent by which values grow from the first settled size to the last: 1 is linear."""
    sizes = [size for size in sorted(values) if size >= SETTLED]
    if len(sizes) < 2:
        return None
    first, last = sizes[0], sizes[-1]
    return log(values[last] / values[first]) / log(last / first)


def tables(head: str, series: Sequence[Series]) -> str:
    """Return seconds and peak memory by size; then the ratio of the first series to each other one."""
    sizes = sorted({size for one in series for size in one.runs})
    rows = []
    for measure, unit, scale, digits in MEASURES:
        found = {one.name: one.values(measure) for one in series}
        own = found[series[0].name]
        rows.append([unit] + [""] * (len(sizes) + 1))
        for name, values in found.items():
            cells = [f"{values[size] / scale:.{digits}f}" if size in values else NONE for size in sizes]
            exponent = growth(values)
            rows.append([f"  {name}", *cells, f"{exponent:.2f}" if exponent is not None else NONE])
        for name, values in list(found.items())[1:]:
            cells = [f"{own[s] / values[s]:.3f}" if s in own and s in values else NONE for s in sizes]
            rows.append([f"  {series[0].name} / {name}", *cells, ""])
    return write_table([head, *(f"{size:,}" for size in sizes), "growth"], rows)
