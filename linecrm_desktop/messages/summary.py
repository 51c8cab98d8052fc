"""What a bubble is called, and what a person reads of it, in a few lines: for the command line and read-only cards."""

from linecrm_desktop.messages.bubbles import Bubble
from linecrm_desktop.messages.codec import kind_of
from linecrm_desktop.messages.fields import addresses, words
from linecrm_desktop.text import N_, _

_NAMES = {
    "text": N_("Text"),
    "image": N_("Picture"),
    "rich_image": N_("Rich message"),
    "buttons": N_("Buttons"),
    "confirm": N_("Question with two buttons"),
    "carousel": N_("Card carousel"),
    "product": N_("Product card"),
    "coupon": N_("Coupon"),
    "tips": N_("Tips"),
    "comparison": N_("Comparison"),
    "flex": N_("Card as JSON"),
    "line_coupon": N_("Coupon made in LINE"),
    "video": N_("Video"),
    "sticker": N_("Sticker"),
    "opt_out": N_("How to stop"),
    "quick_replies": N_("Quick replies"),
}


def kind_name(bubble: Bubble) -> str:
    """Return what this kind of bubble is called."""
    return _(_NAMES[kind_of(bubble)])


def lines(bubble: Bubble) -> list[str]:
    """Return the texts and addresses that stand in a bubble, each once; at least its kind."""
    found = [told.text for told in words(bubble)] + [told.address for told in addresses(bubble)]
    return list(dict.fromkeys(text for text in found if text)) or [kind_name(bubble)]
