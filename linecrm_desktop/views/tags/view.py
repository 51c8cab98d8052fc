"""The Tags screen: the library in groups, and the tag that is edited beside it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from linecrm_desktop.audit.lookalikes import Pair
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tagging.contracts import Contract
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags import about, reading
from linecrm_desktop.views.tags.bulk import TagBulk
from linecrm_desktop.views.tags.editor import TagEditor
from linecrm_desktop.views.tags.list_panel import TagListPanel
from linecrm_desktop.views.tags.reading import Filter, Library, TagLine
from linecrm_desktop.views.tags.tree_model import TagTreeModel
from linecrm_desktop.views.tags.unsaved import UnsavedWords
from linecrm_desktop.views.whose import settled
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.writing import writing

_SHOWN = changes(Word.TAGS, Word.FRIENDS, Word.SEGMENTS, Word.MESSAGES, Word.IMPORTS)
_LIST, _EDITOR = 908, 332


class TagsView(QWidget):
    """Reads the library, and hands what a person asks for to the actions."""

    asked_for = Signal(object)
    page = Page.TAGS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagsView")
        self._desk = desk
        self._library = Library()
        self._pairs: list[Pair] = []
        self._wanted: int | None = None
        self._opened: Contract | None = None
        """What the editor's tag was in the shop when it was read."""
        self._is_read = False
        self._build_head()
        self._build_parts()
        self._build_page()
        self._build_keys()
        self._connect()
        self.retranslate()

    def show_place(self, place: Place) -> None:
        """Show the library; with an object id, that tag; with the name of a filter as part, only those tags."""
        if place.part in set(Filter):
            self.panel.choose_filter(Filter(place.part))
        self._wanted = place.object_id
        if place.object_id is not None:
            self.tree.clearSelection()
        self._read()
        if place.part == "new":
            self.begin_new()
        else:
            self.tree.setFocus()

    def reload(self, changed: Changes) -> None:
        if changed & _SHOWN and self._is_read:
            self._read()

    def retranslate(self) -> None:
        self.new_button.setText(_("New tag"))
        self.new_button.setToolTip(_("New tag (Ctrl+Shift+T)"))
        self.audit_button.setText(_("Audit tags…"))
        self.sources_button.setText(_("Sources and links…"))
        self.sources_button.setToolTip(_("Links and QR codes for places where friends find you (Ctrl+Shift+L)"))
        self.changes_button.setText(_("Changes…"))
        self.changes_button.setToolTip(_("What was done to tags in the last 30 days, and how to undo it"))
        self.start_set.setText(_("Start with a set…"))
        self.panel.retranslate()
        self.editor.retranslate()
        if self.editor.line is not None:
            self._read_about(self.editor.line)
        self._show_words()

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Put the cursor into the search."""
        self.panel.search.setFocus()
        self.panel.search.selectAll()

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows: also those that long groups do not show yet."""
        whole = TagTreeModel(self._desk.day, self)
        whole.order = self.panel.model.order
        whole.show_lines(self.panel.found)
        return "tags", whole

    def menu_actions(self) -> dict[str, list[QAction]]:
        """Return what the window's menu offers for the chosen tags."""
        return {"tags": [self.start_set, *self.panel.actions_.all.values()]}

    def can_leave(self) -> bool:
        """Ask when something is written that is not saved; leaving throws it away."""
        if not self._is_editing() or not self.editor.is_changed:
            return True
        name = self.editor.contract().draft.name or _("New tag")
        leaves = self._desk.dialogs.ask(
            _("Discard the changes?"),
            _("What you wrote about “{tag}” is not saved.").format(tag=name),
            _("Discard the changes"),
            danger=True,
        )
        if leaves:
            self.editor.revert()
        return leaves

    def begin_new(self) -> None:
        """Begin a new tag, of the type the cursor is in."""
        if self.can_leave():
            line = self.tree.current_line()
            self.tree.clearSelection()
            self.editor.show()
            self.editor.make(line.tag.type if line else TagType.INTEREST)

    def _build_head(self) -> None:
        self.head = PageHead()
        self.sources_button = self.head.add_button("", "qr-code", name="tagSources")
        self.changes_button = self.head.add_button("", "clock-counter-clockwise", name="tagChanges")
        self.new_button = writing(self.head.add_button("", "plus", name="newTag"))
        self.audit_button = self.head.add_button("", "check-square", "primary", "auditTags")

    def _build_parts(self) -> None:
        self.panel = TagListPanel(self._desk.day)
        self.tree, self.model = self.panel.tree, self.panel.model
        self.editor = TagEditor()
        self.editor.hide()
        self.unsaved = UnsavedWords(self._desk, self.editor)
        self.bulk = TagBulk(self._desk, self.panel, self, self.unsaved.settle)
        self.actions_ = self.bulk.actions_
        self.start_set = writing(QAction(self))
        self.start_set.setObjectName("startSet")

    def _build_page(self) -> None:
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.panel)
        self.splitter.addWidget(self.editor)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([_LIST, _EDITOR])
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addWidget(self.splitter, 1)

    def _build_keys(self) -> None:
        for keys, act in (("Ctrl+Shift+T", self.begin_new), ("Ctrl+S", self.editor.save.click)):
            QShortcut(QKeySequence(keys), self, act)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.begin_new)
        self.audit_button.clicked.connect(lambda: self.asked_for.emit(Place(Page.AUDIT)))
        self.sources_button.clicked.connect(lambda: self.asked_for.emit(Place(Page.SOURCES)))
        self.changes_button.clicked.connect(self.bulk.show_changes)
        self.panel.new_asked.connect(self.begin_new)
        self.panel.set_asked.connect(self.bulk.start)
        self.start_set.triggered.connect(lambda: self.bulk.start())
        self.panel.asked_for.connect(self.asked_for)
        self.panel.chosen_changed.connect(self._moved)
        self.tree.edit_asked.connect(self._focus_editor)
        self.tree.decision_asked.connect(self.panel.actions_.all["decide"].trigger)
        self.model.decided.connect(lambda tag, words: self.unsaved.settle(lambda: self._decide(tag, words)))
        self.panel.actions_.all["edit"].triggered.connect(self._focus_editor)
        self.panel.actions_.all["friends"].triggered.connect(self._show_friends)
        self.panel.actions_.all["decide"].triggered.connect(
            lambda: self._of_several(self.bulk.decide, self.tree.write_decision)
        )
        self.panel.actions_.all["owner"].triggered.connect(lambda: self._of_several(self.bulk.give_owner, self._owner))
        self.editor.saved.connect(self._save)
        self.editor.retire_asked.connect(lambda: self.unsaved.settle(lambda: self._of_editor(self.bulk.retire)))
        self.editor.restore_asked.connect(lambda: self._of_editor(self.actions_.restore))
        self.editor.fields.rules.clicked.connect(lambda: self._of_editor(lambda lines: self.bulk.show_rules(lines[0])))
        self.editor.compare_asked.connect(lambda: self.unsaved.settle(self._compare))
        self.editor.menu_asked.connect(self._show_editor_menu)
        self.editor.used.friends_asked.connect(self._show_friends_of_editor)
        self.editor.used.asked_for.connect(self.asked_for)
        self.editor.closed.connect(self._close_editor)

    def _read(self) -> None:
        day = self._desk.day()
        self._is_read = True
        self._desk.jobs.read(lambda session: reading.read(session, day), self._show, key="tags.library")

    def _show(self, library: Library) -> None:
        """Show the tags at once; which of them look alike is found out after that."""
        self._show_library(library.with_pairs(self._pairs))
        self.unsaved.go_on()
        self._desk.jobs.read(
            lambda session: reading.look_alikes(session, library), self._show_pairs, key="tags.look_alikes"
        )

    def _show_pairs(self, pairs: list[Pair]) -> None:
        if pairs != self._pairs:
            self._pairs = pairs
            self._show_library(self._library.with_pairs(pairs))

    def _show_library(self, library: Library) -> None:
        self._library = library
        self.editor.offer(library.offers, self._desk.day().today)
        self.bulk.take(library)
        self._show_words()
        self._refresh_editor()
        tag, self._wanted = self._wanted or self.editor.tag_id, None
        self.panel.show_lines(library.lines, tag)

    def _show_words(self) -> None:
        count = self._library.count(Filter.ALL)
        decided = count - self._library.count(Filter.NO_DECISION)
        note = ngettext("{n} tag · {decided} help a decision", "{n} tags · {decided} help a decision", count)
        self.head.show_title(_("Tags"), note.format(n=number(count), decided=number(decided)))

    def _refresh_editor(self) -> None:
        """Show the tag anew unless somebody is writing about it; close the editor of a tag that is gone."""
        if self.editor.tag_id is None:
            return
        line = self._library.line(self.editor.tag_id)
        is_gone = line is None or (line.tag.is_retired and not self._was_retired())
        if line is None or is_gone:
            self.editor.make()
            self.editor.hide()
        elif not self.editor.is_changed:
            self._edit(line)

    def _was_retired(self) -> bool:
        return self.editor.line is not None and self.editor.line.tag.is_retired

    def _is_editing(self) -> bool:
        return self.editor.isVisibleTo(self)

    def _edit(self, line: TagLine) -> None:
        self._opened = self._library.contract(line.tag)
        self.editor.edit(line, self._opened)
        self._read_about(line)

    def _read_about(self, line: TagLine) -> None:
        day, now = self._desk.day(), self._desk.now()
        self._desk.jobs.read(
            lambda session: about.read(session, line.tag.id, line.used_by, day, now),
            self.editor.show_about,
            key="tags.about",
        )

    def _moved(self) -> None:
        """Show the one tag that is chosen; with several, the editor stays as it is."""
        chosen = self.tree.chosen()
        if len(chosen) != 1 or (self._is_editing() and chosen[0].tag.id == self.editor.tag_id):
            return
        if self.can_leave():
            self._edit(chosen[0])
            self.editor.show()
        elif self.editor.tag_id is not None:
            self.tree.go_to(self.editor.tag_id)

    def _focus_editor(self) -> None:
        self.editor.show()
        self.editor.fields.name.setFocus()

    def _close_editor(self) -> None:
        if self.can_leave():
            self.editor.hide()
            self.tree.setFocus()

    def _save(self, contract: Contract) -> None:
        line = self.editor.line
        if line is None:
            self.actions_.make(contract, self._made, self._not_saved)
        else:
            self.actions_.edit(
                line.tag, contract, lambda _nothing: self._saved(contract), self._not_saved, self._opened
            )

    def _made(self, tag: int) -> None:
        self.editor.make()
        self._wanted = tag
        self._read()

    def _saved(self, contract: Contract) -> None:
        self._opened = None
        if self.editor.contract() == contract:
            self.editor.take_as_saved()
        self._read()

    def _not_saved(self, error: Exception) -> None:
        self.unsaved.give_up()
        name = self.editor.contract().draft.name
        if settled(self._desk, error, name, self._keep_mine, self._take_theirs):
            return
        if not self.editor.show_trouble(error):
            self._desk.dialogs.show_error(error)

    def _keep_mine(self) -> None:
        self._opened = None
        self._save(self.editor.contract())

    def _take_theirs(self) -> None:
        self.editor.revert()
        self._read()

    def _decide(self, tag: int, decision: str) -> None:
        line = self._library.line(tag)
        if line is not None:
            contract = self._library.contract(line.tag)
            self.actions_.edit(line.tag, replace(contract, draft=replace(contract.draft, helps_decide=decision)))

    def _show_friends(self) -> None:
        for line in self.tree.chosen()[:1]:
            self.asked_for.emit(Place(Page.FRIENDS, line.tag.id, "tag"))

    def _show_friends_of_editor(self) -> None:
        self.asked_for.emit(Place(Page.FRIENDS, self.editor.tag_id, "tag"))

    def _of_several(self, several: Callable[[], None], one: Callable[[], None]) -> None:
        """Change all chosen tags at once, or begin to write about the only one."""
        if len(self.tree.chosen()) > 1:
            self.unsaved.settle(several)
        else:
            one()

    def _owner(self) -> None:
        self._focus_editor()
        self.editor.fields.owner.setFocus()

    def _compare(self) -> None:
        self._of_editor(lambda lines: self.bulk.compare(lines[0]))

    def _of_editor(self, act: Callable[[list[TagLine]], None]) -> None:
        if self.editor.line is not None:
            act([self.editor.line])

    def _show_editor_menu(self, where: QPoint) -> None:
        if self.editor.tag_id is not None and self.tree.go_to(self.editor.tag_id):
            self.panel.show_menu(where)
