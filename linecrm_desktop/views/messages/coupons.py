"""The coupons of the LINE account for the open message: what the shop file knows of them, read anew when it is old."""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import Changes, Task, changes
from linecrm_desktop.messages import line_coupons
from linecrm_desktop.messages.line_coupons import Listed
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _, when
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.line_access import line_of

_OLD = timedelta(hours=1)


class Coupons(QObject):
    """Tells everybody who shows coupons when there is something new."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.listed = Listed()
        self.is_reading = False
        self.trouble = ""
        """Why LINE could not be asked the last time."""
        self._tried_at: datetime | None = None
        self._account: int | None = None

    @property
    def read_time(self) -> str:
        """When LINE was asked, in words."""
        day = self._desk.day()
        return when(day.local(self.listed.read_at), day.today) if self.listed.read_at is not None else ""

    def load(self, channel_id: int | None = None) -> None:
        """Read what the shop file knows of the account that the message goes through."""
        if channel_id != self._account:
            self._account, self._tried_at = channel_id, None
        self._desk.jobs.read(
            lambda session: line_coupons.known(session, channel_id), self._know, key="messages.coupons"
        )

    def look(self) -> None:
        """Ask LINE when that was not done or tried for an hour; without an account nothing is asked."""
        newest = max((at for at in (self.listed.read_at, self._tried_at) if at is not None), default=None)
        if (
            self._desk.shop.may_write
            and self.listed.is_connected
            and (newest is None or self._desk.now() - newest > _OLD)
        ):
            self.refresh()

    def refresh(self) -> None:
        """Ask LINE now."""
        if self.is_reading:
            return
        self.is_reading, self.trouble = True, ""
        self._tried_at = now = self._desk.now()
        desk, account = self._desk, self._account

        def work(database: Database, _task: Task) -> tuple[tuple[Listed, int | None], Changes]:
            with line_of(desk, database, account) as line:
                found = line.coupons()
            with database.write() as session:
                return (line_coupons.remember(session, found, now, account), account), changes()

        desk.jobs.run(_("Reading the coupons from LINE"), work, self._answered, self._failed)
        self.changed.emit()

    def _know(self, listed: Listed) -> None:
        self.listed = listed
        self.changed.emit()

    def _answered(self, told: tuple[Listed, int | None]) -> None:
        self.is_reading = False
        listed, account = told
        if account == self._account:  # else another message is open by now
            self._know(listed)

    def _failed(self, error: Exception) -> None:
        self.is_reading = False
        if isinstance(error, TagwellError):
            self.trouble = error.sentence()
        else:
            self._desk.dialogs.show_error(error)
        self.changed.emit()
