"""What the practice LINE remembers and how it decides: friends, the month's messages, retry keys, deliveries.

It follows LINE's documented rules (Messaging API reference and guides of 2026-08-07), so that a shop can rehearse a
whole send, and so that tests can ask afterwards who would have got what, and how often.
"""

import re
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, RLock
from typing import Any

from linecrm_desktop.line.practice_audiences import Audience, Narrowcast, narrowed, unready_audience
from linecrm_desktop.line.practice_ledger import Taken, append, read_ledger
from linecrm_desktop.line.practice_messages import Detail, complaints, recipient_complaints, recipients
from linecrm_desktop.line.practice_script import SENDS, Fault, Script

PRACTICE_TOKEN = "practice-token"
KEY_LIFE = timedelta(hours=24)
RATES = {
    "multicast": (200, 1),
    "narrowcast": (60, 3600),
    "broadcast": (60, 3600),
    "insight/followers": (60, 3600),
    "insight/message/event": (60, 3600),
    "insight/message/event/aggregation": (60, 3600),
    "coupon": (200, 1),
    "audienceGroup": (60, 60),
}
"""Requests, and the seconds in which they may come; 2,000 a second where nothing else is said."""
USER_ID = re.compile(r"U[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: status, JSON, extra headers. `breaks` and `waits` are what the server does to the connection."""

    status: int
    json: dict[str, Any] = field(default_factory=dict[str, Any])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    breaks: bool = False
    waits: bool = False
    raw: bytes | None = None
    """What is sent in place of the JSON."""
    seconds: float = 0.0
    """How long the answer takes."""


BUSY = Said(429, {"message": "The API rate limit has been exceeded. Try again later."})
MONTH_FULL = Said(429, {"message": "You have reached your monthly limit."})
ERROR = Said(500, {"message": "Internal server error"})
NO_ACCESS = Said(403, {"message": "Access to this API is not available for your account"})
NOT_FOUND = Said(404, {"message": "Not found"})
NO_TOKEN = Said(
    401,
    {
        "message": "Authentication failed due to the following reason: invalid token. "
        "Confirm that the access token in the authorization header is valid."
    },
)
BEFORE = {
    Fault.BUSY: BUSY,
    Fault.MONTH_FULL: MONTH_FULL,
    Fault.ERROR_BEFORE: ERROR,
    Fault.TOKEN: NO_TOKEN,
    Fault.FORBIDDEN: NO_ACCESS,
    Fault.DROP_BEFORE: Said(0, breaks=True),
}
"""Answers of requests that LINE did not take."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One request to send as it arrived, and the status it got."""

    path: str
    key: str
    to: tuple[str, ...]
    body: dict[str, Any]
    status: int


@dataclass(slots=True)
class PracticeWorld:
    """One pretended LINE account. `friends` None: every well-formed user id is a friend."""

    friends: set[str] | None = None
    blocked: set[str] = field(default_factory=set[str])
    limit: int | None = 200
    used: int = 0
    drift: int = 0
    """How far the number of used messages that LINE tells is from the true one; it is called approximate."""
    account_name: str = "Practice"
    account_id: str = f"U{'0' * 31}b"
    basic_id: str = "@practice"
    verified: bool = False
    token: str = PRACTICE_TOKEN
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ledger: Path | None = None
    """A file that gets one line for each accepted request, written to the disk before the answer leaves."""
    faults: deque[Fault] = field(default_factory=deque[Fault])
    """What goes wrong with the next requests to send, one each; before the script has its say."""
    script: Script = field(default_factory=Script)
    coupons: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    heard: list[Heard] = field(default_factory=list[Heard])
    is_listening: bool = True
    """Whether every request is kept in `heard`; a server that runs for long keeps the ledger only."""
    taken: list[Taken] = field(default_factory=list[Taken])
    audiences: dict[int, Audience] = field(default_factory=dict[int, Audience])
    narrowcasts: dict[str, Narrowcast] = field(default_factory=dict[str, Narrowcast])
    delivered: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """User id and request id, one for each copy that reached a person."""
    hurry: Event = field(default_factory=Event)
    _keys: dict[str, Taken] = field(default_factory=dict[str, Taken])
    _turns: dict[str, deque[float]] = field(default_factory=dict[str, "deque[float]"])
    _numbers: int = 0
    _lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        if self.ledger is not None and self.ledger.exists():
            for taken in read_ledger(self.ledger):
                self._remember(taken)

    @property
    def copies(self) -> dict[str, int]:
        """How many copies each person got."""
        found: dict[str, int] = {}
        for user, _request in self.delivered:
            found[user] = found.get(user, 0) + 1
        return found

    def send(self, kind: str, body: dict[str, Any], key: str) -> Said:
        """Take or refuse one request to send, with whatever goes wrong on the way."""
        with self._lock:
            said = self.troubled(kind, lambda: self._decide(kind, body, key))
            if self.is_listening:
                self.heard.append(Heard(kind, key, tuple(recipients(body)), body, said.status))
            return said

    def troubled(self, endpoint: str, decide: Callable[[], Said]) -> Said:
        """Answer one request, unless something goes wrong before; or after."""
        with self._lock:
            trouble = self.script.trouble(endpoint)
            fault = self.faults.popleft() if self.faults and endpoint in SENDS else trouble.fault
            refused = BEFORE.get(fault) if fault is not None else None
            said = refused or _spoiled(decide(), fault)
            return replace(said, seconds=trouble.seconds) if trouble.seconds else said

    def may_ask(self, endpoint: str) -> bool:
        """Count a request and say whether LINE's limit for its kind allows it."""
        amount, seconds = RATES.get(endpoint, (2000, 1))
        with self._lock:
            turns = self._turns.setdefault(endpoint, deque())
            now = self.clock().timestamp()
            while turns and turns[0] <= now - seconds:
                turns.popleft()
            turns.append(now)
            return len(turns) <= amount

    def is_friend(self, user: str) -> bool:
        """Whether this person exists here and has not blocked the account."""
        return (
            USER_ID.fullmatch(user) is not None
            and (self.friends is None or user in self.friends)
            and user not in self.blocked
        )

    def request_id(self) -> str:
        return str(uuid.uuid4())

    def _decide(self, kind: str, body: dict[str, Any], key: str) -> Said:
        wrong = complaints(body.get("messages")) + recipient_complaints(kind, body)
        if wrong:
            return broken_limits(wrong)
        if kind == "narrowcast" and (unready := unready_audience(body.get("recipient"), self.audiences, self.clock())):
            return Said(400, {"message": f"Invalid audience group id: {unready}"})
        if key and (known := self._known(key)) is not None:
            reply: dict[str, Any] = {"message": "The retry key is already accepted"}
            reply |= {"sentMessages": [{"id": one} for one in known.sent]} if kind == "push" else {}
            return Said(409, reply, {"x-line-accepted-request-id": known.request_id})
        if not self.may_ask(kind):
            return BUSY
        return self._unknown(kind, body) or self._take(kind, body, key)

    def _unknown(self, kind: str, body: dict[str, Any]) -> Said | None:
        """Refuse the whole request for one malformed or unknown id, as LINE does; blocked people are no reason."""
        for place, user in enumerate(recipients(body) if kind in ("push", "multicast") else ()):
            if USER_ID.fullmatch(user) and (self.friends is None or user in self.friends or user in self.blocked):
                continue
            if kind == "push" and USER_ID.fullmatch(user):
                return Said(400, {"message": "Failed to send messages"})
            named = "to" if kind == "push" else f"to[{place}]"
            return Said(400, {"message": f"The property, {named}, in the request body is invalid (line: -, column: -)"})
        return None

    def _take(self, kind: str, body: dict[str, Any], key: str) -> Said:
        people = tuple(user for user in self._reached(kind, body) if self.is_friend(user))
        if self.limit is not None and self.used + len(people) > self.limit:
            return MONTH_FULL
        request_id = str(uuid.uuid4())
        unit = next(iter(body.get("customAggregationUnits") or ()), "")
        taken = Taken(self.clock(), kind, key, request_id, unit, people, self._message_ids(kind, body))
        if self.ledger is not None:
            append(self.ledger, taken)
        self._remember(taken)
        headers = {"x-line-request-id": request_id}
        if kind == "narrowcast":
            self.narrowcasts[request_id] = Narrowcast(self.clock(), len(people))
            return Said(202, {}, headers)
        sent: dict[str, Any] = {"sentMessages": [{"id": one} for one in taken.sent]} if kind == "push" else {}
        return Said(200, sent, headers)

    def _reached(self, kind: str, body: dict[str, Any]) -> list[str]:
        if kind == "broadcast":
            return sorted(self.friends or ())
        if kind == "narrowcast":
            return sorted(narrowed(body.get("recipient"), self.audiences, self.friends or set()))
        return recipients(body)

    def _message_ids(self, kind: str, body: dict[str, Any]) -> tuple[str, ...]:
        if kind != "push":
            return ()
        self._numbers += len(body["messages"])
        return tuple(str(460_000_000_000_000_000 + self._numbers - place) for place in range(len(body["messages"])))

    def _known(self, key: str) -> Taken | None:
        taken = self._keys.get(key)
        return taken if taken is not None and self.clock() - taken.at < KEY_LIFE else None

    def _remember(self, taken: Taken) -> None:
        if taken.key:
            self._keys[taken.key] = taken
        self.used += len(taken.people)
        self.taken.append(taken)
        self.delivered += [(user, taken.request_id) for user in taken.people]


def _spoiled(said: Said, fault: Fault | None) -> Said:
    """Return what arrives of an answer."""
    match fault:
        case Fault.DROP_AFTER:
            return replace(said, breaks=True)
        case Fault.ERROR_AFTER:
            return ERROR
        case Fault.SLOW:
            return replace(said, waits=True)
        case Fault.UNPARSABLE:
            return replace(said, raw=b"<html>")
        case Fault.EXTRA:
            return replace(said, json=said.json | {"somethingNew": {"since": 2027}})
        case _:
            return said


def broken_limits(details: list[Detail]) -> Said:
    """Answer as LINE does when parts of a request break its limits."""
    words = f"The request body has {len(details)} error(s)"
    return Said(400, {"message": words, "details": [detail.as_json() for detail in details]})
