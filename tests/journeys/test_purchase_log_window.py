"""The main job on a real purchase log through the window: import, segment, message, gate, practice send, results."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)
from sqlalchemy import func, select

from linecrm_desktop import app
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.messages.bubbles import OptOutBubble
from linecrm_desktop.models.campaign import Delivery, DeliveryState
from linecrm_desktop.segments.rules import Compare, LastOrder, Orders
from linecrm_desktop.settings.preferences import Preferences
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import create_shop
from linecrm_desktop.tour.hands import Hands
from linecrm_desktop.tour.silent import SilentDialogs
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.imports.view import ImportsView
from linecrm_desktop.views.messages.beginning.new_dialog import NewMessageDialog
from linecrm_desktop.views.messages.variable_edit import VariableEdit
from linecrm_desktop.views.messages.view import MessagesView
from linecrm_desktop.views.segments.view import SegmentsView
from linecrm_desktop.views.widgets.charts.strips import Legend
from tests.journeys.purchase_log import friends_file, lapsed_regulars, log_file, without_quiet_hours


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Database]:
    database = create_shop(tmp_path / "Log.tagwell", "Log", "TW", datetime.now(UTC), practice=True)
    without_quiet_hours(database)
    yield database
    database.close()


@pytest.fixture
def world() -> PracticeWorld:
    return PracticeWorld(limit=6000, account_name="Log")


@pytest.fixture
def hands(qapp: QApplication, shop: Database, world: PracticeWorld, tmp_path: Path) -> Iterator[Hands]:
    window = app.build_shop_window(
        shop,
        Choices(qapp, Preferences(language="en", theme="light")),
        dialogs=SilentDialogs(),
        tokens=SessionTokens(),
        line=LineDoor(None, world),
    )
    window.resize(1440, 900)
    window.show()
    yield Hands(window, tmp_path)
    window.let_go()
    window.close()
    window.deleteLater()


def bring_in(hands: Hands, file: Path) -> str:
    """Import a file as the wizard proposes and return what it says at the end."""
    hands.window.go(Place(Page.IMPORTS))
    view = hands.window.current_view()
    assert isinstance(view, ImportsView)
    view.start(file)
    hands.until(lambda: hands.find(QLabel, "fileName").text() == file.name, "file")
    hands.find(QComboBox, "through").setEditText("Shop system")
    hands.find(QComboBox, "purpose").setEditText("Orders and membership")
    hands.find(QRadioButton, "informed_yes").click()
    for _step in ("match columns", "check rows", "import"):
        hands.press("importNext")
    hands.until(lambda: hands.find(QLabel, "importedTitle").text() and not view.wizard.is_at_work, "import")
    return hands.find(Legend, "importedLegend").accessibleDescription()


def begin_empty(hands: Hands) -> None:
    """Take the first beginning of a new message, which is none."""

    def asked() -> list[NewMessageDialog]:
        return [one for one in hands.window.findChildren(NewMessageDialog) if one.isVisible()]

    hands.until(lambda: any(dialog.list.current is not None for dialog in asked()), "new message")
    QTest.keyClick(asked()[0].list.search, Qt.Key.Key_Return)


def test_the_main_job_on_a_real_purchase_log(
    hands: Hands, shop: Database, world: PracticeWorld, tmp_path: Path
) -> None:
    members, last_day = lapsed_regulars()
    assert bring_in(hands, log_file()) == "new: 15,273; updated: 0; unchanged: 0; rejected: 0"
    assert bring_in(hands, friends_file(tmp_path)) == "new: 0; updated: 5,000; unchanged: 0; rejected: 0"

    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Taipei")).date()
    hands.window.go(Place(Page.SEGMENTS, None, "new"))
    segments = hands.window.current_view()
    assert isinstance(segments, SegmentsView)
    hands.write(hands.find(QLineEdit, "segmentName"), "Lapsed")
    hands.write(hands.find(QLineEdit, "helpsDecide"), "Who is worth one more try")
    segments.builder.rules.put(Orders(Compare.AT_LEAST, 3))
    segments.builder.rules.put(LastOrder((today - last_day).days + 90))
    wanted = f"{len(members):,} can be reached"
    hands.until(lambda: hands.find(QLabel, "reachable").text() == wanted, wanted)
    hands.press("saveSegment")
    hands.until(lambda: segments.builder.segment_id is not None, "saved")
    hands.press("writeMessage")
    begin_empty(hands)
    hands.until(lambda: isinstance(hands.window.current_view(), MessagesView), "composer")
    messages = hands.window.current_view()
    assert isinstance(messages, MessagesView)
    hands.until(lambda: hands.find(QComboBox, "segment").currentText() == "Lapsed", "segment")
    hands.write(hands.find(QPlainTextEdit, "whyNow"), "They have been quiet for a season.")
    hands.write(hands.find(QPlainTextEdit, "what"), "One friendly reminder, no discount.")
    hands.write(hands.find(VariableEdit, "text"), "We miss you. Here is what is new.")
    kinds = messages.composer.bubbles.offer().actions()
    next(kind for kind in kinds if kind.data() is OptOutBubble).trigger()
    hands.press("checkAndSend")
    hands.until(lambda: messages.pages.currentWidget() is messages.gate, "gate")
    hands.until(lambda: messages.gate.findChild(QWidget, "check_brief"), "checks")
    for tick in messages.gate.findChildren(QCheckBox):
        tick.setChecked(True)
    hands.until(lambda: messages.gate.confirm.typed.isEnabled(), "confirm")
    recipients = len(members) - len(members) // 10
    asked = re.sub(r"<[^>]*>", "", hands.find(QLabel, "question").text())
    assert f"{recipients:,}" in asked
    hands.write(hands.find(QLineEdit, "typed"), str(recipients))
    hands.press("send")
    hands.press("openResults")
    hands.calm()

    assert hands.window.place.page is Page.RESULTS
    with shop.read() as session:
        counted = session.execute(select(Delivery.state, func.count()).group_by(Delivery.state))
        states = {state: count for state, count in counted}
    assert states == {DeliveryState.ACCEPTED: recipients, DeliveryState.KEPT_BACK: len(members) - recipients}
    assert sorted(world.copies.values()) == [1] * recipients
