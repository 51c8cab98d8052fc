"""What the practice LINE says against templates, cards, actions and quick replies, in LINE's own words.

Source: Messaging API reference of 2026-08-07 and "Character counting in a text": labels, titles and texts of templates
are counted in grapheme clusters, all other texts in UTF-16 units. It counts for itself and not with the code that the
composer uses, so that each can prove the other wrong.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, cast

BUBBLE_BYTES, CAROUSEL_BYTES, CAROUSEL_MAX = 30_000, 50_000, 12
LINK_MAX = 1000
_SCHEMES = ("http://", "https://", "line://", "tel:")
_EMPTY = "May not be empty"


class Complaint(NamedTuple):
    """Where, and what LINE says."""

    property: str
    message: str


class _Tap(NamedTuple):
    """What LINE takes of an action at one place: signs of a label, whether it must be there, units of words."""

    label: int
    needed: bool
    words: int


_TEMPLATE, _QUICK, _FLEX, _AREA = _Tap(20, True, 300), _Tap(20, True, 300), _Tap(40, False, 300), _Tap(100, False, 400)
_IMAGE = _Tap(12, False, 300)
_KINDS = {"buttons": (160, 4), "confirm": (240, 2), "carousel": (120, 3), "image_carousel": (0, 1)}
"""Most signs of a text, and most actions."""
_PLAIN_MAX, _TITLE_MAX, _COLUMNS_MAX, _AREAS_MAX = 60, 40, 10, 50


def of_template(template: Any, at: str) -> Iterator[Complaint]:
    """Look at a template message."""
    kind = _dict(template).get("type")
    if kind not in _KINDS:
        yield Complaint(f"{at}.type", f"Must be one of the following values: [{', '.join(sorted(_KINDS))}]")
        return
    if kind in ("carousel", "image_carousel"):
        columns = _list(_dict(template).get("columns"))
        if not 1 <= len(columns) <= _COLUMNS_MAX:
            yield Complaint(f"{at}.columns", f"Size must be between 1 and {_COLUMNS_MAX}")
        for place, column in enumerate(columns):
            yield from _face(_dict(column), str(kind), f"{at}.columns[{place}]")
        if len({len(_list(_dict(column).get("actions"))) for column in columns}) > 1:
            yield Complaint(f"{at}.columns", "The number of actions must be the same in all columns")
        return
    yield from _face(_dict(template), str(kind), at)


def of_flex(contents: Any, at: str) -> Iterator[Complaint]:
    """Look at a card, or at several side by side."""
    card = _dict(contents)
    cards = _list(card.get("contents")) if card.get("type") == "carousel" else [contents]
    if not 1 <= len(cards) <= CAROUSEL_MAX:
        yield Complaint(f"{at}.contents", f"Size must be between 1 and {CAROUSEL_MAX}")
    if _bytes(contents) > CAROUSEL_BYTES or any(_bytes(one) > BUBBLE_BYTES for one in cards):
        yield Complaint(at, "Flex message is too large")
    for path, part in _parts(contents, at):
        if "action" in part:
            tap = _FLEX._replace(needed=part.get("type") == "button")
            yield from of_action(part["action"], tap, f"{path}.action")


def of_imagemap(message: dict[str, Any], at: str) -> Iterator[Complaint]:
    """Look at the areas of a rich image."""
    areas = _list(message.get("actions"))
    if not 1 <= len(areas) <= _AREAS_MAX:
        yield Complaint(f"{at}.actions", f"Size must be between 1 and {_AREAS_MAX}")
    for place, area in enumerate(areas):
        yield from of_action(area, _AREA, f"{at}.actions[{place}]")


def of_quick_reply(item: Any, at: str) -> Iterator[Complaint]:
    """Look at one quick reply."""
    yield from of_action(_dict(item).get("action"), _QUICK, f"{at}.action")


def of_action(action: Any, tap: _Tap, at: str) -> Iterator[Complaint]:
    """Look at what a tap does."""
    told = _dict(action)
    label = told.get("label", "")
    if tap.needed and not label:
        yield Complaint(f"{at}.label", _EMPTY)
    elif signs(str(label)) > tap.label:
        yield Complaint(f"{at}.label", f"Length must be between 0 and {tap.label}")
    for name in ("uri", "linkUri"):
        if name in told:
            yield from _link(str(told[name]), f"{at}.{name}")
    if told.get("type") == "message" and not 1 <= signs(str(told.get("text", ""))) <= tap.words:
        yield Complaint(f"{at}.text", f"Length must be between 1 and {tap.words}")


def signs(text: str) -> int:
    """Count what a person sees as one sign each."""
    return len(_cluster().findall(text))


def _face(face: dict[str, Any], kind: str, at: str) -> Iterator[Complaint]:
    most, buttons = _KINDS[kind]
    if kind == "image_carousel":
        yield from of_action(face.get("action"), _IMAGE, f"{at}.action")
        return
    if kind != "confirm" and (face.get("title") or face.get("thumbnailImageUrl")):
        most = _PLAIN_MAX
    text = str(face.get("text", ""))
    if not text:
        yield Complaint(f"{at}.text", _EMPTY)
    elif signs(text) > most:
        yield Complaint(f"{at}.text", f"Length must be between 0 and {most}")
    if signs(str(face.get("title", ""))) > _TITLE_MAX:
        yield Complaint(f"{at}.title", f"Length must be between 0 and {_TITLE_MAX}")
    actions = _list(face.get("actions"))
    least = 2 if kind == "confirm" else 1
    if not least <= len(actions) <= buttons:
        yield Complaint(f"{at}.actions", f"Size must be between {least} and {buttons}")
    for place, action in enumerate(actions):
        yield from of_action(action, _TEMPLATE, f"{at}.actions[{place}]")


def _link(link: str, at: str) -> Iterator[Complaint]:
    if not link:
        yield Complaint(at, _EMPTY)
    elif len(link) > LINK_MAX:
        yield Complaint(at, f"Length must be between 0 and {LINK_MAX}")
    elif not link.startswith(_SCHEMES) or not link.isascii():
        yield Complaint(at, "invalid uri scheme")


def _parts(value: Any, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Walk through all components of a card."""
    if isinstance(value, dict):
        part = cast("dict[str, Any]", value)
        yield at, part
        for name, inner in part.items():
            if name != "action":
                yield from _parts(inner, f"{at}.{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(cast("list[Any]", value)):
            yield from _parts(inner, f"{at}[{place}]")


def _bytes(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def _dict(value: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []


@cache
def _cluster() -> Any:
    import regex

    return regex.compile(r"\X")
