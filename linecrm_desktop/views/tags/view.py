"""The Tags screen: the library as a tree by type, and the tag that is edited beside it."""

from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, QPoint, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags import reading
from linecrm_desktop.views.tags.actions import TagActions
from linecrm_desktop.views.tags.editor import TagEditor
from linecrm_desktop.views.tags.reading import Filter, TagLine
from linecrm_desktop.views.tags.tag_tree import TagTree
from linecrm_desktop.views.tags.tree_model import TagTreeModel
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import EmptyState, SearchField, Segmented

_SHOWN = changes(Word.TAGS, Word.FRIENDS, Word.SEGMENTS, Word.IMPORTS)
_TREE, _EDITOR = 908, 332


class TagsView(QWidget):
    """Reads the library, and hands what a person asks for to the actions."""

    asked_for = Signal(object)
    page = Page.TAGS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagsView")
        self._desk = desk
        self._lines: list[TagLine] = []
        self._wanted: int | None = None
        self._is_read = False
        self.actions_ = TagActions(desk)
        self._build_head()
        self._build_bar()
        self._build_tree()
        self._build_page()
        self._build_keys()
        self._connect()
        self.retranslate()

    def show_place(self, place: Place) -> None:
        """Show the library; with an object id, that tag; with the part no_decision or unused, only those."""
        if place.part in set(Filter):
            self.filter.choose(list(Filter).index(Filter(place.part)))
        self._wanted = place.object_id
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
        self.search.show_placeholder(_("Find a tag"))
        self.filter.setAccessibleName(_("Which tags"))
        self.tree.retranslate()
        self.editor.retranslate()
        self._show_words()

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Put the cursor into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows."""
        return "tags", self.model

    def can_leave(self) -> bool:
        """Ask when something is written that is not saved; leaving throws it away."""
        if not self._is_editing() or not self.editor.is_changed:
            return True
        name = self.editor.draft().name or _("New tag")
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
        self.new_button = self.head.add_button("", "plus", "primary", "newTag")

    def _build_bar(self) -> None:
        self.search = SearchField(name="tagFind")
        self.search.setFixedWidth(220)
        self.filter = Segmented([""] * len(Filter))
        self.filter.setObjectName("tagFilter")
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(16, 12, 16, 10)
        self._bar.setSpacing(8)
        self._bar.addWidget(self.search)
        self._bar.addWidget(self.filter)
        self._bar.addStretch(1)

    def _build_tree(self) -> None:
        self.model = TagTreeModel(self._desk.day, self)
        self.tree = TagTree(self.model)
        self.empty = EmptyState("tag")
        self.empty.setObjectName("noTags")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.tree)
        self.stack.addWidget(self.empty)
        self.editor = TagEditor()
        self.editor.hide()

    def _build_page(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self.stack, 1)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.editor)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([_TREE, _EDITOR])
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
        self.search.textChanged.connect(self._show_tree)
        self.filter.chosen.connect(self._show_tree)
        self.empty.action.clicked.connect(self._press_empty)
        self.tree.moved.connect(self._moved)
        self.tree.edit_asked.connect(self._focus_editor)
        self.tree.friends_asked.connect(self._show_friends)
        self.tree.retire_asked.connect(self._retire)
        self.tree.menu_asked.connect(self._show_menu)
        self.model.decided.connect(self._decide)
        self.editor.saved.connect(self._save)
        self.editor.retire_asked.connect(self._retire)
        self.editor.friends_asked.connect(self._show_friends)
        self.editor.closed.connect(self._close_editor)

    def _read(self) -> None:
        day = self._desk.day()
        self._is_read = True
        self._desk.jobs.read(lambda session: reading.read(session, day), self._show, key="tags.library")

    def _show(self, lines: list[TagLine]) -> None:
        self._lines = lines
        self._refresh_editor()
        self._show_words()
        self._show_tree()

    def _show_tree(self) -> None:
        wanted = list(Filter)[max(0, self.filter.current())]
        found = reading.chosen(self._lines, wanted, self.search.text())
        tag, self._wanted = self._wanted or self.editor.tag_id, None
        self.tree.show_lines(found, tag)
        self.stack.setCurrentWidget(self.tree if found else self.empty)

    def _show_words(self) -> None:
        counts = [sum(line.has(each) for line in self._lines) for each in Filter]
        decided = counts[0] - counts[1]
        note = ngettext("{n} tag · {decided} help a decision", "{n} tags · {decided} help a decision", counts[0])
        self.head.show_title(_("Tags"), note.format(n=number(counts[0]), decided=number(decided)))
        names = (_("All {n}"), _("No decision {n}"), _("Unused {n}"))
        self.filter.show_options([name.format(n=number(n)) for name, n in zip(names, counts, strict=True)])
        if self._lines:
            self.empty.show_text(_("No tag matches."), _("Show all tags"))
        else:
            self.empty.show_text(_("No tags yet. A tag is worth making when it helps a decision."), _("New tag"))

    def _refresh_editor(self) -> None:
        """Show the tag anew unless somebody is writing about it; close the editor of a tag that is gone."""
        if self.editor.tag_id is None:
            return
        line = self._line(self.editor.tag_id)
        if line is None:
            self.editor.make()
            self.editor.hide()
        elif not self.editor.is_changed:
            self.editor.edit(line)

    def _line(self, tag: int | None) -> TagLine | None:
        return next((line for line in self._lines if line.tag.id == tag), None)

    def _is_editing(self) -> bool:
        return self.editor.isVisibleTo(self)

    def _moved(self, tag: int) -> None:
        line = self._line(tag)
        if line is None or (self._is_editing() and tag == self.editor.tag_id):
            return
        if self.can_leave():
            self.editor.edit(line)
            self.editor.show()
        elif self.editor.tag_id is not None:
            self.tree.go_to(self.editor.tag_id)

    def _focus_editor(self) -> None:
        self.editor.show()
        self.editor.name.setFocus()

    def _close_editor(self) -> None:
        if self.can_leave():
            self.editor.hide()
            self.tree.setFocus()

    def _save(self, draft: TagDraft) -> None:
        if self.editor.line is None:
            self.actions_.make(draft, self._made, self._not_saved)
        else:
            self.actions_.edit(self.editor.line.tag, draft, lambda _nothing: self._saved(draft), self._not_saved)

    def _made(self, tag: int) -> None:
        self.editor.make()
        self._wanted = tag
        self._read()

    def _saved(self, draft: TagDraft) -> None:
        if self.editor.draft() == draft:
            self.editor.take_as_saved()
        self._read()

    def _not_saved(self, error: Exception) -> None:
        if not self.editor.show_trouble(error):
            self._desk.dialogs.show_error(error)

    def _decide(self, tag: int, decision: str) -> None:
        line = self._line(tag)
        if line is not None:
            self.actions_.edit(line.tag, replace(line.tag.draft, helps_decide=decision))

    def _retire(self) -> None:
        line = self.tree.current_line() or self.editor.line
        if line is not None:
            self.actions_.retire(line)

    def _show_friends(self) -> None:
        line = self.tree.current_line() or self.editor.line
        if line is not None:
            self.asked_for.emit(Place(Page.FRIENDS, line.tag.id, "tag"))

    def _give_owner(self) -> None:
        self._focus_editor()
        self.editor.owner.setFocus()

    def _press_empty(self) -> None:
        if self._lines:
            self.search.clear()
            self.filter.choose(0)
            self._show_tree()
        else:
            self.begin_new()

    def _show_menu(self, where: QPoint) -> None:
        line = self.tree.current_line()
        if line is None:
            return
        menu = QMenu(self)
        count = line.tag.friends
        friends = ngettext("Show {n} friend", "Show {n} friends", count).format(n=number(count))
        for name, keys, act in (
            (_("Edit"), "Return", self._focus_editor),
            (friends, "Ctrl+Return", self._show_friends),
            (_("Write what it helps decide"), "F2", self.tree.write_decision),
            (_("Give an owner"), "", self._give_owner),
            (_("Retire…"), "Del", self._retire),
        ):
            menu.addAction(name, act).setShortcut(QKeySequence(keys))
        menu.popup(where)
