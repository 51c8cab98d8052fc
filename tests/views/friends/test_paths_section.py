"""The friend's card says what became of each step of their paths, as the command line says it."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys import library, templates, turns
from linecrm_desktop.journeys.path import Skipped
from linecrm_desktop.models.journey import JourneyEntry
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.friends.detail import FriendDetail
from tests.maker import Maker
from tests.views.settling import settle


def words(part: QWidget) -> list[str]:
    return [one.text() for one in part.findChildren(QLabel) if one.text()]


def test_the_card_says_why_a_step_was_skipped(
    desk: Desk, database: Database, make: Maker, day: ShopDay, now: datetime, qtbot: QtBot
) -> None:
    with database.write() as session:
        friend, other = make.friend(session), make.friend(session)
        make.order(session, friend, days_ago=90)
        path = templates.make(session, "ready_again", "en", day, now)
        everybody = replace(library.load(session, path), keep_back=0)  # who is kept back has had the first turn
        library.save(session, everybody, day, now, path)
        library.start(session, path, day, now)
        entry = session.query(JourneyEntry).filter_by(friend_id=friend).one()
        first = turns.stops(session, path)[0].id
        turns.skip(session, [(entry.id, first)], Skipped.CONDITION, day.today, now)
        turns.plan(session, path, day, now, [entry.id])
    detail = FriendDetail(desk)
    qtbot.addWidget(detail)
    detail.show_friend(friend)
    settle(desk, qtbot)
    told = words(detail.paths)
    assert told[:2] == ["Paths", "Buyers: usage tips and refill"]
    assert "Skipped: the step’s condition did not hold on the day it was due." in told
    assert told[-1] == "later"
    detail.show_friend(other)
    settle(desk, qtbot)
    assert not detail.paths.isVisibleTo(detail)
