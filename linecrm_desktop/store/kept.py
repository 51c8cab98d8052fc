"""What was read once and may be wanted again, in memory: true as long as what it was read from was not written.

Everything here can be thrown away at any time; the shop file stays the only store.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from linecrm_desktop.store.versions import Stamp, Versions

MOST_BYTES = 128 * 2**20
"""Sets of a thousand conditions in a shop with a million friends."""


@dataclass(frozen=True, slots=True)
class _Entry:
    needs: tuple[str, ...]
    stamp: Stamp
    value: Any
    size: int


class Kept:
    """Values by key, the longest unused thrown away first. Any thread may ask."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable, versions: Versions) -> Any | None:
        """Return a value that is true in this state of the file, or None."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None or entry.stamp != versions.stamp(entry.needs):
                return None
            self._entries.move_to_end(key)
            return entry.value

    def put(self, key: Hashable, value: Any, size: int, needs: frozenset[str], versions: Versions) -> None:
        """Keep a value read in this state of the file; `needs` names the tables and columns it was read from."""
        names = tuple(sorted(needs))
        with self._lock:
            self._drop(key)
            self._entries[key] = _Entry(names, versions.stamp(names), value, size)
            self.size += size
            while self.size > self.most_bytes and self._entries:
                self._drop(next(iter(self._entries)))

    def forget(self) -> None:
        """Throw everything away."""
        with self._lock:
            self._entries.clear()
            self.size = 0

    def _drop(self, key: Hashable) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self.size -= entry.size


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader may use of what was kept: the store, and the state of the file that the reader sees."""

    kept: Kept
    versions: Versions
