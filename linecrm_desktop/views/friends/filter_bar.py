"""The bar under the search: the rows of rules that the segment builder has, for the list that is shown."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.problems import Problem, problems
from linecrm_desktop.segments.rules import AllOf, Group
from linecrm_desktop.views.rules.offers import Offers
from linecrm_desktop.views.rules.rule_keys import RuleKeys
from linecrm_desktop.views.rules.rule_list import RuleList
from linecrm_desktop.views.widgets.scrolled import ScrollArea, scrolled

FILTER_AFTER = 250
"""Milliseconds of quiet after an edit before the list follows."""
_MOST_HIGH = 280
"""More rules than fit are scrolled: friends must stay in sight under them."""


class FilterBar(QWidget):
    """Edits the rules of a filter, and says so once they are complete. It reads nothing itself."""

    filtered = Signal(object)
    """The rules that the list is to follow, all complete; None: no rule."""

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterBar")
        self.draft = SegmentDraft()
        self._offers = Offers()
        self._told: Group | None = None
        self.rules = RuleList(currency, counts=False)
        self._area = _Snug(self.rules)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(FILTER_AFTER)
        self._wait.timeout.connect(self._tell)
        self.rules.edited.connect(lambda draft, _typed: self._edit(draft))
        self._keys = RuleKeys(self.rules, self, but=("Ctrl+D",))  # which opens and closes the detail

    def offer(self, offers: Offers) -> None:
        """Take what rules can name."""
        if offers != self._offers:  # or else the rows stay as they are, with whatever is being typed there
            self._offers = offers
            self.rules.offer(offers)
            self._show_problems()

    def show_rule(self, rule: Group | None) -> None:
        """Show the rules that the list follows, without telling anybody; what is being edited on top of them stays."""
        if rule != self._told:
            self._wait.stop()
            self._told = rule
            self._put(SegmentDraft(rule=AllOf() if rule is None else rule))

    def retranslate(self) -> None:
        """Say everything anew."""
        self.rules.retranslate()
        self._keys.retranslate()
        self._show_problems()

    def _edit(self, draft: SegmentDraft) -> None:
        self._put(draft)
        self._wait.start()
        QTimer.singleShot(0, self._area, self._area.show_current)

    def _put(self, draft: SegmentDraft) -> None:
        self.draft = draft
        self.rules.show_draft(draft)
        self._show_problems()

    def _problems(self) -> list[Problem]:
        return problems(self.draft.rule, self._offers.known) if self.draft.rule.rules else []

    def _show_problems(self) -> None:
        self.rules.show_problems(self._problems())

    def _tell(self) -> None:
        """Let the list follow; while a rule is incomplete, its row says what is missing and the list stays."""
        rule = self.draft.rule if self.draft.rule.rules else None
        if rule != self._told and not self._problems():
            self._told = rule
            self.filtered.emit(rule)


class _Snug(QWidget):
    """As high as the rules are, up to the height from which they are scrolled."""

    def __init__(self, rules: RuleList) -> None:
        super().__init__()
        self._rules = rules
        self._scroll: ScrollArea = scrolled(rules)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        rules.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the rows as they come and go."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.follow()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.follow()

    def follow(self) -> None:
        """Take the height that the rows need in this width."""
        wanted = self._rules.heightForWidth(self._scroll.viewport().width())
        self.setFixedHeight(min((wanted if wanted > 0 else self._rules.sizeHint().height()) + 2, _MOST_HIGH))

    def show_current(self) -> None:
        """Scroll to what the cursor is in: a rule that was just put in may lie below."""
        current = QApplication.focusWidget()
        if current is not None and self._rules.isAncestorOf(current):
            self._scroll.ensureWidgetVisible(current)
