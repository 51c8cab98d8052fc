"""`imports`: the imports so far, the report of one, and taking one back."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.shop import Opened, reading, writing
from linecrm_desktop.cli.talk import Reply, table, tell
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import history, undo, undo_words
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.history import BatchRow
from linecrm_desktop.imports.plan import reason_name
from linecrm_desktop.tagging import running
from linecrm_desktop.text import _, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_NOT_DONE = 2


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `imports` with its commands."""
    inner = group(commands, shared, "imports", _("the imports so far, and taking one back"))
    command(inner, shared, "list", show_all, _("list the imports, the newest first"))
    one = command(inner, shared, "report", report, _("say again how an import ended"))
    one.add_argument("id", metavar="ID", type=int, help=_("the import’s number"))
    one.add_argument("--rejects", metavar="CSV", help=_("write the rows that were not taken into this file"))
    back = command(inner, shared, "undo", take_back, _("take a whole import back"))
    back.add_argument("id", metavar="ID", type=int, help=_("the import’s number"))
    back.add_argument("--also-refusals", action="store_true", help=_("take back its refusals of marketing too"))
    back.add_argument("--yes", action="store_true", help=_("do it; without this, only say what would happen"))


def show_all(args: Namespace, _world: World) -> Reply:
    """List the imports."""
    with reading(args) as shop:
        with shop.database.read() as session:
            rows = history.batches(session)
        data = [_data(row, shop) for row in rows]
        cells = [_cells(row, shop) for row in rows]
    names = [_("No."), _("When"), _("File"), _("New"), _("Updated"), _("Unchanged"), _("Rejected"), ""]
    return Reply({"imports": data}, table(names, cells) if rows else [_("There are no imports yet.")])


def report(args: Namespace, world: World) -> Reply:
    """Say again how an import ended, whether it can be undone, and write its rejected rows into a file."""
    with reading(args) as shop:
        with shop.database.read() as session:
            row = history.batch(session, args.id)
            told = history.report(session, args.id)
            reason = undo.why_not(session, args.id, world.now())
            if args.rejects:
                importing.save_rejected(session, args.id, Path(args.rejects))
        data = {
            **_data(row, shop),
            "rejected_by_reason": told.reasons,
            "new_friends": told.new_friends,
            "new_tags": list(told.new_tags),
            "new_fields": list(told.new_fields),
            "tags_given": told.tags_given,
            "newly_refused": told.refused,
            "can_undo": reason is None,
            "why_not": reason,
            "rejects_file": str(Path(args.rejects).absolute()) if args.rejects else None,
        }
    counts = [
        (_("Rows"), told.rows),
        *((_("New"), told.new), (_("Updated"), told.updated)),
        *((_("Unchanged"), told.unchanged), (_("Rejected"), told.rejected)),
        *[(reason_name(code), n) for code, n in told.reasons.items()],
        (_("Friends who now refuse marketing"), told.refused),
    ]
    last = _("It can be undone.") if reason is None else _("It cannot be undone: {why}").format(why=reason)
    lines = table(["", ""], [[label, number(n)] for label, n in counts])[1:]
    return Reply(data, [row.file_name, "", *lines, "", last])


def take_back(args: Namespace, world: World) -> Reply:
    """Undo an import, or say what that would take back."""
    also: bool = args.also_refusals
    with writing(args) as shop, shop.database.write() as session:
        row = history.batch(session, args.id)
        reason = undo.why_not(session, args.id, world.now())
        if reason is not None:
            raise ShopError(_("This import cannot be undone."), reason)
        if args.yes:
            counts = undo.undo(session, args.id, world.now(), also_refusals=also)
        else:
            counts = undo.would(session, args.id, also_refusals=also)
        if args.yes:
            running.run(session, shop.day(world.now()), world.now())
    data: dict[str, Any] = {"id": row.id, "file": row.file_name, "done": args.yes, "also_refusals": also}
    data |= {**asdict(counts), "tags_removed": list(counts.tags_removed), "fields_removed": list(counts.fields_removed)}
    head = _("The import of {file} is undone.") if args.yes else _("This is what an undo of {file} would do.")
    if not args.yes:
        tell(_("Nothing was changed. Add --yes to undo the import."))
    said = undo_words.lines(counts, also_refusals=also)
    return Reply(data, [head.format(file=row.file_name), *said], 0 if args.yes else _NOT_DONE)


def _data(row: BatchRow, shop: Opened) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": shop.moment(row.at),
        "file": row.file_name,
        "kind": row.kind,
        "preset": row.preset or None,
        "rows": row.rows,
        "new": row.new,
        "updated": row.updated,
        "unchanged": row.unchanged,
        "rejected": row.rejected,
        "undone_at": shop.moment(row.undone_at),
    }


def _cells(row: BatchRow, shop: Opened) -> list[str]:
    day = shop.day(row.at)
    counts = [number(count) for count in (row.new, row.updated, row.unchanged, row.rejected)]
    undone = "" if row.undone_at is None else _("Undone")
    return [str(row.id), f"{day.local(row.at):%Y-%m-%d %H:%M}", row.file_name, *counts, undone]
