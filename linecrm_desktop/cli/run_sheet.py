"""`due`: today's run-sheet of all paths; nothing of it leaves before the number of recipients was typed."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.gate_facts import Check
from linecrm_desktop.cli import journeys
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.line import line_for
from linecrm_desktop.cli.send import check_line
from linecrm_desktop.cli.shop import Opened, reading, shop_path, writing
from linecrm_desktop.cli.talk import Reply, table, tell
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import ShopError
from linecrm_desktop.journeys import approving, due
from linecrm_desktop.journeys.approving import Approval
from linecrm_desktop.journeys.due import Coming, Line
from linecrm_desktop.line.gateway import Quota
from linecrm_desktop.settings.quiet_hours import clock_words
from linecrm_desktop.store.opening import is_in_use
from linecrm_desktop.text import _, long_date, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

FIX_IT = 2


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `due` with its commands."""
    parser = command(commands, shared, "due", show, _("today’s run-sheet: which step is due for whom"))
    inner = parser.add_subparsers(dest="subcommand", metavar="COMMAND", parser_class=type(parser))
    about = _("let due steps leave; without the right number nothing is approved")
    approve = command(inner, shared, "approve", approve_due, about)
    _which(approve)
    approve.add_argument(
        "--recipients", metavar="N", help=_("the number of all recipients together; without it only the checks run")
    )
    approve.add_argument("--accept", metavar="KEY", action="append", default=[], help=_("a warning that you have read"))
    approve.add_argument("--token-stdin", action="store_true", help=_("read the token from stdin"))
    _which(command(inner, shared, "skip", skip, _("move what is due to tomorrow")))


def _which(parser: ArgumentParser) -> None:
    parser.add_argument("journeys", metavar="JOURNEY", nargs="+", help=_("names or numbers of paths"))


def show(args: Namespace, world: World) -> Reply:
    """Prepare and print the run-sheet; where a window has the shop open, print it as it stands."""
    now = world.now()
    if is_in_use(shop_path(args)):
        with reading(args) as shop, shop.database.read() as session:
            rows, later = due.sheet(session, shop.day(now), now), due.coming(session, shop.day(now))
    else:
        with writing(args) as shop, shop.database.write() as session:
            due.prepare(session, shop.day(now), now)
            rows, later = due.sheet(session, shop.day(now), now), due.coming(session, shop.day(now))
    data = {
        "day": shop.day(now).today.isoformat(),
        "due": [_data(row) for row in rows],
        "recipients": sum(row.recipients for row in rows),
        "coming": [{"day": one.on.isoformat(), "friends": one.friends} for one in later],
    }
    return Reply(data, _lines(rows, later))


def approve_due(args: Namespace, world: World) -> Reply:
    """Run the checks on what is due, and freeze it when the number was typed."""
    with writing(args) as shop:
        now, read = world.now(), set(args.accept)
        day = shop.day(now)
        with shop.database.write() as session:
            due.prepare(session, day, now)
            steps = _steps(session, args, shop, world)
            through = approving.accounts_of(session, steps)
        quotas: dict[int | None, Quota] = {}
        for channel_id in through:
            with line_for(shop, world, channel_id, token_from_stdin=args.token_stdin) as line:
                quotas[channel_id] = line.quota()
        with shop.database.read() as session:
            approval = approving.inspect(session, steps, day, now, quotas)
        if args.recipients is None:
            return _report(approval, [], 0 if approval.can_send(read) else FIX_IT)
        if not approval.can_send(read) or not approval.fits(args.recipients):
            _tell_why(approval, args)
            return _report(approval, [], FIX_IT)
        with shop.database.write() as session:
            made = approving.approve(session, steps, approval.recipients, day, now, read, quotas)
    return _report(approval, [int(one) for one in made], 0)


def skip(args: Namespace, world: World) -> Reply:
    """Move what is due to tomorrow."""
    now = world.now()
    with writing(args) as shop, shop.database.write() as session:
        due.prepare(session, shop.day(now), now)
        moved = due.skip_today(session, _steps(session, args, shop, world), shop.day(now))
    words = ngettext("{n} friend waits until tomorrow.", "{n} friends wait until tomorrow.", len(moved))
    return Reply({"moved": len(moved)}, [words.format(n=number(len(moved)))])


def _steps(session: Session, args: Namespace, shop: Opened, world: World) -> list[int]:
    """Return the due steps of the named paths. Raises ShopError when nothing of them is due."""
    wanted = {journeys.find(session, name).id for name in args.journeys}
    now = world.now()
    found = [row.step_id for row in due.sheet(session, shop.day(now), now) if row.journey_id in wanted]
    if not found:
        raise ShopError(_("Nothing is due on these paths today."), _("See: tagwell due"))
    return found


def _tell_why(approval: Approval, args: Namespace) -> None:
    unread = sorted(approval.warnings - set(args.accept))
    if approval.blocking or not approval.steps:
        tell(_("Nothing was approved. Put right what is marked with ✗."))
    elif unread:
        options = " ".join(f"--accept {key}" for key in unread)
        tell(_("Nothing was approved. When you have read the warnings, add: {options}").format(options=options))
    else:
        words = _("Nothing was approved. {n} friends would get it, not {typed}. Confirm with that number.")
        tell(words.format(n=number(approval.recipients), typed=args.recipients))


def _report(approval: Approval, made: list[int], code: int) -> Reply:
    data = {
        "recipients": approval.recipients,
        "steps": [
            {
                "step": one.step_id,
                "message": one.gate.message_name,
                "journey": one.gate.segment_name,
                "recipients": one.gate.recipients,
                "kept_back": one.gate.kept_back,
                "send_at": one.gate.send_at.isoformat(timespec="seconds") if one.gate.send_at else None,
                "checks": [_check(check) for check in one.gate.checks],
            }
            for one in approval.steps
        ],
        "nobody": list(approval.nobody),
        "campaigns": made,
    }
    lines: list[str] = []
    for one in approval.steps:
        words = _("{path}, step {n}, “{message}”: {recipients} recipients")
        lines.append(
            words.format(
                path=one.gate.segment_name,
                n=number(one.number),
                message=one.gate.message_name,
                recipients=number(one.gate.recipients),
            )
        )
        lines += [f"  {check_line(check)}" for check in one.gate.checks]
    if made:
        words = _("{n} messages are approved. They leave from an open window, or with: tagwell send-due")
        lines.append(words.format(n=number(approval.recipients)))
    return Reply(data, lines, code)


def _check(check: Check) -> dict[str, str]:
    return {"key": check.key, "tone": str(check.tone), "title": check.title, "sentence": check.sentence}


def _data(row: Line) -> dict[str, Any]:
    return {
        "journey": row.journey_name,
        "step": row.number,
        "message": row.message_name,
        "friends": row.due,
        "recipients": row.recipients,
        "taken_out": row.taken_out,
        "reach": asdict(row.reach),
        "kept_back": row.held,
        "overdue": row.overdue,
        "why_today": row.why_today,
        "send_from": clock_words(row.send_from) if row.send_from is not None else None,
    }


def _lines(rows: list[Line], later: list[Coming]) -> list[str]:
    if not rows:
        lines = [_("Nothing is due today.")]
    else:
        head = [_("Path"), _("Step"), _("Message"), _("Friends"), _("Taken out"), _("Why today")]
        lines = table(head, [_cells(row) for row in rows])
    return [*lines, *(f"{long_date(one.on)}: {number(one.friends)}" for one in later)]


def _cells(row: Line) -> list[str]:
    counts = number(row.recipients), number(row.taken_out)
    return [row.journey_name, number(row.number), row.message_name, *counts, row.why_today]
