"""`consent`: what friends were told and said, refusals, how far all of it is known, whether the ledger is whole."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from linecrm_desktop.cli import consent_notices, consent_record
from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.shop import Opened, friend_named, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World, long_task
from linecrm_desktop.consent import chain, chain_words, coverage, ledger, profiling, uses
from linecrm_desktop.consent.chain import LedgerCheck
from linecrm_desktop.consent.coverage import Covered
from linecrm_desktop.consent.ledger import LedgerLine
from linecrm_desktop.consent.uses import Standing
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import words
from linecrm_desktop.journeys import refusing
from linecrm_desktop.models.consent import Use
from linecrm_desktop.models.friend import Marketing
from linecrm_desktop.text import N_, _, number, when

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

BROKEN = 3
"""The exit code for a ledger that something outside the program changed."""
_ANSWERS = {Marketing.ALLOWED: N_("Allowed"), Marketing.REFUSED: N_("Refused"), Marketing.UNKNOWN: N_("Not asked")}


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `consent` with its commands."""
    inner = group(commands, shared, "consent", _("what friends were told and said about their data"))
    shown = command(
        inner, shared, "show", show, _("show what a friend was told and said, with every line of the ledger")
    )
    shown.add_argument("friend", metavar="FRIEND", help=_("member number or LINE user ID"))
    said = command(inner, shared, "refuse", refuse, _("write down that a friend refuses a use of the data"))
    said.add_argument("friend", metavar="FRIEND", help=_("member number or LINE user ID"))
    said.add_argument("--how", metavar="TEXT", required=True, help=_("how we know: a chat, a call, a letter"))
    said.add_argument(
        "--use",
        dest="uses",
        action="append",
        choices=[str(use) for use in Use],
        help=_("what is refused; may be given several times; without it, marketing"),
    )
    command(inner, shared, "coverage", show_coverage, _("count how far the three questions are answered, by source"))
    command(inner, shared, "check", check, _("check every line of the ledger"))
    consent_record.add(inner, shared)
    consent_notices.add(inner, shared)


def show(args: Namespace, world: World) -> Reply:
    """Show a friend's answers and ledger."""
    with reading(args) as shop, shop.database.read() as session:
        friend = friend_named(session, args.friend)
        held, lines = uses.standing(session, friend.id), ledger.entries(session, friend.id)
        data = {
            "friend": friend.id,
            "source": friend.collected_through or "",
            "informed": str(friend.informed),
            "can_opt_out": str(friend.can_opt_out),
            "uses": [_use(one, shop) for one in held],
            "rules_give_tags": not friend.refuses_profiling,
            "lines": [_line(line, shop) for line in lines],
        }
        name = words.shown_name(friend.name)
    means = [said for said in map(words.profiling, held) if said]
    return Reply(data, [name, *_uses_told(held), *means, "", *_lines_told(lines, shop.day(world.now()))])


def refuse(args: Namespace, world: World) -> Reply:
    """Write a refusal down and say what it took the friend out of."""
    wanted = [Use(use) for use in args.uses or [Use.MARKETING]]
    with writing(args) as shop, shop.database.write() as session:
        friend, now = friend_named(session, args.friend), world.now()
        name, one = words.shown_name(friend.name), friend.id
        ruled = profiling.given(session, [one])
        effects, newly = refusing.refuse(session, [one], wanted, args.how, shop.day(now), now)
    fresh = [use for use, friends in newly.items() if friends]
    lines = [_("{name} refuses: {uses}.").format(name=name, uses=_names(newly))]
    if not fresh:
        lines.append(_("That was known already. Nothing was changed."))
    if Use.MARKETING in fresh:
        lines.append(refusing.was(effects))
    gone = ruled if Use.PROFILING in fresh else []
    if gone:
        lines.append(_("Tags that rules gave are taken off: {tags}.").format(tags=_(", ").join(gone)))
    out = {part: list(getattr(effects, part)) for part in ("segments", "journeys", "scheduled", "running")}
    empty = {key: list[str]() for key in out}
    data = {
        "friend": one,
        "refuses": [str(use) for use in newly],
        "new": [str(use) for use in fresh],
        "taken_out_of": out if Use.MARKETING in fresh else empty,
        "tags_taken_off": gone,
    }
    return Reply(data, lines)


def show_coverage(args: Namespace, _world: World) -> Reply:
    """Count how far the three questions are answered."""
    with reading(args) as shop, shop.database.read() as session:
        parts = coverage.by_source(session)
    whole = coverage.together(parts)
    head = [_("Source"), _("Friends"), _("Informed"), _("Can opt out"), _("All three"), _("Refused")]
    cells = [[part.source or _("No source"), *_counts(part)] for part in parts]
    lines = table(head, [*cells, [_("All friends"), *_counts(whole)]])
    data = {
        **_covered(whole),
        "with_source": coverage.with_source(parts),
        "sources": [_covered(part) for part in parts],
    }
    data.pop("source")
    return Reply(data, lines)


def check(args: Namespace, _world: World) -> Reply:
    """Check the whole ledger; exit code 3 when a line does not fit."""
    safe = _("Stopped. The ledger was not read to its end.")
    with reading(args) as shop, long_task(lambda: safe) as task, shop.database.read() as session:
        found = chain.check(session, task)
    broken = {"line": found.broken.line, "how": str(found.broken.how)} if found.broken else None
    data = {
        "whole": found.is_whole,
        "lines": found.lines,
        "emptied": found.emptied,
        "broken": broken,
        "head": found.head,
    }
    head = _("Hash of the last good line: {hash}").format(hash=found.head)
    return Reply(data, [chain_words.said(found), head], _code(found))


def _code(found: LedgerCheck) -> int:
    return 0 if found.is_whole else BROKEN


def _names(wanted: Iterable[Use]) -> str:
    return _(", ").join(uses.name(use) for use in wanted)


def _uses_told(held: Iterable[Standing]) -> list[str]:
    cells = [[uses.name(one.use), _(_ANSWERS[one.answer]), _("Told") if one.told else _("Not told")] for one in held]
    return table(["", "", ""], cells)[1:]


def _lines_told(lines: Iterable[LedgerLine], day: ShopDay) -> list[str]:
    return [f"{when(day.local(line.at), day.today)}  {words.ledger_line(line)}" for line in lines]


def _counts(part: Covered) -> list[str]:
    return [number(n) for n in (part.friends, part.informed, part.can_opt_out, part.complete, part.refused)]


def _covered(part: Covered) -> dict[str, Any]:
    names = ("source", "friends", "informed", "can_opt_out", "complete", "refused")
    return {name: getattr(part, name) for name in names}


def _use(one: Standing, shop: Opened) -> dict[str, Any]:
    said, told = one.line, one.told
    return {
        "use": str(one.use),
        "answer": str(one.answer),
        "answered_at": shop.moment(said.at) if said else None,
        "how": said.evidence if said else None,
        "told_at": shop.moment(told.told_at or told.at) if told else None,
        "notice": told.notice_id if told else None,
    }


def _line(line: LedgerLine, shop: Opened) -> dict[str, Any]:
    return {
        "line": line.id,
        "at": shop.moment(line.at),
        "kind": str(line.kind),
        "uses": sorted(line.uses),
        "through": line.through,
        "purpose": line.purpose,
        "collected": line.collected,
        "informed": line.informed,
        "notice": line.notice_id,
        "told_at": shop.moment(line.told_at),
        "how": line.evidence,
        "import": line.batch_id,
        "recording": line.recording_id,
        "list": line.list_id,
    }
