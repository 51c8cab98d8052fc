"""What the practice LINE took: one line for each copy that reached a person, readable afterwards by anybody.

A request that reached nobody has one line too, with nobody in it, so that its key is remembered.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Taken:
    """One request that was taken."""

    at: datetime
    kind: str
    key: str
    request_id: str
    unit: str
    people: tuple[str, ...]
    """Whom it reached; who blocks the account is not in it."""
    sent: tuple[str, ...] = ()
    """Ids of the messages of a push."""

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield one line for each copy."""
        common = {
            "at": self.at.isoformat(),
            "kind": self.kind,
            "key": self.key,
            "request_id": self.request_id,
            "unit": self.unit,
            "sent": list(self.sent),
            "of": len(self.people),
        }
        for user in self.people or (None,):
            yield common | {"user": user}


def append(ledger: Path, taken: Taken) -> None:
    """Write a request to the file and the disk, in one piece, before its answer leaves."""
    with ledger.open("a", encoding="utf-8") as file:
        file.write("".join(json.dumps(line) + "\n" for line in taken.lines()))
        file.flush()
        os.fsync(file.fileno())


def read_ledger(ledger: Path) -> Iterator[Taken]:
    """Read the requests of a file, oldest first; what a crash cut off at the end was never answered."""
    group: list[dict[str, Any]] = []
    for line in _lines(ledger):
        if group and line["request_id"] != group[0]["request_id"]:
            group = []
        group.append(line)
        if len(group) == max(1, line["of"]):
            yield _taken(group)
            group = []


def as_text(taken: Iterable[Taken]) -> str:
    """Return requests as the file has them."""
    return "".join(json.dumps(line) + "\n" for one in taken for line in one.lines())


def _lines(ledger: Path) -> Iterator[dict[str, Any]]:
    with ledger.open(encoding="utf-8") as file:
        for line in file:
            try:
                yield json.loads(line)
            except ValueError:
                return


def _taken(group: list[dict[str, Any]]) -> Taken:
    first = group[0]
    people = tuple(line["user"] for line in group if line["user"] is not None)
    at = datetime.fromisoformat(first["at"])
    return Taken(at, first["kind"], first["key"], first["request_id"], first["unit"], people, tuple(first["sent"]))
