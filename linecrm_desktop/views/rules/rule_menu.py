"""The menu of all kinds of rules, by topic; a kind that the shop has no data for is there with the reason."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.needs import need
from linecrm_desktop.segments.rules import Compare, FieldTest, Leaf
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.rules.offers import Offers

_KINDS: tuple[tuple[str, tuple[tuple[str, Leaf], ...]], ...] = (
    (
        N_("Tags and origin"),
        (
            (N_("Has a tag"), rules.HasTag(())),
            (N_("Came from"), rules.CameFrom(())),
            (N_("Became a friend"), rules.Joined(days=30, older=False)),
        ),
    ),
    (
        N_("Orders"),
        (
            (N_("Bought"), rules.Bought("")),
            (N_("Bought before, but not since"), rules.NotBoughtSince("")),
            (N_("Number of orders"), rules.Orders(Compare.AT_LEAST, 1)),
            (N_("Amount spent"), rules.Spent(Compare.AT_LEAST, 0, days=365)),
            (N_("Average order"), rules.AverageOrder(Compare.AT_LEAST, 0, days=365)),
            (N_("Last order"), rules.LastOrder(60)),
            (N_("First order"), rules.FirstOrder(30)),
            (N_("Used a discount"), rules.UsedDiscount()),
            (N_("Sent an order back"), rules.Returned()),
            (N_("Scores of buyers (RFM)"), rules.Rfm()),
        ),
    ),
    (
        N_("What they did"),
        (
            (N_("Did something"), rules.Did(EventKind.CLICK)),
            (N_("Reacted in any way"), rules.Reacted()),
            (N_("Last reaction"), rules.LastReaction(30)),
        ),
    ),
    (
        N_("Our messages"),
        (
            (N_("Number of messages got"), rules.Received(Compare.AT_MOST, 1)),
            (N_("Got a certain message"), rules.Got(0)),
        ),
    ),
    (
        N_("Consent"),
        (
            (N_("Answer about marketing"), rules.MayMarket(Marketing.ALLOWED)),
            (N_("Told what the data is used for"), rules.Informed(Answer.YES)),
            (N_("Has a way to stop"), rules.CanOptOut(Answer.YES)),
        ),
    ),
    (
        N_("More"),
        (
            (N_("A field of the shop’s own"), rules.OwnField(0, FieldTest.IS)),
            (N_("Is in a segment"), rules.InSegment(0)),
            (N_("A random share"), rules.RandomShare(10)),
        ),
    ),
)


def rule_menu(parent: QWidget, offers: Offers, chosen: Callable[[Leaf], None]) -> QMenu:
    """Return the menu; typing a letter goes to the next entry that begins with it."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for title, kinds in _KINDS:
        menu.addSection(_(title))
        for text, leaf in kinds:
            action = menu.addAction(_(text), lambda leaf=leaf: chosen(leaf))
            asked = need(leaf)
            reason = offers.missing.get(asked, "") if asked else ""
            action.setEnabled(not reason)
            action.setToolTip(reason)
            if reason:
                action.setText(_("{kind}: no data yet").format(kind=_(text)))
    return menu
