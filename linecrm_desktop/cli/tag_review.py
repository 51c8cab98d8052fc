"""`tags review`: what each tag earned and what is proposed; accept, put off, and make what was accepted."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from linecrm_desktop.audit import changes
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import Opened, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World, long_task
from linecrm_desktop.errors import ShopError
from linecrm_desktop.results.review import decisions, finishing, words
from linecrm_desktop.results.review.decisions import Item
from linecrm_desktop.results.review.look import Looked, look
from linecrm_desktop.results.review.proposals import Proposed
from linecrm_desktop.tags.library import TagChip
from linecrm_desktop.text import _, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

Say = Callable[[Session, Proposed], int]


def add(inner: "Commands", shared: ArgumentParser) -> None:
    """Add `review` and its own commands to those of `tags`."""
    asked = command(inner, shared, "review", show, _("say what each tag earned: keep, split, merge or retire it"))
    asked.add_argument("--all", action="store_true", help=_("also the tags of which nothing can be said yet"))
    own = asked.add_subparsers(dest="review", metavar="COMMAND", required=False, parser_class=ArgumentParser)
    for name, work, about in (
        ("accept", accept, _("accept proposals; nothing changes until “finish”")),
        ("later", later, _("leave proposals for now; they are asked again after 30 days")),
        ("reopen", reopen, _("take answers back that were not made yet")),
    ):
        one = command(own, shared, name, work, about)
        one.add_argument("key", metavar="KEY", nargs="*", help=_("as “tags review” shows it, such as 12 or 3+9"))
        if name != "reopen":
            one.add_argument("--why", metavar="TEXT", default="", help=_("one line in your own words"))
        if name == "accept":
            one.add_argument("--clear", action="store_true", help=_("all clear ones; never a split"))
    done = command(own, shared, "finish", finish, _("make what was accepted, after a copy of the shop"))
    done.add_argument("--dry-run", action="store_true", help=_("say what would be made and change nothing"))
    command(own, shared, "undo", undo, _("take back all that the last finished review changed"))


def show(args: Namespace, world: World) -> Reply:
    """List the proposals with their evidence and what was answered."""
    with reading(args) as shop:
        found, items = _look(shop, world)
        day, currency = shop.day(world.now()), shop.currency
    shown = [*items, *(Item(one) for one in found.not_enough)] if args.all else items
    data = {
        "day": day.today.isoformat(),
        "sends": found.sends,
        "not_enough": len(found.not_enough),
        "proposals": [_written(one, shop) for one in shown],
        "grid": _grid(found),
    }
    if not found.sends:
        return Reply(data, [*_lines(shown, currency), _("No send is old enough yet to say what a tag earned.")])
    return Reply(data, [*_lines(shown, currency), *_also(found, args)])


def accept(args: Namespace, world: World) -> Reply:
    """Accept proposals by their keys, or all clear ones."""
    now = world.now()

    def say(session: Session, one: Proposed) -> int:
        return decisions.accept(session, one, now, args.why)

    return _answer(args, world, say, clear=args.clear)


def later(args: Namespace, world: World) -> Reply:
    """Put proposals off."""
    now = world.now()
    return _answer(args, world, lambda session, one: decisions.later(session, one, now, args.why))


def reopen(args: Namespace, world: World) -> Reply:
    """Take answers back."""

    def back(session: Session, one: Proposed) -> int:
        decisions.take_back(session, one.key)
        return 0

    return _answer(args, world, back)


def finish(args: Namespace, world: World) -> Reply:
    """Make the changes that were accepted, as one step."""
    with writing(args) as shop:
        _found, items = _look(shop, world)
        day, now = shop.day(world.now()), world.now()
        answers = [one.decided.id for one in items if one.is_accepted and one.decided]
        made = [one for one in items if one.is_to_make]
        if made and not args.dry_run:
            finishing.finish(shop.database, answers, day, now)
    data = {
        "dry_run": args.dry_run,
        "changes": [{"key": one.proposed.key, "kind": str(one.proposed.kind)} for one in made],
    }
    said = ngettext("{n} change is made.", "{n} changes are made.", len(made))
    if args.dry_run:
        said = ngettext("{n} change would be made.", "{n} changes would be made.", len(made))
    return Reply(data, [*(_line(one, shop.currency) for one in made), said.format(n=number(len(made)))])


def undo(args: Namespace, world: World) -> Reply:
    """Take the changes of the last finished review back."""
    with writing(args) as shop, shop.database.write() as session:
        operations = finishing.take_back_last(session, world.now())
    said = ngettext("{n} change is taken back.", "{n} changes are taken back.", len(operations))
    return Reply({"operations": operations}, [said.format(n=number(len(operations)))])


def _look(shop: Opened, world: World) -> tuple[Looked, list[Item]]:
    with long_task(lambda: _("Stopped. Nothing was changed.")) as task, shop.database.read() as session:
        day = shop.day(world.now())
        found = look(session, day, task)
        return found, decisions.items(session, found.proposals, day)


def _answer(args: Namespace, world: World, say: Say, *, clear: bool = False) -> Reply:
    with writing(args) as shop:
        found, items = _look(shop, world)
        chosen = _chosen(found.proposals, args.key)
        if clear:
            chosen += [one.proposed for one in decisions.clear_ones(items) if one.proposed not in chosen]
        if not chosen:
            raise ShopError(_("No proposal is named."), _("Give keys as “tags review” shows them."))
        with shop.database.write() as session:
            decisions.remember(session, found.proposals, world.now())
            for one in chosen:
                say(session, one)
            waiting = decisions.open_proposals(session, shop.day(world.now()))
    data = {"answered": [{"key": one.key, "kind": str(one.kind)} for one in chosen], "waiting": waiting}
    said = ngettext("{n} proposal waits for an answer.", "{n} proposals wait for an answer.", waiting)
    return Reply(data, [said.format(n=number(waiting))])


def _chosen(proposals: Sequence[Proposed], keys: Sequence[str]) -> list[Proposed]:
    by_key = {one.key: one for one in proposals}
    unknown = [key for key in keys if key not in by_key]
    if unknown:
        raise ShopError(
            _("There is no proposal “{keys}”.").format(keys=", ".join(unknown)), _("Look at “tags review” again.")
        )
    return [by_key[key] for key in dict.fromkeys(keys)]


def _lines(shown: Sequence[Item], currency: str) -> list[str]:
    if not shown:
        return []
    head = [_("Key"), _("Proposal"), _("Tags"), _("Why"), _("Evidence"), _("Sure?"), _("Your decision")]
    return table(head, [_cells(one, currency) for one in shown])


def _cells(item: Item, currency: str) -> list[str]:
    one = item.proposed
    kind = _(words.KINDS[one.kind])
    told = [one.key, kind, words.named(one), words.why(one, currency), words.evidence(one), words.sure(one)]
    return [*told, words.state(item)]


def _line(item: Item, currency: str) -> str:
    one = item.proposed
    return _("{kind}: {tags}. {why}.").format(
        kind=_(words.KINDS[one.kind]), tags=words.named(one), why=words.why(one, currency)
    )


def _also(found: Looked, args: Namespace) -> list[str]:
    n = len(found.not_enough)
    if args.all or not n:
        return []
    said = ngettext("Of {n} tag nothing can be said yet (--all).", "Of {n} tags nothing can be said yet (--all).", n)
    return [said.format(n=number(n))]


def _written(item: Item, shop: Opened) -> dict[str, Any]:
    one, answer = item.proposed, item.decided
    return {
        "key": one.key,
        "kind": str(one.kind),
        "sure": str(one.sure) if one.sure else None,
        "tags": [_tag(tag) for tag in one.tags],
        "why": words.why(one, shop.currency),
        "evidence": decisions.written(one),
        "change": changes.to_json(one.change) if one.change is not None else {},
        "answer": str(answer.answer) if answer else None,
        "answered_at": shop.moment(answer.at) if answer else None,
        "because": answer.why if answer else None,
    }


def _tag(tag: TagChip) -> dict[str, Any]:
    return {"id": tag.id, "name": tag.name}


def _grid(found: Looked) -> list[dict[str, Any]]:
    crossed = found.grid
    return [
        {
            "interest": interest.name,
            "stage": stage.name,
            "delivered": cell.delivered,
            "per_message": cell.per_message,
        }
        for interest, row in zip(crossed.interests, crossed.cells, strict=True)
        for stage, cell in zip(crossed.stages, row, strict=True)
    ]
