"""`results report`: the results of a month, of one send or of all as a PDF file, as the window prints them."""

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import Opened, pick, reading
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.results import totals
from linecrm_desktop.results.outcome import Outcome, all_campaigns
from linecrm_desktop.results.totals import Month
from linecrm_desktop.text import _, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def add(inner: "Commands", shared: ArgumentParser) -> None:
    """Add `results report`."""
    parser = command(inner, shared, "report", report, _("write the results as a PDF file"))
    parser.add_argument("--out", metavar="FILE", required=True, help=_("the PDF file"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--month", metavar="MONTH", help=_("only this month, such as 2026-11"))
    which.add_argument("--send", metavar="CAMPAIGN", help=_("only this send, by its name or number"))


def report(args: Namespace, world: World) -> Reply:
    """Write a report; the charts are painted without a window."""
    path, first = _path(args.out), _month(args.month)
    with reading(args) as shop:
        day = shop.day(world.now())
        with shop.database.read() as session:
            mine = [one for one in all_campaigns(session, day) if one.is_practice == shop.is_practice]
            months = totals.months(session, mine, day)
        _need(mine, first, [one.first_day for one in months])
        one = pick(mine, args.send, _("There is no send “{wanted}”.")) if args.send else None
        pages = _write(shop, first, one, mine, months, day, path)
    said = ngettext("Wrote {n} page to “{file}”.", "Wrote {n} pages to “{file}”.", pages)
    return Reply({"file": str(path), "pages": pages}, [said.format(n=number(pages), file=path)])


def _write(
    shop: Opened,
    first: date | None,
    one: Outcome | None,
    sends: list[Outcome],
    months: list[Month],
    day: ShopDay,
    path: Path,
) -> int:
    """Paint the report that was asked for; Qt is loaded only now."""
    from linecrm_desktop.views.report import offscreen
    from linecrm_desktop.views.report.sheet import save_pdf
    from linecrm_desktop.views.results import report as reports

    offscreen.prepare()
    if one is not None:
        return save_pdf(reports.send(shop.name, one, day), path)
    if first is not None:
        return save_pdf(reports.of_month(shop.name, shop.currency, first, sends, months, day), path)
    said, practice = _("All sends"), shop.is_practice
    return save_pdf(reports.period(shop.name, shop.currency, said, sends, None, day, is_practice=practice), path)


def _path(out: str) -> Path:
    path = Path(out)
    if path.suffix.lower() != ".pdf" or path.is_dir():
        raise ShopError(
            _("A report cannot be written to “{file}”.").format(file=path), _("Give it a name that ends in .pdf.")
        )
    return path


def _month(said: str | None) -> date | None:
    if said is None:
        return None
    found = _MONTH.fullmatch(said)
    if found is None:
        raise ShopError(_("“{month}” is no month.").format(month=said), _("Write it like 2026-11."))
    return date(int(found[1]), int(found[2]), 1)


def _need(sends: Sequence[Outcome], first: date | None, known: list[date]) -> None:
    """Refuse a report of nothing."""
    if not sends:
        raise ShopError(_("Nothing was sent yet."), _("Results begin with the first message you send."))
    if first is not None and first not in known:
        said = ", ".join(f"{one:%Y-%m}" for one in known)
        raise ShopError(
            _("Nothing was sent in {month}.").format(month=f"{first:%Y-%m}"),
            _("Months with sends: {months}").format(months=said),
        )
