"""The drawings of one send, and of the months: made here once for the window and for the reports."""

from collections.abc import Sequence

from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages.brief import Metric
from linecrm_desktop.results.figures import Figure, Told
from linecrm_desktop.results.groups import Group
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.results.totals import Month
from linecrm_desktop.text import CURRENCY_DIGITS, _, money, month, number, percent, short_date
from linecrm_desktop.views.results.wording import UNKNOWN, interval_of, signed
from linecrm_desktop.views.widgets.charts.bars import Bar, Bars, Key
from linecrm_desktop.views.widgets.charts.comparison import Comparison
from linecrm_desktop.views.widgets.charts.interval import Interval, Intervals, Tick, round_steps
from linecrm_desktop.views.widgets.charts.lines import Line, Lines, Point, SmallMultiples

_MONTHS = 12


def comparison(found: Outcome) -> Comparison:
    """Draw who got it against who was kept back, and the difference."""
    bars = [_group_bar(_("Got the message"), found.sent)]
    if not found.kept_back:
        return Comparison(tuple(bars))
    bars.append(_group_bar(_("Kept back"), found.kept, "chart4"))
    difference = interval_of(found.lift, _("Difference"))
    return Comparison(tuple(bars), difference, _ticks([difference] if difference else [], bars))


def funnel(found: Outcome) -> Bars:
    """Draw the way from sent to ordered; where LINE tells no number there is no bar."""
    accepted = found.accepted
    people = found.sent.did if _counts_orders(found) else None
    bars = [Bar(_("Accepted by LINE"), accepted, number(accepted), note=_part(accepted, accepted))]
    bars += [
        _figure_bar(_("Opened"), found.line.seen, accepted),
        _figure_bar(_("Clicked"), found.line.pressed, accepted),
    ]
    if people is None:
        return Bars((*bars, Bar(_("Orders"), found.sent.orders, number(found.sent.orders))), whole=accepted or 1)
    return Bars((*bars, Bar(_("Ordered"), people, number(people), note=_part(people, accepted))), whole=accepted or 1)


def variants(found: Outcome) -> Bars:
    """Draw the share of each variant."""
    named = [(_("Variant {letter}").format(letter=one.letter), one.group) for one in found.variants]
    return Bars(tuple(_group_bar(name, group) for name, group in named), beside=True)


def differences(found: Outcome) -> Intervals:
    """Draw the difference of each pair of variants."""
    rows: list[Interval] = []
    for one, other, difference in found.differences:
        if difference.interval is not None:
            its = difference.interval
            low, middle, high = (end * 100 for end in (its.low, its.estimate, its.high))
            said = _("{first} less {second}").format(first=one, second=other)
            rows.append(Interval(said, low, middle, high, _("{n} points").format(n=signed(middle))))
    return Intervals(tuple(rows), _ticks(rows, []))


def sent_versus_broadcast(outcomes: Sequence[Outcome], day: ShopDay) -> Bars:
    """Draw each send inside what a broadcast at its moment would have been."""
    bars = tuple(
        Bar(
            one.name,
            one.accepted,
            number(one.accepted),
            lead=short_date(day.local(one.window.begins).date(), day.today) if one.window else "",
            outline=one.broadcast_messages,
        )
        for one in reversed(outcomes)
    )
    return Bars(bars, keys=(Key(_("sent")), Key(_("as a broadcast"), dashed=True)), row=27)


def over_time(months: Sequence[Month], currency: str) -> SmallMultiples:
    """Draw up to twelve months, the oldest first: messages beside broadcasts, orders, revenue per message, blocks."""
    shown = list(reversed(months[:_MONTHS]))
    names = tuple(month(one.first_day) for one in shown)
    sent = _line(_("Messages sent"), [one.totals.accepted for one in shown])
    broadcast = _line(_("As broadcasts"), [one.totals.broadcast_messages for one in shown], "chart4", dashed=True)
    per = tuple(_money_point(one.totals.per_message, currency) for one in shown)
    return SmallMultiples(
        (
            Lines(names, (sent, broadcast), _("Messages")),
            Lines(names, (_line(_("Orders"), [one.totals.orders for one in shown]),), _("Orders")),
            Lines(names, (Line(_("Revenue per message"), per),), _("Revenue per message")),
            Lines(names, (_line(_("Blocks"), [one.totals.blocked for one in shown], "bad"),), _("Blocks")),
        )
    )


def _group_bar(name: str, group: Group, role: str = "chart1") -> Bar:
    if group.share is None:
        return Bar(name, None, UNKNOWN)
    note = _("{n} of {all}").format(n=number(group.did), all=number(group.friends))
    return Bar(name, group.share * 100, percent(group.share), role, note)


def _figure_bar(name: str, figure: Figure, of: int) -> Bar:
    note = _part(figure.people, of) if figure.told is Told.NUMBER and figure.people is not None else ""
    return Bar(name, figure.people, figure.text, note=note)


def _part(people: int, of: int) -> str:
    return percent(people / of, 0) if of else ""


def _counts_orders(found: Outcome) -> bool:
    return found.brief.metric in (Metric.ORDERS, Metric.FIRST_PURCHASES)


def _ticks(rows: Sequence[Interval], bars: Sequence[Bar]) -> tuple[Tick, ...]:
    ends = [0.0, *(end for row in rows for end in (row.low, row.high)), *(bar.value or 0 for bar in bars)]
    steps = round_steps(min(ends), max(ends))
    digits = 0 if all(step == round(step) for step in steps) else 1
    return tuple(Tick(step, number(step, digits)) for step in steps) if rows else ()


def _line(name: str, values: Sequence[int | None], role: str = "chart1", *, dashed: bool = False) -> Line:
    points = tuple(Point(value, UNKNOWN if value is None else number(value)) for value in values)
    return Line(name, points, role, dashed)


def _money_point(minor: int | None, currency: str) -> Point:
    if minor is None:
        return Point(None, UNKNOWN)
    return Point(minor / 10 ** CURRENCY_DIGITS.get(currency, 2), money(minor, currency, digits=0))
