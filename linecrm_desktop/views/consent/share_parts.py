"""The parts of the page that shares an audience: what is wished, the five checks, what was shared before."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QHeaderView, QLineEdit, QVBoxLayout

from linecrm_desktop.audiences.at_line import Moment
from linecrm_desktop.audiences.checks import PURPOSE_MAX, Offer, Tone, Wish
from linecrm_desktop.audiences.leaving import Identifier, Stays
from linecrm_desktop.audiences.register import Passport, counts
from linecrm_desktop.audiences.suggesting import Suggestion, Verdict
from linecrm_desktop.audiences.words import PARTS, since, way_name
from linecrm_desktop.channels.accounts import AccountRow
from linecrm_desktop.models.share import Way
from linecrm_desktop.segments.library import SegmentRow
from linecrm_desktop.text import N_, _, ngettext, number, short_date
from linecrm_desktop.views.widgets.account_choice import AccountChoice
from linecrm_desktop.views.widgets.basics import Card, button, clear, label, line
from linecrm_desktop.views.widgets.charts.bars import Bar
from linecrm_desktop.views.widgets.parts import PictureLabel, Segmented
from linecrm_desktop.views.widgets.tables import show_texts, text_table
from linecrm_desktop.views.widgets.writing import writing

_ICONS = {
    Tone.PASSED: ("check-circle-fill", "good"),
    Tone.HANDLED: ("warning-fill", "warn"),
    Tone.BLOCKED: ("x-circle-fill", "bad"),
}
_TITLE_WIDTH, _ROWS_SHOWN = 130, 5
_ROLES = {"match": "chart4", "refused": "bad", "shared": "chart1"}


class WishCard(Card):
    """Who, for what, why, and what leaves."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[SegmentRow, ...] = ()
        self._title, self._for, self._why, self._what, self._whom = (
            label(role="section"),
            *(label(role="caption") for _n in range(4)),
        )
        self.segment = QComboBox()
        self.segment.setObjectName("shareSegment")
        self.way = Segmented(["", "", ""])
        self.way.setObjectName("shareWay")
        self.purpose, self.to_whom = QLineEdit(), QLineEdit()
        self.purpose.setObjectName("sharePurpose")
        self.purpose.setMaxLength(PURPOSE_MAX)
        self.to_whom.setObjectName("shareToWhom")
        self._account_said = label(role="caption")
        self.account = AccountChoice("shareAccount", self._account_said)
        self.ticks = {identifier: QCheckBox() for identifier in Identifier}
        self.never = QCheckBox()
        self.never.setEnabled(False)
        self.ticks[Identifier.LINE_ID].setChecked(True)
        parts = (self._title, self.segment, self._for, self.way, self._why, self.purpose, self._whom, self.to_whom)
        for part in (*parts, self._account_said, self.account, self._what, *self.ticks.values(), self.never):
            self.body.addWidget(part)
        self._phones = label(role="caption", wrap=True)
        self.body.addWidget(self._phones)
        self.segment.currentIndexChanged.connect(self._changed)
        self.way.chosen.connect(self._changed)
        self.account.chosen.connect(lambda _account: self._changed())
        for field in (self.purpose, self.to_whom):
            field.textChanged.connect(self._changed)
        for identifier, tick in self.ticks.items():
            tick.setObjectName(f"share_{identifier}")
            tick.toggled.connect(self._changed)
        self._changed()

    def show_segments(self, rows: tuple[SegmentRow, ...]) -> None:
        """Offer these segments; the choice stays."""
        before = self.segment_id()
        self._rows = rows
        self.segment.blockSignals(True)
        self.segment.clear()
        self.segment.addItems([row.name for row in rows])
        ids = [row.id for row in rows]
        self.segment.setCurrentIndex(ids.index(before) if before in ids else 0 if ids else -1)
        self.segment.blockSignals(False)

    def show_accounts(self, rows: Sequence[AccountRow]) -> None:
        """Offer the shop's accounts; the choice stays while it is there."""
        chosen = self.account.account()
        self.account.show_accounts(rows, chosen if chosen in [row.channel_id for row in rows] else None)

    def choose_segment(self, segment_id: int) -> None:
        """Choose a segment, if it is offered."""
        place = next((place for place, row in enumerate(self._rows) if row.id == segment_id), -1)
        if place >= 0:
            self.segment.setCurrentIndex(place)

    def segment_id(self) -> int | None:
        """Return the chosen segment."""
        place = self.segment.currentIndex()
        return self._rows[place].id if 0 <= place < len(self._rows) else None

    def wish(self) -> Wish | None:
        """Return what is wished; None: there is no segment."""
        place = self.segment.currentIndex()
        if not 0 <= place < len(self._rows):
            return None
        wanted = frozenset(identifier for identifier, tick in self.ticks.items() if tick.isChecked())
        way = list(Way)[self.way.current()]
        told = (self.purpose.text(), wanted, self.to_whom.text(), self.account.account())
        return Wish(self._rows[place].rule, way, *told)

    def retranslate(self) -> None:
        self._title.setText(_("Who"))
        self.segment.setAccessibleName(_("Segment"))
        self._for.setText(_("For"))
        self._account_said.setText(_("LINE account whose user IDs leave"))
        self.account.setAccessibleName(self._account_said.text())
        self.way.show_options([_("LINE ads, similar people"), _("Upload to LINE by user ID"), _("Another tool (CSV)")])
        self._why.setText(_("Purpose, kept with the list"))
        self.purpose.setAccessibleName(self._why.text())
        self._whom.setText(_("Who gets the list"))
        self.to_whom.setAccessibleName(self._whom.text())
        self._what.setText(_("What leaves this computer"))
        names = (_("LINE user ID"), _("Phone, hashed (SHA-256)"), _("E-mail, hashed (SHA-256)"))
        for tick, name in zip(self.ticks.values(), names, strict=True):
            tick.setText(name)
        self.never.setText(_("Names, orders, tags: never"))
        self._phones.setText(
            _(
                "Phones are hashed with plus and country code. LINE does not say in public which form LINE Ads wants: "
                "compare how many people it recognises."
            )
        )

    def _changed(self) -> None:
        is_table = list(Way)[self.way.current()] is Way.CSV
        only_ids = list(Way)[self.way.current()] is Way.UPLOAD
        for part in (self._whom, self.to_whom):
            part.setVisible(is_table)
        for identifier, tick in self.ticks.items():
            tick.setVisible(identifier is Identifier.LINE_ID or not only_ids)
            if only_ids:
                tick.blockSignals(True)
                tick.setChecked(identifier is Identifier.LINE_ID)
                tick.blockSignals(False)
        self._phones.setVisible(self.ticks[Identifier.PHONE].isChecked())
        self.changed.emit()


class FiveChecks(Card):
    """The checks below each other."""

    def __init__(self) -> None:
        super().__init__(margins=(0, 0, 0, 0))
        self.body.setSpacing(0)
        self._title, self.counts = label(role="section"), label(role="caption")
        self.counts.setObjectName("shareCounts")
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self.counts)
        self._rows = QVBoxLayout()
        self.body.addLayout(head)
        self.body.addLayout(self._rows)

    def show_checks(self, found: Offer) -> None:
        """Show what was found."""
        clear(self._rows)
        for check in found.checks:
            row = QFrame()
            row.setObjectName(f"check_{check.key}")
            row.setProperty("tone", "bad" if check.tone is Tone.BLOCKED else "")
            across = QHBoxLayout(row)
            across.setContentsMargins(16, 10, 16, 10)
            across.setSpacing(12)
            title, words = label(check.title, "strong", wrap=True), label(check.sentence, wrap=True)
            title.setFixedWidth(_TITLE_WIDTH)
            words.setObjectName("sentence")
            top = Qt.AlignmentFlag.AlignTop
            across.addWidget(PictureLabel(*_ICONS[check.tone], 18), 0, top)
            across.addWidget(title, 0, top)
            across.addWidget(words, 1)
            self._rows.addWidget(line())
            self._rows.addWidget(row)
        tones = [check.tone for check in found.checks]
        told = {str(tone): tones.count(tone) for tone in Tone}
        said = _("{passed} passed · {handled} handled")
        if found.blocking:
            said = _("{passed} passed · {handled} handled · {blocked} to fix")
        self.counts.setText(said.format(**told))

    def retranslate(self) -> None:
        self._title.setText(_("Five checks"))


class BeforeCard(Card):
    """What was shared before, and what became of it."""

    again_asked = Signal(object)
    status_asked = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(1, 12, 1, 12))
        self._title, self.note = label(role="section"), label(role="caption", wrap=True)
        self._title.setContentsMargins(15, 0, 15, 0)
        self.table = text_table("sharedBefore")
        self.again = writing(button("", "link", name="shareAgain"))
        self.status = writing(button("", "link", name="shareStatus"))
        self.waiting: Passport | None = None
        foot = QHBoxLayout()
        foot.setContentsMargins(15, 0, 15, 0)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.again)
        foot.addWidget(self.status)
        for part in (self._title, self.table):
            self.body.addWidget(part)
        self.body.addLayout(foot)
        self.again.clicked.connect(lambda: self.again_asked.emit(self.waiting))
        self.status.clicked.connect(self.status_asked)

    def show_history(self, history: Sequence[Passport], at: Moment) -> None:
        """Show these lists."""
        self._title.setText(_("Shared before"))
        names = [_("When"), _("Segment"), _("For"), _("People"), _("Since then")]
        rows = [
            [
                *(short_date(at.day.local(one.at).date(), at.day.today), one.segment, way_name(one.way)),
                *(number(one.people), since(one, at).sentence),
            ]
            for one in history
        ]
        show_texts(self.table, names, rows, numbers=1, after=1)
        header = self.table.horizontalHeader()
        for column in range(len(names)):
            fits = QHeaderView.ResizeMode.Stretch if column == 1 else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, fits)
        shown = min(len(history), _ROWS_SHOWN)
        self.table.setFixedHeight(header.sizeHint().height() + shown * self.table.verticalHeader().defaultSectionSize())
        self.table.setAccessibleName(self._title.text())
        refused = [one for one in history if one.refused_since and one.is_out(at.now)]
        self.waiting = refused[0] if refused else None
        self.again.setVisible(bool(refused))
        self.again.setText(_("Upload the list again without them"))
        self.status.setText(_("Ask LINE"))
        self.status.setVisible(any(one.line_id is not None for one in history) and not refused)
        self.note.setText(_("Nothing was shared yet.") if not history else "")
        if refused:
            n, day = refused[0].refused_since, short_date(at.day.local(refused[0].at).date(), at.day.today)
            said = ngettext("{n} friend refused after {day}.", "{n} friends refused after {day}.", n)
            self.note.setText(said.format(n=number(n), day=day))


class IdeasCard(Card):
    """Which segments could be shared, and why the others cannot."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._title = label(role="section")
        self._rows = QVBoxLayout()
        self.body.addWidget(self._title)
        self.body.addLayout(self._rows)

    def show_ideas(self, found: Sequence[Suggestion]) -> None:
        """Show these segments."""
        self._title.setText(_("To reach again with ads"))
        clear(self._rows)
        for one in found:
            row = QHBoxLayout()
            good = one.verdict is Verdict.GOOD
            row.addWidget(PictureLabel("check-circle" if good else "warning", "good" if good else "warn"))
            name = button(one.name, "link", name=f"idea_{one.segment_id}")
            name.clicked.connect(lambda _checked=False, which=one.segment_id: self.chosen.emit(which))
            row.addWidget(name)
            row.addWidget(label(one.sentence, "caption", wrap=True), 1)
            self._rows.addLayout(row)


def bars(found: Offer) -> list[Bar]:
    """Return the waterfall from all who match to all who leave."""
    told, names = counts(found), dict(PARTS)
    if found.wish.identifiers == {Identifier.LINE_ID}:
        names[str(Stays.NO_IDENTIFIER)] = N_("No LINE user ID")
    return [
        Bar(_(names[name]), n, number(n if name in ("match", "shared") else -n), _ROLES.get(name, "chart3"))
        for name, n in told.items()
    ]
