"""A zip file that opens with a password only (AES with 256 bits): the one door to pyzipper.

It is made in memory, so that nothing readable lies on a disk even for a moment. The names of the files in a zip can be
read without the password: they must never tell of a person.
"""

import io
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from linecrm_desktop.errors import ShopError
from linecrm_desktop.text import _
from linecrm_desktop.whole_files import written_whole

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""32 letters that nobody mistakes for another: five bits each."""
_GROUPS, _EACH = 4, 4


def new_password() -> str:
    """Make a password of 80 random bits that can be read out over a telephone."""
    groups = ("".join(secrets.choice(_LETTERS) for _letter in range(_EACH)) for _group in range(_GROUPS))
    return "-".join(groups)


def sealed(files: Mapping[str, bytes], password: str) -> bytes:
    """Return files as an encrypted zip."""
    import pyzipper  # pyright: ignore[reportMissingTypeStubs]

    out = io.BytesIO()
    packed: Any = pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES)
    with packed:
        packed.setpassword(password.encode())
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def write(path: Path, content: bytes) -> None:
    """Put a sealed file in its place, whole or not at all; a file of that name is else as it was. Raises OutsideError.

    Raises ShopError where the name does not end in .zip, or something that is no file lies there.
    """
    if path.suffix.lower() != ".zip" or (path.exists() and not path.is_file()):
        raise ShopError(
            _("A copy cannot be written to “{file}”.").format(file=path), _("Give it a name that ends in .zip.")
        )
    with written_whole(path) as unfinished, unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
