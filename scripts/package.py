"""Makes the program that people install: `python3 scripts/package.py folder|deb|all`.

`folder` puts a program that needs no Python into dist/tagwell, with its licences, and lets it check itself. `deb` makes
a Debian package of that folder. Everything is built in build/ and dist/, which are not kept in the repository.
"""

import gzip
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD, DIST = ROOT / "build", ROOT / "dist"
VENV, ICONS, FOLDER = BUILD / "venv", BUILD / "icons", DIST / "tagwell"
LOCK = ROOT / "requirements-build.lock"
LINUX = ROOT / "packaging" / "linux"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
NEEDS = (
    *("libc6 (>= {glibc})", "libegl1", "libgl1", "libx11-6", "libxcb1", "libfontconfig1", "fontconfig"),
    *("libdbus-1-3", "libglib2.0-0 | libglib2.0-0t64", "libxkbcommon0", "libdrm2", "libgbm1"),
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0"),
)
"""What the program takes from the system: the graphics driver's libraries, and the fonts."""
BETTER_WITH = ("fonts-noto-cjk", "fonts-noto-core", "gnome-keyring | kwalletmanager | keepassxc", "xdg-desktop-portal")


def version() -> str:
    """Return the version of the program; linecrm_desktop/__init__.py is its one place."""
    text = (ROOT / "linecrm_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise SystemExit("linecrm_desktop/__init__.py names no version.")
    return found[1]


def make_folder() -> None:
    """Build dist/tagwell from the locked packages and nothing else, and check it."""
    make_environment()
    run(PYTHON, "scripts/icons.py", ICONS)
    run(PYTHON, "-m", "PyInstaller", "build.spec", "--noconfirm", "--distpath", DIST, "--workpath", BUILD / "work")
    run(PYTHON, "scripts/licences.py", "texts", FOLDER)
    self_check(FOLDER / program_name())
    print(f"{FOLDER}: {size(FOLDER) / 2**20:.0f} MB")


def program_name() -> str:
    """Return the file in the folder that can write to a terminal."""
    return "tagwell-console.exe" if sys.platform == "win32" else "tagwell"


def make_environment() -> None:
    """Install the locked packages into an environment of the build's own, so that no other package gets in."""
    stamp = VENV / "tagwell-stamp"
    wanted = f"{sys.version}\n{LOCK.read_text(encoding='utf-8')}"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    if uv:
        run(uv, "venv", "--quiet", "--python", sys.executable, VENV)
        run(uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "--requirement", LOCK)
    else:
        run(sys.executable, "-m", "venv", VENV)
        run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", LOCK)
    stamp.write_text(wanted, encoding="utf-8")


def self_check(program: Path) -> None:
    """Let the built program try itself without anything of the building person's environment."""
    home = BUILD / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
    environ = {**kept, "HOME": str(home), "USERPROFILE": str(home), "APPDATA": str(home), "LOCALAPPDATA": str(home)}
    if subprocess.run([program, "--self-check", "--lang", "en"], env=environ, cwd=home, check=False).returncode:
        raise SystemExit("The built program failed its self-check; the line that begins with FAILED says where.")


def make_deb() -> None:
    """Make a Debian package of the built folder."""
    if not (FOLDER / "tagwell").is_file():
        raise SystemExit("There is no program in dist/tagwell yet: run `python3 scripts/package.py folder` first.")
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(tree / "usr")
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(control(tree), encoding="utf-8")
    package = DIST / f"tagwell_{version()}_{architecture()}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, package)
    print(f"{package}: {package.stat().st_size / 2**20:.0f} MB")


def lay_out(usr: Path) -> None:
    """Put the program and what the desktop reads of it into the places of a Linux system."""
    shutil.copytree(FOLDER, usr / "lib" / "tagwell", symlinks=True)
    (usr / "bin").mkdir(parents=True)
    (usr / "bin" / "tagwell").symlink_to("../lib/tagwell/tagwell")
    share = usr / "share"
    put(LINUX / "tagwell.desktop", share / "applications")
    put(LINUX / "tagwell.xml", share / "mime" / "packages")
    metainfo = (LINUX / "app.tagwell.Tagwell.metainfo.xml.in").read_text(encoding="utf-8")
    about = share / "metainfo" / "app.tagwell.Tagwell.metainfo.xml"
    about.parent.mkdir(parents=True)
    about.write_text(metainfo.replace("{version}", version()).replace("{date}", built_on()), encoding="utf-8")
    for picture in ICONS.glob("*/*.png"):
        kind = "mimetypes" if picture.stem.endswith("-shop") else "apps"
        put(picture, share / "icons" / "hicolor" / picture.parent.name / kind)
    for drawing, kind in (("tagwell", "apps"), ("tagwell-shop", "mimetypes")):
        put(ROOT / "resources" / "icons" / f"{drawing}.svg", share / "icons" / "hicolor" / "scalable" / kind)
    papers = share / "doc" / "tagwell"
    papers.mkdir(parents=True)
    (papers / "changelog.gz").write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    (papers / "copyright").write_text("Licences of all parts: /usr/lib/tagwell/licences\n", encoding="utf-8")


def put(file: Path, folder: Path) -> None:
    """Copy a file into a folder that may not be there yet; everybody may read it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file.name).write_bytes(file.read_bytes())


def control(tree: Path) -> str:
    """Return what dpkg is told of the package."""
    needs = ", ".join(NEEDS).format(glibc=platform.libc_ver()[1])
    return "\n".join(
        [
            "Package: tagwell",
            f"Version: {version()}",
            f"Architecture: {architecture()}",
            "Maintainer: The Tagwell authors <tagwell@localhost>",
            f"Installed-Size: {size(tree) // 1024}",
            "Section: misc",
            "Priority: optional",
            f"Depends: {needs}",
            f"Recommends: {', '.join(BETTER_WITH)}",
            "Description: LINE CRM for small shops",
            " Keeps tags, segments and consent of a shop's LINE friends in one file on this",
            " computer, and sends each message only to the friends it is meant for.",
            "",
        ]
    )


def architecture() -> str:
    """Return Debian's name of this computer's kind."""
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def built_on() -> str:
    """Return the day of the build; SOURCE_DATE_EPOCH sets it for builds that are to be repeated."""
    moment = os.environ.get("SOURCE_DATE_EPOCH")
    day = datetime.fromtimestamp(int(moment), UTC) if moment else datetime.now(UTC)
    return day.date().isoformat()


def size(folder: Path) -> int:
    """Return how many bytes the files in a folder have."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def run(*words: str | Path) -> None:
    """Run one step and stop when it fails."""
    print("$", *words, flush=True)
    done = subprocess.run([str(word) for word in words], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"That step failed with exit code {done.returncode}.")


def main(words: Sequence[str]) -> int:
    """Do what the words say."""
    steps = {"folder": [make_folder], "deb": [make_deb], "all": [make_folder, make_deb]}
    if len(words) != 1 or words[0] not in steps:
        print(__doc__, file=sys.stderr)
        return 2
    for step in steps[words[0]]:
        step()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
