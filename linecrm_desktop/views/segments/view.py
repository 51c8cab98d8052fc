"""The Segments screen: the list, and the builder over it."""

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.segments.builder import SegmentBuilder
from linecrm_desktop.views.segments.list_page import SegmentListPage
from linecrm_desktop.views.segments.reading import listed

NEW = "new"
"""Part of a Place: begin a new segment, with the tag of the object id if there is one."""
_COUNTED = changes(Word.SEGMENTS, Word.FRIENDS, Word.TAGS, Word.CONSENT, Word.IMPORTS, Word.CAMPAIGNS, Word.SETTINGS)


class SegmentsView(QWidget):
    """Switches between list and builder, and carries out what both ask for."""

    asked_for = Signal(object)
    page = Page.SEGMENTS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("segmentsView")
        self._desk = desk
        self.list = SegmentListPage()
        self.builder = SegmentBuilder(desk)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.builder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self._connect()
        self._build_keys()

    def show_place(self, place: Place) -> None:
        """Show the list, a saved segment, or a new one."""
        if place.part == NEW:
            tag = AllOf((HasTag((place.object_id,)),)) if place.object_id is not None else AllOf()
            self._build(SegmentDraft(rule=tag), None)
        elif place.object_id is not None:
            self.open(place.object_id)
        else:
            self._show_list()

    def open(self, segment_id: int) -> None:
        """Open a saved segment in the builder."""
        self._desk.jobs.read(
            lambda s: library.load(s, segment_id), lambda draft: self._build(draft, segment_id), key="segments.open"
        )

    def reload(self, changed: Changes) -> None:
        if not changed & _COUNTED:
            return
        if self.pages.currentWidget() is self.builder:
            self.builder.count()
        else:
            self._read()

    def retranslate(self) -> None:
        self.list.retranslate()
        self.builder.retranslate()

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Put the cursor into the list's search."""
        self.list.find()

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows."""
        return "segments", self.list.table.model()

    def can_leave(self) -> bool:
        """Ask when a draft is not saved; leaving throws it away."""
        if self.pages.currentWidget() is not self.builder or not self.builder.is_changed:
            return True
        leaves = self._desk.dialogs.ask(
            _("Discard the changes?"),
            _("This segment is not saved."),
            _("Discard the changes"),
            danger=True,
        )
        if leaves:
            self.pages.setCurrentWidget(self.list)
        return leaves

    def _connect(self) -> None:
        self.list.new_asked.connect(lambda: self._build(SegmentDraft(), None))
        self.list.opened.connect(self.open)
        self.list.core_asked.connect(self._make_core)
        self.list.message_asked.connect(self._write_to)
        self.builder.left.connect(self._leave_builder)
        self.builder.message_asked.connect(self._write_to)
        self.builder.friends_asked.connect(lambda s: self.asked_for.emit(Place(Page.FRIENDS, s, "segment")))

    def _build_keys(self) -> None:
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._delete)

    def _write_to(self, segment_id: int) -> None:
        self.asked_for.emit(Place(Page.MESSAGES, segment_id, "new"))

    def _leave_builder(self) -> None:
        if self.can_leave():
            self._show_list()

    def _show_list(self) -> None:
        self.pages.setCurrentWidget(self.list)
        self._read()

    def _build(self, draft: SegmentDraft, segment_id: int | None) -> None:
        self.pages.setCurrentWidget(self.builder)
        self.builder.open(draft, segment_id)

    def _read(self) -> None:
        day, now = self._desk.day(), self._desk.now()
        self._desk.jobs.read(lambda s: listed(s, day, now), self.list.show_segments, key="segments.list")

    def _make_core(self) -> None:
        now = self._desk.now()
        self._desk.jobs.write(lambda s: (library.make_core(s, now), changes(Word.SEGMENTS)))

    def _delete(self) -> None:
        """Delete the segment that the cursor is on; it can be taken back from the toast."""
        found = self.list.current()
        if found is None:
            return
        row = found.row
        draft = SegmentDraft(row.name, row.helps_decide, row.rule)
        back = lambda: self._desk.jobs.write(  # noqa: E731 - one line, handed on
            lambda s: (library.save(s, draft, self._desk.now()), changes(Word.SEGMENTS))
        )
        self._desk.jobs.write(
            lambda s: (library.delete(s, row.id), changes(Word.SEGMENTS)),
            lambda _none: self._desk.toast(_("Deleted “{segment}”.").format(segment=row.name), back),
        )
