"""Which of many events to label: the most important, and of equal ones those that stand evenly in time."""

from collections.abc import Sequence


def rank_evenly(places: Sequence[int], importances: Sequence[int], most: int) -> list[int]:
    """Return the numbers of the `most` events that deserve a label, the most deserving first.

    The more important come first; of equal ones always that whose place (µm or days) is furthest from all
    before it, so that however many are labelled, they stand as evenly as they can.
    """
    order: list[int] = []
    gaps = [float("inf")] * len(places)  # from each event to the nearest that is ranked
    left = sorted(range(len(places)), key=lambda i: places[i])
    while left and len(order) < most:
        best = max(left, key=lambda i: (importances[i], gaps[i]))
        left.remove(best)
        order.append(best)
        for i in left:
            gaps[i] = min(gaps[i], abs(places[i] - places[best]))
    return order
