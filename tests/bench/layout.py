"""`python -m tests.bench.layout OUTLINE SIZE`: prints the seconds that a poster's layout alone took."""

import sys
import time
from pathlib import Path


def seconds(outline: Path, size: str) -> tuple[float, float]:
    """Return the seconds, and processor seconds, that a poster's plan takes in a process new to planning."""
    from builders.outline.load import load_outline
    from builders.poster.options import PosterOptions
    from builders.poster.plan import plan_poster

    loaded = load_outline(outline).outline
    options = PosterOptions(lang=loaded.languages[0], poster_size=size)
    start, used = time.perf_counter(), time.process_time()
    plan_poster(loaded, options)
    return time.perf_counter() - start, time.process_time() - used


if __name__ == "__main__":
    print(*seconds(Path(sys.argv[1]), sys.argv[2]))
