"""The numbers that the practice LINE tells afterwards: who saw and pressed, by unit or request; nothing under 20.

LINE counts for 14 days after a send, in days of UTC+9, and shows no number of fewer than 20 people. Here half of those
who got a message see it and a tenth press, spread evenly over the 14 days.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from linecrm_desktop.line.practice_ledger import Taken
from linecrm_desktop.line.practice_world import NOT_FOUND, PracticeWorld, Said

FLOOR = 20
COUNTED_DAYS = 14
UNITS_MAX = 1000
_LINE_ZONE = timezone(timedelta(hours=9))
_SEEN, _PRESSED = 0.5, 0.1


def followers(world: PracticeWorld, query: dict[str, str]) -> Said:
    """Answer in UTC+9, about a day late, as LINE does."""
    asked = _day(query.get("date", ""))
    if asked is None:
        return _wrong("date")
    if world.friends is None or asked >= _today(world):
        return Said(200, {"status": "unready"})
    blocks = len(world.friends & world.blocked)
    numbers = {"followers": len(world.friends), "targetedReaches": len(world.friends) - blocks, "blocks": blocks}
    return Said(200, {"status": "ready"} | numbers)


def unit(world: PracticeWorld, query: dict[str, str]) -> Said:
    """Answer for all pushes and multicasts under one name, whatever they said."""
    first, last = _day(query.get("from", "")), _day(query.get("to", ""))
    if first is None or last is None or not first <= last <= first + timedelta(days=30):
        return _wrong("from" if first is None else "to")
    name = query.get("customAggregationUnit", "")
    sent = [one for one in world.taken if one.unit == name and first <= one.at.astimezone(_LINE_ZONE).date() <= last]
    numbers = _numbers(world, sent)
    overview = {
        "uniqueImpression": numbers["seen"],
        "uniqueClick": numbers["pressed"],
        "uniqueMediaPlayed": None,
        "uniqueMediaPlayed100Percent": None,
    }
    messages = [{"seq": 1, "impression": numbers["seen"], "uniqueImpression": numbers["seen"]}] if sent else []
    return Said(200, {"overview": overview, "messages": messages, "clicks": []})


def event(world: PracticeWorld, query: dict[str, str]) -> Said:
    """Answer for one broadcast or narrowcast."""
    asked = query.get("requestId", "")
    sent = [one for one in world.taken if one.request_id == asked and one.kind in ("broadcast", "narrowcast")]
    if not sent:
        return NOT_FOUND
    numbers = _numbers(world, sent)
    overview = {
        "requestId": asked,
        "timestamp": int(sent[0].at.timestamp()),
        "delivered": len(sent[0].people),
        "uniqueImpression": numbers["seen"],
        "uniqueClick": numbers["pressed"],
        "uniqueMediaPlayed": None,
        "uniqueMediaPlayed100Percent": None,
    }
    return Said(200, {"overview": overview, "messages": [], "clicks": []})


def units_used(world: PracticeWorld) -> Said:
    """Say how many names of units were used this month."""
    month = world.clock().astimezone(_LINE_ZONE).strftime("%Y%m")
    names = {one.unit for one in world.taken if one.at.astimezone(_LINE_ZONE).strftime("%Y%m") == month} - {""}
    return Said(200, {"numOfCustomAggregationUnits": min(UNITS_MAX, len(names))})


def _numbers(world: PracticeWorld, sent: Sequence[Taken]) -> dict[str, int | None]:
    people: dict[str, datetime] = {}
    for one in sent:
        for user in one.people:
            people.setdefault(user, one.at)
    days = [min(COUNTED_DAYS, (world.clock() - at) / timedelta(days=1)) / COUNTED_DAYS for at in people.values()]
    return {"seen": _floored(sum(days) * _SEEN), "pressed": _floored(sum(days) * _PRESSED)}


def _floored(people: float) -> int | None:
    return int(people) if int(people) >= FLOOR else None


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _today(world: PracticeWorld) -> date:
    return world.clock().astimezone(_LINE_ZONE).date()


def _wrong(name: str) -> Said:
    return Said(400, {"message": f"The value for the '{name}' parameter is invalid"})
