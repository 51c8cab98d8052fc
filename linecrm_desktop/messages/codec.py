"""How bubbles lie in the shop file: JSON with a `kind`, written and read by the fields of each kind's dataclass.

Whatever an older version wrote is still read; what a newer one wrote is refused, so that saving cannot lose it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages.actions import CopyText, OpenLink, SendWords
from linecrm_desktop.messages.bubbles import Bubble
from linecrm_desktop.text import _

KINDS: dict[str, type[Bubble]] = {
    "text": b.TextBubble,
    "image": b.ImageBubble,
    "rich_image": b.RichImageBubble,
    "buttons": b.ButtonsBubble,
    "confirm": b.ConfirmBubble,
    "carousel": b.CarouselBubble,
    "product": b.ProductBubble,
    "coupon": b.CouponBubble,
    "tips": b.TipsBubble,
    "comparison": b.ComparisonBubble,
    "flex": b.FlexBubble,
    "line_coupon": b.LineCouponBubble,
    "video": b.VideoBubble,
    "sticker": b.StickerBubble,
    "opt_out": b.OptOutBubble,
    "quick_replies": b.QuickReplies,
}
_ACTIONS: dict[str, type[Any]] = {"link": OpenLink, "words": SendWords, "copy": CopyText}
_NAMES: dict[type[Any], str] = {made: kind for kind, made in (*KINDS.items(), *_ACTIONS.items())}


def kind_of(bubble: Bubble) -> str:
    """Return the word by which the file knows this kind of bubble."""
    return _NAMES[type(bubble)]


def to_json(bubbles: Iterable[Bubble]) -> list[dict[str, Any]]:
    """Write bubbles down for the shop file."""
    return [_written(bubble) for bubble in bubbles]


def from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Bubble, ...]:
    """Read bubbles from the shop file; raise ShopError for what this version does not know.

    A value of a wrong type raises TypeError or ValueError: a program wrote it, or somebody by hand.
    """
    return tuple(_bubble(row) for row in rows)


def _bubble(row: Mapping[str, Any]) -> Bubble:
    kind = KINDS.get(str(row.get("kind")))
    if kind is None:
        raise _unknown()
    return cast("Bubble", _made(kind, row))


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_written(part) for part in cast("tuple[Any, ...]", value)]
    if isinstance(value, date):
        return value.isoformat()
    if not is_dataclass(value):
        return value
    kind = _NAMES.get(cast("type[Any]", type(value)))
    named = {"kind": kind} if kind else {}
    return named | {one.name: _written(getattr(value, one.name)) for one in fields(value)}


def _made(made: type[Any], row: Any) -> Any:
    if not isinstance(row, Mapping):
        raise TypeError(f"{made.__name__} is written as an object")
    told = cast("Mapping[str, Any]", row)
    hints = _hints(made)
    if not set(told) <= {*hints, "kind"}:
        raise _unknown()
    return made(**{name: _read(hints[name], value) for name, value in told.items() if name != "kind"})


@cache
def _hints(made: type[Any]) -> dict[str, Any]:
    return get_type_hints(made)


def _read(hint: Any, value: Any) -> Any:
    """Return a value as the field wants it."""
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise TypeError("several parts are written as a list")
        return tuple(_read(get_args(hint)[0], part) for part in cast("list[Any]", value))
    if isinstance(hint, UnionType):
        return _one_of(get_args(hint), value)
    if hint is date:
        return date.fromisoformat(value)
    if is_dataclass(hint):
        return _made(cast("type[Any]", hint), value)
    if type(value) is not hint:
        raise TypeError(f"{value!r} should be of type {hint}")
    return value


def _one_of(hints: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in hints:
        return None
    if date in hints:
        return _read(date, value)
    if not isinstance(value, Mapping):
        raise TypeError("an action is written as an object")
    told = cast("Mapping[str, Any]", value)
    kind = _ACTIONS.get(str(told.get("kind")))
    if kind is None:
        raise _unknown()
    return _made(kind, told)


def _unknown() -> ShopError:
    return ShopError(
        _("This message has a bubble that this version of Tagwell does not know."),
        _("Nothing was changed. Open the shop with the version that made the message."),
    )
