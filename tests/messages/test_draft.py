from linecrm_desktop.messages import fields
from linecrm_desktop.messages.blocks import TextBubble
from linecrm_desktop.messages.draft import MessageDraft


def three() -> MessageDraft:
    return MessageDraft("November", bubbles=(TextBubble("a"), TextBubble("b"), TextBubble("c")))


def texts(draft: MessageDraft) -> str:
    return "".join(words.text for bubble in draft.bubbles for words in fields.words(bubble))


def test_bubbles_move_and_stay_inside_the_message() -> None:
    assert texts(three().moved(0, 2)) == "bca"
    assert texts(three().moved(2, 1)) == "acb"
    assert texts(three().moved(0, -1)) == "abc"
    assert texts(three().moved(2, 3)) == "abc"


def test_a_copy_of_a_bubble_stands_after_it() -> None:
    assert texts(three().with_duplicate(1)) == "abbc"


def test_a_sixth_bubble_is_not_added() -> None:
    five = three().with_duplicate(0).with_duplicate(0)
    assert texts(five.with_added(TextBubble("x"))) == "aaabc"
    assert texts(five.with_duplicate(0)) == "aaabc"


def test_a_variable_without_a_fallback_is_a_problem_of_its_bubble() -> None:
    draft = three().with_bubble(1, TextBubble("Hi {name}"))
    assert [problem.bubble for problem in draft.problems()] == [1]


def test_a_new_draft_is_blank_until_something_is_written() -> None:
    assert MessageDraft("November").is_blank
    assert not MessageDraft().with_brief(why_now="x").is_blank
