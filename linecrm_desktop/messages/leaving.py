"""The message objects that LINE gets: one place decides what leaves, for preview, counter and request alike."""

from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from linecrm_desktop.messages import actions, flex, source
from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages.actions import Say, encoded
from linecrm_desktop.messages.bubbles import Bubble
from linecrm_desktop.messages.counting import cut
from linecrm_desktop.messages.fields import ALT_MAX, alt_text
from linecrm_desktop.messages.variables import fill

RICH_WIDTH = 1040
"""Width of a rich image in its own points; LINE takes no other."""


def to_line(bubbles: Iterable[Bubble], values: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return LINE's message objects with the variables filled for one friend.

    Quick replies go with the last bubble, because LINE shows no others.
    """

    def say(text: str) -> str:
        return fill(text, values)

    return said(bubbles, say)


def said(bubbles: Iterable[Bubble], say: Say) -> list[dict[str, Any]]:
    """Return LINE's message objects, each text as `say` gives it."""
    found: list[dict[str, Any]] = []
    replies: list[dict[str, Any]] = []
    for bubble in b.in_order(tuple(bubbles)):
        if isinstance(bubble, b.QuickReplies):
            replies += [{"type": "action", "action": actions.to_line(reply, say)} for reply in bubble.replies]
        else:
            found.append(_object(bubble, say))
    if replies and found:
        found[-1]["quickReply"] = {"items": replies}
    return found


def _object(bubble: Bubble, say: Say) -> dict[str, Any]:
    match bubble:
        case b.TextBubble() | b.OptOutBubble():
            return {"type": "text", "text": say(bubble.text)}
        case b.ImageBubble() if bubble.tap is None:
            address = encoded(bubble.address)
            preview = encoded(bubble.preview) or address
            return {"type": "image", "originalContentUrl": address, "previewImageUrl": preview}
        case b.VideoBubble():
            preview = encoded(bubble.preview)
            return {"type": "video", "originalContentUrl": encoded(bubble.address), "previewImageUrl": preview}
        case b.RichImageBubble():
            return _rich_image(bubble, say)
        case b.ButtonsBubble() | b.ConfirmBubble() | b.CarouselBubble():
            return {"type": "template", "altText": _alt(bubble, say), "template": _template(bubble, say)}
        case b.LineCouponBubble():
            return {"type": "coupon", "couponId": bubble.coupon_id}
        case b.StickerBubble():
            return {"type": "sticker", "packageId": bubble.package_id, "stickerId": bubble.sticker_id}
        case b.QuickReplies():
            raise TypeError("quick replies are no message of their own")
        case _:
            return {"type": "flex", "altText": _alt(bubble, say), "contents": _container(bubble, say)}


def _alt(bubble: Bubble, say: Say) -> str:
    """Return the text for the list of chats; one that a person wrote fits already, one from a title is cut to fit."""
    return cut(say(alt_text(bubble)), ALT_MAX)


def _container(
    bubble: b.ImageBubble | b.ProductBubble | b.CouponBubble | b.TipsBubble | b.ComparisonBubble | b.FlexBubble,
    say: Say,
) -> dict[str, Any]:
    match bubble:
        case b.ImageBubble():
            return flex.image(bubble, bubble.tap or actions.OpenLink(), say)
        case b.ProductBubble():
            return flex.products(bubble, say)
        case b.CouponBubble():
            return flex.coupon(bubble, say)
        case b.TipsBubble():
            return flex.tips(bubble, say)
        case b.ComparisonBubble():
            return flex.comparison(bubble, say)
        case b.FlexBubble():
            try:
                return source.filled(source.read(bubble.source), say)
            except (ValueError, RecursionError):
                return {}  # messages.limits has said that it cannot be read, and nothing with a problem leaves
        case _:
            assert_never(bubble)


def _template(bubble: b.ButtonsBubble | b.ConfirmBubble | b.CarouselBubble, say: Say) -> dict[str, Any]:
    match bubble:
        case b.ButtonsBubble():
            return {"type": "buttons", **_faced(bubble, say)}
        case b.ConfirmBubble():
            pair = [actions.to_line(action, say) for action in (bubble.yes, bubble.no)]
            return {"type": "confirm", "text": say(bubble.text), "actions": pair}
        case b.CarouselBubble():
            return {"type": "carousel", "columns": [_faced(card, say) for card in bubble.cards]}


def _faced(card: b.ButtonsBubble | b.Card, say: Say) -> dict[str, Any]:
    """Return picture, title, text and buttons; what is empty is left out."""
    found: dict[str, Any] = {}
    if card.image:
        found["thumbnailImageUrl"] = encoded(card.image)
    if card.title:
        found["title"] = say(card.title)
    return found | {"text": say(card.text), "actions": [actions.to_line(action, say) for action in card.actions]}


def _rich_image(bubble: b.RichImageBubble, say: Say) -> dict[str, Any]:
    return {
        "type": "imagemap",
        "baseUrl": encoded(bubble.address),
        "altText": _alt(bubble, say),
        "baseSize": {"width": RICH_WIDTH, "height": bubble.height},
        "actions": [_area(area, say) for area in bubble.areas],
    }


def _area(area: b.Area, say: Say) -> dict[str, Any]:
    action = actions.to_line(area.action, say)
    if isinstance(area.action, actions.OpenLink):
        action["linkUri"] = action.pop("uri")  # the one action that has another name in an imagemap
    where = {"x": area.x, "y": area.y, "width": area.width, "height": area.height}
    return action | {"area": where}
