"""Which licences the shipped parts have, from the packages' own data: `python scripts/licences.py list|texts FOLDER`.

`list` writes resources/licences.json, which About shows; a test compares it with the lock. `texts` copies the whole
texts into the folder of a built program, those of the system's libraries beside them. Run it where the locked packages
are installed.
"""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from email.message import Message
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import cast

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "resources" / "licences.json"
OWN_TEXTS = ROOT / "packaging" / "licences"
NOT_SHIPPED = frozenset({"flit-core", "qtawesome", "qtpy", "patsy", "formulaic", "interface-meta", "narwhals"})
"""In the lock, but left out of the program by build.spec. Of QtAwesome only a font is shipped, named below."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part that ships with the program."""

    name: str
    licence: str
    home: str


OTHERS = (
    Part("Python", "PSF-2.0", "https://www.python.org"),
    Part("Phosphor Icons", "MIT", "https://github.com/phosphor-icons/web"),
    Part("SQLite", "Public Domain", "https://www.sqlite.org"),
    Part("SQLCipher", "BSD-3-Clause", "https://www.zetetic.net/sqlcipher"),
    Part("OpenSSL", "Apache-2.0", "https://www.openssl.org"),
    Part("ICU", "Unicode-3.0", "https://icu.unicode.org"),
    Part("OpenBLAS", "BSD-3-Clause", "https://www.openblas.net"),
    Part("GCC libraries", "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org"),
)
"""What is no Python package of its own: it comes inside one, or with Python."""
KNOWN = {
    "pyside6-essentials": Part("Qt, PySide6", "LGPL-3.0-only", "https://doc.qt.io/qtforpython-6/licenses.html"),
    "shiboken6": Part("Shiboken6", "LGPL-3.0-only", "https://doc.qt.io/qtforpython-6/licenses.html"),
    "pywin32-ctypes": Part("pywin32-ctypes", "BSD-3-Clause", "https://github.com/enthought/pywin32-ctypes"),
    "sqlcipher3": Part("sqlcipher3", "Zlib", "https://github.com/coleifer/sqlcipher3"),
    "python-dateutil": Part("python-dateutil", "Apache-2.0 OR BSD-3-Clause", "https://github.com/dateutil/dateutil"),
    "aenum": Part("aenum", "BSD-3-Clause", "https://github.com/ethanfurman/aenum"),
    "pycryptodomex": Part("pycryptodomex", "BSD-2-Clause AND Public Domain", "https://www.pycryptodome.org"),
}
"""Where a package leaves a choice, says nothing, or is there on one system only; read in its own files."""
SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "2-clause BSD": "BSD-2-Clause",
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
}
_TEXT = re.compile(r"(?i)(^|/)(licen[sc]es?|copying|notice|authors)[^/]*$|dist-info/licenses/")


def locked() -> list[str]:
    """Return the names in the lock that are shipped, in order."""
    names = re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    return sorted(set(names) - NOT_SHIPPED)


def parts() -> list[Part]:
    """Return every shipped part with its licence."""
    return sorted([*map(_part, locked()), *OTHERS], key=lambda part: part.name.casefold())


def _part(name: str) -> Part:
    if name in KNOWN:
        return KNOWN[name]
    told = _told(distribution(name))
    written = told.get("License-Expression") or (told.get("License") or "").strip().splitlines()[:1] or ""
    licence = written if isinstance(written, str) else written[0]
    if not licence or licence.startswith("Copyright"):
        classes = [one for one in told.get_all("Classifier") or [] if one.startswith("License ::")]
        licence = classes[0].rpartition(" :: ")[2] if classes else ""
    return Part(told["Name"], SPDX.get(licence, licence), _home(told.get("Home-page"), told.get_all("Project-URL")))


def _told(package: Distribution) -> "Message[str, str]":
    """Return a package's own data as what it is: a message, of which Python promises only a part."""
    return cast("Message[str, str]", package.metadata)


def _home(page: str | None, links: list[str] | None) -> str:
    """Return the address of a project, of the source where several are named."""
    named = {label.casefold(): address for label, _comma, address in (link.partition(", ") for link in links or [])}
    found = [named[label] for label in ("homepage", "home", "source", "repository", "source code") if label in named]
    return (page or (found or [*named.values(), ""])[0]).rstrip("/")


def write_list() -> None:
    """Write the list that About shows."""
    told = [asdict(part) for part in parts()]
    LIST.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_texts(folder: Path) -> None:
    """Write the texts of all licences beside a built program, into its folder `licences`."""
    into = folder / "licences"
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    for text in OWN_TEXTS.iterdir():
        shutil.copy(text, into)
    shutil.copy(LIST, into / "list.json")
    for name in locked():
        try:
            _copy_texts(distribution(name), into / name)
        except PackageNotFoundError:  # of another system
            continue
    shutil.copy(_python_licence(), into / "Python.txt")
    if sys.platform.startswith("linux") and shutil.which("dpkg"):
        _copy_system_texts(folder, into / "system")


def _copy_texts(package: Distribution, into: Path) -> None:
    into.mkdir()
    for file in package.files or []:
        if _TEXT.search(file.as_posix()):
            shutil.copy(str(package.locate_file(file)), into / "-".join(file.parts))
    if not any(into.iterdir()):
        told = _told(package)
        words = [f"{told['Name']} {told['Version']}", f"Author: {told.get('Author') or told.get('Author-email') or ''}"]
        (into / "README.txt").write_text("\n".join([*words, f"Licence: {_part(into.name).licence}", ""]))


def _python_licence() -> Path:
    stdlib = Path(shutil.__file__).parent
    found = [place for place in (stdlib / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt") if place.is_file()]
    return found[0]


def _copy_system_texts(folder: Path, into: Path) -> None:
    """Copy what Debian says of each library of the building system that was put into the program."""
    into.mkdir()
    for library in sorted((folder / "_internal").glob("lib*.so*")):
        asked = ["dpkg", "-S", f"*/{library.name}"]
        said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        for package in {line.partition(":")[0] for line in said.splitlines()}:
            text = Path("/usr/share/doc") / package / "copyright"
            if text.is_file():
                shutil.copy(text, into / f"{package}.txt")


def main(words: list[str]) -> int:
    """Do what the words say."""
    match words:
        case ["list"]:
            write_list()
        case ["texts", folder]:
            write_texts(Path(folder))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
