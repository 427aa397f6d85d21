"""Python's collector of cycles, which a build does without.

What a build makes lives to its end, and has few cycles: to look for them again and again would take as long
as the work itself.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_collector() -> Iterator[None]:
    """Do the body without the collector."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
