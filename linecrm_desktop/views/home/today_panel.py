"""What needs a person today: one sentence, one line about it and one button each, the most pressing first."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.home import words
from linecrm_desktop.home.reading import Home
from linecrm_desktop.home.today import MOST, Item, Kind
from linecrm_desktop.text import _, long_date, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.home import places
from linecrm_desktop.views.widgets.basics import button, clear, label, line
from linecrm_desktop.views.widgets.parts import PictureLabel
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.writing import writing

WIDTH = 320
_ICONS = {
    Kind.IMPORT: ("download-simple", "info"),
    Kind.SEND: ("warning", "bad"),
    Kind.TOKEN: ("key", "bad"),
    Kind.REQUESTS: ("user-list", "warn"),
    Kind.JOURNEYS: ("paper-plane-tilt", "info"),
    Kind.REFUSALS: ("user-minus", "bad"),
    Kind.TAGS: ("tag", "warn"),
    Kind.REJECTS: ("file-text", "text2"),
    Kind.PROPOSALS: ("scales", "text2"),
    Kind.BACKUP: ("database", "warn"),
}


class ItemRow(QWidget):
    """One thing."""

    opened = Signal(object)

    def __init__(self, item: Item, place: int) -> None:
        super().__init__()
        self.setObjectName(f"today_{item.kind}")
        self.sentence = label(words.sentence(item), "strong", wrap=True)
        self.sentence.setObjectName(f"todaySentence{place}")
        self.more = label(words.more(item), "caption", wrap=True)
        self.more.setObjectName(f"todayDetail{place}")
        self.more.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.more.setVisible(bool(self.more.text()))
        is_first = place == 0 and item.is_due
        self.button = button(words.act(item), "primary" if is_first else "default", name=f"todayAct{place}")
        self.button.setProperty("small", True)
        writing(self.button, item.kind is Kind.BACKUP or places.of_item(item).writes)
        said = (part.text() for part in (self.sentence, self.more) if part.text())
        self.button.setAccessibleDescription(". ".join(said))
        self.button.clicked.connect(lambda: self.opened.emit(item))
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self.sentence)
        lines.addWidget(self.more)
        lines.addSpacing(6)
        lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        name, role = _ICONS[item.kind]
        row.addWidget(PictureLabel(name, "bad" if item.is_pressing else role, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)


class TodayPanel(QFrame):
    """The panel at the right edge."""

    opened = Signal(object)
    """An item whose button was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setObjectName("todayPanel")
        self._home: Home | None = None
        self.title, self.day = label("", "section"), label("", "caption")
        self.rest = label("", "caption", wrap=True)
        self.rest.setObjectName("todayRest")
        self.done = label("", "caption", wrap=True)
        self.done.setObjectName("todayDone")
        self._check = PictureLabel("check-circle", "accent", 14)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._build()
        theme.signals().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def show_home(self, home: Home) -> None:
        """Show what there is to do."""
        self._home = home
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(_("Needs you today"))
        home = self._home
        if home is None:
            return
        self.day.setText(long_date(home.day.today))
        clear(self._rows)
        for place, item in enumerate(home.items[:MOST]):
            row = ItemRow(item, place)
            row.opened.connect(self.opened)
            self._rows.addWidget(row)
            self._rows.addWidget(line())
        left = len(home.items) - MOST
        self.rest.setText(ngettext("and {n} more", "and {n} more", left).format(n=number(left)) if left > 0 else "")
        if not home.items:
            self.rest.setText(_("Nothing needs you today."))
        self.rest.setVisible(bool(self.rest.text()))
        self.done.setText(words.done_today(home.done))
        for part in (self.done, self._check):
            part.setVisible(bool(self.done.text()))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 12, 14, 12)
        head.addWidget(self.title, 1)
        head.addWidget(self.day)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._check, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.done, 1)
        end = QVBoxLayout()
        end.setContentsMargins(14, 12, 14, 12)
        end.setSpacing(8)
        end.addWidget(self.rest)
        end.addLayout(foot)
        inside = QFrame()
        inside.setProperty("ground", "surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._rows)
        column.addLayout(end)
        column.addStretch(1)
        area = ScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(line())
        whole.addWidget(area, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.fillRect(QRect(0, 0, 1, self.height()), theme.colour("border"))

    def _fit(self) -> None:
        self.setFixedWidth(round(WIDTH * min(1.15, max(1.0, theme.text_scale()))))
