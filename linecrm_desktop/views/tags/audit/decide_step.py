"""Step 2: one tag after the other, the largest first: what does it help decide? Suggestions, own words, or retire."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from linecrm_desktop.audit import words
from linecrm_desktop.audit.changes import Change, Decide, Later, Retire
from linecrm_desktop.audit.plan import Choice
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.words import ASK_DECISION
from linecrm_desktop.text import N_, _, ngettext, number
from linecrm_desktop.views.tags.audit.keys import is_letter
from linecrm_desktop.views.tags.audit.state import NO_DECISION, AuditState
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.chips import ChipLabel, tag_chip
from linecrm_desktop.views.widgets.outside import follow_selection
from linecrm_desktop.views.widgets.two_lines import DONE_ROLE, NOTE_ROLE, TwoLines

SUGGESTIONS = {
    TagType.SOURCE: (
        N_("Which welcome path to start"),
        N_("Where to spend the next advertising money"),
        N_("Whom to thank for coming from {tag}"),
    ),
    TagType.INTEREST: (
        N_("Who hears of news about {tag}"),
        N_("Which product to show next"),
        N_("When to remind to refill"),
    ),
    TagType.STAGE: (
        N_("Which step of the path comes next"),
        N_("Who gets help instead of an offer"),
        N_("Who is left out of first-order offers"),
    ),
    TagType.VALUE: (
        N_("Who gets early access"),
        N_("Who is left out of discounts"),
        N_("Whom a person writes to by hand"),
    ),
    TagType.ENGAGEMENT: (
        N_("Who is sent less"),
        N_("Who gets comparison and proof"),
        N_("Whom to win back, and when"),
    ),
    TagType.CONSENT: (
        N_("Who never gets offers"),
        N_("Whom to ask again"),
        N_("Whose data never leaves this computer"),
    ),
    TagType.NONE: (
        N_("Who hears of news about {tag}"),
        N_("Who gets help instead of an offer"),
        N_("Who is left out"),
    ),
}
"""Sentences to begin with, by type."""


class DecideStep(QWidget):
    """A list of tags at the left, the question for the current one at the right."""

    decided = Signal(object)
    """A list of (key of the choice, Change)."""

    def __init__(self) -> None:
        super().__init__()
        self._state: AuditState | None = None
        self._choices: list[Choice] = []
        self.list = QListWidget()
        self.list.setObjectName("undecidedTags")
        self.list.setItemDelegate(TwoLines(self.list))
        follow_selection(self.list)
        self.chip, self.about, self.question = ChipLabel(), label("", "second", wrap=True), label("", "section")
        self.suggestions = [button("", name=f"suggestion{n}") for n in range(1, 4)]
        for suggestion in self.suggestions:
            suggestion.setProperty("sentence", True)
        self.own = QLineEdit()
        self.own.setObjectName("ownDecision")
        self.owner = QComboBox()
        self.owner.setObjectName("decisionOwner")
        self.owner.setEditable(True)
        self.owner_title = label("", "caption")
        self.take = button("", "primary", name="takeDecision")
        self.retire = button("", "default", "archive", "retireUndecided")
        self.later = button("", "default", name="decideLater")
        self.keys = label("", "caption", wrap=True)
        self._build()
        self._connect()

    def show_state(self, state: AuditState) -> None:
        """Show the tags without a decision; the cursor stays where it is."""
        self._state = state
        row = max(0, self.list.currentRow())
        self._choices = state.of(NO_DECISION)
        self.list.setAccessibleName(_("Tags without a decision"))
        self.list.blockSignals(True)
        self.list.clear()
        for choice in self._choices:
            item = QListWidgetItem(self._line(choice), self.list)
            item.setData(NOTE_ROLE, self._carried(choice))
            item.setData(DONE_ROLE, choice.change is not None)
        self.list.blockSignals(False)
        owner = self.owner.currentText()
        self.owner.clear()
        self.owner.addItems(["", *state.owners])
        self.owner.setCurrentText(owner)
        self.list.setCurrentRow(min(row, len(self._choices) - 1))
        self._show_current()

    def retranslate(self) -> None:
        """Say everything anew."""
        if self._state is not None:
            self.show_state(self._state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {Qt.Key.Key_1: self.suggestions[0].click, Qt.Key.Key_2: self.suggestions[1].click}
        acts |= {Qt.Key.Key_3: self.suggestions[2].click, Qt.Key.Key_E: self.own.setFocus}
        acts |= {Qt.Key.Key_R: self.retire.click, Qt.Key.Key_S: self.later.click}
        act = acts.get(Qt.Key(event.key()))
        if act is None or event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        else:
            act()

    def _build(self) -> None:
        left = Card(margins=(1, 1, 1, 1))
        left.body.addWidget(self.list)
        right = Card()
        for part in (self.chip, self.about, self.question, *self.suggestions, self.own, self.owner_title, self.owner):
            right.body.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if part is self.chip else Qt.AlignmentFlag(0))
        foot = QHBoxLayout()
        foot.addWidget(self.retire)
        foot.addWidget(self.later)
        foot.addStretch(1)
        foot.addWidget(self.take)
        right.body.addLayout(foot)
        right.body.addWidget(self.keys)
        right.body.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 20, 14)
        row.setSpacing(12)
        row.addWidget(left, 2)
        row.addWidget(right, 3)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._show_current())
        self.list.installEventFilter(self)
        for suggestion in self.suggestions:
            suggestion.clicked.connect(lambda _on=False, of=suggestion: self._decide(of.toolTip()))
        self.own.returnPressed.connect(lambda: self._decide(self.own.text()))
        self.own.textChanged.connect(lambda text: self.take.setEnabled(bool(text.strip())))
        self.take.clicked.connect(lambda: self._decide(self.own.text()))
        self.retire.clicked.connect(lambda: self._say(Retire))
        self.later.clicked.connect(lambda: self._say(lambda tag: Later((tag,))))

    def eventFilter(self, watched: object, event: object) -> bool:
        """Take the keys of this step before the list searches by letters."""
        if watched is self.list and is_letter(event):
            self.keyPressEvent(event)
            return True
        return False

    def _current(self) -> Choice | None:
        row = self.list.currentRow()
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def _decide(self, sentence: str) -> None:
        if sentence.strip():
            self._say(lambda tag: Decide(tag, sentence.strip(), self.owner.currentText().strip()))

    def _say(self, change: Callable[[int], Change]) -> None:
        choice = self._current()
        if choice is not None and choice.finding is not None:
            row = self.list.currentRow()
            self.decided.emit([(choice.key, change(choice.finding.tags[0]))])
            self.list.setCurrentRow(min(row + 1, len(self._choices) - 1))
            self.list.setFocus()

    def _line(self, choice: Choice) -> str:
        tag = choice.finding.tags[0] if choice.finding else 0
        state = self._state
        name = state.name(tag) if state else ""
        match choice.change:
            case Decide(helps_decide=said):
                return f"✓ {name}: {said}"
            case Retire():
                return _("✓ {tag}: retire").format(tag=name)
            case Later():
                return _("{tag}: later").format(tag=name)
            case _:
                return name

    def _carried(self, choice: Choice) -> str:
        tag = self._state.tag(choice.finding.tags[0]) if self._state and choice.finding else None
        friends = tag.friends if tag else 0
        return ngettext("{n} friend", "{n} friends", friends).format(n=number(friends))

    def _show_current(self) -> None:
        choice, state = self._current(), self._state
        tag = state.tag(choice.finding.tags[0]) if choice and choice.finding and state else None
        for part in (
            self.chip,
            self.about,
            *self.suggestions,
            self.own,
            self.owner,
            self.take,
            self.retire,
            self.later,
        ):
            part.setVisible(tag is not None)
        self.question.setText(_(ASK_DECISION) if tag else _("Every tag says what it helps decide."))
        if tag is None or state is None or choice is None:
            return
        self.chip.show_chip(tag_chip(tag.name, tag.type))
        used = state.used_by.get(tag.id, ())
        friends = ngettext("{n} friend has it.", "{n} friends have it.", tag.friends).format(n=number(tag.friends))
        by = _("Used by {names}.").format(names=_(", ").join(used)) if used else _("No segment uses it.")
        gone = choice.finding.why == "gone" if choice.finding else False
        first = [words.sentence(choice.finding, {tag.id: tag.name})] if gone and choice.finding else []
        self.about.setText(" ".join((*first, friends, by)))
        for place, (suggestion, said) in enumerate(zip(self.suggestions, SUGGESTIONS[tag.type], strict=True), 1):
            sentence = _(said).format(tag=tag.name)
            suggestion.setText(f"{place}   {sentence}")
            suggestion.setToolTip(sentence)
        self.own.setPlaceholderText(_("or in your own words"))
        self.own.setAccessibleName(_("Helps decide"))
        self.own.setText(choice.change.helps_decide if isinstance(choice.change, Decide) else tag.helps_decide)
        self.owner_title.setText(_("Owner"))
        self.owner.setAccessibleName(_("Owner"))
        self.take.setText(_("Take these words"))
        self.take.setEnabled(bool(self.own.text().strip()))
        self.retire.setText(_("Retire"))
        self.later.setText(_("Later"))
        self.keys.setText(_("Keys: 1 to 3 take a suggestion, E own words, R retire, S later, Ctrl+Z undo"))
