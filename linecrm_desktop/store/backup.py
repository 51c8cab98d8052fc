"""A copy of the whole shop beside itself, before something large is done to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from linecrm_desktop.store.troubles import explained

ENDING = ".tagwell"


def copies(path: Path) -> list[Path]:
    """Return the copies of a shop that lie beside it under its own name and a few words in brackets, by name."""
    begins = f"{path.stem} ("
    return sorted(
        one for one in path.parent.iterdir() if one.name.startswith(begins) and one.name.endswith(f"){ENDING}")
    )


def copy_beside(path: Path, words: str) -> Path:
    """Copy a shop into its folder under its own name and a few words in brackets; return the copy.

    An older copy stays; the new one gets a number. Raises OutsideError when the disk is full or cannot be written.
    """
    copy = path.with_name(f"{path.stem} ({words}){ENDING}")
    number = 2
    while copy.exists():
        copy = path.with_name(f"{path.stem} ({words} {number}){ENDING}")
        number += 1
    try:
        with explained(copy), closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    return copy
