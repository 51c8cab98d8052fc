"""`home`: the five key numbers, the plan, and what needs a person today."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import Opened, reading
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World
from linecrm_desktop.home import reading as home
from linecrm_desktop.home import words
from linecrm_desktop.home.core import Moves, moves
from linecrm_desktop.home.plan import State, Task
from linecrm_desktop.home.reading import Home
from linecrm_desktop.home.today import Item
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.text import _, money, number, percent, short_date

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_MARKS = {State.OPEN: "[ ]", State.PART: "[~]", State.DONE: "[x]"}


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `home`."""
    command(commands, shared, "home", show, _("show the key numbers, the plan, and what needs you today"))


def show(args: Namespace, world: World) -> Reply:
    """Show all of Home as the window does."""
    with reading(args) as shop:
        now = world.now()
        with shop.database.read() as session:
            found = home.read(session, shop.day(now), now)
            moved = moves(session, Counting(session, found.day))
        return Reply(_data(found, moved, shop), [*_numbers(found, shop), "", *_plan(found), "", *_today(found)])


def _numbers(found: Home, shop: Opened) -> list[str]:
    people, spared = found.numbers.people, found.numbers.not_wasted
    saved = "" if spared.money_minor is None else f" ({money(spared.money_minor, shop.currency)})"
    share = f" ({percent(people.sourced / people.friends, 0)})" if people.friends else ""
    lines = [
        (_("Reachable friends"), number(people.reachable)),
        (_("Friends with a source"), number(people.sourced) + share),
        (_("Tags without a decision"), number(found.numbers.undecided)),
        (_("Messages left"), _left(found)),
        (_("Messages not wasted"), number(spared.messages) + saved),
    ]
    return [_("{what}: {n}").format(what=what, n=told) for what, told in lines]


def _left(found: Home) -> str:
    left = found.numbers.left
    if left is None:
        return _("LINE was not asked yet")
    on = short_date(found.day.local(left.read_at).date(), found.day.today)
    told = _("no limit") if left.left is None else number(left.left)
    return _("{n} (LINE was asked on {date})").format(n=told, date=on)


def _plan(found: Home) -> list[str]:
    period = found.plan.period
    head = _("This month") if period.is_monthly else _("Four-week plan")
    done = _("{n} of {total} done").format(n=number(found.plan.done), total=number(len(found.plan.tasks)))
    lines = [_("{what}: {n}").format(what=head, n=done)]
    for place, tasks in enumerate(found.plan.weeks, 1):
        week = _("Week {n}").format(n=place)
        lines.append(f"  {week} · {_(words.WEEKS[place - 1])}")
        lines += [f"    {_mark(task)} {words.title(task)} · {_detail(task, found)}".rstrip(" ·") for task in tasks]
    return lines


def _mark(task: Task) -> str:
    return "[-]" if task.is_skipped else _MARKS[task.state]


def _detail(task: Task, found: Home) -> str:
    return _("skipped") if task.is_skipped else words.detail(task, found.day)


def _today(found: Home) -> list[str]:
    if not found.items:
        return [_("Nothing needs you today.")]
    return [
        _("Needs you today"),
        *[f"  {words.sentence(item)} · {words.more(item)}".rstrip(" ·") for item in found.items],
    ]


def _data(found: Home, moved: dict[str, Moves], shop: Opened) -> dict[str, Any]:
    numbers, left, period = found.numbers, found.numbers.left, found.plan.period
    return {
        "day": found.day.today.isoformat(),
        "currency": shop.currency,
        "friends": asdict(numbers.people),
        "tags": {"live": numbers.tags, "without_decision": numbers.undecided},
        "messages_left": None
        if left is None
        else {"limit": left.limit, "used": left.used, "read_at": shop.moment(left.read_at), "extra_minor": left.extra},
        "not_wasted": asdict(numbers.not_wasted),
        "plan": {
            "monthly": period.is_monthly,
            "began": period.begins.isoformat() if period.begins else None,
            "month": f"{period.month:%Y-%m}",
            "week": period.week,
            "done": found.plan.done,
            "tasks": [_task(week, task) for week, tasks in enumerate(found.plan.weeks, 1) for task in tasks],
        },
        "sends": [asdict(send) | {"on": send.on.isoformat()} for send in found.sends],
        "core_segments": [asdict(core) | _moves(moved.get(core.key)) for core in found.core],
        "today": [_item(item) for item in found.items],
    }


def _task(week: int, task: Task) -> dict[str, Any]:
    return {
        "week": week,
        "task": str(task.key),
        "state": str(task.state),
        "skipped": task.is_skipped,
        "count": task.count,
        "of": task.of,
        "opens": task.opens.isoformat() if task.opens else None,
    }


def _moves(moved: Moves | None) -> dict[str, int | None]:
    return {"joined": None, "bought": None} if moved is None else asdict(moved)


def _item(item: Item) -> dict[str, Any]:
    return {"what": str(item.kind), "count": item.count, "sentence": words.sentence(item), "quick": item.is_quick}
