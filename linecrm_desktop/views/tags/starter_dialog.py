"""Beginning with a set of tags: all six types, in the shop's own categories and sources; ticked, never forced."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.sentence import plain
from linecrm_desktop.tagging import starting
from linecrm_desktop.tagging.starting import Proposal
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.icons import TAG_ICONS, icon
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.chips import tag_chip
from linecrm_desktop.views.widgets.mixed_delegate import PARTS_ROLE, MixedDelegate
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.writing import writing

_SIZE = 820, 640
_TAG, _WHO, _FRIENDS = range(3)
_PLACE = Qt.ItemDataRole.UserRole
_WAIT_MS = 250
_LINES = 5
"""So many lines have room in what is said of a tag: its decision, its rule, its group."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What is proposed, each with its rule in words, and the places of what is there already."""

    proposals: tuple[Proposal, ...]
    sentences: tuple[str, ...]
    there: frozenset[int]


class StarterDialog(QDialog):
    """Says which tags are wanted; it changes nothing itself."""

    asked = Signal(object, bool)
    """The list of Proposal, and whether the rules are run at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self.setObjectName("starterDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Start with a set of tags"))
        self.resize(*_SIZE)
        self._desk = desk
        self._read = _Read((), (), frozenset())
        self._items: dict[int, QTreeWidgetItem] = {}
        self.wait = QTimer(self)
        self.wait.setSingleShot(True)
        self.wait.setInterval(_WAIT_MS)
        self._build_list()
        self._build_page()
        self._connect()
        day, currency = desk.day(), desk.shop.currency
        desk.jobs.read(
            lambda session: _proposed(session, starting.proposals(session, day, currency), currency),
            self._show,
            key="tags.starter",
        )

    def chosen(self) -> list[int]:
        """Return the places of the proposals that are ticked."""
        return [place for place, item in self._items.items() if item.checkState(_TAG) == Qt.CheckState.Checked]

    def show_trouble(self, error: Exception) -> None:
        """Say why it could not be done."""
        self.yes.setEnabled(True)
        self._desk.dialogs.show_error(error)

    def _build_list(self) -> None:
        self.tree = QTreeWidget()
        self.tree.setObjectName("starterTags")
        self.tree.setAccessibleName(_("Proposed tags"))
        self.tree.setItemDelegate(MixedDelegate(self.tree))
        self.tree.setHeaderLabels([_("Tag"), _("Who gets it"), _("Friends")])
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(_WHO, self.tree.header().ResizeMode.Stretch)
        self.tree.setColumnWidth(_TAG, 290)
        self.tree.setColumnWidth(_FRIENDS, 90)

    def _build_page(self) -> None:
        self.about = Banner("info")
        self.about.setObjectName("starterAbout")
        self.about.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())
        self.run = QCheckBox(_("Run the rules right away"))
        self.run.setObjectName("starterRun")
        self.run.setChecked(True)
        self.yes = button("", "primary", name="starterYes")
        self.yes.setDefault(True)
        foot = QDialogButtonBox()
        foot.addButton(button(_("Cancel"), name="starterCancel"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        foot.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        intro = _(
            "Made from what this shop sells and where its friends came from. Take what helps you decide something."
        )
        column.addWidget(label(intro, "second", wrap=True))
        column.addWidget(self.tree, 1)
        for part in (self.about, self.run, foot):
            column.addWidget(part)
        self._show_state()

    def _connect(self) -> None:
        self.tree.itemChanged.connect(lambda _item, column: self._changed() if column == _TAG else None)
        self.tree.currentItemChanged.connect(lambda *_items: self._show_about())
        self.wait.timeout.connect(self._count)
        self.yes.clicked.connect(self._ask)

    def _show(self, found: _Read) -> None:
        self._read = found
        blocker = QSignalBlocker(self.tree)
        self.tree.clear()
        self._items.clear()
        for type in TagType:
            mine = [place for place, one in enumerate(found.proposals) if one.draft.type is type]
            if mine:
                self._add_type(type, mine)
        del blocker
        self.tree.expandAll()
        if self._items:
            self.tree.setCurrentItem(next(iter(self._items.values())))
        self.tree.setFocus()
        self._changed()

    def _add_type(self, type: TagType, places: Sequence[int]) -> None:
        head = QTreeWidgetItem(self.tree, [_(TAG_TYPES[type])])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        head.setIcon(0, icon(TAG_ICONS[type]))
        for place in places:
            self._items[place] = self._item(head, place)

    def _item(self, head: QTreeWidgetItem, place: int) -> QTreeWidgetItem:
        one, is_there = self._read.proposals[place], place in self._read.there
        told = _("is there already") if is_there else one.missing or one.who
        item = QTreeWidgetItem(head, [one.draft.name, told, ""])
        item.setData(_TAG, _PLACE, place)
        item.setData(_TAG, PARTS_ROLE, [tag_chip(one.draft.name, one.draft.type)])
        item.setToolTip(_WHO, told)
        item.setTextAlignment(_FRIENDS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        can_be = not is_there and not one.missing
        item.setCheckState(_TAG, Qt.CheckState.Checked if can_be else Qt.CheckState.Unchecked)
        if not can_be:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        return item

    def _changed(self) -> None:
        """Count again after a moment: within an exclusive group the numbers hang on what else is ticked."""
        self._show_state()
        self.wait.start()

    def _show_state(self) -> None:
        count = len(self.chosen())
        self.yes.setText(ngettext("Make {n} tag", "Make {n} tags", count).format(n=number(count)))
        self.yes.setEnabled(bool(count))
        self._show_about()

    def _show_about(self) -> None:
        item = self.tree.currentItem()
        place = item.data(_TAG, _PLACE) if item is not None else None
        self.about.setVisible(place is not None)
        if place is None:
            return
        one, sentence = self._read.proposals[place], self._read.sentences[place]
        lines = [_("Helps decide: {decision}").format(decision=one.draft.helps_decide)]
        lines.append(sentence or one.missing or _("No rule: a person or an import gives it."))
        if one.draft.exclusive_group:
            lines.append(_("A friend has one tag of “{group}” only.").format(group=one.draft.exclusive_group))
        self.about.show_text("info", "\n".join(lines))

    def _count(self) -> None:
        places, day, now = self.chosen(), self._desk.day(), self._desk.now()
        wanted = [self._read.proposals[place] for place in places]
        self._desk.jobs.rehearse(
            lambda session: starting.gains(session, wanted, day, now),
            lambda found: self._show_counts(dict(zip(places, found, strict=True))),
            self.show_trouble,
            key="tags.starter.count",
        )

    def _show_counts(self, found: dict[int, int | None]) -> None:
        for place, item in self._items.items():
            count = found.get(place)
            item.setText(_FRIENDS, "—" if count is None else number(count))

    def _ask(self) -> None:
        self.yes.setEnabled(False)
        self.asked.emit([self._read.proposals[place] for place in self.chosen()], self.run.isChecked())


def _proposed(session: Session, proposals: Sequence[Proposal], currency: str) -> _Read:
    names = segments.names(session)
    sentences = (plain(one.rule, names, currency) if one.rule and not one.missing else "" for one in proposals)
    return _Read(tuple(proposals), tuple(sentences), frozenset(starting.is_there(session, proposals)))
