"""The search for rows and sides: the best few ways to set the labels so far, carried along the axis."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from operator import le
from typing import NamedTuple

Choice = tuple[int, ...]  # for each label, the index of its slot
Found = tuple[int, Choice]  # what it costs, and the choice

FINALS = 4  # choices given back, best first
_FAR = 1 << 60
_AT_ONCE = 8  # so many labels that gave way let one more do so at a time
_WIDE, _BACK = 40, 40  # where all else failed: states, and labels to go back


class Slot(NamedTuple):
    """A box in a row: what one label could take."""

    box: int
    row: int
    before: int
    after: int
    across: int
    cost: int
    at: int  # the marker
    aim: int  # where the leader would best stand, given the crowd
    reach: int


@dataclass(frozen=True, slots=True)
class SearchSpace:
    """Where the search may put labels (see labels.LabelArea), and how many states it carries along."""

    rows: int
    low: int
    high: int
    gap: int
    leader_gap: int
    width: int
    second_look: int  # so many times the width of ways to go on are looked at twice


class _SearchState(NamedTuple):
    """What the labels so far leave to the next ones, all in µm."""

    cost: int
    leader: int  # the last leader
    ends: tuple[int, ...]  # of each row: where its last label ends
    stubs: tuple[int, ...]  # of each row: the last leader that passes through it
    slot: int
    parent: "_SearchState | None"


# a slot made ready: index, row, before, after, first and last place of the leader, aim, early, cost, reach
_Ready = tuple[int, int, int, int, int, int, int, int, int, int]
# a way to go on: cost, serial number, leader, the slot, the state before
_Way = tuple[int, int, int, _Ready, _SearchState]


@dataclass(frozen=True, slots=True)
class _Lookahead:
    """What the labels ask for, from each one on."""

    horizon: Sequence[int]  # the first place that a later label could want: what ends before is forgotten
    latest: Sequence[int]  # the last place of this label's leader that leaves the later leaders within reach
    reached: Sequence[int]  # the furthest place of each label's leader, rising
    aims: Sequence[int]  # where each leader would best stand, rising
    shortest: int  # the shortest box
    reach: int  # the furthest that a label may be moved
    high: int  # where the room ends


def search_slots(slots: Sequence[Sequence[Slot]], space: SearchSpace) -> list[Found]:
    """Return the best choices of one slot for each label, cheapest first; none where no choice was found.

    `slots` are in the order of the labels. Deterministic: of equal costs, what was found first counts.
    """
    if not all(slots):
        return []
    ahead = _look_ahead(slots, space)
    states = [_start_state(space)]
    for i, options in enumerate(slots):
        states = _advance_states(states, options, i, ahead, space)
        if not states:
            return []
    return [(state.cost, _trace_choice(state)) for state in states]


def search_giving_way(
    slots: Sequence[Sequence[Slot]],
    least: Sequence[Collection[int]],
    ranks: Sequence[int],
    space: SearchSpace,
) -> tuple[list[Found], set[int]]:
    """Return the best choices, and the labels (indices) that were left no more than their `least` boxes.

    Wherever the search ends, labels of the lowest rank near the end give way (one, later more at a time), and
    the search goes on from there. Where none is left, the search goes back and looks wider up to here; where
    that fails too, there are no choices, but the labels at which the search ended.
    """
    if not all(slots):
        return [], {i for i, own in enumerate(slots) if not own}
    ahead = _look_ahead(slots, space)
    current, gone, widened = [*slots], set[int](), -1
    history = [[_start_state(space)]]
    while (i := len(history) - 1) < len(slots):
        here = space if i > widened else replace(space, width=_WIDE)
        if states := _advance_states(history[i], current[i], i, ahead, here):
            history.append(states)
            continue
        around = _find_neighbours(i, slots)
        able = [
            j for j in around if j not in gone and least[j] and any(s.box not in least[j] for s in slots[j])
        ]
        if able:
            nearest = sorted(able, key=lambda j: (ranks[j], abs(j - i), j))
            for victim in nearest[: 1 + len(gone) // _AT_ONCE]:
                gone.add(victim)
                current[victim] = [slot for slot in slots[victim] if slot.box in least[victim]]
                del history[min(victim, i) + 1 :]
        elif i > widened:
            widened = i
            del history[max(0, i - _BACK) + 1 :]
        else:
            return [], set(around)
    found = []
    for state in history[-1]:
        choice = _trace_choice(state)
        found.append((state.cost, tuple(slots[i].index(current[i][k]) for i, k in enumerate(choice))))
    return found, gone


def _find_neighbours(i: int, slots: Sequence[Sequence[Slot]]) -> range:
    """Return the labels that share the room of label `i`: those whose reach meets its own."""
    one = slots[i][0]
    low, high = one.at - 2 * one.reach, one.at + one.reach
    first = next(j for j in range(i + 1) if slots[j][0].at >= low)
    last = next((j for j in range(i, len(slots)) if slots[j][0].at > high), len(slots))
    return range(first, last)


def _start_state(space: SearchSpace) -> _SearchState:
    far = space.low - (space.high - space.low)
    return _SearchState(0, far, (far,) * space.rows, (far,) * space.rows, -1, None)


def _advance_states(
    states: list[_SearchState], options: Sequence[Slot], i: int, ahead: _Lookahead, space: SearchSpace
) -> list[_SearchState]:
    """Return the states that are likely to end cheapest, label `i` set.

    All ways to go on are priced; only the cheapest become states. Of those, one that leaves less room than
    a cheaper one does is left out.
    """
    ready = _prepare_slots(options, space, ahead.latest[i])
    ways: list[_Way] = []
    for state in states:
        _add_ways(state, ready, space, ways)
    rated: list[tuple[int, int, _SearchState]] = []
    for way in nsmallest(space.width * space.second_look, ways):
        state = _make_state(way)
        rated.append((state[0] + _estimate_rest(state, i, ahead), len(rated), state))
    rated.sort()
    if i + 1 == len(ahead.aims):
        return [state for _, _, state in rated[:FINALS]]
    return [_forget_past(state, ahead.horizon[i + 1]) for state in _keep_undominated(rated, space.width)]


def _add_ways(state: _SearchState, options: Sequence[_Ready], space: SearchSpace, ways: list[_Way]) -> None:
    """Add the ways to go on from `state`: each slot at its nearest place, and at one that leaves room."""
    so_far, leader_gap = state[0], space.leader_gap
    gap, low = space.gap, state[1] + leader_gap
    firsts, own = [], []  # of each row: the first place of a leader to it, of a label in it
    for end, stub in zip(state[2], state[3], strict=True):
        firsts.append(low)
        past, beside = end + gap, stub + leader_gap
        own.append(past if past > beside else beside)
        low = max(low, end + leader_gap)
    for slot in options:
        _, row, before, _, first, most, aim, early, price, reach = slot
        least = own[row] + before
        if least < firsts[row]:  # noqa: PLR1730 (max() takes twice as long here)
            least = firsts[row]
        if least < first:  # noqa: PLR1730
            least = first
        if least > most:
            continue
        near = least if aim < least else most if aim > most else aim
        ways.append((so_far + price + (near - aim) ** 2 // reach, len(ways), near, slot, state))
        soon = least if early < least else early  # to leave room for what follows
        if soon < near:
            ways.append((so_far + price + (soon - aim) ** 2 // reach, len(ways), soon, slot, state))


def _make_state(way: _Way) -> _SearchState:
    cost, _, leader, (index, row, _, after, *_), (_, _, ends, stubs, _, _) = way
    ends = (*ends[:row], leader + after, *ends[row + 1 :])
    return _SearchState(cost, leader, ends, (leader,) * row + stubs[row:], index, way[4])


def _forget_past(state: _SearchState, horizon: int) -> _SearchState:
    """Return the state without what no longer matters to the labels that follow."""
    cost, leader, ends, stubs, slot, parent = state
    ends = tuple([end if end > horizon else horizon for end in ends])
    stubs = tuple([stub if stub > horizon else horizon for stub in stubs])
    return _SearchState(cost, leader, ends, stubs, slot, parent)


def _keep_undominated(rated: Sequence[tuple[int, int, _SearchState]], width: int) -> list[_SearchState]:
    kept: list[_SearchState] = []
    for _, _, state in rated:
        cost, leader, ends, stubs, _, _ = state
        for other in kept:
            if (
                other[0] <= cost
                and other[1] <= leader
                and all(map(le, other[2], ends))
                and all(map(le, other[3], stubs))
            ):
                break
        else:
            kept.append(state)
            if len(kept) == width:
                break
    return kept


def _look_ahead(slots: Sequence[Sequence[Slot]], space: SearchSpace) -> _Lookahead:
    """Look ahead from each label."""
    horizon, latest, reached = [_FAR], [_FAR], [-_FAR]  # after the last label nothing is wanted
    for options in reversed(slots):
        horizon.append(min(horizon[-1], *[s.at - s.reach - s.before - space.gap for s in options]))
        furthest = max([min(s.at + s.reach, space.high - s.after) for s in options])
        latest.append(min(latest[-1], furthest) - space.leader_gap)
    for options in slots:
        reached.append(max(reached[-1], *[min(s.at + s.reach, space.high - s.after) for s in options]))
    shortest = min([s.before + s.after for options in slots for s in options])
    reach = max([s.reach for options in slots for s in options])
    aims = [options[0].aim for options in slots]
    return _Lookahead(
        [*horizon[:0:-1], -_FAR], latest[-2::-1], reached[1:], aims, shortest + space.gap, reach, space.high
    )


def _prepare_slots(options: Sequence[Slot], space: SearchSpace, latest: int) -> list[_Ready]:
    """Return the slots that the room leaves, with the first and the last place of their leaders."""
    found = []
    for index, (_, row, before, after, _, cost, at, aim, reach) in enumerate(options):
        first = max(space.low + before, at - reach)
        last = min(space.high - after, at + reach, latest - after if row == 0 else latest)
        if first <= last:
            found.append((index, row, before, after, first, last, aim, at - reach // 2, cost, reach))
    return found


def _estimate_rest(state: _SearchState, i: int, ahead: _Lookahead) -> int:
    """Return what the labels after `i` will cost at least, as far as a glance tells.

    No leader to a higher row passes a label, so until a row's label ends, only the rows below it are left:
    labels that find no room there must be moved past its end, or, where that is out of their reach, have no
    place at all.
    """
    leader, ends = state[1], state[2]
    aims, owed = ahead.aims, 0
    for row, barrier in enumerate(ends):
        if barrier <= leader:
            continue
        here = bisect_left(aims, barrier, i + 1) - (i + 1)
        if here <= 0:
            continue
        room = 0
        open_ = barrier + ahead.shortest <= ahead.high  # the last box may run on over the barrier
        for end in ends[:row]:
            free = (barrier if open_ else ahead.high) - (end if end > leader else leader)
            if free > 0:
                room += free // ahead.shortest + open_
        if here > room:
            move = barrier - aims[i + 1 + room]
            owed += (here - room) * move * move // ahead.reach
            if bisect_left(ahead.reached, barrier, i + 1) - (i + 1) > room:
                owed += (here - room) * 4 * ahead.reach
    return owed


def _trace_choice(state: _SearchState) -> Choice:
    chosen = []
    at: _SearchState | None = state
    while at is not None and at.slot >= 0:
        chosen.append(at.slot)
        at = at.parent
    return tuple(reversed(chosen))
