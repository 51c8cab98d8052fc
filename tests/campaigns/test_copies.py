"""A restored backup, or the same file on another computer, never goes on by itself."""

import shutil
from pathlib import Path

import pytest

from linecrm_desktop.campaigns import sending
from linecrm_desktop.campaigns.copies import OldCopy
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.settings.send_marks import SendMarks
from linecrm_desktop.store.opening import open_shop
from tests.campaigns.shopkeeper import AT_ONCE, Shopkeeper


def send(
    shop: Shopkeeper, campaign: int, line: SdkLine, marks: SendMarks, *, most: int = 99, anyway: bool = False
) -> None:
    """Send, and quit when so many have gone out."""
    task = Task()
    task = Task(lambda done, _total, _what: task.stop() if done >= most else None)
    try:
        sending.send(shop.database, campaign, line, task, shop.clock, AT_ONCE, marks=marks, anyway=anyway)
    except Stopped:
        return


def restore(shop: Shopkeeper, backup: Path) -> None:
    path = shop.database.path
    shop.database.close()
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    shutil.copy(backup, path)
    shop.database = open_shop(path)


def keep(shop: Shopkeeper, folder: Path) -> Path:
    path = shop.database.path
    shop.database.close()
    shop.database = open_shop(path)
    return Path(shutil.copy(path, folder / "backup.tagwell"))


@pytest.mark.files
def test_a_restored_backup_sends_nothing_until_a_person_says_so(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, tmp_path: Path
) -> None:
    friends = shop.friends(4)
    campaign = shop.freeze(chunk=1)
    backup = keep(shop, tmp_path)
    send(shop, campaign, line, SendMarks(tmp_path), most=1)
    restore(shop, backup)
    with pytest.raises(OldCopy, match="Up to 4 friends"):
        send(shop, campaign, line, SendMarks(tmp_path))
    assert sum(world.copies.values()) == 1
    send(shop, campaign, line, SendMarks(tmp_path), anyway=True)
    assert set(world.copies) == set(shop.line_ids(friends))


@pytest.mark.files
def test_the_same_file_on_another_computer_asks_too(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, tmp_path: Path
) -> None:
    shop.friends(3)
    campaign = shop.freeze(chunk=1)
    send(shop, campaign, line, SendMarks(tmp_path / "here"), most=1)
    with pytest.raises(OldCopy, match="another computer"):
        send(shop, campaign, line, SendMarks(tmp_path / "there"))
    send(shop, campaign, line, SendMarks(tmp_path / "here"))
    assert sorted(world.copies.values()) == [1, 1, 1]


def test_quitting_and_going_on_in_the_same_file_asks_nothing(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, tmp_path: Path
) -> None:
    shop.friends(3)
    campaign = shop.freeze(chunk=1)
    for _start in range(3):
        if not shop.standing(campaign).waiting:
            break
        send(shop, campaign, line, SendMarks(tmp_path), most=shop.standing(campaign).accepted + 1)
    assert sorted(world.copies.values()) == [1, 1, 1]


def test_marks_that_cannot_be_read_stop_nothing(shop: Shopkeeper, line: SdkLine, tmp_path: Path) -> None:
    (tmp_path / "sends.json").write_text("[")
    shop.friends(1)
    campaign = shop.freeze()
    send(shop, campaign, line, SendMarks(tmp_path))
    assert shop.standing(campaign).accepted == 1
