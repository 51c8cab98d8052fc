"""Looks over Flex JSON that a person wrote: kinds of components, what each must have, sizes, labels and addresses.

It catches what LINE is known to refuse; LINE's own check before a send has the last word. Unknown names are let
through, because LINE adds some without notice.
"""

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlsplit

from linecrm_desktop.messages import source
from linecrm_desktop.messages.counting import signs
from linecrm_desktop.messages.fields import FILE_MAX, LINK_MAX

BUBBLE_BYTES = 30_000
CAROUSEL_BYTES = 50_000
"""LINE says 30 KB and 50 KB; the smaller reading of KB is taken."""
CAROUSEL_MAX = 12
LABEL_MAX = 40
_NEEDS = {
    "box": ("layout", "contents"),
    "button": ("action",),
    "image": ("url",),
    "video": ("url", "previewUrl", "altContent"),
    "icon": ("url",),
    "text": (),
    "span": (),
    "separator": (),
    "filler": (),
}
_ACTION_NEEDS = {
    "uri": ("uri",),
    "message": ("text",),
    "postback": ("data",),
    "clipboard": ("clipboardText",),
    "datetimepicker": ("data", "mode"),
}
_PARTS = ("header", "hero", "body", "footer")
_SCHEMES = ("http", "https", "line", "tel")


def faults(container: Any) -> Iterator[tuple[str, str]]:
    """Return (path, what is wrong there) for a container: missing, unknown, long, address, many, width."""
    whole = _object(container)
    if whole.get("type") not in ("bubble", "carousel"):
        yield "type", "unknown"
        return
    if whole["type"] == "bubble":
        yield from _bubble(whole, "")
        return
    found = _several(whole.get("contents"))
    if not found:
        yield "contents", "missing"
    if len(found) > CAROUSEL_MAX:
        yield "contents", "many"
    for place, card in enumerate(found):
        yield from _bubble(card, f"contents[{place}].")
    if len({str(_object(card).get("size", "mega")) for card in found}) > 1:
        yield "contents", "width"


def sizes(container: Any) -> Iterator[tuple[int, int]]:
    """Return (bytes, most bytes) of each card and of the whole carousel."""
    whole = _object(container)
    if whole.get("type") != "carousel":
        yield source.size(container), BUBBLE_BYTES
        return
    yield from ((source.size(card), BUBBLE_BYTES) for card in _several(whole.get("contents")))
    yield source.size(whole), CAROUSEL_BYTES


def _bubble(card: Any, path: str) -> Iterator[tuple[str, str]]:
    told = _object(card)
    if told.get("type") != "bubble":
        yield f"{path}type", "unknown"
        return
    if not any(part in told for part in _PARTS):
        yield f"{path}body", "missing"
    for part in _PARTS:
        if part in told:
            yield from _component(told[part], path + part)
    yield from _action(told, path.rstrip("."))


def _component(node: Any, path: str) -> Iterator[tuple[str, str]]:
    told = _object(node)
    kind = str(told.get("type"))
    if kind not in _NEEDS:
        yield f"{path}.type", "unknown"
        return
    yield from ((f"{path}.{name}", "missing") for name in _NEEDS[kind] if name not in told)
    if kind in ("text", "span") and not (told.get("text") or told.get("contents")):
        yield f"{path}.text", "missing"
    for name in ("url", "previewUrl"):
        if name in told and not _is_file(told[name]):
            yield f"{path}.{name}", "address"
    yield from _action(told, path)
    for place, part in enumerate(_several(told.get("contents"))):
        yield from _component(part, f"{path}.contents[{place}]")
    if "altContent" in told:
        yield from _component(told["altContent"], f"{path}.altContent")


def _action(node: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    if "action" not in node:
        return
    path = f"{path}.action".lstrip(".")
    told = _object(node["action"])
    kind = str(told.get("type"))
    if kind not in _ACTION_NEEDS:
        yield f"{path}.type", "unknown"
        return
    yield from ((f"{path}.{name}", "missing") for name in _ACTION_NEEDS[kind] if not told.get(name))
    label = told.get("label")
    if isinstance(label, str) and signs(label) > LABEL_MAX:
        yield f"{path}.label", "long"
    if node.get("type") == "button" and not label:
        yield f"{path}.label", "missing"
    if kind == "uri" and told.get("uri") and not _is_link(told["uri"]):
        yield f"{path}.uri", "address"


def _object(node: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", node) if isinstance(node, dict) else {}


def _several(node: Any) -> list[Any]:
    return cast("list[Any]", node) if isinstance(node, list) else []


def _is_file(address: Any) -> bool:
    return isinstance(address, str) and address.startswith("https://") and len(address) <= FILE_MAX


def _is_link(address: Any) -> bool:
    if not isinstance(address, str) or len(address) > LINK_MAX or not address.isascii():
        return False
    try:
        return urlsplit(address).scheme in _SCHEMES
    except ValueError:
        return False
