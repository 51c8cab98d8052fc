"""Sends a test: to whom, filled in as for whom, and what it costs."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import testing
from linecrm_desktop.campaigns.testing import TesterAnswer, TesterRow
from linecrm_desktop.channels import accounts
from linecrm_desktop.jobs import Changes, Task, Word, changes
from linecrm_desktop.messages import library
from linecrm_desktop.messages.draft import LETTERS
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.line_access import line_of
from linecrm_desktop.views.messages import facts
from linecrm_desktop.views.widgets.basics import button, clear, label
from linecrm_desktop.views.widgets.growing import grow
from linecrm_desktop.views.widgets.parts import Segmented
from linecrm_desktop.views.widgets.writing import writing

WIDTH = 420


@dataclass(frozen=True, slots=True)
class _Shown:
    testers: tuple[TesterRow, ...]
    variants: int
    untested: tuple[int, ...]
    samples: tuple[tuple[int, str], ...]


class TesterDialog(QDialog):
    """Which variant, ticks for the testers, a friend to fill in for, and the button that says how many it takes."""

    def __init__(
        self,
        desk: Desk,
        message_id: int,
        segment_id: int | None,
        parent: QWidget | None = None,
        variant: int | None = None,
    ) -> None:
        super().__init__(parent)
        writing(self)
        self._desk, self._message_id, self._wanted = desk, message_id, variant
        self.setWindowTitle(_("Send a test"))
        self.setMinimumWidth(WIDTH)
        self.resize(WIDTH, self.minimumHeight())
        self.ticks: dict[int, QCheckBox] = {}
        self.variants = Segmented(["A"])
        self.variants.setObjectName("testVariant")
        self.variants.setAccessibleName(_("Variant"))
        self.variants.hide()
        self._people = QVBoxLayout()
        self.filled = QComboBox()
        self.filled.setObjectName("testAs")
        self.filled.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.filled.setAccessibleName(_("Filled in as"))
        self.filled.addItem(_("Nobody: with the fallbacks"), None)
        self.said = label("", "caption", wrap=True)
        self.said.setObjectName("testSaid")
        self.send = button("", "primary", "paper-plane-tilt", "sendTest")
        self.cancel = button(_("Close"))
        self._lay_out()
        self.send.clicked.connect(self._send)
        self.variants.chosen.connect(lambda _place: self._show_cost())
        self.cancel.clicked.connect(self.reject)
        self._show_cost()
        day, now = desk.day(), desk.now()

        def read(session: Session) -> _Shown:
            draft, untested = library.load(session, message_id), tuple(testing.untested(session, message_id, day))
            through = draft.brief.channel_id
            found = facts.read(session, segment_id, day, now, through)
            samples = tuple((sample.id, sample.values.get("name", "")) for sample in found.samples)
            return _Shown(tuple(testing.testers(session, through)), len(draft.variants), untested, samples)

        desk.jobs.read(read, self._show)

    def _lay_out(self) -> None:
        whole, filled, buttons = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        filled.addWidget(label(_("Filled in as"), "second"))
        filled.addWidget(self.filled, 1)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.send)
        whole.addWidget(self.variants)
        whole.addWidget(
            label(_("The test begins with “[Test]”. What you change afterwards needs another one."), wrap=True)
        )
        whole.addLayout(self._people)
        whole.addLayout(filled)
        whole.addWidget(self.said)
        whole.addLayout(buttons)

    def _show(self, shown: _Shown) -> None:
        self._show_variants(shown)
        clear(self._people)
        for one in shown.testers:
            tick = self.ticks[one.id] = QCheckBox(one.name.replace("&", "&&"))
            tick.setObjectName(f"tester{one.id}")
            tick.setChecked(True)
            tick.toggled.connect(self._show_cost)
            self._people.addWidget(tick)
        if not shown.testers:
            self._people.addWidget(
                label(_("There is no tester. Add one in Settings, under People and testers."), wrap=True)
            )
        for friend, name in shown.samples:
            self.filled.addItem(name, friend)
        self._show_cost()
        # New labels know how high they are only once they are shown.
        QTimer.singleShot(0, self, lambda: grow(self))

    def _show_variants(self, shown: _Shown) -> None:
        """Offer the variants, the one that was asked for or the first without a test before the others."""
        self.variants.show_options([_("Variant {letter}").format(letter=one) for one in LETTERS[: shown.variants]])
        self.variants.setVisible(shown.variants > 1)
        first = shown.untested[0] if shown.untested else 0
        self.variants.choose(min(first if self._wanted is None else self._wanted, shown.variants - 1))

    def _chosen(self) -> list[int]:
        return [tester for tester, tick in self.ticks.items() if tick.isChecked()]

    def _show_cost(self) -> None:
        n = len(self._chosen())
        self.send.setEnabled(n > 0)
        self.send.setText(ngettext("Send {n} test", "Send {n} tests", n).format(n=number(n)))
        cost = ngettext("It takes {n} message of the month.", "It takes {n} messages of the month.", n)
        practice = _("Practice: the test goes to a LINE on this computer.")
        self.said.setText(practice if self._desk.shop.is_practice else cost.format(n=number(n)))

    def _send(self) -> None:
        self.send.setEnabled(False)
        chosen, friend, desk = self._chosen(), self.filled.currentData(), self._desk
        message, variant = self._message_id, max(0, self.variants.current())

        def work(database: Database, _task: Task) -> tuple[list[TesterAnswer], Changes]:
            with database.read() as session:
                through = accounts.of_message(session, message)
            with line_of(desk, database, through) as line:
                answers = testing.send_test(database, message, line, desk.clock, chosen, friend, variant)
            return answers, changes(Word.SETTINGS)

        desk.jobs.run(_("Sending a test"), work, self._sent, self._failed)

    def _sent(self, answers: list[TesterAnswer]) -> None:
        refused = next((one for one in answers if not one.accepted), None)
        if refused is not None:
            self.said.setText(
                _("LINE did not take the test for {name}: {words}").format(name=refused.name, words=refused.words)
            )
            self._show_again()
            return
        n = len(answers)
        self._desk.toast(ngettext("{n} test sent", "{n} tests sent", n).format(n=number(n)), None)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._desk.dialogs.show_error(error)
        self._show_again()

    def _show_again(self) -> None:
        self.send.setEnabled(bool(self._chosen()))


def ask_test(
    desk: Desk, message_id: int, segment_id: int | None, parent: QWidget, variant: int | None = None
) -> TesterDialog:
    """Open the dialog over a window; without a `variant`, at the first one that was not tested."""
    dialog = TesterDialog(desk, message_id, segment_id, parent.window(), variant)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


TESTERS = Place(Page.SETTINGS, part="testers")
"""Where testers are added."""
