"""One link beside the list: its QR code, what it opens, what it can tell, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from linecrm_desktop.models.source import LinkKind
from linecrm_desktop.sources import qr
from linecrm_desktop.sources.links import LinkRow
from linecrm_desktop.sources.words import TRACED
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.chips import ChipLabel, tag_chip
from linecrm_desktop.views.widgets.flow import FlowLayout
from linecrm_desktop.views.widgets.scrolled import ScrollArea

WIDTH = 332
_CODE = 208
_DOTS = 8
"""The code is drawn large and made smaller, so that it stays sharp on every screen."""


class LinkDetail(ScrollArea):
    """Shows a link; asks for what a person presses."""

    copy_asked = Signal()
    save_asked = Signal()
    stop_asked = Signal()
    friends_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("linkDetail")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(WIDTH)
        self._row: LinkRow | None = None
        self._build_parts()
        self._build_page()
        self._connect()
        self.retranslate()

    def show_link(self, row: LinkRow) -> None:
        """Show another link."""
        if row.url != (self._row.url if self._row else ""):
            drawn = QPixmap()
            drawn.loadFromData(qr.png(row.url, _DOTS))
            self._draw(drawn)
        self._row = row
        self.retranslate()

    def retranslate(self) -> None:
        self.copy.setText(_("Copy link"))
        self.copy.setToolTip(_("Copy link (Ctrl+C)"))
        self.save.setText(_("Save QR code…"))
        self.stop.setText(_("Stop using"))
        self._text_head.setText(_("Prepared text"))
        self._link_head.setText(_("Link"))
        self.link.setAccessibleName(_("Link"))
        if self._row is not None:
            self._show_words(self._row)

    def _build_parts(self) -> None:
        self.place = label("", "subtitle", wrap=True)
        self.place.setObjectName("linkPlace")
        self.tag = ChipLabel()
        self.code = QLabel()
        self.code.setObjectName("linkCode")
        self.code.setFixedSize(_CODE, _CODE)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text_head, self._link_head = label("", "caption"), label("", "caption")
        self.text = label("", wrap=True)
        self.text.setObjectName("linkText")
        self.link = QLineEdit()
        self.link.setObjectName("linkUrl")
        self.link.setReadOnly(True)
        self.note = label("", "second", wrap=True)
        self.note.setObjectName("linkNote")
        self.friends = button("", "link", name="linkFriends")
        self.copy = button("", "default", "copy", "copyLink")
        self.save = button("", "default", "download-simple", "saveLinkCode")
        self.stop = button("", "danger", "archive", "stopLink")

    def _build_page(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        acts = FlowLayout()
        acts.addWidget(self.copy)
        acts.addWidget(self.save)
        for part in (self.place, self.tag, self.friends):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if part is not self.place else Qt.AlignmentFlag(0))
        column.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(acts)
        for part in (self._text_head, self.text, self._link_head, self.link, self.note):
            column.addWidget(part)
        column.addSpacing(4)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setWidget(inside)

    def _connect(self) -> None:
        for pressed, asked in (
            (self.copy, self.copy_asked),
            (self.save, self.save_asked),
            (self.stop, self.stop_asked),
            (self.friends, self.friends_asked),
        ):
            pressed.clicked.connect(lambda _checked=False, asked=asked: asked.emit())

    def _draw(self, drawn: QPixmap) -> None:
        ratio = self.devicePixelRatioF()
        side = round(_CODE * ratio)
        fitted = drawn.scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(ratio)
        self.code.setPixmap(fitted)

    def _show_words(self, row: LinkRow) -> None:
        self.place.setText(row.place)
        self.tag.show_chip(tag_chip(row.tag.name, row.tag.type))
        count = ngettext("{n} friend came by it", "{n} friends came by it", row.friends)
        self.friends.setText(count.format(n=number(row.friends)))
        self.friends.setToolTip(_("Show the friends who carry the tag"))
        self.code.setAccessibleName(_("QR code of “{place}”").format(place=row.place))
        self.code.setToolTip(_("Code {code}").format(code=row.code))
        for part in (self._text_head, self.text):
            part.setVisible(row.kind is LinkKind.MESSAGE)
        self.text.setText(row.text)
        self.link.setText(row.url)
        self.link.setCursorPosition(0)
        self.note.setText(_note(row))
        self.stop.setEnabled(not row.is_stopped)


def _note(row: LinkRow) -> str:
    if row.is_stopped:
        return _("This link is not used any more: whoever writes its code gets no tag. What is known of friends stays.")
    if row.is_tag_retired:
        return _("Its tag is retired, so that nobody gets it. Restore the tag, or stop using the link.")
    return _(TRACED[row.kind])
