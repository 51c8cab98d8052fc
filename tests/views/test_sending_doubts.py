"""What a person decides on the page of a send: an older copy of the shop, and messages in doubt."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.practice import PracticeWorld
from linecrm_desktop.models.campaign import Campaign, CampaignState, Chunk, ChunkState, Delivery, DeliveryState
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages.view import MessagesView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.messages_view import messages_shown
from tests.views.serum_shop import SerumShop, serum_shop
from tests.views.settling import WAIT, settle
from tests.views.test_sending import label, press, send, to_the_gate, waits_for

ELSEWHERE = (
    "This send was begun on another computer and may have gone on there. "
    "Up to 55 friends who wait here may have got it. "
    "Look at what LINE counts for today first. Stop this send, or go on all the same."
)


@pytest.fixture
def world() -> PracticeWorld:
    return PracticeWorld(limit=6000, used=6000)


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    return serum_shop(database, make)


@pytest.fixture
def view(desk: Desk, world: PracticeWorld, shop: SerumShop, qtbot: QtBot) -> Iterator[MessagesView]:
    desk.line = LineDoor(None, world)
    with messages_shown(desk, qtbot) as shown:
        yield shown
        world.hurry.set()


def begun_elsewhere(
    view: MessagesView, shop: SerumShop, world: PracticeWorld, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    """Pause a send at once, as if another computer had begun it, and try to go on."""
    world.used = 3412
    to_the_gate(view, shop, qtbot)
    qtbot.keyClicks(view.gate.confirm.typed, "55")
    kept, world.token = world.token, "another-token"
    press(view, "send", qtbot)
    qtbot.waitUntil(lambda: view.pages.currentWidget() is view.sending)
    waits_for(view, "Paused", qtbot)
    world.token = kept
    settle(desk, qtbot)
    with database.write() as session:
        session.execute(update(Campaign).values(computer="another"))
    press(view, "goOn", qtbot)
    qtbot.waitUntil(lambda: view.sending.banner.words.text() == ELSEWHERE, timeout=WAIT)


@pytest.mark.files
def test_an_older_copy_says_what_is_known_and_sends_nothing_when_the_person_says_no(
    view: MessagesView,
    shop: SerumShop,
    world: PracticeWorld,
    desk: Desk,
    database: Database,
    dialogs: RecordingDialogs,
    qtbot: QtBot,
) -> None:
    begun_elsewhere(view, shop, world, desk, database, qtbot)
    dialogs.yes = False
    press(view, "goOn", qtbot)
    assert dialogs.asked == [("Go on with an older copy", ELSEWHERE, "Go on all the same")]
    settle(desk, qtbot)
    assert world.copies == {}


@pytest.mark.files
def test_an_older_copy_goes_on_when_a_person_has_read_the_facts(
    view: MessagesView,
    shop: SerumShop,
    world: PracticeWorld,
    desk: Desk,
    database: Database,
    dialogs: RecordingDialogs,
    qtbot: QtBot,
) -> None:
    begun_elsewhere(view, shop, world, desk, database, qtbot)
    press(view, "goOn", qtbot)
    waits_for(view, "Sent", qtbot)
    assert sorted(world.copies.values()) == [1] * 55


def put_in_doubt(
    view: MessagesView, shop: SerumShop, world: PracticeWorld, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    """Send, and then let the answer for two friends be lost for more than a day."""
    world.used = 3412
    send(view, shop, qtbot)
    waits_for(view, "Sent", qtbot)
    settle(desk, qtbot)
    with database.write() as session:
        two = Delivery.chunk.in_((3, 4))
        session.execute(update(Chunk).where(Chunk.number.in_((3, 4))).values(state=ChunkState.IN_DOUBT))
        session.execute(update(Delivery).where(two).values(state=DeliveryState.IN_DOUBT, why="no_answer"))
        assert session.get_one(Campaign, 1).state is CampaignState.DONE
    view.sending.open(1)
    found = view.sending.findChild(QLabel, "doubtTitle")
    assert found is not None
    qtbot.waitUntil(found.isVisible, timeout=WAIT)
    assert found.text() == "Nobody can tell whether 2 friends got it."


def test_messages_in_doubt_are_left_by_one_press(
    view: MessagesView, shop: SerumShop, world: PracticeWorld, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    put_in_doubt(view, shop, world, desk, database, qtbot)
    press(view, "doubtLeave", qtbot)
    qtbot.waitUntil(lambda: not view.sending.doubt.isVisible(), timeout=WAIT)
    assert label(view, "notSent") == "2"
    assert sorted(world.copies.values()) == [1] * 55


def test_messages_in_doubt_go_again_only_after_a_question(
    view: MessagesView,
    shop: SerumShop,
    world: PracticeWorld,
    desk: Desk,
    database: Database,
    dialogs: RecordingDialogs,
    qtbot: QtBot,
) -> None:
    put_in_doubt(view, shop, world, desk, database, qtbot)
    dialogs.yes = False
    press(view, "doubtAgain", qtbot)
    assert dialogs.asked[-1] == ("Send again", "2 friends may get it twice. Send it again?", "Send again")
    assert sorted(world.copies.values()) == [1] * 55
    dialogs.yes = True
    press(view, "doubtAgain", qtbot)
    qtbot.waitUntil(lambda: sorted(world.copies.values()) == [1] * 53 + [2] * 2, timeout=WAIT)
    waits_for(view, "Sent", qtbot)
    qtbot.waitUntil(lambda: not view.sending.doubt.isVisible(), timeout=WAIT)
