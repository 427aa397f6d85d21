"""A long guide made by two processes in turns: while one draws a part, the other lays out the next.

Each tells the other what its part tells (record.py), so that both know what all parts before have told. The
bytes are those that one process makes.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any

from builders.guide.parts import Parts, Piece
from builders.guide.plan import Layout
from builders.guide.record import Told
from builders.guide.room import Room
from builders.options import Options
from builders.outline import Outline

LEAST = 60  # sections: a process more is not worth it for fewer


class PartnerGone(Exception):
    """The other process has ended before its time."""


def worthwhile(outline: Outline, options: Options) -> bool:
    """Return whether two processes make a guide sooner: a long one, on a machine with nothing else to do."""
    alone = multiprocessing.parent_process() is None
    return alone and not options.section and len(outline.sections) >= LEAST and (os.cpu_count() or 1) > 1


def pieces(parts: Parts) -> list[Piece]:
    """Return all parts of a guide, the front first, as they read. Raises PartnerGone."""
    record = parts.layout.record
    with _partner(parts) as other:
        try:
            made = _every_second(parts, other, own=0)
            front = parts.piece("front", made[-1].end)
            other.send(record.folios)
            for piece in made[::2]:
                piece.finish(record.folios)
            for piece in made[1::2]:
                piece.drawn = other.recv()
        except (EOFError, OSError):
            raise PartnerGone from None
    return [front, *made]


def _every_second(parts: Parts, other: Connection, own: int) -> list[Piece]:
    """Return the parts: those whose turn is `own` are drawn, of the others is known what they tell."""
    made: list[Piece] = []
    first, record = parts.first, parts.layout.record
    for turn, name in enumerate(parts.names):
        if turn % 2 == own:
            numbers = Room(first)
            pages = list(numbers.counted(parts.lay(name)))
            other.send((record.part, numbers.end))
            piece = Piece((), record.part, numbers.end, parts.draw(first, pages))
            if piece.drawer and not piece.drawer.waits:
                piece.finish(record.folios)
        else:
            following = parts.names[turn + 1 : turn + 2]
            if following and isinstance(following[0], int):
                parts.layout.prepare(following[0])  # rather than wait
            told, end = other.recv()
            record.repeat(told)
            piece = Piece((), told, end, None)
        piece.told = Told(pages=piece.told.pages)  # the rest is known to the record
        made.append(piece)
        first = piece.end
    return made


@contextmanager
def _partner(parts: Parts) -> Iterator[Connection]:
    """Start the other process and end it, whatever happens."""
    copied = sys.platform == "linux"  # the other is a copy of this process, what it has read included
    context: Any = multiprocessing.get_context("fork" if copied else "spawn")
    here, there = context.Pipe()
    course = parts.course
    given = (course.outline, course.options, parts if copied else None)
    process = context.Process(target=_take_part, args=(here, there, *given), daemon=True)
    process.start()
    there.close()  # so that the end of the process is the end of the pipe
    try:
        yield here
    finally:
        here.close()
        process.terminate()
        process.join()


def _take_part(
    theirs: Connection, other: Connection, outline: Outline, options: Options, parts: Parts | None
) -> None:
    """Make every second part. What goes wrong will go wrong again where it can be told: here it just ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the first process's to answer
    theirs.close()
    with suppress(Exception):
        parts = parts or Parts(Layout(outline, options))
        made = _every_second(parts, other, own=1)
        folios: Mapping[str, str] = other.recv()
        parts.layout.record.folios.update(folios)
        for piece in made[1::2]:
            piece.finish(folios)
            other.send(piece.drawn)
            piece.drawn = None
