"""A small file beside the program's own ones in which a shop's refusals outlive every older copy of the shop file.

Lines are only added. The file's name and all hashes are made with the shop's random key, which stands in the shop file
alone: whoever has only this file can read times and numbers of rows, and cannot try phones one by one either.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from linecrm_desktop.settings.places import apart_folder


class ApartFile:
    """The file of one shop; it is made with its first line."""

    def __init__(self, shop: str) -> None:
        self._secret = hashlib.sha256(f"tagwell kept apart\n{shop}".encode()).digest()
        self._hashed: dict[tuple[str, str], str] = {}
        """The same words are asked for again with every commit that touches somebody's keys."""
        self.path: Path = apart_folder() / f"{self.hashed('name', shop)[:32]}.jsonl"

    def hashed(self, kind: str, value: str) -> str:
        """Return what is kept of a word."""
        found = self._hashed.get((kind, value))
        if found is None:
            found = hmac.digest(self._secret, f"{kind}\n{value.strip()}".encode(), "sha256").hex()
            self._hashed[kind, value] = found
        return found

    def covered(self, salt: bytes) -> bytes:
        """Cover a salt of the shop, or uncover it again."""
        cover = hmac.digest(self._secret, b"cover", "sha256")
        return bytes(one ^ other for one, other in zip(salt, cover, strict=True))

    def lines(self) -> Iterator[Mapping[str, Any]]:
        """Yield the lines in their order; one that a crash cut off in the middle is none. Raises OSError."""
        try:
            whole = self.path.read_bytes()
        except FileNotFoundError:
            return
        for line in whole.split(b"\n"):
            try:
                told: Any = json.loads(line)
            except ValueError:
                continue
            if isinstance(told, dict):
                yield cast("dict[str, Any]", told)

    def add(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Write lines at the end, and wait until the drive has them. Raises OSError."""
        text = "".join(f"{json.dumps(line, separators=(',', ':'))}\n" for line in lines)
        if not text:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            # The first new line ends one that was cut off; an empty line is none.
            file.write(f"\n{text}".encode())
            file.flush()
            os.fsync(file.fileno())
