"""The check list on paper: for a file, or for the colleague who is to agree before it is sent."""

from collections.abc import Collection
from datetime import datetime, timedelta

from linecrm_desktop.campaigns.cost import Cost
from linecrm_desktop.campaigns.gate import Check, GateReport, Tone
from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.text import _, clock, long_date, number
from linecrm_desktop.views.gate.check_rows import SPOKEN, counts
from linecrm_desktop.views.messages.cost_card import UNKNOWN, price
from linecrm_desktop.views.messages.summary_card import summary
from linecrm_desktop.views.report.blocks import Block, Table, Words, heading
from linecrm_desktop.views.report.sheet import Report

_ROLES = {Tone.PASSED: "good", Tone.WARNING: "warn", Tone.BLOCKED: "bad", Tone.UNCHECKED: "text2"}


def paper(shop: str, report: GateReport, brief: Brief, read: Collection[str], at: datetime, day: ShopDay) -> Report:
    """Report the checks as they were at a moment of the shop's clock, what would be sent and what it costs."""
    leaves = report.send_at.date() if report.send_at else day.today
    lines = summary(report, brief, leaves + timedelta(days=brief.metric_days), day.today)
    lines |= {
        _("This send"): _cost(report, report.cost, report.recipients),
        _("A broadcast"): _cost(report, report.broadcast, None),
    }
    blocks: list[Block] = [heading(report.message_name)]
    if report.is_practice:
        blocks.append(
            Words(_("Practice: nothing is sent. The messages go to a LINE on this computer."), strong=True, role="warn")
        )
    blocks += [
        Words(_("Why now: {answer}").format(answer=brief.why_now), gap=4),
        Words(_("What: {answer}").format(answer=brief.what)),
        Table((_("What will be sent"), ""), tuple(lines.items()), widths=(0.25, 0.75)),
        Words(counts(report, set(read)), strong=True, keeps=True),
    ]
    for check in report.checks:
        blocks += _check(check, is_read=check.key in read)
    made = _("Checked on {date}, {time}").format(date=long_date(at.date()), time=clock(at))
    return Report("check", shop, _("Check and send"), made, tuple(blocks))


def _check(check: Check, *, is_read: bool) -> list[Block]:
    ended = _(SPOKEN[check.tone])
    if check.tone is Tone.WARNING:
        ended = _("Warning, read") if is_read else _("Warning, not read yet")
    title = _("{check}: {ended}").format(check=check.title, ended=ended)
    return [
        Words(title, strong=True, role=_ROLES[check.tone], gap=0, keeps=True),
        Words(check.sentence, gap=6),
    ]


def _cost(report: GateReport, cost: Cost | None, messages: int | None) -> str:
    count = cost.messages if cost else messages
    shown = UNKNOWN if count is None else number(count)
    return _("{n} messages, extra cost {money}").format(n=shown, money=price(report, cost))
