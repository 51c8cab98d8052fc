"""Reads LINE's message objects into what is drawn. The objects are the very ones that would leave."""

from collections.abc import Iterable, Mapping
from typing import Any

from linecrm_desktop.text import _
from linecrm_desktop.views.messages.chat import flex
from linecrm_desktop.views.messages.chat.nodes import (
    INK,
    PALE_INK,
    Balloon,
    Chat,
    Column,
    Node,
    Picture,
    Rule,
    Tap,
    Words,
)

CARD, WIDE, STICKER = 196.0, 248.0, 110.0
_PAD = 10.0


def chat(objects: Iterable[Mapping[str, Any]], coupons: Mapping[str, str] | None = None) -> Chat:
    """Return the drawing of a message; a kind that is not known is drawn as its alt text.

    `coupons` says what coupons made at LINE are called: the message has only their ids.
    """
    told = list(objects)
    replies = [item.get("action", {}) for item in (told[-1].get("quickReply", {}).get("items", []) if told else [])]
    return Chat(
        tuple(_line(one, coupons or {}) for one in told), tuple(str(action.get("label", "")) for action in replies)
    )


def _line(one: Mapping[str, Any], coupons: Mapping[str, str]) -> tuple[Balloon, ...]:
    match one.get("type"):
        case "text" | "textV2":
            return (Balloon(Column((Words(str(one.get("text", ""))),), pad=_PAD)),)
        case "image":
            return (Balloon(Picture(str(one.get("previewImageUrl", ""))), CARD),)
        case "video":
            return (Balloon(Picture(str(one.get("previewImageUrl", "")), 9 / 16, "play-circle"), WIDE),)
        case "sticker":
            return (Balloon(Picture("", 1, "smiley-sticker"), STICKER, is_bare=True),)
        case "imagemap":
            size = one.get("baseSize", {})
            ratio = float(size.get("height", 1040)) / float(size.get("width", 1040) or 1040)
            return (Balloon(Picture(f"{one.get('baseUrl', '')}/1040", ratio), WIDE),)
        case "coupon":
            return (Balloon(_coupon(str(one.get("couponId", "")), coupons), CARD),)
        case "template":
            return _template(one.get("template", {}))
        case "flex":
            return flex.balloons(one.get("contents", {})) or (_unread(one),)
        case _:
            return (_unread(one),)


def _unread(one: Mapping[str, Any]) -> Balloon:
    return Balloon(Column((Words(str(one.get("altText", "")), colour=PALE_INK),), pad=_PAD))


def _coupon(coupon: str, titles: Mapping[str, str]) -> Node:
    title = titles.get(coupon) or _("Coupon made at LINE")
    return Column((Words(title, is_strong=True), Words(coupon, 11, colour=PALE_INK)), 3, _PAD)


def _template(told: Mapping[str, Any]) -> tuple[Balloon, ...]:
    columns = told.get("columns")
    if isinstance(columns, list):
        return tuple(Balloon(_card(column), CARD) for column in columns if isinstance(column, Mapping))
    return (Balloon(_card(told), WIDE if told.get("type") == "confirm" else CARD + 24),)


def _card(told: Mapping[str, Any]) -> Node:
    title, text, image = (str(told.get(name, "")) for name in ("title", "text", "thumbnailImageUrl"))
    words = [Words(title, 14, is_strong=True)] if title else []
    words += [Words(text, 12, colour=PALE_INK if title else INK)] if text else []
    parts: list[Node] = [Picture(image, 1 / 1.51)] if image else []
    parts.append(Column(tuple(words), 3, _PAD))
    for action in told.get("actions", []):
        parts += [Rule(), Tap(str(action.get("label", "")))]
    return Column(tuple(parts))
