"""What to do about a finding that has no step of its own: the decisions that fit it, each with the words it needs.

Several findings of one check can be decided alike at once.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from linecrm_desktop.audit import applying, words
from linecrm_desktop.audit.changes import Change, changes_tags, tags_of
from linecrm_desktop.audit.plan import Choice
from linecrm_desktop.audit.ways import ALIKE, Way, ways
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import N_, _, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.icons import TAG_ICONS, icon
from linecrm_desktop.views.tags.audit import making
from linecrm_desktop.views.tags.audit.making import Written
from linecrm_desktop.views.tags.audit.state import AuditState
from linecrm_desktop.views.tagwork.planned import Foreseen
from linecrm_desktop.views.widgets.basics import Card, button, label

NAMES = {
    Way.RENAME: N_("Give it another name"),
    Way.RETYPE: N_("Move it to another type"),
    Way.ASSIGN: N_("Give it an owner"),
    Way.RESTRICT: N_("Mark it as sensitive: never exported, never used for ads"),
    Way.JUSTIFY: N_("It may stay, because"),
    Way.SPLIT: N_("Split it into two tags"),
    Way.NEWER: N_("Who has both keeps the newer one"),
    Way.FIRST: N_("Who has both keeps “{one}”"),
    Way.SECOND: N_("Who has both keeps “{other}”"),
    Way.RETIRE: N_("Retire it"),
    Way.LEAVE: N_("Leave it as it is"),
    Way.LATER: N_("Decide later"),
}
"""What the decisions are called, to be translated when they are shown."""
_INSIDE = 24


class FindingPanel(Card):
    """Makes changes of what is chosen, and says what they would do."""

    taken = Signal(object)
    """A list of (key of the choice, Change)."""
    skipped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._state: AuditState | None = None
        self._choices: Sequence[Choice] = ()
        self.title, self.about, self.planned_so_far = label("", "section"), label("", wrap=True), label("", "second")
        self.planned_so_far.setWordWrap(True)
        self.about.setObjectName("findingAbout")
        self.ways = {way: QRadioButton() for way in Way}
        self.name, self.owner, self.type = QLineEdit(), QComboBox(), QComboBox()
        self.parts, self.lawful, self.reason = (QLineEdit(), QLineEdit()), QLineEdit(), QLineEdit()
        self.fields: dict[Way, tuple[QWidget, ...]] = {
            Way.RENAME: (self.name,),
            Way.RETYPE: (self.type,),
            Way.ASSIGN: (self.owner,),
            Way.JUSTIFY: (self.lawful,),
            Way.SPLIT: self.parts,
            Way.LEAVE: (self.reason,),
        }
        self.planned = Foreseen(desk)
        self.skip, self.take = button("", name="skipFinding"), button("", "primary", name="takeFinding")
        self._build()
        self._connect()

    def show_choices(self, state: AuditState, choices: Sequence[Choice]) -> None:
        """Ask about findings of one check; what was decided before about a single one is chosen again."""
        self._state, self._choices = state, ()
        owner = self.owner.currentText()
        self.owner.clear()
        self.owner.addItems(["", *state.owners])
        self.owner.setCurrentText(owner)
        if choices:
            written = making.proposed(state, choices[0])
            self._fill(written)
            decided = making.way_of(choices[0].change)
            offered = self._offered(choices)
            self.ways[decided if decided is not None and decided in offered else offered[0]].setChecked(True)
        self._choices = choices
        self.retranslate()
        self._changed()

    def offered(self) -> list[Way]:
        """Return the decisions that can be taken now, in the order in which they stand."""
        return sorted(self._offered(self._choices), key=list(Way).index)

    def way(self) -> Way:
        """Return the decision that is chosen."""
        return next((way for way, radio in self.ways.items() if radio.isChecked()), Way.LATER)

    def take_way(self, way: Way) -> None:
        """Choose a decision and take it, as its key does; where words are missing, put the cursor there."""
        self.ways[way].setChecked(True)
        if self.take.isEnabled():
            self.take.click()
        else:
            for field in self.fields.get(way, ())[:1]:
                field.setFocus()

    def changes(self) -> list[tuple[str, Change]]:
        """Return what is chosen for each finding; nothing while words are missing."""
        state, written, way = self._state, self._written(), self.way()
        made = [(one.key, making.change(state, one, way, written)) for one in self._choices if state and one.finding]
        found = [(key, change) for key, change in made if change is not None]
        return found if len(found) == len(made) else []

    def retranslate(self) -> None:
        """Say everything anew."""
        self.title.setText(_("Your decision"))
        for at, type in enumerate(TagType):
            self.type.setItemText(at, _(TAG_TYPES[type]))
        self.name.setAccessibleName(_("New name"))
        self.owner.setAccessibleName(_("Owner"))
        self.type.setAccessibleName(_("Type"))
        for part in self.parts:
            part.setAccessibleName(_("Name of a part"))
        self.lawful.setPlaceholderText(_("why the shop may keep it"))
        self.reason.setPlaceholderText(_("why, if you like"))
        for field in (self.lawful, self.reason):
            field.setAccessibleName(_("Reason"))
        self.skip.setText(_("Skip"))
        self._show_words()

    def _build(self) -> None:
        self.owner.setEditable(True)
        self.owner.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for type in TagType:
            self.type.addItem(icon(TAG_ICONS[type]), "", str(type))
        names = ("findingName", "findingOwner", "findingType", "findingLawful", "findingReason")
        for field, name in zip((self.name, self.owner, self.type, self.lawful, self.reason), names, strict=True):
            field.setObjectName(name)
        for at, part in enumerate(self.parts, 1):
            part.setObjectName(f"findingPart{at}")
        self._group = QButtonGroup(self)
        for part in (self.title, self.about, self.planned_so_far):
            self.body.addWidget(part)
        for way, radio in self.ways.items():
            radio.setObjectName(f"way_{way}")
            self._group.addButton(radio)
            self.body.addWidget(radio)
            inside = QVBoxLayout()
            inside.setContentsMargins(_INSIDE, 0, 0, 0)
            for field in self.fields.get(way, ()):
                inside.addWidget(field)
            self.body.addLayout(inside)
        self.body.addWidget(self.planned)
        self.body.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.skip)
        foot.addWidget(self.take, 1)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self._group.buttonToggled.connect(lambda _way, on: self._changed() if on else None)
        for field in (self.name, *self.parts, self.lawful, self.reason):
            field.textChanged.connect(lambda _text: self._changed())
            field.returnPressed.connect(self._take)
        self.owner.editTextChanged.connect(lambda _text: self._changed())
        owner = self.owner.lineEdit()
        if owner is not None:
            owner.returnPressed.connect(self._take)
        self.type.currentIndexChanged.connect(lambda _place: self._changed())
        self.take.clicked.connect(self._take)
        self.skip.clicked.connect(self.skipped)

    def _take(self) -> None:
        made = self.changes()
        if made:
            self.taken.emit(made)

    def _offered(self, choices: Sequence[Choice]) -> list[Way]:
        findings = [one.finding for one in choices if one.finding]
        if not findings or len({one.check for one in findings}) > 1:
            return [Way.LATER]
        return [way for way in ways(findings[0]) if len(findings) == 1 or way in ALIKE]

    def _fill(self, written: Written) -> None:
        self.name.setText(written.name)
        self.type.setCurrentIndex(list(TagType).index(written.type))
        for part, name in zip(self.parts, written.parts, strict=True):
            part.setText(name)
        self.lawful.setText(written.lawful)
        self.reason.setText(written.reason)
        if written.owner:
            self.owner.setCurrentText(written.owner)

    def _written(self) -> Written:
        return Written(
            name=" ".join(self.name.text().split()),
            type=TagType(self.type.currentData()),
            owner=self.owner.currentText().strip(),
            parts=(self.parts[0].text().strip(), self.parts[1].text().strip()),
            lawful=self.lawful.text().strip(),
            reason=self.reason.text().strip(),
        )

    def _changed(self) -> None:
        """Show what belongs to the way that is chosen, and count again after a moment."""
        offered, way = self.offered(), self.way()
        for each, radio in self.ways.items():
            radio.setVisible(each in offered)
            for field in self.fields.get(each, ()):
                field.setVisible(each is way and each in offered)
        made = [change for _key, change in self.changes()]
        self.take.setEnabled(bool(made))
        wanted, day, now = [one for one in made if changes_tags(one)], self._desk.day(), self._desk.now()
        tags = {tag for change in wanted for tag in tags_of(change)}
        work = (tags, lambda session: applying.foreseen(session, wanted, day, now)) if wanted else None
        self.planned.count(work, _("Nothing changes.") if made else "")

    def _show_words(self) -> None:
        state, findings = self._state, [one.finding for one in self._choices if one.finding]
        if state is None or not findings:
            return
        called = {tag.id: tag.name for tag in state.facts.tags}
        one, other = (*(called.get(tag, "…") for tag in findings[0].tags), "", "")[:2]
        for place, way in enumerate(self.offered(), 1):
            self.ways[way].setText(f"{place}   {_(NAMES[way]).format(one=one, other=other)}")
        if len({finding.check for finding in findings}) > 1:
            self.about.setText(_("These are findings of several kinds. Choose some of one kind."))
        elif len(findings) > 1:
            said = ngettext("{n} finding is decided alike.", "{n} findings are decided alike.", len(findings))
            self.about.setText(said.format(n=number(len(findings))))
        else:
            self.about.setText(f"{words.sentence(findings[0], called)} {words.proposal(findings[0])}")
        also = making.also_planned(state, self._choices)
        self.planned_so_far.setText(_("Also decided about it: {what}.").format(what=_(", ").join(also)) if also else "")
        self.planned_so_far.setVisible(bool(also))
        self.take.setText(_("Decide, next"))
