"""Where a shared shop lies: a database on a PostgreSQL server, named by a small file that is opened like any shop.

The file holds no password. Whoever opens it is asked, or the computer's password store answers.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from linecrm_desktop.certificates import in_one_file
from linecrm_desktop.errors import ShopError
from linecrm_desktop.text import _

HEADER = b"Tagwell shared shop\n"
"""The first line of such a file."""
PORT = 5432
_MOST = 16_384
"""Bytes; a longer file is none of these."""
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Address:
    """A database on a server, and who asks for it."""

    server: str
    database: str
    user: str
    port: int = PORT
    certificate: str = ""
    """File of the authority that signed the server's certificate; empty: those that the computer trusts."""

    @property
    def is_here(self) -> bool:
        """Whether the server is this computer: what goes there crosses no network."""
        return self.server in _LOOPBACK

    @property
    def salt(self) -> bytes:
        """What the password store knows this address by: as long as a file's salt."""
        return hashlib.sha256(self.url().encode()).digest()[:16]

    def url(self) -> str:
        """Write the address without its password."""
        server = f"[{self.server}]" if ":" in self.server else self.server
        return f"postgresql://{quote(self.user, safe='')}@{server}:{self.port}/{quote(self.database, safe='')}"

    def options(self) -> dict[str, Any]:
        """Return what the driver needs to know, but for the password.

        Beyond this computer the server must prove who it is: anything less lets a stranger in between read along.
        """
        secure = {"sslmode": "prefer"}
        if not self.is_here or self.certificate:
            secure = {"sslmode": "verify-full", "sslrootcert": self.certificate or in_one_file()}
        return {
            "host": self.server,
            "port": self.port,
            "dbname": self.database,
            "user": self.user,
            "application_name": "Tagwell",
            "connect_timeout": 10,
            **secure,
        }

    def write(self, path: Path) -> None:
        """Write the file by which this shop is opened. Raises OSError."""
        path.write_bytes(HEADER + json.dumps(asdict(self), ensure_ascii=False, indent=1).encode() + b"\n")


def read(path: Path) -> Address | None:
    """Return what a file names; None: it is no such file. Raises OSError."""
    with path.open("rb") as file:
        if file.read(len(HEADER)) != HEADER:
            return None
        rest = file.read(_MOST)
    try:
        told = json.loads(rest)
        found = {name: str(told[name]) for name in ("server", "database", "user", "certificate")}
        return Address(port=int(told["port"]), **found)
    except (ValueError, KeyError, TypeError) as error:
        raise ShopError(
            _("“{file}” does not say where its shop lies.").format(file=path.name),
            _("Open the shared shop anew with its server’s name."),
        ) from error


def is_url(words: str) -> bool:
    """Whether words on a command line name a server and no file."""
    return words.startswith(("postgresql://", "postgres://"))


def parse(words: str) -> tuple[Address, str]:
    """Return the address that a URL names, and the password in it ("" for none). Raises ShopError."""
    try:
        parts = urlsplit(words)
        port, server = parts.port or PORT, parts.hostname or ""
    except ValueError:
        port, server, parts = 0, "", urlsplit("")
    database = unquote(parts.path.strip("/"))
    if not (server and database and parts.username) or "/" in database:
        raise ShopError(
            _("“{address}” names no database.").format(address=_without_password(words)),
            _("Write it like postgresql://anna@shop.example:5432/morningmist"),
        )
    certificate = parse_qs(parts.query).get("sslrootcert", [""])[0]
    return Address(server, database, unquote(parts.username), port, certificate), unquote(parts.password or "")


def _without_password(words: str) -> str:
    head, at, tail = words.rpartition("@")
    return f"{head.rpartition(':')[0]}@{tail}" if at and head.count(":") > 1 else words
