"""What the sample shop wrote: five messages that were sent in November, and the next one, still a draft."""

from dataclasses import dataclass

from linecrm_desktop.sample.questions import EARLY_SEGMENT, LINEN_SEGMENT, SERUM_SEGMENT
from linecrm_desktop.text import N_

STOP = N_("Tap “Stop offers” in the menu and we will stop at once.")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message with its brief. `segment` is a core segment's key or a segment's name."""

    name: str
    segment: str
    why_now: str
    what: str
    bubbles: tuple[str, ...]
    """Their texts; how to stop follows in each."""
    good_if: int = 5
    days_ago: int = 0
    hour: int = 10
    seen: int = 0
    pressed: int = 0
    """People who opened it and clicked in it, by LINE's count."""
    segment_name: str = ""
    """What the segment was called when the message was sent, if differently."""


PAST = (
    Letter(
        N_("Serum refill"),
        SERUM_SEGMENT,
        N_("A 30 ml serum lasts about 60 days. Theirs is running out."),
        N_("How to tell that a bottle is empty, and where to refill. No discount."),
        (N_("A 30 ml serum lasts about 60 days. Is yours down to the last drops? Refill here: example.tw/refill"),),
        days_ago=9,
        seen=331,
        pressed=98,
        segment_name=N_("Serum buyers, 60 days"),
    ),
    Letter(
        N_("Welcome step 2"),
        "new_friends",
        N_("They joined this month and have not tried anything yet."),
        N_("Show how a routine begins: three steps, no offer."),
        (N_("Three steps are enough for a calm morning: clean, tone, protect. Here is how we do it."),),
        days_ago=7,
        seen=219,
        pressed=61,
    ),
    Letter(
        N_("Retinal or bakuchiol?"),
        "warm_no_order",
        N_("They looked at night serums twice and could not decide."),
        N_("Compare the two plainly, so that they can choose for themselves."),
        (N_("Retinal or bakuchiol? Both work at night. One is faster, one is gentler. A fair comparison."),),
        days_ago=5,
        seen=205,
        pressed=88,
    ),
    Letter(
        N_("11.11 early access"),
        EARLY_SEGMENT,
        N_("The sale opens tomorrow, and the small sizes go first."),
        N_("Regulars may choose today, at tomorrow’s prices."),
        (N_("Tomorrow is 11.11. For you the door is open today, at the same prices."),),
        good_if=8,
        days_ago=2,
        seen=1153,
        pressed=372,
    ),
    Letter(
        N_("Linen new arrivals"),
        LINEN_SEGMENT,
        N_("The winter linen came in this morning and is not in the web shop yet."),
        N_("Show the three new colours to those who wear linen."),
        (N_("The winter linen is here, in three new colours. You see it first."),),
        days_ago=1,
        seen=334,
        pressed=79,
        hour=11,
    ),
)

NEXT = Letter(
    N_("Serum refill, November"),
    SERUM_SEGMENT,
    N_("A 30 ml serum lasts about 60 days. Theirs is running out, and most still have no night cream."),
    N_("Show the missing night step, then the serum and cream set. No storewide discount."),
    (
        N_(
            "Hi {name|there}, your serum is probably down to the last drops. "
            "If your skin feels tight in the morning, the night step is usually what is missing."
        ),
    ),
)
