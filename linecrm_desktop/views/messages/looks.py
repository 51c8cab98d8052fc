"""The pictures of the open message as they lie on the web: looked at after a pause in typing, off the GUI thread.

What was found is kept while the program runs; what could not be checked is tried again when a message is opened.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.pictures import OfflineError, Picture
from linecrm_desktop.messages.pictures import Limits
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk

_PAUSE_MS = 700
_KEPT = 60
_WIDE = 640
"""Thumbnails are no wider; the phone's drawing is 284."""
_POINTS = 50_000_000
"""Pictures of more points than this are not drawn: it would take hundreds of megabytes."""


class Seen(Enum):
    """How far looking at an address came."""

    WAITING = auto()
    THERE = auto()
    WRONG = auto()
    """There is no picture that LINE could show."""
    OFFLINE = auto()


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of one address."""

    seen: Seen
    picture: Picture | None = None
    """Without its data."""
    shown: QPixmap | None = None
    sentence: str = ""

    def problems(self, limits: Limits) -> list[str]:
        """Say what LINE would not show."""
        if self.picture is not None:
            return self.picture.problems(limits.most, limits.width)
        return [self.sentence] if self.seen is Seen.WRONG else []


class Looks(QObject):
    """Remembers what lies at addresses, and fetches what it does not know yet."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[str, Look] = {}
        self._wanted: list[str] = []
        self._timer = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self.begin)

    @property
    def shown(self) -> dict[str, QPixmap]:
        """The pictures that are there, by address."""
        return {address: look.shown for address, look in self._known.items() if look.shown is not None}

    def of(self, address: str) -> Look | None:
        """Return what is known of an address; None: nobody has looked yet."""
        return self._known.get(address)

    def want(self, addresses: Iterable[str]) -> None:
        """Look at these when nobody has typed for a moment."""
        self._wanted = [one for one in addresses if one not in self._known]
        if self._wanted:
            self._timer.start()
        else:
            self._timer.stop()

    def retry(self) -> None:
        """Forget what could not be checked, so that it is tried again."""
        self._known = {address: look for address, look in self._known.items() if look.seen is not Seen.OFFLINE}

    def again(self, address: str) -> None:
        """Look at an address anew, at once: a person put another picture there."""
        if self._is_on_its_way(address):
            return
        self._known.pop(address, None)
        self._wanted = [address, *self._wanted]
        self.begin()

    def begin(self) -> None:
        """Look at what is wanted, now."""
        wanted, self._wanted = self._wanted, []
        for address in wanted:
            if address not in self._known:
                self._fetch(address)
        self.changed.emit()

    def _is_on_its_way(self, address: str) -> bool:
        look = self._known.get(address)
        return look is not None and look.seen is Seen.WAITING

    def _fetch(self, address: str) -> None:
        self._keep(address, Look(Seen.WAITING))
        look = self._desk.look

        def work(task: Task) -> tuple[Picture, QImage | None]:
            found: Picture = look(address, task=task)
            return replace(found, data=b""), _thumbnail(found)

        self._desk.jobs.look(work, self._found(address), self._failed(address))

    def _found(self, address: str) -> Callable[[tuple[Picture, QImage | None]], None]:
        def take(found: tuple[Picture, QImage | None]) -> None:
            picture, image = found
            shown = QPixmap.fromImage(image) if image is not None else None
            self._keep(address, Look(Seen.THERE, picture, shown))
            self.changed.emit()

        return take

    def _failed(self, address: str) -> Callable[[Exception], None]:
        def take(error: Exception) -> None:
            if isinstance(error, OfflineError):
                self._keep(address, Look(Seen.OFFLINE, sentence=error.title))
            elif isinstance(error, TagwellError):
                self._keep(address, Look(Seen.WRONG, sentence=error.sentence()))
            else:
                self._keep(address, Look(Seen.WRONG, sentence=_("The picture could not be looked at.")))
                self._desk.dialogs.show_error(error)
            self.changed.emit()

        return take

    def _keep(self, address: str, look: Look) -> None:
        self._known.pop(address, None)
        self._known[address] = look
        for old in list(self._known)[:-_KEPT]:
            del self._known[old]


def _thumbnail(picture: Picture) -> QImage | None:
    """Draw a picture small. Runs in a worker; None for what cannot be drawn."""
    if not picture.type or picture.width < 1 or picture.width * picture.height > _POINTS:
        return None
    held = QBuffer()
    held.setData(QByteArray(picture.data))
    reader = QImageReader(held)
    wide = min(_WIDE, picture.width)
    reader.setScaledSize(QSize(wide, max(1, round(picture.height * wide / picture.width))))
    image = reader.read()
    return None if image.isNull() else image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
