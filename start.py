#!/usr/bin/env python3
"""Starts Tagwell from a plain checkout: `python3 start.py [arguments]`, and tests it: `python3 start.py test`.

The first start makes `.venv`, installs exactly what `requirements.lock` names, and remembers that in a stamp; every
later start only compares the stamp. Standard library only, and readable by old Pythons, so that a wrong Python gets
a sentence instead of a traceback.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = "tagwell-stamp"
UNFINISHED = "tagwell-unfinished"
OLDEST, NEWEST = (3, 11), (3, 13)

OFFSCREEN_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""What Qt loads on Linux even without a screen, and the Debian packages that hold it."""
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""What a window needs in addition."""
FONT_PACKAGES = {"zh-tw": "fonts-noto-cjk", "ja": "fonts-noto-cjk", "th": "fonts-noto-core"}
"""Languages that names are written in, and a Debian package whose fonts can write them."""
TEST_TOOLS = {"dbus-run-session": "dbus", "gnome-keyring-daemon": "gnome-keyring", "Xvfb": "xvfb"}
TEST_FILES = {
    "usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "usr/lib/*/girepository-1.0/Atspi-2.0.typelib": "gir1.2-atspi-2.0",
    "usr/lib/python3/dist-packages/gi/__init__.py": "python3-gi",
    "usr/lib/postgresql/*/bin/initdb": "postgresql",
}
"""What tests of the password store, screen readers and shared shops need, by Debian package; without it: left out."""
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}
"""Packages that Debian 13 and Ubuntu 24.04 call by another name."""

NO_FONTS = "Chinese, Japanese or Thai names will show as boxes"
NO_TOOLS = "The tests of the password store, of screen readers or of shared shops are left out"


class Trouble(Exception):
    """Something the person can put right; the text says what happened and what to do."""


def main(arguments: list[str]) -> int:
    """Make ready what is missing, then test or start the program."""
    try:
        check_python(sys.version_info[:2])
        testing = arguments[:1] == ["test"]
        has_screen = screen_is_there(sys.platform, os.environ)
        make_ready(testing, has_screen)
        if testing:
            return run_checks(arguments[1:])
        return start(arguments, has_screen)
    except Trouble as trouble:
        say(str(trouble))
        return 1
    except KeyboardInterrupt:
        say("Stopped. Start again to go on; what is half done is repaired then.")
        return 130


def say(sentence: str) -> None:
    """Print a sentence to the person, apart from what the program itself prints."""
    print(sentence, file=sys.stderr, flush=True)


def check_python(version: Sequence[int]) -> None:
    """Refuse a Python that the packages do not run on, naming one that is there."""
    if OLDEST <= tuple(version) <= NEWEST:
        return
    others = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    found = next((name for name in others if shutil.which(name)), others[0])
    raise Trouble(
        f"Tagwell needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}, and this is Python {version[0]}.{version[1]}. "
        f"Start it like this: {found} start.py"
    )


def screen_is_there(platform: str, environ: Mapping[str, str]) -> bool:
    """Say whether a window can be shown. QT_QPA_PLATFORM means that somebody chose how."""
    if not platform.startswith("linux"):
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def venv_python(venv: Path, platform: str) -> Path:
    """Return the path of the Python inside a virtual environment."""
    return venv / "Scripts" / "python.exe" if platform == "win32" else venv / "bin" / "python"


def lock_file(testing: bool) -> Path:
    """Return the lock that names the packages to install."""
    return ROOT / ("requirements-dev.lock" if testing else "requirements.lock")


def stamp_for(lock: Path, root: Path, version: str) -> str:
    """Return what identifies a finished installation: the lock, the project's own data, the Python, the folder."""
    digest = hashlib.sha256()
    for file in (lock, root / "pyproject.toml"):
        digest.update(file.read_bytes())
    digest.update(f"{version}\n{root}".encode())
    return digest.hexdigest()


def is_ready(stamp: str, wanted: Sequence[str]) -> bool:
    """Say whether the stamp found is one of those that will do."""
    return bool(stamp) and stamp in wanted


def read_stamp(venv: Path) -> str:
    """Return the stamp of the last finished installation, or nothing."""
    try:
        return (venv / STAMP).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def make_ready(testing: bool, has_screen: bool) -> None:
    """Install packages and system libraries where they are missing. The development packages include the others."""
    version = "{}.{}.{}".format(*sys.version_info[:3])
    stamp = stamp_for(lock_file(testing), ROOT, version)
    also = stamp_for(lock_file(True), ROOT, version)
    finished = is_ready(read_stamp(VENV), [stamp, also]) and venv_python(VENV, sys.platform).exists()
    make_system_ready(has_screen and not testing, first_time=not finished, testing=testing)
    if finished:
        return
    check_folder(ROOT)
    with one_at_a_time(ROOT):
        if not is_ready(read_stamp(VENV), [stamp, also]):
            install(lock_file(testing), stamp)


def check_folder(root: Path) -> None:
    """Refuse a folder that nothing can be installed into."""
    if not os.access(root, os.W_OK):
        raise Trouble(
            f"The folder {root} cannot be written, so nothing can be installed there. "
            "Copy it to a folder of your own and start again."
        )


@contextmanager
def one_at_a_time(root: Path) -> Generator[None]:
    """Let a second start wait while the first one installs."""
    name = hashlib.sha256(str(root).encode()).hexdigest()[:16]
    path = Path(tempfile.gettempdir()) / f"tagwell-start-{name}.lock"
    try:
        file = path.open("a")
    except OSError:  # another person's lock file; two installs at once are unlikely then
        yield
        return
    with file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install(lock: Path, stamp: str) -> None:
    """Make the environment and install the lock and the project; a stamp is written only at the very end."""
    python = venv_python(VENV, sys.platform)
    uv = shutil.which("uv")
    say("Installing Tagwell's packages into .venv. This happens once and takes a minute or more.")
    try:
        if must_begin_anew(VENV, python, "{}.{}".format(*sys.version_info[:2])):
            shutil.rmtree(VENV, ignore_errors=True)
        VENV.mkdir(exist_ok=True)
        (VENV / STAMP).unlink(missing_ok=True)
        (VENV / UNFINISHED).touch()
        for command in install_commands(lock, python, uv):
            run_installer(command)
        (VENV / UNFINISHED).unlink()
        (VENV / STAMP).write_text(stamp, encoding="ascii")
    except OSError as error:
        raise Trouble(f"The folder {VENV} cannot be filled: {error}. Put that right and start again.") from error


def must_begin_anew(venv: Path, python: Path, version: str) -> bool:
    """Say whether an environment cannot be built upon: half made, of another Python, or its Python gone."""
    try:
        settings = (venv / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return True
    lines = (line.partition("=") for line in settings.splitlines())
    found = {key.strip(): value.strip() for key, _, value in lines}
    made_by = found.get("version") or found.get("version_info") or ""
    same = made_by == version or made_by.startswith(version + ".")
    return (venv / UNFINISHED).exists() or not same or not python.exists()


def install_commands(lock: Path, python: Path, uv: str | None) -> list[list[str]]:
    """Return the commands that fill the environment, in order: with uv where it is there, else with pip."""
    own = ["--no-build-isolation", "--no-deps", "--editable", str(ROOT)]
    if uv:
        pip = [uv, "pip", "install", "--python", str(python)]
        make = [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(VENV)]
    else:
        pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        make = [sys.executable, "-m", "venv", str(VENV)]
    if not sys.stderr.isatty():
        pip = [*pip, "--quiet"]
    return [make, [*pip, "--require-hashes", "--requirement", str(lock)], [*pip, *own]]


def run_installer(command: list[str]) -> None:
    """Run one step of the installation; when it fails, say why in one sentence and what the tool said last."""
    done = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    if done.returncode == 0:
        return
    last = "\n".join(done.stderr.strip().splitlines()[-12:])
    raise Trouble(f"{last}\n\n{why_it_failed(done.stderr)}")


def why_it_failed(words: str) -> str:
    """Return the sentence that fits what the installer said."""
    lower = words.lower()
    unreachable = ("connection", "name resolution", "network is unreachable", "dns error", "timed out", "error sending")
    if "no space left" in lower:
        return "The disk is full. Free about 1 GB, then start again."
    if "ensurepip" in lower:
        return "This Python cannot make virtual environments. On Debian: sudo apt-get install python3-venv"
    if any(sign in lower for sign in unreachable):
        return "The package index cannot be reached. Connect this computer to the internet and start again."
    return "The packages could not be installed. What the installer said stands above; start again to try once more."


def make_system_ready(for_a_window: bool, *, first_time: bool, testing: bool = False) -> None:
    """On Linux, find libraries and fonts that Qt needs; install them as root, else name the command."""
    if not sys.platform.startswith("linux"):
        return
    libraries = dict(OFFSCREEN_LIBRARIES, **(SCREEN_LIBRARIES if for_a_window else {}))
    missing = [library for library in libraries if not loads(library)]
    needed = [libraries[library] for library in missing]
    if first_time and not shutil.which("uv") and importlib.util.find_spec("ensurepip") is None:
        missing.append("Python's venv module")
        needed.append("python{}.{}-venv".format(*sys.version_info[:2]))
    fonts = missing_fonts() if first_time else []
    tools = missing_tools() if testing and first_time else []
    if not needed and not fonts and not tools:
        return
    if not shutil.which("apt-get"):
        stop_for(missing, "Install the packages of your system that hold them, then start again.")
        say(
            f"No font for {', '.join(FONT_PACKAGES)} was found: install Noto Sans CJK and Noto Sans Thai to read names."
        )
        return
    if os.geteuid() == 0:
        install_system(needed, {NO_FONTS: fonts, NO_TOOLS: tools})
        return
    stop_for(missing, f"Install them, then start again:\n  {apt_line(modern_names(needed + fonts))}")
    for consequence, packages in ((NO_FONTS, fonts), (NO_TOOLS, tools)):
        if packages:
            say(f"{consequence} until you run:\n  {apt_line(packages)}")


def missing_tools() -> list[str]:
    """Return the packages of tests that work with the desktop itself; they open a window on a screen in memory."""
    tools = [package for tool, package in TEST_TOOLS.items() if not shutil.which(tool)]
    files = [package for pattern, package in TEST_FILES.items() if not any(Path("/").glob(pattern))]
    return [*tools, *files, *(package for library, package in SCREEN_LIBRARIES.items() if not loads(library))]


def stop_for(missing: Sequence[str], advice: str) -> None:
    """Stop with the advice when something is missing that nothing runs without."""
    if missing:
        raise Trouble(f"This computer lacks {', '.join(missing)}. {advice}")


def loads(library: str) -> bool:
    """Say whether a shared library can be loaded with all that it needs itself."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_fonts() -> list[str]:
    """Return the font packages for languages that no installed font can write."""
    lister = shutil.which("fc-list")
    missing: list[str] = []
    for language, package in FONT_PACKAGES.items():
        if lister:
            command = [lister, f":lang={language}", "family"]
            found = bool(subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip())
        else:
            pattern = "*CJK*" if "cjk" in package else "*Thai*"
            found = any(any(folder.rglob(pattern)) for folder in font_folders())
        if not found and package not in missing:
            missing.append(package)
    return missing


def font_folders() -> list[Path]:
    """Return the folders that hold fonts on Linux."""
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]


def apt_line(packages: Sequence[str]) -> str:
    """Return the command that installs packages, ready to be copied."""
    return f"sudo apt-get install --no-install-recommends {' '.join(packages)}"


def modern_names(packages: Sequence[str]) -> list[str]:
    """Return the packages by the names that this system's list knows."""
    names: list[str] = []
    for package in packages:
        new = RENAMED.get(package, "")
        known = new and subprocess.run(["apt-cache", "show", new], capture_output=True, check=False).returncode == 0
        names.append(new if known else package)
    return names


def install_system(needed: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> None:
    """Install Debian packages as root. What is only wanted comes with the consequence of its absence, a warning."""
    say(f"Installing system packages: {' '.join([*needed, *itertools.chain(*wanted.values())])}")
    environ = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    install_them = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends"]
    subprocess.run(["apt-get", "update", "-qq"], env=environ, stdout=sys.stderr, check=False)
    for consequence, packages in (("", modern_names(needed)), *wanted.items()):
        if not packages:
            continue
        done = subprocess.run([*install_them, *packages], env=environ, stdout=sys.stderr, check=False)
        if done.returncode and not consequence:
            raise Trouble(f"The system packages could not be installed. Try it yourself: {apt_line(packages)}")
        if done.returncode:
            say(f"{consequence} until you run:\n  {apt_line(packages)}")


def run_checks(arguments: list[str]) -> int:
    """Run format, lint, types and tests in this order; stop at the first that fails and return its code."""
    environ = dict(os.environ, QT_QPA_PLATFORM="offscreen", QT_API="pyside6")
    environ.setdefault("LC_ALL", "C.UTF-8")
    for module, *options in check_steps(arguments):
        print(f"$ {' '.join([module, *options])}", flush=True)
        command = [str(venv_python(VENV, sys.platform)), "-m", module, *options]
        code = subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode
        if code:
            say(f"{module} failed with exit code {code}.")
            return code
    return 0


def check_steps(arguments: list[str]) -> list[list[str]]:
    """Return the checks as Python modules with their options; the tests of one file stay in one process."""
    tests = ["pytest", "--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile"]
    return [["ruff", "format", "--check"], ["ruff", "check"], ["basedpyright"], [*tests, *arguments]]


def start(arguments: list[str], has_screen: bool) -> int:
    """Become the program. Without a screen and without a command, make pictures of it instead."""
    if not arguments and not has_screen:
        say("There is no screen here, so Tagwell takes a tour of itself and puts the pictures into the folder tour.")
        arguments = ["tour", "--out", "tour"]
    python = str(venv_python(VENV, sys.platform))
    command = [python, "-m", "linecrm_desktop", *arguments]
    if not has_screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if sys.platform != "win32":
        os.execv(python, command)
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
