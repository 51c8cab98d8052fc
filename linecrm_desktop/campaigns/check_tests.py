"""The checks of what people read: that somebody read it on a phone before, and that it tells newcomers how to stop."""

from linecrm_desktop.campaigns.gate_facts import Check, Facts, Tone
from linecrm_desktop.messages.draft import LETTERS
from linecrm_desktop.text import _, ngettext, number, when


def tested(facts: Facts) -> Check:
    """Say whether testers got every variant as it is now; a shop without testers is warned, not stopped."""
    title, tests = _("Test sent"), facts.tests
    letter = LETTERS[tests.variant]
    send = _("Send a test") if facts.variants == 1 else _("Send a test of {letter}").format(letter=letter)
    if tests.at is not None:
        return Check("tested", Tone.PASSED, title, _passed(facts), _("Send a test"))
    if not tests.testers:
        sentence = _("This shop has no tester, so nobody has read the message on a phone.")
        return Check("tested", Tone.WARNING, title, sentence, _("Add a tester"))
    if facts.variants == 1:
        words = _("It was changed after the test.") if tests.before else _("It has never been sent as a test.")
    elif tests.before:
        words = _("Variant {letter} was changed after its test.").format(letter=letter)
    else:
        words = _("Variant {letter} has never been sent as a test.").format(letter=letter)
    return Check("tested", Tone.BLOCKED, title, words, send, tests.variant)


def _passed(facts: Facts) -> str:
    tests = facts.tests
    if facts.variants == 1:
        sentence = ngettext(
            "{n} tester got this version: {time}.", "{n} testers got this version: {time}.", tests.people
        )
    else:
        sentence = ngettext(
            "{n} tester got every variant as it is; the oldest test: {time}.",
            "{n} testers got every variant as it is; the oldest test: {time}.",
            tests.people,
        )
    today = facts.timing.now.date()
    return sentence.format(n=number(tests.people), time=when(tests.at, today) if tests.at else "")


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
