"""What a report of results says: of a period, of one send, of a month, and of the months beside each other."""

from collections.abc import Sequence
from datetime import date

from linecrm_desktop.days import ShopDay
from linecrm_desktop.results import words
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.results.steps import StepResult
from linecrm_desktop.results.totals import Month, total
from linecrm_desktop.text import _, long_date, money, month, number
from linecrm_desktop.views.report.blocks import Block, Figure, KeyNumbers, Table, Words, heading
from linecrm_desktop.views.report.sheet import Report
from linecrm_desktop.views.results import charts
from linecrm_desktop.views.results.detail import line_source
from linecrm_desktop.views.results.filters import sent_on, span_of
from linecrm_desktop.views.results.months_page import month_rows
from linecrm_desktop.views.results.steps_page import step_rows
from linecrm_desktop.views.results.table import HEADS, NUMBERS, Column, ResultsTableModel
from linecrm_desktop.views.results.tiles import key_numbers
from linecrm_desktop.views.results.total_row import TotalModel
from linecrm_desktop.views.results.variants_card import variant_rows, verdicts


def period(
    shop: str,
    currency: str,
    said: str,
    outcomes: Sequence[Outcome],
    chosen: Outcome | None,
    day: ShopDay,
    *,
    is_practice: bool,
) -> Report:
    """Report the sends that are shown, and the chosen one more closely.

    As in the window, practice sends of a real shop stand in the list and count for nothing in its sum.
    """
    counted = [one for one in outcomes if one.is_practice == is_practice]
    blocks = [Words(said, 12, role="text2"), *_overview(outcomes, counted, currency, day)]
    if chosen is not None:
        blocks += _send(chosen, day)
    title = _("Results")
    span = span_of(outcomes, day)
    return Report("results", shop, f"{title} · {span}" if span else title, _made(day), tuple(blocks))


def of_month(
    shop: str, currency: str, first: date, outcomes: Sequence[Outcome], months: Sequence[Month], day: ShopDay
) -> Report:
    """Report one month: all of its sends, each in a few words, and the months before it."""
    mine = [one for one in outcomes if one.window is not None and sent_on(one, day).replace(day=1) == first]
    its = next((one for one in months if one.first_day == first), None)
    blocks: list[Block] = [*_overview(mine, mine, currency, day)]
    if its is not None:
        blocks += [heading(_("Sent, versus a broadcast")), Figure(charts.sent_versus_broadcast(mine, day))]
        blocks.append(Words(_spared(its, currency)))
    for one in mine:
        blocks += _send(one, day)
    until = [one for one in months if one.first_day <= first]
    if len(until) > 1:
        blocks += _months(until, currency)
    title = _("Results of {month}").format(month=month(first))
    return Report(f"results_{first:%Y-%m}", shop, title, _made(day), tuple(blocks))


def over_time(shop: str, currency: str, months: Sequence[Month], day: ShopDay) -> Report:
    """Report the months beside each other."""
    return Report("results_months", shop, _("Month by month"), _made(day), tuple(_months(months, currency)))


def send(shop: str, found: Outcome, day: ShopDay) -> Report:
    """Report one send."""
    return Report("result", shop, found.name, _made(day), (*_practice([found]), *_send(found, day)))


def path_steps(shop: str, currency: str, found: Sequence[StepResult], day: ShopDay) -> Report:
    """Report the steps of paths."""
    header, rows, numbers = step_rows(found, currency)
    blocks = (Table(header, rows, numbers), Words(words.attribution(), 11, role="text2"))
    return Report("results_journeys", shop, _("Steps of journeys"), _made(day), blocks)


def _overview(outcomes: Sequence[Outcome], counted: Sequence[Outcome], currency: str, day: ShopDay) -> list[Block]:
    sums = total(counted)
    numbers = tuple((title, shown, note) for title, shown, note, _hint in key_numbers(sums, currency).values())
    model, foot = ResultsTableModel(day, currency), TotalModel(currency)
    rows = [tuple(model.text(one, column) for column in Column) for one in outcomes]
    rows.append(tuple(foot.text(sums, column) for column in Column))
    header = tuple(_(HEADS[column]) for column in Column)
    return [
        *_practice(outcomes),
        KeyNumbers(numbers),
        Table(header, tuple(rows), frozenset(NUMBERS), has_sum=True),
        Words(line_source(sums.line, day), 11, role="text2"),
        Words(words.attribution(), 11, role="text2"),
    ]


def _practice(outcomes: Sequence[Outcome]) -> list[Block]:
    """Say what nobody may take for real numbers."""
    if not any(one.is_practice for one in outcomes):
        return []
    return [Words(_("Practice: nothing was sent. The numbers are a rehearsal."), strong=True, role="warn")]


def _send(found: Outcome, day: ShopDay) -> list[Block]:
    began = f" · {long_date(sent_on(found, day))}" if found.window else ""
    blocks: list[Block] = [heading(found.name)]
    for said in (f"{found.segment_name}{began}", words.metric(found.brief)):
        blocks.append(Words(said, 12, role="text2", gap=4, keeps=True))
    blocks += [Figure(charts.comparison(found)), Words(words.comparison(found), strong=True, gap=4)]
    for said in (words.brought(found), words.verdict(found), _waiting(found)):
        if said:
            blocks.append(Words(said, gap=4))
    blocks += [Words(_("From sent to ordered"), strong=True, gap=4, keeps=True), Figure(charts.funnel(found), most=520)]
    if found.variants:
        names, rows = variant_rows(found)
        blocks.append(Words(_("Variants beside each other"), strong=True, gap=4, keeps=True))
        blocks.append(Figure(charts.variants(found), most=520))
        blocks.append(Table(tuple(names), tuple(tuple(row) for row in rows), frozenset(range(1, 6))))
        blocks += [Words(said, gap=4) for said in verdicts(found)]
    return blocks


def _waiting(found: Outcome) -> str:
    until = found.window_open_until
    return _("It counts until {date}. Look again then.").format(date=long_date(until)) if until else ""


def _months(months: Sequence[Month], currency: str) -> list[Block]:
    names, rows = month_rows(list(months), currency)
    table = Table(tuple(names), tuple(tuple(row) for row in rows), frozenset(range(1, len(names))))
    return [heading(_("Month by month")), Figure(charts.over_time(months, currency), most=1000), table]


def _spared(its: Month, currency: str) -> str:
    said = _("{n} messages were not sent that broadcasts would have needed.").format(n=number(its.totals.not_sent))
    if its.saved is None:
        return said
    spared = _("By the shop’s plan they would have cost {money}.").format(money=money(its.saved, currency))
    return _("{first} {second}").format(first=said, second=spared)


def _made(day: ShopDay) -> str:
    return _("Counted on {date} with Tagwell").format(date=long_date(day.today))
