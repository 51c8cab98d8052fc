"""The Messages page on its own, as tests show it."""

from collections.abc import Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot

from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages.view import MessagesView
from tests.views.settling import settle


@contextmanager
def messages_shown(desk: Desk, qtbot: QtBot) -> Iterator[MessagesView]:
    """Show the page, which hears of every write; at the end let all that is under way come in."""
    shown = MessagesView(desk)
    qtbot.addWidget(shown)
    shown.resize(1240, 820)
    shown.show()
    desk.jobs.changed.connect(shown.reload)
    yield shown
    settle(desk, qtbot)
