"""The Messages screen: list, composer, gate and sending, one shown at a time."""

from datetime import datetime

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtGui import QAction, QUndoStack
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.messages import library
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.text import _, when
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.messages.beginning.new_dialog import ask_new
from linecrm_desktop.views.messages.composer import Composer
from linecrm_desktop.views.messages.gate_page import GatePage
from linecrm_desktop.views.messages.list_page import MessageListPage
from linecrm_desktop.views.messages.sender import Sender
from linecrm_desktop.views.messages.sending_page import SendingPage
from linecrm_desktop.views.notice import notify

NEW, CHECK, SENDING = "new", "check", "sending"
"""Parts of a Place on this page; a Place with an id and no part is a draft."""


class MessagesView(QWidget):
    """Everything about one-off sends."""

    page = Page.MESSAGES
    asked_for = Signal(object)
    undo_moved = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.sends = Sender(desk, self)
        self.list = MessageListPage(desk, self.sends)
        self.composer = Composer(desk)
        self.gate = GatePage(desk)
        self.sending = SendingPage(desk, self.sends)
        self.pages = QStackedWidget()
        for part in (self.list, self.composer, self.gate, self.sending):
            self.pages.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self._connect()
        self._offer()
        self.list.reload()

    def show_place(self, place: Place) -> None:
        """Go to the list, a new or kept draft, its gate, or a send; what is being written is kept first."""
        self._leave_composer()
        if place.part == NEW:
            self._ask_new(place.object_id)
        elif place.object_id is None:
            self._show_list()
        elif place.part == SENDING:
            self._watch(place.object_id)
        elif place.part == CHECK:
            self._check(place.object_id)
        else:
            self._open_draft(place.object_id)

    def reload(self, changed: Changes) -> None:
        if changed & {Word.MESSAGES, Word.CAMPAIGNS, Word.SEGMENTS}:
            self.list.reload()
        for part in (self.composer, self.gate, self.sending):
            part.reload(changed)

    def retranslate(self) -> None:
        for part in (self.list, self.composer, self.gate, self.sending):
            part.retranslate()

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows."""
        return "messages", self.list.table.model()

    def menu_actions(self) -> dict[str, list[QAction]]:
        """Return what the window's menus offer for the part that is shown."""
        return {"file": [self.gate.print_action], "messages": [self.composer.keep_action]}

    def can_leave(self) -> bool:
        """Keep the draft on the way out; nothing ever has to be asked."""
        self._leave_composer()
        return True

    def undo_stack(self) -> QUndoStack | None:
        """Return the open draft's own undo; the other parts use the shop's."""
        return self.composer.undo if self.pages.currentWidget() is self.composer else None

    def _offer(self) -> None:
        """Enable the menu's actions that belong to the part that is shown."""
        shown = self.pages.currentWidget()
        self.gate.print_action.setEnabled(shown is self.gate)
        self.composer.keep_action.setEnabled(shown is self.composer)

    def _connect(self) -> None:
        self.pages.currentChanged.connect(lambda _at: self._offer())
        self.pages.currentChanged.connect(lambda _at: self.undo_moved.emit())
        self.list.new_asked.connect(lambda: self._ask_new(None))
        self.list.draft_opened.connect(self._open_draft)
        self.list.send_opened.connect(self._open_send)
        self.list.lines_asked.connect(self._watch)
        self.composer.left.connect(self._leave_to_list)
        self.composer.check_asked.connect(self._check)
        self.gate.left.connect(self._show_list)
        self.gate.back_asked.connect(self._open_draft)
        self.gate.bubble_asked.connect(self._open_bubble)
        self.gate.frozen.connect(self._send)
        self.gate.planned.connect(self._planned)
        self.gate.answered.connect(self.composer.take_answers)
        self.sends.held.connect(self._held)
        self.sending.left.connect(self._show_list)
        for part in (self.gate, self.sending):
            part.asked_for.connect(self.asked_for)

    def _ask_new(self, segment_id: int | None) -> None:
        """Ask what a new message begins with; the page that is shown stays until that is chosen."""
        dialog = ask_new(self._desk, segment_id, self)
        dialog.chosen.connect(lambda draft: self._compose(draft, None))

    def _show_list(self) -> None:
        self.list.reload()
        self.pages.setCurrentWidget(self.list)
        self.list.table.setFocus()

    def _leave_to_list(self) -> None:
        self._leave_composer()
        self._show_list()

    def _leave_composer(self) -> None:
        if self.pages.currentWidget() is self.composer:
            self.composer.leave()

    def _open_draft(self, message_id: int) -> None:
        saver = self.composer.saver
        if saver.message_id == message_id and not (saver.is_kept and self._desk.shop.server):
            # The open draft is newer than the file: its last words may still be on their way there.
            self.pages.setCurrentWidget(self.composer)
            return
        self._desk.jobs.read(
            lambda session: (library.load(session, message_id), message_id), self._opened, key="messages.open"
        )

    def _open_bubble(self, message_id: int, variant: int, bubble: int) -> None:
        if self.composer.saver.message_id == message_id:
            self.pages.setCurrentWidget(self.composer)
            self.composer.show_bubble(variant, bubble)
            return

        def shown(found: tuple[MessageDraft, int]) -> None:
            self._opened(found)
            self.composer.show_bubble(variant, bubble)

        self._desk.jobs.read(
            lambda session: (library.load(session, message_id), message_id), shown, key="messages.open"
        )

    def _opened(self, found: tuple[MessageDraft, int]) -> None:
        self._compose(*found)

    def _compose(self, draft: MessageDraft, message_id: int | None) -> None:
        self.pages.setCurrentWidget(self.composer)
        self.composer.open(draft, message_id)

    def _check(self, message_id: int) -> None:
        self.pages.setCurrentWidget(self.gate)
        self.gate.open(message_id)

    def _open_send(self, campaign_id: int, unfinished: bool) -> None:
        if unfinished:
            self._watch(campaign_id)
        else:
            self.asked_for.emit(Place(Page.RESULTS, campaign_id))

    def _send(self, campaign_id: int, name: str) -> None:
        self.sends.start(campaign_id, name)
        self._watch(campaign_id)

    def send_due(self, campaign_id: int, name: str) -> None:
        """Let a planned send leave whose moment has come; the page that is shown stays."""
        self.sends.start_due(campaign_id, name)

    def _planned(self, _campaign_id: int, moment: datetime) -> None:
        self._desk.toast(_("Planned for {time}").format(time=when(moment, self._desk.day().today)), None)
        self._show_list()

    def _held(self, _campaign_id: int, why: str) -> None:
        self._desk.toast(why, None)
        notify(self.window(), _("A planned send waits for you"), why)

    def _watch(self, campaign_id: int) -> None:
        self.pages.setCurrentWidget(self.sending)
        self.sending.open(campaign_id)
