"""One path: its boxes, and when friends leave it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys.looking import Look, StepLook, left_words, skipped_words
from linecrm_desktop.models.journey import JourneyState, Left
from linecrm_desktop.results.groups import Group
from linecrm_desktop.settings.quiet_hours import clock_words
from linecrm_desktop.text import _, ngettext, number, percent
from linecrm_desktop.views.journeys.boxes import Box, Boxes
from linecrm_desktop.views.journeys.path_list import state_chip
from linecrm_desktop.views.journeys.reading import State
from linecrm_desktop.views.widgets.basics import Card, button, clear, icon_button, label
from linecrm_desktop.views.widgets.chips import Chip, ChipLabel, status_chip
from linecrm_desktop.views.widgets.flow import FlowLayout
from linecrm_desktop.views.widgets.writing import writing

_ICONS = {
    Left.BOUGHT: "bag",
    Left.REFUSED: "hand-palm",
    Left.BLOCKED: "prohibit",
    Left.QUIET: "clock",
    Left.OWN_RULE: "intersect",
    Left.STOPPED: "stop",
}


class PathCard(Card):
    """The path that is looked at."""

    edit_asked = Signal()
    state_asked = Signal(str)
    """start, pause or stop."""
    step_opened = Signal(int)

    def __init__(self) -> None:
        super().__init__(margins=(14, 10, 12, 12))
        self.setObjectName("pathCard")
        self._look: Look | None = None
        self._title, self._note = label("", "section"), label("", "second", wrap=True)
        self.chip = ChipLabel()
        self.edit = writing(button("", icon_name="pencil-simple", name="editSteps"))
        self.toggle = writing(button("", icon_name="pause", name="togglePath"))
        self.stop = writing(button("", icon_name="stop", name="stopPath"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self.chip)
        head.addStretch(1)
        for part in (self.edit, self.toggle, self.stop):
            head.addWidget(part)
        self.boxes = Boxes()
        self._leaves = QWidget()
        self._flow = FlowLayout(self._leaves, gap=8, line_gap=6)
        self.body.addLayout(head)
        self.body.addWidget(self._note)
        self.body.addWidget(self.boxes)
        self.body.addSpacing(6)
        self.body.addWidget(self._leaves)
        self.edit.clicked.connect(self.edit_asked)
        self.toggle.clicked.connect(lambda: self.state_asked.emit(self._wish()))
        self.stop.clicked.connect(lambda: self.state_asked.emit("stop"))
        self.boxes.opened.connect(self.step_opened)

    def show_state(self, state: State, day: ShopDay) -> None:
        """Show the path that is looked at."""
        self._look = look = state.look
        if look is None:
            return
        self._title.setText(look.draft.name)
        self.chip.show_chip(state_chip(look.state))
        quiet = _("one message at a time")
        if state.quiet.exist:
            hours = {"from": clock_words(state.quiet.begins), "to": clock_words(state.quiet.ends)}
            quiet = _("one message at a time · quiet hours {from} to {to}").format_map(hours)
        self._note.setText(quiet)
        self._show_buttons(look)
        self.boxes.show_boxes(_boxes(look, state.ordered or {}), _waits(look))
        self._show_leaves(look)

    def retranslate(self) -> None:
        self.edit.setText(_("Edit steps"))
        self.stop.setText(_("Stop…"))
        if self._look is not None:
            self._show_buttons(self._look)

    def _wish(self) -> str:
        return "pause" if self._look is not None and self._look.state is JourneyState.RUNNING else "start"

    def _show_buttons(self, look: Look) -> None:
        running = look.state is JourneyState.RUNNING
        self.toggle.setText(_("Pause") if running else _("Start…"))
        self.toggle.show_icon("pause" if running else "play")
        over = look.state is JourneyState.STOPPED
        for part in (self.edit, self.toggle):
            part.setEnabled(not over)
        self.stop.setVisible(look.started_at is not None and not over)

    def _show_leaves(self, look: Look) -> None:
        clear(self._flow)
        self._flow.addWidget(label(_("Leaves the path when a friend"), "strong"))
        asked = [Left.REFUSED, Left.BLOCKED]
        if look.draft.leaves_bought:
            asked.insert(0, Left.BOUGHT)
        if look.draft.leaves_quiet:
            asked.append(Left.QUIET)
        if look.draft.exit_segment_id is not None:
            asked.append(Left.OWN_RULE)
        asked += [why for why, friends in look.left.items() if friends and why not in (*asked, Left.DONE)]
        for why in asked:
            words = left_words(why)
            if why is Left.OWN_RULE and look.exit_name:
                words = _("comes into “{segment}”").format(segment=look.exit_name)
            text = _("{words} ({n})").format(words=words, n=number(look.left.get(why, 0)))
            ground = status_chip("good", text)
            bought = Chip(text, _ICONS[why], ground.role, ground.ground)
            self._flow.addWidget(ChipLabel(bought if why is Left.BOUGHT else status_chip("plain", text, _ICONS[why])))
        more = writing(icon_button("plus", _("Change when friends leave"), "changeExits"))
        more.clicked.connect(self.edit_asked)
        more.setEnabled(look.state is not JourneyState.STOPPED)
        self._flow.addWidget(more)


def _boxes(look: Look, ordered: dict[int, Group]) -> list[Box]:
    entered = _("of {n} entered").format(n=number(look.entered))
    boxes = [Box("sign-in", _("Enter"), look.segment_name, number(look.under_way), _("under way"), entered)]
    for place, step in enumerate(look.steps, start=1):
        boxes.append(
            Box(
                "chat-circle-text" if not step.has_condition else "funnel",
                _("{n} · {message}").format(n=number(place), message=step.message),
                _step_words(step),
                number(step.sent),
                _("sent"),
                _did(ordered.get(step.id)),
                step.id,
                skipped_words(step),
            )
        )
    days = ngettext("after {n} day", "after {n} days", look.draft.end_days).format(n=number(look.draft.end_days))
    return [*boxes, Box("flag", _("End"), days, number(look.left.get(Left.DONE, 0)), _("done"))]


def _step_words(step: StepLook) -> str:
    waiting = ngettext("{n} waits for it", "{n} wait for it", step.waiting).format(n=number(step.waiting))
    return waiting if step.waiting else _("nobody waits for it")


def _did(group: Group | None) -> str:
    if group is None or group.share is None:
        return ""
    return _("{share} ordered").format(share=percent(group.share))


def _waits(look: Look) -> list[str]:
    waits = [_day(step.wait_days) for step in look.steps]
    return [*waits, _day(look.draft.end_days)]


def _day(days: int) -> str:
    return ngettext("{n} day", "{n} days", days).format(n=number(days)) if days else _("day 0")
