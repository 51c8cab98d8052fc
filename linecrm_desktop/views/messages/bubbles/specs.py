"""What a person fills in for each kind of bubble, in the order of the form; the values are the fields of the bubble."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from linecrm_desktop.messages import actions as a
from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.text import LANGUAGES, N_


class Ask(Enum):
    """How one value is asked for."""

    WORDS = auto()
    """One line that a friend reads; variables may stand in it."""
    LONG_WORDS = auto()
    ADDRESS = auto()
    PICTURE = auto()
    """The address of a picture, which is looked at."""
    COUPON = auto()
    """A coupon of the LINE account."""
    PLAIN = auto()
    """One line for a machine: an id."""
    SOURCE = auto()
    NUMBER = auto()
    TICK = auto()
    DAY = auto()
    CHOICE = auto()
    ACTION = auto()
    PARTS = auto()


@dataclass(frozen=True, slots=True)
class Spec:
    """One row of a form."""

    name: str
    """The field of the bubble."""
    label: str
    ask: Ask
    note: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Of a CHOICE: value and words."""
    can_lack: bool = False
    """An ACTION that may be left out."""
    make: Callable[[], Any] | None = None
    """Of PARTS: makes a new one."""
    most: int = 0
    """Of PARTS: how many LINE takes; of a NUMBER: the largest."""
    is_half: bool = False
    """Two such rows stand side by side."""
    one: str = ""
    """Of PARTS: what one is called, with {n} for its place."""


_ALT = Spec("alt", N_("Alt text"), Ask.WORDS, N_("Read in the list of chats and by screen readers."))
_PICTURE = N_("Address of the picture (https)")
_NO_UPLOAD = N_("Tagwell uploads nothing: put the picture on your shop’s pages first, then paste its address.")
_TAP = Spec("action", N_("Button"), Ask.ACTION, can_lack=True)


def _buttons(most: int) -> Spec:
    return Spec("actions", N_("Buttons"), Ask.PARTS, make=a.OpenLink, most=most, one=N_("Button {n}"))


FORMS: dict[type[Any], tuple[Spec, ...]] = {
    b.ImageBubble: (
        Spec("address", _PICTURE, Ask.PICTURE, _NO_UPLOAD),
        Spec(
            "preview",
            N_("Smaller picture for the chat (https)"),
            Ask.PICTURE,
            N_("Needed when the picture is over 1 MB."),
        ),
        Spec("tap", N_("When it is tapped"), Ask.ACTION, can_lack=True),
        Spec("shape", N_("Width to height of a picture that can be tapped"), Ask.PLAIN),
        _ALT,
    ),
    b.RichImageBubble: (
        Spec("address", _PICTURE, Ask.PICTURE, N_("LINE adds /240 to /1040 for the size that a phone needs.")),
        Spec("height", N_("Height, the width being 1,040"), Ask.NUMBER, most=2080),
        Spec("areas", N_("Areas to tap"), Ask.PARTS, make=b.Area, most=50, one=N_("Area {n}")),
        _ALT,
    ),
    b.Area: (
        Spec("action", N_("When it is tapped"), Ask.ACTION),
        Spec("x", N_("From the left"), Ask.NUMBER, most=1040, is_half=True),
        Spec("y", N_("From the top"), Ask.NUMBER, most=2080, is_half=True),
        Spec("width", N_("Width"), Ask.NUMBER, most=1040, is_half=True),
        Spec("height", N_("Height"), Ask.NUMBER, most=2080, is_half=True),
    ),
    b.ButtonsBubble: (
        Spec("title", N_("Title"), Ask.WORDS),
        Spec("text", N_("Text"), Ask.LONG_WORDS),
        Spec("image", _PICTURE, Ask.PICTURE),
        _buttons(4),
        _ALT,
    ),
    b.ConfirmBubble: (
        Spec("text", N_("Question"), Ask.LONG_WORDS),
        Spec("yes", N_("Left button"), Ask.ACTION, is_half=True),
        Spec("no", N_("Right button"), Ask.ACTION, is_half=True),
        _ALT,
    ),
    b.CarouselBubble: (
        Spec("cards", N_("Cards"), Ask.PARTS, make=b.Card, most=10, one=N_("Card {n}")),
        _ALT,
    ),
    b.Card: (
        Spec("image", _PICTURE, Ask.PICTURE),
        Spec("title", N_("Title"), Ask.WORDS),
        Spec("text", N_("Price or text"), Ask.WORDS),
        _buttons(3),
    ),
    b.ProductBubble: (
        Spec("products", N_("Products"), Ask.PARTS, make=b.Product, most=12, one=N_("Product {n}")),
        _ALT,
    ),
    b.Product: (
        Spec("image", _PICTURE, Ask.PICTURE),
        Spec("title", N_("Title"), Ask.WORDS),
        Spec("text", N_("Text"), Ask.WORDS),
        Spec("price", N_("Price"), Ask.WORDS, is_half=True),
        Spec("price_before", N_("Price before, struck through"), Ask.WORDS, is_half=True),
        _TAP,
    ),
    b.CouponBubble: (
        Spec("value", N_("What it gives"), Ask.WORDS, is_half=True),
        Spec("name", N_("Name of the coupon"), Ask.WORDS, is_half=True),
        Spec("text", N_("Text"), Ask.LONG_WORDS),
        Spec("code", N_("Code"), Ask.WORDS, is_half=True),
        Spec("until", N_("Valid until"), Ask.DAY, is_half=True),
        Spec("is_once", N_("Once per friend"), Ask.TICK, N_("The card says so; your shop’s system has to see to it.")),
        Spec("language", N_("Language of the card’s own words"), Ask.CHOICE, choices=tuple(LANGUAGES.items())),
        _TAP,
        _ALT,
    ),
    b.TipsBubble: (
        Spec("title", N_("Title"), Ask.WORDS),
        Spec("text", N_("Text"), Ask.LONG_WORDS),
        Spec("lines", N_("Tips"), Ask.PARTS, make=b.TipLine, most=20, one=N_("Tip {n}")),
        _TAP,
        _ALT,
    ),
    b.TipLine: (
        Spec("name", N_("What it is about"), Ask.WORDS, is_half=True),
        Spec("text", N_("Tip"), Ask.WORDS, is_half=True),
    ),
    b.ComparisonBubble: (
        Spec("title", N_("Title"), Ask.WORDS),
        Spec("left", N_("Left"), Ask.WORDS, is_half=True),
        Spec("right", N_("Right"), Ask.WORDS, is_half=True),
        Spec("lines", N_("Lines"), Ask.PARTS, make=b.Contrast, most=20, one=N_("Line {n}")),
        _TAP,
        _ALT,
    ),
    b.Contrast: (
        Spec("name", N_("What it is about"), Ask.WORDS),
        Spec("left", N_("Left"), Ask.WORDS, is_half=True),
        Spec("right", N_("Right"), Ask.WORDS, is_half=True),
    ),
    b.FlexBubble: (Spec("source", N_("JSON of the card"), Ask.SOURCE), _ALT),
    b.LineCouponBubble: (
        Spec(
            "coupon_id",
            N_("Coupon of your LINE account"),
            Ask.COUPON,
            N_("Coupons are made in LINE Official Account Manager. For a code of your own, add the bubble “Coupon”."),
        ),
    ),
    b.VideoBubble: (
        Spec("address", N_("Address of the film (https, mp4)"), Ask.ADDRESS),
        Spec("preview", N_("Picture until it plays (https)"), Ask.PICTURE),
    ),
    b.StickerBubble: (
        Spec("package_id", N_("Package ID"), Ask.PLAIN, N_("LINE’s list of stickers names both."), is_half=True),
        Spec("sticker_id", N_("Sticker ID"), Ask.PLAIN, is_half=True),
    ),
    b.QuickReplies: (Spec("replies", N_("Replies"), Ask.PARTS, make=a.SendWords, most=13, one=N_("Reply {n}")),),
    a.OpenLink: (Spec("label", N_("Label"), Ask.WORDS), Spec("address", N_("Address"), Ask.ADDRESS)),
    a.SendWords: (Spec("label", N_("Label"), Ask.WORDS), Spec("words", N_("Words that are sent"), Ask.WORDS)),
    a.CopyText: (Spec("label", N_("Label"), Ask.WORDS), Spec("text", N_("Text that is copied"), Ask.WORDS)),
}

ICONS: dict[type[Any], str] = {
    b.TextBubble: "text-aa",
    b.ImageBubble: "image",
    b.CarouselBubble: "cards",
    b.ProductBubble: "bag",
    b.CouponBubble: "ticket",
    b.LineCouponBubble: "ticket",
    b.TipsBubble: "list-bullets",
    b.ComparisonBubble: "columns",
    b.ButtonsBubble: "rows",
    b.ConfirmBubble: "question",
    b.RichImageBubble: "frame-corners",
    b.VideoBubble: "play-circle",
    b.StickerBubble: "smiley-sticker",
    b.FlexBubble: "brackets-curly",
    b.OptOutBubble: "hand-palm",
    b.QuickReplies: "chat-dots",
}
"""The icon of each kind, in the order of the menu."""
