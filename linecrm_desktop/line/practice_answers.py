"""What the practice LINE answers to questions: whose account, how many messages, which friends, is it well written."""

import base64
import binascii
from datetime import datetime, timedelta, timezone
from typing import Any

from linecrm_desktop.line.practice_messages import complaints
from linecrm_desktop.line.practice_world import NO_ACCESS, NOT_FOUND, USER_ID, PracticeWorld, Said, broken_limits

FOLLOWERS_MAX = 1000
PAGE_LIFE = timedelta(hours=24)
COUPONS_MAX = 100
_LINE_ZONE = timezone(timedelta(hours=9))


def quota(world: PracticeWorld) -> Said:
    """Say how many messages the month allows."""
    return Said(200, {"type": "none"} if world.limit is None else {"type": "limited", "value": world.limit})


def consumption(world: PracticeWorld) -> Said:
    """Say how many were used, as nearly as LINE does."""
    return Said(200, {"totalUsage": max(0, world.used + world.drift)})


def validate(body: dict[str, Any]) -> Said:
    """Check the messages of a request without sending them."""
    wrong = complaints(body.get("messages"))
    return broken_limits(wrong) if wrong else Said(200)


def verify(world: PracticeWorld, body: dict[str, Any]) -> Said:
    """Say whether a token is good; a long-lived one has centuries."""
    if body.get("access_token") != world.token:
        return Said(400, {"error": "invalid_request", "error_description": "access_token invalid"})
    return Said(200, {"client_id": "1350031035", "expires_in": 3_138_007_490, "scope": "P CM"})


def coupons(world: PracticeWorld, query: dict[str, str]) -> Said:
    """List coupons in pages of up to 100."""
    limit, start = query.get("limit", "20"), query.get("start", "0")
    if not limit.isdecimal() or not 1 <= int(limit) <= COUPONS_MAX or not start.isdecimal():
        return Said(400, {"message": "The value for the 'limit' parameter is invalid"})
    wanted = set(query["status"].split(",")) if query.get("status") else None
    found = [one for one in world.coupons if wanted is None or one.get("status") in wanted]
    page = found[int(start) : int(start) + int(limit)]
    answer: dict[str, Any] = {"items": [{"couponId": one["couponId"], "title": one["title"]} for one in page]}
    if int(start) + len(page) < len(found):
        answer["next"] = str(int(start) + len(page))
    return Said(200, answer)


def coupon(world: PracticeWorld, number: str) -> Said:
    """Show one coupon."""
    found = next((one for one in world.coupons if one["couponId"] == number), None)
    return NOT_FOUND if found is None else Said(200, found)


def info(world: PracticeWorld) -> Said:
    """Say whose account it is."""
    said = {
        "userId": world.account_id,
        "basicId": world.basic_id,
        "displayName": world.account_name,
        "chatMode": "bot",
        "markAsReadMode": "auto",
    }
    return Said(200, said)


def profile(world: PracticeWorld, user: str) -> Said:
    """Show a friend; blocked and unknown people look alike."""
    if USER_ID.fullmatch(user) is None:
        return Said(400, {"message": "The value for the 'userId' parameter is invalid"})
    if not world.is_friend(user):
        return NOT_FOUND
    return Said(200, {"userId": user, "displayName": f"Friend {user[-4:]}", "language": "zh-TW"})


def followers(world: PracticeWorld, query: dict[str, str]) -> Said:
    """List friends in pages, for verified accounts."""
    if not world.verified:
        return NO_ACCESS
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
