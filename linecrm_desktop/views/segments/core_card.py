"""A core segment as a card: who they are, what they need, how many can be reached and why the rest cannot."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments.core import CoreSegment
from linecrm_desktop.text import _, number
from linecrm_desktop.views.segments.listing import Listed
from linecrm_desktop.views.segments.table_model import signed, trend_words
from linecrm_desktop.views.widgets.basics import Card, button, clear, icon_button, label
from linecrm_desktop.views.widgets.charts.bars import Bar
from linecrm_desktop.views.widgets.charts.strips import SegmentBar
from linecrm_desktop.views.widgets.chips import ChipLabel, status_chip, tag_chip
from linecrm_desktop.views.widgets.flow import FlowLayout
from linecrm_desktop.views.widgets.writing import writing

_MOST_CHIPS = 4


class CoreCard(Card):
    """One of the three; without a saved segment it offers to make it."""

    opened = Signal(int)
    message_asked = Signal(int)
    made = Signal()
    menu_asked = Signal(object)
    """Where the menu of the segment that is shown should open."""

    def __init__(self, place: int, core: CoreSegment, day: Callable[[], ShopDay]) -> None:
        super().__init__()
        self._place, self._core, self._day = place, core, day
        self._listed: Listed | None = None
        self.kind = label("", "caption")
        self.state = ChipLabel()
        self.name = label("", "subtitle", wrap=True)
        self.who = label("", wrap=True)
        self.need = label("", "caption", wrap=True)
        self.chips = QWidget()
        self.chips.setObjectName(f"coreTags{place}")
        self._chips_at = FlowLayout(self.chips, gap=6)
        self.number = label("", "number")
        self.number.setObjectName(f"coreReach{place}")
        self.of = label("", "second")
        self.change = label("", "caption")
        self.change.setObjectName(f"coreChange{place}")
        self.bar = SegmentBar()
        self.lost = label("", "caption", wrap=True)
        self.open_button = button("", name=f"openCore{place}")
        self.message_button = writing(button("", "default", "chat-text", f"writeCore{place}"))
        self.more = icon_button("dots-three", "", f"moreCore{place}")
        self._build()
        self.open_button.clicked.connect(self._open)
        self.message_button.clicked.connect(lambda: self._listed and self.message_asked.emit(self._listed.row.id))
        self.more.clicked.connect(lambda: self.menu_asked.emit(self.more.mapToGlobal(self.more.rect().bottomLeft())))

    def _build(self) -> None:
        head, total, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.kind, 1)
        head.addWidget(self.state)
        total.addWidget(self.number)
        total.addWidget(self.of, 1)
        total.addWidget(self.change)
        foot.addWidget(self.open_button)
        foot.addWidget(self.message_button)
        foot.addStretch(1)
        foot.addWidget(self.more)
        self.body.addLayout(head)
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self.name, self.who, self.need):
            words.addWidget(part)
        self.body.addLayout(words)
        self.body.addWidget(self.chips)
        self.body.addLayout(total)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.lost)
        self.body.addStretch(1)
        self.body.addLayout(foot)

    def show_segment(self, listed: Listed | None) -> None:
        """Show the saved segment, or that it is not made yet."""
        self._listed = listed
        self.retranslate()

    @property
    def listed(self) -> Listed | None:
        """The segment that is shown; None when it is not made yet."""
        return self._listed

    def retranslate(self) -> None:
        listed = self._listed
        self.more.setVisible(listed is not None)
        self.more.setAccessibleName(_("More"))
        self.more.setToolTip(_("More"))
        self.kind.setText(_("Core segment {n}").format(n=self._place))
        self.name.setText(listed.row.name if listed else _(self._core.name))
        self.who.setText(_(self._core.who))
        self.need.setText(_(self._core.need))
        self.open_button.setText(_("Open") if listed else _("Make this segment"))
        writing(self.open_button, listed is None)
        self.message_button.setText(_("Write a message"))
        self.message_button.setVisible(listed is not None)
        self.state.show_chip(status_chip("good", _("In use")) if listed else status_chip("plain", _("Not made yet")))
        self._show_tags(listed.tags if listed else ())
        self._show_numbers()

    def _show_tags(self, tags: Sequence[tuple[str, TagType]]) -> None:
        """Show which tags the rules ask for, each as its chip."""
        clear(self._chips_at)
        chips = [tag_chip(*tag) for tag in tags[:_MOST_CHIPS]]
        if len(tags) > _MOST_CHIPS:
            chips.append(status_chip("plain", _("+{n}").format(n=number(len(tags) - _MOST_CHIPS))))
        for chip in chips:
            self._chips_at.addWidget(ChipLabel(chip))
        self.chips.setToolTip(_(", ").join(name for name, _type in tags))
        self.chips.setVisible(bool(tags))

    def _show_numbers(self) -> None:
        reach = self._listed.reach if self._listed else None
        for part in (self.number, self.of, self.change, self.bar, self.lost):
            part.setVisible(reach is not None)
        if self._listed is None or reach is None:
            return
        change = self._listed.change(self._day())
        self.change.setText("" if change is None else _("{change} this week").format(change=signed(change)))
        self.change.setToolTip(trend_words(self._listed, self._day()))
        self.number.setText(number(reach.reachable))
        self.of.setText(_("of {n} can be reached").format(n=number(reach.match)))
        lost = _("{blocked} blocked   {refused} refused   {capped} frequency cap")
        if reach.no_line_id:
            lost = _("{blocked} blocked   {refused} refused   {no_id} without LINE ID   {capped} frequency cap")
        counts = {"blocked": reach.blocked, "refused": reach.refused, "no_id": reach.no_line_id, "capped": reach.capped}
        self.lost.setText(lost.format(**{name: number(-count) for name, count in counts.items()}))
        out = reach.blocked + reach.refused
        self.bar.show_bars(
            [
                Bar(_("Can be reached"), reach.reachable, number(reach.reachable)),
                Bar(_("Frequency cap"), reach.capped + reach.no_line_id, number(reach.capped), "chart3"),
                Bar(_("Blocked or refused"), out, number(out), "bad"),
            ]
        )

    def _open(self) -> None:
        if self._listed is None:
            self.made.emit()
        else:
            self.opened.emit(self._listed.row.id)
