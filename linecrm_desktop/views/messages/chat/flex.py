"""Reads LINE's flex JSON as far as it is drawn here: boxes, words, pictures, buttons and lines, and nothing else."""

from collections.abc import Mapping
from typing import Any

from linecrm_desktop.views.messages.chat.nodes import INK, Align, Balloon, Column, Node, Picture, Row, Rule, Tap, Words

_WIDTHS = {"nano": 112.0, "micro": 148.0, "deca": 186.0, "hecto": 200.0, "kilo": 216.0, "mega": 248.0, "giga": 258.0}
_SIZES = {"xxs": 9.0, "xs": 10.0, "sm": 11.0, "md": 13.0, "lg": 15.0, "xl": 17.0, "xxl": 20.0, "3xl": 24.0, "4xl": 28.0}
_GAPS = {"none": 0.0, "xs": 2.0, "sm": 4.0, "md": 8.0, "lg": 12.0, "xl": 16.0, "xxl": 20.0}
_BODY, _FOOT = 14.0, 8.0
_SCALE = 0.8
"""The drawing is smaller than a phone."""
Told = Mapping[str, Any]


def balloons(contents: Any) -> tuple[Balloon, ...]:
    """Return one balloon for each flex bubble; none where this is no flex."""
    if not isinstance(contents, Mapping):
        return ()
    if contents.get("type") == "carousel":
        return tuple(found for one in _list(contents) for found in balloons(one))
    if contents.get("type") != "bubble":
        return ()
    parts = [_block(contents.get(name), pad) for name, pad in (("header", _BODY), ("hero", 0), ("body", _BODY))]
    parts.append(_block(contents.get("footer"), _FOOT))
    width = _WIDTHS.get(str(contents.get("size", "mega")), _WIDTHS["mega"])
    return (Balloon(Column(tuple(part for part in parts if part)), width),)


def _block(told: Any, pad: float) -> Node | None:
    if not isinstance(told, Mapping):
        return None
    return _box(told, pad) if told.get("type") == "box" else _node(told)


def _node(told: Told) -> Node | None:
    match told.get("type"):
        case "box":
            return _box(told, 0)
        case "text":
            return _words(told)
        case "image" | "icon":
            return Picture(str(told.get("url", "")), _ratio(told))
        case "video":
            return Picture(str(told.get("previewUrl", "")), _ratio(told), "play-circle")
        case "button":
            return _tap(told)
        case "separator":
            return Rule()
        case _:
            return None


def _box(told: Told, pad: float) -> Node:
    pad = _length(told.get("paddingAll"), pad)
    gap = _length(told.get("spacing"), 0)
    ground = str(told.get("backgroundColor", ""))
    found = [(one, node) for one in _list(told) if (node := _node(one)) is not None]
    if told.get("layout") in ("horizontal", "baseline") and found:
        shares = tuple(float(_number(one.get("flex"), 1)) or 0.4 for one, _node_ in found)
        row = Row(tuple(node for _one, node in found), shares, gap, pad)
        return Column((row,), ground=ground) if ground else row
    parts: list[Node] = []
    for one, node in found:
        margin = _length(one.get("margin"), 0)
        parts.append(Column((Column(pad=margin / 2), node)) if margin else node)
    return Column(tuple(parts), gap, pad, ground)


def _words(told: Told) -> Words:
    spans = [str(one.get("text", "")) for one in _list(told) if one.get("type") == "span"]
    return Words(
        "".join(spans) or str(told.get("text", "")),
        _SIZES.get(str(told.get("size", "md")), _length(told.get("size"), _SIZES["md"])),
        told.get("weight") == "bold",
        str(told.get("color", INK)),
        Align(told["align"]) if told.get("align") in set(Align) else Align.START,
        told.get("decoration") == "line-through",
        int(_number(told.get("maxLines"), 0)) if told.get("wrap") else 1,
    )


def _tap(told: Told) -> Tap:
    action = told.get("action")
    label = str(action.get("label", "")) if isinstance(action, Mapping) else ""
    usual = {"primary": "#17C950", "secondary": "#DCDFE5"}.get(str(told.get("style", "link")), "")
    return Tap(label, str(told.get("color", usual)) if usual else "")


def _ratio(told: Told) -> float:
    wide, _colon, high = str(told.get("aspectRatio", "1:1")).partition(":")
    try:
        return min(3.0, max(0.1, float(high) / float(wide)))
    except (ValueError, ZeroDivisionError):
        return 1.0


def _list(told: Told) -> list[Told]:
    contents = told.get("contents")
    return [one for one in contents if isinstance(one, Mapping)] if isinstance(contents, list) else []


def _length(value: Any, usual: float) -> float:
    if isinstance(value, str):
        if value in _GAPS:
            return _GAPS[value] * _SCALE
        try:
            return float(value.removesuffix("px")) * _SCALE
        except ValueError:
            return usual
    return usual


def _number(value: Any, usual: float) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else usual
