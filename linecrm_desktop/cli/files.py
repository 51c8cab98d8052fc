"""The files that commands read and write: JSON in, CSV out that a spreadsheet cannot mistake for formulas."""

import csv
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.text import _

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet compute a cell (OWASP, CSV injection), also in full width."""


def read_json(path: Path) -> dict[str, Any]:
    """Read one JSON object. Raises ShopError that says what is wrong with the file."""
    try:
        found: object = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ShopError(
            _("“{file}” cannot be read.").format(file=path.name), _("Check the name and try again.")
        ) from error
    except ValueError as error:
        where = f" ({error})" if isinstance(error, json.JSONDecodeError) else ""
        raise ShopError(
            _("“{file}” is not JSON{where}.").format(file=path.name, where=where), _("Correct it and try again.")
        ) from error
    if not isinstance(found, dict):
        raise ShopError(_("“{file}” does not hold a JSON object.").format(file=path.name), _("It begins with a brace."))
    return cast("dict[str, Any]", found)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write rows as UTF-8 with a byte order mark, whole or not at all, and return how many there were."""
    written = 0
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            for row in rows:
                writer.writerow([safe(cell) for cell in row])
                written += 1
        unfinished.replace(path)
    except OSError as error:
        raise OutsideError(
            _("“{file}” cannot be written.").format(file=path.name),
            _("Check that the folder exists and that you may write to it."),
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet computes: what would begin a formula gets an apostrophe in front."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
