"""What one request to LINE says: the same bubbles for up to 500 friends, or one friend's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

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
        self._unit = campaign.unit
        self._bubbles = blocks.from_json(campaign.bubbles)
        self._is_personal = bool(variables.used(self._bubbles))
        self._values = people.values_of(session, friends) if self._is_personal else {}

    def body(self, members: Sequence[Member]) -> dict[str, Any] | None:
        """Write one request; None when the text does not fit its one friend."""
        if not self._is_personal:
            to: str | list[str] = [member.line_user_id for member in members]
            return {"to": to, "messages": blocks.to_line(self._bubbles, {}), "customAggregationUnits": [self._unit]}
        friend = members[0]
        messages = blocks.to_line(self._bubbles, self._values.get(friend.friend_id, {}))
        if any(limits.utf16(message["text"]) > limits.TEXT_MAX for message in messages):
            return None
        return {"to": friend.line_user_id, "messages": messages, "customAggregationUnits": [self._unit]}


def ids_of(body: dict[str, Any] | None) -> list[str]:
    """Return the user ids in a request."""
    to = (body or {}).get("to", [])
    return [to] if isinstance(to, str) else list(to)


def is_push(body: dict[str, Any] | None) -> bool:
    """Say whether a request goes to one person."""
    return isinstance((body or {}).get("to"), str)
