"""A PostgreSQL server of the tests' own: on loopback, in a temporary folder, gone when they end."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from linecrm_desktop.store.address import Address

OWNER, PASSWORD = "crm", "正しい馬 battery"
FAR = "127.0.0.2"
"""An address of this computer that the program takes for another one."""
_SETTINGS = "-c listen_addresses=127.0.0.1,127.0.0.2 -c fsync=off -c full_page_writes=off -c max_connections=60"


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    numbers: Iterator[int]
    log: Path

    def address(self, database: str, user: str = OWNER) -> Address:
        return Address("127.0.0.1", database, user, self.port)

    def far(self, database: str, certificate: Path | str = "") -> Address:
        """The same over the network, as far as the program can tell."""
        return Address(FAR, database, OWNER, self.port, str(certificate))

    def run(self, *statements: str, database: str = "postgres") -> list[Any]:
        """Run statements as the server's owner, each alone; return the rows of the last."""
        import psycopg

        options = self.address(database).options()
        with psycopg.connect(**options, password=PASSWORD, autocommit=True) as connection:
            rows: list[Any] = []
            for statement in statements:
                done = connection.execute(statement.encode())
                rows = done.fetchall() if done.description else []
            return rows

    def new(self, template: str = "template0") -> str:
        """Make a database from another; return its name."""
        name = f"shop_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def refusals(self) -> list[str]:
        """Return what the server refused somebody who has no right to it, oldest first."""
        return [line for line in self.log.read_text(encoding="utf-8").splitlines() if "permission denied" in line]

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE {name} WITH (FORCE)")


def missing() -> str:
    """Say what this computer lacks for such a server; "" for nothing."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed"
    if _program("initdb") is None:
        return "no PostgreSQL server is installed"
    return "" if os.getuid() or _stranger() else "PostgreSQL does not run as root, and there is no user “postgres”"


def need() -> None:
    """Leave a test out where this computer has no server. Where all is tested before it counts, that is a failure."""
    if lack := missing():
        if os.environ.get("CI"):
            pytest.fail(lack)
        pytest.skip(lack)


@contextmanager
def running(trusts: bool, proof: Path | None = None) -> Iterator[Server]:
    """Start a server; with `trusts` it asks for no password, with `proof` it shows this certificate."""
    folder = Path(mkdtemp(prefix="tagwell-pg-"))
    password = folder / "password"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    theirs, settings = [folder, password], _SETTINGS
    if proof is not None:
        theirs.append(Path(shutil.copy(proof, folder / "proof.pem")))
        theirs[-1].chmod(0o600)
        settings += f" -c ssl=on -c ssl_cert_file={theirs[-1]} -c ssl_key_file={theirs[-1]}"
    if not os.getuid():
        for path in theirs:
            shutil.chown(path, "postgres")
    data, port = folder / "data", _free_port()
    try:
        _run(
            f"{_program('initdb')} -D {data} -A {'trust' if trusts else 'scram-sha-256'} -U {OWNER}"
            f" --pwfile={password} -E UTF8 --locale=C.UTF-8 --no-sync"
        )
        _run(f"{_program('pg_ctl')} -D {data} -w -l {folder}/log -o '{settings} -p {port} -k {folder}' start")
        try:
            yield Server(port, count(1), folder / "log")
        finally:
            _run(f"{_program('pg_ctl')} -D {data} -m immediate stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: str) -> None:
    whole = ["sh", "-c", command] if os.getuid() else ["su", "postgres", "-s", "/bin/sh", "-c", command]
    done = subprocess.run(whole, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", check=False, text=True)
    assert done.returncode == 0, done.stderr


def _program(name: str) -> str | None:
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(newest[-1]) if newest else shutil.which(name)


def _stranger() -> bool:
    return any(one.pw_name == "postgres" for one in pwd.getpwall())


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
