"""Edit steps: messages, waits, time of day and condition; who enters, who leaves, who is kept back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.journeys.draft import NAME_MAX, PathDraft, StepDraft
from linecrm_desktop.journeys.path import STEPS_MAX, WAIT_MAX
from linecrm_desktop.messages.brief import KEEP_BACK_CHOICES
from linecrm_desktop.text import _, number, percent
from linecrm_desktop.views.widgets.basics import button, clear, icon_button, label
from linecrm_desktop.views.widgets.number_field import NumberField
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.time_field import TimeField
from linecrm_desktop.views.widgets.writing import writing

_NOON = 10 * 60


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: messages and segments by number."""

    messages: tuple[tuple[int, str], ...]
    segments: tuple[tuple[int, str], ...]


class StepsDialog(QDialog):
    """Shows a draft and says when a person wants it kept; the draft is a value, so Cancel loses nothing else."""

    kept = Signal(object)
    """The draft."""

    def __init__(self, draft: PathDraft, choices: Choices, *, has_begun: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self.setWindowTitle(_("Edit steps"))
        self.resize(920, 620)
        self.draft, self._choices = draft, choices
        self.name = QLineEdit(draft.name)
        self.name.setObjectName("pathName")
        self.name.setMaxLength(NAME_MAX)
        self.entrance = self._combo(choices.segments, draft.segment_id, _("Choose a segment"), "pathSegment")
        self.entrance.setEnabled(not has_begun)
        self.keep_back = QComboBox()
        self.keep_back.setObjectName("pathKeepBack")
        for share in KEEP_BACK_CHOICES:
            self.keep_back.addItem(percent(share / 100, 0), share)
        self.keep_back.setCurrentIndex(max(0, self.keep_back.findData(draft.keep_back)))
        self.end_days = _days(draft.end_days, "pathEnd")
        self.bought = _tick(_("orders"), draft.leaves_bought, "leavesBought")
        self.quiet = _tick(_("does nothing after two messages"), draft.leaves_quiet, "leavesQuiet")
        self.exit = self._combo(choices.segments, draft.exit_segment_id, _("no segment"), "leavesSegment")
        self._steps = QGridLayout()
        self.trouble = Banner("bad")
        self.trouble.setObjectName("pathTrouble")
        self._lay_out(has_begun=has_begun)
        self._show()

    def _lay_out(self, *, has_begun: bool) -> None:
        form = QFormLayout()
        leaves = QHBoxLayout()
        for part in (self.bought, self.quiet, label(_("comes into")), self.exit):
            leaves.addWidget(part)
        self.exit.setAccessibleName(_("comes into"))
        leaves.addStretch()
        rows = (
            (_("Name"), self.name),
            (_("Who enters"), self.entrance),
            (_("Kept back on the whole path"), self.keep_back),
        )
        for words, part in rows:
            form.addRow(words, part)
            part.setAccessibleName(words)
        form.addRow(_("Leaves the path when a friend"), leaves)
        form.addRow(_("The path ends after the last step"), self.end_days)
        self.add = button(_("Add a step"), icon_name="plus", name="addStep")
        self.keep = button(_("Save the path"), "primary", name="keepPath")
        cancel = button(_("Cancel"), name="cancelPath")
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch()
        foot.addWidget(cancel)
        foot.addWidget(self.keep)
        inside, area = QWidget(), ScrollArea()
        inside.setLayout(self._steps)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        whole.addLayout(form)
        if has_begun:
            note = _(
                "Friends who are past a step do not get it again. Who has not had a step that is taken out skips it."
            )
            whole.addWidget(Banner("info", note))
        whole.addWidget(area, 1)
        whole.addWidget(self.trouble)
        whole.addLayout(foot)
        self.add.clicked.connect(self._add)
        self.keep.clicked.connect(self._keep)
        cancel.clicked.connect(self.reject)
        self.name.textChanged.connect(lambda _text: self._show_trouble())
        for combo in (self.entrance, self.exit, self.keep_back):
            combo.activated.connect(lambda _place: self._show_trouble())

    def current(self) -> PathDraft:
        """Return the draft as the dialog shows it."""
        return replace(
            self.draft,
            name=self.name.text(),
            segment_id=self.entrance.currentData(),
            keep_back=self.keep_back.currentData(),
            end_days=self.end_days.value(),
            leaves_bought=self.bought.isChecked(),
            leaves_quiet=self.quiet.isChecked(),
            exit_segment_id=self.exit.currentData(),
        )

    def _show(self) -> None:
        clear(self._steps)
        heads = ("", _("Message"), _("Waits (days)"), _("Leaves from"), _("Only for friends"), "", "")
        for column, words in enumerate(heads):
            self._steps.addWidget(label(words, "caption"), 0, column)
        for place, step in enumerate(self.draft.steps):
            self._show_step(place, step)
        self._steps.setColumnStretch(1, 3)
        self._steps.setColumnStretch(4, 2)
        self._steps.setRowStretch(len(self.draft.steps) + 1, 1)
        self.add.setEnabled(len(self.draft.steps) < STEPS_MAX)
        self._show_trouble()

    def _show_step(self, place: int, step: StepDraft) -> None:
        row = place + 1
        message = self._combo(self._choices.messages, step.message_id, _("Choose a message"), f"message{place}")
        wait = _days(step.wait_days, f"wait{place}", least=0 if place == 0 else 1)
        only = self._only(step, place)
        at_a_time = _tick("", step.send_from is not None, f"atTime{place}")
        at_a_time.setAccessibleName(_("From a time of day on"))
        time = TimeField(f"time{place}")
        time.show_minute(step.send_from if step.send_from is not None else _NOON)
        time.setEnabled(step.send_from is not None)
        time.setAccessibleName(_("Leaves from"))
        message.activated.connect(lambda _at: self._change(place, message_id=message.currentData()))
        wait.valueChanged.connect(lambda days: self._change(place, wait_days=days))
        at_a_time.toggled.connect(
            lambda on: (time.setEnabled(on), self._change(place, send_from=time.minute if on else None))
        )
        time.timeChanged.connect(lambda _time: self._change(place, send_from=time.minute))
        when = QHBoxLayout()
        when.addWidget(at_a_time)
        when.addWidget(time)
        for part, words in ((message, _("Message")), (wait, _("Waits (days)")), (only, _("Only for friends"))):
            part.setAccessibleName(_("Step {n}: {what}").format(n=number(row), what=words))
        self._steps.addWidget(label(number(row), "strong"), row, 0)
        self._steps.addWidget(message, row, 1)
        self._steps.addWidget(wait, row, 2)
        self._steps.addLayout(when, row, 3)
        self._steps.addWidget(only, row, 4)
        self._steps.addLayout(self._acts(place), row, 5)

    def _acts(self, place: int) -> QHBoxLayout:
        acts = QHBoxLayout()
        acts.setSpacing(2)
        last = len(self.draft.steps) - 1
        for icon, words, name, work, can in (
            ("arrow-up", _("Move step {n} up"), "up", lambda: self._set(self.draft.moved(place, place - 1)), place > 0),
            (
                "arrow-down",
                _("Move step {n} down"),
                "down",
                lambda: self._set(self.draft.moved(place, place + 1)),
                place < last,
            ),
            ("trash", _("Take step {n} out"), "out", lambda: self._set(self.draft.without(place)), True),
        ):
            made = icon_button(icon, words.format(n=number(place + 1)), f"{name}{place}")
            made.clicked.connect(work)
            made.setEnabled(can)
            acts.addWidget(made)
        return acts

    def _only(self, step: StepDraft, place: int) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName(f"only{place}")
        combo.addItem(_("everybody"), None)
        for segment, name in self._choices.segments:
            combo.addItem(_("in “{segment}”").format(segment=name), (segment, True))
            combo.addItem(_("not in “{segment}”").format(segment=name), (segment, False))
        wanted = (step.only_segment_id, step.only_inside) if step.only_segment_id is not None else None
        places = [at for at in range(combo.count()) if combo.itemData(at) == wanted]
        combo.setCurrentIndex(places[0] if places else 0)
        combo.setMinimumContentsLength(12)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.activated.connect(lambda _at: self._choose_only(place, combo.currentData()))
        return combo

    def _choose_only(self, place: int, chosen: tuple[int, bool] | None) -> None:
        segment, inside = chosen or (None, True)
        self._change(place, only_segment_id=segment, only_inside=inside)

    def _combo(self, rows: Sequence[tuple[int, str]], chosen: int | None, nothing: str, name: str) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName(name)
        combo.addItem(nothing, None)
        for key, words in rows:
            combo.addItem(words, key)
        with QSignalBlocker(combo):
            combo.setCurrentIndex(max(0, combo.findData(chosen)) if chosen is not None else 0)
        combo.setMinimumContentsLength(16)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return combo

    def _add(self) -> None:
        first = not self.draft.steps
        self._set(self.draft.with_added(StepDraft(wait_days=0 if first else 3, send_from=_NOON)))

    def _set(self, draft: PathDraft) -> None:
        steps = list(draft.steps)
        for place, step in enumerate(steps):
            if place and step.wait_days < 1:
                steps[place] = replace(step, wait_days=1)
        self.draft = replace(draft, steps=tuple(steps))
        self._show()

    def _change(self, place: int, **changed: object) -> None:
        self.draft = self.draft.with_step(place, **changed)
        self._show_trouble()

    def _show_trouble(self) -> None:
        problems = self.current().problems()
        self.trouble.setVisible(bool(problems))
        if problems:
            self.trouble.show_text("bad", problems[0])
        self.keep.setEnabled(not problems)

    def _keep(self) -> None:
        self.kept.emit(self.current())
        self.accept()


def _days(value: int, name: str, least: int = 1) -> NumberField:
    field = NumberField(least, WAIT_MAX, name)
    field.setValue(value)
    return field


def _tick(words: str, on: bool, name: str) -> QCheckBox:
    tick = QCheckBox(words)
    tick.setObjectName(name)
    tick.setChecked(on)
    tick.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return tick
