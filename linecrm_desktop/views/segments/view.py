"""The Segments screen: the list, and the builder over it."""

import math
from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtGui import QAction, QUndoStack
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.segments import library, unsaved
from linecrm_desktop.segments.counts import record
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.library import SegmentRow
from linecrm_desktop.segments.rules import AllOf
from linecrm_desktop.segments.templates import Template
from linecrm_desktop.segments.unsaved import Unsaved
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.segments.acts import SegmentActs
from linecrm_desktop.views.segments.builder import SegmentBuilder
from linecrm_desktop.views.segments.compare_dialog import CompareDialog
from linecrm_desktop.views.segments.gallery import Offered, offered
from linecrm_desktop.views.segments.list_page import SegmentListPage
from linecrm_desktop.views.segments.listing import SECONDS, Listed, listed, news, twins

NEW = "new"
"""Part of a Place: begin a new segment, with the tag of the object id if there is one."""
_COUNTED = changes(Word.SEGMENTS, Word.FRIENDS, Word.TAGS, Word.CONSENT, Word.IMPORTS, Word.CAMPAIGNS, Word.SETTINGS)


class SegmentsView(QWidget):
    """Switches between list and builder, and carries out what both ask for."""

    asked_for = Signal(object)
    undo_moved = Signal()
    page = Page.SEGMENTS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("segmentsView")
        self._desk = desk
        self._templates_are_old = True
        self._unsaved: Unsaved | None = None
        self.acts = SegmentActs(desk)
        self.list = SegmentListPage(desk.day)
        self.builder = SegmentBuilder(desk)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.builder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self._connect()
        self._connect_actions()

    def show_place(self, place: Place) -> None:
        """Show the list, a saved segment, or a new one."""
        if place.part == NEW:
            begun = place.about if isinstance(place.about, AllOf) else AllOf()
            self._build(SegmentDraft(rule=begun), None)
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
        self._templates_are_old |= bool(changed & _COUNTED - {Word.SEGMENTS})
        if self.pages.currentWidget() is self.builder:
            self.builder.read_offers()
            self.builder.count()
            self.builder.read_saved()
        else:
            self._read()

    def retranslate(self) -> None:
        self.list.retranslate()
        self.builder.retranslate()
        self._templates_are_old = True
        if self.list.rows:  # sentences and templates are said when they are read
            self._read()

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Put the cursor into the list's search."""
        self.list.find()

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows."""
        return "segments", self.list.table.shown

    def menu_actions(self) -> dict[str, list[QAction]]:
        """Return what the menus of the window offer for the chosen segments."""
        actions = self.list.actions_.all
        edit = [actions[name] for name in ("rename", "duplicate", "archive", "restore")]
        return {"file": [actions["export"]], "edit": edit, "tools": [actions["recount"], actions["compare"]]}

    def undo_stack(self) -> QUndoStack | None:
        """Return the edits of the open draft; the list uses the shop's undo."""
        return self.builder.undo_stack if self.pages.currentWidget() is self.builder else None

    def can_leave(self) -> bool:
        """Ask when a draft is not saved: save it, throw the changes away, or stay."""
        if self.pages.currentWidget() is not self.builder or not self.builder.is_changed:
            return True
        saves = self._desk.asks_to_save(_("Save the changes?"), _("This segment is not saved."))
        if saves is None:
            return False
        if saves:
            self.builder.save()
            if self.builder.problems():
                return False
        elif self._desk.shop.may_write:
            self.builder.forget()
        self.pages.setCurrentWidget(self.list)
        return True

    def _connect(self) -> None:
        self.pages.currentChanged.connect(lambda at: self.list.rest(at != 0))
        self.pages.currentChanged.connect(lambda _at: self.undo_moved.emit())
        self.list.new_asked.connect(lambda: self._build(SegmentDraft(), None))
        self.list.unsaved.go_on_asked.connect(self._go_on)
        self.list.unsaved.throw_away_asked.connect(self._throw_away)
        self.list.opened.connect(self.open)
        self.list.core_asked.connect(self.acts.make_core)
        self.list.message_asked.connect(self._write_to)
        self.list.gallery.chosen.connect(self._begin_with)
        self.builder.left.connect(self._leave_builder)
        self.builder.templates_asked.connect(self._show_templates)
        self.builder.message_asked.connect(self._write_to)
        self.builder.friends_asked.connect(self._show_friends)
        self.list.shelf_asked.connect(lambda: self._read())
        self.list.used.asked_for.connect(self._go)
        self.list.table.renamed.connect(lambda listed, name: self.acts.rename(listed.row, name))

    def _connect_actions(self) -> None:
        acts, page = self.acts, self.list
        for name, act in (
            ("open", lambda: self.open(self._one().id)),
            ("write", lambda: self._write_to(self._one().id)),
            ("friends", lambda: self._show_friends(self._one().id)),
            ("rename", self._rename),
            ("duplicate", lambda: acts.duplicate(self._one())),
            ("compare", self._compare),
            ("recount", lambda: self._read(math.inf)),
            ("export", lambda: acts.save_members(self._one())),
            ("archive", lambda: acts.archive(self._chosen())),
            ("restore", lambda: acts.restore(self._chosen())),
            ("delete", lambda: acts.delete(self._chosen())),
        ):
            page.actions_.all[name].triggered.connect(lambda _checked=False, do=act: do())
        for recount, action in page.actions_.recounts.items():
            action.triggered.connect(lambda _checked=False, at=recount: acts.set_recount(self._one(), at))

    def _chosen(self) -> list[SegmentRow]:
        return [one.row for one in self.list.chosen()]

    def _one(self) -> SegmentRow:
        return self._chosen()[0]

    def _rename(self) -> None:
        """Let the name be written in the table; a card has no place for it."""
        row = self._one()
        if row.core is None:
            self.list.table.write_name()
            return
        name = self._desk.dialogs.text(_("Rename the segment"), _("Its name"), row.name)
        if name is not None and name != row.name:
            self.acts.rename(row, name)

    def _compare(self) -> None:
        rows = [one.row for one in self.list.rows]
        dialog = CompareDialog(self._desk, rows, [row.id for row in self._chosen()], self)
        dialog.segment_asked.connect(lambda rule: self._build(SegmentDraft(rule=rule), None))
        dialog.open()

    def _show_friends(self, segment_id: int) -> None:
        self.asked_for.emit(Place(Page.FRIENDS, segment_id, "segment"))

    def _write_to(self, segment_id: int) -> None:
        self.asked_for.emit(Place(Page.MESSAGES, segment_id, "new"))

    def _leave_builder(self) -> None:
        if self.can_leave():
            self._show_list()

    def _show_templates(self) -> None:
        if self.can_leave():
            self._show_list()
            self.list.gallery.show_all()

    def _show_list(self) -> None:
        self.pages.setCurrentWidget(self.list)
        self._read()

    def _offer_unsaved(self, found: Unsaved | None) -> None:
        """Offer to go on with a draft that a crash, or closing without an answer, left unsaved."""
        self._unsaved = found
        self.list.unsaved.offer(found.draft.name.strip() or _("New segment") if found else "")

    def _go_on(self) -> None:
        found = self._unsaved
        if found is None:
            return
        if found.segment_id is None:
            self._build(found.draft, None, SegmentDraft())
            return
        segment_id = found.segment_id
        self._desk.jobs.read(
            lambda s: library.load(s, segment_id),
            lambda kept: self._build(found.draft, segment_id, kept),
            key="segments.open",
        )

    def _throw_away(self) -> None:
        found = self._unsaved
        if found is not None:
            self._offer_unsaved(None)
            self.acts.throw_away(found)

    def _build(self, draft: SegmentDraft, segment_id: int | None, kept: SegmentDraft | None = None) -> None:
        self.pages.setCurrentWidget(self.builder)
        self.builder.open(draft, segment_id, kept)

    def _go(self, place: Place) -> None:
        """Follow a link of the list: another segment is opened here."""
        if place.page is Page.SEGMENTS and place.object_id is not None:
            self.open(place.object_id)
        else:
            self.asked_for.emit(place)

    def _read(self, seconds: float = SECONDS) -> None:
        """Read the list: at first without counting, so that a large shop shows something at once."""
        desk, day, now = self._desk, self._desk.day(), self._desk.now()
        currency = desk.shop.currency
        desk.jobs.read(unsaved.newest, self._offer_unsaved, key="segments.unsaved")
        if not self.list.rows:
            desk.jobs.read(lambda s: listed(s, day, now, currency, 0), self._show_first, key="segments.first")
        desk.jobs.read(lambda s: listed(s, day, now, currency, seconds), self._show_counted, key="segments.list")
        desk.jobs.read(
            lambda s: listed(s, day, now, currency, archived=True, seconds=0),
            self.list.show_shelf,
            key="segments.shelf",
        )
        if self._templates_are_old:  # they ask the whole shop, and only its friends and orders change them
            desk.jobs.read(lambda s: offered(s, day, now, currency), self._show_offered, key="segments.templates")

    def _show_offered(self, found: list[Offered]) -> None:
        self._templates_are_old = False
        self.list.gallery.show_templates(found)

    def _show_first(self, rows: list[Listed]) -> None:
        """Show the last numbers until those of now are there; what they say of health would be said too soon."""
        if not self.list.rows:
            self.list.show_segments([replace(line, signs=()) for line in rows])

    def _show_counted(self, rows: list[Listed]) -> None:
        """Show the numbers, keep those that are news, and look for segments that are nearly the same."""
        self.list.show_segments(rows)
        day, now = self._desk.day(), self._desk.now()
        found = news(rows, now)
        if found and self._desk.shop.may_write:
            self._desk.jobs.write(lambda s: (record(s, found, day, now), changes()))
        self._desk.jobs.read(lambda s: twins(s, rows, day), self.list.show_segments, key="segments.twins")

    def _begin_with(self, template: Template) -> None:
        """Open a template in the builder; it is saved there, under its name or a free one."""
        if template.rule is not None:
            rule = template.rule
            self._desk.jobs.read(
                lambda s: library.free_name(s, template.name),
                lambda name: self._build(SegmentDraft(name, template.helps_decide, rule), None),
                key="segments.open",
            )
