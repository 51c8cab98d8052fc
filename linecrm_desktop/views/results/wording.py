"""How results are written on this screen and in its reports: shares, points, intervals, chips and money."""

from linecrm_desktop.days import ShopDay
from linecrm_desktop.results import words
from linecrm_desktop.results.figures import Figure, Told
from linecrm_desktop.results.lift import Lift, Verdict, word
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.results.words import Standing
from linecrm_desktop.text import _, language, number, percent, short_date
from linecrm_desktop.views.widgets.charts.interval import Interval
from linecrm_desktop.views.widgets.chips import Chip, status_chip

UNKNOWN = "—"
_TONES = {
    Standing.NOT_BEGUN: "plain",
    Standing.COUNTING: "info",
    Standing.WORKED: "good",
    Standing.HURT: "bad",
    Standing.NO_EFFECT: "warn",
    Standing.NOT_SURE: "info",
    Standing.NO_KEPT_BACK: "warn",
}


def standing_chip(found: Outcome, day: ShopDay) -> Chip:
    """Return the chip that says what may be said: a clock and the last day while a send is still counted."""
    standing = words.standing(found)
    if standing is Standing.COUNTING and found.window is not None:
        text = _("counts until {date}").format(date=short_date(found.window.last_day, day.today))
        return status_chip("info", text, "clock")
    return status_chip(_TONES[standing], words.word(found))


def verdict_chip(verdict: Verdict) -> Chip:
    """Return the chip of a verdict on several sends."""
    return status_chip(_TONES[Standing(verdict)], word(verdict))


def share_of(figure: Figure, of: int) -> str:
    """Write LINE's number of people as a share; a sum that lacks some is "at least", few people are "under 20"."""
    if figure.people is None or not of:
        return figure.text
    share = percent(figure.people / of)
    return _("at least {n}").format(n=share) if figure.told is Told.AT_LEAST else share


def signed(points: float) -> str:
    """Write a difference in points with its sign."""
    return f"+{number(points, 1)}" if points > 0 else number(points, 1)


def span(low: float, high: float) -> str:
    """Write a range as the language in use writes it."""
    joint = {"zh_TW": "–", "ja": "〜", "th": " ถึง "}.get(language(), " to ")
    return f"{number(low, 1)}{joint}{number(high, 1)}"


def interval_of(found: Lift, label: str = "") -> Interval | None:
    """Return a lift as an interval in points, with its words; None where there is nothing to compare."""
    if found.interval is None:
        return None
    low, middle, high = (end * 100 for end in (found.interval.low, found.interval.estimate, found.interval.high))
    written = _("{n} points").format(n=signed(middle))
    return Interval(label, low, middle, high, written, _("likely {range}").format(range=span(low, high)))


def said_of(found: Lift) -> str:
    """Say a lift in one line, for who does not see the drawing and for a list that is saved."""
    shown = interval_of(found)
    if shown is None:
        return ""
    return _("{difference}, likely {range}").format(difference=shown.written, range=span(shown.low, shown.high))
