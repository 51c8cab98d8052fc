"""`messages templates`, `new`, `save-template` and `delete-template`: messages to begin with."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import Opened, pick, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.messages import library, own_templates, own_values
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.messages.templates import begun, templates
from linecrm_desktop.segments import library as segments
from linecrm_desktop.text import LANGUAGES, _

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(inner: "Commands", shared: ArgumentParser) -> None:
    """Add the commands to those of `messages`."""
    show = command(inner, shared, "templates", show_all, _("list what a message can begin with"))
    _add_texts(show)
    new = command(inner, shared, "new", make, _("begin a message with a template"))
    new.add_argument("template", metavar="TEMPLATE", help=_("its name, key or number, as “messages templates” says"))
    new.add_argument("--name", metavar="NAME", help=_("what the message is called; else as the template"))
    new.add_argument("--segment", metavar="SEGMENT", help=_("whom it is for; else the template's own segment"))
    _add_texts(new)
    keep = command(inner, shared, "save-template", keep_one, _("keep a message as a template"))
    keep.add_argument("message", metavar="MESSAGE", help=_("its name or number"))
    keep.add_argument("--name", metavar="NAME", help=_("what the template is called; else as the message"))
    keep.add_argument("--replace", action="store_true", help=_("write over the template of this name"))
    delete = command(inner, shared, "delete-template", remove, _("delete a template of the shop's own"))
    delete.add_argument("template", metavar="TEMPLATE", help=_("its name or number"))


def show_all(args: Namespace, _world: World) -> Reply:
    """List the steps of the three paths, and the shop's own templates."""
    with reading(args) as shop, shop.database.read() as session:
        own = own_templates.all_templates(session)
        ready = templates(_language(args, shop))
    data = [
        *({"key": one.key, "name": one.draft.name, "core": one.core, "days": one.days} for one in ready),
        *({"id": one.id, "name": one.name, "segment": one.segment_name or None} for one in own),
    ]
    cells = [
        *([one.key, one.draft.name, one.draft.brief.what] for one in ready),
        *([str(one.id), one.name, one.segment_name] for one in own),
    ]
    return Reply({"templates": data}, table([_("No."), _("Name"), _("What it is for")], cells))


def make(args: Namespace, world: World) -> Reply:
    """Begin a message with a template."""
    with writing(args) as shop, shop.database.write() as session:
        draft = _begun(session, args.template, _language(args, shop))
        if args.name is not None:
            draft = draft.with_name(args.name)
        if args.segment is not None:
            rows = segments.all_segments(session)
            wanted = pick(rows, args.segment, _("There is no segment “{wanted}”."))
            draft = draft.with_brief(segment_id=wanted.id)
        number = library.save(session, draft, world.now())
        name = library.load(session, number).name
    missing = draft.brief.missing()
    lines = [_("“{name}” is saved as number {n}.").format(name=name, n=number)]
    if missing:
        lines.append(_("Questions without an answer: {numbers}").format(numbers=", ".join(map(str, missing))))
    return Reply({"id": number, "name": name, "unanswered": missing}, lines)


def keep_one(args: Namespace, world: World) -> Reply:
    """Keep a message as a template."""
    with writing(args) as shop, shop.database.write() as session:
        row = pick(library.all_messages(session), args.message, _("There is no message “{wanted}”."))
        name = (args.name or row.name).strip()
        there = own_templates.named(session, name) if args.replace else None
        number = own_templates.save(session, library.load(session, row.id), name, world.now(), there)
    return Reply({"id": number, "name": name}, [_("“{name}” is kept as a template.").format(name=name)])


def remove(args: Namespace, _world: World) -> Reply:
    """Delete a template of the shop's own."""
    with writing(args) as shop, shop.database.write() as session:
        missing = _("The shop has no template “{wanted}” of its own.")
        row = pick(own_templates.all_templates(session), args.template, missing)
        own_templates.delete(session, row.id)
    return Reply({"id": row.id, "name": row.name}, [_("“{name}” is deleted.").format(name=row.name)])


def _add_texts(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--texts",
        choices=list(LANGUAGES),
        help=_("language of the ready-made texts; else that of the shop's country"),
    )


def _language(args: Namespace, shop: Opened) -> str:
    return str(args.texts or own_values.LANGUAGES.get(shop.country, "en"))


def _begun(session: Session, wanted: str, language: str) -> MessageDraft:
    """Return the draft of a template; the shop's own come first, because a person named them."""
    own = own_templates.all_templates(session)
    ready = [one for one in templates(language) if wanted.casefold() in (one.key, one.draft.name.casefold())]
    if any(wanted.casefold() in (str(one.id), one.name.casefold()) for one in own) or not ready:
        row = pick(own, wanted, _("There is no template “{wanted}”."))
        return own_templates.load(session, row.id)
    return begun(session, ready[0])
