"""The guide's window: chapters at the left, the chapter at the right. It stays open beside the shop."""

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from linecrm_desktop.text import _, language
from linecrm_desktop.views import theme
from linecrm_desktop.views.guide import book
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.outside import follow_selection
from linecrm_desktop.views.widgets.parts import SearchField

_SIZE = QSize(1040, 760)
_CONTENTS_WIDTH = 260
_SETTLED = 120
"""Milliseconds after the last change of size until the pictures are fitted anew."""


class ChapterText(QTextBrowser):
    """Shows one chapter; a picture is never wider than the text."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("guideText")
        self.setOpenExternalLinks(True)
        self._chapter = ""
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.setInterval(_SETTLED)
        self._fit.timeout.connect(self._show_fitted)

    def show_chapter(self, chapter: book.Chapter) -> None:
        """Show a chapter from its beginning."""
        self._chapter = chapter.text
        self.setAccessibleName(chapter.title)
        self._lay_out()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def mark(self, words: str) -> bool:
        """Mark each place where one of the words stands and show the first; say whether there is any."""
        marks = [cursor for word in words.split() for cursor in self._places(word)]
        self.setExtraSelections([self._marked(cursor) for cursor in marks])
        if marks:
            first = min(marks, key=lambda cursor: cursor.position())
            first.clearSelection()
            self.setTextCursor(first)
        return bool(marks)

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Load a picture by its name from the folder of the language, at most as wide as the text."""
        address = name.toString() if isinstance(name, QUrl) else name
        if type != QTextDocument.ResourceType.ImageResource:
            return QByteArray()
        image = QImage(str(book.picture(language(), address)))
        ratio = self.devicePixelRatioF()
        margins = 2 * round(self.document().documentMargin()) + self.verticalScrollBar().sizeHint().width()
        room = round((self.width() - margins - 2 * self.frameWidth()) * ratio)
        if image.width() > room > 0:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image

    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        self._fit.start()

    def _show_fitted(self) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self._lay_out()
        bar.setValue(round(share * bar.maximum()))

    def _lay_out(self) -> None:
        document = self.document()
        document.clear()
        document.setDocumentMargin(16)
        document.setDefaultFont(self.font())
        self.setMarkdown(book.without_italics(self._chapter))

    def _places(self, word: str) -> list[QTextCursor]:
        found: list[QTextCursor] = []
        cursor = self.document().find(word)
        while not cursor.isNull():
            found.append(cursor)
            cursor = self.document().find(word, cursor)
        return found

    def _marked(self, cursor: QTextCursor) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = QTextCursor(cursor)
        made.format.setBackground(theme.colour("warn_soft"))
        return made


class GuideWindow(QDialog):
    """Contents with a search, the chapter, and the way to the next one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guideWindow")
        self.setModal(False)
        self.resize(_SIZE)
        self._chapters: list[book.Chapter] = []
        self._build()
        self._connect()
        self.retranslate()
        theme.signals().changed.connect(self._show)

    def open_at(self, chapter: int) -> None:
        """Show a chapter, counted from 0, and come to the front."""
        self.search.clear()
        self.contents.setCurrentRow(chapter)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def retranslate(self) -> None:
        """Read the guide in the language of now, and stay at the chapter."""
        row = max(self.contents.currentRow(), 0)
        self.setWindowTitle(_("Guide"))
        self.search.show_placeholder(_("Find in the guide"))
        self.contents.setAccessibleName(_("Chapters"))
        self.next.setText(_("Next chapter"))
        self.close_button.setText(_("Close"))
        self._chapters = book.chapters(language())
        self.contents.clear()
        self.contents.addItems([chapter.title for chapter in self._chapters])
        self.contents.setCurrentRow(row)

    def _build(self) -> None:
        self.search = SearchField(name="guideSearch")
        self.nothing = label("", "second", wrap=True)
        self.nothing.hide()
        self.contents = QListWidget()
        self.contents.setObjectName("guideContents")
        follow_selection(self.contents)
        self.contents.setWordWrap(True)
        self.contents.setSpacing(4)
        self.text = ChapterText()
        self.next = button(name="guideNext")
        self.close_button = button(name="close")
        left, right, foot = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self._side = QWidget()
        self._side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        for part in (self.search, self.nothing):
            left.addWidget(part)
        left.addWidget(self.contents, 1)
        foot.addStretch(1)
        for part in (self.next, self.close_button):
            foot.addWidget(part)
        right.addWidget(self.text, 1)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(12)
        row.addWidget(self._side)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.contents.currentRowChanged.connect(lambda _row: self._show())
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self.text.setFocus)
        self.next.clicked.connect(self._go_on)
        self.close_button.clicked.connect(self.close)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)

    def _show(self) -> None:
        self._side.setFixedWidth(round(_CONTENTS_WIDTH * theme.text_scale()))
        row = self.contents.currentRow()
        if row < 0:
            return
        self.text.show_chapter(self._chapters[row])
        self.next.setEnabled(row + 1 < len(self._chapters))
        self.text.mark(self.search.text())

    def _find(self, words: str) -> None:
        fitting = [row for row, chapter in enumerate(self._chapters) if chapter.speaks_of(words)]
        for row in range(self.contents.count()):
            self.contents.item(row).setHidden(row not in fitting)
        self.nothing.setText(_("The guide says nothing of “{words}”.").format(words=words))
        self.nothing.setVisible(not fitting)
        if fitting and self.contents.currentRow() not in fitting:
            self.contents.setCurrentRow(fitting[0])
        elif fitting:
            self.text.mark(words)

    def _go_on(self) -> None:
        self.search.clear()
        self.contents.setCurrentRow(self.contents.currentRow() + 1)
        self.text.setFocus()
