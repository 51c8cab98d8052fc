"""A review in plain words: the proposal, why, with which evidence, how sure, and what was answered before."""

from linecrm_desktop.audit.changes import Split
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.review import Answer
from linecrm_desktop.results.lift import Lift
from linecrm_desktop.results.review.decisions import Decided, Item
from linecrm_desktop.results.review.proposals import Kind, Proposed, Reason, Sure
from linecrm_desktop.results.review.rules import MARGIN
from linecrm_desktop.text import N_, _, money, ngettext, number, percent, short_date

KINDS = {
    Kind.KEEP: N_("Keep"),
    Kind.SPLIT: N_("Split"),
    Kind.MERGE: N_("Merge"),
    Kind.RETIRE: N_("Retire"),
    Kind.NOT_ENOUGH: N_("Not enough evidence"),
}
SURE = {Sure.CLEAR: N_("Clear"), Sure.LIKELY: N_("Likely"), Sure.WEAK: N_("Weak")}
DONE = {
    Kind.KEEP: N_("Kept"),
    Kind.SPLIT: N_("Will be split"),
    Kind.MERGE: N_("Will be merged"),
    Kind.RETIRE: N_("Will be retired"),
}
"""What an accepted proposal comes to, until the review is finished."""


def joint(one: Proposed) -> str:
    """Return the sign between two tags: a plus where they become one, else a times sign."""
    return "+" if one.kind is Kind.MERGE else "×"


def named(one: Proposed) -> str:
    """Name the tags of a proposal."""
    return f" {joint(one)} ".join(tag.name for tag in one.tags)


def quoted(one: Proposed) -> str:
    """Name the tags of a proposal in quotation marks."""
    return f" {joint(one)} ".join(_("“{text}”").format(text=tag.name) for tag in one.tags)


def new_names(one: Proposed) -> list[str]:
    """Return the names of the tags that a split makes."""
    return [part.name for part in one.change.parts] if isinstance(one.change, Split) else []


def why(one: Proposed, currency: str) -> str:
    """Say in one sentence why this is proposed."""
    told, card = one.numbers, one.card
    match one.reason:
        case Reason.LIFT:
            return _("{lift} points over those kept back").format(lift=points(card.lift))
        case Reason.REVENUE:
            amount = money(card.per_message or 0, currency, digits=0)
            return _("{amount} per message, in the top quarter").format(amount=amount)
        case Reason.PARTS_DIFFER:
            return _parts(one)
        case Reason.SAME_NAME:
            return _("The names say the same; {share} of the smaller tag is inside").format(
                share=percent(float(told["share"]), 0)
            )
        case Reason.SAME_PEOPLE:
            return _("Nearly the same friends: {share} of the smaller tag is inside").format(
                share=percent(float(told["share"]), 0)
            )
        case Reason.SAME_MESSAGE:
            return _("Always the same messages; {share} of the smaller tag is inside").format(
                share=percent(float(told["share"]), 0)
            )
        case Reason.UNUSED:
            return _unused(int(told["days"]), bool(any(card.helps_decide)))
        case Reason.SAME_AS:
            days = ngettext("unused for {n} day", "unused for {n} days", int(told["days"]))
            return _("Means the same as “{other}”; no decision; {unused}").format(
                other=told["other"], unused=days.format(n=number(int(told["days"])))
            )
        case Reason.NO_EFFECT:
            return _("No effect seen: {lift} points, not over {most} either way").format(
                lift=points(card.lift), most=number(MARGIN * 100)
            )
        case Reason.SMALL:
            said = ngettext("No decision, and only {n} friend", "No decision, and only {n} friends", card.friends)
            return said.format(n=number(card.friends))
        case _:
            return _doubt(one)


def _doubt(one: Proposed) -> str:
    card = one.card
    match one.reason:
        case Reason.NO_SENDS:
            return _("No send of the last year reached these friends")
        case Reason.HURT:
            return _("The messages hurt here ({lift} points): that speaks against the messages, not the tag").format(
                lift=points(card.lift)
            )
        case Reason.TOO_FEW:
            return _("Too few: {delivered} delivered, {kept} kept back").format(
                delivered=number(card.delivered), kept=number(card.kept_back)
            )
        case _:
            return _("What is seen can be chance")


def _parts(one: Proposed) -> str:
    told = one.numbers
    assert one.parts is not None  # a split has them
    share, other = (int(told[did]) / int(told[of]) for did, of in (("did", "of"), ("did_other", "of_other")))
    return _("{share} of “{one}” did it, {share_other} of “{other}”").format(
        share=percent(share), one=one.parts[0].name, share_other=percent(other), other=one.parts[1].name
    )


def _unused(days: int, has_decision: bool) -> str:
    if has_decision:
        return ngettext("Not used for {n} day", "Not used for {n} days", days).format(n=number(days))
    said = ngettext("Not used for {n} day; no decision", "Not used for {n} days; no decision", days)
    return said.format(n=number(days))


def evidence(one: Proposed) -> str:
    """Say the evidence in a few numbers."""
    card = one.card
    if one.kind is Kind.MERGE:
        of = int(one.numbers["of"])
        said = ngettext("{both} of {n} friend", "{both} of {n} friends", of)
        return said.format(both=number(int(one.numbers["both"])), n=number(of))
    parts = [ngettext("{n} send", "{n} sends", card.sends).format(n=number(card.sends))]
    if card.delivered:
        parts.append(_("{n} delivered").format(n=number(card.delivered)))
    if card.lift.interval is not None:
        parts.append(_("lift {points}").format(points=points(card.lift)))
    if card.by_today:
        parts.append(_("by today’s tags"))
    return " · ".join(parts)


def points(lift: Lift) -> str:
    """Return a lift in points with its sign."""
    return signed(lift.interval.estimate) if lift.interval is not None else "—"


def signed(share: float) -> str:
    """Return a difference of shares in points, with a sign (U+2212 below zero)."""
    told = number(abs(share) * 100, 1)
    return f"+{told}" if share > 0 else f"−{told}" if share < 0 else told


def sure(one: Proposed) -> str:
    """Return how sure it is in one word; nothing where the evidence is not enough."""
    return _(SURE[one.sure]) if one.sure is not None else ""


def state(item: Item) -> str:
    """Say what was answered; empty while it waits."""
    if item.decided is None:
        return ""
    if item.decided.answer is Answer.LATER:
        return _("Not now")
    return _(DONE[item.proposed.kind])


def earlier(item: Item, day: ShopDay, currency: str) -> str:
    """Say what was answered the last time, and what is different now; empty where nobody was asked before."""
    before = item.earlier
    if before is None:
        return ""
    on = short_date(day.local(before.at).date(), day.today)
    said = _("Looked at on {date}: {answer}.").format(date=on, answer=_answered(before))
    parts = [said, *([_("“{text}”").format(text=before.why)] if before.why else []), _moved(item, before, currency)]
    return " ".join(part for part in parts if part)


def _answered(before: Decided) -> str:
    if before.answer is Answer.LATER:
        return _("not now")
    return {
        Kind.KEEP: _("kept"),
        Kind.SPLIT: _("to be split"),
        Kind.MERGE: _("to be merged"),
        Kind.RETIRE: _("to be retired"),
    }.get(before.kind, "")


def _moved(item: Item, before: Decided, currency: str) -> str:
    """Say which numbers are others than then."""
    card, then = item.proposed.card, before.evidence
    told: list[str] = []
    if (then["delivered"], then["per_message"]) != (card.delivered, card.per_message):
        told.append(
            _("{delivered} delivered with {amount} each then, {now} with {amount_now} now").format(
                delivered=number(then["delivered"]),
                amount=money(then["per_message"] or 0, currency, digits=0),
                now=number(card.delivered),
                amount_now=money(card.per_message or 0, currency, digits=0),
            )
        )
    if then["friends"] != card.friends:
        said = _("friends: {friends} then, {now} now")
        told.append(said.format(friends=number(then["friends"]), now=number(card.friends)))
    return _("{changes}.").format(changes="; ".join(told)) if told else _("The numbers are the same.")
