"""The bubbles that a person can put into a message, as frozen values: what was written, not how LINE says it.

Every text in them that a friend reads may hold variables such as {name|there}; addresses may not. Beside bubbles in
LINE's sense there is one part that is none of its own: quick replies go with the last bubble.
"""

from dataclasses import dataclass
from datetime import date

from linecrm_desktop.messages.actions import Action, OpenLink

_NO_LINK = OpenLink()
"""A button that still wants its label and address."""


@dataclass(frozen=True, slots=True)
class TextBubble:
    """A text with variables and emoji."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class ImageBubble:
    """A picture by its address. With something to tap it leaves as a card, because LINE's own picture takes no tap."""

    address: str = ""
    preview: str = ""
    """A smaller one for the chat (at most 1 MB); empty: the same picture."""
    tap: Action | None = None
    alt: str = ""
    shape: str = "1:1"
    """Width to height, for a picture that can be tapped."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a rich image that can be tapped, in its own points: the image is 1,040 wide."""

    x: int = 0
    y: int = 0
    width: int = 1040
    height: int = 1040
    action: Action = _NO_LINK


@dataclass(frozen=True, slots=True)
class RichImageBubble:
    """A rich message: a picture with areas. LINE adds /240 to /1040 to the address for the size a phone needs."""

    address: str = ""
    alt: str = ""
    height: int = 1040
    areas: tuple[Area, ...] = (Area(),)


@dataclass(frozen=True, slots=True)
class ButtonsBubble:
    """A text with up to four buttons, and perhaps a picture and a title."""

    text: str = ""
    title: str = ""
    image: str = ""
    actions: tuple[Action, ...] = (_NO_LINK,)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmBubble:
    """A question with two buttons."""

    text: str = ""
    yes: Action = _NO_LINK
    no: Action = _NO_LINK
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One card of a carousel."""

    image: str = ""
    title: str = ""
    text: str = ""
    """What stands below the title, such as the price."""
    actions: tuple[Action, ...] = (_NO_LINK,)


@dataclass(frozen=True, slots=True)
class CarouselBubble:
    """Up to ten cards side by side, all of one build."""

    cards: tuple[Card, ...] = (Card(),)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """One product on a card: the price as the shop writes it, and the price before, which is struck through."""

    image: str = ""
    title: str = ""
    text: str = ""
    price: str = ""
    price_before: str = ""
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class ProductBubble:
    """One product, or up to twelve side by side."""

    products: tuple[Product, ...] = (Product(),)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class CouponBubble:
    """A coupon of the shop's own: what it gives, until when, and the code to copy."""

    name: str = ""
    value: str = ""
    """What it gives, as large as it is read: "NT$100 off"."""
    text: str = ""
    code: str = ""
    until: date | None = None
    is_once: bool = True
    """Once per friend. The card says so; the shop's own system has to see to it."""
    action: Action | None = None
    language: str = "en"
    """In which language the card's own words are ("until", "code")."""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class TipLine:
    """One line of a list of tips: what it is about, and the tip."""

    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TipsBubble:
    """Tips one under the other, as on a receipt."""

    title: str = ""
    text: str = ""
    lines: tuple[TipLine, ...] = (TipLine(),)
    action: Action | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Contrast:
    """One line of a comparison."""

    name: str = ""
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonBubble:
    """Two things beside each other, line by line."""

    title: str = ""
    left: str = ""
    right: str = ""
    lines: tuple[Contrast, ...] = (Contrast(),)
    action: Action | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True)
class FlexBubble:
    """A card as LINE's own JSON, for those who know it. It is kept to the character."""

    source: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class LineCouponBubble:
    """A coupon that was made at LINE, by its id."""

    coupon_id: str = ""


@dataclass(frozen=True, slots=True)
class VideoBubble:
    """A film by its address, with the picture that stands there until it plays."""

    address: str = ""
    preview: str = ""


@dataclass(frozen=True, slots=True)
class StickerBubble:
    """One of the stickers that LINE lets official accounts send."""

    package_id: str = ""
    sticker_id: str = ""


@dataclass(frozen=True, slots=True)
class OptOutBubble:
    """The line that says how to stop. It leaves as a text of its own, and is the last one."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class QuickReplies:
    """Buttons under the last bubble, which go away when one is tapped. They are no bubble of their own to LINE."""

    replies: tuple[Action, ...] = ()


Bubble = (
    TextBubble
    | ImageBubble
    | RichImageBubble
    | ButtonsBubble
    | ConfirmBubble
    | CarouselBubble
    | ProductBubble
    | CouponBubble
    | TipsBubble
    | ComparisonBubble
    | FlexBubble
    | LineCouponBubble
    | VideoBubble
    | StickerBubble
    | OptOutBubble
    | QuickReplies
)


def count(bubbles: tuple[Bubble, ...] | list[Bubble]) -> int:
    """Count the bubbles as LINE does."""
    return sum(not isinstance(bubble, QuickReplies) for bubble in bubbles)


def in_order(bubbles: tuple[Bubble, ...] | list[Bubble]) -> tuple[Bubble, ...]:
    """Return the bubbles with the line that says how to stop, and then the quick replies, at the end."""
    return tuple(sorted(bubbles, key=place))


def place(bubble: Bubble) -> int:
    """Return where a bubble stands among the others when it leaves: what is equal keeps its order."""
    return 2 if isinstance(bubble, QuickReplies) else int(isinstance(bubble, OptOutBubble))
