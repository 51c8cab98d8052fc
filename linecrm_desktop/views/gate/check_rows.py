"""The checks of the gate as rows: icon, sentence, a tick box where a person must have read it, and a way to fix it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.campaigns.gate import Check, GateReport, Tone
from linecrm_desktop.text import N_, _, ngettext
from linecrm_desktop.views.widgets.basics import Card, button, clear, label, line
from linecrm_desktop.views.widgets.parts import PictureLabel

_ICONS = {
    Tone.PASSED: ("check-circle-fill", "good"),
    Tone.WARNING: ("warning-fill", "warn"),
    Tone.BLOCKED: ("x-circle-fill", "bad"),
    Tone.UNCHECKED: ("question", "text2"),
}
SPOKEN = {
    Tone.PASSED: N_("Passed"),
    Tone.WARNING: N_("Warning"),
    Tone.BLOCKED: N_("To fix"),
    Tone.UNCHECKED: N_("Not checked"),
}
"""How a check ended, for who cannot see its colour: screen readers and paper."""
_GROUNDS = {Tone.WARNING: "warn", Tone.BLOCKED: "bad"}
_TITLE_WIDTH = 150


class CheckRow(QFrame):
    """One check."""

    ticked = Signal(str, bool)
    fix_asked = Signal(str)

    def __init__(self, check: Check, read: bool) -> None:
        super().__init__()
        self.setObjectName(f"check_{check.key}")
        self.check = check
        self.setProperty("tone", _GROUNDS.get(check.tone, ""))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        name, role = _ICONS[check.tone]
        picture = PictureLabel(name, role, 18)
        picture.setAccessibleName(_(SPOKEN[check.tone]))
        title = label(check.title, "strong", wrap=True)
        title.setFixedWidth(_TITLE_WIDTH)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(picture, 0, top)
        row.addWidget(title, 0, top)
        row.addLayout(self._words(read), 1)
        if check.fix:
            row.addWidget(self._fix(), 0, top)

    def _words(self, read: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        sentence = label(self.check.sentence, wrap=True)
        sentence.setObjectName("sentence")
        column.addWidget(sentence)
        if self.check.tone is Tone.WARNING:
            tick = QCheckBox(_("I have read this and want to go on"))
            tick.setObjectName(f"read_{self.check.key}")
            tick.setAccessibleDescription(self._heard())
            tick.setChecked(read)
            tick.toggled.connect(lambda on: self.ticked.emit(self.check.key, on))
            column.addWidget(tick)
        column.addStretch()
        return column

    def _fix(self) -> QWidget:
        kind = "primary" if self.check.tone is Tone.BLOCKED else "default"
        made = button(self.check.fix, kind, name=f"fix_{self.check.key}")
        made.setProperty("small", True)
        made.setAccessibleDescription(self._heard())
        made.clicked.connect(lambda: self.fix_asked.emit(self.check.key))
        return made

    def _heard(self) -> str:
        """Return what tells this row's box and button from those of other rows for who cannot see the row."""
        return f"{self.check.title} – {self.check.sentence}"


class CheckRows(Card):
    """All checks, with how many passed."""

    read_changed = Signal()
    fix_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(margins=(0, 0, 0, 0))
        self.read: set[str] = set()
        self._report: GateReport | None = None
        self.body.setSpacing(0)
        self._title = label("", "section")
        self._counts = label("", "caption")
        self._counts.setObjectName("counts")
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._counts)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(head)
        self.body.addLayout(self._rows)

    def show_report(self, report: GateReport) -> None:
        """Show the checks; what was ticked stays ticked while its warning stands unchanged."""
        before = {check.key: check.sentence for check in self._report.checks} if self._report else {}
        self.read = {check.key for check in report.checks if before.get(check.key) == check.sentence} & self.read
        self._report = report
        clear(self._rows)
        for check in report.checks:
            row = CheckRow(check, check.key in self.read)
            row.ticked.connect(self._tick)
            row.fix_asked.connect(self.fix_asked)
            self._rows.addWidget(line())
            self._rows.addWidget(row)
        self.retranslate()

    def forget(self) -> None:
        """Begin with another message: nothing is read."""
        self.read, self._report = set(), None

    def retranslate(self) -> None:
        if self._report is not None:
            n = len(self._report.checks)
            self._title.setText(ngettext("{n} check", "{n} checks", n).format(n=n))
            self._counts.setText(counts(self._report, self.read))

    def _tick(self, key: str, on: bool) -> None:
        self.read = self.read | {key} if on else self.read - {key}
        self.retranslate()
        self.read_changed.emit()


def counts(report: GateReport, read: set[str]) -> str:
    """Say how many checks passed, how many warnings there are, how many things are to fix, and what is not known."""
    unchecked = sum(check.tone is Tone.UNCHECKED for check in report.checks)
    told = _counts(report, read)
    if not unchecked:
        return told
    return ngettext("{counts} · {n} not checked", "{counts} · {n} not checked", unchecked).format(
        counts=told, n=unchecked
    )


def _counts(report: GateReport, read: set[str]) -> str:
    warnings = [check for check in report.checks if check.tone is Tone.WARNING]
    values = {
        "passed": sum(check.tone is Tone.PASSED for check in report.checks),
        "warnings": len(warnings),
        "fix": len(report.blocking),
    }
    if report.blocking:
        return _("{passed} passed · {warnings} to read · {fix} to fix").format(**values)
    if not warnings:
        return _("{passed} passed").format(**values)
    if all(check.key in read for check in warnings):
        return _("{passed} passed · {warnings} read").format(**values)
    return _("{passed} passed · {warnings} to read").format(**values)
