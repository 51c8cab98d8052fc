"""Step 1: what was found, in numbers; which types lack decisions; what the audit does; what following it comes to."""

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.audit import applying, history, words
from linecrm_desktop.audit.changes import tags_of
from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.audit.findings import Check
from linecrm_desktop.audit.following import followed
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tagging.planning import Plan, plan
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import _, long_date, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.icons import TAG_ICONS
from linecrm_desktop.views.tags.audit.state import LOOKALIKES, NO_DECISION, TOO_SMALL, UNUSED, AuditState
from linecrm_desktop.views.tags.cells import type_role
from linecrm_desktop.views.tagwork.planned import figures
from linecrm_desktop.views.widgets.basics import Card, button, clear, label
from linecrm_desktop.views.widgets.charts.bars import Bar
from linecrm_desktop.views.widgets.charts.strips import Legend, SegmentBar
from linecrm_desktop.views.widgets.parts import Banner, PictureLabel
from linecrm_desktop.views.widgets.tiles import KpiTile

_TILES = (
    ("tag", "warn", NO_DECISION),
    ("git-merge", "warn", LOOKALIKES),
    ("clock-counter-clockwise", "warn", UNUSED),
    ("users-three", "info", TOO_SMALL),
)
_BAR = 240


class FindingsStep(QWidget):
    """Shows what was found; a tile leads to its step, the last one to the tags without an owner."""

    opened = Signal(int)
    more_asked = Signal(str)
    """The other findings should be shown: those of a check, or all (empty)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._state: AuditState | None = None
        self._effect: Plan | None = None
        self._counted: Facts | None = None
        """The facts for which the effect is counted: no decision changes what following every proposal would do."""
        self._tiles = [KpiTile(icon_name=picture, role=role) for picture, role, _step in _TILES]
        self.no_owner = KpiTile(icon_name="user", role="info")
        self.types_title, self.legend = label("", "section"), Legend()
        self.does_title, self.stop = label("", "section"), Banner("info")
        self.follow_title, self.follow = label("", "section"), QHBoxLayout()
        self.others_title = label("", "section")
        self.show_others = button("", name="showOtherFindings")
        self.others = label("", "second", wrap=True)
        self._types, self._does = QGridLayout(), QVBoxLayout()
        self._build()
        for tile, (_picture, _role, step) in zip(self._tiles, _TILES, strict=True):
            tile.opened.connect(lambda at=step: self.opened.emit(at))
        self.no_owner.opened.connect(lambda: self.more_asked.emit(str(Check.NO_OWNER)))
        self.show_others.clicked.connect(lambda: self.more_asked.emit(""))

    def show_state(self, state: AuditState) -> None:
        """Show what was found."""
        self._state = state
        counts = {step: len(state.of(step)) for _picture, _role, step in _TILES}
        texts = (
            (_("No decision"), _("tags do not say what they help decide")),
            (_("Look-alikes"), _("pairs that may mean the same")),
            (_("Unused"), _("tags that nothing asks for, or that stand still")),
            (_("Too small or too broad"), _("tags that set nobody apart")),
        )
        for tile, (_picture, _role, step), (title, note) in zip(self._tiles, _TILES, texts, strict=True):
            tile.show_number(title, number(counts[step]), note)
        ownerless = sum(one.finding is not None and one.finding.check is Check.NO_OWNER for one in state.others())
        self.no_owner.show_number(_("No owner"), number(ownerless), _("tags nobody looks after"))
        self._show_types(state)
        self._show_words(state)
        self._show_following(state)
        self._show_others_of(state)

    def retranslate(self) -> None:
        """Say everything anew."""
        if self._state is not None:
            self.show_state(self._state)

    def _build(self) -> None:
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for tile in (*self._tiles, self.no_owner):
            tiles.addWidget(tile, 1)
        types = Card()
        head = QHBoxLayout()
        head.addWidget(self.types_title)
        head.addStretch(1)
        head.addWidget(self.legend)
        self._types.setHorizontalSpacing(12)
        self._types.setColumnStretch(4, 1)
        types.body.addLayout(head)
        types.body.addLayout(self._types)
        types.body.addStretch(1)
        does = Card()
        does.body.addWidget(self.does_title)
        does.body.addLayout(self._does)
        does.body.addWidget(self.stop)
        does.body.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(types, 2)
        middle.addWidget(does, 1)
        follow = Card()
        follow.body.addWidget(self.follow_title)
        self.follow.setSpacing(36)
        follow.body.addLayout(self.follow)
        others = Card()
        others_head, others_texts = QHBoxLayout(), QVBoxLayout()
        others_texts.addWidget(self.others_title)
        others_texts.addWidget(self.others)
        others_head.addLayout(others_texts, 1)
        others_head.addWidget(self.show_others)
        others.body.addLayout(others_head)
        self._others_card = others
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 14)
        page.setSpacing(12)
        page.addLayout(tiles)
        page.addLayout(middle)
        page.addWidget(follow)
        page.addWidget(others)
        page.addStretch(1)

    def _show_types(self, state: AuditState) -> None:
        clear(self._types)
        tags = state.facts.tags
        decided = sum(bool(tag.helps_decide.strip()) for tag in tags)
        self.types_title.setText(_("Do the tags help a decision?"))
        self.legend.show_bars(_with_and_without(decided, len(tags) - decided))
        most = max((sum(tag.type is type for tag in tags) for type in TagType), default=0) or 1
        for row, type in enumerate(TagType):
            mine = [tag for tag in tags if tag.type is type]
            has = sum(bool(tag.helps_decide.strip()) for tag in mine)
            bar = SegmentBar(_with_and_without(has, len(mine) - has))
            bar.setFixedWidth(max(2, round(_BAR * len(mine) / most)))
            without = ngettext("{n} without", "{n} without", len(mine) - has).format(n=number(len(mine) - has))
            cells = (
                PictureLabel(TAG_ICONS[type], type_role(type)),
                label(_(TAG_TYPES[type])),
                bar,
                label(number(len(mine)), "strong"),
                label(without if len(mine) > has else _("all have one") if mine else "", "second"),
            )
            for column, cell in enumerate(cells):
                self._types.addWidget(cell, row, column, Qt.AlignmentFlag.AlignVCenter)

    def _show_words(self, state: AuditState) -> None:
        clear(self._does)
        self.does_title.setText(_("What this audit does"))
        for text in (
            _("Asks one question for each tag: what does it help you decide?"),
            _("Merges tags that mean the same, and shows the evidence first"),
            _("Retires tags nobody used. Friends keep their history"),
            _("Changes nothing until you press Apply in the last step"),
            _("Can be undone for 30 days"),
        ):
            row = QHBoxLayout()
            row.addWidget(PictureLabel("check", "good"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(text, wrap=True), 1)
            self._does.addLayout(row)
        since = state.since
        if since is None:
            self.stop.show_text("info", _("You can stop at any point and come back."))
            return
        said = _("Since the last audit on {day}: {new} new tags, {back} tags that were sound and are not any more.")
        day = long_date(state.facts.day.local(since.ended_at).date())
        back = len({tag for finding in since.regressions for tag in finding.tags})
        self.stop.show_text("info", said.format(day=day, new=number(len(since.new_tags)), back=number(back)))

    def _show_following(self, state: AuditState) -> None:
        found = [one.finding for one in state.choices if one.finding and not one.is_gone]
        wanted, day, now = followed(state.facts, found), self._desk.day(), self._desk.now()
        tags = {tag for change in wanted for tag in tags_of(change)}
        self._show_after(history.summary(state.facts, wanted))
        if self._counted is state.facts:
            return
        self._counted, self._effect = state.facts, None
        self._desk.jobs.rehearse(
            lambda session: plan(session, tags, lambda inner: applying.foreseen(inner, wanted, day, now), day),
            self._show_effect,
            lambda _error: self._show_effect(None),  # one of the proposals needs a person first: nothing to foresee
            key="tags.audit.follow",
        )

    def _show_effect(self, effect: Plan | None) -> None:
        self._effect = effect
        if self._state is not None:
            found = [one.finding for one in self._state.choices if one.finding and not one.is_gone]
            self._show_after(history.summary(self._state.facts, followed(self._state.facts, found)))

    def _show_after(self, after: history.Summary) -> None:
        clear(self.follow)
        self.follow_title.setText(_("If you follow every proposal"))
        for name, before, then in (
            (_("Tags"), after.tags, after.tags_after),
            (_("With a decision"), after.decided, after.decided_after),
            (_("Look-alike pairs"), after.pairs, after.pairs_after),
        ):
            self._add_figure(name, _("{before} → {after}").format(before=number(before), after=number(then)))
        for name, value in figures(self._effect):
            self._add_figure(name, value)
        self.follow.addStretch(1)

    def _add_figure(self, name: str, value: str) -> None:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(label(name, "caption"))
        column.addWidget(label(value, "strong"))
        self.follow.addLayout(column)

    def _show_others_of(self, state: AuditState) -> None:
        others = state.others()
        said = ngettext("{n} other thing was found", "{n} other things were found", len(others))
        self.others_title.setText(said.format(n=number(len(others))))
        counts = Counter(one.finding.check for one in others if one.finding)
        kinds = [_("{check} {n}").format(check=_(words.CHECKS[check]), n=number(n)) for check, n in counts.items()]
        self.others.setText(" · ".join(kinds))
        self.show_others.setText(_("Decide them"))
        self._others_card.setVisible(bool(others))


def _with_and_without(has: int, lacks: int) -> tuple[Bar, Bar]:
    return Bar(_("with a decision"), has, number(has)), Bar(_("without"), lacks, number(lacks), "warn")
