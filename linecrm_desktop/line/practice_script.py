"""Scripted trouble for the practice LINE: which requests go wrong, and how.

A script is JSON: {"rules": [{"when": {...}, "then": {...}}]}. Of several rules that meet a request, the first that
names a fault decides; seconds add up.
"""

import json
import random
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from linecrm_desktop.errors import ShopError
from linecrm_desktop.text import _

SENDS = ("push", "multicast", "broadcast", "narrowcast")


class Fault(StrEnum):
    """Something that goes wrong with one request."""

    DROP_BEFORE = "drop_before"
    """The connection breaks before LINE took the request."""
    DROP_AFTER = "drop_after"
    """LINE took the request, then the connection breaks."""
    ERROR_BEFORE = "error_before"
    ERROR_AFTER = "error_after"
    """LINE took the request and answers 500 all the same."""
    SLOW = "slow"
    """LINE took the request; its answer waits until `world.hurry` is set."""
    BUSY = "busy"
    MONTH_FULL = "month_full"
    TOKEN = "token"
    FORBIDDEN = "forbidden"
    UNPARSABLE = "unparsable"
    """LINE took the request and answers 200 with what is no JSON."""
    EXTRA = "extra"
    """LINE took the request and answers with fields that nobody knows."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens to one request."""

    fault: Fault | None = None
    seconds: float = 0.0


@dataclass(slots=True)
class _Rule:
    endpoint: str
    nth: int | None
    every: int | None
    probability: float | None
    trouble: Trouble
    dice: random.Random
    seen: int = 0

    def meets(self, endpoint: str) -> bool:
        """Count a request of this rule's kind, and say whether its turn has come."""
        if self.endpoint not in (endpoint, "any") and not (self.endpoint == "send" and endpoint in SENDS):
            return False
        self.seen += 1
        if self.nth is not None and self.seen != self.nth:
            return False
        if self.every is not None and self.seen % self.every:
            return False
        return self.probability is None or self.dice.random() < self.probability


@dataclass(slots=True)
class Script:
    """The rules of one run."""

    rules: list[_Rule] = field(default_factory=list[_Rule])

    def trouble(self, endpoint: str) -> Trouble:
        """Return what goes wrong with the next request to an endpoint."""
        met = [rule.trouble for rule in self.rules if rule.meets(endpoint)]
        faults = [trouble.fault for trouble in met if trouble.fault is not None]
        return Trouble(faults[0] if faults else None, sum(trouble.seconds for trouble in met))


def read_script(path: Path) -> Script:
    """Read a script. Raises ShopError, naming the rule, when it is not understood."""
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ShopError(
            _("“{file}” cannot be read as a script.").format(file=path.name), _("It must be a JSON file.")
        ) from error
    rules = cast("dict[str, Any]", found).get("rules") if isinstance(found, dict) else None
    if not isinstance(rules, list):
        raise _not_understood(1)
    return Script([_rule(rule, place) for place, rule in enumerate(cast("list[Any]", rules), start=1)])


def _rule(found: Any, place: int) -> _Rule:
    try:
        when, then = dict(found["when"]), dict(found["then"])
        fault = then.pop("fault", None)
        trouble = Trouble(Fault(fault) if fault is not None else None, float(then.pop("seconds", 0)))
        seed = when.pop("seed", place)
        rule = _Rule(
            endpoint=str(when.pop("endpoint", "send")),
            nth=_whole(when.pop("nth", None)),
            every=_whole(when.pop("every", None)),
            probability=_share(when.pop("probability", None)),
            trouble=trouble,
            dice=random.Random(seed),
        )
    except (KeyError, TypeError, ValueError):
        raise _not_understood(place) from None
    if when or then or set(found) != {"when", "then"}:
        raise _not_understood(place)
    return rule


def _whole(value: Any) -> int | None:
    if value is not None and (not isinstance(value, int) or value < 1):
        raise ValueError
    return value


def _share(value: Any) -> float | None:
    return None if value is None else float(value)


def _not_understood(place: int) -> ShopError:
    return ShopError(
        _("Rule {n} of the script was not understood.").format(n=place),
        _("A rule has “when” and “then”; the page on the command line lists what they may say."),
    )
