"""Writes QR codes into a folder, as PNG and SVG, with one list of places, codes and links."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.jobs import Task
from linecrm_desktop.sources import qr
from linecrm_desktop.sources.links import LinkRow
from linecrm_desktop.spreadsheet import write_table
from linecrm_desktop.text import _

LIST = "links.csv"
_NOT_SAFE = re.compile(r"[^\w.-]+")
_LONGEST = 60
_WRITE = {"png": qr.png, "svg": qr.svg}
FORMS = tuple(_WRITE)


def stem(place: str, code: str) -> str:
    """Return what the files of a place are called on every system: "poster-1_K7QX"."""
    folded = unicodedata.normalize("NFKC", place).casefold()
    name = _NOT_SAFE.sub("-", folded).strip("-._")[:_LONGEST].rstrip("-._")
    return f"{name}_{code}" if name else code


def save(links: Sequence[LinkRow], folder: Path, task: Task, forms: Iterable[str] = FORMS) -> list[Path]:
    """Write the codes of links and their list into a folder, made if it is not there; return what was written.

    Files of the same names are written over: the code in the name says that they are of the same link.
    Raises OutsideError when the folder cannot be written, ShopError for a link that is too long.
    """
    written: list[Path] = []
    kinds = tuple(forms)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ready, link in enumerate(links, start=1):
            task.raise_if_stopped()
            for kind in kinds:
                path = folder / f"{stem(link.place, link.code)}.{kind}"
                path.write_bytes(_WRITE[kind](link.url))
                written.append(path)
            task.progress(ready, len(links), link.place)
    except OSError as error:
        raise OutsideError(
            _("The folder “{folder}” cannot be written.").format(folder=folder.name),
            _("Choose another folder. The shop is unchanged."),
            details=str(error),
            retry=True,
        ) from error
    listed = folder / LIST
    rows = ((link.place, link.tag.name, link.code, link.text, link.url) for link in links)
    write_table(listed, [_("Place"), _("Tag"), _("Code"), _("Prepared text"), _("Link")], rows)
    return [*written, listed]
