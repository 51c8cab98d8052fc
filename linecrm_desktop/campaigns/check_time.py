"""The check of the time: nothing leaves in quiet hours, and a time that has passed is chosen anew."""

from datetime import timedelta

from linecrm_desktop.campaigns.gate_facts import Check, Timing, Tone
from linecrm_desktop.settings.quiet_hours import clock_words
from linecrm_desktop.text import _, clock, ngettext, number, when

SOON = timedelta(minutes=30)
"""So short before quiet hours, a send may not be over when they begin."""


def quiet(timing: Timing) -> Check:
    """Say whether the moment at which a send would leave is one at which the shop writes to people."""
    title, change = _("Quiet hours"), _("Change time")
    words = {
        "time": when(timing.leaves, timing.now.date()),
        "from": clock_words(timing.quiet.begins),
        "to": clock_words(timing.quiet.ends),
        "over": when(timing.quiet_over, timing.now.date()),
    }
    if timing.send_at is not None and timing.send_at <= timing.now:
        sentence = _("The time that was chosen has passed: {time}.").format(**words)
        return Check("quiet", Tone.BLOCKED, title, sentence, change)
    if not timing.quiet.exist:
        return Check("quiet", Tone.PASSED, title, _("There are no quiet hours."), change)
    if timing.quiet.hold(timing.leaves):
        sentence = _("{time} lies in the quiet hours, {from} to {to}. It may leave from {over} on.").format(**words)
        return Check("quiet", Tone.BLOCKED, title, sentence, change)
    if timing.quiet_begins is not None and timing.quiet_begins - timing.leaves <= SOON:
        return Check("quiet", Tone.WARNING, title, _soon(timing, words["to"]), change)
    sentence = _("{time} lies outside the quiet hours, {from} to {to}.").format(**words)
    return Check("quiet", Tone.PASSED, title, sentence, change)


def _soon(timing: Timing, over: str) -> str:
    begins = timing.quiet_begins or timing.leaves
    minutes = -int(-(begins - timing.leaves).total_seconds() // 60)
    sentence = ngettext(
        "The quiet hours begin {n} minute later, at {time}. Who has not got it by then waits until {over}.",
        "The quiet hours begin {n} minutes later, at {time}. Who has not got it by then waits until {over}.",
        minutes,
    )
    return sentence.format(n=number(minutes), time=clock(begins), over=over)
