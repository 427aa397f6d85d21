"""The search for rows and sides: the best few ways to set the labels so far, carried along the axis."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from operator import itemgetter
from typing import NamedTuple

Choice = tuple[int, ...]  # for each label, the index of its slot
Found = tuple[int, Choice]  # what it costs, and the choice

FINALS = 4  # choices given back, best first
_FAR = 1 << 60
_WIDE, _BACK = 48, 40  # where all else failed: states, and labels to go back


@dataclass(frozen=True, slots=True)
class Slot:
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
class Space:
    """Where the search may put labels (see labels.Room), and how many states it carries along."""

    rows: int
    low: int
    high: int
    gap: int
    leader_gap: int
    width: int


class _State(NamedTuple):
    """What the labels so far leave to the next ones, all in µm."""

    cost: int
    leader: int  # the last leader
    ends: tuple[int, ...]  # of each row: where its last label ends
    stubs: tuple[int, ...]  # of each row: the last leader that passes through it
    slot: int
    parent: "_State | None"


# a slot made ready: index, row, before, after, first and last place of the leader, aim, early, cost, reach
_Ready = tuple[int, int, int, int, int, int, int, int, int, int]
_Grown = dict[tuple[int, tuple[int, ...], tuple[int, ...]], _State]


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What the labels ask for, from each one on."""

    horizon: Sequence[
        int
    ]  # the first place that this or a later label could want: what ends before is forgotten
    latest: Sequence[int]  # the last place of this label's leader that leaves the later leaders within reach
    reached: Sequence[int]  # the furthest place of each label's leader, rising
    aims: Sequence[int]  # where each leader would best stand, rising
    shortest: int  # the shortest box
    reach: int  # the furthest that a label may be moved
    high: int  # where the room ends


def search(slots: Sequence[Sequence[Slot]], space: Space) -> list[Found]:
    """Return the best choices of one slot for each label, cheapest first; none where no choice was found.

    `slots` are in the order of the labels. Deterministic: of equal costs, what was found first counts.
    """
    if not all(slots):
        return []
    ahead = _look_ahead(slots, slots, space)
    states = [_start(space)]
    for i, options in enumerate(slots):
        states = _step(states, options, i, ahead, space)
        if not states:
            return []
    return [(state.cost, _traced(state)) for state in states[:FINALS]]


def search_giving_way(
    slots: Sequence[Sequence[Slot]], spare: Sequence[Sequence[Slot]], ranks: Sequence[int], space: Space
) -> tuple[list[Found], tuple[int, ...]]:
    """Return the best choices, and the labels (indices) that gave way in them: they take a spare slot.

    Wherever the search ends, the label of the lowest rank near the end gives way, and the search goes on from
    there. A label without spare slots never gives way. No choices: then the labels at which the search ended.
    """
    current = [one or other for one, other in zip(slots, spare, strict=True)]
    ahead = _look_ahead(current, [one or other for one, other in zip(spare, slots, strict=True)], space)
    history = [[_start(space)]]
    gone = {i for i, options in enumerate(slots) if not options}
    widened = -1  # the furthest label at which all gave way, and a wider search went back
    while (i := len(history) - 1) < len(slots):
        if states := _step(history[i], current[i], i, ahead, space):
            history.append(states)
            continue
        around = _around(i, current)
        able = [j for j in range(len(slots)) if j not in gone and spare[j]]
        if not any(j in around for j in able):
            if i <= widened:
                return [], tuple(around)
            widened, space = i, replace(space, width=_WIDE)
            del history[max(0, i - _BACK) + 1 :]
            continue
        victim = min((j for j in able if j in around), key=lambda j: (ranks[j], abs(j - i), j))
        gone.add(victim)
        current[victim] = spare[victim]
        del history[min(victim, i) + 1 :]
    return [(state.cost, _traced(state)) for state in history[-1][:FINALS]], tuple(sorted(gone))


def _around(i: int, slots: Sequence[Sequence[Slot]]) -> range:
    """Return the labels that share the room of label `i`: those whose reach meets its own."""
    one = slots[i][0]
    low, high = one.at - 2 * one.reach, one.at + one.reach
    first = next(j for j in range(i + 1) if slots[j][0].at >= low)
    last = next((j for j in range(i, len(slots)) if slots[j][0].at > high), len(slots))
    return range(first, last)


def _start(space: Space) -> _State:
    far = space.low - (space.high - space.low)
    return _State(0, far, (far,) * space.rows, (far,) * space.rows, -1, None)


def _step(states: list[_State], options: Sequence[Slot], i: int, ahead: _Ahead, space: Space) -> list[_State]:
    """Return the states that are likely to end cheapest, label `i` set."""
    grown: _Grown = {}
    ready = _ready(options, space, ahead.latest[i])
    for state in _forgetful(states, ahead.horizon[i]):
        _grow(state, ready, space, grown)
    cheapest = nsmallest(space.width * 8, grown.values(), key=itemgetter(0))
    rated = [(state[0] + _owed(state, i, ahead), k, state) for k, state in enumerate(cheapest)]
    return [state for _, _, state in nsmallest(space.width, rated)]


def _forgetful(states: Iterable[_State], horizon: int) -> Iterable[_State]:
    """Return the states without what no longer matters; of those that are alike then, the first."""
    alike: _Grown = {}
    for cost, leader, ends, stubs, slot, parent in states:
        near = max(leader, horizon)
        ends = tuple([end if end > horizon else horizon for end in ends])  # noqa: PLW2901
        stubs = tuple([stub if stub > horizon else horizon for stub in stubs])  # noqa: PLW2901
        key = near, ends, stubs
        if key not in alike or cost < alike[key].cost:
            alike[key] = _State(cost, near, ends, stubs, slot, parent)
    return alike.values()


def _look_ahead(slots: Sequence[Sequence[Slot]], least: Sequence[Sequence[Slot]], space: Space) -> _Ahead:
    """Look ahead from each label; `least` are the slots that each could fall back to."""
    both = [(*options, *fallback) for options, fallback in zip(slots, least, strict=True)]
    horizon, latest, reached = [_FAR], [_FAR], [-_FAR]
    for options in reversed(both):
        horizon.append(min(horizon[-1], *(s.at - s.reach - s.before - space.gap for s in options)))
        furthest = max(min(s.at + s.reach, space.high - s.after) for s in options)
        latest.append(min(latest[-1], furthest) - space.leader_gap)
    for options in both:
        reached.append(max(reached[-1], *(min(s.at + s.reach, space.high - s.after) for s in options)))
    shortest = min(s.before + s.after for options in least for s in options)
    reach = max(s.reach for options in both for s in options)
    aims = [options[0].aim for options in both]
    return _Ahead(horizon[:0:-1], latest[-2::-1], reached[1:], aims, shortest + space.gap, reach, space.high)


def _ready(options: Sequence[Slot], space: Space, latest: int) -> list[_Ready]:
    """Return the slots that the room leaves, with the first and the last place of their leaders."""
    found = []
    for index, s in enumerate(options):
        first = max(space.low + s.before, s.at - s.reach)
        last = min(space.high - s.after, s.at + s.reach, latest - s.after if s.row == 0 else latest)
        if first <= last:
            early = s.at - s.reach // 2
            found.append((index, s.row, s.before, s.after, first, last, s.aim, early, s.cost, s.reach))
    return found


def _grow(state: _State, options: Sequence[_Ready], space: Space, grown: _Grown) -> None:
    """Add the ways to go on from `state`, the cheapest of those that leave the same room."""
    so_far, _, ends, stubs, _, _ = state
    leader_gap = space.leader_gap
    firsts = _leader_lows(state, leader_gap)
    own = [max(end + space.gap, stub + leader_gap) for end, stub in zip(ends, stubs, strict=True)]
    for index, row, before, after, first, most, aim, early, price, reach in options:
        least = own[row] + before
        if least < firsts[row]:  # noqa: PLR1730 (max() takes twice as long here)
            least = firsts[row]
        if least < first:  # noqa: PLR1730
            least = first
        if least > most:
            continue
        near = least if aim < least else most if aim > most else aim
        soon = least if early < least else early  # to leave room for what follows
        for leader in (near, soon) if soon < near else (near,):
            cost = so_far + price + (leader - aim) ** 2 // reach
            new_ends = (*ends[:row], leader + after, *ends[row + 1 :])
            new_stubs = (leader,) * row + stubs[row:]
            key = leader, new_ends, new_stubs
            known = grown.get(key)
            if known is None or cost < known[0]:
                grown[key] = _State(cost, leader, new_ends, new_stubs, index, state)


def _leader_lows(state: _State, leader_gap: int) -> list[int]:
    """Return, for each row, the first place where a leader to it passes the lower rows' labels."""
    lows = []
    low = state.leader + leader_gap
    for end in state.ends:
        lows.append(low)
        low = max(low, end + leader_gap)
    return lows


def _owed(state: _State, i: int, ahead: _Ahead) -> int:
    """Return what the labels after `i` will cost at least, as far as a glance tells.

    No leader to a higher row passes a label, so until a row's label ends, only the rows below it are left:
    labels that find no room there must be moved past its end, or, where that is out of their reach, have no
    place at all.
    """
    _, leader, ends, _, _, _ = state
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


def _traced(state: _State) -> Choice:
    chosen = []
    at: _State | None = state
    while at is not None and at.slot >= 0:
        chosen.append(at.slot)
        at = at.parent
    return tuple(reversed(chosen))
