"""Every end has its exit code and one sentence on stderr."""

import subprocess
import sys
from pathlib import Path

import pytest

from linecrm_desktop.cli import main as entry
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.store.opening import open_shop
from tests.cli.conftest import Tagwell


def test_a_command_that_is_not_understood_is_one_sentence_and_2(tagwell: Tagwell) -> None:
    said = tagwell("friends", "--colour", "blue")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("This command was not understood: ")
    assert said.err.count("\n") == 1


def test_a_shop_that_is_not_there_is_2(tagwell: Tagwell, tmp_path: Path) -> None:
    said = tagwell("friends", "--shop", tmp_path / "none")
    assert said.code == 2
    assert said.err == "There is no shop file “none.tagwell”. Check the name, or make a new shop.\n"


@pytest.mark.files
def test_a_shop_open_elsewhere_can_be_read_but_not_changed(tagwell: Tagwell, shop: Path) -> None:
    held = open_shop(shop)
    try:
        assert tagwell("friends", "--shop", shop).code == 0
        said = tagwell("tags", "remove", "VIP", "--member", "1001", "--shop", shop)
        assert (said.code, said.out) == (2, "")
        assert "open in another window" in said.err
    finally:
        held.close()


def test_trouble_of_the_world_is_3(tagwell: Tagwell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_ignored: object) -> None:
        raise OutsideError("The disk is full.", "Free some space.")

    monkeypatch.setattr(entry, "run", fail)
    said = tagwell("friends")
    assert (said.code, said.err) == (3, "The disk is full. Free some space.\n")


def test_our_own_bug_is_1_and_its_log_holds_no_names(
    tagwell: Tagwell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    friend = "Mei, 0912-345-678"

    def fail(*_ignored: object) -> None:
        raise ValueError(friend)

    monkeypatch.setattr(entry, "run", fail)
    monkeypatch.delenv("TAGWELL_DEBUG", raising=False)
    said = tagwell("friends")
    log = home / "log" / "tagwell.log"
    assert said.code == 1
    assert str(log) in said.err
    assert "Traceback" not in said.err and friend not in said.err
    written = log.read_text(encoding="utf-8")
    assert "ValueError" in written and friend not in written


def test_ctrl_c_is_130(tagwell: Tagwell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_ignored: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(entry, "run", stop)
    said = tagwell("friends")
    assert (said.code, said.err) == (130, "Stopped. What was not finished was not changed.\n")


def test_options_stand_before_or_after_the_command(tagwell: Tagwell, shop: Path) -> None:
    before = tagwell("--json", "--shop", shop, "tags", "list")
    after = tagwell("tags", "list", "--shop", shop, "--json")
    assert before.json == after.json


def test_errors_and_help_speak_the_language_asked_for(tagwell: Tagwell, tmp_path: Path) -> None:
    said = tagwell("--lang", "en", "friends", "--shop", tmp_path / "none")
    assert "There is no shop file" in said.err
    with pytest.raises(SystemExit) as end:
        tagwell("--help")
    assert end.value.code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_the_window_is_refused_in_one_sentence(
    tagwell: Tagwell, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in entry.SCREENS:
        monkeypatch.delenv(name, raising=False)
    said = tagwell()
    assert (said.code, said.out) == (3, "")
    assert said.err == "There is no screen here to open the window on. For commands see: tagwell --help\n"


def test_the_program_starts_as_a_module() -> None:
    command = [sys.executable, "-m", "linecrm_desktop", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Tagwell ")
