"""The middle of the Friends screen: search, columns, how many, the bulk bar, and the table or what stands for it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from linecrm_desktop.errors import OutsideError, TagwellError
from linecrm_desktop.segments.problems import placed_leaves
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.friends import cells
from linecrm_desktop.views.friends.bulk_bar import BulkBar
from linecrm_desktop.views.friends.columns import OPTIONAL, Column
from linecrm_desktop.views.friends.filter_bar import FilterBar
from linecrm_desktop.views.friends.friend_table import FriendTable
from linecrm_desktop.views.friends.listing import Listing
from linecrm_desktop.views.friends.table_model import FriendTableModel
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import Banner, EmptyState, SearchField

SEARCH_WAIT_MS = 200
"""How long a search waits for the next letter."""


class FriendListPanel(QWidget):
    """Shows a listing. It reads nothing itself."""

    searched = Signal(str)
    sort_asked = Signal(object, bool)
    everybody_asked = Signal()
    import_asked = Signal()
    add_asked = Signal()
    again_asked = Signal()
    filter_opened = Signal()
    left = Signal()
    """Escape was pressed with nothing left to clear."""

    def __init__(self, model: FriendTableModel, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._currency = currency
        self._listing: Listing | None = None
        self._build_bar()
        self._build_notes()
        self._build_table()
        self._build_page()
        self._connect()

    def show_listing(self, listed: Listing) -> None:
        """Show a list that was read."""
        self._listing = listed
        self.trouble.hide()
        self.table.show_ids(listed.ids)
        self.table.head.show_sort(listed.wanted.query.order, descending=listed.wanted.query.descending)
        self._show_words()

    def show_search(self, text: str) -> None:
        """Show a search without searching."""
        self._wait.stop()
        self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(False)

    def show_counting(self) -> None:
        """Say that the list is being read; what is known stays."""
        self.count.setText(_("Counting…"))

    def show_trouble(self, error: Exception) -> bool:
        """Show why a list could not be read; return False for errors that are not a person's to know."""
        if not isinstance(error, TagwellError):
            return False
        again = isinstance(error, OutsideError)
        self.trouble.show_text("bad", error.sentence(), _("Try again") if again else _("Show all friends"))
        self.trouble.show()
        self._show_words()
        self._show_notes()
        return True

    def retranslate(self) -> None:
        """Say everything anew."""
        self.search.show_placeholder(_("Name, phone, member no., tag"))
        self.columns.setText(_("Columns"))
        self.rules.retranslate()
        self._show_filter()
        self.scope_all.setText(_("Show all friends"))
        for column, action in self._column_actions.items():
            action.setText(cells.head(column, ""))
        self.bulk.retranslate()
        self.table.retranslate()
        self._show_words()

    def _build_bar(self) -> None:
        self.search = SearchField(name="friendSearch")
        self.search.setMaximumWidth(236)
        self.filter = button("", "default", "funnel", "openFilter")
        self.filter.setCheckable(True)
        self.columns = button("", "default", "columns", "columns")
        menu = QMenu(self)
        self._column_actions = {column: menu.addAction("") for column in OPTIONAL}
        self.columns.setMenu(menu)
        self.columns.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        self.count = label("", "caption")
        self.count.setObjectName("friendCount")
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(16, 12, 16, 10)
        self._bar.setSpacing(8)
        self._bar.addWidget(self.search, 1)
        self._bar.addWidget(self.filter)
        self._bar.addWidget(self.columns)
        self._bar.addStretch(1)
        self._bar.addWidget(self.count)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SEARCH_WAIT_MS)

    def _build_notes(self) -> None:
        self.scope = QWidget()
        self.scope_name = label("", "strong")
        self.scope_name.setObjectName("scopeName")
        self.scope_all = button("", "link", name="showAllFriends")
        row = QHBoxLayout(self.scope)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.scope_name)
        row.addWidget(self.scope_all)
        row.addStretch(1)
        self.scope.hide()
        self.trouble = Banner("bad")
        self.trouble.setObjectName("listTrouble")
        self.trouble.hide()
        self.bulk = BulkBar()
        self.rules = FilterBar(self._currency)
        self.rules.rules.set_before(self.columns)
        self.rules.hide()
        self._notes_frame = QWidget()
        self._notes_frame.hide()
        self._notes = QVBoxLayout(self._notes_frame)
        self._notes.setContentsMargins(16, 0, 16, 10)
        self._notes.setSpacing(8)
        for note in (self.rules, self.scope, self.trouble, self.bulk):
            self._notes.addWidget(note)

    def _build_table(self) -> None:
        self.table = FriendTable(self._model)
        self.table.setFrameShape(FriendTable.Shape.NoFrame)
        self.nobody = EmptyState("users")
        self.nobody.setObjectName("noFriends")
        self.no_match = EmptyState("magnifying-glass")
        self.no_match.setObjectName("noMatch")
        self.stack = QStackedWidget()
        for part in (self.table, self.nobody, self.no_match):
            self.stack.addWidget(part)

    def _build_page(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self._notes_frame)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.filter.toggled.connect(self._open_filter)
        self.search.textChanged.connect(lambda _text: self._wait.start())
        self._wait.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.table.head.sort_asked.connect(self.sort_asked)
        self.table.escaped.connect(self._escape)
        self._model.checked_changed.connect(self._show_checked)
        self.bulk.all_asked.connect(self._model.check_all)
        self.scope_all.clicked.connect(self.everybody_asked)
        self.no_match.action.clicked.connect(self.everybody_asked)
        self.nobody.action.clicked.connect(self.import_asked)
        self.nobody.second.clicked.connect(self.add_asked)
        self.trouble.action.clicked.connect(self._press_trouble)
        for column, action in self._column_actions.items():
            action.setCheckable(True)
            action.toggled.connect(lambda on, column=column: self._show_column(column, shown=on))

    def _press_trouble(self) -> None:
        again = self.trouble.action.text() == _("Try again")
        (self.again_asked if again else self.everybody_asked).emit()

    def _open_filter(self, on: bool) -> None:
        self.rules.setVisible(on)
        self._show_notes()
        if on:
            self.filter_opened.emit()
            self.rules.rules.foot.add_rule.setFocus()
        elif self.rules.isAncestorOf(QApplication.focusWidget() or self):
            self.filter.setFocus()

    def _show_filter(self) -> None:
        """Say at the button how many rules the list follows: they hold while the bar is closed too."""
        rule = self._listing.wanted.rule if self._listing is not None else None
        rules = len(list(placed_leaves(rule))) if rule is not None else 0
        some = ngettext("Filter: {n} rule", "Filter: {n} rules", rules).format(n=number(rules))
        self.filter.setText(some if rules else _("Filter"))

    def _show_column(self, column: Column, *, shown: bool) -> None:
        self.table.show_column(column, shown=shown)

    def _escape(self) -> None:
        """Step back once: the checks, then the search, then the bar of rules, then the detail."""
        if self._model.checked_count():
            self._model.clear_checks()
        elif self.search.text():
            self.search.clear()
        elif self.filter.isChecked():
            self.filter.setChecked(False)
        else:
            self.left.emit()

    def _show_checked(self) -> None:
        self.bulk.show_count(self._model.checked_count(), len(self._model.ids()))
        self._show_notes()

    def _show_words(self) -> None:
        """Say how many there are, what the list is narrowed to, and what to do when it is empty."""
        if self._listing is None:
            return
        shown, total = len(self._listing.ids), self._listing.total
        some = ngettext("{n} of {total} friend", "{n} of {total} friends", total)
        everybody = ngettext("{n} friend", "{n} friends", total)
        self.count.setText((everybody if shown == total else some).format(n=number(shown), total=number(total)))
        self._show_filter()
        self._show_scope(self._listing)
        self._show_empty(self._listing, shown, total)
        self._show_checked()

    def _show_notes(self) -> None:
        notes = (self.rules, self.scope, self.trouble, self.bulk)
        self._notes_frame.setVisible(any(note.isVisibleTo(self._notes_frame) for note in notes))

    def _show_scope(self, listed: Listing) -> None:
        tagged, inside = _("With the tag “{name}”"), _("In the segment “{name}”")
        wanted = listed.wanted
        name = inside if wanted.segment is not None else tagged if wanted.query.tag is not None else "{name}"
        self.scope_name.setText(name.format(name=listed.name))
        self.scope.setVisible(not listed.wanted.is_plain)

    def _show_empty(self, listed: Listing, shown: int, total: int) -> None:
        search = listed.wanted.query.search.strip()
        no_match = _("No friend is in this list.")
        if search:
            no_match = _("No friend matches “{search}”.").format(search=search)
        elif listed.wanted.rule is not None:
            no_match = _("No friend of this list matches the rules.")
        self.no_match.show_text(no_match, _("Show all friends"))
        self.nobody.show_text(
            _("No friends yet. Import a CSV file, or add the first one by hand."), _("Import…"), _("Add friend")
        )
        self.stack.setCurrentWidget(self.table if shown else self.no_match if total else self.nobody)
