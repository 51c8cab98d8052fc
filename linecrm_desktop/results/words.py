"""An outcome in plain words: two shares beside each other, and "too few" where they would only look like an answer."""

from enum import StrEnum

from linecrm_desktop.messages.brief import Brief, Metric
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.text import N_, _, ngettext, number

KEPT_BACK_MIN = 30
"""Fewer friends than this in the kept-back group say nothing either way."""


class Standing(StrEnum):
    """What may be said about a send today."""

    NOT_BEGUN = "not_begun"
    COUNTING = "counting"
    NO_KEPT_BACK = "no_kept_back"
    TOO_FEW = "too_few"
    COMPARED = "compared"


_WORDS = {
    Standing.NOT_BEGUN: N_("Not sent yet"),
    Standing.COUNTING: N_("Still counting"),
    Standing.NO_KEPT_BACK: N_("No kept-back group"),
    Standing.TOO_FEW: N_("Too few to judge"),
    Standing.COMPARED: N_("Compared"),
}


def standing(outcome: Outcome) -> Standing:
    """Decide what may be said; an open window comes before everything else."""
    if outcome.window is None or outcome.accepted == 0:
        return Standing.NOT_BEGUN
    if outcome.window.is_open:
        return Standing.COUNTING
    if outcome.kept_back == 0:
        return Standing.NO_KEPT_BACK
    return Standing.TOO_FEW if outcome.kept_back < KEPT_BACK_MIN else Standing.COMPARED


def word(outcome: Outcome) -> str:
    """Return the two or three words for a chip."""
    return _(_WORDS[standing(outcome)])


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
    """Say why the two shares are no verdict yet; empty when nothing stands against comparing them."""
    if standing(outcome) is Standing.NO_KEPT_BACK:
        return _("Nobody was kept back, so nobody can say what the message changed.")
    if standing(outcome) is Standing.TOO_FEW:
        sentence = ngettext(
            "Too few to judge: only {n} friend was kept back, and {least} are needed.",
            "Too few to judge: only {n} friends were kept back, and {least} are needed.",
            outcome.kept_back,
        )
        return sentence.format(n=number(outcome.kept_back), least=KEPT_BACK_MIN)
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
