"""`results`: what came of each send."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from linecrm_desktop.campaigns.states import why_sentence
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import Opened, pick, reading
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.results import words
from linecrm_desktop.results.outcome import Outcome, all_campaigns
from linecrm_desktop.text import _, long_date, money, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `results`."""
    parser = command(commands, shared, "results", show, _("show what came of the sends, or of one"))
    parser.add_argument("campaign", metavar="CAMPAIGN", nargs="?", help=_("its name or number; without it, all sends"))


def show(args: Namespace, world: World) -> Reply:
    """Show all sends in a table, or one in full."""
    with reading(args) as shop:
        with shop.database.read() as session:
            rows = all_campaigns(session, shop.day(world.now()))
        if args.campaign:
            row = pick(rows, args.campaign, _("There is no send “{wanted}”."))
            return Reply({"currency": shop.currency, "campaign": _data(row, shop)}, _lines(row, shop))
        header = [_("No."), _("Name"), _("Segment"), _("Accepted"), _("Result")]
        cells = [[str(row.id), row.name, row.segment_name, number(row.accepted), words.word(row)] for row in rows]
        lines = table(header, cells) if rows else [_("Nothing was sent yet.")]
        return Reply({"currency": shop.currency, "campaigns": [_data(row, shop) for row in rows]}, lines)


def _data(row: Outcome, shop: Opened) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "segment": row.segment_name,
        "state": str(row.state),
        "practice": row.is_practice,
        "started_at": shop.moment(row.window.begins if row.window else None),
        "recipients": row.recipients,
        "accepted": row.accepted,
        "waiting": row.waiting,
        "in_doubt": row.in_doubt,
        "stopped": row.stopped,
        "refused": row.refused,
        "left_out": row.left_out,
        "kept_back": row.kept_back,
        "metric": str(row.brief.metric),
        "metric_days": row.brief.metric_days,
        "last_day": row.window.last_day.isoformat() if row.window else None,
        "still_counting": row.window.is_open if row.window else False,
        "sent_group": asdict(row.sent),
        "kept_back_group": asdict(row.kept),
        "broadcast_messages": row.broadcast_messages,
        "standing": str(words.standing(row)),
    }


def _lines(row: Outcome, shop: Opened) -> list[str]:
    lines = [
        _("{name}, sent to {segment}").format(name=row.name, segment=row.segment_name),
        _("Accepted by LINE: {n}").format(n=number(row.accepted)),
        _("Kept back to compare: {n}").format(n=number(row.kept_back)),
        _("Not sure whether LINE took it: {n}").format(n=number(row.in_doubt)),
        _("Waiting: {n}").format(n=number(row.waiting)),
        *[f"{why_sentence(code)} {number(n)}" for code, n in (row.refused | row.left_out).items()],
        words.comparison(row),
        _("Orders of those who got it: {n} ({amount})").format(
            n=number(row.sent.orders), amount=money(row.sent.revenue, shop.currency)
        ),
        _("A broadcast would have used {n} messages.").format(n=number(row.broadcast_messages)),
        words.doubt(row),
    ]
    if row.window and row.window.is_open:
        lines.append(_("Not sure yet. Orders count until {day}.").format(day=long_date(row.window.last_day)))
    return [line for line in lines if line]
