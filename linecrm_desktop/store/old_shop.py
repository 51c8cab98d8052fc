"""Makes a shop file as the very first version left it, to try on any computer whether an upgrade works there."""

import uuid
from contextlib import closing
from datetime import datetime
from pathlib import Path

from linecrm_desktop.store import driver
from linecrm_desktop.store.migrating import upgrade

FIRST = "0001"
_SHOP = """INSERT INTO shop (id, key, name, country, currency, zone, is_practice, created_at, cap_messages, cap_days)
VALUES (1, ?, ?, 'TW', 'TWD', 'Asia/Taipei', 1, ?, 4, 30)"""
_FRIEND = """INSERT INTO friend (name, is_blocked, informed, can_opt_out, marketing, created_at)
VALUES (?, 0, 'unknown', 'unknown', 'unknown', ?)"""


def make_old_shop(path: Path, name: str, friends: tuple[str, ...], now: datetime) -> Path:
    """Make a practice shop of the first version with some friends, and return its path."""
    upgrade(path, to=FIRST)
    moment = int(now.timestamp())
    with closing(driver.connect(path)) as plain:
        plain.execute(_SHOP, (str(uuid.uuid4()), name, moment))
        plain.executemany(_FRIEND, [(friend, moment) for friend in friends])
        plain.commit()
    return path
