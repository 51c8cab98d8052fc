"""The checks that need the world: would LINE take it, do its links answer, and is this the shop's own account."""

from linecrm_desktop.campaigns.gate_facts import Check, Facts, Tone
from linecrm_desktop.messages.draft import LETTERS
from linecrm_desktop.messages.problem import Problem
from linecrm_desktop.text import _, ngettext, number


def content(facts: Facts) -> Check:
    """Say the first thing for which the message cannot leave, or what nobody could be asked."""
    title, judged = _("Names and links"), facts.judged
    for problem in (*facts.problems, *judged.wrong):
        fix = _("Open the message") if problem.bubble is None else _("Open the bubble")
        sentence = _of_variant(problem, facts.variants)
        return Check("content", Tone.BLOCKED, title, sentence, fix, problem.variant, problem.bubble)
    if judged.errors:
        link, status = judged.errors[0]
        sentence = ngettext(
            "{n} link answers with an error: {link} ({status}).",
            "{n} links answer with an error. The first: {link} ({status}).",
            len(judged.errors),
        ).format(n=number(len(judged.errors)), link=link, status=status)
        return Check("content", Tone.WARNING, title, sentence, _("Open the message"))
    return _unproved(facts, title) or Check(
        "content",
        Tone.PASSED,
        title,
        _("Every variable has a fallback, every link answers, and LINE itself would take the message."),
    )


def account(facts: Facts) -> Check | None:
    """Say that the token is another account's, or the account is gone; nothing where it is the shop's own."""
    if facts.has_left:
        gone = _("“{account}” was removed from this shop. Choose the account that it is to go through.")
        return Check("account", Tone.BLOCKED, _("Account"), gone.format(account=facts.account_name), _("Edit message"))
    if not facts.wrong_account:
        return None
    sentence = _("The token belongs to “{other}”, and this shop is connected to “{account}”.").format(
        other=facts.wrong_account, account=facts.account_name
    )
    return Check("account", Tone.BLOCKED, _("Account"), sentence, _("Open Settings"))


def _unproved(facts: Facts, title: str) -> Check | None:
    judged, links = facts.judged, facts.judged.links_untried
    if judged.line_asked and not links:
        return None
    if judged.line_asked:
        sentence = ngettext(
            "Nothing wrong was found. Not checked: whether its {n} link answers.",
            "Nothing wrong was found. Not checked: whether its {n} links answer.",
            links,
        )
    elif links:
        sentence = ngettext(
            "Nothing wrong was found. Not checked: whether LINE would take the message, and whether its {n} link "
            "answers.",
            "Nothing wrong was found. Not checked: whether LINE would take the message, and whether its {n} links "
            "answer.",
            links,
        )
    else:
        sentence = _("Nothing wrong was found. Not checked: whether LINE itself would take the message.")
    return Check("content", Tone.UNCHECKED, title, sentence.format(n=number(links)), _("Check again"))


def _of_variant(problem: Problem, variants: int) -> str:
    if variants == 1:
        return problem.sentence
    return _("Variant {letter}: {sentence}").format(letter=LETTERS[problem.variant], sentence=problem.sentence)
