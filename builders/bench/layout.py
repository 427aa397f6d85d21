"""`python -m builders.bench.layout OUTLINE SIZE`: prints the seconds that a poster's layout alone took."""

import sys
import time
from pathlib import Path


def seconds(outline: Path, size: str) -> float:
    """Return the seconds that the plan of one poster takes, in a process that has not planned before."""
    from builders.load import load
    from builders.options import Options
    from builders.poster.plan import plan

    loaded = load(outline).outline
    options = Options(lang=loaded.languages[0], poster_size=size)
    start = time.perf_counter()
    plan(loaded, options)
    return time.perf_counter() - start


if __name__ == "__main__":
    print(seconds(Path(sys.argv[1]), sys.argv[2]))
