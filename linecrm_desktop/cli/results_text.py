"""What `results` says: lines for a person, and the same as data for a program."""

from dataclasses import asdict
from typing import Any

from linecrm_desktop.campaigns.cost import Cost
from linecrm_desktop.campaigns.states import why_sentence
from linecrm_desktop.cli.shop import Opened
from linecrm_desktop.cli.talk import table
from linecrm_desktop.results import lift, words
from linecrm_desktop.results.figures import Figure, LineFigures
from linecrm_desktop.results.lift import Difference, Lift
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.results.statistics import Interval
from linecrm_desktop.results.totals import Month, Totals
from linecrm_desktop.text import _, long_date, money, number

_UNKNOWN = "—"


def overview(rows: list[Outcome], told: Totals, shop: Opened) -> list[str]:
    """Return the table of all sends, their sum and how orders are counted."""
    header = [
        *(_("No."), _("Name"), _("Segment"), _("Accepted"), _("Opened"), _("Clicked"), _("Orders"), _("Revenue")),
        *(_("Per message"), _("Blocks"), _("Lift, points"), _("Result")),
    ]
    cells = [
        [
            *(str(row.id), row.name, row.segment_name, number(row.accepted)),
            *(row.line.seen.text, row.line.pressed.text, number(row.sent.orders)),
            *(money(row.sent.revenue, shop.currency), _amount(row.per_message, shop), _known(row.reactions.blocked)),
            *(_points(row.lift.interval), words.word(row)),
        ]
        for row in rows
    ]
    sums = [
        *("", _("All together"), "", number(told.accepted), told.line.seen.text, told.line.pressed.text),
        *(number(told.orders), money(told.revenue, shop.currency), _amount(told.per_message, shop)),
        *(_known(told.blocked), "", ""),
    ]
    return [*table(header, [*cells, sums]), words.attribution()]


def in_full(row: Outcome, shop: Opened) -> list[str]:
    """Return everything about one send."""
    lines = [
        _("{name}, sent to {segment}").format(name=row.name, segment=row.segment_name),
        _("Accepted by LINE: {n}").format(n=number(row.accepted)),
        _("Kept back to compare: {n}").format(n=number(row.kept_back)),
        _("Not sure whether LINE took it: {n}").format(n=number(row.in_doubt)),
        _("Waiting: {n}").format(n=number(row.waiting)),
        *[f"{why_sentence(code)} {number(n)}" for code, n in (row.refused | row.left_out).items()],
        words.comparison(row),
        words.verdict(row),
        words.brought(row),
        *_variants(row),
        *_noticed(row),
        _("Orders of those who got it: {n} ({amount})").format(
            n=number(row.sent.orders), amount=money(row.sent.revenue, shop.currency)
        ),
        _("Revenue per message: {amount}").format(amount=_amount(row.per_message, shop)),
        words.attribution(),
        *_costs(row, shop),
    ]
    if row.window and row.window.is_open:
        lines.append(_("Not sure yet. Orders count until {day}.").format(day=long_date(row.window.last_day)))
    return [line for line in lines if line]


def _variants(row: Outcome) -> list[str]:
    told = [
        _("Variant {letter}: {did} of {friends}, {orders} orders").format(
            letter=one.letter,
            did=number(one.group.did),
            friends=number(one.group.friends),
            orders=number(one.group.orders),
        )
        for one in row.variants
    ]
    return [*told, *(lift.between_sentence(found, one, two) for one, two, found in row.differences)]


def _noticed(row: Outcome) -> list[str]:
    said = _("LINE’s count: {seen} opened, {pressed} clicked.")
    told = row.reactions
    from_files = _("The shop’s files: {opened} opened, {clicked} clicked, {blocked} blocked, {refused} refused.")
    lines = [
        said.format(seen=row.line.seen.text, pressed=row.line.pressed.text),
        from_files.format(
            opened=number(told.opened),
            clicked=number(told.clicked),
            blocked=_known(told.blocked),
            refused=number(told.refused),
        ),
    ]
    if row.line.day is not None:
        lines.insert(1, _("LINE said so on {day}.").format(day=long_date(row.line.day)))
    return lines


def _costs(row: Outcome, shop: Opened) -> list[str]:
    lines = [_("A broadcast would have used {n} messages.").format(n=number(row.broadcast_messages))]
    lines.append(_("Messages not sent: {n}").format(n=number(row.not_sent)))
    if row.cost is not None and row.saved is not None:
        inside = _(
            "Cost: {inside} inside the plan, {extra} extra for {amount}; a broadcast would have cost {saved} more."
        )
        lines.append(
            inside.format(
                inside=number(row.cost.inside),
                extra=number(row.cost.extra),
                amount=money(row.cost.extra_minor, shop.currency),
                saved=money(row.saved, shop.currency),
            )
        )
    return lines


def data(row: Outcome, shop: Opened) -> dict[str, Any]:
    """Return one send for a program."""
    return {
        "id": row.id,
        "name": row.name,
        "segment": row.segment_name,
        "state": str(row.state),
        "practice": row.is_practice,
        "started_at": shop.moment(row.window.begins if row.window else None),
        "recipients": row.recipients,
        "accepted": row.accepted,
        "waiting": row.waiting,
        "in_doubt": row.in_doubt,
        "stopped": row.stopped,
        "refused": row.refused,
        "left_out": row.left_out,
        "kept_back": row.kept_back,
        "metric": str(row.brief.metric),
        "metric_days": row.brief.metric_days,
        "last_day": row.window.last_day.isoformat() if row.window else None,
        "still_counting": row.window.is_open if row.window else False,
        "sent_group": asdict(row.sent),
        "kept_back_group": asdict(row.kept),
        "variants": [{"letter": one.letter, **asdict(one.group), "line": _line(one.line)} for one in row.variants],
        "differences": [_difference(*one) for one in row.differences],
        "line": _line(row.line),
        "files": asdict(row.reactions),
        "per_message": row.per_message,
        "cost": _cost(row.cost),
        "broadcast_messages": row.broadcast_messages,
        "not_sent": row.not_sent,
        "saved": row.saved,
        "lift": _lift(row.lift),
        "standing": str(words.standing(row)),
    }


def total_data(told: Totals) -> dict[str, Any]:
    """Return the sum of sends for a program."""
    return {
        "sends": told.sends,
        "accepted": told.accepted,
        "orders": told.orders,
        "revenue": told.revenue,
        "per_message": told.per_message,
        "blocked": told.blocked,
        "refused": told.refused,
        "line": _line(told.line),
        "broadcast_messages": told.broadcast_messages,
        "not_sent": told.not_sent,
    }


def month_data(month: Month) -> dict[str, Any]:
    """Return one month for a program."""
    return {"month": f"{month.first_day:%Y-%m}", **total_data(month.totals), "saved": month.saved}


def _line(told: LineFigures) -> dict[str, Any]:
    day = told.day.isoformat() if told.day else None
    return {"opened": _figure(told.seen), "clicked": _figure(told.pressed), "day": day}


def _figure(figure: Figure) -> dict[str, Any]:
    return {"told": str(figure.told), "people": figure.people}


def _cost(cost: Cost | None) -> dict[str, Any] | None:
    return None if cost is None else {"inside": cost.inside, "extra": cost.extra, "extra_minor": cost.extra_minor}


def _lift(found: Lift) -> dict[str, Any]:
    return {"verdict": str(found.verdict), **_interval(found.interval), "more": found.more}


def _difference(one: str, two: str, found: Difference) -> dict[str, Any]:
    return {"of": [one, two], "better": str(found.better), **_interval(found.interval), "more": found.more}


def _interval(interval: Interval | None) -> dict[str, Any]:
    if interval is None:
        return {"estimate": None, "low": None, "high": None}
    return {name: round(value, 6) for name, value in asdict(interval).items()}


def _points(interval: Interval | None) -> str:
    if interval is None:
        return _UNKNOWN
    estimate, low, high = (number(value * 100, 1) for value in (interval.estimate, interval.low, interval.high))
    return _("{estimate} ({low} to {high})").format(estimate=estimate, low=low, high=high)


def _known(n: int | None) -> str:
    return _UNKNOWN if n is None else number(n)


def _amount(minor: int | None, shop: Opened) -> str:
    return _UNKNOWN if minor is None else money(minor, shop.currency)
