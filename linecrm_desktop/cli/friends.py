"""`friends`: the list of friends, found and filtered as in the window, and how a friend is written into a CSV file.

Phones and e-mails are masked, as in the window, until somebody says what they are wanted for.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from linecrm_desktop.cli import access, edit, erase
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import Opened, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.consent import access as access_lines
from linecrm_desktop.consent.access import FRIENDS
from linecrm_desktop.friends import directory, own_fields, words
from linecrm_desktop.friends.directory import FriendQuery, FriendRow, Listed
from linecrm_desktop.friends.own_fields import OwnValue
from linecrm_desktop.models.field import FieldKind
from linecrm_desktop.text import CURRENCY_DIGITS, _, masked_email, masked_phone, money, ngettext, number, short_date

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

CSV_HEADER = (
    "name",
    "member_number",
    "line_user_id",
    "phone",
    "email",
    "joined_at",
    "blocked",
    "marketing",
    "tags",
    "orders",
    "spent",
    "last_order_at",
)
BATCH = 500


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `friends`."""
    parser = command(commands, shared, "friends", show, _("list friends"))
    parser.add_argument("--search", metavar="TEXT", default="", help=_("name, member number, phone, e-mail, LINE ID"))
    lists = [str(listed).lower() for listed in Listed]
    parser.add_argument("--list", choices=lists, default=lists[0], help=_("one of the window’s lists"))
    parser.add_argument("--limit", metavar="N", type=int, default=50, help=_("how many to show; 0 shows all"))
    parser.add_argument(
        "--purpose", metavar="TEXT", help=_("show phones and e-mails in full; what for is written down")
    )
    inner = parser.add_subparsers(dest="subcommand", metavar="COMMAND", parser_class=type(parser))
    erase.add(inner, shared)
    edit.add(inner, shared)
    access.add(inner, shared)


def show(args: Namespace, world: World) -> Reply:
    """List friends, those with the newest orders first."""
    in_full = args.purpose is not None
    opened = writing(args) if in_full else reading(args)
    with opened as shop, shop.database.write() if in_full else shop.database.read() as session:
        now = world.now()
        query = FriendQuery(listed=_listed(args.list), search=args.search)
        ids = directory.ids(session, query, shop.day(now))
        shown = ids[: args.limit] if args.limit > 0 else ids
        rows = [row for batch in batches(shown) for row in directory.rows(session, batch)]
        if in_full:
            access_lines.show_list(session, access.asking(now, args.purpose), FRIENDS, CSV_HEADER, len(rows))
        else:
            rows = [masked(row, shop) for row in rows]
        cells = [_cells(row, shop, world, in_full=in_full) for row in rows]
        told = own_fields.of(session, shown) if rows else {}
        data = [{**friend_data(row, shop), "fields": _fields(told.get(row.id, ()))} for row in rows]
    total = ngettext("{shown} of {n} friend", "{shown} of {n} friends", len(ids))
    lines = table(_heads(in_full=in_full), cells) if rows else []
    lines.append(total.format(shown=number(len(rows)), n=number(len(ids))))
    found = {"list": args.list, "search": args.search, "total": len(ids), "currency": shop.currency}
    return Reply({**found, "masked": not in_full, "friends": data}, lines)


def masked(row: FriendRow, shop: Opened) -> FriendRow:
    """Hide the most of a friend's phone and e-mail, as the window does before a person asks."""
    phone = masked_phone(words.phone(row.phone, shop.country)) if row.phone else row.phone
    return replace(row, phone=phone, email=masked_email(row.email) if row.email else row.email)


def friend_data(row: FriendRow, shop: Opened) -> dict[str, Any]:
    """Write a friend for JSON; money is whole smallest units of the shop's currency."""
    return {
        "id": row.id,
        "name": row.name,
        "member_number": row.member_number,
        "line_user_id": row.line_user_id,
        "phone": row.phone,
        "email": row.email,
        "joined_at": shop.moment(row.joined_at),
        "blocked": row.is_blocked,
        "marketing": str(row.marketing),
        "questions_answered": row.answered,
        "tags": [tag.name for tag in row.tags],
        "orders": row.orders,
        "spent": row.spent,
        "last_order_at": shop.moment(row.last_order_at),
    }


def csv_rows(session: Session, ids: Sequence[int], shop: Opened) -> Iterator[list[str]]:
    """Yield the cells of CSV_HEADER and of the shop's own fields for each friend, a few hundred at a time."""
    fields = own_fields.names(session)
    for batch in batches(ids):
        held = own_fields.of(session, batch)
        for row in directory.rows(session, batch):
            data = friend_data(row, shop)
            data["blocked"] = "yes" if row.is_blocked else "no"
            data["tags"] = "; ".join(data["tags"])
            data["spent"] = money_plain(row.spent, shop.currency)
            plain = ["" if data[column] is None else str(data[column]) for column in CSV_HEADER]
            yield [*plain, *own_fields.cells(held.get(row.id, ()), fields)]


def money_plain(minor: int, currency: str) -> str:
    """Write an amount for a spreadsheet: a plain number in whole currency units."""
    return f"{Decimal(minor).scaleb(-CURRENCY_DIGITS.get(currency, 2)):f}"


def batches(ids: Sequence[int]) -> Iterator[list[int]]:
    """Cut a long list of ids into pieces that one query can take."""
    for start in range(0, len(ids), BATCH):
        yield list(ids[start : start + BATCH])


def _fields(values: Sequence[OwnValue]) -> dict[str, str | list[str]]:
    """Write the fields of the shop's own: one entry as a text, those of a list as a list."""
    return {value.field: list(value.entries) if value.kind is FieldKind.LIST else value.entries[0] for value in values}


def _listed(name: str) -> Listed:
    return next(listed for listed in Listed if str(listed).lower() == name)


def _heads(*, in_full: bool) -> list[str]:
    contacts = [_("Phone"), _("E-mail")] if in_full else []
    return [_("Member"), _("Name"), *contacts, _("Orders"), _("Spent"), _("Last order"), _("Tags")]


def _cells(row: FriendRow, shop: Opened, world: World, *, in_full: bool) -> list[str]:
    day = shop.day(world.now())
    last = short_date(day.local(row.last_order_at).date(), day.today) if row.last_order_at else ""
    tags = ", ".join(tag.name for tag in row.tags)
    contacts = [words.phone(row.phone, shop.country) if row.phone else "", row.email or ""] if in_full else []
    spent = money(row.spent, shop.currency)
    return [row.member_number or "", row.name, *contacts, number(row.orders), spent, last, tags]
