"""What every screen is given: the runner, the dialogs, the shop's plain facts, the clock, the door to LINE, undo.

A screen asks for another place with its signal `asked_for`; the main window goes there. Screens never know each other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from PySide6.QtGui import QUndoStack

from linecrm_desktop.days import ShopDay
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.pictures import Picture, look
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.secrets import TokenStore
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.dialogs import Dialogs
from linecrm_desktop.views.job_runner import JobRunner

Toast = Callable[[str, Callable[[], None] | None], None]
AskProgram = Callable[[str, object], None]
"""Asks for something that closes this shop or opens another: its name, and what it is about."""


class Page(StrEnum):
    """The pages of the rail that exist."""

    HOME = "home"
    FRIENDS = "friends"
    IMPORTS = "imports"
    TAGS = "tags"
    AUDIT = "audit"
    SOURCES = "sources"
    """Both are parts of the tags; the rail shows them there."""
    SEGMENTS = "segments"
    MESSAGES = "messages"
    JOURNEYS = "journeys"
    RESULTS = "results"
    CONSENT = "consent"
    SETTINGS = "settings"


_BEGINNINGS = {(Page.IMPORTS, "new"), (Page.TAGS, "new"), (Page.MESSAGES, "new"), (Page.MESSAGES, "check")}


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go: a page, and there an object or a part."""

    page: Page
    object_id: int | None = None
    part: str = ""
    about: object = None
    """What else narrows that part, such as the friends of one source who were not informed."""

    @property
    def writes(self) -> bool:
        """Whether to go there is to begin something that changes the shop."""
        return self.page is Page.AUDIT or (self.page, self.part) in _BEGINNINGS


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What screens need to know of the shop all the time."""

    name: str
    country: str
    currency: str
    zone: str
    key: str
    is_practice: bool
    path: Path
    is_encrypted: bool
    server: str
    """Where a shared shop lies; empty: the shop is a file of its own."""
    may_write: bool
    """Whether this person may change anything in it."""


def shop_facts(database: Database) -> ShopFacts:
    """Read the shop's plain facts."""
    with database.read() as session:
        shop = session.get_one(Shop, 1)
        return ShopFacts(
            shop.name,
            shop.country,
            shop.currency,
            shop.zone,
            shop.key,
            shop.is_practice,
            database.path,
            is_encrypted=database.key is not None and database.address is None,
            server=database.address.server if database.address is not None else "",
            may_write=database.may_write(),
        )


@dataclass(slots=True)
class Desk:
    """One open shop's tools, handed to every screen."""

    jobs: JobRunner
    dialogs: Dialogs
    shop: ShopFacts
    clock: Callable[[], datetime]
    line: LineDoor
    tokens: TokenStore
    undo: QUndoStack
    toast: Toast
    choices: Choices
    ask_program: AskProgram = field(default=lambda _what, _about: None)
    look: Callable[..., Picture] = look
    """Looks at a picture on the web, given its address and the task that may stop it."""

    def now(self) -> datetime:
        """Return this moment (aware)."""
        return self.clock()

    def asks_to_save(self, title: str, text: str) -> bool | None:
        """Ask whether to save what is unsaved: yes, no, or None for staying. Who may only look throws it away."""
        return self.dialogs.ask_to_save(title, text) if self.shop.may_write else False

    def day(self) -> ShopDay:
        """Return the shop's calendar day."""
        return ShopDay.of(self.now(), self.shop.zone)
