"""What each kind of bubble holds: every text that a friend reads with LINE's limit for it, and every address.

Counter, limits, variables and fallbacks all walk these two lists, so that no field can be forgotten by one of them.
Limits: Messaging API reference, message and action objects (2026-08).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages import source
from linecrm_desktop.messages.actions import Action, CopyText, OpenLink, SendWords
from linecrm_desktop.messages.bubbles import Bubble
from linecrm_desktop.messages.counting import Count

TEXT_MAX = 5000
ALT_MAX = 1500
FILE_MAX = 2000
"""Longest address of a picture or film."""
LINK_MAX = 1000
"""Longest address behind a button or an area."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text at its place. `most` is None where only the whole card has a limit."""

    field: str
    """The path to it, such as "cards.2.title"."""
    text: str
    most: int | None
    by: Count = Count.UNITS
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """One address at its place. A file must be https; a link may also call (tel:) or open a part of LINE (line:)."""

    field: str
    address: str
    is_file: bool
    needed: bool = True

    @property
    def most(self) -> int:
        return FILE_MAX if self.is_file else LINK_MAX


class _Tap(NamedTuple):
    """What LINE takes of an action at one place."""

    label: int
    needed: bool
    words: int
    by: Count


_BUTTON = _Tap(20, True, 300, Count.SIGNS)
_FLEX_BUTTON = _Tap(40, True, 300, Count.SIGNS)
_FLEX_TAP = _Tap(40, False, 300, Count.SIGNS)
_AREA = _Tap(100, False, 400, Count.UNITS)
_COPIED_MAX = 1000


def words(bubble: Bubble) -> Iterator[Words]:
    """Return the texts of a bubble in the order in which a person reads them."""
    match bubble:
        case b.TextBubble(text) | b.OptOutBubble(text):
            yield Words("text", text, TEXT_MAX, needed=True)
        case b.ButtonsBubble() | b.ConfirmBubble() | b.CarouselBubble():
            yield from _template_words(bubble)
        case b.ProductBubble() | b.CouponBubble() | b.TipsBubble() | b.ComparisonBubble():
            yield from _card_words(bubble)
        case b.FlexBubble():
            yield from (Words("source", text, None) for text in _flex_texts(bubble.source))
            yield Words("alt", bubble.alt, ALT_MAX, needed=True)
        case b.RichImageBubble():
            for place, area in enumerate(bubble.areas):
                yield from _action_words(f"areas.{place}.action", area.action, _AREA)
            yield Words("alt", bubble.alt, ALT_MAX, needed=True)
        case b.ImageBubble():
            if bubble.tap is not None:
                yield from _action_words("tap", bubble.tap, _FLEX_TAP)
                yield Words("alt", bubble.alt, ALT_MAX, needed=True)
        case b.QuickReplies():
            for place, reply in enumerate(bubble.replies):
                yield from _action_words(f"replies.{place}", reply, _BUTTON)
        case b.LineCouponBubble() | b.VideoBubble() | b.StickerBubble():
            pass


def addresses(bubble: Bubble) -> Iterator[Address]:
    """Return the addresses of a bubble."""
    match bubble:
        case b.ImageBubble() | b.VideoBubble():
            yield Address("address", bubble.address, is_file=True)
            yield Address("preview", bubble.preview, is_file=True, needed=isinstance(bubble, b.VideoBubble))
        case b.RichImageBubble():
            yield Address("address", bubble.address, is_file=True)
        case b.ButtonsBubble():
            yield Address("image", bubble.image, is_file=True, needed=False)
        case b.CarouselBubble():
            for place, card in enumerate(bubble.cards):
                yield Address(f"cards.{place}.image", card.image, is_file=True, needed=False)
        case b.ProductBubble():
            for place, product in enumerate(bubble.products):
                yield Address(f"products.{place}.image", product.image, is_file=True, needed=False)
        case _:
            pass
    for field, action in actions(bubble):
        if isinstance(action, OpenLink):
            yield Address(f"{field}.address", action.address, is_file=False)


def actions(bubble: Bubble) -> Iterator[tuple[str, Action]]:
    """Return what can be tapped in a bubble, with the path to it."""
    match bubble:
        case b.ButtonsBubble():
            yield from ((f"actions.{place}", action) for place, action in enumerate(bubble.actions))
        case b.ConfirmBubble():
            yield from (("yes", bubble.yes), ("no", bubble.no))
        case b.CarouselBubble():
            for card_place, card in enumerate(bubble.cards):
                yield from ((f"cards.{card_place}.actions.{place}", one) for place, one in enumerate(card.actions))
        case b.ProductBubble():
            found = ((f"products.{place}.action", product.action) for place, product in enumerate(bubble.products))
            yield from ((field, action) for field, action in found if action is not None)
        case b.CouponBubble(action=action) | b.TipsBubble(action=action) | b.ComparisonBubble(action=action) if action:
            yield "action", action
        case b.ImageBubble(tap=tap) if tap:
            yield "tap", tap
        case b.RichImageBubble():
            yield from ((f"areas.{place}.action", area.action) for place, area in enumerate(bubble.areas))
        case b.QuickReplies():
            yield from ((f"replies.{place}", reply) for place, reply in enumerate(bubble.replies))
        case _:
            pass


def alt_text(bubble: Bubble) -> str:
    """Return what the list of chats and screen readers say: as it was written, or else the bubble's title."""
    match bubble:
        case b.ButtonsBubble():
            return bubble.alt or bubble.title or bubble.text
        case b.ConfirmBubble():
            return bubble.alt or bubble.text
        case b.CarouselBubble():
            return bubble.alt or next((card.title or card.text for card in bubble.cards), "")
        case b.ProductBubble():
            return bubble.alt or next((product.title for product in bubble.products), "")
        case b.CouponBubble():
            return bubble.alt or bubble.name
        case b.TipsBubble() | b.ComparisonBubble():
            return bubble.alt or bubble.title
        case b.FlexBubble() | b.RichImageBubble() | b.ImageBubble():
            return bubble.alt
        case _:
            return ""


def _template_words(bubble: b.ButtonsBubble | b.ConfirmBubble | b.CarouselBubble) -> Iterator[Words]:
    match bubble:
        case b.ButtonsBubble():
            most = 60 if bubble.image or bubble.title else 160
            yield Words("title", bubble.title, 40, Count.SIGNS)
            yield Words("text", bubble.text, most, Count.SIGNS, needed=True)
        case b.ConfirmBubble():
            yield Words("text", bubble.text, 240, Count.SIGNS, needed=True)
        case b.CarouselBubble():
            for place, card in enumerate(bubble.cards):
                most = 60 if card.image or card.title else 120
                yield Words(f"cards.{place}.title", card.title, 40, Count.SIGNS)
                yield Words(f"cards.{place}.text", card.text, most, Count.SIGNS, needed=True)
    for field, action in actions(bubble):
        yield from _action_words(field, action, _BUTTON)
    yield Words("alt", bubble.alt, ALT_MAX)


def _card_words(bubble: b.ProductBubble | b.CouponBubble | b.TipsBubble | b.ComparisonBubble) -> Iterator[Words]:
    match bubble:
        case b.ProductBubble():
            for place, product in enumerate(bubble.products):
                yield Words(f"products.{place}.title", product.title, None, needed=True)
                yield Words(f"products.{place}.text", product.text, None)
                yield Words(f"products.{place}.price", product.price, None)
                yield Words(f"products.{place}.price_before", product.price_before, None)
        case b.CouponBubble():
            yield Words("name", bubble.name, None, needed=True)
            yield Words("value", bubble.value, None, needed=True)
            yield Words("text", bubble.text, None)
            yield Words("code", bubble.code, _COPIED_MAX)
        case b.TipsBubble():
            yield Words("title", bubble.title, None, needed=True)
            yield Words("text", bubble.text, None)
            for place, line in enumerate(bubble.lines):
                yield Words(f"lines.{place}.name", line.name, None, needed=True)
                yield Words(f"lines.{place}.text", line.text, None, needed=True)
        case b.ComparisonBubble():
            yield Words("title", bubble.title, None, needed=True)
            yield Words("left", bubble.left, None, needed=True)
            yield Words("right", bubble.right, None, needed=True)
            for place, contrast in enumerate(bubble.lines):
                for name in ("name", "left", "right"):
                    yield Words(f"lines.{place}.{name}", getattr(contrast, name), None, needed=True)
    for field, action in actions(bubble):
        yield from _action_words(field, action, _FLEX_BUTTON)
    yield Words("alt", bubble.alt, ALT_MAX)


def _action_words(field: str, action: Action, tap: _Tap) -> Iterator[Words]:
    yield Words(f"{field}.label", action.label, tap.label, Count.SIGNS, tap.needed)
    match action:
        case SendWords():
            yield Words(f"{field}.words", action.words, tap.words, tap.by, needed=True)
        case CopyText():
            yield Words(f"{field}.text", action.text, _COPIED_MAX, needed=True)
        case OpenLink():
            pass


def _flex_texts(written: str) -> Iterator[str]:
    try:
        yield from source.texts(source.read(written))
    except (ValueError, RecursionError):
        return
