"""The checks of the gate, each a function of the same facts: what is red, what is amber, and its sentence."""

from linecrm_desktop.campaigns.check_outside import account, content
from linecrm_desktop.campaigns.check_tests import first_contact, tested
from linecrm_desktop.campaigns.check_time import quiet
from linecrm_desktop.campaigns.cost import Cost
from linecrm_desktop.campaigns.gate_facts import Check, Facts, Tone
from linecrm_desktop.messages.draft import VARIANT_SMALL
from linecrm_desktop.text import _, money, ngettext, number, percent

SMALL = 50
"""Under so many recipients a difference can hardly be seen."""
AGAIN_HOURS = 24
"""For so long, the same words to the same friend look like a mistake: a second click, a command that ran twice."""
CAPPED_SHARE = 0.3
QUOTA_SHARE = 0.5


def checks(facts: Facts) -> tuple[Check, ...]:
    """Run the checks in the order in which a person reads them; some only where there is something to say."""
    usual = (
        _brief(facts),
        _consent(facts),
        _informed(facts),
        _quota(facts),
        quiet(facts.timing),
        _cap(facts),
        _size(facts),
        tested(facts),
        _kept_back(facts),
        content(facts),
    )
    sometimes = (account(facts), first_contact(facts), _again(facts) if facts.got_it else None)
    return (*usual, *(check for check in sometimes if check is not None))


def _brief(facts: Facts) -> Check:
    title = _("Brief")
    if not facts.missing:
        return Check("brief", Tone.PASSED, title, _("All four questions are answered."))
    numbers = ", ".join(number(question) for question in facts.missing)
    sentence = ngettext(
        "Question {numbers} has no answer yet.", "Questions {numbers} have no answer yet.", len(facts.missing)
    )
    return Check("brief", Tone.BLOCKED, title, sentence.format(numbers=numbers), _("Open the brief"))


def _consent(facts: Facts) -> Check:
    title = _("Consent")
    if facts.forbidden:
        sentence = ngettext(
            "{n} friend in the list refused or blocked. Nothing can be sent.",
            "{n} friends in the list refused or blocked. Nothing can be sent.",
            facts.forbidden,
        )
        return Check("consent", Tone.BLOCKED, title, sentence.format(n=number(facts.forbidden)))
    if not facts.reach.refused:
        return Check("consent", Tone.PASSED, title, _("Nobody in this segment refused messages."))
    sentence = ngettext(
        "{n} friend who refused was taken out. 0 refused friends are left.",
        "{n} friends who refused were taken out. 0 refused friends are left.",
        facts.reach.refused,
    )
    return Check("consent", Tone.PASSED, title, sentence.format(n=number(facts.reach.refused)), _("See them"))


def _informed(facts: Facts) -> Check:
    title = _("Were they informed?")
    if not facts.uninformed:
        if not facts.only_informed or not facts.reach.uninformed:
            return Check("informed", Tone.PASSED, title, _("Every recipient has a record of seeing a privacy notice."))
        sentence = ngettext(
            "{n} friend without a record of a privacy notice was left out.",
            "{n} friends without a record of a privacy notice were left out.",
            facts.reach.uninformed,
        ).format(n=number(facts.reach.uninformed))
        return Check("informed", Tone.PASSED, title, sentence, _("Take them in"))
    sentence = ngettext(
        "{n} of {all} has no record of seeing a privacy notice.",
        "{n} of {all} have no record of seeing a privacy notice.",
        facts.uninformed,
    ).format(n=number(facts.uninformed), all=number(facts.recipients))
    tone = Tone.BLOCKED if facts.blocks_uninformed else Tone.WARNING
    return Check("informed", tone, title, sentence, _("Leave them out"))


def _quota(facts: Facts) -> Check:
    title = _("Messages and cost")
    if facts.quota is None or facts.cost is None:
        if facts.is_practice:
            sentence = _("This is practice: no message leaves this computer, and none is counted.")
            return Check("quota", Tone.PASSED, title, sentence)
        sentence = _("LINE has not said how many messages are left. Connect to LINE, then check again.")
        return Check("quota", Tone.BLOCKED, title, sentence, _("Check again"))
    left = facts.quota.left
    if left is not None and facts.recipients > left:
        return Check("quota", Tone.BLOCKED, title, _too_many(facts, left), _("Open the segment"))
    if facts.extra_most is not None and facts.cost.extra > 0 and facts.cost.month_minor > facts.extra_most:
        return Check("quota", Tone.BLOCKED, title, _over_budget(facts, facts.cost), _("Open the segment"))
    warning = _cost_warning(facts, facts.cost, left)
    if warning:
        return Check("quota", Tone.WARNING, title, warning, _("Open Settings"))
    return Check("quota", Tone.PASSED, title, _cost_sentence(facts, facts.cost, left))


def _too_many(facts: Facts, left: int) -> str:
    if facts.plan is not None and facts.plan.sells_extra:
        sentence = _(
            "{n} messages are needed and {left} are left. Allow extra messages in LINE Official Account Manager, "
            "or choose a smaller segment."
        )
    else:
        sentence = _("{n} messages are needed and {left} are left. Choose a smaller segment, or a larger plan at LINE.")
    return sentence.format(n=number(facts.recipients), left=number(left))


def _over_budget(facts: Facts, cost: Cost) -> str:
    return _(
        "The month’s extra messages would cost {month}, and the shop allows {most}. Choose a smaller segment, or allow "
        "more in Settings."
    ).format(month=money(cost.month_minor, facts.currency), most=money(facts.extra_most or 0, facts.currency))


def _cost_warning(facts: Facts, cost: Cost, left: int | None) -> str:
    values = {
        "n": number(facts.recipients),
        "extra": number(cost.extra),
        "cost": money(cost.extra_minor, facts.currency),
        "left": number(left or 0),
        "after": number(cost.left_after or 0),
        "under": number(facts.warn_under or 0),
    }
    if facts.plan is None and left is None:
        return _("LINE names no limit and no plan is chosen, so nobody knows the cost. Choose the plan.")
    if cost.extra_minor > 0:
        return _("{extra} of the {n} messages are extra and cost {cost}, without tax.").format(**values)
    if cost.extra > 0:
        return _("{extra} of the {n} messages are more than the chosen plan includes. Check the plan.").format(**values)
    if facts.warn_under and cost.left_after is not None and cost.left_after < facts.warn_under:
        return _("After sending, {after} are left: fewer than the {under} below which you want a warning.").format(
            **values
        )
    if left is not None and facts.recipients > left * QUOTA_SHARE:
        return _("{n} of the {left} left: more than half of them.").format(**values)
    return ""


def _cost_sentence(facts: Facts, cost: Cost, left: int | None) -> str:
    values = {
        "n": number(facts.recipients),
        "left": number(left or 0),
        "after": number(cost.left_after or 0),
        "cost": money(cost.extra_minor, facts.currency),
    }
    if left is None:
        return _("{n} messages inside the plan. LINE names no limit. Extra cost {cost}.").format(**values)
    if facts.plan is None:
        return _("{n} of the {left} left. After sending, {after} are left.").format(**values)
    return _("{n} of the {left} left. Extra cost {cost}. After sending, {after} are left.").format(**values)


def _cap(facts: Facts) -> Check:
    title = _("Frequency cap")
    if not facts.caps and not facts.wait_days:
        return Check("cap", Tone.PASSED, title, _("There is no frequency cap."))
    capped = facts.reach.capped
    share = capped / max(1, capped + facts.reach.reachable)
    if facts.wait_days:
        return _cap_and_wait(facts, capped, share)
    (messages, days), *others = facts.caps
    if not capped:
        return Check("cap", Tone.PASSED, title, _("Nobody in this segment has had as many messages as the cap allows."))
    see, tone = _("See them"), Tone.WARNING if share > CAPPED_SHARE else Tone.PASSED
    if others:
        sentence = ngettext(
            "{n} friend got as many messages as the shop’s or the segment’s cap allows, and was taken out.",
            "{n} friends got as many messages as the shop’s or the segment’s cap allows, and were taken out.",
            capped,
        ).format(n=number(capped))
        return Check("cap", tone, title, sentence, see)
    sentence = ngettext(
        "{n} friend already got {messages} or more messages in {days} days and was taken out.",
        "{n} friends already got {messages} or more messages in {days} days and were taken out.",
        capped,
    ).format(n=number(capped), messages=number(messages), days=number(days))
    return Check("cap", tone, title, sentence, see)


def _cap_and_wait(facts: Facts, capped: int, share: float) -> Check:
    title = _("Frequency cap")
    if not capped:
        return Check("cap", Tone.PASSED, title, _("Nobody in this segment is over a cap or waits after a purchase."))
    sentence = ngettext(
        "{n} friend was taken out: over a cap, or waiting after a purchase.",
        "{n} friends were taken out: over a cap, or waiting after a purchase.",
        capped,
    )
    tone = Tone.WARNING if share > CAPPED_SHARE else Tone.PASSED
    return Check("cap", tone, title, sentence.format(n=number(capped)), _("See them"))


def _size(facts: Facts) -> Check:
    title = _("Audience size")
    if facts.trouble:
        return Check("size", Tone.BLOCKED, title, facts.trouble, _("Open the segment"))
    if facts.recipients == 0:
        return Check("size", Tone.BLOCKED, title, _("Nobody is left to send to."), _("Open the segment"))
    if facts.recipients < SMALL and not facts.is_step:
        sentence = ngettext(
            "{n} friend. Under {small}, a difference can hardly be seen.",
            "{n} friends. Under {small}, a difference can hardly be seen.",
            facts.recipients,
        ).format(n=number(facts.recipients), small=number(SMALL))
        return Check("size", Tone.WARNING, title, sentence, _("Open the segment"))
    each = facts.recipients // facts.variants
    if facts.variants > 1 and each < VARIANT_SMALL and not facts.is_step:
        sentence = ngettext(
            "{n} friend gets each variant. Under {small}, which one did better can hardly be told.",
            "{n} friends get each variant. Under {small}, which one did better can hardly be told.",
            each,
        ).format(n=number(each), small=number(VARIANT_SMALL))
        return Check("size", Tone.WARNING, title, sentence, _("Open the message"))
    sentence = ngettext("{n} friend.", "{n} friends.", facts.recipients).format(n=number(facts.recipients))
    if facts.variants > 1 and not facts.is_step:
        enough = _("{friends} Each variant has {each}; {enough} are enough to compare.")
        sentence = enough.format(friends=sentence, each=number(each), enough=number(VARIANT_SMALL))
    return Check("size", Tone.PASSED, title, sentence)


def _kept_back(facts: Facts) -> Check:
    title, change = _("Kept back"), _("Change")
    if facts.is_step and facts.keep_back:
        sentence = ngettext(
            "{n} friend who is due is kept back: {share} of all who enter the path get nothing, to compare.",
            "{n} friends who are due are kept back: {share} of all who enter the path get nothing, to compare.",
            facts.kept,
        ).format(n=number(facts.kept), share=percent(facts.keep_back / 100, 0))
        return Check("kept_back", Tone.PASSED, title, sentence)
    if facts.kept == 0:
        sentence = _("Nobody is kept back, so nobody can tell what the message changed.")
        return Check("kept_back", Tone.WARNING, title, sentence, change)
    sentence = ngettext(
        "{n} friend ({share}) gets nothing, to measure the difference.",
        "{n} friends ({share}) get nothing, to measure the difference.",
        facts.kept,
    ).format(n=number(facts.kept), share=percent(facts.keep_back / 100, 0))
    return Check("kept_back", Tone.PASSED, title, sentence, change)


def _again(facts: Facts) -> Check:
    sentence = ngettext(
        "{n} friend got this very message in the last {hours} hours, or gets it by a send that is not over.",
        "{n} friends got this very message in the last {hours} hours, or get it by a send that is not over.",
        facts.got_it,
    )
    sentence = sentence.format(n=number(facts.got_it), hours=number(AGAIN_HOURS))
    return Check("again", Tone.WARNING, _("Sent before"), sentence)
