"""A walk through the rooms of an open shop, in a window of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linecrm_desktop import app
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.database import Database
from linecrm_desktop.tour.hands import Hands
from linecrm_desktop.tour.play import NOW, SIZE
from linecrm_desktop.tour.rooms import Walk
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.dialogs import Dialogs


@contextmanager
def walking(database: Database, choices: Choices, dialogs: Dialogs, folder: Path) -> Iterator[Walk]:
    """Show the window; at the end close it and the shop."""
    window = app.build_shop_window(database, choices, clock=lambda: NOW, dialogs=dialogs, tokens=SessionTokens())
    window.resize(*SIZE)
    window.show()
    yield Walk(Hands(window, folder), database)
    window.let_go()
    window.close()
    window.deleteLater()
    choices.deleteLater()
    database.close()
