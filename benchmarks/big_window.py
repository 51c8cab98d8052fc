"""Does the window of a large shop stay alive while a person works in it, and how soon is there an answer?

The real window, offscreen, on the shop of the segment benchmark. Each act is what a person does; it prints how long
the event loop paused, against the idle window of the same run, and how long it took until the answer was shown,
against the bare SQL of the list (ids in the order of names, read by Python's sqlite3) in the same run.

    python benchmarks/big_window.py --friends 1000000 --data /tmp/big
"""

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "benchmarks"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from heart import Heart, rest, until  # noqa: E402
from segment_shop import shop  # noqa: E402
from segment_stores import packed_file, shop_file  # noqa: E402

from linecrm_desktop.app import application, build_shop_window  # noqa: E402
from linecrm_desktop.segments import library  # noqa: E402
from linecrm_desktop.settings.preferences import Preferences  # noqa: E402
from linecrm_desktop.settings.secrets import SessionTokens  # noqa: E402
from linecrm_desktop.store.opening import open_shop  # noqa: E402
from linecrm_desktop.views.choices import Choices  # noqa: E402
from linecrm_desktop.views.desk import Page, Place  # noqa: E402
from linecrm_desktop.views.friends.columns import SORTS  # noqa: E402

IDLE_SECONDS = 5.0
PAGES, JUMPS = 100, 50
SEARCHES = ("雅", "雅怡", "Ploy", "nobody at all")


def made(friends: int, data: Path) -> Path:
    """Return the shop file, made once for each size."""
    folder = data / str(friends)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "shop.tagwell"
    if not path.exists():
        shop_file(shop(friends, folder), path)
        packed_file(path)
        database = open_shop(path)
        with database.write() as session:
            library.make_core(session, datetime.now(UTC), days=60)
        database.close()
    return path


def bare(path: Path) -> float:
    """Return the seconds that SQLite alone needs for the ids of all friends by name."""
    with sqlite3.connect(path) as file:
        begun = time.perf_counter()
        file.execute("SELECT id FROM friend ORDER BY name, id").fetchall()
        return time.perf_counter() - begun


class Person:
    """Works in the window and says how it answered."""

    def __init__(self, window: Any, heart: Heart, baseline: float) -> None:
        self._window = window
        self._heart = heart
        self._baseline = baseline

    def does(self, what: str, act: Callable[[], object], is_shown: Callable[[], object]) -> None:
        """Do one thing, wait until its answer stands there, say how it went."""
        self._heart.begin()
        begun = time.perf_counter()
        act()
        until(is_shown, 5)
        took = time.perf_counter() - begun
        rest(0.3)
        self._heart.say(what, f", shown after {took:.2f} s ({took / self._baseline:.2f} of the bare SQL)")

    def moves(self, what: str, steps: int, move: Callable[[int], object]) -> None:
        """Move many times, as quickly as keys repeat."""
        self._heart.begin()
        for step in range(steps):
            move(step)
            rest(0.03)
        self._heart.say(what)

    def friends(self) -> None:
        """Open the list, scroll, jump, sort, search."""
        window = self._window
        self.does("friends: open", lambda: window.go(Place(Page.FRIENDS)), lambda: self._rows() > 0)
        view: Any = window.views[Page.FRIENDS]
        panel = view.panel
        bar = panel.table.verticalScrollBar()
        self.moves("friends: page down", PAGES, lambda _n: bar.setValue(bar.value() + bar.pageStep()))
        by_lot = random.Random(7)
        self.moves("friends: jump", JUMPS, lambda _n: bar.setValue(by_lot.randrange(max(bar.maximum(), 1))))
        for column in SORTS:
            before = panel._listing
            self.does(
                f"friends: sort, {column.name.lower()}",
                lambda at=column: panel.table.head.sectionClicked.emit(at),
                lambda old=before: panel._listing is not old,
            )
        for words in SEARCHES:
            before = panel._listing
            self.does(
                f"friends: search {words}",
                lambda text=words: panel.search.setText(text),
                lambda old=before: panel._listing is not old,
            )
        panel.search.setText("")
        rest(2)

    def segments(self) -> None:
        """Open the segments and wait until each is counted."""
        window = self._window
        window.go(Place(Page.SEGMENTS))
        view: Any = window.views[Page.SEGMENTS]
        shown = lambda: view.list.rows and all(row.reach for row in view.list.rows)  # noqa: E731
        self.does("segments: counted", lambda: None, shown)

    def others(self) -> None:
        """Visit the other pages."""
        for page in (Page.HOME, Page.TAGS, Page.MESSAGES, Page.RESULTS, Page.CONSENT):
            self.does(f"{page}: open", lambda to=page: self._window.go(Place(to)), lambda: True)
            self._heart.begin()
            rest(5)
            self._heart.say(f"{page}: five seconds on")

    def _rows(self) -> int:
        view: Any = self._window.views[Page.FRIENDS]
        return view.model.rowCount()


def work(path: Path) -> None:
    """Open the shop in the window and work in it."""
    app = application()
    baseline = bare(path)
    begun = time.perf_counter()
    database = open_shop(path)
    opened = time.perf_counter() - begun
    choices = Choices(app, Preferences(language="en", theme="light"))
    window = build_shop_window(database, choices, tokens=SessionTokens())
    window.resize(1440, 900)
    window.show()
    print(f"bare SQL {baseline:.2f} s; shop file opened after {opened:.2f} s ({opened / baseline:.2f})", flush=True)
    heart = Heart()
    rest(10)
    heart.begin()
    rest(IDLE_SECONDS)
    heart.say("idle")
    person = Person(window, heart, baseline)
    person.friends()
    person.segments()
    person.others()
    window.let_go()
    window.close()
    database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--friends", type=int, default=1_000_000)
    parser.add_argument("--data", type=Path, help="where the shop is made and kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TAGWELL_HOME"] = folder
        work(made(options.friends, options.data or Path(folder)))


if __name__ == "__main__":
    main()
