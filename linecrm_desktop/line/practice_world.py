"""What the practice LINE remembers and how it decides: friends, the month's messages, retry keys, deliveries.

It follows LINE's documented rules (Messaging API reference and guides of 2026-08-07), so that a shop can rehearse a
whole send, and so that tests can ask afterwards who would have got what, and how often.
"""

import json
import os
import re
import uuid
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from threading import Event, RLock
from typing import Any

from linecrm_desktop.line.practice_messages import Detail, canonical, complaints, recipient_complaints, recipients

PRACTICE_TOKEN = "practice-token"
KEY_LIFE = timedelta(hours=24)
RATES = {"push": 2000, "multicast": 200}
"""Requests a second and channel."""
USER_ID = re.compile(r"U[0-9a-f]{32}")
_LIMIT_WORDS = "You have reached your monthly limit."
_BUSY_WORDS = "The API rate limit has been exceeded. Try again later."


class Fault(StrEnum):
    """Something that goes wrong with one request to send; for tests and rehearsals."""

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


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: status, JSON, extra headers. `breaks` and `waits` are what the server does to the connection."""

    status: int
    json: dict[str, Any] = field(default_factory=dict[str, Any])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    breaks: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """One request to send as it arrived, and the status it got."""

    path: str
    key: str
    to: tuple[str, ...]
    body: dict[str, Any]
    status: int


@dataclass(frozen=True, slots=True)
class _Taken:
    at: datetime
    request_id: str
    sent: list[dict[str, str]]
    body: str


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
    verified: bool = False
    token: str = PRACTICE_TOKEN
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ledger: Path | None = None
    """A file that gets one line for each accepted request, written to the disk before the answer leaves."""
    faults: deque[Fault] = field(default_factory=deque[Fault])
    heard: list[Heard] = field(default_factory=list[Heard])
    delivered: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """User id and request id, one for each copy that reached a person."""
    hurry: Event = field(default_factory=Event)
    _keys: dict[str, _Taken] = field(default_factory=dict[str, _Taken])
    _rate: tuple[str, int, int] = ("", 0, 0)
    _numbers: int = 0
    _lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        if self.ledger is not None and self.ledger.exists():
            self._remember_ledger(self.ledger)

    @property
    def copies(self) -> dict[str, int]:
        """How many copies each person got."""
        found: dict[str, int] = {}
        for user, _request in self.delivered:
            found[user] = found.get(user, 0) + 1
        return found

    def send(self, kind: str, body: dict[str, Any], key: str) -> Said:
        """Take or refuse one push or multicast, with whatever goes wrong on the way."""
        with self._lock:
            fault = self.faults.popleft() if self.faults else None
            said = self._faulty(kind, body, key, fault)
            self.heard.append(Heard(kind, key, tuple(recipients(body)), body, said.status))
            return said

    def is_friend(self, user: str) -> bool:
        """Whether this person exists here and has not blocked the account."""
        return (
            USER_ID.fullmatch(user) is not None
            and (self.friends is None or user in self.friends)
            and user not in self.blocked
        )

    def request_id(self) -> str:
        return str(uuid.uuid4())

    def _faulty(self, kind: str, body: dict[str, Any], key: str, fault: Fault | None) -> Said:
        match fault:
            case Fault.BUSY:
                return Said(429, {"message": _BUSY_WORDS})
            case Fault.ERROR_BEFORE:
                return Said(500, {"message": "Internal server error"})
            case Fault.DROP_BEFORE:
                return Said(0, breaks=True)
            case _:
                pass
        said = self._decide(kind, body, key)
        match fault:
            case Fault.DROP_AFTER:
                return Said(said.status, breaks=True)
            case Fault.ERROR_AFTER:
                return Said(500, {"message": "Internal server error"})
            case Fault.SLOW:
                return Said(said.status, said.json, said.headers, waits=True)
            case _:
                return said

    def _decide(self, kind: str, body: dict[str, Any], key: str) -> Said:
        wrong = complaints(body.get("messages")) + recipient_complaints(kind, body)
        if wrong:
            return broken_limits(wrong)
        if key and (known := self._known(key)) is not None:
            reply: dict[str, Any] = {"message": "The retry key is already accepted"}
            reply |= {"sentMessages": known.sent} if kind == "push" else {}
            return Said(409, reply, {"x-line-accepted-request-id": known.request_id})
        if self._is_over_rate(kind):
            return Said(429, {"message": _BUSY_WORDS})
        return self._unknown(kind, body) or self._take(kind, body, key)

    def _unknown(self, kind: str, body: dict[str, Any]) -> Said | None:
        """Refuse the whole request for one malformed or unknown id, as LINE does; blocked people are no reason."""
        for place, user in enumerate(recipients(body)):
            if USER_ID.fullmatch(user) and (self.friends is None or user in self.friends or user in self.blocked):
                continue
            if kind == "push" and USER_ID.fullmatch(user):
                return Said(400, {"message": "Failed to send messages"})
            named = "to" if kind == "push" else f"to[{place}]"
            return Said(400, {"message": f"The property, {named}, in the request body is invalid (line: -, column: -)"})
        return None

    def _take(self, kind: str, body: dict[str, Any], key: str) -> Said:
        people = [user for user in recipients(body) if self.is_friend(user)]
        if self.limit is not None and self.used + len(people) > self.limit:
            return Said(429, {"message": _LIMIT_WORDS})
        request_id, sent = self.request_id(), self._sent_messages(kind, body)
        taken = _Taken(self.clock(), request_id, sent, canonical(body))
        self._write(taken, kind, key, people)
        self.used += len(people)
        self.delivered += [(user, request_id) for user in people]
        if key:
            self._keys[key] = taken
        return Said(200, {"sentMessages": sent} if kind == "push" else {}, {"x-line-request-id": request_id})

    def _sent_messages(self, kind: str, body: dict[str, Any]) -> list[dict[str, str]]:
        if kind != "push":
            return []
        self._numbers += len(body["messages"])
        return [{"id": str(460_000_000_000_000_000 + self._numbers)} for _message in body["messages"]]

    def _known(self, key: str) -> _Taken | None:
        taken = self._keys.get(key)
        return taken if taken is not None and self.clock() - taken.at < KEY_LIFE else None

    def _is_over_rate(self, kind: str) -> bool:
        second = int(self.clock().timestamp())
        last_kind, last_second, count = self._rate
        count = count + 1 if (last_kind, last_second) == (kind, second) else 1
        self._rate = (kind, second, count)
        return count > RATES.get(kind, 2000)

    def _write(self, taken: _Taken, kind: str, key: str, people: list[str]) -> None:
        if self.ledger is None:
            return
        line = {
            "at": taken.at.isoformat(),
            "kind": kind,
            "key": key,
            "request_id": taken.request_id,
            "sent": taken.sent,
            "body": taken.body,
            "delivered": people,
        }
        with self.ledger.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _remember_ledger(self, ledger: Path) -> None:
        for line in read_ledger(ledger):
            taken = _Taken(datetime.fromisoformat(line["at"]), line["request_id"], line["sent"], line["body"])
            if line["key"]:
                self._keys[line["key"]] = taken
            self.used += len(line["delivered"])
            self.delivered += [(user, taken.request_id) for user in line["delivered"]]


def read_ledger(ledger: Path) -> Iterable[dict[str, Any]]:
    """Read the accepted requests of a ledger file, oldest first; a last line cut off by a crash was never answered."""
    for line in ledger.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return


def broken_limits(details: list[Detail]) -> Said:
    """Answer as LINE does when parts of a request break its limits."""
    words = f"The request body has {len(details)} error(s)"
    return Said(400, {"message": words, "details": [detail.as_json() for detail in details]})
