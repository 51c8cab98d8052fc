"""`import`: a CSV file of customers, friends, orders or events, tried out or brought in."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linecrm_desktop.channels import accounts
from linecrm_desktop.cli import tag_rules
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.files import read_json
from linecrm_desktop.cli.shop import Opened, writing
from linecrm_desktop.cli.talk import Reply, table, tell
from linecrm_desktop.cli.world import World, long_task
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.imports import chats, presets
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import TARGET_NAMES, TARGETS, Kind, Matching, Target
from linecrm_desktop.imports.detect import Choice, Form, Found
from linecrm_desktop.imports.encodings import ENCODINGS
from linecrm_desktop.imports.layout import SKIP_NAMES
from linecrm_desktop.imports.plan import COUNTRIES, DATE_ORDERS, DELIMITERS, ImportPlan, Report, reason_name
from linecrm_desktop.imports.presets import Preset
from linecrm_desktop.imports.proposal import look, propose
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.safekeeping import backups
from linecrm_desktop.settings import preferences
from linecrm_desktop.tagging.running import after_import
from linecrm_desktop.text import _, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `import`."""
    parser = command(commands, shared, "import", bring_in, _("bring in a CSV file or a workbook"))
    parser.add_argument("files", metavar="FILE", nargs="+", help=_("the file; several are imported one by one"))
    parser.add_argument("--friend", metavar="KEY", help=_("whose chat it is: a member number or LINE ID"))
    parser.add_argument("--kind", choices=[str(kind) for kind in Kind], help=_("what the rows are"))
    parser.add_argument("--preset", metavar="ID", help=_("the shop system that the file comes from"))
    parser.add_argument("--map", metavar="MAP", help=_("a JSON file that says where columns go"))
    parser.add_argument("--encoding", choices=ENCODINGS, help=_("how the text is written; without it, it is found out"))
    parser.add_argument("--sheet", metavar="NAME", help=_("the sheet of a workbook; without it, the longest"))
    parser.add_argument("--delimiter", choices=tuple(DELIMITERS), help=_("what splits the columns of a text"))
    parser.add_argument("--first-row", choices=("names", "data"), help=_("what the first row holds"))
    parser.add_argument("--phones", choices=tuple(COUNTRIES), help=_("the country of phone numbers without a code"))
    parser.add_argument("--date-order", choices=DATE_ORDERS, help=_("how dates are written"))
    parser.add_argument("--source", metavar="TEXT", default="", help=_("where these people’s data came from"))
    parser.add_argument("--purpose", metavar="TEXT", default="", help=_("what it was collected for"))
    answers = [str(answer) for answer in Answer]
    parser.add_argument("--informed", choices=answers, default="unknown", help=_("were they told what it is used for"))
    parser.add_argument("--source-tag", metavar="TAG", default="", help=_("a source tag for every friend of the file"))
    parser.add_argument(
        "--channel", metavar="ACCOUNT", help=_("the further LINE account whose user IDs the file has; else the first’s")
    )
    parser.add_argument("--save-preset", metavar="NAME", help=_("keep the matching of columns for the next such file"))
    parser.add_argument("--evidence", metavar="TEXT", default="", help=_("what shows that they were told"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would happen and change nothing"))
    parser.add_argument("--rejects", metavar="CSV", help=_("write the rows that were not taken into this file"))


def bring_in(args: Namespace, world: World) -> Reply:
    """Import files, or say exactly what an import would do; the first that fails ends it, those before it are done."""
    if len(args.files) > 1 and args.rejects:
        raise ShopError(_("--rejects goes with one file."), _("Nothing was imported."))
    replies: list[Reply] = []
    with writing(args) as shop:
        if not args.dry_run:
            _back_up_first(shop, world)
        for file in args.files:
            replies.append(_bring_in_one(args, Path(file), shop, world))
    if len(replies) == 1:
        return replies[0]
    return Reply({"files": [reply.data for reply in replies]}, [line for reply in replies for line in reply.lines])


def _back_up_first(shop: Opened, world: World) -> None:
    plan, now = backups.plan_for(shop.path, preferences.load()), world.now()
    with long_task(lambda: _("Stopped. Nothing was imported.")) as task:
        trouble = backups.before_import(shop.database, plan, now, shop.day(now), task)
    if trouble:
        tell(_("No backup was made before the import: {why}").format(why=trouble))


def _bring_in_one(args: Namespace, path: Path, shop: Opened, world: World) -> Reply:
    plan = _plan(args, path, shop)
    work = importing.dry_run if args.dry_run else importing.run
    with long_task(lambda: _("Stopped. Nothing was imported.")) as task:
        report = work(shop.database, plan, task, world.now())
    rejects = _write_rejects(args, shop, report)
    if args.save_preset:
        _save_preset(args.save_preset, plan)
    ruled = None if args.dry_run else after_import(shop.database, shop.zone, world.now())
    if ruled is not None:
        tag_rules.warn(ruled)
    told = [] if ruled is None else ["", tag_rules.said(ruled)]
    data = _data(args, plan, report, rejects) | {"rules": None if ruled is None else tag_rules.counted(ruled)}
    return Reply(data, [*_lines(args, plan, report), *told])


def _plan(args: Namespace, path: Path, shop: Opened) -> ImportPlan:
    names = None if args.first_row is None else args.first_row == "names"
    choice = Choice(args.encoding or "", args.sheet or "", DELIMITERS.get(args.delimiter, ""), names)
    found = look(path, shop.country, choice)
    proposal = propose(path, found, preset=_preset(args), kind=Kind(args.kind) if args.kind else None)
    kind, matching = proposal.kind, proposal.matching
    if args.map:
        matching = _mapped(matching, kind, found.header, read_json(Path(args.map)))
    friend = _whose(args, shop, found)
    for sentence in matching.missing(kind) if found.form is not Form.CHAT else ():
        names = ", ".join(found.header)
        raise ShopError(sentence, _("Say with --map where the columns go: {names}").format(names=names))
    if args.rejects and Path(args.rejects).absolute() == path.absolute():
        raise ShopError(
            _("The rejected rows cannot be written over the file that is imported."),
            _("Give --rejects another name. Nothing was imported."),
        )
    with shop.database.read() as session:
        channel_id = accounts.find(session, args.channel)
    about_people = kind in (Kind.CUSTOMERS, Kind.FRIENDS)
    if about_people and not args.dry_run and not (args.source.strip() and args.purpose.strip()):
        raise ShopError(
            _("Say where these people’s data came from and what it was collected for."),
            _("Add --source and --purpose. Nothing was imported."),
        )
    return ImportPlan(
        path=path,
        found=found,
        kind=kind,
        matching=matching,
        origin=Origin(args.source.strip(), args.purpose.strip(), Answer(args.informed), args.evidence.strip()),
        country=args.phones or shop.country,
        zone=shop.zone,
        currency=shop.currency,
        date_order=args.date_order or proposal.date_order,
        preset=proposal.preset,
        source_tag=args.source_tag.strip(),
        friend_id=friend,
        channel_id=channel_id,
    )


def _whose(args: Namespace, shop: Opened, found: Found) -> int | None:
    """Return whose chat a file is: the friend who was named, or the only one who is called as the chat says."""
    if found.form is not Form.CHAT:
        if args.friend:
            raise ShopError(_("Only a chat is about one friend."), _("Leave --friend out. Nothing was imported."))
        return None
    with shop.database.read() as session:
        if args.friend:
            told = chats.of_key(session, args.friend)
            if told is None:
                raise ShopError(
                    _("No friend has the member number or LINE ID “{key}”.").format(key=args.friend),
                    _("Nothing was imported."),
                )
            return told
        called = chats.of_name(session, found.person)
    if len(called) == 1:
        return called[0]
    words = _("No friend is called “{name}”.") if not called else _("Several friends are called “{name}”.")
    raise ShopError(words.format(name=found.person), _("Say whose chat it is with --friend. Nothing was imported."))


def _preset(args: Namespace) -> Preset | None:
    if not args.preset:
        return None
    found = presets.by_id(args.preset)
    if found is None:
        known = ", ".join(preset.id for preset in presets.all_presets())
        raise ShopError(
            _("There is no preset “{preset}”.").format(preset=args.preset), _("Known ones: {names}").format(names=known)
        )
    return found


def _save_preset(name: str, plan: ImportPlan) -> None:
    found = plan.found
    told = {"date_order": plan.date_order, "encoding": found.encoding if found.others else ""}
    presets.save_own(name, plan.kind, found.header, plan.matching, presets.by_id(plan.preset), **told)


def _mapped(matching: Matching, kind: Kind, header: tuple[str, ...], written: Mapping[str, Any]) -> Matching:
    """Send the named columns where the file says; the others stay as they were guessed."""
    for column, wanted in written.items():
        if column not in header:
            raise ShopError(
                _("The file has no column “{column}”.").format(column=column),
                _("Its columns: {names}").format(names=", ".join(header)),
            )
        known = (Target.LEAVE_OUT, *TARGETS[kind])
        if wanted not in known:
            raise ShopError(
                _("“{target}” is no place for a column.").format(target=wanted),
                _("Known ones: {names}").format(names=", ".join(known)),
            )
        matching = matching.with_target(header.index(column), Target(wanted))
    return matching


def _write_rejects(args: Namespace, shop: Opened, report: Report) -> Path | None:
    if not args.rejects or report.batch_id is None:
        return None
    if args.dry_run:
        tell(_("A dry run keeps no rows, so the file of --rejects was not written."))
        return None
    path = Path(args.rejects)
    try:
        with shop.database.read() as session:
            importing.save_rejected(session, report.batch_id, path)
    except (OutsideError, ShopError) as error:
        raise OutsideError(
            _("The import is done, but “{file}” cannot be written.").format(file=path.name),
            _("The rows that were not taken are kept in the shop: see Imports in the window."),
            details=error.details,
        ) from error
    return path


def _data(args: Namespace, plan: ImportPlan, report: Report, rejects: Path | None) -> dict[str, Any]:
    return {
        "file": str(plan.path.absolute()),
        "kind": str(plan.kind),
        "preset": plan.preset or None,
        "form": str(plan.found.form),
        "encoding": plan.found.encoding or None,
        "date_order": plan.date_order,
        "other_encodings": list(plan.found.others),
        "delimiter": plan.found.delimiter or None,
        "sheet": plan.found.sheet or None,
        "header_line": plan.found.layout.names_line,
        "first_line": plan.found.layout.begins,
        "broken_letters": plan.found.broken,
        "broken_cells": [{"line": line, "text": text} for line, text in plan.found.unread],
        "skipped": {str(why): count for why, count in plan.found.skip_counts},
        "skipped_lines": [{"line": row.line, "why": str(row.why)} for row in plan.found.skipped],
        "mended_lines": [{"line": line, "how": how} for line, how in plan.found.mended],
        "columns": dict(zip(plan.found.header, map(str, plan.matching.targets), strict=True)),
        "dry_run": args.dry_run,
        "batch": None if args.dry_run else report.batch_id,
        "rows": report.rows,
        "new": report.new,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
        "rejected_by_reason": report.reasons,
        "rejected_rows": [{"line": row.line, "why": row.why, "sentence": row.sentence} for row in report.rejected_rows],
        "flagged": report.flagged,
        "flagged_rows": [{"line": row.line, "why": row.why, "sentence": row.sentence} for row in report.flagged_rows],
        "new_friends": report.new_friends,
        "new_tags": list(report.new_tags),
        "new_fields": list(report.new_fields),
        "tags_given": report.tags_given,
        "newly_refused": report.refused,
        "rejects_file": str(rejects.absolute()) if rejects else None,
    }


def _lines(args: Namespace, plan: ImportPlan, report: Report) -> list[str]:
    columns = [
        [column, _(TARGET_NAMES[target])]
        for column, target in zip(plan.found.header, plan.matching.targets, strict=True)
    ]
    head = (
        _("This is what an import of {file} would do. Nothing was changed.")
        if args.dry_run
        else _("{file} is imported.")
    )
    counts = [
        (_("Rows"), report.rows),
        (_("New"), report.new),
        (_("Updated"), report.updated),
        (_("Unchanged"), report.unchanged),
        (_("Rejected"), report.rejected),
        *[(_("Letters that could not be read"), n) for n in [plan.found.broken] if n],
        *[(_(SKIP_NAMES[why]), count) for why, count in plan.found.skip_counts],
        *[(reason_name(code), n) for code, n in report.reasons.items()],
        *[(_("Left out: {what}").format(what=reason_name(code)), n) for code, n in report.flagged.items()],
        (_("Friends who now refuse marketing"), report.refused),
    ]
    numbers = [[label, number(n)] for label, n in counts]
    return [
        head.format(file=plan.path.name),
        "",
        *table([_("Column"), _("Goes to")], columns),
        "",
        *table(["", ""], numbers)[1:],
    ]
