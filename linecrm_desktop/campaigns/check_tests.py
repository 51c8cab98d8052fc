"""The checks of what people read: that somebody read it on a phone before, and that it tells newcomers how to stop."""

from linecrm_desktop.campaigns.gate_facts import Check, Facts, Tone
from linecrm_desktop.text import _, ngettext, number, when


def tested(facts: Facts) -> Check:
    """Say whether testers got the message as it is now; a shop without testers is warned, not stopped."""
    title, tests = _("Test sent"), facts.tests
    if tests.at is not None:
        sentence = ngettext(
            "{n} tester got this version: {time}.", "{n} testers got this version: {time}.", tests.people
        ).format(n=number(tests.people), time=when(tests.at, facts.timing.now.date()))
        return Check("tested", Tone.PASSED, title, sentence, _("Send a test"))
    if not tests.testers:
        sentence = _("This shop has no tester, so nobody has read the message on a phone.")
        return Check("tested", Tone.WARNING, title, sentence, _("Add a tester"))
    if tests.before:
        return Check("tested", Tone.BLOCKED, title, _("It was changed after the test."), _("Send a test"))
    return Check("tested", Tone.BLOCKED, title, _("It has never been sent as a test."), _("Send a test"))


def first_contact(facts: Facts) -> Check | None:
    """Say that a first message must tell how to stop; nothing where everybody was told before."""
    if not facts.first_contact:
        return None
    title = _("First message")
    if facts.tells_how_to_stop:
        sentence = ngettext(
            "{n} friend gets a first message. It tells how to stop.",
            "{n} friends get a first message. It tells how to stop.",
            facts.first_contact,
        )
        return Check("first_contact", Tone.PASSED, title, sentence.format(n=number(facts.first_contact)))
    sentence = ngettext(
        "{n} friend was never told how to stop, and this message does not tell it.",
        "{n} friends were never told how to stop, and this message does not tell it.",
        facts.first_contact,
    ).format(n=number(facts.first_contact))
    return Check("first_contact", Tone.BLOCKED, title, sentence, _("Open the message"))
