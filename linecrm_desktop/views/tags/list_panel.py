"""The list of tags with all that chooses among them: search, filter, groups, and the bar for several at once."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.text import _, number
from linecrm_desktop.views.tags import reading
from linecrm_desktop.views.tags.bulk_bar import TagBulkBar
from linecrm_desktop.views.tags.grouping import NAMES, GroupBy
from linecrm_desktop.views.tags.list_actions import TagListActions
from linecrm_desktop.views.tags.reading import Filter, TagLine
from linecrm_desktop.views.tags.tag_tree import TagTree
from linecrm_desktop.views.tags.tree_model import TagTreeModel
from linecrm_desktop.views.ui_memory import ui_memory
from linecrm_desktop.views.widgets.basics import button
from linecrm_desktop.views.widgets.parts import EmptyState, SearchField, Segmented

_MEMORY = "ui/tags/group"
_SEARCH = 130, 220
"""The least and the greatest width of the search."""
_LEAST_GROUP = 64


class TagListPanel(QWidget):
    """Shows the lines that it is given, as far as filter and search leave them."""

    chosen_changed = Signal()
    new_asked = Signal()
    set_asked = Signal()
    """A set of tags to begin with should be proposed."""
    asked_for = Signal(object)
    """A Place that something done to tags leads to."""

    def __init__(self, day: Callable[[], ShopDay]) -> None:
        super().__init__()
        self._lines: list[TagLine] = []
        self._found: list[TagLine] = []
        self._asks_retired = False
        self._build_bar()
        self._build_groups()
        self._build_list(day)
        self._build_page()
        self._connect()
        self.retranslate()

    @property
    def found(self) -> list[TagLine]:
        """All tags that filter and search leave, also those that long groups do not show yet."""
        return self._found

    def show_lines(self, lines: Sequence[TagLine], tag: int | None) -> None:
        """Show these tags with the cursor on one of them."""
        self._lines = list(lines)
        self._show_words()
        self.show_found(tag)

    def show_found(self, tag: int | None = None) -> None:
        """Show what filter and search leave."""
        wanted, text = self._wanted(), self.search.text()
        self._found = reading.chosen(self._lines, wanted, text)
        is_whole = wanted is not Filter.ALL or bool(text.strip())
        self.model.show_lines(self._found, is_whole=is_whole)
        self.stack.setCurrentWidget(self.tree if self._found else self.empty)
        if tag is not None and not (len(self.tree.chosen()) > 1 and self.model.index_of(tag).isValid()):
            self.tree.go_to(tag)
        self._choice_changed()

    def choose_filter(self, wanted: Filter) -> None:
        """List only what a filter leaves; telling nobody."""
        self._asks_retired = wanted is Filter.RETIRED
        self._show_words()
        self.filter.choose(list(Filter).index(wanted))

    def group_by(self, by: GroupBy) -> None:
        """Cut the list into other groups, and remember it."""
        ui_memory().setValue(_MEMORY, str(by))
        self.model.group_by(by)
        self._show_group()

    def choose_all(self) -> None:
        """Choose every tag that is listed."""
        self.tree.choose_all()
        self.tree.setFocus()

    def retranslate(self) -> None:
        self.search.show_placeholder(_("Find a tag"))
        self.filter.setAccessibleName(_("Which tags"))
        for by, action in self._groups.items():
            action.setText(_(NAMES[by]))
        self.tree.retranslate()
        self.actions_.retranslate()
        self._show_group()
        self._show_words()
        self._choice_changed()

    def show_menu(self, where: QPoint) -> None:
        """Open the menu of what can be done with the chosen tags."""
        self.actions_.menu(self).popup(where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()

    def _build_bar(self) -> None:
        self.search = SearchField(name="tagFind")
        self.search.setMinimumWidth(_SEARCH[0])
        self.search.setMaximumWidth(_SEARCH[1])
        self.filter = Segmented([""] * (len(Filter) - 1))
        self.filter.setObjectName("tagFilter")
        self.group = button("", "default", "stack", "tagGroup")
        self.group.setProperty("menu", True)
        self.group.setMinimumWidth(_LEAST_GROUP)
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(16, 12, 16, 10)
        self.bar.setSpacing(8)
        self.bar.addWidget(self.search, 20)
        self.bar.addWidget(self.filter)
        self.bar.addStretch(1)
        self.bar.addWidget(self.group)

    def _build_groups(self) -> None:
        menu, one = QMenu(self), QActionGroup(self)
        self._groups: dict[GroupBy, QAction] = {}
        for by in GroupBy:
            made = self._groups[by] = menu.addAction("")
            made.setObjectName(f"group_{by}")
            made.setCheckable(True)
            one.addAction(made)
            made.triggered.connect(lambda _checked=False, by=by: self.group_by(by))
        self.group.setMenu(menu)

    def _build_list(self, day: Callable[[], ShopDay]) -> None:
        self.model = TagTreeModel(day, self)
        last = str(ui_memory().value(_MEMORY, GroupBy.TYPE))
        self.model.by = GroupBy(last) if last in set(GroupBy) else GroupBy.TYPE
        self.tree = TagTree(self.model)
        self.actions_ = TagListActions(self.tree)
        self.bulk = TagBulkBar(self.actions_)
        self.empty = EmptyState("tag")
        self.empty.setObjectName("noTags")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.tree)
        self.stack.addWidget(self.empty)

    def _build_page(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.bar)
        column.addWidget(self.bulk)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self.show_found())
        self.filter.chosen.connect(lambda _place: self.show_found())
        self.empty.action.clicked.connect(self._press_empty)
        self.empty.second.clicked.connect(self.set_asked)
        self.bulk.all_asked.connect(self.choose_all)
        self.tree.chosen_changed.connect(self._choice_changed)
        self.tree.chosen_changed.connect(self.chosen_changed)
        self.tree.menu_asked.connect(self.show_menu)

    def _wanted(self) -> Filter:
        return list(Filter)[max(0, self.filter.current())]

    def _choice_changed(self) -> None:
        chosen = self.tree.chosen()
        self.actions_.choose(chosen)
        retired = bool(chosen) and all(line.tag.is_retired for line in chosen)
        self.bulk.show_count(len(chosen), len(self._found), retired=retired)

    def _show_group(self) -> None:
        self._groups[self.model.by].setChecked(True)
        self.group.setAccessibleName(_("How tags are grouped"))
        self.group.setToolTip(_(NAMES[self.model.by]))
        self._fit_bar()

    def _fit_bar(self) -> None:
        """Let the button of groups show its icon only, where the filters leave no room for its words."""
        self.group.setText(_(NAMES[self.model.by]))
        margins = self.bar.contentsMargins()
        needed = margins.left() + _SEARCH[0] + self.filter.sizeHint().width() + self.group.sizeHint().width()
        if needed + 2 * self.bar.spacing() + margins.right() > self.width():
            self.group.setText("")

    def _show_words(self) -> None:
        counts = {each: sum(line.has(each) for line in self._lines) for each in Filter}
        names = (_("All {n}"), _("No decision {n}"), _("Unused {n}"), _("Look-alikes {n}"), _("Retired {n}"))
        texts = [name.format(n=number(counts[each])) for name, each in zip(names, Filter, strict=True)]
        has_retired = counts[Filter.RETIRED] or self._asks_retired
        self._show_options(texts if has_retired else texts[:-1])
        if self._lines:
            self.empty.show_text(_("No tag matches."), _("Show all tags"))
        else:
            none = _("No tags yet. A tag is worth making when it helps a decision.")
            self.empty.show_text(none, _("New tag"), _("Start with a set…"))

    def _show_options(self, texts: list[str]) -> None:
        """Show the filters; with another number of them the choice stays."""
        place = max(0, self.filter.current())
        self.filter.show_options(texts)
        self.filter.choose(min(place, len(texts) - 1))
        self._fit_bar()

    def _press_empty(self) -> None:
        if self._lines:
            self.search.clear()
            self.choose_filter(Filter.ALL)
            self.show_found()
        else:
            self.new_asked.emit()
