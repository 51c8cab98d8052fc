"""`segments`: questions about friends, counted with the same query as in the window, the check list and the send."""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.audience import Sieve
from linecrm_desktop.cli import segment_answers
from linecrm_desktop.cli.access import asking
from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.files import read_json
from linecrm_desktop.cli.friends import CSV_HEADER, csv_rows
from linecrm_desktop.cli.shop import pick, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.consent import access
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends import own_fields
from linecrm_desktop.segments import codec, library
from linecrm_desktop.segments.draft import Cap, SegmentDraft
from linecrm_desktop.segments.known import Known
from linecrm_desktop.segments.problems import problems, retired_tags
from linecrm_desktop.segments.rules import AllOf, AnyOf, Group, NoneOf, Rule, Unreadable
from linecrm_desktop.segments.schema import schema
from linecrm_desktop.segments.sentence import plain
from linecrm_desktop.text import _, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `segments` with its commands."""
    inner = group(commands, shared, "segments", _("saved questions about friends"))
    every = command(inner, shared, "list", show_all, _("list the segments"))
    every.add_argument("--archived", action="store_true", help=_("list those that are put away instead"))
    show = command(inner, shared, "show", show_one, _("show a segment’s rules"))
    show.add_argument("segment", metavar="SEGMENT", help=_("its name or number"))
    count = command(inner, shared, "count", count_one, _("count who matches, who is left out, and who is reachable"))
    _which(count)
    save = command(inner, shared, "save", keep, _("save a segment from a JSON file of rules"))
    save.add_argument("name", metavar="NAME", help=_("the segment’s name"))
    save.add_argument("--rule", metavar="FILE", required=True, help=_("rules as “segments show --json” prints them"))
    save.add_argument("--helps-decide", metavar="TEXT", required=True, help=_("which decision it helps with"))
    save.add_argument("--replace", metavar="SEGMENT", help=_("write over this segment instead of adding one"))
    export = command(inner, shared, "export", write_out, _("write the friends of a segment into a file"))
    _which(export)
    export.add_argument(
        "--out", metavar="FILE", required=True, help=_("the file; its ending, .csv or .xlsx, says what it becomes")
    )
    export.add_argument("--purpose", metavar="TEXT", required=True, help=_("what the list is for; it is written down"))
    export.add_argument("--reachable", action="store_true", help=_("only those whom a message may be sent to today"))
    segment_answers.add(inner, shared)
    command(inner, shared, "schema", show_schema, _("print the JSON Schema of rules"))


def _which(parser: ArgumentParser) -> None:
    parser.add_argument("segment", metavar="SEGMENT", nargs="?", help=_("its name or number"))
    parser.add_argument("--rule", metavar="FILE", help=_("rules from a JSON file instead of a saved segment"))


def find(session: Session, wanted: str) -> library.SegmentRow:
    """Return the segment with this name or number, also one that is put away."""
    rows = [*library.all_segments(session), *library.archived(session)]
    return pick(rows, wanted, _("There is no segment “{wanted}”."))


def show_all(args: Namespace, world: World) -> Reply:
    """List the segments with how many friends match."""
    with reading(args) as shop, shop.database.read() as session:
        day, known = shop.day(world.now()), library.rules(session)
        data = [
            _listed(session, row, day, known, shop.currency)
            for row in (library.archived(session) if args.archived else library.all_segments(session))
        ]
    cells = [
        [str(row["id"]), row["name"], "—" if row["friends"] is None else number(row["friends"]), row["helps_decide"]]
        for row in data
    ]
    lines = table([_("No."), _("Name"), _("Friends"), _("Helps decide")], cells)
    wrong = [f"{row['name']}: {row['problem']}" for row in data if row["problem"]]
    return Reply({"segments": data}, [*lines, *wrong] if data else [_("There are no segments yet.")])


def _listed(session: Session, row: library.SegmentRow, day: ShopDay, known: Known, currency: str) -> dict[str, Any]:
    """Return a segment's line: what is wrong with one leaves the others alone."""
    broken = problems(row.rule, known)
    found = [*broken, *retired_tags(row.rule, known)]
    return {
        "id": row.id,
        "name": row.name,
        "helps_decide": row.helps_decide,
        "core": row.core,
        "sentence": plain(row.rule, known.names, currency),
        "friends": None if broken else library.count(session, row.rule, day),
        "problem": found[0].sentence if found else None,
    }


def show_one(args: Namespace, _world: World) -> Reply:
    """Show a segment in words, and in JSON with the rules that `--rule` reads."""
    with reading(args) as shop, shop.database.read() as session:
        row = find(session, args.segment)
        if isinstance(row.rule, Unreadable):
            raise ShopError(_("The rules of this segment cannot be read."), _("Make them anew."))
        sentence = plain(row.rule, library.names(session), shop.currency)
    data = {
        "id": row.id,
        "name": row.name,
        "helps_decide": row.helps_decide,
        "sentence": sentence,
        "rule": codec.to_json(row.rule),
    }
    return Reply(data, [row.name, sentence, row.helps_decide])


def count_one(args: Namespace, world: World) -> Reply:
    """Count a segment as the check list before a send does."""
    with reading(args) as shop, shop.database.read() as session:
        now = world.now()
        name, rule, cap = _asked(session, args)
        reach = audience.reach(session, rule, shop.day(now), now, Sieve(cap))
    rows = [
        (_("Match the rules"), reach.match),
        (_("Blocked the account"), reach.blocked),
        (_("Refused marketing"), reach.refused),
        (_("No LINE user ID"), reach.no_line_id),
        (_("Got enough messages lately"), reach.capped),
        (_("Reachable"), reach.reachable),
    ]
    return Reply({"segment": name, **asdict(reach)}, table(["", ""], [[label, number(n)] for label, n in rows])[1:])


def keep(args: Namespace, world: World) -> Reply:
    """Save a segment, new or in the place of another."""
    rule = _from_file(args.rule)
    whole: Group = rule if isinstance(rule, AllOf | AnyOf | NoneOf) else AllOf((rule,))
    draft = SegmentDraft(args.name, args.helps_decide, whole)
    with writing(args) as shop, shop.database.write() as session:
        replaced = find(session, args.replace).id if args.replace is not None else None
        kept = library.save(session, draft, world.now(), replaced)
    return Reply(
        {"id": kept, "name": args.name}, [_("“{name}” is saved as number {n}.").format(name=args.name, n=kept)]
    )


def write_out(args: Namespace, world: World) -> Reply:
    """Write the friends of a segment into a file."""
    path = Path(args.out)
    with writing(args) as shop, shop.database.write() as session:
        now = world.now()
        name, rule, cap = _asked(session, args)
        day = shop.day(now)
        if args.reachable:
            ids = audience.reachable(session, rule, day, now, Sieve(cap))
        else:
            ids = library.members(session, rule, day)
        header = [*CSV_HEADER, *own_fields.names(session)]
        asked = asking(now, args.purpose)
        written = access.save_list(session, asked, access.SEGMENT, path, header, csv_rows(session, ids, shop))
    sentence = ngettext("{n} friend is in {file}.", "{n} friends are in {file}.", written)
    return Reply(
        {"segment": name, "file": str(path.absolute()), "friends": written, "reachable_only": args.reachable},
        [sentence.format(n=number(written), file=path)],
    )


def show_schema(_args: Namespace, _world: World) -> Reply:
    """Print what `--rule` reads as a JSON Schema, for programs that write rules."""
    found = schema()
    return Reply(found, [json.dumps(found, ensure_ascii=False, indent=2)])


def _asked(session: Session, args: Namespace) -> tuple[str | None, Rule, Cap | None]:
    if bool(args.segment) == bool(args.rule):
        raise ShopError(_("Which friends?"), _("Name either a segment or a file with --rule."))
    if args.segment:
        row = find(session, args.segment)
        return row.name, row.rule, row.cap
    rule = _from_file(args.rule)
    for problem in problems(rule, library.rules(session)):
        raise ShopError(problem.sentence, _("Correct the file and try again."))
    return None, rule, None


def _from_file(file: str) -> Rule:
    written = read_json(Path(file))
    return codec.from_json(written.get("rule", written))
