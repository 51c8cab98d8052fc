"""The first window: what Tagwell is for, in which language, and three ways to begin.

It only asks; the program makes and opens the shop.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QProgressBar, QVBoxLayout, QWidget

from linecrm_desktop import APP_NAME
from linecrm_desktop.settings.places import shop_folder
from linecrm_desktop.text import LANGUAGES, N_, _, language
from linecrm_desktop.views import theme
from linecrm_desktop.views.about import mark
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.dialogs import Dialogs
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.choice_card import ChoiceCard
from linecrm_desktop.views.widgets.parts import PictureLabel, Segmented

LEFT = 456
_LETTERS = (
    ("T", N_("Trace"), N_("Know where each friend came from")),
    ("A", N_("Attribute"), N_("Tag only what supports a decision")),
    ("G", N_("Group"), N_("Combine tags into usable segments")),
    ("S", N_("Send"), N_("Four answers before every message")),
)


class Way(StrEnum):
    """How to begin."""

    SAMPLE = "sample"
    IMPORT = "import"
    CONNECT = "connect"


@dataclass(frozen=True, slots=True)
class _Said:
    title: str
    says: str
    note: str
    button: str
    icon: str


_WAYS = {
    Way.SAMPLE: _Said(
        N_("Try the sample shop"),
        N_("Morning Mist 晨霧選物, a skincare and linen shop: friends, tags, orders and sent messages. Made-up data."),
        N_("No account needed · about 10 seconds · nothing is sent"),
        N_("Open the sample shop"),
        "storefront",
    ),
    Way.IMPORT: _Said(
        N_("Import my CSV"),
        N_("Customers, orders or LINE friends exported from your shop system. We show every row before it is saved."),
        N_("CSV, Excel or ODS · UTF-8, Big5, Shift_JIS and more"),
        N_("Import my CSV"),
        "file-text",
    ),
    Way.CONNECT: _Said(
        N_("Connect LINE"),
        N_("Paste the channel access token of your LINE Official Account to read the quota and send messages."),
        N_("The token goes to your computer’s password store, never into our files"),
        N_("Connect LINE"),
        "link",
    ),
}


class WelcomeWindow(QMainWindow):
    """Left the promise, right the ways. A main window, because screen readers take a bare widget for no window."""

    way_chosen = Signal(object)
    open_asked = Signal()
    shared_asked = Signal()
    quit_asked = Signal()

    def __init__(self, choices: Choices, dialogs: Dialogs) -> None:
        super().__init__()
        self.setObjectName("welcome")
        self._choices = choices
        self._dialogs = dialogs
        self.folder = shop_folder()
        inside = QWidget()
        self.setCentralWidget(inside)
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        halves = QHBoxLayout()
        halves.setSpacing(0)
        halves.addWidget(self._build_left())
        halves.addLayout(self._build_right(), 1)
        whole.addLayout(halves, 1)
        whole.addWidget(self._build_foot())
        self._connect()
        self.retranslate()
        self.cards[Way.SAMPLE].setFocus(Qt.FocusReason.OtherFocusReason)
        self.setMinimumSize(1000, 660)
        self.resize(1440, 870)

    @property
    def way(self) -> Way:
        """The way that is chosen."""
        return next(way for way, card in self.cards.items() if card.isChecked())

    def show_busy(self, ready: int, total: int) -> None:
        """Show how far the sample shop is."""
        self.bar.show()
        self.bar.setRange(0, total)
        self.bar.setValue(ready)
        self.go.setEnabled(False)
        self.languages.setEnabled(False)  # the shop is written in the language in which it was begun

    def show_ready(self) -> None:
        """Take the bar away again."""
        self.bar.hide()
        self.go.setEnabled(True)
        self.languages.setEnabled(True)

    def retranslate(self) -> None:
        self.setWindowTitle(_("Welcome — {app}").format(app=APP_NAME))
        self.headline.setText(_("Send less.\nReach the right friends."))
        self.promise.setText(
            _(
                "Keep your LINE friends and tags on this computer, give every tag a decision, "
                "and send each message only to the people it is for."
            )
        )
        for (_letter, name, what), (shown, says) in zip(_LETTERS, self._letters, strict=True):
            shown.setText(_(name))
            says.setText(_(what))
        self.language_label.setText(_("Language"))
        self.language_note.setText(_("You can change this later in Settings."))
        self.languages.setAccessibleName(_("Language"))
        self.bar.setAccessibleName(_("Making the shop file"))
        self.languages.choose(list(LANGUAGES).index(language()))
        self._retranslate_right()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("win"))

    def _build_left(self) -> QFrame:
        left = _Left()
        left.setFixedWidth(LEFT)
        column = QVBoxLayout(left)
        column.setContentsMargins(48, 56, 48, 40)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(mark(40))
        top.addWidget(label(APP_NAME, "title"), 1)
        self.headline, self.promise = label(role="display", wrap=True), label(role="lead", wrap=True)
        column.addLayout(top)
        column.addSpacing(40)
        column.addWidget(self.headline)
        column.addSpacing(12)
        column.addWidget(self.promise)
        column.addSpacing(40)
        self._letters = [self._letter(column, letter) for letter, _name, _what in _LETTERS]
        column.addStretch(1)
        self.language_label, self.language_note = label(role="caption"), label(role="caption", wrap=True)
        self.languages = Segmented(list(LANGUAGES.values()))
        self.languages.setObjectName("languages")
        column.addWidget(self.language_label)
        column.addSpacing(4)
        column.addWidget(self.languages)
        column.addSpacing(8)
        column.addWidget(self.language_note)
        return left

    def _letter(self, column: QVBoxLayout, letter: str) -> tuple[QLabel, QLabel]:
        row, words = QHBoxLayout(), QVBoxLayout()
        tile = label(letter, "strong")
        tile.setProperty("tile", True)
        tile.setAlignment(Qt.AlignmentFlag.AlignCenter)
        tile.setFixedSize(28, 28)
        name, what = label(role="strong"), label(role="caption", wrap=True)
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(what)
        row.setSpacing(12)
        row.addWidget(tile, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        column.addLayout(row)
        column.addSpacing(8)
        return name, what

    def _build_right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(72, 72, 72, 24)
        column.setSpacing(12)
        self.question, self.calm = label(role="title"), label(role="second", wrap=True)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.question)
        head.addWidget(self.calm)
        column.addLayout(head)
        column.addSpacing(8)
        self.cards = {way: ChoiceCard(said.icon, way.value) for way, said in _WAYS.items()}
        for card in self.cards.values():
            column.addWidget(card)
        self.cards[Way.SAMPLE].setChecked(True)
        column.addSpacing(16)
        column.addWidget(self._build_place())
        private = QHBoxLayout()
        private.setSpacing(4)
        private.addWidget(PictureLabel("shield-check", "text2", 14))
        self.private = label(role="caption", wrap=True)
        private.addWidget(self.private, 1)
        column.addLayout(private)
        column.addStretch(1)
        return column

    def _build_place(self) -> Card:
        card = Card(margins=(18, 12, 18, 12))
        row, words = QHBoxLayout(), QVBoxLayout()
        words.setSpacing(0)
        self.stays, self.where = label(role="strong"), label(role="caption", wrap=True)
        self.where.setObjectName("shopFolder")
        self.change = button("", name="changeFolder")
        self.change.setProperty("small", True)
        words.addWidget(self.stays)
        words.addWidget(self.where)
        row.setSpacing(16)
        row.addWidget(PictureLabel("database", "text2", 20))
        row.addLayout(words, 1)
        row.addWidget(self.change)
        card.body.addLayout(row)
        return card

    def _build_foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("foot", True)
        row = QHBoxLayout(foot)
        row.setContentsMargins(LEFT + 72, 11, 72, 11)
        row.setSpacing(8)
        self.open = button("", "link", "folder-open", "openShop")
        self.quit = button("", name="quit")
        self.go = button("", "primary", name="begin")
        self.go.setDefault(True)
        self.bar = QProgressBar()
        self.bar.setObjectName("sampleProgress")
        self.bar.setFixedWidth(160)
        self.bar.hide()
        self.shared = button("", "link", "users-three", "openShared")
        row.addWidget(self.open)
        row.addWidget(self.shared)
        row.addStretch(1)
        for part in (self.bar, self.quit, self.go):
            row.addWidget(part)
        return foot

    def _connect(self) -> None:
        self.languages.chosen.connect(lambda at: self._choices.choose(language=list(LANGUAGES)[at]))
        self._choices.language_changed.connect(self.retranslate)
        self.change.clicked.connect(self._change_folder)
        self.open.clicked.connect(self.open_asked)
        self.shared.clicked.connect(self.shared_asked)
        self.quit.clicked.connect(self.quit_asked)
        self.go.clicked.connect(self._go)
        for card in self.cards.values():
            card.toggled.connect(self._name_button)
            card.opened.connect(self._go)

    def _retranslate_right(self) -> None:
        self.question.setText(_("How would you like to start?"))
        self.calm.setText(
            _("You can do the other two at any time. Nothing is sent to anyone until you type a number and press Send.")
        )
        for way, card in self.cards.items():
            said = _WAYS[way]
            card.show_text(_(said.title), _(said.says), _(said.note))
        self.stays.setText(_("Your data stays here"))
        self.change.setText(_("Change folder…"))
        self.private.setText(_("No account with us, no tracking, no cloud copy. Only messages you send go to LINE."))
        self.open.setText(_("Open an existing shop file…"))
        self.shared.setText(_("Open a shared shop…"))
        self.quit.setText(_("Quit"))
        self._name_folder()
        self._name_button()

    def _name_folder(self) -> None:
        where = " › ".join(_short(self.folder).parts)
        self.where.setText(_("{folder} · one file on this computer").format(folder=where))

    def _name_button(self) -> None:
        self.go.setText(_(_WAYS[self.way].button))

    def _change_folder(self) -> None:
        chosen = self._dialogs.folder("shops", _("Folder for shop files"), self.folder)
        if chosen is not None:
            self.folder = chosen
            self._name_folder()

    def _go(self) -> None:
        if self.go.isEnabled():
            self.way_chosen.emit(self.way)


class _Left(QFrame):
    """The tinted ground of the left column."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("rail"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("border"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()


def _short(folder: Path) -> Path:
    try:
        return folder.relative_to(Path.home())
    except ValueError:
        return folder
