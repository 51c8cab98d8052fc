"""`messages`: the drafts of the shop, kept as the JSON that `messages show --json` prints."""

import json
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import gate
from linecrm_desktop.campaigns.gate import Tone
from linecrm_desktop.channels import accounts
from linecrm_desktop.cli import templates
from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.files import read_json
from linecrm_desktop.cli.line import asked_outside
from linecrm_desktop.cli.shop import pick, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages import blocks, library, summary
from linecrm_desktop.messages.brief import KEEP_BACK_CHOICES, Brief, Metric
from linecrm_desktop.messages.draft import LETTERS, VARIANTS_MAX, MessageDraft
from linecrm_desktop.segments import library as segments
from linecrm_desktop.text import _, number, when

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

FIX_IT = 2
_DAYS_MAX = 90
_V = TypeVar("_V")


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `messages` with its commands."""
    inner = group(commands, shared, "messages", _("messages that are being written"))
    command(inner, shared, "list", show_all, _("list the messages"))
    show = command(inner, shared, "show", show_one, _("show one message with its brief"))
    show.add_argument("message", metavar="MESSAGE", help=_("its name or number"))
    check = command(inner, shared, "check", ask, _("ask LINE whether it would take a message, and try its links"))
    check.add_argument("message", metavar="MESSAGE", help=_("its name or number"))
    check.add_argument("--token-stdin", action="store_true", help=_("read the token from stdin"))
    save = command(inner, shared, "save", keep, _("save a message from a JSON file"))
    save.add_argument("file", metavar="FILE", help=_("JSON as “messages show --json” prints it"))
    save.add_argument("--replace", metavar="MESSAGE", help=_("write over this message instead of adding one"))
    delete = command(inner, shared, "delete", remove, _("delete a message; what was sent from it stays in results"))
    delete.add_argument("message", metavar="MESSAGE", help=_("its name or number"))
    templates.add(inner, shared)


def find(session: Session, wanted: str) -> library.MessageRow:
    """Return the message with this name or number."""
    return pick(library.all_messages(session), wanted, _("There is no message “{wanted}”."))


def show_all(args: Namespace, world: World) -> Reply:
    """List the messages, the one changed last first."""
    with reading(args) as shop:
        with shop.database.read() as session:
            rows = library.all_messages(session)
        today = shop.day(world.now())
        data = [
            {
                "id": row.id,
                "name": row.name,
                "segment": row.segment_name or None,
                "unanswered": row.unanswered,
                "bubbles": row.bubbles,
                "sends": row.sends,
                "changed_at": shop.moment(row.changed_at),
            }
            for row in rows
        ]
        header = [_("No."), _("Name"), _("Segment"), _("Sends"), _("Changed")]
        cells = [
            [str(row.id), row.name, row.segment_name, number(row.sends), when(today.local(row.changed_at), today.today)]
            for row in rows
        ]
    return Reply({"messages": data}, table(header, cells) if rows else [_("There are no messages yet.")])


def show_one(args: Namespace, _world: World) -> Reply:
    """Show a message in the form that `save` reads."""
    with reading(args) as shop, shop.database.read() as session:
        row = find(session, args.message)
        draft = library.load(session, row.id)
        through = draft.brief.channel_id
        channel = accounts.name(session, through) if through is not None else ""
    brief = draft.brief
    data = {
        "id": row.id,
        "name": draft.name,
        "segment": row.segment_name or None,
        "why_now": brief.why_now,
        "what": brief.what,
        "metric": str(brief.metric),
        "metric_days": brief.metric_days,
        "good_if": brief.good_if,
        "keep_back": brief.keep_back,
        "send_at": shop.moment(brief.send_at),
        "only_informed": brief.only_informed,
        "channel": channel or None,
        "bubbles": blocks.to_json(draft.bubbles),
        "variants": [blocks.to_json(bubbles) for bubbles in draft.others],
    }
    lines = [
        draft.name,
        _("Who: {segment}").format(segment=row.segment_name or _("not answered")),
        _("Why now: {answer}").format(answer=brief.why_now or _("not answered")),
        _("What: {answer}").format(answer=brief.what or _("not answered")),
    ]
    if channel:
        lines.append(_("Through: {account}").format(account=channel))
    for bubble in draft.bubbles:
        lines += ["", *summary.lines(bubble)]
    return Reply(data, lines)


def keep(args: Namespace, world: World) -> Reply:
    """Save a message from a file, new or in the place of another."""
    written = read_json(Path(args.file))
    with writing(args) as shop, shop.database.write() as session:
        replaced = find(session, args.replace).id if args.replace is not None else None
        draft = _draft(session, written)
        number_ = library.save(session, draft, world.now(), replaced)
    problems = [problem.sentence for problem in draft.problems()]
    missing = draft.brief.missing()
    lines = [_("“{name}” is saved as number {n}.").format(name=draft.name, n=number_), *problems]
    if missing:
        lines.append(_("Questions without an answer: {numbers}").format(numbers=", ".join(map(str, missing))))
    data = {"id": number_, "name": draft.name, "unanswered": missing, "problems": problems}
    return Reply(data, lines)


def ask(args: Namespace, world: World) -> Reply:
    """Say what LINE and the links answer."""
    now = world.now()
    with reading(args) as shop:
        with shop.database.read() as session:
            row = find(session, args.message)
            questions = gate.inspect(session, row.id, shop.day(now), now, None).questions
            through = accounts.of_message(session, row.id)
        outside = asked_outside(shop, world, questions, through, token_from_stdin=args.token_stdin)
        with shop.database.read() as session:
            report = gate.inspect(session, row.id, shop.day(now), now, outside.quota, outside=outside)
    found = next(one for one in report.checks if one.key == "content")
    links = [
        {"address": address, "answer": str(answer.kind), "status": answer.status or None}
        for address, answer in outside.links.items()
    ]
    data = {
        "message": row.name,
        "tone": str(found.tone),
        "sentence": found.sentence,
        "variant": LETTERS[found.variant],
        "bubble": found.bubble + 1 if found.bubble is not None else None,
        "line_asked": bool(outside.said),
        "links": links,
    }
    lines = [found.sentence, *[f"{one['address']}: {one['answer']} {one['status'] or ''}".rstrip() for one in links]]
    return Reply(data, lines, FIX_IT if found.tone is Tone.BLOCKED else 0)


def remove(args: Namespace, world: World) -> Reply:
    """Delete a message."""
    with writing(args) as shop, shop.database.write() as session:
        row = find(session, args.message)
        library.delete(session, row.id, world.now())
    return Reply({"id": row.id, "name": row.name}, [_("“{name}” is deleted.").format(name=row.name)])


def _draft(session: Session, written: dict[str, Any]) -> MessageDraft:
    usual = Brief()
    try:
        brief = Brief(
            segment_id=_segment(session, written.get("segment")),
            why_now=_exactly(str, written, "why_now", ""),
            what=_exactly(str, written, "what", ""),
            metric=Metric(written.get("metric", usual.metric)),
            metric_days=_exactly(int, written, "metric_days", usual.metric_days),
            good_if=_exactly(int, written, "good_if", usual.good_if),
            keep_back=_exactly(int, written, "keep_back", usual.keep_back),
            send_at=_moment(written.get("send_at")),
            only_informed=_exactly(bool, written, "only_informed", usual.only_informed),
            channel_id=_channel(session, written.get("channel")),
        )
        if not 1 <= brief.metric_days <= _DAYS_MAX or brief.keep_back not in KEEP_BACK_CHOICES:
            raise ValueError
        bubbles = blocks.from_json(written.get("bubbles", []))
        others = tuple(blocks.from_json(variant) for variant in written.get("variants", []))
        if len(others) >= VARIANTS_MAX:
            raise ValueError
        name = _exactly(str, written, "name", "").strip()
        texts = [blocks.to_json(variant) for variant in (bubbles, *others)]
        json.dumps([name, brief.why_now, brief.what, texts], ensure_ascii=False).encode()
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise ShopError(
            _("This file is not a message."), _("Compare it with what “tagwell messages show --json” prints.")
        ) from error
    if not name:
        raise ShopError(_("The message has no name."), _('Give it one: "name" in the file.'))
    return MessageDraft(name, brief, bubbles, others)


def _moment(written: object) -> datetime | None:
    """Read a moment of the file; it says its own zone, so that nobody has to guess."""
    if written is None:
        return None
    if not isinstance(written, str):
        raise TypeError("send_at")
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError("send_at")
    return moment.astimezone(UTC)


def _exactly(kind: type[_V], written: dict[str, Any], key: str, usual: _V) -> _V:
    """Return a value of the file in its own type: nothing is turned into a text or a number that it is not."""
    value = written.get(key, usual)
    if type(value) is not kind:
        raise TypeError(key)
    return value


def _channel(session: Session, wanted: object) -> int | None:
    return None if wanted is None else accounts.find(session, str(wanted))


def _segment(session: Session, wanted: object) -> int | None:
    if wanted is None:
        return None
    rows = segments.all_segments(session)
    return pick(rows, str(wanted), _("There is no segment “{wanted}”.")).id
