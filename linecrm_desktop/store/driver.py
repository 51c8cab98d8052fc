"""The one door to SQLite itself: Python's own module for plain files, SQLCipher for files that have a password.

SQLCipher ships ready-made for some computers only. Where it is missing, plain files work as ever, and a file with a
password is refused with a sentence.
"""

import hashlib
import os
import sqlite3
import unicodedata
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.store import address
from linecrm_desktop.text import _

HEADER = b"SQLite format 3\x00"
"""The first bytes of every plain file; an encrypted one begins with its salt."""
APPLICATION_ID = 0x54616777
"""SQLite's application_id of a shop file ("Tagw")."""
SALT = 16
"""Bytes."""
_ROUNDS, _RAW = 256_000, 32
"""SQLCipher 4's own way from a password to a key: PBKDF2 with SHA-512. Its other tools open our files, too."""
_MODULE = "sqlcipher3"


@dataclass(frozen=True, slots=True)
class Key:
    """What opens an encrypted file: made once from the password, because making it is slow on purpose.

    Of a shared shop it is the password itself, and the salt stands for the server.
    """

    raw: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    is_password: bool = False

    @staticmethod
    def of(password: str, salt: bytes) -> "Key":
        """Make the key of a password; the same letters give the same key on every computer."""
        letters = unicodedata.normalize("NFC", password).encode()
        return Key(hashlib.pbkdf2_hmac("sha512", letters, salt, _ROUNDS, _RAW), salt)

    @staticmethod
    def new(password: str) -> "Key":
        """Make a key for a file that gets this password now."""
        return Key.of(password, os.urandom(SALT))

    @staticmethod
    def of_server(password: str, salt: bytes) -> "Key":
        """Make the key of a shared shop."""
        return Key(password.encode(), salt, is_password=True)

    @staticmethod
    def from_words(words: str | None) -> "Key | None":
        """Read a key as `words` gives it; None for nothing, and for anything else."""
        is_password = words is not None and words.startswith("p'")
        try:
            both = bytes.fromhex((words or "")[2:-1])
        except ValueError:
            return None
        if len(both) < SALT or (len(both) != _RAW + SALT and not is_password):
            return None
        return Key(both[:-SALT], both[-SALT:], is_password=is_password)

    @property
    def words(self) -> str:
        """The key as SQLCipher takes it, and as the computer's password store keeps it."""
        return f"{'p' if self.is_password else 'x'}'{self.raw.hex()}{self.salt.hex()}'"


def can_encrypt() -> bool:
    """Whether this installation can open and make files with a password."""
    return find_spec(_MODULE) is not None


def module(key: Key | None) -> Any:
    """Return the module that opens such a file. Raises OutsideError where SQLCipher is missing."""
    if key is None:
        return sqlite3
    if not can_encrypt():
        raise OutsideError(
            _("This installation of Tagwell cannot open files with a password."),
            _("The part that encrypts is not made for this kind of computer. Open the file on another one."),
        )
    return import_module(f"{_MODULE}.dbapi2")


def connect(path: Path, key: Key | None = None, *, read_only: bool = False, **options: Any) -> Any:
    """Open a file, with its key when it has one; nothing is read yet, so a wrong key shows at the first question."""
    place = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = module(key).connect(place, uri=True, **options)
    unlock(connection, key)
    return connection


def unlock(connection: Any, key: Key | None) -> None:
    """Give a fresh connection its key. A wrong one must not write lines to stderr, as SQLCipher does by itself."""
    if key is not None:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f'PRAGMA key="{key.words}"')


def errors() -> tuple[type[Exception], ...]:
    """Return what the modules raise that are loaded."""
    import sys

    others = (sys.modules.get(name) for name in (f"{_MODULE}.dbapi2", "psycopg"))
    return (sqlite3.Error, *(module.Error for module in others if module is not None))


def salt_of(path: Path) -> bytes | None:
    """Return the salt of a file that may be an encrypted shop; None: it is plain, or no database at all.

    Of a file that names a shared shop: what stands for its server. Raises OSError. An encrypted file looks like
    chance: whole pages, and none of SQLite's fixed bytes where a plain file has them, so a plain file with a damaged
    beginning is not taken for one.
    """
    shared = address.read(path)
    if shared is not None:
        return shared.salt
    with path.open("rb") as file:
        first = file.read(100)
    whole = path.stat().st_size >= _PAGE and path.stat().st_size % _PAGE == 0
    is_plain = first.startswith(HEADER) or first[_FIXED] == _FIXED_BYTES
    return first[:SALT] if whole and not is_plain and not _is_text(first) else None


_PAGE = 4096
"""SQLCipher's size of a page in bytes; also SQLite's."""
_FIXED, _FIXED_BYTES = slice(21, 24), b"\x40\x20\x20"
"""Where every plain file of SQLite has the same three bytes (its file format, "payload fractions")."""


def _is_text(first: bytes) -> bool:
    return all(byte >= 0x20 or byte in b"\t\r\n" for byte in first)
