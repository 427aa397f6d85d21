"""What was made last, and from what: in a process that builds again and again (`watch`), what has not changed
is not made again. A process that builds once pays nothing for it."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Values by their places, each with all that it was made from; the oldest places go when there are more
    than `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[Hashable, tuple[object, T]] = {}

    def get(self, place: Hashable, source: object, make: Callable[[], T]) -> T:
        """Return the value at a place: the one that is held, if its source equals `source`, or a new one."""
        held = self.find(place, source)
        return self.hold(place, source, make()) if held is None else held

    def find(self, place: Hashable, source: object) -> T | None:
        """Return the value that is held at a place, if its source equals `source`."""
        held = self._held.pop(place, None)
        if held is None or held[0] != source:
            return None
        self._held[place] = held
        return held[1]

    def hold(self, place: Hashable, source: object, value: T) -> T:
        """Hold a value at a place and return it."""
        self.drop(place)
        if len(self._held) >= self._most:
            del self._held[next(iter(self._held))]
        self._held[place] = (source, value)
        return value

    def drop(self, place: Hashable) -> None:
        """Forget what is held at a place."""
        self._held.pop(place, None)
