"""Writing a privacy notice: its language and version, the text, how to stop, and the uses that it names.

A version that somebody was told is shown as it is for ever; from it a new version can begin.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from linecrm_desktop import text
from linecrm_desktop.consent import notices, uses
from linecrm_desktop.consent.notices import NoticeDraft, NoticeRow
from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.models.consent import Use
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import Banner

CHANGED: Changes = changes(Word.SETTINGS, Word.CONSENT)
LANGUAGES = {code.replace("_", "-"): name for code, name in text.LANGUAGES.items()}
"""The languages of notices, by their codes."""
_SIZE = 620, 560


class NoticeDialog(QDialog):
    """Writes a new notice, or changes one that nobody was told yet."""

    def __init__(
        self, desk: Desk, row: NoticeRow | None, newest: int, language: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._row = desk, row
        self._drafts = notices.drafts(desk.shop.name)
        self.setObjectName("noticeDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Privacy notice"))
        self.resize(*(round(side * theme.text_scale()) for side in _SIZE))
        self._build(newest, language)
        self._lay_out()
        self.language.activated.connect(lambda _at: self._begin())
        self.yes.clicked.connect(self._save)
        self.no.clicked.connect(self.reject)
        self._begin()

    def draft(self) -> NoticeDraft:
        """Return what is written."""
        chosen = frozenset(use for use, box in self.uses.items() if box.isChecked())
        return NoticeDraft(
            str(self.language.currentData()), self.words.toPlainText(), self.opt_out.text().strip(), chosen
        )

    def _build(self, newest: int, language: str) -> None:
        self.language, self.version = QComboBox(), QComboBox()
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(0, self.language.findData(self._row.language if self._row else language)))
        self.version.addItem(_("A new version"), None)
        for version in range(newest, 0, -1):
            self.version.addItem(_("Version {n}, in another language").format(n=number(version)), version)
        self.words, self.opt_out = QPlainTextEdit(), QLineEdit()
        self.uses = {use: QCheckBox(uses.name(use)) for use in Use}
        self.trouble = Banner("bad")
        self.trouble.hide()
        self.note = label("", "caption", wrap=True)
        self.yes, self.no = button(_("Save the notice"), "primary", name="saveNotice"), button(_("Cancel"))

    def _lay_out(self) -> None:
        form, boxes, foot, whole = QFormLayout(), QWidget(), QHBoxLayout(), QVBoxLayout(self)
        grid = QGridLayout(boxes)
        grid.setContentsMargins(0, 4, 0, 4)
        for at, box in enumerate(self.uses.values()):
            grid.addWidget(box, at // 2, at % 2)
        for name, field, key in (
            (_("Language"), self.language, "noticeLanguage"),
            (_("Version"), self.version, "noticeVersion"),
            (_("Text"), self.words, "noticeText"),
            (_("How to stop"), self.opt_out, "noticeOptOut"),
            (_("Uses it names"), boxes, "noticeUses"),
        ):
            form.addRow(name, field)
            field.setObjectName(key)
            field.setAccessibleName(name)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(10)
        whole.addLayout(form, 1)
        whole.addWidget(self.trouble)
        whole.addLayout(foot)

    def _begin(self) -> None:
        """Show the notice that is changed, or the draft to start from."""
        row = self._row
        for part in (self.language, self.version):
            part.setEnabled(row is None)
        shown = row or self._drafts[str(self.language.currentData())]
        self.words.setPlainText(shown.text)
        self.opt_out.setText(shown.opt_out)
        for use, box in self.uses.items():
            box.setChecked(use in shown.uses)
        is_told = row is not None and row.told > 0
        self.note.setText(_("A draft to start from, no legal advice. Have it looked at before people read it."))
        if row is not None:
            told = ngettext("{n} friend was told this.", "{n} friends were told this.", row.told)
            self.note.setText(told.format(n=number(row.told)))
        for part in (self.words, self.opt_out):
            part.setReadOnly(is_told)
        for box in self.uses.values():
            box.setEnabled(not is_told)
        self.yes.setVisible(not is_told)

    def _save(self) -> None:
        draft, row, now = self.draft(), self._row, self._desk.now()
        version: int | None = self.version.currentData()

        def write(session: Session) -> tuple[NoticeRow, Changes]:
            if row is None:
                return notices.add(session, draft, now, now, version), CHANGED
            return notices.change(session, row.id, draft, row.valid_from), CHANGED

        self._desk.jobs.write(write, lambda made: self._saved(made, draft, version), self._failed)

    def _saved(self, made: NoticeRow, draft: NoticeDraft, version: int | None) -> None:
        said = _("The notice is saved as version {n}.").format(n=number(made.version))
        act = _change_again(self._desk, self._row, draft) if self._row else _add_again(self._desk, made, draft, version)
        self._desk.undo.push(act)
        self._desk.toast(said, self._desk.undo.undo)
        self.accept()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, TagwellError):
            self.trouble.show_text("bad", error.sentence())
            self.trouble.show()
        else:
            self._desk.dialogs.show_error(error)


def _add_again(desk: Desk, made: NoticeRow, draft: NoticeDraft, version: int | None) -> Act:
    """Return how a new notice is taken back, as long as nobody was told it."""
    kept = [made.id]

    def again(session: Session) -> None:
        now = desk.now()
        kept[:] = [notices.add(session, draft, now, now, version).id]

    return Act(desk, _("add a notice"), lambda session: notices.remove(session, kept[0]), again, CHANGED)


def _change_again(desk: Desk, before: NoticeRow, draft: NoticeDraft) -> Act:
    """Return how a notice gets back the words that it had."""
    old = NoticeDraft(before.language, before.text, before.opt_out, before.uses)
    return Act(
        desk,
        _("change a notice"),
        lambda session: notices.change(session, before.id, old, before.valid_from),
        lambda session: notices.change(session, before.id, draft, before.valid_from),
        CHANGED,
    )
