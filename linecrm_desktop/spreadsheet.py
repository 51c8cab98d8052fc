"""The one door for CSV files that leave the program: opened right by every spreadsheet, and never run by one."""

import csv
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.text import _

_SHOP = b"SQLite format 3\x00"
"""How a shop file begins, whatever its name."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet compute a cell (OWASP, CSV injection), also in full width."""


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write rows as UTF-8 with a byte order mark, whole or not at all, and return how many there were.

    Raises ShopError when something else lies there, OutsideError when the folder or the disk does not let us; a file of
    that name is then as it was.
    """
    _refuse_place(path)
    written = 0
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([safe(name) for name in header])
            for row in rows:
                writer.writerow([safe(cell) for cell in row])
                written += 1
        unfinished.replace(path)
    except OSError as error:
        raise OutsideError(
            _("“{file}” cannot be written.").format(file=path.name),
            _("Close it if it is open in another program, or choose another folder. The shop is unchanged."),
            details=str(error),
            retry=True,
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return written


def _refuse_place(path: Path) -> None:
    """Refuse to put a list where something else is: a shop, a folder, a device, or no name at all."""
    other = ShopError(
        _("A list cannot be written to “{file}”.").format(file=path), _("Give it a name of its own that ends in .csv.")
    )
    if not path.name or path.suffix == ".tagwell":
        raise other
    try:
        if path.exists() and not path.is_file():
            raise other
        with path.open("rb") as file:
            if file.read(len(_SHOP)) == _SHOP:
                raise other
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutsideError(
            _("“{file}” cannot be written.").format(file=path.name),
            _("Close it if it is open in another program, or choose another folder. The shop is unchanged."),
            details=str(error),
            retry=True,
        ) from error


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet computes: what would begin a formula gets an apostrophe in front."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
