"""Language and appearance: chosen on this computer, for all shops; they apply at once."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from linecrm_desktop.settings.preferences import FIRST_WEEKDAYS, TEXT_SIZES, THEMES
from linecrm_desktop.text import FORMATS, LANGUAGES, N_, _, date_as, format_names, language, money
from linecrm_desktop.views import theme
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.rail import keys
from linecrm_desktop.views.settings.keeping import choose
from linecrm_desktop.views.widgets.basics import Card, label

_THEME_NAMES = {"system": N_("System"), "light": N_("Light"), "dark": N_("Dark")}


class LanguageCard(Card):
    """The language of every text; the four names are never translated."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._choices = desk, desk.choices
        self.heading, self.caption, self.note = label(role="section"), label(role="second"), label(role="caption")
        self.languages = QComboBox()
        self.languages.setObjectName("language")
        self.languages.setProperty("small", True)
        self.languages.addItems(list(LANGUAGES.values()))
        self.formats_caption, self.formats = label(role="second"), QComboBox()
        self.formats.setObjectName("formats")
        self.formats.setProperty("small", True)
        self.week_caption, self.week = label(role="second"), QComboBox()
        self.week.setObjectName("firstWeekday")
        self.week.setProperty("small", True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        rows = (
            *((self.caption, self.languages, self.note), (self.formats_caption, self.formats)),
            (self.week_caption, self.week),
        )
        for row, parts in enumerate(rows):
            for column, part in enumerate(parts):
                grid.addWidget(part, row, column)
        grid.setColumnMinimumWidth(0, 116)
        grid.setColumnStretch(3, 1)
        self.body.addWidget(self.heading)
        self.body.addLayout(grid)
        self.formats.activated.connect(lambda at: choose(desk, _("dates and money"), formats=FORMATS[at]))
        self.week.activated.connect(
            lambda at: choose(desk, _("first day of the week"), first_weekday=FIRST_WEEKDAYS[at])
        )
        desk.choices.changed.connect(self._show)
        self.languages.activated.connect(lambda at: choose(desk, _("language"), language=list(LANGUAGES)[at]))

    def retranslate(self) -> None:
        self.heading.setText(_("Language and formats"))
        self.formats_caption.setText(_("Dates and money"))
        self.formats.setAccessibleName(_("Dates and money"))
        self.week_caption.setText(_("Week begins on"))
        self.week.setAccessibleName(_("Week begins on"))
        self.caption.setText(_("Language"))
        self.languages.setAccessibleName(_("Language"))
        self.note.setText(_("changes at once"))
        self._show()

    def _show(self) -> None:
        self.languages.setCurrentIndex(list(LANGUAGES).index(language()))
        today, currency = self._desk.day().today, self._desk.shop.currency
        self.formats.clear()
        self.formats.addItem(_("As the language"))
        for code, name in format_names().items():
            example = _("{date}, {money}").format(date=date_as(today, code), money=money(168_000, currency))
            self.formats.addItem(_("{place}: {example}").format(place=name, example=example))
        self.week.clear()
        self.week.addItems([_("As the formats"), _("Monday"), _("Sunday")])
        self.week.setCurrentIndex(FIRST_WEEKDAYS.index(self._choices.kept.first_weekday))
        self.formats.setCurrentIndex(FORMATS.index(self._choices.kept.formats))


class LookCard(Card):
    """Three looks as small pictures, and the size of the text."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._choices = desk, desk.choices
        self.heading, self.look_label, self.size_label = (
            label(role="section"),
            label(role="second"),
            label(role="second"),
        )
        self.note = label(role="caption")
        self.looks = {name: QRadioButton() for name in THEMES}
        self.sizes = QComboBox()
        self.sizes.setObjectName("textSize")
        self.sizes.setProperty("small", True)
        self.sizes.addItems([f"{size}%" for size in TEXT_SIZES])
        self._build(desk)
        self.sizes.activated.connect(lambda at: choose(desk, _("text size"), text_size=TEXT_SIZES[at]))
        desk.choices.changed.connect(self._show)

    def retranslate(self) -> None:
        self.heading.setText(_("Appearance"))
        self.look_label.setText(_("Look"))
        self.size_label.setText(_("Text size"))
        self.sizes.setAccessibleName(_("Text size"))
        self.note.setText(_("{larger} and {smaller}").format(larger=keys("Ctrl++"), smaller=keys("Ctrl+-")))
        for name, radio in self.looks.items():
            radio.setText(_(_THEME_NAMES[name]))
        self._show()

    def _build(self, desk: Desk) -> None:
        grid, pictures, size = QGridLayout(), QHBoxLayout(), QHBoxLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        pictures.setSpacing(12)
        for name, radio in self.looks.items():
            radio.setObjectName(f"look_{name}")
            radio.clicked.connect(lambda _checked=False, chosen=name: choose(desk, _("look"), theme=chosen))
            column = QVBoxLayout()
            column.addWidget(LookPicture(name, self._choices))
            column.addWidget(radio)
            pictures.addLayout(column)
        pictures.addStretch(1)
        size.setSpacing(12)
        for part in (self.sizes, self.note):
            size.addWidget(part)
        size.addStretch(1)
        grid.addWidget(self.look_label, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(pictures, 0, 1)
        grid.addWidget(self.size_label, 1, 0)
        grid.addLayout(size, 1, 1)
        grid.setColumnMinimumWidth(0, 116)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(self.heading)
        self.body.addLayout(grid)

    def _show(self) -> None:
        self.looks[self._choices.kept.theme].setChecked(True)
        self.sizes.setCurrentIndex(TEXT_SIZES.index(self._choices.kept.text_size))


class LookPicture(QWidget):
    """A few lines on the ground of a look; System shows both."""

    def __init__(self, name: str, choices: Choices) -> None:
        super().__init__()
        self._name = name
        self._choices = choices
        self.setFixedSize(92, 52)
        choices.changed.connect(self.update)
        theme.signals().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(92, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        whole = QPainterPath()
        whole.addRoundedRect(box, 4, 4)
        painter.setClipPath(whole)
        self._paint_look(painter, box, theme.DARK if self._name == "dark" else theme.LIGHT)
        if self._name == "system":
            half = QPainterPath()
            half.moveTo(box.topRight())
            half.lineTo(box.bottomRight())
            half.lineTo(box.bottomLeft().x() + 20, box.bottom())
            half.closeSubpath()
            painter.setClipPath(whole.intersected(half))
            self._paint_look(painter, box, theme.DARK)
        painter.setClipping(False)
        chosen = self._choices.kept.theme == self._name
        painter.setPen(theme.pen("accent", 2) if chosen else theme.pen("ctl"))
        painter.setBrush(theme.NOTHING)
        painter.drawPath(whole)

    def _paint_look(self, painter: QPainter, box: QRectF, look: theme.Tokens) -> None:
        painter.fillRect(box, theme.of(look, "win"))
        for top, width, token in ((8, 36, "text"), (20, 56, "chart4"), (30, 44, "chart4")):
            painter.fillRect(
                QRectF(box.left() + 8, box.top() + top, width, 5 if top == 8 else 4), theme.of(look, token)
            )
