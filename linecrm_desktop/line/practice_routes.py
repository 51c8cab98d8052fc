"""Which address of the practice LINE answers what. `ROUTES` is all that it speaks; a test holds it against OpenAPI."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from linecrm_desktop.line import practice_answers as answers
from linecrm_desktop.line import practice_figures as figures
from linecrm_desktop.line import practice_uploads as uploads
from linecrm_desktop.line.practice_script import SENDS
from linecrm_desktop.line.practice_world import BUSY, NOT_FOUND, PracticeWorld, Said


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, taken apart."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict[str, str])
    body: dict[str, Any] = field(default_factory=dict[str, Any])
    key: str = ""


Answer = Callable[[PracticeWorld, Asked, str], Said]
_GROUP = "/v2/bot/audienceGroup"
_MESSAGE = "/v2/bot/message"

ROUTES: dict[tuple[str, str], Answer] = {
    ("GET", "/v2/bot/info"): lambda world, _asked, _id: answers.info(world),
    ("GET", f"{_MESSAGE}/quota"): lambda world, _asked, _id: answers.quota(world),
    ("GET", f"{_MESSAGE}/quota/consumption"): lambda world, _asked, _id: answers.consumption(world),
    ("GET", "/v2/bot/followers/ids"): lambda world, asked, _id: answers.followers(world, asked.query),
    ("GET", "/v2/bot/profile/{userId}"): lambda world, _asked, user: answers.profile(world, user),
    ("GET", "/v2/bot/coupon"): lambda world, asked, _id: answers.coupons(world, asked.query),
    ("GET", "/v2/bot/coupon/{couponId}"): lambda world, _asked, coupon: answers.coupon(world, coupon),
    ("GET", f"{_MESSAGE}/progress/narrowcast"): lambda world, asked, _id: uploads.progress(world, asked.query),
    ("GET", "/v2/bot/insight/followers"): lambda world, asked, _id: figures.followers(world, asked.query),
    ("GET", "/v2/bot/insight/message/event"): lambda world, asked, _id: figures.event(world, asked.query),
    ("GET", "/v2/bot/insight/message/event/aggregation"): lambda world, asked, _id: figures.unit(world, asked.query),
    ("GET", f"{_MESSAGE}/aggregation/info"): lambda world, _asked, _id: figures.units_used(world),
    ("POST", f"{_GROUP}/upload"): lambda world, asked, _id: uploads.create(world, asked.body),
    ("PUT", f"{_GROUP}/upload"): lambda world, asked, _id: uploads.add(world, asked.body),
    ("POST", f"{_GROUP}/upload/byFile"): lambda world, asked, _id: uploads.create(world, asked.body, uploads.FILE_MAX),
    ("PUT", f"{_GROUP}/upload/byFile"): lambda world, asked, _id: uploads.add(world, asked.body, uploads.FILE_MAX),
    ("GET", f"{_GROUP}/list"): lambda world, asked, _id: uploads.every(world, asked.query),
    ("GET", f"{_GROUP}/{{audienceGroupId}}"): lambda world, _asked, number: uploads.show(world, number),
    ("DELETE", f"{_GROUP}/{{audienceGroupId}}"): lambda world, _asked, number: uploads.delete(world, number),
    ("POST", "/v2/oauth/verify"): lambda world, asked, _id: answers.verify(world, asked.body),
}
for _kind in SENDS:
    ROUTES["POST", f"{_MESSAGE}/validate/{_kind}"] = lambda _world, asked, _id: answers.validate(asked.body)
SEND_PATHS = {f"{_MESSAGE}/{kind}": kind for kind in SENDS}
"""These decide about their retry keys themselves."""
_PATTERNS = [
    (method, re.compile(re.sub(r"\\{\w+\\}", r"([^/]+)", re.escape(path))), answer)
    for (method, path), answer in ROUTES.items()
]


def respond(world: PracticeWorld, asked: Asked) -> Said:
    """Answer one request in LINE's words."""
    if asked.method == "POST" and asked.path in SEND_PATHS:
        return world.send(SEND_PATHS[asked.path], asked.body, asked.key)
    for method, pattern, answer in _PATTERNS:
        found = pattern.fullmatch(asked.path) if method == asked.method else None
        if found is not None:
            name = endpoint(asked.path)
            if not world.may_ask(name):
                return BUSY
            own = found[1] if pattern.groups else ""
            return world.troubled(name, lambda answer=answer, own=own: answer(world, asked, own))
    return NOT_FOUND


def endpoint(path: str) -> str:
    """Return the short name of an address, as scripts and rate limits use it."""
    name = re.sub(r"^/v2/(bot/)?(message/(?!event))?", "", path)
    first = name.partition("/")[0]
    return first if first in ("profile", "coupon", "audienceGroup") else name


def form(raw: bytes) -> dict[str, Any]:
    """Read what a form says."""
    return {name: values[-1] for name, values in parse_qs(raw.decode("utf-8", "replace")).items()}


def multipart(raw: bytes, content_type: str) -> dict[str, Any]:
    """Read the parts of an upload; the file's lines become the ids of an audience."""
    boundary = content_type.partition("boundary=")[2].strip('"').encode()
    found: dict[str, Any] = {}
    for part in raw.split(b"--" + boundary)[1:-1]:
        head, _gap, content = part.partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]+)"', head)
        text = content.removesuffix(b"\r\n").decode("utf-8", "replace")
        if name is not None and name[1] == b"file":
            found["audiences"] = [{"id": line} for line in text.split()]
        elif name is not None:
            found[name[1].decode()] = text
    return found
