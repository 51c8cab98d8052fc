"""Splitting a tag: two or more new ones, for whom each, what becomes of the others, and all that will happen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.library import SegmentRow
from linecrm_desktop.segments.rules import AllOf, HasTag, InSegment, LastOrder, Rule
from linecrm_desktop.segments.sentence import Names, plain
from linecrm_desktop.tagging.splitting import Part, split
from linecrm_desktop.tags.library import TagDraft, TagRow
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.tagwork.part_row import PartRow
from linecrm_desktop.views.tagwork.planned import Foreseen
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.growing import grow
from linecrm_desktop.views.widgets.writing import writing

_WIDTH = 680
_DAYS = 90


class SplitDialog(QDialog):
    """Says which parts are wanted; it changes nothing itself."""

    asked = Signal(object)
    """The list of Part."""

    def __init__(
        self,
        desk: Desk,
        tag: TagRow,
        others: Sequence[TagRow],
        parent: QWidget | None = None,
        *,
        wanted: Sequence[tuple[str, Rule]] = (),
        yes: str = "",
    ) -> None:
        """Offer to part `tag`, by one of the `others` too.

        `wanted` are the names and rules to begin with; `yes` is what the button says where it splits nothing yet.
        """
        super().__init__(parent)
        writing(self)
        self.setObjectName("splitDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.setWindowTitle(_("Split “{tag}”").format(tag=tag.name))
        self._desk = desk
        self._tag = tag
        self._others = [one for one in others if not one.is_retired and one.id != tag.id]
        self._wanted, self._says = wanted, yes
        self._choices: list[tuple[str, Rule]] = []
        self.rows: list[PartRow] = []
        self._build_rest()
        self._build_page()
        self._connect()
        desk.jobs.read(segments.all_segments, self._take_segments, key="tags.split.segments")

    def parts(self) -> list[Part] | None:
        """Return the parts, or None while something is missing."""
        told = [(" ".join(row.name.text().split()), row.rule()) for row in self.rows]
        if not told or any(not name or rule is None for name, rule in told):
            return None
        found = [Part(self._draft(name), rule) for name, rule in told]
        if not self.rest.isChecked():
            return found
        name = " ".join(self.rest_name.text().split())
        return [*found, Part(self._draft(name), None)] if name else None

    def show_trouble(self, error: Exception) -> None:
        """Say why it could not be done."""
        self.planned.refuse(error)

    def _draft(self, name: str) -> TagDraft:
        tag = self._tag
        return TagDraft(name, tag.type, tag.helps_decide, tag.owner, tag.is_sensitive, runs_out_days=tag.runs_out_days)

    def _build_rest(self) -> None:
        self.rest = QCheckBox(_("Give a tag of their own to everyone else"))
        self.rest.setObjectName("splitRest")
        self.rest_name = QLineEdit()
        self.rest_name.setObjectName("splitRestName")
        self.rest_name.setAccessibleName(_("Name of the tag for everyone else"))
        self.rest_name.setPlaceholderText(_("for example: {tag}, others").format(tag=self._tag.name))
        self.rest_name.hide()
        self.stays = label(_("Everyone else keeps “{tag}”.").format(tag=self._tag.name), "second", wrap=True)

    def _build_page(self) -> None:
        self.planned = Foreseen(self._desk)
        self.add = button(_("Add a part"), "link", "plus", "splitAdd")
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(6)
        intro = _("Who fits several parts gets the first. What is written about “{tag}” is copied to each.")
        column.addWidget(label(intro.format(tag=self._tag.name), "second", wrap=True))
        column.addLayout(self._list)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.rest, self.rest_name, self.stays, self.planned):
            column.addWidget(part)
        column.addStretch(1)
        self.yes = button(self._says or _("Split “{tag}”").format(tag=self._tag.name), "primary", name="splitYes")
        self.yes.setDefault(True)
        foot = QDialogButtonBox()
        foot.addButton(button(_("Cancel"), name="splitCancel"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        foot.rejected.connect(self.reject)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.add.clicked.connect(self._add_row)
        self.rest.toggled.connect(self._show_rest)
        self.rest_name.textChanged.connect(lambda _text: self._changed())
        self.yes.clicked.connect(self._ask)
        self.planned.changed.connect(self._show_button)
        self.planned.changed.connect(lambda: grow(self))

    def _take_segments(self, rows: Sequence[SegmentRow]) -> None:
        """Offer what tells friends apart: segments, other tags, and whether they ordered lately."""
        called = Names({tag.id: tag.name for tag in self._others}, {row.id: row.name for row in rows})
        rules: list[Rule] = [InSegment(row.id) for row in rows]
        rules += [LastOrder(_DAYS, older=older) for older in (False, True)]
        rules += [HasTag((tag.id,)) for tag in self._others]
        currency = self._desk.shop.currency
        self._choices = [(plain(AllOf((rule,)), called, currency), rule) for rule in rules]
        for _part in range(max(2, len(self._wanted))):
            self._add_row()
        for row, (name, rule) in zip(self.rows, self._wanted, strict=False):
            row.show_part(name, rule)
        self.rows[0].name.setFocus()

    def _add_row(self) -> None:
        row = PartRow(len(self.rows) + 1, self._choices)
        row.changed.connect(self._changed)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._list.addWidget(row)
        row.show()
        row.name.setFocus()
        self._changed()

    def _remove(self, row: PartRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._changed()

    def _show_rest(self, has_own: bool) -> None:
        self.rest_name.setVisible(has_own)
        self.stays.setVisible(not has_own)
        self._changed()

    def _changed(self) -> None:
        """Count again after a moment; until then nothing can be pressed."""
        parts, tag, day, now = self.parts(), self._tag.id, self._desk.day(), self._desk.now()
        work = ({tag}, lambda session: split(session, tag, parts, day, now)) if parts is not None else None
        self.planned.count(work, _("Name each part, and say who gets it."))

    def _show_button(self) -> None:
        self.yes.setEnabled(self.parts() is not None and self.planned.is_counted)

    def _ask(self) -> None:
        self.yes.setEnabled(False)
        self.asked.emit(self.parts())
