"""Audiences as the practice LINE takes them: made, added to, looked at, deleted; and how far a narrowcast is."""

from datetime import timedelta
from typing import Any, cast

from linecrm_desktop.line.practice_audiences import LIFE, Audience
from linecrm_desktop.line.practice_world import NOT_FOUND, USER_ID, PracticeWorld, Said

NAME_MAX = 120
IDS_MAX = 10_000
FILE_MAX = 1_500_000
"""Lines of an uploaded file."""


def create(world: PracticeWorld, body: dict[str, Any], most: int = IDS_MAX) -> Said:
    """Make an audience of at most so many ids; without any it stays empty."""
    name, ids = str(body.get("description") or ""), _ids(body)
    wrong = _wrong_name(world, name) or _wrong_ids(ids, most)
    if wrong:
        return _refused(wrong)
    number = max(world.audiences, default=1_234_567_889_999) + 1
    world.audiences[number] = made = Audience(number, name, world.clock(), set(ids))
    answer = _group(world, made) | {"permission": "READ_WRITE"}
    answer["expireTimestamp"] = int((made.created + LIFE).timestamp())
    for unknown in ("status", "audienceCount"):
        del answer[unknown]
    return Said(202, answer)


def add(world: PracticeWorld, body: dict[str, Any], most: int = IDS_MAX) -> Said:
    """Add ids to an audience; there is no taking out."""
    found, ids = world.audiences.get(_number(body.get("audienceGroupId"))), _ids(body)
    if found is None:
        return _refused("AUDIENCE_GROUP_NOT_FOUND")
    if found.status(world.clock()) == "EXPIRED":
        return _refused("AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED")
    wrong = _wrong_ids(ids, most)
    if wrong:
        return _refused(wrong)
    found.ids |= set(ids)
    found.jobs.append((len(found.jobs) + 1, str(body.get("uploadDescription") or ""), world.clock()))
    return Said(202)


def show(world: PracticeWorld, number: str) -> Said:
    """Show an audience with the lists that were added to it."""
    found = world.audiences.get(_number(number))
    if found is None:
        return _refused("AUDIENCE_GROUP_NOT_FOUND")
    jobs = [
        {
            "audienceGroupJobId": place,
            "audienceGroupId": found.id,
            "description": words,
            "type": "DIFF_ADD",
            "jobStatus": "FINISHED" if world.clock() - at >= timedelta(minutes=1) else "WORKING",
            "created": int(at.timestamp()),
        }
        for place, words, at in found.jobs
    ]
    return Said(200, {"audienceGroup": _group(world, found), "jobs": jobs})


def every(world: PracticeWorld, query: dict[str, str]) -> Said:
    """List audiences whose names hold a text, the newest first, a page at a time."""
    page, size = int(query.get("page", "1")), int(query.get("size", "20"))
    wanted = query.get("description", "").casefold()
    fitting = [one for one in reversed(world.audiences.values()) if wanted in one.description.casefold()]
    shown = fitting[(page - 1) * size : page * size]
    return Said(
        200,
        {
            "audienceGroups": [_group(world, one) for one in shown],
            "hasNextPage": page * size < len(fitting),
            "totalCount": len(fitting),
            "readWriteAudienceGroupTotalCount": len(fitting),
            "page": page,
            "size": size,
        },
    )


def delete(world: PracticeWorld, number: str) -> Said:
    """Forget an audience."""
    found = world.audiences.pop(_number(number), None)
    return Said(200) if found is not None else _refused("AUDIENCE_GROUP_NOT_FOUND")


def progress(world: PracticeWorld, query: dict[str, str]) -> Said:
    """Say how far a narrowcast is; LINE forgets it after 14 days."""
    found = world.narrowcasts.get(query.get("requestId", ""))
    said = found.progress(world.clock()) if found is not None else None
    return NOT_FOUND if said is None else Said(200, said)


def _group(world: PracticeWorld, audience: Audience) -> dict[str, Any]:
    return {
        "audienceGroupId": audience.id,
        "createRoute": "MESSAGING_API",
        "type": "UPLOAD",
        "description": audience.description,
        "status": audience.status(world.clock()),
        "audienceCount": len(audience.ids),
        "created": int(audience.created.timestamp()),
        "isIfaAudience": False,
    }


def _ids(body: dict[str, Any]) -> list[str]:
    found = body.get("audiences")
    people = cast("list[Any]", found) if isinstance(found, list) else []
    return [str(cast("dict[str, Any]", person).get("id", "")) for person in people if isinstance(person, dict)]


def _wrong_ids(ids: list[str], most: int) -> str:
    if len(ids) > most:
        return "UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS"
    is_whole = all(USER_ID.fullmatch(user) for user in ids)
    return "" if is_whole else "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT"


def _wrong_name(world: PracticeWorld, name: str) -> str:
    if not name.strip():
        return "AUDIENCE_GROUP_NAME_EMPTY"
    if len(name) > NAME_MAX:
        return "AUDIENCE_GROUP_NAME_SIZE_OVER"
    taken = {audience.description.casefold() for audience in world.audiences.values()}
    return "AUDIENCE_GROUP_NAME_WRONG" if name.casefold() in taken else ""


def _number(text: Any) -> int:
    return int(text) if str(text).isdecimal() else 0


def _refused(code: str) -> Said:
    return Said(400, {"message": "The request body has 1 error(s)", "details": [{"message": code}]})
