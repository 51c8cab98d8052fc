"""The nine segments of the sample shop, with the decision that each helps with."""

from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.sample.goods import HOME, SERUM
from linecrm_desktop.sample.sorting import ids_of_tags
from linecrm_desktop.sample.words import said
from linecrm_desktop.segments import library
from linecrm_desktop.segments.core import USUAL_DAYS
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import (
    AllOf,
    AnyOf,
    Bought,
    CameFrom,
    Compare,
    Did,
    Group,
    HasTag,
    LastOrder,
    NoneOf,
    Orders,
    TagMatch,
)
from linecrm_desktop.text import N_

SERUM_SEGMENT = N_("Serum buyers ready to repurchase")
EARLY_SEGMENT = N_("11.11 early access")
LINEN_SEGMENT = N_("Linen lovers")


def save_segments(session: Session, now: datetime) -> dict[str, int]:
    """Save the three core segments and six own ones; return their ids by their English name, the core ones by key.

    The days of the second core segment are fixed, because the sample's numbers are promised.
    """
    library.make_core(session, now, USUAL_DAYS)
    saved = {row.core or row.name: row.id for row in library.all_segments(session)}
    for name, (helps_decide, rule) in _own(ids_of_tags(session)).items():
        saved[name] = library.save(session, SegmentDraft(said(name), said(helps_decide), rule), now)
    return saved


def _own(tags: dict[str, int]) -> dict[str, tuple[str, Group]]:
    def has(*names: str, match: TagMatch = TagMatch.ANY) -> HasTag:
        return HasTag(tuple(tags[name] for name in names), match)

    return {
        SERUM_SEGMENT: (N_("Who gets the missing routine step instead of a discount"), serum_rule(tags)),
        EARLY_SEGMENT: (
            N_("Who sees the sale a day early"),
            AllOf((has("Active this season"), NoneOf((has("Waits for discount"),)))),
        ),
        LINEN_SEGMENT: (N_("Who hears about linen first"), AllOf((has("Linen", HOME),))),
        N_("IG, dresses, no first order"): (
            N_("Who gets styling before an offer"),
            AllOf((CameFrom((tags["Instagram ads"],)), has("Dresses"), Orders(Compare.EXACTLY, 0))),
        ),
        N_("松菸市集 + VIP + Serum"): (
            N_("Whom to invite to the next market"),
            AllOf((has("松菸市集", "VIP", "Serum", match=TagMatch.ALL),)),
        ),
        N_("Clicks often, bought Serum"): (
            N_("Who gets new-product trials"),
            AllOf((has("Clicks often", "Serum", match=TagMatch.ALL),)),
        ),
    }


def serum_rule(tags: dict[str, int]) -> AllOf:
    """Return the rule that pictures and documentation explain row by row."""
    return AllOf(
        (
            HasTag((tags["Anti-ageing"],)),
            Bought(said(SERUM)),
            LastOrder(60),
            AnyOf((Did(EventKind.CLICK), Did(EventKind.MENU))),
            NoneOf((HasTag((tags["Often returns"],)),)),
        )
    )
