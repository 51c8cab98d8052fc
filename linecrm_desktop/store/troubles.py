"""Turns what a database says into what a person can do: file in use, disk full, damaged, read only."""

import errno
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from linecrm_desktop.errors import DamagedFile, OutsideError, ShopError
from linecrm_desktop.store import driver, server_troubles
from linecrm_desktop.text import _


@contextmanager
def explained(path: Path) -> Generator[None, None, None]:
    """Raise OutsideError or ShopError instead of a database error whose cause lies outside the program."""
    try:
        yield
    except (DBAPIError, *driver.errors()) as error:
        known = explain(error, path)
        if known is None:
            raise
        raise known from error


def explain(error: Exception, path: Path) -> ShopError | OutsideError | None:
    """Return the trouble in plain words, or None when it is our own bug."""
    cause = getattr(error, "orig", None) or error
    if hasattr(cause, "sqlstate"):
        return server_troubles.explain(cause, path)
    words = str(cause).lower()
    code = getattr(cause, "sqlite_errorname", "")
    details = f"{path.name}: {words}"
    if "full" in words:
        return _full(details)
    if code.startswith("SQLITE_IOERR") and not code.endswith(("READ", "CORRUPTFS")):
        return OutsideError(
            _("The disk takes no more: it is full, or it cannot be written. Nothing was changed."),
            _("Free some space or check the drive, then try again."),
            details=f"{details} ({code})",
            retry=True,
        )
    if "locked" in words or "busy" in words:
        return in_use()
    if "malformed" in words or "could not decode" in words or "not a database" in words or "disk i/o" in words:
        return damaged(path, details)
    if "readonly" in words or "unable to open" in words:
        return cannot_write(path, details)
    return None


def cannot_write(path: Path, why: OSError | str) -> OutsideError:
    """The sentence for a file or folder that takes nothing."""
    if isinstance(why, OSError) and why.errno == errno.ENOSPC:
        return _full(f"{path.name}: {why}")
    return OutsideError(
        _("“{file}” cannot be written.").format(file=path.name),
        _("Check that the folder exists and that you may write to it."),
        details=str(why),
    )


def _full(details: str) -> OutsideError:
    return OutsideError(
        _("The disk is full. Nothing was changed."), _("Free some space, then try again."), details=details, retry=True
    )


def in_use() -> ShopError:
    """The sentence for a shop that another window or computer holds."""
    return ShopError(
        _("This shop is open in another window or on another computer."),
        _("Nothing was changed. Close it there, then try again."),
    )


def damaged(path: Path, details: str = "") -> DamagedFile:
    """The sentence for a shop file that cannot be read."""
    return DamagedFile(
        _("The shop file “{file}” is damaged and cannot be read.").format(file=path.name),
        _("Nothing was changed. Open a copy from before, or the newest “before update” file beside it."),
        details=details,
    )
