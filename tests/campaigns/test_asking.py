"""What LINE and the links say of a message before it leaves."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from linecrm_desktop.campaigns import asking
from linecrm_desktop.campaigns.asking import Outside
from linecrm_desktop.campaigns.gate import Tone
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.line.gateway import Account, Complaint
from linecrm_desktop.line.link_answers import LinkAnswer, LinkKind
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.line.web import Web
from linecrm_desktop.messages import blocks, library, objections
from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages.actions import OpenLink
from linecrm_desktop.models.shop import Shop
from tests.campaigns.shopkeeper import Shopkeeper, nowhere
from tests.campaigns.test_gate import check

LINK = "https://shop.example/serum"


def answers(kind: LinkKind, status: int = 200) -> Callable[[Outside], Outside]:
    return lambda found: replace(found, links={LINK: LinkAnswer(kind, status)})


@pytest.mark.parametrize(
    ("kind", "status", "tone", "words"),
    [
        (LinkKind.ANSWERS, 200, Tone.PASSED, "every link answers, and LINE itself would take the message."),
        (LinkKind.ERROR, 404, Tone.WARNING, f"1 link answers with an error: {LINK} (404)."),
        (LinkKind.SILENT, 0, Tone.BLOCKED, f"This link does not answer: {LINK}"),
        (
            LinkKind.INSIDE,
            0,
            Tone.BLOCKED,
            f"This link leads into your own network, where no friend can open it: {LINK}",
        ),
        (LinkKind.UNASKED, 0, Tone.UNCHECKED, "Not checked: whether its 1 link answers."),
    ],
)
def test_what_a_link_answers_decides(
    shop: Shopkeeper, line: SdkLine, kind: LinkKind, status: int, tone: Tone, words: str
) -> None:
    shop.friends(60)
    message = shop.message(f"See {LINK}")
    outside = asking.ask(line, Web(nowhere), shop.look(message).questions)
    report = shop.look(message, outside=answers(kind, status)(outside))
    found = check(report, "content")
    assert (found.tone, found.sentence.endswith(words)) == (tone, True), found.sentence
    assert (found.variant, found.bubble) == (0, 0 if tone is Tone.BLOCKED else None)


def test_what_was_not_asked_stops_nothing_and_is_not_called_good(shop: Shopkeeper) -> None:
    shop.friends(60)
    report = shop.look(shop.message(f"See {LINK}", keep_back=10))
    found = check(report, "content")
    assert found.tone is Tone.UNCHECKED
    assert found.sentence == (
        "Nothing wrong was found. Not checked: whether LINE would take the message, and whether its 1 link answers."
    )
    assert report.can_send(set())


def test_a_message_that_changed_since_is_unknown_again(shop: Shopkeeper, line: SdkLine) -> None:
    shop.friends(60)
    message = shop.message()
    outside = asking.ask(line, Web(nowhere), shop.look(message).questions)
    assert check(shop.look(message, outside=outside), "content").tone is Tone.PASSED
    with shop.database.write() as session:
        draft = library.load(session, message)
        library.save(session, draft.with_bubble(0, b.TextBubble("Other words")), shop.clock(), message)
    assert check(shop.look(message, outside=outside), "content").tone is Tone.UNCHECKED


def test_line_is_asked_about_each_variant_as_it_will_leave(shop: Shopkeeper) -> None:
    shop.friends(60)
    with shop.database.write() as session:
        draft = shop.draft("Hi {name|you}").with_variant()
        draft = draft.with_bubble(0, b.TextBubble("Refill is here"), 1)
        message = library.save(session, draft, shop.clock())
    shapes = shop.look(message).questions.shapes
    assert [(one.variant, isinstance(one.body["to"], list)) for one in shapes] == [(0, False), (0, False), (1, True)]
    assert [one.body["messages"][0]["text"] for one in shapes] == ["Hi you", "Hi Friend 10", "Refill is here"]


def test_the_practice_line_hears_the_endpoint_that_will_be_used(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, server: PracticeServer
) -> None:
    shop.friends(60)
    report = shop.ask(shop.message(), line)
    assert (report.account and report.account.name, check(report, "content").tone) == ("Practice", Tone.PASSED)


def test_a_line_that_refuses_says_where(shop: Shopkeeper) -> None:
    shop.friends(60)
    message = shop.message()
    (shape,) = shop.look(message).questions.shapes
    outside = Outside(said={shape.key: (Complaint("messages[0].text", "Length must be between 0 and 5000"),)})
    found = check(shop.look(message, outside=outside), "content")
    assert found.sentence == "LINE would not take “Text” in bubble 1: 5,000 is the most it takes there."
    assert (found.tone, found.fix, found.bubble) == (Tone.BLOCKED, "Open the bubble", 0)
    with shop.database.write() as session, pytest.raises(ShopError, match="LINE would not take"):
        freeze(shop, session, message, outside)


def freeze(shop: Shopkeeper, session: object, message: int, outside: Outside) -> None:
    from linecrm_desktop.campaigns import freezing
    from tests.campaigns.shopkeeper import AMBER

    freezing.freeze(session, message, 60, shop.day, shop.clock(), AMBER, None, outside=outside)  # pyright: ignore[reportArgumentType]


def test_a_token_of_another_account_blocks(shop: Shopkeeper) -> None:
    shop.friends(60)
    with shop.database.write() as session:
        row = session.get_one(Shop, 1)
        row.is_practice, row.line_account = False, {"name": "Morning Mist", "user_id": "Umine", "basic_id": "@mine"}
    message = shop.message()
    other = Outside(account=Account("Uother", "@other", "Evening Fog"))
    found = check(shop.look(message, outside=other), "account")
    assert found.tone is Tone.BLOCKED
    assert found.sentence == "The token belongs to “Evening Fog”, and this shop is connected to “Morning Mist”."
    own = Outside(account=Account("Umine", "@mine", "Morning Mist"))
    assert "account" not in [one.key for one in shop.look(message, outside=own).checks]


def test_a_line_that_cannot_be_reached_is_said_by_an_error(shop: Shopkeeper, server: PracticeServer) -> None:
    shop.friends(60)
    message = shop.message()
    server.stop()
    with pytest.raises(OutsideError):
        shop.ask(message, SdkLine(server.host, "practice-token", (0.2, 0.2)))


BUBBLES = (
    b.OptOutBubble("Write stop"),
    b.ButtonsBubble("Text", actions=(OpenLink("Go", LINK),)),
    b.QuickReplies((OpenLink("More", LINK),)),
    b.TextBubble("Hi"),
)


@pytest.mark.parametrize(
    ("path", "said", "bubble", "words"),
    [
        (
            "messages[0].template.actions[0].uri",
            "invalid uri scheme",
            1,
            "in bubble 2: it is no address that LINE opens.",
        ),
        ("messages[1].text", "May not be empty", 3, "“Text” in bubble 4: it is empty."),
        ("messages[2].text", "May not be empty", 0, "“Text” in bubble 1: it is empty."),
        ("messages[2].quickReply.items[0].action.label", "Length must be between 0 and 20", 2, "20 is the most"),
        ("messages[0].template.thumbnailImageUrl", "is odd", 1, "“Picture” in bubble 2. It says: “is odd”"),
        ("messages[0].template", "is odd", 1, "LINE would not take bubble 2. It says: “is odd”"),
        ("messages[9].text", "is odd", None, "LINE would not take this message. It says: “is odd”"),
        ("", "is odd", None, "LINE would not take this message. It says: “is odd”"),
    ],
)
def test_lines_place_is_the_bubble_on_the_screen(path: str, said: str, bubble: int | None, words: str) -> None:
    found = objections.problem(Complaint(path, said), BUBBLES, 1)
    assert (found.bubble, found.variant) == (bubble, 1)
    assert words in found.sentence


def test_links_of_quick_replies_and_the_size_of_a_rich_image_are_asked(shop: Shopkeeper) -> None:
    shop.friends(60)
    rich = b.RichImageBubble("https://img.example/rich", "Look", 1040, (b.Area(action=OpenLink("", LINK + "/a")),))
    with shop.database.write() as session:
        draft = shop.draft(f"See {LINK}.").with_added(rich).with_added(b.QuickReplies((OpenLink("Q", LINK + "/q"),)))
        message = library.save(session, draft, shop.clock())
    assert shop.look(message).questions.links == (
        (LINK, 0, 0),
        ("https://img.example/rich/1040", 0, 1),
        (LINK + "/a", 0, 1),
        (LINK + "/q", 0, 2),
    )
    assert blocks.to_line(draft.bubbles, {})
