"""Gives a shop file a password, another one, or none: the whole file is written anew beside itself and takes its place.

Until the new file was opened and counted the old one stays as it is, so a crash or a full disk costs nothing. The
copies that lie beside a shop get the same password: one readable copy would make the rest pointless.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

from linecrm_desktop.errors import OutsideError, TagwellError
from linecrm_desktop.jobs import Task
from linecrm_desktop.store import driver
from linecrm_desktop.store.counting import count_rows, is_whole_copy
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.troubles import cannot_write, explained
from linecrm_desktop.text import _

_FRESH = "-sealing"
"""Ending of the file that is being written; one that lies about is left of a crash, encrypted or not, and goes."""
_PIECE = 2**20


def seal(path: Path, old: Key | None, new: Key | None) -> None:
    """Write a file anew under another key; None is without one. Nobody may have the file open.

    Raises OutsideError when the disk is full, and ShopError when somebody else has the file; nothing is changed then.
    """
    fresh = Path(f"{path}{_FRESH}")
    remove_remains(path)
    try:
        with explained(path):
            counted = _write_anew(path, old, fresh, new)
            _prove(fresh, new, counted)
        _put_in_place(fresh, path, was_readable=old is None)
    except OSError as error:
        _forget(fresh)
        raise cannot_write(path, error) from error
    except BaseException:
        _forget(fresh)
        raise


def seal_all(files: Iterable[tuple[Path, Key | None]], new: Key | None, task: Task) -> list[Path]:
    """Give files that each have a key of their own the same new one; return those that could not be done."""
    left: list[Path] = []
    every = list(files)
    for number, (path, old) in enumerate(every):
        task.progress(number, len(every), path.name)
        try:
            seal(path, old, new)
        except TagwellError:
            left.append(path)
    return left


def remove_remains(path: Path) -> None:
    """Remove what a sealing left that was broken off; the shop file itself is whole in any case."""
    _forget(Path(f"{path}{_FRESH}"))


def _write_anew(path: Path, old: Key | None, fresh: Path, new: Key | None) -> Mapping[str, int]:
    """Copy everything into a new file; return how many rows each table had."""
    with closing(driver.connect(path, old)) as alone:  # asked by the module that a reader of this program would use
        alone.execute("PRAGMA journal_mode=DELETE")
    with closing(_sealer(path, old)) as source:
        source.execute("PRAGMA locking_mode=EXCLUSIVE")
        source.execute("PRAGMA temp_store=MEMORY")
        source.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(fresh), new.words if new is not None else ""))
        source.execute("SELECT sqlcipher_export('fresh')").fetchall()
        for pragma in ("application_id", "user_version"):
            value = int(source.execute(f"PRAGMA main.{pragma}").fetchone()[0])
            source.execute(f"PRAGMA fresh.{pragma}={value}")
        counted = count_rows(source)
        source.execute("DETACH DATABASE fresh")
        return counted


def _sealer(path: Path, old: Key | None) -> Any:
    """Open a file with SQLCipher, which reads plain files too; Python's own module cannot write encrypted ones."""
    connection = driver.module(old or _ANY).connect(str(path), isolation_level=None)
    driver.unlock(connection, old)
    return connection


_ANY = Key(b"", b"")
"""Stands for any key where only the kind of module is asked for."""


def _prove(fresh: Path, key: Key | None, counted: Mapping[str, int]) -> None:
    """Open the new file as it will be opened, and compare. Raises OutsideError when it is not the same shop."""
    with closing(driver.connect(fresh, key, read_only=True)) as file:
        if not is_whole_copy(file, counted):
            raise OutsideError(
                _("The new file is not the same as the old one. Nothing was changed."),
                _("Check the drive, then try again."),
                retry=True,
            )
    with fresh.open("rb+") as written:
        os.fsync(written.fileno())


def _put_in_place(fresh: Path, path: Path, *, was_readable: bool) -> None:
    """Let the new file take the old one's name, then write over what anybody could read in the old one.

    Windows replaces no file that is open, so there the old bytes stay until the drive needs the room.
    """
    if was_readable and os.name == "posix":
        with path.open("rb+") as old:
            fresh.replace(path)
            _write_over(old)
    else:
        fresh.replace(path)


def _write_over(old: BinaryIO) -> None:
    """Write nothings over a file. A drive may keep older blocks all the same; docs/safekeeping.md says so."""
    size = os.fstat(old.fileno()).st_size
    for _start in range(0, size, _PIECE):
        old.write(bytes(_PIECE))
    old.flush()
    os.fsync(old.fileno())


def _forget(fresh: Path) -> None:
    for extra in ("", "-journal", "-wal", "-shm"):
        Path(f"{fresh}{extra}").unlink(missing_ok=True)
