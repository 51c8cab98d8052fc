"""`send`: one message to one segment, behind the same check list and the same typed number as in the window."""

from argparse import ArgumentParser, Namespace
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from linecrm_desktop.campaigns import asking, doubts, freezing, gate, progress, scheduling, sending
from linecrm_desktop.campaigns.gate import Check, GateReport, Tone
from linecrm_desktop.campaigns.progress import UNFINISHED, Standing
from linecrm_desktop.channels import accounts
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.line import asked_outside, line_for
from linecrm_desktop.cli.messages import find
from linecrm_desktop.cli.shop import Opened, pick, reading, writing
from linecrm_desktop.cli.talk import Reply, tell
from linecrm_desktop.cli.world import World, long_task
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.gateway import Line
from linecrm_desktop.messages import library
from linecrm_desktop.messages.draft import LETTERS
from linecrm_desktop.models.base import CampaignId
from linecrm_desktop.models.campaign import CampaignState
from linecrm_desktop.results.outcome import all_campaigns
from linecrm_desktop.settings.send_marks import SendMarks
from linecrm_desktop.text import N_, _, clock, long_date, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

FIX_IT, OUTSIDE = 2, 3
_NONE_UNFINISHED = N_("There is no unfinished send “{wanted}”.")
_MARKS = {Tone.PASSED: "✓", Tone.WARNING: "!", Tone.BLOCKED: "✗", Tone.UNCHECKED: "–"}


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `send`."""
    parser = command(commands, shared, "send", send, _("send a message; without the right number nothing is sent"))
    parser.add_argument("message", metavar="MESSAGE", nargs="?", help=_("its name or number"))
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help=_("only show the check list"))
    what.add_argument("--confirm", metavar="N", help=_("the number of recipients, as the check list says it"))
    what.add_argument("--resume", metavar="CAMPAIGN", help=_("go on with a send that was interrupted"))
    what.add_argument("--doubts", metavar="CAMPAIGN", help=_("what is known of messages that may have arrived or not"))
    what.add_argument("--again", metavar="CAMPAIGN", help=_("send these once more; some friends may get it twice"))
    what.add_argument("--leave", metavar="CAMPAIGN", help=_("do not send these again; some friends may get nothing"))
    what.add_argument("--stop", metavar="CAMPAIGN", help=_("end a planned or interrupted send for good"))
    parser.add_argument("--at", metavar="TIME", help=_("with --confirm: send at this time of the shop, or “now”"))
    parser.add_argument("--accept", metavar="KEY", action="append", default=[], help=_("a warning that you have read"))
    parser.add_argument(
        "--anyway", action="store_true", help=_("go on although the file may be an older copy; you have read the facts")
    )
    parser.add_argument("--token-stdin", action="store_true", help=_("read the token from stdin"))


def send(args: Namespace, world: World) -> Reply:
    """Check, send or go on sending."""
    if args.resume or args.doubts or args.again or args.leave or args.stop:
        if args.message:
            raise ShopError(_("Which send?"), _("Name either a message or, with --resume, a send."))
        if args.stop:
            return _stop(args, world)
        return _resume(args, world) if args.resume else _decide(args, world)
    if not args.message:
        raise ShopError(_("Which message?"), _("Name it, or see: tagwell messages list"))
    return _check(args, world) if args.check else _send(args, world)


def _check(args: Namespace, world: World) -> Reply:
    with reading(args) as shop:
        report = _inspect(shop, args, world)
        can_send = report.can_send(set(args.accept))
        return Reply(_data(report, can_send), _lines(report), 0 if can_send else FIX_IT)


def _send(args: Namespace, world: World) -> Reply:
    with writing(args) as shop, _line_of_message(shop, args, world) as line:
        now, read = world.now(), set(args.accept)
        with shop.database.write() as session:
            message = find(session, args.message).id
            if args.at:
                library.answer(session, message, now, send_at=planned_time(args.at, shop))
            questions = gate.inspect(session, message, shop.day(now), now, None).questions
        outside = asking.ask(line, world.web, questions)
        with shop.database.read() as session:
            report = gate.inspect(session, message, shop.day(now), now, outside.quota, outside=outside)
        if not report.can_send(read) or not report.fits(args.confirm):
            return _refused(report, args)
        with shop.database.write() as session:
            typed, quota = report.recipients, outside.quota
            campaign = freezing.freeze(session, message, typed, shop.day(now), now, read, quota, outside=outside)
        if report.send_at is not None:
            return _planned(shop, campaign, report, report.send_at)
        return _deliver(shop, campaign, line, world, anyway=args.anyway)


def _line_of_message(shop: Opened, args: Namespace, world: World) -> AbstractContextManager[Line]:
    """Connect the account that the message goes through."""
    with shop.database.read() as session:
        channel_id = accounts.of_message(session, find(session, args.message).id)
    return line_for(shop, world, channel_id, token_from_stdin=args.token_stdin)


def _line_of_send(shop: Opened, campaign: int, args: Namespace, world: World) -> AbstractContextManager[Line]:
    """Connect the account that a confirmed send goes through."""
    with shop.database.read() as session:
        channel_id = accounts.of_send(session, campaign)
    return line_for(shop, world, channel_id, token_from_stdin=args.token_stdin)


def planned_time(typed: str, shop: Opened) -> datetime | None:
    """Read a moment by the shop's clock, such as 2026-11-12 20:00; “now” is None. Raises ShopError."""
    if typed.strip().casefold() == "now":
        return None
    try:
        moment = datetime.fromisoformat(typed.strip())
    except ValueError as error:
        raise ShopError(
            _("“{typed}” is not a time.").format(typed=typed), _("Write it like 2026-11-12 20:00, or now.")
        ) from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(shop.zone))).astimezone(UTC)


def _planned(shop: Opened, campaign: CampaignId, report: GateReport, at: datetime) -> Reply:
    sentence = _(
        "{n} messages are planned for {date}, {time}. Nothing was sent. Keep the window open, or run: tagwell send-due"
    )
    words = sentence.format(n=number(report.recipients), date=long_date(at.date()), time=clock(at))
    with shop.database.read() as session:
        stand = sending.standing(session, campaign)
    data = {"campaign": campaign, "practice": shop.is_practice, "due_at": shop.moment(at)} | asdict(stand)
    return Reply(data, [words])


def _resume(args: Namespace, world: World) -> Reply:
    with writing(args) as shop:
        with shop.database.read() as session:
            unfinished = set(sending.unfinished(session))
            rows = [row for row in all_campaigns(session, shop.day(world.now())) if row.id in unfinished]
        row = pick(rows, args.resume, _(_NONE_UNFINISHED))
        with _line_of_send(shop, row.id, args, world) as line:
            if row.state is CampaignState.HELD:
                outside = scheduling.ask(shop.database, row.id, line, world.web)
                with shop.database.write() as session:
                    scheduling.send_now(session, row.id, world.now(), outside.quota, outside)
            return _deliver(shop, CampaignId(row.id), line, world, anyway=args.anyway)


def _stop(args: Namespace, world: World) -> Reply:
    """End a send whose rest nobody is to get; what has left has left."""
    with writing(args) as shop:
        with shop.database.read() as session:
            rows = [row for row in all_campaigns(session, shop.day(world.now())) if row.state in UNFINISHED]
        campaign = CampaignId(pick(rows, args.stop, _(_NONE_UNFINISHED)).id)
        with shop.database.write() as session:
            progress.stop(session, campaign, world.now())
            stand = progress.standing(session, campaign)
        said = ngettext(
            "Stopped for good. {n} friend gets nothing.", "Stopped for good. {n} friends get nothing.", stand.stopped
        )
        data = {"campaign": campaign, "practice": shop.is_practice} | asdict(stand)
        return Reply(data, [said.format(n=number(stand.stopped))])


def _decide(args: Namespace, world: World) -> Reply:
    """Show what is in doubt, leave it, or send it again, which is up to a person alone."""
    with reading(args) if args.doubts else writing(args) as shop:
        wanted = args.doubts or args.again or args.leave
        with shop.database.read() as session:
            rows = all_campaigns(session, shop.day(world.now()))
            campaign = CampaignId(pick(rows, wanted, _("There is no send “{wanted}”.")).id)
            found = doubts.find(session, campaign)
        if args.doubts:
            return _doubted(shop, campaign, found)
        if args.again:
            with _line_of_send(shop, campaign, args, world) as line:
                with shop.database.write() as session:
                    doubts.send_again(session, campaign, world.now())
                return _deliver(shop, campaign, line, world, anyway=args.anyway)
        with shop.database.write() as session:
            n = doubts.leave(session, campaign, world.now())
        left = ngettext("{n} message stays in doubt.", "{n} messages stay in doubt.", n)
        return Reply({"campaign": campaign, "left": n}, [left.format(n=number(n))])


def _doubted(shop: Opened, campaign: CampaignId, found: doubts.Doubts | None) -> Reply:
    if found is None:
        nothing = {"copies": 0, "requests": 0, "tries": 0, "first": None, "last": None}
        return Reply({"campaign": campaign} | nothing, [_("Nothing is in doubt.")])
    first, last = shop.moment(found.first), shop.moment(found.last)
    data = asdict(found) | {"campaign": campaign, "first": first, "last": last}
    lines = [
        _("Not sure whether LINE took it: {n}").format(n=number(found.copies)),
        _("Requests: {n}, tried {tries} times").format(n=number(found.requests), tries=number(found.tries)),
        _("They left between {first} and {last}.").format(first=first, last=last),
        _("Look at what LINE counts for that day. Then: tagwell send --again {campaign}, or --leave {campaign}").format(
            campaign=campaign
        ),
    ]
    return Reply(data, lines)


def _deliver(shop: Opened, campaign: CampaignId, line: Line, world: World, *, anyway: bool) -> Reply:
    def safe() -> str:
        with shop.database.read() as session:
            stand = sending.standing(session, campaign)
        return _(
            "Stopped. LINE accepted {accepted} messages; {waiting} wait and nobody gets one twice. "
            "Go on with: tagwell send --resume {campaign}"
        ).format(accepted=number(stand.accepted), waiting=number(stand.waiting), campaign=campaign)

    with long_task(safe) as task:
        summary = sending.send(shop.database, campaign, line, task, world.now, marks=SendMarks(), anyway=anyway)
    return _sent(shop, campaign, summary.standing)


def _sent(shop: Opened, campaign: CampaignId, stand: Standing) -> Reply:
    lines = [
        _("LINE accepted {n} messages.").format(n=number(stand.accepted)),
        _("Refused by LINE: {n}").format(n=number(stand.refused)),
        _("Not sure whether LINE took it: {n}").format(n=number(stand.in_doubt)),
        _("Waiting: {n}").format(n=number(stand.waiting)),
        _("Kept back to compare: {n}").format(n=number(stand.kept_back)),
        _("Taken out: {n}").format(n=number(stand.left_out)),
    ]
    if shop.is_practice:
        lines.append(_("This is a practice shop: messages went to the practice LINE and reached nobody."))
    if stand.note:
        lines.append(stand.note)
    data = {"campaign": campaign, "practice": shop.is_practice} | asdict(stand)
    return Reply(data, lines, 0 if stand.state is CampaignState.DONE else OUTSIDE)


def _inspect(shop: Opened, args: Namespace, world: World) -> GateReport:
    now = world.now()
    with shop.database.read() as session:
        message = find(session, args.message).id
        questions = gate.inspect(session, message, shop.day(now), now, None).questions
        channel_id = accounts.of_message(session, message)
    outside = asked_outside(shop, world, questions, channel_id, token_from_stdin=args.token_stdin)
    with shop.database.read() as session:
        return gate.inspect(session, message, shop.day(now), now, outside.quota, outside=outside)


def check_line(check: Check) -> str:
    """Say how one check ended, with the key that `--accept` takes."""
    return f"{_MARKS[check.tone]} {check.title} ({check.key}): {check.sentence}"


def _refused(report: GateReport, args: Namespace) -> Reply:
    can_send = report.can_send(set(args.accept))
    if report.blocking:
        tell(_("Nothing was sent. Put right what is marked with ✗."))
    elif not can_send:
        unread = [check.key for check in report.checks if check.tone is Tone.WARNING and check.key not in args.accept]
        options = " ".join(f"--accept {key}" for key in unread)
        tell(_("Nothing was sent. When you have read the warnings, add: {options}").format(options=options))
    else:
        tell(
            _("Nothing was sent. {n} friends would get it, not {typed}. Confirm with that number.").format(
                n=number(report.recipients), typed=args.confirm
            )
        )
    return Reply(_data(report, can_send), _lines(report), FIX_IT)


def _data(report: GateReport, can_send: bool) -> dict[str, Any]:
    return {
        "message": report.message_name,
        "segment": report.segment_name,
        "account": report.account_name,
        "account_id": report.account.basic_id if report.account and not report.is_practice else None,
        "practice": report.is_practice,
        "checks": [
            {
                "key": check.key,
                "tone": str(check.tone),
                "title": check.title,
                "sentence": check.sentence,
                "variant": LETTERS[check.variant],
                "bubble": check.bubble + 1 if check.bubble is not None else None,
            }
            for check in report.checks
        ],
        "reach": asdict(report.reach),
        "kept_back": report.kept_back,
        "recipients": report.recipients,
        "cost": asdict(report.cost) if report.cost else None,
        "currency": report.currency,
        "send_at": report.send_at.isoformat(timespec="seconds") if report.send_at else None,
        "can_send": can_send,
    }


def _lines(report: GateReport) -> list[str]:
    lines = [check_line(check) for check in report.checks]
    account = report.account_name or _("no account yet")
    to = _("To {n} friends of “{segment}”, from {account}.").format(
        n=number(report.recipients), segment=report.segment_name, account=account
    )
    if not report.segment_name:
        to = _("To nobody: no segment is chosen yet. From {account}.").format(account=account)
    return [report.message_name, to, *lines]
