"""The Journeys screen: the paths at the left; one path, what is due today and how it goes beside them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.journeys import due, library
from linecrm_desktop.journeys.draft import PathDraft
from linecrm_desktop.messages import library as messages
from linecrm_desktop.models.journey import JourneyState
from linecrm_desktop.segments import library as segments
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.journeys.acts import PathActs
from linecrm_desktop.views.journeys.cards import ComingCard, WorkingCard
from linecrm_desktop.views.journeys.due_card import DueCard
from linecrm_desktop.views.journeys.empty import Templates
from linecrm_desktop.views.journeys.gate_page import GatePage
from linecrm_desktop.views.journeys.path_card import PathCard
from linecrm_desktop.views.journeys.path_list import PathList
from linecrm_desktop.views.journeys.reading import State, read
from linecrm_desktop.views.journeys.steps_dialog import Choices, StepsDialog
from linecrm_desktop.views.journeys.time_dialog import TimeOfDayDialog
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.writing import writing

_SHOWN = frozenset({Word.JOURNEYS, Word.CAMPAIGNS, Word.FRIENDS, Word.IMPORTS, Word.SEGMENTS, Word.SETTINGS})
_PATHS, _TEMPLATES, _GATE = range(3)


class JourneysView(QWidget):
    """Paths of messages."""

    page = Page.JOURNEYS
    asked_for = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._state: State | None = None
        self._wanted: int | None = None
        self._send_from: int | None = None
        self.acts = PathActs(desk, self._look_at)
        self._build_parts()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._read()

    def show_place(self, place: Place) -> None:
        """Look at a path, or at the list as it was."""
        if place.object_id is not None:
            self._wanted = place.object_id
        self._read()

    def reload(self, changed: Changes) -> None:
        if changed & _SHOWN:
            self._read()
        self.gate.reload(changed)

    def retranslate(self) -> None:
        self.show_templates.setText(_("Templates"))
        self.new_path.setText(_("New path"))
        for part in (self.list, self.card, self.due, self.templates, self.gate):
            part.retranslate()
        self._approve_action.setText(_("Approve due today…"))
        self._show()

    def menu_actions(self) -> dict[str, list[QAction]]:
        """Offer approving in the menu of messages."""
        return {"messages": [self._approve_action]}

    def can_leave(self) -> bool:
        """Let a person go: nothing is half written here."""
        return True

    def _build_parts(self) -> None:
        self.head = PageHead()
        self.show_templates = self.head.add_button("", "stack", name="pathTemplates")
        self.new_path = writing(self.head.add_button("", "plus", name="newPath"))
        self.list, self.card, self.due = PathList(), PathCard(), DueCard()
        self.due.show_currency(self._desk.shop.currency)
        self.coming, self.working = ComingCard(), WorkingCard()
        self.templates, self.gate = Templates(), GatePage(self._desk)
        self._approve_action = writing(QAction(self))
        self._approve_action.setObjectName("approveDueToday")
        self._prepare_action = writing(QAction(self))
        self._prepare_action.setShortcut(QKeySequence("F5"))
        self._prepare_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(self._prepare_action)

    def _lay_out(self) -> None:
        column, cards, inside = QVBoxLayout(), QHBoxLayout(), QWidget()
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(12)
        cards.setSpacing(12)
        cards.addWidget(self.coming, 1)
        cards.addWidget(self.working, 1)
        for part in (self.card, self.due):
            column.addWidget(part)
        column.addLayout(cards)
        column.addStretch()
        inside.setLayout(column)
        area = ScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        both, main, row = QWidget(), QWidget(), QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(area, 1)
        both.setLayout(row)
        self.inner = QStackedWidget()
        self.inner.addWidget(both)
        self.inner.addWidget(_scrolled(self.templates))
        head = QVBoxLayout(main)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self.head)
        head.addWidget(self.inner, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(main)
        self.pages.addWidget(self.gate)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def _connect(self) -> None:
        self.show_templates.clicked.connect(self._switch_templates)
        self.new_path.clicked.connect(lambda: self._edit(None))
        self.templates.used.connect(self.acts.use)
        self.list.chosen.connect(self._look_at)
        self.card.edit_asked.connect(lambda: self._edit(self._wanted))
        self.card.state_asked.connect(self._change_state)
        self.card.step_opened.connect(self._open_step)
        self.due.approve_asked.connect(self._approve)
        self.due.skip_asked.connect(lambda: self.acts.skip_today(self.due.chosen))
        self.due.time_asked.connect(self._ask_time)
        self.due.preview_asked.connect(lambda message: self.asked_for.emit(Place(Page.MESSAGES, message)))
        self.gate.left.connect(self._leave_gate)
        self.gate.approved.connect(self._approved)
        self.gate.asked_for.connect(self.asked_for)
        self._approve_action.triggered.connect(self._approve)
        self._prepare_action.triggered.connect(self._prepare)

    def _look_at(self, path: int) -> None:
        self._wanted = path
        self.inner.setCurrentIndex(_PATHS)
        self._read()

    def _read(self) -> None:
        day, now, wanted = self._desk.day(), self._desk.now(), self._wanted
        self._desk.jobs.read(lambda session: read(session, wanted, day, now), self._take, key="journeys")

    def _prepare(self) -> None:
        day, now = self._desk.day(), self._desk.now()

        def work(session: Session) -> tuple[None, Changes]:
            due.prepare(session, day, now)
            return None, changes(Word.JOURNEYS)

        self._desk.jobs.write(work)

    def _take(self, state: State) -> None:
        first = self._state is None or (not self._state.paths and state.paths)
        self._state = state
        self._wanted = state.look.id if state.look is not None else None
        if not state.paths:
            self.inner.setCurrentIndex(_TEMPLATES)
        elif first:
            self.inner.setCurrentIndex(_PATHS)
        self._show()

    def _show(self) -> None:
        state, day = self._state, self._desk.day()
        count = len(state.paths) if state is not None else 0
        note = ngettext("{n} path", "{n} paths", count).format(n=number(count)) if count else ""
        self.head.show_title(_("Journeys"), note)
        if state is None:
            return
        self.list.show_state(state)
        self.card.show_state(state, day)
        self.due.show_state(state, day, self._desk.now(), self._send_from)
        self.coming.show_state(state, day)
        self.working.show_state(state, day)
        self.show_templates.setEnabled(bool(state.paths))
        self._approve_action.setEnabled(bool(self.due.chosen))

    def _switch_templates(self) -> None:
        self.inner.setCurrentIndex(_PATHS if self.inner.currentIndex() == _TEMPLATES else _TEMPLATES)

    def _edit(self, path: int | None) -> None:
        def load(session: Session) -> tuple[PathDraft, bool, Choices]:
            draft = library.load(session, path) if path is not None else PathDraft()
            begun = path is not None and library.row_of(session, path).started_at is not None
            written = tuple((row.id, row.name) for row in messages.all_messages(session))
            saved = tuple((row.id, row.name) for row in segments.all_segments(session))
            return draft, begun, Choices(written, saved)

        self._desk.jobs.read(load, lambda found: self._show_dialog(path, *found), key="journeys.edit")

    def _show_dialog(self, path: int | None, draft: PathDraft, begun: bool, choices: Choices) -> None:
        dialog = StepsDialog(draft, choices, has_begun=begun, parent=self)
        dialog.kept.connect(lambda kept: self.acts.save(kept, draft if path is not None else None, path))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _change_state(self, wish: str) -> None:
        look = self._state.look if self._state is not None else None
        if look is None:
            return
        name = look.draft.name
        if wish == "pause":
            self.acts.pause(look.id, name)
        elif wish == "stop":
            text = _("Everybody leaves it, and it cannot run again. What each friend had stays written down.")
            if self._desk.dialogs.ask(_("Stop “{path}”?").format(path=name), text, _("Stop the path"), danger=True):
                self.acts.stop(look.id, name)
        elif look.state is JourneyState.PAUSED:
            self.acts.start(look.id, name, only_new=False)
        else:
            options = [_("Everybody who is in the segment now enters today"), _("Only friends who come in from now on")]
            chosen = self._desk.dialogs.choose(_("Start “{path}”").format(path=name), _("Who begins?"), options)
            if chosen is not None:
                self.acts.start(look.id, name, only_new=chosen == 1)

    def _open_step(self, step_id: int) -> None:
        look = self._state.look if self._state is not None else None
        found = next((one.message_id for one in look.steps if one.id == step_id), None) if look else None
        if found is not None:
            self.asked_for.emit(Place(Page.MESSAGES, found))

    def _approve(self) -> None:
        steps = [line.step_id for line in self.due.chosen]
        if steps:
            self.pages.setCurrentWidget(self.gate)
            self.gate.open(steps, self._send_from)

    def _ask_time(self) -> None:
        first = next((line.send_from for line in self.due.chosen if line.send_from is not None), None)
        dialog = TimeOfDayDialog(self._send_from if self._send_from is not None else first, self)
        dialog.chosen.connect(self._take_time)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _take_time(self, minute: int | None) -> None:
        self._send_from = minute
        self._show()

    def _leave_gate(self) -> None:
        self.pages.setCurrentIndex(0)
        self._read()

    def _approved(self, count: int) -> None:
        self._send_from = None
        self._leave_gate()
        words = ngettext(
            "{n} message is approved. It leaves while this window is open.",
            "{n} messages are approved. They leave while this window is open.",
            count,
        )
        self._desk.toast(words.format(n=number(count)), None)


def _scrolled(inside: QWidget) -> ScrollArea:
    area = ScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    return area
