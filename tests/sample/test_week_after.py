"""Eight days later the five sends have the numbers that pictures and documentation show."""

import shutil
from datetime import timedelta
from pathlib import Path

from linecrm_desktop.days import ShopDay
from linecrm_desktop.jobs import Task
from linecrm_desktop.results import totals, words
from linecrm_desktop.results.outcome import all_campaigns
from linecrm_desktop.sample.importing import import_file
from linecrm_desktop.sample.week_after import DAYS, write_week_after
from linecrm_desktop.store.opening import open_shop
from tests.sample.conftest import NOW, ZONE


def test_eight_days_later_the_sends_are_as_the_pictures_show_them(shop_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "later.tagwell"
    shutil.copy(shop_file, path)
    later = NOW + timedelta(days=DAYS)
    day = ShopDay.of(later, ZONE)
    database = open_shop(path)
    for file in write_week_after(tmp_path, ShopDay.of(NOW, ZONE).today):
        import_file(database, file, day, Task(), later)
    with database.read() as session:
        sends = all_campaigns(session, day)
        (month,) = totals.months(session, sends, day)
    database.close()
    assert [
        (send.accepted, send.sent.orders, send.sent.revenue // 100, send.reactions.blocked, words.word(send))
        for send in reversed(sends)
    ] == [
        (474, 41, 61_090, 2, "Not sure yet"),
        (312, 19, 22_610, 6, "Not sure yet"),
        (274, 24, 33_360, 3, "Not sure yet"),
        (1860, 223, 374_640, 21, "Worked"),
        (492, 17, 35_360, 5, "No effect seen"),
    ]
    told = month.totals
    assert (told.accepted, told.orders, told.revenue, told.blocked) == (3412, 324, 52_706_000, 37)
    assert (told.line.seen.people, told.line.pressed.people, told.per_message) == (2242, 698, 15_447)
    assert (told.broadcast_messages, told.not_sent, month.saved) == (21_220, 17_808, 304_400)
    early = sends[1]
    assert words.comparison(early) == "223 of 1,860 ordered against 12 of 207 kept back."
    assert words.verdict(early) == "Worked: 2.2 to 9.4 points more than without the message."
    assert words.brought(early).startswith("About 115 of these 223 ")
