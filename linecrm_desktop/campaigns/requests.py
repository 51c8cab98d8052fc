"""What one request to LINE says: the same bubbles for up to 500 friends, or one friend's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import variants
from linecrm_desktop.messages import blocks, limits, people, variables
from linecrm_desktop.models.campaign import Campaign


@dataclass(frozen=True, slots=True)
class Member:
    """One friend of a chunk."""

    friend_id: int
    line_user_id: str
    why: str
    """Why this friend gets nothing any more; empty: still fine."""


class Writer:
    """Writes the requests of one turn: bubbles and the friends' own words are read once for all."""

    def __init__(self, session: Session, campaign: Campaign, friends: Sequence[int]) -> None:
        count = 1 + len(campaign.others)
        self._bubbles = [blocks.from_json(variants.bubbles(campaign, variant)) for variant in range(count)]
        self._units = [variants.unit(campaign, variant) for variant in range(count)]
        used = set[str]().union(*(variables.used(bubbles) for bubbles in self._bubbles))
        self._values = people.values_of(session, friends, used) if used else {}

    def body(self, variant: int, members: Sequence[Member]) -> dict[str, Any] | None:
        """Write one request; None when the words do not fit its one friend."""
        bubbles, unit = self._bubbles[variant], {"customAggregationUnits": [self._units[variant]]}
        if not variables.used(bubbles):
            to: str | list[str] = [member.line_user_id for member in members]
            return {"to": to, "messages": blocks.to_line(bubbles, {}), **unit}
        friend = members[0]
        values = self._values.get(friend.friend_id, {})
        if not limits.fits(bubbles, values):
            return None
        return {"to": friend.line_user_id, "messages": blocks.to_line(bubbles, values), **unit}


def ids_of(body: dict[str, Any] | None) -> list[str]:
    """Return the user ids in a request."""
    to = (body or {}).get("to", [])
    return [to] if isinstance(to, str) else list(to)


def is_push(body: dict[str, Any] | None) -> bool:
    """Say whether a request goes to one person."""
    return isinstance((body or {}).get("to"), str)
