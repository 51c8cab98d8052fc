from linecrm_desktop.line.pictures import ORIGINAL_BYTES, PREVIEW_BYTES, TEMPLATE_WIDTH
from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages.actions import OpenLink
from linecrm_desktop.messages.pictures import addresses, limits


def test_a_picture_without_a_smaller_one_has_to_be_small_itself() -> None:
    alone, both = b.ImageBubble("https://a"), b.ImageBubble("https://a", "https://b")
    assert limits(alone, "address").most == PREVIEW_BYTES
    assert limits(both, "address").most == ORIGINAL_BYTES
    assert limits(both, "preview").most == PREVIEW_BYTES


def test_a_picture_that_can_be_tapped_leaves_as_a_card() -> None:
    tapped = b.ImageBubble("https://a", tap=OpenLink("x", "https://x"))
    assert (limits(tapped, "address").most, limits(tapped, "address").width) == (ORIGINAL_BYTES, TEMPLATE_WIDTH)


def test_pictures_of_cards_have_a_width_and_rich_ones_an_ending() -> None:
    assert limits(b.Card(), "image").width == TEMPLATE_WIDTH
    assert limits(b.RichImageBubble(), "address").ending == "/1040"


def test_every_picture_of_a_message_is_named_once_and_no_film_or_link() -> None:
    message = (
        b.ImageBubble("https://a", "https://b"),
        b.VideoBubble("https://film.mp4", "https://c"),
        b.RichImageBubble("https://rich"),
        b.CarouselBubble((b.Card("https://a", actions=(OpenLink("x", "https://link"),)), b.Card(""))),
        b.ProductBubble((b.Product("https://d"),)),
    )
    assert addresses(message) == ["https://a", "https://b", "https://c", "https://rich/1040", "https://d"]
