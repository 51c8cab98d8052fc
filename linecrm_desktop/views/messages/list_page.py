"""The first page of Messages: every draft and every send, and the way to a new one."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QTableView, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.scheduling import PLANNED
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.messages import library
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.messages.library import Deleted
from linecrm_desktop.text import _
from linecrm_desktop.views.act import Act, done
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages import list_rows
from linecrm_desktop.views.messages.list_rows import ListRow
from linecrm_desktop.views.messages.list_table import Column, ListTableModel
from linecrm_desktop.views.messages.plan_acts import PlanActs
from linecrm_desktop.views.messages.sender import Sender
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import EmptyState, SearchField, Segmented
from linecrm_desktop.views.widgets.record_model import sorted_rows
from linecrm_desktop.views.widgets.tables import dress
from linecrm_desktop.views.widgets.writing import writing

_WIDTHS = {Column.SEGMENT: 270, Column.STATE: 210, Column.ACCEPTED: 150, Column.AT: 150}
_TOUCHED = changes(Word.MESSAGES)


class MessageListPage(QWidget):
    """Lists drafts and sends."""

    new_asked = Signal()
    draft_opened = Signal(int)
    send_opened = Signal(int, bool)
    """The id of a campaign, and whether it is not over yet."""
    lines_asked = Signal(int)
    """A person wants to see friend by friend what became of a send."""

    def __init__(self, desk: Desk, sender: Sender, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.plans = PlanActs(desk, sender, self)
        self._rows: list[ListRow] = []
        self._is_read = False
        self._build_head()
        self._build_table()
        self._lay_out()
        self._connect()
        self.retranslate()

    def reload(self) -> None:
        """Read the list anew."""
        day = self._desk.day()
        self._desk.jobs.read(lambda session: list_rows.read(session, day), self._take, key="messages.list")

    def retranslate(self) -> None:
        self.head.show_title(_("Messages"), _("Write to a segment, not to everybody."))
        self.new.setText(_("New message"))
        self.delete.setText(_("Delete"))
        self.search.show_placeholder(_("Find a message"))
        self.empty.show_text(_("No message yet. Begin with four answers, then write."), _("New message"))
        self.table.setAccessibleName(_("Messages"))
        self.model.retranslate()
        self._show()

    def _build_head(self) -> None:
        self.head = PageHead()
        self.new = self.head.add_button("", "plus", "primary", "newMessage")
        self.search = SearchField(name="messageSearch")
        self.search.setFixedWidth(220)
        self.shown = Segmented()
        self.shown.setObjectName("listed")

    def _build_table(self) -> None:
        self.model = ListTableModel(self._desk.day(), self)
        self._sorted = sorted_rows(self.model, self)
        self.table = QTableView()
        self.table.setObjectName("messages")
        self.table.setModel(self._sorted)
        self.table.setSortingEnabled(True)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        dress(self.table, stretch=Column.NAME, widths=_WIDTHS)
        self.delete = writing(QAction(self.table))
        self.delete.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self.delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.addAction(self.delete)

    def _lay_out(self) -> None:
        page, inside, bar = QVBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        inside.setContentsMargins(20, 14, 20, 16)
        inside.setSpacing(12)
        bar.addWidget(self.shown)
        bar.addStretch()
        bar.addWidget(self.search)
        self.nothing = label("", "second")
        self.nothing.setObjectName("nothingFound")
        card = Card(margins=(1, 1, 1, 1))
        card.body.addWidget(self.table)
        listed = QWidget()
        listed.setLayout(inside)
        inside.addLayout(bar)
        inside.addWidget(self.nothing)
        inside.addWidget(card, 1)
        self.empty = EmptyState("chat-text")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(listed)
        page.addWidget(self.head)
        page.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_asked)
        self.empty.action.clicked.connect(self.new_asked)
        self.shown.chosen.connect(lambda _choice: self._show())
        self.search.textChanged.connect(lambda _text: self._show())
        self.table.activated.connect(lambda _index: self._open())
        self.delete.triggered.connect(self._delete)
        self.table.customContextMenuRequested.connect(self._show_menu)

    def _take(self, rows: list[ListRow]) -> None:
        self._rows, self._is_read = rows, True
        self._show()

    def _show(self) -> None:
        groups = list_rows.groups(self._rows, self.search.text())
        self.shown.show_options([name.format(n=len(group)) for name, group in groups])
        self.model.show_rows(groups[max(0, self.shown.current())][1])
        self.nothing.setText(_("Nothing found."))
        self.nothing.setVisible(bool(self.search.text()) and self.model.rowCount() == 0)
        self.shown.setVisible(self._is_read)  # until then neither "All 0" nor "No message yet" is known to be true
        self.pages.setCurrentIndex(0 if self._is_read and not self._rows else 1)

    def _current(self) -> ListRow | None:
        return self.model.row_at(self._sorted.mapToSource(self.table.currentIndex()).row())

    def _open(self) -> None:
        row = self._current()
        if row is not None and row.is_draft:
            self.draft_opened.emit(row.id)
        elif row is not None:
            self.send_opened.emit(row.id, row.is_unfinished)

    def _show_menu(self, at: QPoint) -> None:
        row = self._current()
        if row is None:
            return
        menu = QMenu(self)
        menu.addAction(_("Open"), self._open)
        if row.is_draft:
            writing(menu.addAction(_("Copy"), self._copy))
            menu.addAction(self.delete)
        else:
            menu.addAction(_("Friend by friend"), lambda: self.lines_asked.emit(row.id))
            writing(menu.addAction(_("Copy as a draft"), self._copy))
        if row.state in PLANNED:
            writing(menu.addAction(_("Another time…"), lambda: self.plans.ask_time(row.id, row.due_at)))
            writing(menu.addAction(_("Send it now…"), lambda: self.plans.ask_now(row.id, row.name, row.recipients)))
            writing(menu.addAction(_("Stop…"), lambda: self.plans.ask_stop(row.id, row.recipients)))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _copy(self) -> None:
        """Make a draft of a draft, or of what was sent, and open it."""
        row, now = self._current(), self._desk.now()
        if row is None:
            return
        copy = library.copy if row.is_draft else library.copy_of_send
        self._desk.jobs.write(lambda session: (copy(session, row.id, now), _TOUCHED), self._copied)

    def _copied(self, message: int) -> None:
        """Open the copy. What was written in it until it is taken back comes again with it."""
        kept: list[tuple[int, MessageDraft]] = []

        def take_back(session: Session) -> None:
            there = kept[0][0] if kept else message
            kept[:] = [(there, library.load(session, there))]
            library.delete(session, there)

        def again(session: Session) -> None:
            kept[:] = [(library.save(session, kept[0][1], self._desk.now()), kept[0][1])]

        self._desk.undo.push(Act(self._desk, _("copy a message"), take_back, again, _TOUCHED))
        self.draft_opened.emit(message)

    def _delete(self) -> None:
        row = self._current()
        if row is None or not row.is_draft:
            return
        message, now = row.id, self._desk.now()

        def delete(session: Session) -> tuple[Deleted | None, Changes]:
            return library.delete(session, message, now), _TOUCHED

        self._desk.jobs.write(delete, lambda gone: self._deleted(gone, row.name))

    def _deleted(self, gone: Deleted | None, name: str) -> None:
        if gone is None:
            return
        kept, there = [gone], list[int]()

        def put_back(session: Session) -> None:
            there[:] = [library.put_back(session, kept[0])]

        def delete(session: Session) -> None:
            kept[:] = [library.delete(session, there[0], self._desk.now()) or kept[0]]

        text = _("delete “{name}”").format(name=name)
        done(self._desk, _("Deleted “{name}”").format(name=name), Act(self._desk, text, put_back, delete, _TOUCHED))
