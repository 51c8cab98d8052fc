"""start.py: which Python, which commands, when nothing needs to be done, and what it says when something is missing."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


def load_start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


start = load_start()


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_the_pythons_that_the_packages_run_on_are_taken(version: tuple[int, int]) -> None:
    start.check_python(version)


@pytest.mark.parametrize("version", [(3, 10), (3, 14), (2, 7)])
def test_another_python_is_refused_with_a_sentence(version: tuple[int, int]) -> None:
    with pytest.raises(start.Trouble, match=r"needs Python 3\.11 to 3\.13, and this is Python") as found:
        start.check_python(version)
    assert re.search(r"Start it like this: python3\.1[123] start\.py", str(found.value))


@pytest.mark.parametrize(
    ("platform", "environ", "there"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "vnc"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_only_linux_can_lack_a_screen(platform: str, environ: dict[str, str], there: bool) -> None:
    assert start.screen_is_there(platform, environ) is there


def test_the_python_inside_the_environment_lies_where_each_system_puts_it() -> None:
    assert start.venv_python(Path("v"), "win32") == Path("v/Scripts/python.exe")
    assert start.venv_python(Path("v"), "linux") == start.venv_python(Path("v"), "darwin") == Path("v/bin/python")


def test_the_stamp_changes_with_the_lock_the_python_and_the_folder(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]")
    other = tmp_path / "other"
    other.mkdir()
    (other / "pyproject.toml").write_text("[project]")
    lock = tmp_path / "a.lock"
    lock.write_text("pandas==1")
    first = start.stamp_for(lock, tmp_path, "3.11.7")
    assert first == start.stamp_for(lock, tmp_path, "3.11.7")
    assert first != start.stamp_for(lock, tmp_path, "3.12.1")
    assert first != start.stamp_for(lock, other, "3.11.7")
    lock.write_text("pandas==2")
    assert first != start.stamp_for(lock, tmp_path, "3.11.7")


def test_no_stamp_is_never_ready() -> None:
    assert not start.is_ready("", ["", "a"])
    assert start.is_ready("a", ["b", "a"])


def environment(folder: Path, settings: str) -> Path:
    """Make what looks like a virtual environment; return its Python."""
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    (folder / "pyvenv.cfg").write_text(settings)
    return python


@pytest.mark.parametrize("settings", ["home = /usr/bin\nversion = 3.11.7\n", "version_info = 3.11.2\n"])
def test_a_whole_environment_of_the_same_python_is_built_upon(tmp_path: Path, settings: str) -> None:
    python = environment(tmp_path, settings)
    assert not start.must_begin_anew(tmp_path, python, "3.11")


def test_an_interrupted_or_foreign_environment_is_made_anew(tmp_path: Path) -> None:
    assert start.must_begin_anew(tmp_path / "none", tmp_path / "none" / "bin" / "python", "3.11")
    python = environment(tmp_path / "v", "version = 3.11.7\n")
    assert start.must_begin_anew(tmp_path / "v", python, "3.1")
    assert start.must_begin_anew(tmp_path / "v", python, "3.12")
    assert start.must_begin_anew(tmp_path / "v", tmp_path / "gone", "3.11")
    (tmp_path / "v" / start.UNFINISHED).touch()
    assert start.must_begin_anew(tmp_path / "v", python, "3.11")


@pytest.mark.parametrize("uv", [None, "/usr/bin/uv"])
def test_packages_are_installed_with_hashes_and_the_project_without_fetching_anything(uv: str | None) -> None:
    make, packages, project = start.install_commands(Path("requirements.lock"), Path("v/bin/python"), uv)
    assert "venv" in make
    assert "--require-hashes" in packages and "requirements.lock" in packages
    assert {"--no-build-isolation", "--no-deps", "--editable"} <= set(project)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("NewConnectionError: Failed to establish a new connection", "cannot be reached"),
        ("[Errno -3] Temporary failure in name resolution", "cannot be reached"),
        ("The virtual environment was not created because ensurepip is not available", "python3-venv"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "could not be installed"),
    ],
)
def test_a_failed_installation_is_explained(said: str, sentence: str) -> None:
    assert sentence in start.why_it_failed(said)


def test_what_cannot_be_done_without_rights_is_named_to_the_letter() -> None:
    line = start.apt_line(["libegl1", "libgl1"])
    assert line == "sudo apt-get install --no-install-recommends libegl1 libgl1"


def test_a_missing_library_stops_with_advice_and_no_missing_one_does_not() -> None:
    start.stop_for([], "nothing")
    with pytest.raises(start.Trouble, match=r"lacks libEGL\.so\.1\. Install it"):
        start.stop_for(["libEGL.so.1"], "Install it.")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has packages of its own for this")
def test_without_rights_the_exact_command_is_named_and_nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "loads", lambda library: library != "libGL.so.1")
    monkeypatch.setattr(start, "missing_fonts", lambda: ["fonts-noto-cjk"])
    monkeypatch.setattr(start, "modern_names", list)
    monkeypatch.setattr(start, "install_system", lambda *_args: pytest.fail("it installed"))
    monkeypatch.setattr(start.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(start.os, "geteuid", lambda: 1000)
    with pytest.raises(start.Trouble) as found:
        start.make_system_ready(True, first_time=True)
    assert str(found.value).endswith("sudo apt-get install --no-install-recommends libgl1 fonts-noto-cjk")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has packages of its own for this")
def test_missing_fonts_are_a_warning_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(start, "loads", lambda _library: True)
    monkeypatch.setattr(start, "missing_fonts", lambda: ["fonts-noto-cjk"])
    monkeypatch.setattr(start.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(start.os, "geteuid", lambda: 1000)
    start.make_system_ready(False, first_time=True)
    assert "sudo apt-get install --no-install-recommends fonts-noto-cjk" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has packages of its own for this")
def test_tools_of_some_tests_are_wanted_for_testing_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "loads", lambda _library: True)
    monkeypatch.setattr(start, "missing_fonts", list)
    monkeypatch.setattr(start.shutil, "which", lambda name: None if name in start.TEST_TOOLS else f"/usr/bin/{name}")
    monkeypatch.setattr(start.os, "geteuid", lambda: 1000)
    start.make_system_ready(False, first_time=True)
    assert capsys.readouterr().err == ""
    start.make_system_ready(False, first_time=True, testing=True)
    said = capsys.readouterr().err
    assert "left out until you run" in said
    assert "sudo apt-get install --no-install-recommends dbus gnome-keyring xvfb" in said


def test_a_library_that_is_not_there_does_not_load() -> None:
    assert not start.loads("libtagwell-never.so.9")


def test_the_checks_run_in_order_and_pass_options_on_to_pytest() -> None:
    steps = start.check_steps(["-k", "friends"])
    assert [step[0] for step in steps] == ["ruff", "ruff", "basedpyright", "pytest"]
    assert steps[-1][-2:] == ["-k", "friends"]


def test_a_finished_installation_is_not_touched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(start, "make_system_ready", lambda *_args, **_options: None)
    python = environment(tmp_path / ".venv", "version = 3.11.7\n")
    python.with_name("python.exe").touch()
    dev = start.stamp_for(start.lock_file(True), tmp_path, "{}.{}.{}".format(*sys.version_info[:3]))
    (tmp_path / ".venv" / start.STAMP).write_text(dev)
    monkeypatch.setattr(start, "install", lambda *_args: pytest.fail("it installed again"))
    start.make_ready(testing=True, has_screen=False)
    start.make_ready(testing=False, has_screen=False)


def test_the_development_lock_holds_all_that_the_program_needs() -> None:
    packages = re.compile(r"^\S+==[^\\]+", re.MULTILINE)
    program, development = (
        set(packages.findall((ROOT / name).read_text(encoding="utf-8")))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert program <= development


def test_start_needs_nothing_but_the_standard_library() -> None:
    command = [sys.executable, "-S", "-I", "-c", f"import runpy; runpy.run_path({str(ROOT / 'start.py')!r})"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_locks_hold_names_versions_and_hashes_only() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text
