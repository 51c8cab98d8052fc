"""The law of a path: which step comes next for a friend, when it is due, and what an edit does to the order of steps.

Standard library only. A friend never gets a step twice and never goes back: whatever lies behind the furthest step that
had its turn is behind for good. A wait counts from the day on which the step before really left, so days on which the
computer was off push everything on, and nothing is made up for in a burst.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

STEPS_MAX = 12
WAIT_MAX = 365


class Skipped(StrEnum):
    """Why a step was skipped, where the path itself is the reason; campaigns.states.Why has the others."""

    CONDITION = "condition"
    BEHIND = "behind"
    """It was put into the path before a step that the friend had had already."""
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Stop:
    """A step as the law sees it; steps stand in the order of the path, those that were taken out among them."""

    id: int
    wait_days: int
    is_live: bool


@dataclass(frozen=True, slots=True)
class Had:
    """What a friend had: on which local day a step left or was skipped."""

    day: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next: a step (None: the end of the path), from which day on, and what was passed over."""

    step: int | None
    due_on: date
    behind: tuple[int, ...] = ()
    """Live steps that lie behind the friend without having had their turn, those that are known to among them."""


def following(stops: Sequence[Stop], had: Mapping[int, Had], entered: date, end_days: int) -> Next:
    """Return what comes next for a friend who entered on a day and had these steps."""
    passed = {step for step, turn in had.items() if turn.why not in (Skipped.RETIRED, Skipped.BEHIND)}
    places = [place for place, stop in enumerate(stops) if stop.id in passed]
    furthest = max(places, default=-1)
    open_still = {stop.id for stop in stops if stop.id not in had or had[stop.id].why == Skipped.BEHIND}
    behind = tuple(stop.id for stop in stops[: furthest + 1] if stop.is_live and stop.id in open_still)
    counted = [turn.day for turn in had.values() if turn.why not in (Skipped.RETIRED, Skipped.BEHIND)]
    last = max([*counted, entered])
    for stop in stops[furthest + 1 :]:
        if stop.is_live and stop.id in open_still:
            return Next(stop.id, last + timedelta(days=stop.wait_days), behind)
    return Next(None, last + timedelta(days=end_days), behind)


def reordered(before: Sequence[int], retired: Collection[int], live: Iterable[int]) -> list[int]:
    """Return the whole order after an edit: `live` as a person put them, and the steps that are out of the path.

    `before` is the whole order so far, `retired` those of it that were out already. They stay behind the step that they
    followed. One that is taken out now goes before the step that followed it, or to the end: so what was put in its
    place lies behind whoever had it, and is not sent to them as a second version of the same.
    """
    order = list(live)
    stays = set(order)
    for place, step in enumerate(before):
        if step in stays:
            continue
        if step in retired:
            previous = next((one for one in reversed(before[:place]) if one in order), None)
            order.insert(order.index(previous) + 1 if previous is not None else 0, step)
        else:
            following_one = next((one for one in before[place + 1 :] if one in stays), None)
            order.insert(order.index(following_one) if following_one is not None else len(order), step)
    return order
