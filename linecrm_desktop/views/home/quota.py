"""Asks LINE for the month's messages when Home is shown and they were not read today; nobody is told but the tile."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import connecting
from linecrm_desktop.channels import accounts
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import Changes, Task, Word, changes
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.line_access import line_of


class QuotaReader(QObject):
    """Keeps what went wrong at the last try, so that the tile and the list can say it."""

    ended = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_asking = False
        self.is_unread = False
        """Whether the last try brought no numbers."""
        self.token_trouble = ""
        """What LINE said against the token; empty where it has none of that to say."""

    def look(self, *, again: bool = False) -> None:
        """Ask LINE if nobody did today, or `again`; a shop without LINE asks nobody."""
        day = self._desk.day()
        self._desk.jobs.read(
            lambda session: is_wanted(session, day, again=again), self._ask, lambda _error: None, key="home.quota"
        )

    def _ask(self, wanted: bool) -> None:
        if not wanted or self._is_asking or not self._desk.shop.may_write:
            return
        self._is_asking = True
        self._desk.jobs.run(_("Reading the month’s messages from LINE"), self._work, self._read, self._failed)

    def _work(self, database: Database, _task: Task) -> tuple[datetime, Changes]:
        now = self._desk.now()
        with database.read() as session:
            connected = [one.channel_id for one in accounts.rows(session) if one.is_connected]
        for channel_id in connected:
            with line_of(self._desk, database, channel_id) as connection:
                quota = connecting.read_quota(connection)
            with database.write() as session:
                connecting.remember_quota(session, quota, now, channel_id)
        return now, changes(Word.SETTINGS)

    def _read(self, _at: datetime) -> None:
        self._end(False, "")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, TagwellError):
            self._desk.dialogs.show_error(error)
        is_about_token = isinstance(error, TagwellError) and not getattr(error, "retry", False)
        self._end(True, error.sentence() if is_about_token and isinstance(error, TagwellError) else "")

    def _end(self, is_unread: bool, token_trouble: str) -> None:
        self._is_asking, self.is_unread, self.token_trouble = False, is_unread, token_trouble
        self.ended.emit()


def is_wanted(session: Session, day: ShopDay, *, again: bool) -> bool:
    """Say whether LINE is to be asked: the shop is connected, and the numbers are not from today."""
    shop = session.get_one(Shop, 1)
    if shop.line_account is None:
        return False
    return again or shop.line_read_at is None or day.local(shop.line_read_at).date() != day.today
