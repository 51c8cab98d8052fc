"""An outcome in plain words: two shares beside each other, a verdict where there is one, and the doubt where not."""

from enum import StrEnum

from linecrm_desktop.messages.brief import Brief, Metric
from linecrm_desktop.results import lift
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.text import N_, _, ngettext, number


class Standing(StrEnum):
    """What may be said about a send today: a verdict, once its window has closed."""

    NOT_BEGUN = "not_begun"
    COUNTING = "counting"
    WORKED = "worked"
    HURT = "hurt"
    NO_EFFECT = "no_effect"
    NOT_SURE = "not_sure"
    NO_KEPT_BACK = "no_kept_back"


_WORDS = {Standing.NOT_BEGUN: N_("Not sent yet"), Standing.COUNTING: N_("Still counting")}


def standing(outcome: Outcome) -> Standing:
    """Decide what may be said; an open window comes before everything else."""
    if outcome.window is None or outcome.accepted == 0:
        return Standing.NOT_BEGUN
    if outcome.window.is_open:
        return Standing.COUNTING
    return Standing(outcome.lift.verdict)


def word(outcome: Outcome) -> str:
    """Return the two or three words for a chip."""
    its = standing(outcome)
    return _(_WORDS[its]) if its in _WORDS else lift.word(outcome.lift.verdict)


def verdict(outcome: Outcome) -> str:
    """Say in a sentence what the message changed; empty while that cannot be said yet."""
    return "" if standing(outcome) in _WORDS else lift.sentence(outcome.lift)


def brought(outcome: Outcome) -> str:
    """Say of how many the message was the reason; empty unless it worked."""
    found = outcome.lift
    if standing(outcome) is not Standing.WORKED or found.interval is None:
        return ""
    shares = (found.interval.estimate, found.interval.low, found.interval.high)
    people, low, high = (round(share * found.sent.friends) for share in shares)
    return _("About {n} of these {did} would not have done it without the message (95% sure: {low} to {high}).").format(
        n=number(people), did=number(found.sent.did), low=number(low), high=number(high)
    )


def attribution() -> str:
    """Say for which send an order counts."""
    return _(
        "An order that falls into the windows of several messages counts once: for the last of them before it. "
        "Friends who were kept back count in the same way."
    )


def comparison(outcome: Outcome) -> str:
    """Say the two shares as numbers of friends."""
    forms = {
        Metric.ORDERS: (
            N_("{did} of {friends} ordered."),
            N_("{did} of {friends} ordered against {kept_did} of {kept} kept back."),
        ),
        Metric.CLICKS: (
            N_("{did} of {friends} clicked."),
            N_("{did} of {friends} clicked against {kept_did} of {kept} kept back."),
        ),
        Metric.REPLIES: (
            N_("{did} of {friends} replied."),
            N_("{did} of {friends} replied against {kept_did} of {kept} kept back."),
        ),
        Metric.COUPONS: (
            N_("{did} of {friends} used a coupon."),
            N_("{did} of {friends} used a coupon against {kept_did} of {kept} kept back."),
        ),
        Metric.FIRST_PURCHASES: (
            N_("{did} of {friends} ordered for the first time."),
            N_("{did} of {friends} ordered for the first time against {kept_did} of {kept} kept back."),
        ),
    }
    alone, against = forms[outcome.brief.metric]
    return _(against if outcome.kept_back else alone).format(
        did=number(outcome.sent.did),
        friends=number(outcome.accepted),
        kept_did=number(outcome.kept.did),
        kept=number(outcome.kept_back),
    )


def doubt(outcome: Outcome) -> str:
    """Say why the two shares are no verdict; empty when they are one, or may become one."""
    if standing(outcome) in (Standing.NO_KEPT_BACK, Standing.NOT_SURE):
        return lift.sentence(outcome.lift)
    return ""


def metric(brief: Brief) -> str:
    """Name the metric with its window."""
    n = brief.metric_days
    match brief.metric:
        case Metric.ORDERS:
            return ngettext("Orders within {n} day", "Orders within {n} days", n).format(n=n)
        case Metric.CLICKS:
            return ngettext("Clicks within {n} day", "Clicks within {n} days", n).format(n=n)
        case Metric.REPLIES:
            return ngettext("Replies within {n} day", "Replies within {n} days", n).format(n=n)
        case Metric.COUPONS:
            return ngettext("Coupons used within {n} day", "Coupons used within {n} days", n).format(n=n)
        case Metric.FIRST_PURCHASES:
            return ngettext("First purchases within {n} day", "First purchases within {n} days", n).format(n=n)
