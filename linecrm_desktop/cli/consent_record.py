"""`consent record`, `recordings`, `take-back`: what many friends were told or asked, written down at once."""

from argparse import ArgumentParser, Namespace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.consent_notices import notice_named
from linecrm_desktop.cli.segments import find
from linecrm_desktop.cli.shop import Opened, reading, writing
from linecrm_desktop.cli.tag_work import find_tag
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.consent import recording
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.consent.recording import WAYS, Preview, Recording, Told, Who
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends import named_in_file
from linecrm_desktop.models.consent import RecordingWay, Use
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.text import _, number, when

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(inner: "Commands", shared: ArgumentParser) -> None:
    """Add the commands that record for many."""
    made = command(inner, shared, "record", record, _("write down what many friends were told or asked"))
    whom = made.add_mutually_exclusive_group(required=True)
    whom.add_argument("--segment", metavar="SEGMENT", help=_("its name or number"))
    whom.add_argument("--tag", metavar="TAG", help=_("its name or number"))
    whom.add_argument("--import", dest="batch", metavar="ID", type=int, help=_("its number in “imports list”"))
    whom.add_argument("--file", metavar="FILE", help=_("a list of member numbers or LINE user IDs, one a line"))
    ways = [str(way) for way in RecordingWay]
    made.add_argument("--way", choices=ways, required=True, help=_("where they were told or asked"))
    made.add_argument("--how", metavar="TEXT", required=True, help=_("how we know, and where it can be looked up"))
    made.add_argument("--notice", metavar="NOTICE", help=_("the notice they were told, such as 2/ja"))
    answers = [str(answer) for answer in Answer]
    made.add_argument(
        "--informed", choices=answers, default="unknown", help=_("whether they were told, without a notice")
    )
    made.add_argument("--opt-out", choices=answers, default="unknown", help=_("whether they know how to stop"))
    made.add_argument(
        "--use",
        dest="uses",
        action="append",
        choices=[str(use) for use in Use],
        help=_("a use they were told of, without a notice; may be given several times"),
    )
    made.add_argument("--source", metavar="TEXT", default="", help=_("where their data came from"))
    made.add_argument("--purpose", metavar="TEXT", default="", help=_("what it is for, in your words"))
    made.add_argument("--collected", metavar="TEXT", default="", help=_("what was collected: names, phones, orders"))
    made.add_argument("--told", metavar="DAY", help=_("the day on which they were told, such as 2026-11-12"))
    made.add_argument(
        "--agreed", action="store_true", help=_("they agreed to marketing, too; who refused stays refused")
    )
    made.add_argument("--dry-run", action="store_true", help=_("only count"))
    command(inner, shared, "recordings", show_all, _("list what was recorded for many"))
    back = command(inner, shared, "take-back", take_back, _("take a recording back by correcting lines"))
    back.add_argument("recording", metavar="RECORDING", type=int, help=_("its number in “consent recordings”"))


def record(args: Namespace, world: World) -> Reply:
    """Count, or write down, what many were told."""
    now = world.now()
    opened = reading(args) if args.dry_run else writing(args)
    with opened as shop, shop.database.read() if args.dry_run else shop.database.write() as session:
        told = _told(session, args, shop, now)
        who, whom, unknown = _whom(session, args, shop.day(now))
        counted = recording.preview(session, who, told, now)
        made = None if args.dry_run else recording.record(session, who, told, whom, now)
    data = {
        "recording": made.id if made else None,
        "whom": whom,
        "friends": counted.friends,
        "new": counted.new,
        "already": counted.already,
        "refused": counted.refused,
        "unknown": list(unknown),
    }
    return Reply(data, _counted(counted, len(unknown), made))


def show_all(args: Namespace, world: World) -> Reply:
    """List the recordings."""
    with reading(args) as shop, shop.database.read() as session:
        rows = recording.all_recordings(session)
    day = shop.day(world.now())
    head = [_("No."), _("When"), _("Way"), _("Whom"), _("Friends"), _("Taken back")]
    cells = [[str(row.id), *_row(row, day)] for row in rows]
    lines = table(head, cells) if rows else [_("Nothing was recorded for many yet.")]
    return Reply({"recordings": [_data(row, shop) for row in rows]}, lines)


def take_back(args: Namespace, world: World) -> Reply:
    """Take a recording back."""
    with writing(args) as shop, shop.database.write() as session:
        row = recording.undo(session, args.recording, world.now())
    said = _("The recording for “{whom}” was taken back. Its lines stay, each with a correction.")
    return Reply(_data(row, shop), [said.format(whom=row.whom)])


def _told(session: Session, args: Namespace, shop: Opened, now: datetime) -> Told:
    notice = notice_named(session, args.notice).id if args.notice else None
    origin = Origin(
        *(args.source.strip(), args.purpose.strip(), Answer(args.informed), args.how.strip(), Answer(args.opt_out)),
        uses=frozenset(Use(use) for use in args.uses or ()),
        collected=args.collected.strip(),
        notice_id=notice,
        told_at=_moment(args.told, shop.day(now)),
    )
    return Told(RecordingWay(args.way), origin, args.agreed)


def _whom(session: Session, args: Namespace, day: ShopDay) -> tuple[Who, str, tuple[str, ...]]:
    if args.segment is not None:
        segment = find(session, args.segment)
        return audience.members(session, segment.rule, day), segment.name, ()
    if args.tag is not None:
        tag = find_tag(session, args.tag)
        return audience.members(session, AllOf((HasTag((tag.id,)),)), day), tag.name, ()
    if args.batch is not None:
        return recording.friends_of_import(args.batch), _("Import {n}").format(n=args.batch), ()
    path = Path(args.file)
    found = named_in_file.read(session, path)
    return found.query(), path.name, found.unknown


def _moment(typed: str | None, day: ShopDay) -> datetime | None:
    try:
        return None if typed is None else day.start_of(date.fromisoformat(typed))
    except ValueError as error:
        raise ShopError(_("“{day}” is no day.").format(day=typed), _("Write it like 2026-11-12.")) from error


def _counted(counted: Preview, unknown: int, made: Recording | None) -> list[str]:
    rows = [
        (_("Friends"), counted.friends),
        (_("New"), counted.new),
        (_("Recorded already"), counted.already),
        (_("Refuse marketing, and go on refusing"), counted.refused),
        (_("Keys that belong to nobody"), unknown),
    ]
    lines = table(["", ""], [[name, number(n)] for name, n in rows])[1:]
    if made is None:
        return lines
    return [*lines, _("Recorded. To take it back: tagwell consent take-back {n}").format(n=made.id)]


def _row(row: Recording, day: ShopDay) -> list[str]:
    back = when(day.local(row.undone_at), day.today) if row.undone_at else ""
    return [when(day.local(row.at), day.today), _(WAYS[row.way]), row.whom, number(row.friends), back]


def _data(row: Recording, shop: Opened) -> dict[str, Any]:
    return {
        "recording": row.id,
        "at": shop.moment(row.at),
        "way": str(row.way),
        "whom": row.whom,
        "friends": row.friends,
        "taken_back": shop.moment(row.undone_at),
    }
