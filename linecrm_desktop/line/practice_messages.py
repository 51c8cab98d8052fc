"""The limits that LINE documents for message objects, checked by the practice LINE with LINE's own words.

Source: Messaging API reference of 2026-08-07. Only what the reference states is refused.
"""

import re
from dataclasses import dataclass
from typing import Any, cast

from linecrm_desktop.line import practice_limits
from linecrm_desktop.line.gateway import MULTICAST_MAX

MESSAGES_MAX = 5
TEXT_MAX = 5000
ALT_TEXT_MAX = 1500
URL_MAX = 2000
QUICK_REPLIES_MAX = 13
KINDS = {
    "audio",
    "coupon",
    "flex",
    "image",
    "imagemap",
    "location",
    "sticker",
    "template",
    "text",
    "textV2",
    "video",
}
_NEEDED_URLS = {
    "image": ("originalContentUrl", "previewImageUrl"),
    "video": ("originalContentUrl", "previewImageUrl"),
    "audio": ("originalContentUrl",),
    "imagemap": ("baseUrl",),
}
_EMPTY = "May not be empty"


@dataclass(frozen=True, slots=True)
class Detail:
    """One complaint, as LINE puts it into `details`."""

    property: str
    message: str

    def as_json(self) -> dict[str, str]:
        return {"message": self.message, "property": self.property}


def utf16(text: str) -> int:
    """Count a text as LINE does: in UTF-16 code units, so that an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def complaints(messages: object) -> list[Detail]:
    """Return what LINE would say against the `messages` of a request; empty when it would take them."""
    if not isinstance(messages, list) or not 1 <= len(cast("list[Any]", messages)) <= MESSAGES_MAX:
        return [Detail("messages", f"Size must be between 1 and {MESSAGES_MAX}")]
    found: list[Detail] = []
    for place, message in enumerate(cast("list[Any]", messages)):
        found += _of_message(message, f"messages[{place}]")
    return found


def recipient_complaints(kind: str, body: dict[str, Any]) -> list[Detail]:
    """Return what LINE would say against the `to` of a push or multicast."""
    units = body.get("customAggregationUnits", [])
    if not isinstance(units, list) or len(cast("list[Any]", units)) > 1:
        return [Detail("customAggregationUnits", "Size must be between 0 and 1")]
    if any(re.fullmatch(r"[a-zA-Z0-9_]{1,30}", str(unit)) is None for unit in cast("list[Any]", units)):
        return [Detail("customAggregationUnits[0]", "Must be 1 to 30 letters, digits and underscores")]
    to = body.get("to")
    if kind in ("broadcast", "narrowcast"):
        return []
    if kind == "push":
        return [] if isinstance(to, str) and to else [Detail("to", "May not be empty")]
    if not isinstance(to, list) or not 1 <= len(cast("list[Any]", to)) <= MULTICAST_MAX:
        return [Detail("to", f"Size must be between 1 and {MULTICAST_MAX}")]
    return []


def recipients(body: dict[str, Any]) -> list[str]:
    """Return the user ids of a request, of one person or of many."""
    to = body.get("to")
    return [str(user) for user in cast("list[Any]", to)] if isinstance(to, list) else [str(to or "")]


def _of_message(message: object, at: str) -> list[Detail]:
    if not isinstance(message, dict):
        return [Detail(at, "Must be a message object")]
    fields = cast("dict[str, Any]", message)
    kind = fields.get("type")
    if kind not in KINDS:
        return [Detail(f"{at}.type", f"Must be one of the following values: [{', '.join(sorted(KINDS))}]")]
    found = _of_quick_replies(fields, at)
    if kind in ("text", "textV2"):
        found += _of_text(fields, "text", TEXT_MAX, at)
    if kind in ("flex", "template", "imagemap"):
        found += _of_text(fields, "altText", ALT_TEXT_MAX, at)
    for name in _NEEDED_URLS.get(str(kind), ()):
        found += _of_url(fields, name, at)
    return found + [Detail(*one) for one in _of_parts(fields, str(kind), at)]


def _of_parts(fields: dict[str, Any], kind: str, at: str) -> list[practice_limits.Complaint]:
    """Look at what a message is built of."""
    match kind:
        case "template":
            return list(practice_limits.of_template(fields.get("template"), f"{at}.template"))
        case "flex":
            return list(practice_limits.of_flex(fields.get("contents"), f"{at}.contents"))
        case "imagemap":
            return list(practice_limits.of_imagemap(fields, at))
        case _:
            return []


def _of_text(fields: dict[str, Any], name: str, most: int, at: str) -> list[Detail]:
    text = fields.get(name)
    if not isinstance(text, str) or not text:
        return [Detail(f"{at}.{name}", _EMPTY)]
    if utf16(text) > most:
        return [Detail(f"{at}.{name}", f"Length must be between 0 and {most}")]
    return []


def _of_url(fields: dict[str, Any], name: str, at: str) -> list[Detail]:
    url = fields.get(name)
    if not isinstance(url, str) or not url:
        return [Detail(f"{at}.{name}", _EMPTY)]
    if len(url) > URL_MAX:
        return [Detail(f"{at}.{name}", f"Length must be between 0 and {URL_MAX}")]
    if not url.startswith("https://"):
        return [Detail(f"{at}.{name}", "invalid uri scheme")]
    return []


def _of_quick_replies(fields: dict[str, Any], at: str) -> list[Detail]:
    quick = fields.get("quickReply")
    items = cast("dict[str, Any]", quick).get("items") if isinstance(quick, dict) else None
    if isinstance(items, list) and len(cast("list[Any]", items)) > QUICK_REPLIES_MAX:
        return [Detail(f"{at}.quickReply.items", f"Size must be between 1 and {QUICK_REPLIES_MAX}")]
    found = enumerate(cast("list[Any]", items)) if isinstance(items, list) else ()
    looked = (practice_limits.of_quick_reply(item, f"{at}.quickReply.items[{place}]") for place, item in found)
    return [Detail(*one) for told in looked for one in told]
