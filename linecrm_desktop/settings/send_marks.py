"""How far this computer has sent, kept beside the preferences: a shop file that knows of less is an old copy of itself.

Written after each hand-over was committed, so a healthy file is never behind. Nobody's data is in it: names of sends
and counts only.
"""

import json
import uuid
from pathlib import Path
from typing import Any, cast

from linecrm_desktop.settings.places import config_folder

_MOST = 500
"""Sends that are remembered; the oldest go first."""


class SendMarks:
    """The marks of this computer; a file that cannot be read or written counts as empty and stops nothing."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = (folder or config_folder()) / "sends.json"
        found = self._read()
        turns = found.get("turns")
        self._turns: dict[str, int] = cast("dict[str, int]", turns) if isinstance(turns, dict) else {}
        self.computer = str(found.get("computer") or "")
        if not self.computer:
            self.computer = str(uuid.uuid4())
            self._write()

    def turns(self, send: str) -> int:
        """Return how often this computer handed requests of a send over."""
        return self._turns.get(send, 0)

    def note(self, send: str, turns: int) -> None:
        """Remember how far a send has come."""
        self._turns.pop(send, None)
        self._turns[send] = turns
        while len(self._turns) > _MOST:
            del self._turns[next(iter(self._turns))]
        self._write()

    def _read(self) -> dict[str, Any]:
        try:
            found: object = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return cast("dict[str, Any]", found) if isinstance(found, dict) else {}

    def _write(self) -> None:
        fresh = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps({"computer": self.computer, "turns": self._turns}), encoding="utf-8")
            fresh.replace(self._file)
        except OSError:
            return
