"""A request in plain words: its state, its days, its steps. The same in the window and on the command line."""

from datetime import date

from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends.words import shown_name
from linecrm_desktop.models.data_request import RequestStep, Wants
from linecrm_desktop.requests.collecting import PARTS, Part
from linecrm_desktop.requests.deadlines import Days
from linecrm_desktop.requests.names import DOING, ENDINGS, STEPS, WANTS
from linecrm_desktop.requests.register import RequestRow
from linecrm_desktop.text import _, ngettext, number, short_date


def friend(row: RequestRow) -> str:
    """Name whose request it is."""
    if row.is_erased:
        return _("(erased)")
    return shown_name(row.friend) if row.friend_id is not None else _("(not in the shop)")


def wants(row: RequestRow) -> str:
    """Say what is asked for."""
    return _(WANTS[row.wants])


def answer_by(row: RequestRow, today: date) -> str:
    """Say by when it must be answered."""
    return _("at once") if row.answer_by == row.asked else short_date(row.answer_by, today)


def state(row: RequestRow, day: ShopDay) -> str:
    """Say how a request stands: days that are left, or how it ended."""
    if row.ending is not None:
        closed = row.done(RequestStep.CLOSE)
        on = short_date(day.local(closed.at).date(), day.today) if closed else ""
        return _(ENDINGS[row.ending]).format(date=on)
    return days_left(row.left(day.today))


def days_left(left: int) -> str:
    """Say how many days are left for an answer."""
    if left < 0:
        return ngettext("{n} day late", "{n} days late", -left).format(n=number(-left))
    if left == 0:
        return _("due today")
    return ngettext("{n} day left", "{n} days left", left).format(n=number(left))


def step_name(row: RequestRow, step: RequestStep) -> str:
    """Name a step of this request."""
    return _(DOING[row.wants] if step is RequestStep.HAND_OVER else STEPS[step])


def step_said(row: RequestRow, step: RequestStep, day: ShopDay) -> str:
    """Say what was done in a step, or what is to be done."""
    done = row.done(step)
    if done is None:
        return _to_do(row, step)
    facts = {"by": done.by, "day": short_date(day.local(done.at).date(), day.today)}
    if step is RequestStep.CHECK and done.how:
        return _("{how}. {by}, {day}").format(how=done.how.rstrip("."), **facts)
    if step is RequestStep.COLLECT and row.collected:
        return _("{what}. {by}, {day}").format(what=collected(row), **facts)
    return _("{by}, {day}").format(**facts)


def collected(row: RequestRow) -> str:
    """Say how much was found."""
    parts = [_("{what}: {n}").format(what=_(PARTS[Part(kind)]), n=number(n)) for kind, n in row.collected or () if n]
    return _(", ").join(parts)


def law(days: Days) -> str:
    """Say where the days come from."""
    said = _(
        "Days for the answer: {copy} for a copy, {correct} to correct, {stop} to stop all use, {erase} to erase. "
        "Have a lawyer confirm them."
    )
    return said.format(
        copy=number(days[Wants.COPY]),
        correct=number(days[Wants.CORRECT]),
        stop=number(days[Wants.STOP_USE]),
        erase=number(days[Wants.ERASE]),
    )


def _to_do(row: RequestRow, step: RequestStep) -> str:
    match step:
        case RequestStep.CHECK:
            return _("Let the friend tell something that only they know, such as the member number.")
        case RequestStep.COLLECT:
            return _("Count what the shop has of this friend.")
        case RequestStep.CLOSE:
            return _("The request stays in this list with its number.")
        case RequestStep.HAND_OVER:
            return {
                Wants.COPY: _("PDF to read and CSV to reuse, in a zip file with a password."),
                Wants.CORRECT: _("Correct it in your shop system too, and import the file again."),
                Wants.STOP_MARKETING: _("The refusal is recorded at once, in every waiting send too."),
                Wants.STOP_USE: _("The refusal is recorded at once; stop the other uses in your shop system too."),
                Wants.ERASE: _("This step is done when the friend is erased."),
            }[row.wants]
