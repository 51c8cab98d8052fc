"""`consent notices`: what people are told, in versions and languages."""

import re
from argparse import ArgumentParser, Namespace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.shop import Opened, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.consent import notices
from linecrm_desktop.consent.notices import LANGUAGES, NoticeDraft, NoticeRow
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.consent import Use
from linecrm_desktop.text import _, number, short_date

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_NAMED = re.compile(r"([1-9]\d{0,8})/([A-Za-z-]+)", re.ASCII)


def add(inner: "Commands", shared: ArgumentParser) -> None:
    """Add the commands of notices."""
    own = group(inner, shared, "notices", _("what people are told about their data"))
    command(own, shared, "list", show_all, _("list the notices"))
    draft = command(own, shared, "draft", show_draft, _("show a draft to start from"))
    draft.add_argument("language", metavar="LANGUAGE", choices=LANGUAGES, help=_("zh-TW, ja, th or en"))
    made = command(own, shared, "add", add_one, _("add a new version, or another language of one"))
    made.add_argument("language", metavar="LANGUAGE", choices=LANGUAGES, help=_("zh-TW, ja, th or en"))
    _content(made)
    made.add_argument("--version", metavar="N", type=int, help=_("the version that it is another language of"))
    changed = command(own, shared, "change", change, _("change a notice that nobody was told yet"))
    changed.add_argument("notice", metavar="NOTICE", help=_("its version and language, such as 2/ja"))
    _content(changed)


def _content(parser: ArgumentParser) -> None:
    parser.add_argument("--text", metavar="FILE", help=_("a text file in UTF-8; without it, the draft"))
    parser.add_argument("--opt-out", metavar="TEXT", help=_("how to stop, as messages say it; without it, the draft’s"))
    parser.add_argument(
        "--use",
        dest="uses",
        action="append",
        choices=[str(use) for use in Use],
        help=_("a use that the text names; may be given several times; without it, all"),
    )
    parser.add_argument("--from", dest="since", metavar="DAY", help=_("the day from which it is valid; else today"))


def notice_named(session: Session, typed: str) -> NoticeRow:
    """Return the notice of a name such as “2/ja”. Raises ShopError."""
    found = _NAMED.fullmatch(typed.strip())
    if found is None:
        raise ShopError(
            _("“{typed}” is no notice.").format(typed=typed), _("Write version and language, such as 2/ja.")
        )
    return notices.find(session, int(found[1]), found[2])


def show_all(args: Namespace, world: World) -> Reply:
    """List the notices."""
    with reading(args) as shop, shop.database.read() as session:
        rows = notices.all_notices(session)
    day = shop.day(world.now())
    head = [_("Version"), _("Language"), _("Valid from"), _("Told to"), _("How to stop")]
    cells = [
        [
            *(number(row.version), row.language, short_date(day.local(row.valid_from).date(), day.today)),
            *(number(row.told), row.opt_out),
        ]
        for row in rows
    ]
    lines = table(head, cells) if rows else [_("There is no notice yet.")]
    return Reply({"notices": [_data(row, shop) for row in rows]}, lines)


def show_draft(args: Namespace, _world: World) -> Reply:
    """Show a draft."""
    with reading(args) as shop:
        draft = notices.drafts(shop.name)[args.language]
    advice = _("A draft to start from, not legal advice.")
    data = {"language": draft.language, "text": draft.text, "opt_out": draft.opt_out, "uses": sorted(draft.uses)}
    return Reply(data, [draft.text, "", draft.opt_out, "", advice])


def add_one(args: Namespace, world: World) -> Reply:
    """Add a notice."""
    now = world.now()
    with writing(args) as shop, shop.database.write() as session:
        draft, since = _draft(args, shop, args.language), _since(args, shop.day(now), now)
        row = notices.add(session, draft, since, now, args.version)
    said = _("Version {n} in {language} is kept.").format(n=number(row.version), language=row.language)
    return Reply(_data(row, shop), [said])


def change(args: Namespace, world: World) -> Reply:
    """Change a notice that nobody was told yet."""
    now = world.now()
    with writing(args) as shop, shop.database.write() as session:
        row = notice_named(session, args.notice)
        draft = _draft(args, shop, row.language, row)
        since = _since(args, shop.day(now), row.valid_from)
        row = notices.change(session, row.id, draft, since)
    said = _("Version {n} in {language} is changed.").format(n=number(row.version), language=row.language)
    return Reply(_data(row, shop), [said])


def _draft(args: Namespace, shop: Opened, language: str, old: NoticeRow | None = None) -> NoticeDraft:
    start = notices.drafts(shop.name)[language] if old is None else old
    text = start.text if args.text is None else _text(Path(args.text))
    wanted = frozenset(Use(use) for use in args.uses) if args.uses else start.uses
    return NoticeDraft(language, text, start.opt_out if args.opt_out is None else args.opt_out, wanted)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ShopError(
            _("“{file}” cannot be read.").format(file=path.name), _("Check the name, and save it as UTF-8.")
        ) from error


def _since(args: Namespace, day: ShopDay, otherwise: datetime) -> datetime:
    try:
        found = None if args.since is None else date.fromisoformat(args.since)
    except ValueError as error:
        raise ShopError(_("“{day}” is no day.").format(day=args.since), _("Write it like 2026-11-12.")) from error
    return otherwise if found is None else day.start_of(found)


def _data(row: NoticeRow, shop: Opened) -> dict[str, Any]:
    return {
        "notice": row.id,
        "version": row.version,
        "language": row.language,
        "text": row.text,
        "opt_out": row.opt_out,
        "uses": sorted(row.uses),
        "valid_from": shop.moment(row.valid_from),
        "told": row.told,
    }
