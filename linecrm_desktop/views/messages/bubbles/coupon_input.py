"""A coupon made at LINE: chosen from those that LINE lists, or written down by its ID."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.messages.bubbles.bench import Bench, Counts
from linecrm_desktop.views.messages.bubbles.inputs import LineInput
from linecrm_desktop.views.messages.bubbles.specs import Spec
from linecrm_desktop.views.widgets.basics import icon_button, label, restyle
from linecrm_desktop.views.widgets.writing import writing


class CouponInput(QWidget):
    """The list over the field for an ID; both show one value."""

    edited = Signal()

    def __init__(self, spec: Spec, bench: Bench) -> None:
        super().__init__()
        self._coupons = bench.coupons
        self.choice = QComboBox()
        self.choice.setObjectName("couponChoice")
        self.choice.setAccessibleName(_("Coupons of your LINE account"))
        self.line = LineInput(spec, bench)
        self.line.setPlaceholderText(_("ID of the coupon at LINE"))
        self.said = label("", "caption", wrap=True)
        self.said.setObjectName("couponsSaid")
        self.again = writing(icon_button("arrows-clockwise", _("Read the coupons from LINE"), "couponsAgain"))
        for part in (self.choice, self.again):
            bench.adopt(part)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.addWidget(self.said, 1)
        row.addWidget(self.again)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.choice)
        column.addWidget(self.line)
        column.addLayout(row)
        self.setFocusProxy(self.line)
        self.choice.activated.connect(self._choose)
        self.line.edited.connect(self._type)
        self.again.clicked.connect(self._coupons.refresh)
        self._coupons.changed.connect(self._show)
        self._show()

    def value(self) -> str:
        return self.line.value()

    def show_value(self, value: str) -> None:
        self.line.show_value(value)
        self._show()

    def show_counts(self, counts: Counts, path: str) -> None:
        """An ID is not counted."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._coupons.look()

    def _choose(self, _row: int) -> None:
        self.line.show_value(str(self.choice.currentData() or ""))
        self._show()
        self.edited.emit()

    def _type(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        listed = self._coupons.listed
        self.choice.setVisible(bool(listed.coupons))
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.setPlaceholderText(_("Choose a coupon"))
            for coupon in listed.coupons:
                self.choice.addItem(coupon.title or coupon.id, coupon.id)
            self.choice.setCurrentIndex(self.choice.findData(self.value()))
        self.again.setVisible(listed.is_connected)
        self.again.setEnabled(not self._coupons.is_reading)
        self.said.setText(self._words())
        restyle(self.said, "role", "error" if self._coupons.trouble else "caption")

    def _words(self) -> str:
        listed = self._coupons.listed
        if not listed.is_connected:
            return _("This shop is not connected to LINE, so its coupons cannot be listed. An ID can be written here.")
        if self._coupons.is_reading:
            return _("Reading the coupons from LINE…")
        if self._coupons.trouble:
            return self._coupons.trouble
        if listed.read_at is None:
            return _("The coupons have not been read from LINE yet.")
        told = _listed(len(listed.coupons), self._coupons.read_time)
        if self.value() and self.value() not in listed.titles:
            told += "\n" + _("This ID is not among them: the coupon has ended, or belongs to another account.")
        return told


def _listed(n: int, at: str) -> str:
    if not n:
        return _("LINE lists no coupon that can be used now. Read: {time}.").format(time=at)
    return ngettext("LINE lists {n} coupon. Read: {time}.", "LINE lists {n} coupons. Read: {time}.", n).format(
        n=number(n), time=at
    )
