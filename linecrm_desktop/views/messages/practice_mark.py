"""The mark that a practice shop wears wherever something looks like a send."""

from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.parts import Banner


class PracticeMark(Banner):
    """Says that nothing is sent."""

    def __init__(self) -> None:
        super().__init__("info")
        self.setObjectName("practiceMark")
        self.retranslate()

    def retranslate(self) -> None:
        self.show_text("info", _("Practice: nothing is sent. The messages go to a LINE on this computer."))


def practice_mark(desk: Desk) -> PracticeMark:
    """Return the mark, hidden where the shop is a real one."""
    mark = PracticeMark()
    if not desk.shop.is_practice:
        mark.hide()
    return mark
