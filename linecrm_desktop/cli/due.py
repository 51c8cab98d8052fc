"""`send-due`: lets planned sends leave whose moment has come; made for the scheduler of the operating system."""

from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from linecrm_desktop.campaigns import scheduling
from linecrm_desktop.campaigns.scheduling import Due
from linecrm_desktop.campaigns.sending import SendSummary
from linecrm_desktop.channels import accounts
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.line import line_for
from linecrm_desktop.cli.shop import Opened, shop_path, writing
from linecrm_desktop.cli.talk import Reply, tell
from linecrm_desktop.cli.world import World, long_task
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.journeys import due as run_sheet
from linecrm_desktop.models.campaign import CampaignState
from linecrm_desktop.settings.send_marks import SendMarks
from linecrm_desktop.store.opening import is_in_use
from linecrm_desktop.text import _, clock, long_date, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

FIX_IT, OUTSIDE = 2, 3


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `send-due`."""
    parser = command(commands, shared, "send-due", send_due, _("send what was planned for now, then end"))
    parser.add_argument("--token-stdin", action="store_true", help=_("read the token from stdin"))


def send_due(args: Namespace, world: World) -> Reply:
    """Send what is due; where a window has the shop open, that window does it."""
    path = shop_path(args)
    if is_in_use(path):
        data: dict[str, Any] = {"open_elsewhere": True, "sends": [], "next": None}
        return Reply(data, [_("The shop is open in a window, which sends what is due by itself.")])
    with writing(args) as shop:
        now = world.now()
        with shop.database.write() as session:
            run_sheet.prepare(session, shop.day(now), now)
        with shop.database.read() as session:
            found = scheduling.due(session, world.now())
        rows = [_row(one, *_run(shop, one, args, world)) for one in found]
        with shop.database.read() as session:
            following = scheduling.next_moment(session)
    data = {"open_elsewhere": False, "sends": rows, "next": shop.moment(following)}
    next_one = shop.day(now).local(following) if following else None
    return Reply(data, _lines(rows, next_one), _code(rows))


def _run(shop: Opened, one: Due, args: Namespace, world: World) -> tuple[SendSummary | None, str]:
    """Let one send leave; return how it stands, or why it could not be tried."""

    def safe() -> str:
        return _("Stopped. Nobody gets a message twice. Go on with: tagwell send --resume {campaign}").format(
            campaign=one.id
        )

    try:
        with shop.database.read() as session:
            channel_id = accounts.of_send(session, one.id)
        with long_task(safe) as task:
            return (
                scheduling.run_due(
                    shop.database,
                    one.id,
                    lambda: line_for(shop, world, channel_id, token_from_stdin=args.token_stdin),
                    task,
                    world.now,
                    marks=SendMarks(),
                    web=world.web,
                ),
                "",
            )
    except (ShopError, OutsideError) as error:
        tell(error.sentence())
        return None, error.sentence()


def _row(one: Due, summary: SendSummary | None, trouble: str) -> dict[str, Any]:
    stand = summary.standing if summary else None
    return {
        "campaign": one.id,
        "name": one.name,
        "state": str(summary.state) if summary else None,
        "accepted": stand.accepted if stand else 0,
        "waiting": stand.waiting if stand else 0,
        "note": summary.note if summary else trouble,
    }


def _lines(rows: list[dict[str, Any]], following: datetime | None) -> list[str]:
    if not rows:
        if following is None:
            return [_("Nothing is due.")]
        then = _("Nothing is due. The next send leaves on {date}, {time}.")
        return [then.format(date=long_date(following.date()), time=clock(following))]
    return [
        _("“{name}”: LINE accepted {accepted} messages; {waiting} wait. {note}")
        .format(name=row["name"], accepted=number(row["accepted"]), waiting=number(row["waiting"]), note=row["note"])
        .strip()
        for row in rows
    ]


def _code(rows: list[dict[str, Any]]) -> int:
    """Return 3 where LINE could not be asked (it is tried again next time), 2 where a person must decide, else 0."""
    states = {row["state"] for row in rows}
    if None in states:
        return OUTSIDE
    return FIX_IT if states - {str(CampaignState.DONE), str(CampaignState.STOPPED)} else 0
