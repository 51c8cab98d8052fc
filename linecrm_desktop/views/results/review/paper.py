"""The review of the tags as a report: what is proposed, with which evidence, what was decided, and the heat grid."""

from linecrm_desktop.days import ShopDay
from linecrm_desktop.text import _, long_date, ngettext, number
from linecrm_desktop.views.report.blocks import Block, Figure, Table, Words, heading
from linecrm_desktop.views.report.sheet import Report
from linecrm_desktop.views.results.review.grid_card import heat
from linecrm_desktop.views.results.review.reading import Shown
from linecrm_desktop.views.results.review.table import HEADS, Column, ProposalModel


def of_review(shop: str, currency: str, shown: Shown, day: ShopDay) -> Report:
    """Report a look at the tags with the answers of now."""
    n, looked, model = len(shown.items), shown.looked, ProposalModel(currency)
    decided = _("{n} of {all} decided").format(n=number(shown.decided), all=number(n))
    blocks: list[Block] = [Words(decided, 12, role="text2")]
    if shown.items:
        header = tuple(_(HEADS[column]) for column in Column)
        rows = tuple(tuple(model.text(item, column) for column in Column) for item in shown.items)
        blocks.append(Table(header, rows))
    if shown.rest:
        rest = len(shown.rest)
        said = ngettext(
            "Of {n} tag there is not enough evidence yet.", "Of {n} tags there is not enough evidence yet.", rest
        )
        blocks.append(Words(said.format(n=number(rest))))
    if looked.grid.cells:
        blocks += [
            heading(_("Revenue per message")),
            Words(_("interest × stage, last 90 days"), 11, role="text2", keeps=True),
            Figure(heat(looked.grid, currency)),
        ]
    made = _("Counted on {date} with Tagwell").format(date=long_date(day.today))
    return Report("tag_review", shop, _("Tag review"), made, tuple(blocks))
