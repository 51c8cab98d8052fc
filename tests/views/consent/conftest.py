"""The Consent screen of an empty practice shop, and a short way to its friends' ledger."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from linecrm_desktop.views.consent.view import ConsentView
from linecrm_desktop.views.desk import Desk
from tests.views.settling import settle


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> Iterator[ConsentView]:
    shown = ConsentView(desk)
    desk.jobs.changed.connect(shown.reload)
    qtbot.addWidget(shown)
    shown.resize(1240, 800)
    shown.show()
    yield shown
    settle(desk, qtbot)
