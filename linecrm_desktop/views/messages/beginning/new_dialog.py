"""New message: what it begins with, and how that reads on a phone before it is chosen."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.messages import own_templates, own_values
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.text import LANGUAGES, _, language
from linecrm_desktop.views import theme
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages import facts
from linecrm_desktop.views.messages.beginning import starts
from linecrm_desktop.views.messages.beginning.pick_list import Pick, PickList
from linecrm_desktop.views.messages.beginning.shown_start import ShownStart
from linecrm_desktop.views.messages.beginning.starts import Kind, Start
from linecrm_desktop.views.ui_memory import ui_memory
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.writing import writing

_SIZE = 880, 680
_LIST_WIDTH = 430
_LANGUAGE = "ui/messages/template_language"
_TOUCHED = changes(Word.MESSAGES)


class NewMessageDialog(QDialog):
    """Offers all beginnings of a message; everything can be done from the search field."""

    chosen = Signal(object)
    """The draft to begin with."""

    def __init__(self, desk: Desk, segment_id: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self._desk, self._segment_id = desk, segment_id
        self._account = desk.shop.name
        self.setObjectName("newMessageDialog")
        self.setWindowTitle(_("New message"))
        self.resize(*(round(side * theme.text_scale()) for side in _SIZE))
        self.list = PickList(_("Find a template or an earlier message"))
        self.list.search.installEventFilter(self)
        self.list.rows.installEventFilter(self)
        self.shown = ShownStart()
        self._build_languages()
        self._build_foot()
        self._lay_out()
        self._connect()
        self._read()

    @property
    def start(self) -> Start:
        """The beginning that is chosen now."""
        pick = self.list.current
        return pick.key if pick is not None else starts.EMPTY

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.start.kind is Kind.OWN:
            in_text = watched is self.list.search and bool(self.list.search.text())
            if event.key() == Qt.Key.Key_F2:
                self.rename.click()
                return True
            if event.key() == Qt.Key.Key_Delete and not in_text:
                self.delete.click()
                return True
        return super().eventFilter(watched, event)

    def _build_languages(self) -> None:
        shop = self._desk.shop
        usual = language() if shop.is_practice else own_values.LANGUAGES.get(shop.country, "en")
        wanted = str(ui_memory().value(_LANGUAGE, usual))
        self.language = QComboBox()
        self.language.setObjectName("templateLanguage")
        self.language.setAccessibleName(_("Language of the ready-made texts"))
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(0, self.language.findData(wanted)))

    def _build_foot(self) -> None:
        self.rename = button(_("Rename…"), name="renameTemplate")
        self.delete = button(_("Delete…"), "danger", name="deleteTemplate")
        self.cancel = button(_("Cancel"), name="cancelNew")
        self.use = button("", "primary", name="useStart")
        self.use.setDefault(True)

    def _lay_out(self) -> None:
        left, columns, texts, foot, whole = (
            QVBoxLayout(),
            QHBoxLayout(),
            QHBoxLayout(),
            QHBoxLayout(),
            QVBoxLayout(self),
        )
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        columns.setSpacing(20)
        texts.addWidget(label(_("Ready-made texts in"), "second"))
        texts.addWidget(self.language)
        texts.addStretch()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        left.addLayout(texts)
        beside = QWidget()
        beside.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        beside.setMinimumWidth(_LIST_WIDTH)
        columns.addWidget(beside, 3)
        columns.addWidget(self.shown, 2)
        foot.setSpacing(8)
        for part in (self.rename, self.delete):
            foot.addWidget(part)
        foot.addStretch()
        for part in (self.cancel, self.use):
            foot.addWidget(part)
        whole.addLayout(columns, 1)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self.list.moved.connect(self._look)
        self.list.taken.connect(lambda _pick: self._take())
        self.language.currentIndexChanged.connect(self._change_language)
        self.rename.clicked.connect(self._rename)
        self.delete.clicked.connect(self._delete)
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self._take)

    def _read(self) -> None:
        language, day = str(self.language.currentData()), self._desk.day()

        def read(session: Session) -> tuple[list[Pick], str]:
            return starts.picks(session, language, day), facts.account_name(session)

        self._desk.jobs.read(read, self._show, key="messages.starts")

    def _show(self, found: tuple[list[Pick], str]) -> None:
        picks, self._account = found
        self.list.show_picks(picks)

    def _look(self, pick: Pick | None) -> None:
        self.use.setEnabled(pick is not None)
        self.use.setText(_use_words(self.start.kind))
        for part in (self.rename, self.delete):
            part.setVisible(self.start.kind is Kind.OWN)
        start, language = self.start, str(self.language.currentData())

        def read(session: Session) -> MessageDraft:
            return starts.draft(session, start, language)

        if pick is not None:
            self._desk.jobs.read(read, lambda draft: self._show_draft(pick, draft), key="messages.start")

    def _show_draft(self, pick: Pick, draft: MessageDraft) -> None:
        time = self._desk.day().local(self._desk.now())
        self.shown.show_draft(pick.name, draft, self._account, f"{time:%H:%M}")

    def _take(self) -> None:
        """Read the chosen one anew: Enter may come before its picture does."""
        start, language, segment = self.start, str(self.language.currentData()), self._segment_id

        def read(session: Session) -> MessageDraft:
            draft = starts.draft(session, start, language)
            return draft if segment is None else draft.with_brief(segment_id=segment)

        self._desk.jobs.read(read, self._begin, key="messages.begin")

    def _begin(self, draft: MessageDraft) -> None:
        self.accept()
        self.chosen.emit(draft)

    def _change_language(self) -> None:
        ui_memory().setValue(_LANGUAGE, self.language.currentData())
        self._read()

    def _rename(self) -> None:
        pick, now = self.list.current, self._desk.now()
        if pick is None:
            return
        name = self._desk.dialogs.text(_("Rename the template"), _("Name of the template:"), pick.name)
        if name is None:
            return
        which, before = int(pick.key.which), pick.name
        act = Act(
            *(self._desk, _("rename the template “{name}”").format(name=before)),
            lambda session: own_templates.rename(session, which, before, now),
            lambda session: own_templates.rename(session, which, name, now),
            _TOUCHED,
        )

        def renamed(_done: object) -> None:
            self._desk.undo.push(act)
            self._read()

        self._desk.jobs.write(lambda session: (own_templates.rename(session, which, name, now), _TOUCHED), renamed)

    def _delete(self) -> None:
        pick = self.list.current
        if pick is None:
            return
        text = _("Delete the template “{name}”? Messages that began with it stay as they are.")
        yes = _("Delete the template")
        if not self._desk.dialogs.ask(yes, text.format(name=pick.name), yes, danger=True):
            return
        which = int(pick.key.which)
        self._desk.jobs.write(
            lambda session: (own_templates.delete(session, which), _TOUCHED), lambda _done: self._read()
        )


def _use_words(kind: Kind) -> str:
    match kind:
        case Kind.EMPTY:
            return _("Start empty")
        case Kind.PATH | Kind.OWN:
            return _("Use this template")
        case Kind.DRAFT | Kind.SEND:
            return _("Make a copy")


def ask_new(desk: Desk, segment_id: int | None, parent: QWidget) -> NewMessageDialog:
    """Open the dialog over a window."""
    dialog = NewMessageDialog(desk, segment_id, parent.window())
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
