"""A message that is finished at night: nothing leaves, and the morning is offered, wherever the computer stands."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages.view import MessagesView
from tests.clock import Clock
from tests.maker import Maker
from tests.views.messages_view import messages_shown
from tests.views.serum_shop import SerumShop, serum_shop
from tests.views.settling import WAIT, settle
from tests.views.test_planning import check, press

ELSEWHERE = ("America/Los_Angeles", "Europe/Berlin")
MORNING = {
    "Asia/Taipei": datetime(2026, 11, 13, 0, 0, tzinfo=UTC),
    "Asia/Tokyo": datetime(2026, 11, 12, 23, 0, tzinfo=UTC),
}
"""08:00 on 13 November there."""
NIGHTS = {
    ("Asia/Taipei", "23:00"): (datetime(2026, 11, 12, 15, 0, tzinfo=UTC), "13 Nov 08:00"),
    ("Asia/Taipei", "00:30"): (datetime(2026, 11, 12, 16, 30, tzinfo=UTC), "08:00"),
    ("Asia/Tokyo", "23:00"): (datetime(2026, 11, 12, 14, 0, tzinfo=UTC), "13 Nov 08:00"),
    ("Asia/Tokyo", "00:30"): (datetime(2026, 11, 12, 15, 30, tzinfo=UTC), "08:00"),
}


@pytest.fixture(params=ELSEWHERE)
def computer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A computer whose clock is set to a place of its own."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    return serum_shop(database, make)


@pytest.fixture(params=NIGHTS, ids=" ".join)
def night(request: pytest.FixtureRequest, database: Database, desk: Desk) -> tuple[str, str]:
    """A shop in its own zone, late in its evening or after its midnight."""
    zone, _hour = request.param
    moment, _morning = NIGHTS[request.param]
    with database.write() as session:
        session.get_one(Shop, 1).zone = zone
    desk.shop = replace(desk.shop, zone=zone)
    desk.clock = Clock(moment)
    return request.param


@pytest.fixture
def view(computer: str, night: tuple[str, str], desk: Desk, shop: SerumShop, qtbot: QtBot) -> Iterator[MessagesView]:
    with messages_shown(desk, qtbot) as shown:
        yield shown


def test_at_night_nothing_can_be_sent_and_one_press_offers_the_morning(
    view: MessagesView, night: tuple[str, str], desk: Desk, shop: SerumShop, database: Database, qtbot: QtBot
) -> None:
    zone, hour = night
    _moment, morning = NIGHTS[night]
    check(view, shop, qtbot)
    settle(desk, qtbot)
    assert not view.gate.confirm.typed.isEnabled()
    said = next(one.sentence for one in view.gate._report.checks if one.key == "quiet")  # pyright: ignore[reportOptionalMemberAccess]
    day = "13 Nov" if hour == "23:00" else "Today"
    assert said == f"Today {hour} lies in the quiet hours, 21:00 to 08:00. It may leave from {day} 08:00 on."
    press(view.gate, "fix_quiet", qtbot)
    settle(desk, qtbot)
    qtbot.waitUntil(lambda: view.gate.confirm.send.text() == f"Schedule for {morning}", timeout=WAIT)
    settle(desk, qtbot)
    assert view.gate.confirm.typed.isEnabled()
    qtbot.keyClicks(view.gate.confirm.typed, "55")
    send = view.gate.confirm.findChild(QPushButton, "send")
    assert send is not None and send.isEnabled()
    send.click()
    settle(desk, qtbot)
    with database.read() as session:
        planned = session.scalars(select(Campaign)).one()
        assert (planned.state, planned.due_at) == (CampaignState.SCHEDULED, MORNING[zone])
