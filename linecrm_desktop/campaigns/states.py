"""What the states of a copy mean to a person, and why a friend was left out or could not be reached."""

from enum import StrEnum

from linecrm_desktop.text import N_, _, number


class Why(StrEnum):
    """Short codes that a delivery keeps; never shown as they are."""

    BLOCKED = "blocked"
    REFUSED = "refused"
    NO_LINE_ID = "no_line_id"
    CAPPED = "capped"
    UNINFORMED = "uninformed"
    CHANGED_ID = "changed_id"
    TOO_LONG = "too_long"
    UNKNOWN_ID = "unknown_id"
    NO_ANSWER = "no_answer"
    LEFT_IN_DOUBT = "left_in_doubt"
    REFUSED_SINCE = "refused_since"
    STOPPED = "stopped"
    ERASED = "erased"
    LEFT_PATH = "left_path"


_SENTENCES = {
    Why.BLOCKED: N_("Taken out: blocked the account."),
    Why.REFUSED: N_("Taken out: refused marketing."),
    Why.NO_LINE_ID: N_("Taken out: the shop has no LINE ID of this friend."),
    Why.CAPPED: N_("Taken out: already got as many messages as the caps allow, or has just bought."),
    Why.UNINFORMED: N_("Taken out: there is no record that this friend saw a privacy notice."),
    Why.CHANGED_ID: N_("Taken out: the LINE ID was changed after the send was confirmed."),
    Why.TOO_LONG: N_("Taken out: the text is too long with this friend’s own words in it."),
    Why.UNKNOWN_ID: N_("LINE does not know this user ID. Check the last import."),
    Why.NO_ANSWER: N_(
        "LINE did not answer in time, so nobody can tell whether it arrived. It is not sent again by itself."
    ),
    Why.LEFT_IN_DOUBT: N_(
        "LINE did not answer in time, so nobody can tell whether it arrived. You decided not to send it again."
    ),
    Why.REFUSED_SINCE: N_(
        "Refused marketing while LINE’s answer was missing. It may have arrived; it is not sent again."
    ),
    Why.STOPPED: N_("The send was stopped before this friend’s turn."),
    Why.ERASED: N_("Taken out: asked to be erased."),
    Why.LEFT_PATH: N_("Taken out: left the path after its step was approved."),
}


def why_sentence(code: str) -> str:
    """Return the sentence for a delivery's code; nothing for a copy without one."""
    try:
        return _(_SENTENCES[Why(code)])
    except ValueError:
        return ""


def again_sentence(tries: int) -> str:
    """Say that a copy needed more than one try."""
    return _("LINE was busy; accepted on try {n}. Not sent twice.").format(n=number(tries))
