"""What the practice LINE answers to questions: whose account, how many messages, which friends, is it well written."""

import base64
import binascii
from datetime import datetime, timedelta, timezone
from typing import Any

from linecrm_desktop.line.practice_messages import complaints
from linecrm_desktop.line.practice_world import USER_ID, PracticeWorld, Said, broken_limits

FOLLOWERS_MAX = 1000
PAGE_LIFE = timedelta(hours=24)
_PROFILE = "/v2/bot/profile/"
_NO_ACCESS = Said(403, {"message": "Access to this API is not available for your account"})
_NOT_FOUND = Said(404, {"message": "Not found"})
_LINE_ZONE = timezone(timedelta(hours=9))


def answer_get(world: PracticeWorld, path: str, query: dict[str, str]) -> Said:
    """Answer one GET, in LINE's words."""
    match path:
        case "/v2/bot/info":
            return Said(200, _info(world))
        case "/v2/bot/message/quota":
            none = world.limit is None
            return Said(200, {"type": "none"} if none else {"type": "limited", "value": world.limit})
        case "/v2/bot/message/quota/consumption":
            return Said(200, {"totalUsage": max(0, world.used + world.drift)})
        case "/v2/bot/followers/ids":
            return _followers(world, query) if world.verified else _NO_ACCESS
        case "/v2/bot/insight/followers":
            return _insight(world, query.get("date", ""))
        case _:
            return _profile(world, path.removeprefix(_PROFILE)) if path.startswith(_PROFILE) else _NOT_FOUND


def answer_validate(body: dict[str, Any]) -> Said:
    """Check the messages of a request without sending them."""
    wrong = complaints(body.get("messages"))
    return broken_limits(wrong) if wrong else Said(200)


def _info(world: PracticeWorld) -> dict[str, Any]:
    return {
        "userId": f"U{'0' * 31}b",
        "basicId": "@practice",
        "displayName": world.account_name,
        "chatMode": "bot",
        "markAsReadMode": "auto",
    }


def _profile(world: PracticeWorld, user: str) -> Said:
    if USER_ID.fullmatch(user) is None:
        return Said(400, {"message": "The value for the 'userId' parameter is invalid"})
    if not world.is_friend(user):
        return _NOT_FOUND
    return Said(200, {"userId": user, "displayName": f"Friend {user[-4:]}", "language": "zh-TW"})


def _followers(world: PracticeWorld, query: dict[str, str]) -> Said:
    try:
        limit = int(query.get("limit", "300"))
    except ValueError:
        limit = 0
    if not 1 <= limit <= FOLLOWERS_MAX:
        return Said(400, {"message": "The value for the 'limit' parameter is invalid"})
    start = _page_start(world, query["start"]) if "start" in query else 0
    if start is None:
        return Said(400, {"message": "Invalid start param"})
    people = sorted(user for user in world.friends or () if world.is_friend(user))
    answer: dict[str, Any] = {"userIds": people[start : start + limit]}
    if start + limit < len(people):
        answer["next"] = base64.urlsafe_b64encode(f"{start + limit} {world.clock().timestamp()}".encode()).decode()
    return Said(200, answer)


def _page_start(world: PracticeWorld, token: str) -> int | None:
    """Return where a page begins, or None when the token is wrong or older than a day."""
    try:
        place, given = base64.urlsafe_b64decode(token).decode().split()
        is_old = world.clock() - datetime.fromtimestamp(float(given), _LINE_ZONE) >= PAGE_LIFE
    except (ValueError, binascii.Error):
        return None
    return None if is_old else int(place)


def _insight(world: PracticeWorld, day: str) -> Said:
    """Answer in UTC+9, about a day late, as LINE does."""
    try:
        asked = datetime.strptime(day, "%Y%m%d").replace(tzinfo=_LINE_ZONE).date()
    except ValueError:
        return Said(400, {"message": "The value for the 'date' parameter is invalid"})
    if world.friends is None or asked >= world.clock().astimezone(_LINE_ZONE).date():
        return Said(200, {"status": "unready"})
    blocks = len(world.friends & world.blocked)
    numbers = {"followers": len(world.friends), "targetedReaches": len(world.friends) - blocks, "blocks": blocks}
    return Said(200, {"status": "ready"} | numbers)
