"""A brief that was used before is taken over with one press, with how its message went in front of one's eyes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import delete

from linecrm_desktop.messages import library
from linecrm_desktop.messages.brief import Brief, Metric, to_json
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.campaign import Campaign, CampaignState, DeliveryState
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages.beginning.brief_dialog import BriefDialog
from linecrm_desktop.views.messages.view import MessagesView
from tests.maker import Maker
from tests.views.serum_shop import SerumShop, serum_shop
from tests.views.settling import settle


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    """A shop in which an earlier send reached forty friends, of whom three ordered; five were kept back."""
    made = serum_shop(database, make)
    brief = Brief(made.segment, "They bought a cream in May.", "Tell them of the refill.", Metric.ORDERS, 3, 5, 10)
    with database.write() as session:
        campaign = make.campaign(
            session,
            name="Cream in June",
            state=CampaignState.DONE,
            brief=to_json(brief),
            created_at=make.ago(10),
            started_at=make.ago(10),
            segment_name="Serum buyers",
        )
        for place, friend in enumerate(made.friends[:45]):
            state = DeliveryState.ACCEPTED if place < 40 else DeliveryState.KEPT_BACK
            make.delivery(session, campaign, friend, state)
        for friend in made.friends[:3]:
            make.order(session, friend, days_ago=9)
        session.get_one(Segment, made.segment).created_at = make.ago(30)
    return made


@pytest.fixture
def view(desk: Desk, shop: SerumShop, qtbot: QtBot) -> Iterator[MessagesView]:
    shown = MessagesView(desk)
    qtbot.addWidget(shown)
    shown.resize(1240, 800)
    shown.show()
    desk.jobs.changed.connect(shown.reload)
    shown.composer.open(MessageDraft("New one"), None)
    shown.pages.setCurrentWidget(shown.composer)
    settle(desk, qtbot)
    yield shown
    settle(desk, qtbot)


def ask(view: MessagesView, desk: Desk, qtbot: QtBot) -> BriefDialog:
    qtbot.mouseClick(view.composer.brief.earlier, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    (dialog,) = [one for one in view.findChildren(BriefDialog) if one.isVisible()]
    return dialog


def told(dialog: BriefDialog, name: str) -> str:
    found = dialog.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_briefs_are_shown_with_their_answers_and_how_it_went(view: MessagesView, desk: Desk, qtbot: QtBot) -> None:
    dialog = ask(view, desk, qtbot)
    rows = dialog.list.rows
    assert [rows.item(row).text() for row in range(rows.count())] == ["Serum refill", "Cream in June"]
    assert told(dialog, "howItWent") == "Not sent yet"
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_Down)
    settle(desk, qtbot)
    assert told(dialog, "answer1") == "Serum buyers"
    assert told(dialog, "answer2") == "They bought a cream in May."
    assert told(dialog, "answer4") == "Orders within 3 days · good if at least 5%"
    assert told(dialog, "howItWent").splitlines()[:2] == [
        "3 of 40 ordered against 0 of 5 kept back.",
        "7.5%: as good as was wanted.",
    ]


def test_a_brief_is_taken_over_and_undone_in_one_step(
    view: MessagesView, desk: Desk, shop: SerumShop, qtbot: QtBot
) -> None:
    dialog = ask(view, desk, qtbot)
    qtbot.keyClicks(dialog.list.search, "cream june")
    settle(desk, qtbot)
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert view.composer.draft.brief.why_now == "They bought a cream in May."
    assert view.composer.draft.brief.metric_days == 3 and view.composer.draft.name == "New one"
    reach = view.composer.findChild(QLabel, "reach")
    assert reach is not None and reach.text().endswith("can be reached") and reach.text() != "0 can be reached"
    view.composer.undo.undo()
    assert view.composer.draft.brief == Brief()


def test_the_moment_of_this_message_stays(view: MessagesView, desk: Desk, make: Maker, qtbot: QtBot) -> None:
    moment = make.ago(-1)
    view.composer.open(MessageDraft("New one").with_brief(send_at=moment), None)
    dialog = ask(view, desk, qtbot)
    use = dialog.findChild(QPushButton, "useBrief")
    assert use is not None
    qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    assert view.composer.draft.brief.send_at == moment
    assert view.composer.draft.brief.segment_id is not None


def test_a_shop_without_briefs_is_told_so(
    view: MessagesView, desk: Desk, shop: SerumShop, database: Database, qtbot: QtBot
) -> None:
    with database.write() as session:
        session.execute(delete(Campaign))
        library.delete(session, shop.message)
    dialog = ask(view, desk, qtbot)
    assert told(dialog, "noBrief").startswith("No brief has all four answers yet.")
    assert not dialog.use.isEnabled()
