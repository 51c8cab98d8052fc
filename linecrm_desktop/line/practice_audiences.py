"""Audiences and narrowcasts of the practice LINE: lists of ids that become ready after a while, and sends to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

READY_AFTER = timedelta(minutes=1)
"""LINE takes up to hours; a rehearsal should not."""
LIFE = timedelta(days=180)
SENDING_AFTER, OVER_AFTER = timedelta(seconds=1), timedelta(seconds=5)
PROGRESS_LIFE = timedelta(days=14)


@dataclass(slots=True)
class Audience:
    """One uploaded list of ids."""

    id: int
    description: str
    created: datetime
    ids: set[str] = field(default_factory=set[str])
    jobs: list[tuple[int, str, datetime]] = field(default_factory=list[tuple[int, str, datetime]])
    """Number, description and moment of each list that was added later."""

    def status(self, now: datetime) -> str:
        """Return what LINE would say of it; an empty one never becomes ready."""
        if now - self.created >= LIFE:
            return "EXPIRED"
        return "READY" if self.ids and now - self.created >= READY_AFTER else "IN_PROGRESS"


@dataclass(frozen=True, slots=True)
class Narrowcast:
    """One accepted narrowcast, which goes on by itself."""

    at: datetime
    people: int

    def progress(self, now: datetime) -> dict[str, Any] | None:
        """Return how far it is; None when LINE has forgotten it."""
        age = now - self.at
        if age >= PROGRESS_LIFE:
            return None
        accepted = {"acceptedTime": _iso(self.at)}
        if age < SENDING_AFTER:
            return {"phase": "waiting"} | accepted
        counts = {"successCount": self.people, "failureCount": 0, "targetCount": self.people}
        if age < OVER_AFTER:
            return {"phase": "sending"} | counts | accepted
        return {"phase": "succeeded"} | counts | accepted | {"completedTime": _iso(self.at + OVER_AFTER)}


def narrowed(recipient: Any, audiences: Mapping[int, Audience], everybody: set[str]) -> set[str]:
    """Return the people whom a narrowcast's recipient object means."""
    if not isinstance(recipient, dict):
        return everybody
    found = cast("dict[str, Any]", recipient)
    if found.get("type") == "audience":
        return audiences[int(found["audienceGroupId"])].ids & everybody
    for joint, meant in found.items():
        parts: list[Any] = cast("list[Any]", meant) if isinstance(meant, list) else [meant]
        sets = [narrowed(part, audiences, everybody) for part in parts if isinstance(part, dict)]
        if joint == "and":
            return everybody.intersection(*sets)
        if joint == "or":
            return set[str]().union(*sets)
        if joint == "not":
            return everybody - sets[0]
    return everybody


def unready_audience(recipient: Any, audiences: Mapping[int, Audience], now: datetime) -> int | None:
    """Return the number of an audience that a narrowcast may not use yet, or any more."""
    if not isinstance(recipient, dict):
        return None
    found = cast("dict[str, Any]", recipient)
    if found.get("type") == "audience":
        number = int(found.get("audienceGroupId", 0))
        is_ready = number in audiences and audiences[number].status(now) == "READY"
        return None if is_ready else number
    for joint in ("and", "or", "not"):
        meant: Any = found.get(joint, [])
        for part in cast("list[Any]", meant) if isinstance(meant, list) else [meant]:
            unready = unready_audience(part, audiences, now)
            if unready is not None:
                return unready
    return None


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
