"""One bubble while it is written: its head with what can be done to it, and the body of its kind.

Text is always open. Other kinds show a line about what is in them, and their form when a person opens it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from linecrm_desktop.messages import fields, pictures, summary
from linecrm_desktop.messages.bubbles import Bubble, LineCouponBubble, OptOutBubble, QuickReplies, TextBubble
from linecrm_desktop.messages.counting import Count, count
from linecrm_desktop.messages.limits import Problem
from linecrm_desktop.messages.people import Filling
from linecrm_desktop.messages.variables import fill, widest
from linecrm_desktop.text import _
from linecrm_desktop.views.messages.bubbles.bench import Bench, Counts
from linecrm_desktop.views.messages.bubbles.form import Form
from linecrm_desktop.views.messages.bubbles.specs import ICONS
from linecrm_desktop.views.messages.bubbles.text_body import TextBody
from linecrm_desktop.views.messages.bubbles.thumbnails import Thumbnails
from linecrm_desktop.views.messages.facts import NOBODY
from linecrm_desktop.views.widgets.basics import Card, CutLabel, button, icon_button, label
from linecrm_desktop.views.widgets.grip import Grip
from linecrm_desktop.views.widgets.parts import PictureLabel

_TOLD = 4
"""Texts of a bubble that its line names."""


class BubbleCard(Card):
    """Shows one bubble. It knows its position, which the column sets."""

    edited = Signal(int)
    duplicated = Signal(int)
    removed = Signal(int)
    moved = Signal(int, int)
    """The position, and one up (-1) or down (1)."""
    lifted = Signal(int)
    """Its grip is dragged."""

    def __init__(self, position: int, bubble: Bubble, bench: Bench) -> None:
        super().__init__(margins=(14, 10, 12, 12))
        self.setObjectName(f"bubble{position}")
        self.position = position
        self._filling = NOBODY
        self._coupons, self._looks = bench.coupons, bench.looks
        self._limit = ""
        self.thumbnails = Thumbnails(bench.looks)
        self._is_plain = isinstance(bubble, (TextBubble, OptOutBubble))
        bench = replace(bench, watchers=(*bench.watchers, self))
        self.body_of: Any = (
            TextBody(bubble, bench) if isinstance(bubble, (TextBubble, OptOutBubble)) else Form(bubble, bench)
        )
        self._build_head(bubble)
        self._build_line()
        self._lay_out()
        self._connect()
        self.open(self._is_plain)
        self.retranslate()
        self._show_state()

    def bubble(self) -> Bubble:
        """Return the bubble as it is written now."""
        return self.body_of.value()

    def can_show(self, bubble: Bubble) -> bool:
        """Whether this card's form is the one for a bubble."""
        return type(bubble) is type(self.bubble())

    def show_bubble(self, bubble: Bubble) -> None:
        """Show a bubble of the same kind."""
        self.body_of.show_value(bubble)
        self._show_state()

    def show_filling(self, filling: Filling) -> None:
        """Count with the longest values of these friends, and say how many of them get a fallback."""
        self._filling = filling
        self._show_state()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say what LINE would not take; a bubble in which nothing was written yet is left in peace."""
        is_blank = self.bubble() == type(self.bubble())()
        self._limit = "" if is_blank or not problems else problems[0].sentence
        self._show_problem()

    def begin(self) -> None:
        """Open the bubble and put the cursor into it."""
        self.open(True)
        self.body_of.begin()

    def open(self, is_open: bool) -> None:
        """Show the form, or the line about it."""
        self.body_of.setVisible(is_open)
        self._line.setVisible(not is_open)
        self.thumbnails.offer(not is_open)
        self._show_problem()
        self._change.setText(_("Done") if is_open else _("Change…"))

    def retranslate(self) -> None:
        n = self.position + 1
        self._title.setText(summary.kind_name(self.bubble()))
        for shown, name in (
            (self.duplicate, _("Duplicate bubble {n}").format(n=n)),
            (self.delete, _("Delete bubble {n}").format(n=n)),
            (self._grip, _("Drag to move this bubble, or press Alt and an arrow key")),
        ):
            shown.setAccessibleName(name)
            shown.setToolTip(name)
        self._last.setText(_("kept last"))
        if isinstance(self.body_of, TextBody):
            self.body_of.retranslate()
        self.open(not self.body_of.isHidden())
        self._show_state()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.moved.emit(self.position, step)
                return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.choose(event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def _build_head(self, bubble: Bubble) -> None:
        self._grip = Grip("moveBubble")
        self._kind = PictureLabel(ICONS[type(bubble)])
        self._title = label("", "strong")
        self._last = label("", "caption")
        self._last.setProperty("badge", "info")
        self._last.setVisible(isinstance(bubble, (OptOutBubble, QuickReplies)))
        self._grip.setVisible(self._last.isHidden())
        self._change = button("", "default", name="change")
        self._change.setProperty("small", True)
        self._change.setVisible(not self._is_plain)
        self.duplicate = icon_button("copy", "", "duplicate")
        self.duplicate.setVisible(self._last.isHidden())
        self.delete = icon_button("trash", "", "delete")

    def _build_line(self) -> None:
        self._line = CutLabel("", "second")
        self._line.setObjectName("summary")
        self._problem = label("", "error", wrap=True)
        self._problem.setObjectName("problem")
        self._problem.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for part in (self._grip, self._kind, self._title):
            head.addWidget(part)
        head.addStretch()
        for part in (self._last, self._change, self.duplicate, self.delete):
            head.addWidget(part)
        self.body.addLayout(head)
        for part in (self.thumbnails, self._line, self.body_of, self._problem):
            self.body.addWidget(part)

    def _connect(self) -> None:
        self.body_of.edited.connect(self._edited)
        self._change.clicked.connect(lambda: self.begin() if self.body_of.isHidden() else self.open(False))
        self.duplicate.clicked.connect(lambda: self.duplicated.emit(self.position))
        self.delete.clicked.connect(lambda: self.removed.emit(self.position))
        self._coupons.changed.connect(self._show_state)
        self._looks.changed.connect(self._show_problem)
        self._grip.lifted.connect(lambda: self.lifted.emit(self.position))

    def _edited(self) -> None:
        self._show_state()
        self.edited.emit(self.position)

    def _show_problem(self) -> None:
        """Say the first thing that is wrong; of pictures while the form is closed, for there each says it itself."""
        of_pictures = [] if self._line.isHidden() else self._picture_problems()
        self._problem.setText(self._limit or next(iter(of_pictures), ""))
        self._problem.setVisible(bool(self._problem.text()))

    def _picture_problems(self) -> list[str]:
        seen = [(self._looks.of(address), limits) for address, limits in pictures.wanted(self.bubble())]
        return [problem for look, limits in seen if look is not None for problem in look.problems(limits)]

    def _show_state(self) -> None:
        bubble = self.bubble()
        self.body_of.show_counts(_counts(bubble, self._filling))
        self.thumbnails.show_pictures(pictures.addresses([bubble]))
        self._line.setText(_summary(bubble, self._coupons.listed.titles))
        if isinstance(self.body_of, TextBody):
            self.body_of.show_filling(self._filling)


def _counts(bubble: Bubble, filling: Filling) -> Counts:
    """Count every text of a bubble as LINE does, with the longest values of these friends."""
    longest = {Count.UNITS: filling.longest, Count.SIGNS: filling.most_signs}
    return {
        words.field: (words, count(widest(words.text, longest[words.by], words.by), words.by))
        for words in fields.words(bubble)
    }


def _summary(bubble: Bubble, coupons: Mapping[str, str]) -> str:
    """Say in a line what is in a bubble, as a friend without any values reads it."""
    if bubble == type(bubble)():
        return _("Nothing in it yet.")
    if isinstance(bubble, LineCouponBubble):
        return coupons.get(bubble.coupon_id, bubble.coupon_id)
    return " · ".join(fill(line, {}).replace("\n", " ") for line in summary.lines(bubble)[:_TOLD])
