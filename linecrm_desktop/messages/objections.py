"""What LINE says against a message, in the words of the screen: which bubble, which field, and what is wrong there."""

import re
from collections.abc import Sequence

from linecrm_desktop.line.gateway import Complaint
from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages.bubbles import Bubble
from linecrm_desktop.messages.problem import Problem, field_name
from linecrm_desktop.text import _, number

_MESSAGE = re.compile(r"messages\[(\d+)\]")
_LENGTH = re.compile(r"(?:length|size) must be between \d+ and (\d+)", re.IGNORECASE)
_EMPTY = re.compile(r"may not be (?:empty|blank|null)|must be specified", re.IGNORECASE)
_ADDRESS = re.compile(r"uri|url|scheme", re.IGNORECASE)
_FIELDS = {
    "text": "text",
    "altText": "alt",
    "title": "title",
    "label": "label",
    "uri": "address",
    "linkUri": "address",
    "originalContentUrl": "address",
    "baseUrl": "address",
    "previewImageUrl": "preview",
    "thumbnailImageUrl": "image",
    "url": "image",
    "couponId": "coupon_id",
    "packageId": "package_id",
    "stickerId": "sticker_id",
    "actions": "actions",
    "columns": "cards",
    "items": "replies",
}
"""LINE's names of fields, and what messages.problem calls them."""


def problem(complaint: Complaint, bubbles: Sequence[Bubble], variant: int) -> Problem:
    """Return one thing that LINE says, at the bubble where a person can put it right."""
    place = _place(complaint.property, bubbles)
    found = [name for name in re.findall(r"[A-Za-z]+", complaint.property) if name in _FIELDS]
    field = _FIELDS[found[-1]] if found else ""
    return Problem(place, _sentence(complaint, place, field), field, variant)


def _place(path: str, bubbles: Sequence[Bubble]) -> int | None:
    """Return which bubble of the draft LINE means; it counts the ones that leave, in the order in which they do."""
    found = _MESSAGE.search(path)
    if found is None:
        return None
    if "quickReply" in path:
        return next((at for at, one in enumerate(bubbles) if isinstance(one, b.QuickReplies)), None)
    leaving = sorted(range(len(bubbles)), key=lambda at: b.place(bubbles[at]))
    sent = [at for at in leaving if not isinstance(bubbles[at], b.QuickReplies)]
    return sent[int(found[1])] if int(found[1]) < len(sent) else None


def _sentence(complaint: Complaint, place: int | None, field: str) -> str:
    told = {"field": field_name(field) if field else "", "n": (place or 0) + 1, "words": complaint.message}
    length = _LENGTH.search(complaint.message)
    if place is None:
        return _("LINE would not take this message. It says: “{words}”").format(**told)
    if not field:
        return _("LINE would not take bubble {n}. It says: “{words}”").format(**told)
    if length is not None:
        sentence = _("LINE would not take “{field}” in bubble {n}: {most} is the most it takes there.")
        return sentence.format(**told, most=number(int(length[1])))
    if _EMPTY.search(complaint.message):
        return _("LINE would not take “{field}” in bubble {n}: it is empty.").format(**told)
    if _ADDRESS.search(complaint.message):
        return _("LINE would not take “{field}” in bubble {n}: it is no address that LINE opens.").format(**told)
    return _("LINE would not take “{field}” in bubble {n}. It says: “{words}”").format(**told)
