"""The rule of a row while it is edited: editors read it as it stands now, and change single fields of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any


class Held:
    """One rule in a row's hands. An editor that was made earlier never brings an older rule back."""

    def __init__(self, leaf: Any, changed: Callable[[str], None]) -> None:
        self.leaf = leaf
        """One of the leaves of segments.rules; each editor knows which."""
        self._changed = changed

    def choose(self, **fields: Any) -> None:
        """Change fields by one choice, which is one step to undo."""
        self.put(replace(self.leaf, **fields))

    def write(self, **fields: Any) -> None:
        """Change fields while somebody types: what is typed into the same fields is one step to undo."""
        self._put(replace(self.leaf, **fields), " ".join(fields))

    def put(self, leaf: Any) -> None:
        """Put another rule in its place."""
        self._put(leaf, "")

    def _put(self, leaf: Any, typed: str) -> None:
        if leaf != self.leaf:
            self.leaf = leaf
            self._changed(typed)
