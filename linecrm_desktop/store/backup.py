"""Copies of the whole shop: beside itself before something large is done to it, and backups in a folder of their own.

Each copy is made by SQLite while the shop is in use, has the shop's own password, and counts only after it was opened
again and every table has as many rows as the shop had at that moment. A copy of a shared shop is a plain file.
"""

import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.jobs import Task
from linecrm_desktop.store import address, driver
from linecrm_desktop.store.counting import count_rows, is_whole_copy
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.troubles import explained
from linecrm_desktop.text import _

ENDING = ".tagwell"
_PART = ".part"
_PAGES = 2_000
"""Pages that are copied between two looks at Stop: 8 MB."""
_ROOM = 3
"""A backup must leave the drive room for twice the shop: for its journal, and for what an import adds."""
_STAMP = "%Y-%m-%d %H%M"
_NAMED = r" backup (\d{4}-\d\d-\d\d \d{4})(?: (\d+))?"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of a shop."""

    path: Path
    at: datetime
    """The shop's local time when it was made, without a zone, as in its name."""
    size: int
    """Bytes."""


def copies(path: Path) -> list[Path]:
    """Return the copies of a shop that lie beside it under its own name and a few words in brackets, by name."""
    begins = f"{path.stem} ("
    return sorted(
        one for one in path.parent.iterdir() if one.name.startswith(begins) and one.name.endswith(f"){ENDING}")
    )


def copy_beside(path: Path, words: str, key: Key | None = None) -> Path:
    """Copy a shop into its folder under its own name and a few words in brackets; return the copy.

    An older copy stays; the new one gets a number. Raises OutsideError when the disk is full or cannot be written.
    """
    copy = _free(lambda number: path.with_name(f"{path.stem} ({words}{number}){ENDING}"))
    _copy(path, copy, key, Task())
    return copy


def backups(folder: Path, stem: str) -> list[Backup]:
    """Return the backups of a shop in a folder, the newest first. A folder that is not there has none."""
    found: list[tuple[datetime, int, Backup]] = []
    for path in folder.glob(f"*{ENDING}") if folder.is_dir() else ():
        named = re.fullmatch(re.escape(stem) + _NAMED, path.stem)
        if named is not None:
            at = datetime.strptime(named[1], _STAMP)
            found.append((at, int(named[2] or 1), Backup(path, at, path.stat().st_size)))
    return [backup for _at, _number, backup in sorted(found, key=lambda one: one[:2], reverse=True)]


def back_up(path: Path, folder: Path, at: datetime, keep: int, task: Task, key: Key | None = None) -> Backup:
    """Make a backup of a shop, which may be in use, and remove the oldest ones over `keep`.

    `at` is the shop's local time. Raises OutsideError, with no backup made or removed, when the folder is not there or
    the disk is full.
    """
    if not folder.is_dir():
        raise OutsideError(
            _("The backup folder “{folder}” is not there.").format(folder=folder),
            _("The shop is as it was. Plug in the drive, or choose another folder in Settings."),
            retry=True,
        )
    if shutil.disk_usage(folder).free < path.stat().st_size * _ROOM:
        raise OutsideError(
            _("There is too little room for a backup in “{folder}”.").format(folder=folder),
            _("The shop is as it was. Free some space, keep fewer backups, or choose another folder in Settings."),
            retry=True,
        )
    name = f"{path.stem} backup {at.strftime(_STAMP)}"
    copy = _free(lambda number: folder / f"{name}{number}{ENDING}")
    _copy(path, copy, key, task)
    others = [one for one in backups(folder, path.stem) if one.path != copy]  # a clock set back makes no new one old
    for old in others[max(keep, 1) - 1 :]:
        old.path.unlink(missing_ok=True)
    return Backup(copy, at.replace(tzinfo=None), copy.stat().st_size)


def restore_beside(backup: Path, shop: Path, key: Key | None = None) -> Path:
    """Put a copy of a backup beside the shop and prove it; the shop and the backup stay as they are.

    Raises OutsideError when the backup is damaged or the disk is full.
    """
    when = re.search(_NAMED + r"$", backup.stem)
    words = _("from the backup of {time}").format(time=when[1] if when else backup.stem)
    copy = _free(lambda number: shop.with_name(f"{shop.stem} ({words}{number}){ENDING}"))
    _copy(backup, copy, key, Task())
    return copy


def put_back(copy: Path, shop: Path, words: str) -> Path:
    """Let a restored copy take the shop's place; return where the shop that was there went. Both must be closed."""
    kept = _free(lambda number: shop.with_name(f"{shop.stem} ({words}{number}){ENDING}"))
    with explained(shop):
        for extra in ("-wal", "-shm"):
            beside = Path(f"{shop}{extra}")
            if beside.exists():
                beside.replace(f"{kept}{extra}")
        if shop.exists():
            shop.replace(kept)
        copy.replace(shop)
    return kept


def _free(named: Callable[[str], Path]) -> Path:
    """Return the first name that nothing has yet."""
    path, number = named(""), 2
    while path.exists():
        path, number = named(f" {number}"), number + 1
    return path


def _copy(path: Path, copy: Path, key: Key | None, task: Task) -> None:
    """Copy a file as it is at this moment, prove the copy, then give it its name."""
    part = Path(f"{copy}{_PART}")
    try:
        shared = address.read(path)
        if shared is not None:
            from linecrm_desktop.store.fetching import fetch  # loads what makes tables, which a start must not

            fetch(shared, key, part, task)
        with explained(copy):
            if shared is not None:
                part.replace(copy)
                return
            with closing(driver.connect(path, key)) as source, closing(driver.connect(part, key)) as target:
                counted = _copy_pages(source, target, task)
            _prove(part, key, counted)
            part.replace(copy)
    except BaseException:
        for extra in ("", "-wal", "-shm", "-journal"):
            Path(f"{part}{extra}").unlink(missing_ok=True)
        raise


def _copy_pages(source: Any, target: Any, task: Task) -> Mapping[str, int]:
    def look(_status: int, left: int, total: int) -> None:
        task.raise_if_stopped()
        task.progress(total - left, total)

    source.execute("BEGIN")  # holds this moment: what others write meanwhile is neither copied nor counted
    counted = count_rows(source)
    source.backup(target, pages=_PAGES, progress=look)
    return counted


def _prove(copy: Path, key: Key | None, counted: Mapping[str, int]) -> None:
    with closing(driver.connect(copy, key)) as file:
        file.execute("PRAGMA journal_mode=DELETE")  # one file that can be carried away
        if not is_whole_copy(file, counted):
            raise OutsideError(
                _("The copy cannot be read again, so it does not count. The shop is as it was."),
                _("Check the drive “{folder}”, then try again.").format(folder=copy.parent),
                retry=True,
            )
