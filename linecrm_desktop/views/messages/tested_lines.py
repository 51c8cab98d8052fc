"""Under the phone: whether testers got each variant as it is now."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.campaigns.gate_facts import Tests
from linecrm_desktop.messages.draft import LETTERS
from linecrm_desktop.text import _, ngettext, number, when
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.parts import PictureLabel


class TestedLine(QWidget):
    """One variant: a sign and a sentence."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._sign = PictureLabel("circle", "text3")
        self._words = label("", "caption", wrap=True)
        self._words.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def show_tests(self, tests: Tests, letter: str, today: date) -> None:
        """Say it; the letter is empty where there is one variant."""
        is_tested = tests.at is not None
        self._sign.show_icon("check-circle" if is_tested else "warning", "good" if is_tested else "warn")
        self._words.setText(_of_variant(tests, letter, today) if letter else _alone(tests, today))


class TestedLines(QWidget):
    """A line for each variant; nothing until it is known."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[Tests, ...], date] = ((), date.min)
        self._lines = [TestedLine(f"testedWords{letter}") for letter in LETTERS]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for one in self._lines:
            column.addWidget(one)
        self.retranslate()

    def show_tests(self, tests: Sequence[Tests], today: date) -> None:
        """Show what is known of the variants, in order."""
        self._shown = (tuple(tests), today)
        self.retranslate()

    def retranslate(self) -> None:
        tests, today = self._shown
        for position, line in enumerate(self._lines):
            line.setVisible(position < len(tests))
            if position < len(tests):
                line.show_tests(tests[position], LETTERS[position] if len(tests) > 1 else "", today)
        self.setVisible(bool(tests))


def _alone(tests: Tests, today: date) -> str:
    if tests.at is not None:
        sentence = ngettext(
            "{n} tester got this version: {time}.", "{n} testers got this version: {time}.", tests.people
        )
        return sentence.format(n=number(tests.people), time=when(tests.at, today))
    return _("It was changed after the test.") if tests.before else _("It has never been sent as a test.")


def _of_variant(tests: Tests, letter: str, today: date) -> str:
    if tests.at is not None:
        sentence = ngettext(
            "Variant {letter}: {n} tester got it, {time}.",
            "Variant {letter}: {n} testers got it, {time}.",
            tests.people,
        )
        return sentence.format(letter=letter, n=number(tests.people), time=when(tests.at, today))
    if tests.before:
        return _("Variant {letter} was changed after its test.").format(letter=letter)
    return _("Variant {letter} has never been sent as a test.").format(letter=letter)
