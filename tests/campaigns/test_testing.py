"""Testers and tests: who gets one, what is kept of it, and when the gate asks for another."""

import pytest
from sqlalchemy import delete, select

from linecrm_desktop.campaigns import testing
from linecrm_desktop.campaigns.gate import Tone
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.practice_world import Fault, PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.messages import library
from linecrm_desktop.messages.blocks import TextBubble
from linecrm_desktop.models import tester
from linecrm_desktop.models.friend import Answer
from tests.campaigns.shopkeeper import Shopkeeper
from tests.campaigns.test_gate import check

MEI, TINA = "U" + "a" * 32, "U" + "b" * 32


def fresh(shop: Shopkeeper, *ids: str, text: str = "Hi {name|there}") -> int:
    """A message that nobody has tested, in a shop with these testers."""
    message = shop.message(text)
    with shop.database.write() as session:
        session.execute(delete(tester.SentTest))
        session.execute(delete(tester.Tester))
        for number, user in enumerate(ids):
            testing.add_tester(session, f"Tester {number}", user, shop.clock())
    return message


def kept(shop: Shopkeeper) -> list[tester.SentTest]:
    with shop.database.read() as session:
        rows = list(session.scalars(select(tester.SentTest).order_by(tester.SentTest.id)))
        session.expunge_all()
        return rows


def test_every_tester_gets_the_message_with_its_label(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    shop.friends(60)
    message = fresh(shop, MEI, TINA)
    answers = testing.send_test(shop.database, message, line, shop.clock)
    assert [(one.name, one.accepted) for one in answers] == [("Tester 0", True), ("Tester 1", True)]
    assert world.copies == {MEI: 1, TINA: 1}
    rows = kept(shop)
    assert [row.body["messages"] for row in rows] == [[{"type": "text", "text": "[Test] Hi there"}]] * 2
    assert [(row.state, row.at, bool(row.request_id)) for row in rows] == [("accepted", shop.clock(), True)] * 2


def test_a_test_can_be_filled_in_as_for_a_friend_and_go_to_some(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    (mei,) = shop.friends(1, name="Mei")
    message = fresh(shop, MEI, TINA)
    with shop.database.read() as session:
        first = testing.testers(session)[0].id
    testing.send_test(shop.database, message, line, shop.clock, [first], mei)
    assert world.copies == {MEI: 1}
    assert kept(shop)[0].body["messages"][0]["text"] == "[Test] Hi Mei"


def test_the_gate_asks_for_a_test_of_this_very_version(shop: Shopkeeper, line: SdkLine) -> None:
    shop.friends(60)
    message = fresh(shop, MEI)
    never = check(shop.look(message), "tested")
    assert (never.tone, never.sentence, never.fix) == (
        Tone.BLOCKED,
        "It has never been sent as a test.",
        "Send a test",
    )
    testing.send_test(shop.database, message, line, shop.clock)
    read = check(shop.look(message), "tested")
    assert (read.tone, read.sentence) == (Tone.PASSED, "1 tester got this version: Today 10:31.")
    with shop.database.write() as session:
        draft = library.load(session, message)
        library.save(session, draft.with_brief(keep_back=10), shop.clock(), message)
    assert check(shop.look(message), "tested").tone is Tone.PASSED
    with shop.database.write() as session:
        library.save(session, draft.with_bubble(0, TextBubble("Hello")), shop.clock(), message)
    changed = check(shop.look(message), "tested")
    assert (changed.tone, changed.sentence) == (Tone.BLOCKED, "It was changed after the test.")


def test_a_shop_without_testers_is_warned_and_not_locked_out(shop: Shopkeeper) -> None:
    shop.friends(60)
    found = check(shop.look(fresh(shop)), "tested")
    assert (found.tone, found.fix) == (Tone.WARNING, "Add a tester")


def test_a_test_that_line_did_not_take_is_no_test(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    shop.friends(60)
    message = fresh(shop, MEI)
    world.faults.append(Fault.ERROR_BEFORE)
    (answer,) = testing.send_test(shop.database, message, line, shop.clock)
    assert not answer.accepted
    assert check(shop.look(message), "tested").tone is Tone.BLOCKED


def test_without_a_brief_or_testers_nothing_is_sent(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    with pytest.raises(ShopError, match="no tester"):
        testing.send_test(shop.database, fresh(shop), line, shop.clock)
    message = fresh(shop, MEI)
    with shop.database.write() as session:
        library.answer(session, message, shop.clock(), what="")
    with pytest.raises(ShopError, match="no brief"):
        testing.send_test(shop.database, message, line, shop.clock)
    assert (world.copies, kept(shop)) == ({}, [])


@pytest.mark.parametrize("wrong", ["", "Mei", "U123", "U" + "A" * 32, "u" + "a" * 32, "U" + "a" * 33, MEI + "\n" + MEI])
def test_a_testers_id_must_be_one_of_line(shop: Shopkeeper, wrong: str) -> None:
    with shop.database.write() as session, pytest.raises(ShopError, match="no LINE user ID"):
        testing.add_tester(session, "Mei", wrong, shop.clock())


def test_an_id_is_added_once_and_can_be_removed(shop: Shopkeeper) -> None:
    with shop.database.write() as session:
        number = testing.add_tester(session, "Mei", f" {MEI} ", shop.clock())
        with pytest.raises(ShopError, match="Mei has this LINE user ID already"):
            testing.add_tester(session, "Tina", MEI, shop.clock())
        assert testing.remove_tester(session, number) == testing.TesterRow(number, "Mei", MEI)
        assert testing.testers(session) == []


def test_a_first_message_must_tell_how_to_stop(shop: Shopkeeper) -> None:
    shop.friends(58)
    assert not any(found.key == "first_contact" for found in shop.look(shop.message()).checks)
    shop.friends(2, can_opt_out=Answer.UNKNOWN)
    found = check(shop.look(shop.message()), "first_contact")
    assert found.sentence == "2 friends were never told how to stop, and this message does not tell it."
    assert found.tone is Tone.BLOCKED


def test_an_earlier_message_that_told_it_is_enough(shop: Shopkeeper) -> None:
    (mei, tina) = shop.friends(2, can_opt_out=Answer.UNKNOWN)
    with shop.database.write() as session:
        told = shop.make.campaign(session, bubbles=[{"kind": "opt_out", "text": "Write STOP"}])
        shop.make.delivery(session, told, mei)
        silent = shop.make.campaign(session, bubbles=[{"kind": "text", "text": "Hi"}])
        shop.make.delivery(session, silent, tina)
    found = check(shop.look(shop.message()), "first_contact")
    assert found.sentence == "1 friend was never told how to stop, and this message does not tell it."
