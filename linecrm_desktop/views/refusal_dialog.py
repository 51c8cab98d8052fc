"""Recording that a friend refuses marketing, or agreed again: who, how we know, and what it takes them out of.

It needs no LINE. What comes of it is said before it is recorded, and told again afterwards.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
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
from sqlalchemy.orm import Session

from linecrm_desktop.consent import uses
from linecrm_desktop.friends import directory
from linecrm_desktop.friends.words import shown_name
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.journeys import refusing
from linecrm_desktop.journeys.refusing import Effects
from linecrm_desktop.models.consent import Use
from linecrm_desktop.text import N_, _, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.friend_finder import FriendFinder
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import Banner, Segmented
from linecrm_desktop.views.widgets.writing import writing

CHANGED: Changes = changes(Word.CONSENT, Word.FRIENDS, Word.TAGS, Word.CAMPAIGNS, Word.JOURNEYS)
_WIDE, _HIGH, _LOW = 540, 620, 420
REFUSES, AGREED = range(2)
WAYS = {
    "chat": N_("Said in the chat"),
    "menu": N_("Tapped “Stop offers” in the rich menu"),
    "phone": N_("Said on the phone"),
    "letter": N_("Letter or e-mail"),
    "shop": N_("Said in the shop"),
}
AGREED_WAYS = {
    "chat": N_("Said in the chat"),
    "menu": N_("Tapped “Get offers” in the rich menu"),
    "phone": N_("Said on the phone"),
    "letter": N_("Letter or e-mail"),
    "shop": N_("Said in the shop"),
}


class RefusalDialog(QDialog):
    """For the friends it is given, or for one who is looked for in it."""

    def __init__(self, desk: Desk, friends: Sequence[int] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self._desk, self._friends = desk, list(friends)
        self._told: Effects | None = None
        self.setObjectName("refusalDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Record a refusal"))
        scale = theme.text_scale()
        self.resize(round(_WIDE * scale), round((_LOW if friends else _HIGH) * scale))
        self._build()
        self._lay_out()
        self._connect()
        self._begin()

    def _build(self) -> None:
        self.whose = label("", "strong", wrap=True)
        self.whose.setObjectName("refusalWhose")
        self.finder = FriendFinder(self._desk, "refusal")
        self.answer = Segmented([_("Refuses"), _("Agreed again")])
        self.answer.setAccessibleName(_("What the friend said"))
        self.uses = {use: QCheckBox(uses.name(use)) for use in Use}
        for use, box in self.uses.items():
            box.setObjectName(f"use_{use}")
        self.uses[Use.MARKETING].setChecked(True)
        self.how = QComboBox()
        self.how.setObjectName("refusalHow")
        self.note = QLineEdit()
        self.note.setObjectName("refusalNote")
        self.note.setPlaceholderText(_("For example: “please stop these”, to Amy"))
        self.block = label(
            _("A block on LINE is no refusal: it may be taken back, and says nothing about e-mail or phone."),
            "caption",
            wrap=True,
        )
        self.effects = Banner("info")
        self.effects.setObjectName("refusalEffects")
        self.names = label("", "caption", wrap=True)
        self.names.setObjectName("refusalNames")
        self.names.setTextFormat(Qt.TextFormat.PlainText)
        self.yes = button("", "primary", name="refusalYes")
        self.yes.setDefault(True)
        self.no = button(_("Cancel"), name="refusalCancel")

    def _lay_out(self) -> None:
        form, foot, whole = QFormLayout(), QHBoxLayout(), QVBoxLayout(self)
        form.addRow(_("They said"), self.answer)
        boxes = QWidget()
        grid = QGridLayout(boxes)
        grid.setContentsMargins(0, 4, 0, 4)
        for at, box in enumerate(self.uses.values()):
            grid.addWidget(box, at // 2, at % 2)
        form.addRow(_("For which use"), boxes)
        for name, field in ((_("How we know"), self.how), (_("Note"), self.note)):
            form.addRow(name, field)
            field.setAccessibleName(name)
        foot.addStretch(1)
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(10)
        for part in (self.whose, self.finder):
            whole.addWidget(part)
        whole.addLayout(form)
        for part in (self.block, self.effects, self.names):
            whole.addWidget(part)
        whole.setStretchFactor(self.finder, 1)
        whole.addStretch(0 if not self._friends else 1)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self.finder.chosen.connect(self._chosen)
        self.answer.chosen.connect(lambda _at: self._show())
        for box in self.uses.values():
            box.toggled.connect(lambda _on: self._show())
        self.yes.clicked.connect(self._record)
        self.no.clicked.connect(self.reject)

    def _begin(self) -> None:
        self.finder.setVisible(not self._friends)
        self.whose.setText(_("Who is it?"))
        self._show()
        if self._friends:
            self.how.setFocus()
            self._count()
        else:
            self.finder.setFocus()
            self.finder.look()

    def _whom(self) -> list[int]:
        found = self.finder.friend()
        return self._friends or ([] if found is None else [found])

    def _chosen(self) -> None:
        self._told = None
        self._show()
        if self._whom():
            self._count()

    def _count(self) -> None:
        friends, day = self._whom(), self._desk.day()

        def read(session: Session) -> tuple[str, Effects]:
            name = directory.rows(session, friends)[0].name if len(friends) == 1 else ""
            return name, refusing.effects(session, friends, day)

        self._desk.jobs.read(read, self._take, key="refusal.effects")

    def _take(self, found: tuple[str, Effects]) -> None:
        name, self._told = found
        if self._friends:
            many = ngettext("{n} friend", "{n} friends", len(self._friends)).format(n=number(len(self._friends)))
            self.whose.setText(shown_name(name) if len(self._friends) == 1 else many)
        self._show()

    def _show(self) -> None:
        is_refusal = self.answer.current() == REFUSES
        ways, at = WAYS if is_refusal else AGREED_WAYS, max(0, self.how.currentIndex())
        self.how.clear()
        for way, text in ways.items():
            self.how.addItem(_(text), way)
        self.how.setCurrentIndex(at)
        self.yes.setText(_("Record the refusal") if is_refusal else _("Write that they agreed"))
        self.block.setVisible(is_refusal)
        self._show_effects(self._told, is_refusal=is_refusal)

    def _show_effects(self, told: Effects | None, *, is_refusal: bool) -> None:
        self.effects.setVisible(told is not None)
        self.names.setVisible(False)
        self.yes.setEnabled(False)
        if told is None:
            return
        chosen, refused = self._chosen_uses(), len(self._whom()) - told.friends
        can = Use.MARKETING in chosen and bool(told.friends if is_refusal else refused)
        others = bool(chosen - {Use.MARKETING})
        self.yes.setEnabled(can or others)
        self.effects.setVisible(bool(chosen))
        if is_refusal and Use.SERVICE in chosen:
            text = _("Whoever refuses service wants all use of the data to stop: the other uses are refused, too.")
        elif is_refusal and Use.PROFILING in chosen and not can:
            text = _(
                "Rules give them no tags from now on; tags that rules gave come off. They are in no list that leaves."
            )
        elif others and not can:
            text = _("From now on their data is in no list for this use. What left before stays where it is.")
        elif not is_refusal and refused:
            text = _("From now on messages may reach them again. Sends that went on without them stay as they are.")
        elif not is_refusal:
            text = _("They do not refuse marketing. There is nothing to write.")
        elif not told.friends:
            text = _("This was recorded before. Only the friend can turn marketing on again.")
        else:
            text = refusing.would_be(told)
            self.names.setText(_(", ").join((*told.segments, *told.journeys, *told.scheduled, *told.running)))
            self.names.setVisible(not told.is_nothing)
        self.effects.show_text("info", text)

    def _chosen_uses(self) -> frozenset[Use]:
        return frozenset(use for use, box in self.uses.items() if box.isChecked())

    def _record(self) -> None:
        friends, now, day = self._whom(), self._desk.now(), self._desk.day()
        way, note = self.how.currentText(), self.note.text().strip()
        how = _("{what}: {how}").format(what=way, how=note) if note else way
        desk, chosen = self._desk, self._chosen_uses()

        def refuse(session: Session) -> tuple[tuple[Effects, int], Changes]:
            told, newly = refusing.refuse(session, friends, chosen, how, day, now)
            return (told, sum(len(those) for those in newly.values())), CHANGED

        def agree(session: Session) -> tuple[int, Changes]:
            again = {one for use in chosen for one in uses.allow_again(session, friends, use, how, now)}
            return len(again), CHANGED

        wanted = uses.wanted(chosen)
        if self.answer.current() == REFUSES:
            desk.jobs.write(
                refuse, lambda found: desk.toast(said(*found, about_marketing=Use.MARKETING in wanted), None)
            )
        else:
            desk.jobs.write(agree, lambda n: desk.toast(_agreed(n), None))
        self.accept()


def said(told: Effects, newly: int, *, about_marketing: bool) -> str:
    """Say what a refusal that was just recorded came to; `newly` counts answers that are new, of whatever use."""
    if newly and not (about_marketing and told.friends):
        return _("The refusal is recorded. From now on their data is in no list for this use.")
    if not newly:
        return _("This was recorded before. Nothing was changed.")
    now = ngettext(
        "{n} friend now refuses marketing. {taken}", "{n} friends now refuse marketing. {taken}", told.friends
    )
    return now.format(n=number(told.friends), taken=refusing.was(told))


def _agreed(friends: int) -> str:
    words = ngettext(
        "{n} friend agreed again. The ledger keeps the refusal, too.",
        "{n} friends agreed again. The ledger keeps the refusals, too.",
        friends,
    )
    return words.format(n=number(friends))
