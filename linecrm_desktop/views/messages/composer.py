"""The composer: brief, bubbles and a phone beside each other. It holds the draft that is open, and nothing else.

Every change makes a new draft: one undo step, one quiet save, one new picture of the phone.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from linecrm_desktop.campaigns import testing
from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.messages import library, pictures
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.messages.bubbles import Bubble, OptOutBubble
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.messages.variables import Variable
from linecrm_desktop.text import _, clock
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages import facts
from linecrm_desktop.views.messages.autosave import Autosave
from linecrm_desktop.views.messages.beginning.brief_dialog import ask_brief
from linecrm_desktop.views.messages.beginning.keep_template import keep_template
from linecrm_desktop.views.messages.brief_column import BriefColumn
from linecrm_desktop.views.messages.bubbles.bench import Bench
from linecrm_desktop.views.messages.bubbles.column import BubbleColumn
from linecrm_desktop.views.messages.coupons import Coupons
from linecrm_desktop.views.messages.draft_history import DraftHistory, typed_in
from linecrm_desktop.views.messages.facts import Facts
from linecrm_desktop.views.messages.friend_dialog import ask_friend
from linecrm_desktop.views.messages.json_dialog import show_json
from linecrm_desktop.views.messages.looks import Looks
from linecrm_desktop.views.messages.preview_column import PreviewColumn
from linecrm_desktop.views.messages.tester_dialog import ask_test
from linecrm_desktop.views.messages.title_edit import TitleEdit
from linecrm_desktop.views.messages.variable_edit import VariableEdit
from linecrm_desktop.views.messages.variant_bar import VariantBar
from linecrm_desktop.views.whose import settled
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.scrolled import scrolled
from linecrm_desktop.views.widgets.writing import writing

_BRIEF_WIDTH, _PREVIEW_WIDTH = 272, 332
_SHOWN_BY_FACTS = frozenset({Word.SEGMENTS, Word.FRIENDS, Word.TAGS, Word.CONSENT, Word.IMPORTS, Word.SETTINGS})


class Composer(QWidget):
    """Edits one draft."""

    left = Signal()
    """Back to the list."""
    check_asked = Signal(int)
    """The id of the message, which is kept by then."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._draft = MessageDraft()
        self._facts = Facts()
        self.saver = Autosave(desk, self)
        self.undo = DraftHistory(self)
        self.looks, self.coupons = Looks(desk, self), Coupons(desk, self)
        self._build_head()
        self._build_columns()
        self._connect()
        self.retranslate()

    @property
    def draft(self) -> MessageDraft:
        """The draft as it is now."""
        return self._draft

    def open(self, draft: MessageDraft, message_id: int | None) -> None:
        """Show a draft; None as id means that it is new."""
        self.saver.open(draft, message_id)
        self.undo.clear()
        self._saved_at.setText("")
        self.variants.begin()
        self.looks.retry()
        self.coupons.load(draft.brief.channel_id)
        self._show(draft)
        self._read_facts()
        (self.name if not draft.name else self.brief.segment).setFocus()

    def leave(self) -> None:
        """Keep what is written; a new draft in which nothing was written is not kept."""
        if not (self._draft.is_blank and not self._draft.name and self.saver.message_id is None):
            self.saver.flush()

    def show_bubble(self, variant: int, position: int) -> None:
        """Put the cursor into one bubble of a variant, both from 0."""
        self.variants.choose(variant)
        self._show_bubbles()
        if position < len(self.bubbles.cards):
            self.bubbles.focus(position)

    def take_answers(self, message_id: int, answers: dict[str, Any]) -> None:
        """Follow answers that the gate changed and kept, so that the next save does not write the old ones back."""
        if self.saver.message_id == message_id:
            self._draft = self._draft.with_brief(**answers)
            self.saver.answered(answers)
            self.brief.show_brief(self._draft.brief)

    def reload(self, changed: Changes) -> None:
        if changed & _SHOWN_BY_FACTS:
            self._read_facts()

    def retranslate(self) -> None:
        self.head.show_title("", crumb=_("Messages"))
        self.name.setPlaceholderText(_("Name of the message"))
        self.name.setAccessibleName(_("Name of the message"))
        self.check.setText(_("Check and send…"))
        self.keep.setText(_("Save as template…"))
        self.keep_action.setText(_("Save as template…"))
        for column in (self.brief, self.variants, self.bubbles, self.preview):
            column.retranslate()
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Larger letters and longer words need more room, and a scroll bar must not cover them."""
        bar = self._brief_area.verticalScrollBar().sizeHint().width()
        self._brief_area.setMinimumWidth(max(_BRIEF_WIDTH, self.brief.minimumSizeHint().width() + bar))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Fields would keep Ctrl+Z for themselves, and do nothing with it: undo belongs to the draft.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Undo):
                self.undo.undo()
                return True
            if event.matches(QKeySequence.StandardKey.Redo):
                self.undo.redo()
                return True
        return super().eventFilter(watched, event)

    def _build_head(self) -> None:
        self.head = PageHead()
        self.name = TitleEdit()
        layout = self.head.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(layout.indexOf(self.head.title), self.name, 4)
        self._saved_at = label("", "caption")
        self._saved_at.setObjectName("savedAt")
        self.head.add_widget(self._saved_at)
        self.keep = writing(self.head.add_button("", "bookmark-simple", name="saveAsTemplate"))
        self.keep_action = writing(QAction(self))
        self.keep_action.setObjectName("saveAsTemplateAction")
        self.check = self.head.add_button("", "paper-plane-tilt", "primary", "checkAndSend")

    def _build_columns(self) -> None:
        self.brief = BriefColumn(self._desk)
        self.variants = VariantBar()
        self.bubbles = BubbleColumn(Bench((self,), self._ask_fallback, self.looks, self.coupons))
        self.preview = PreviewColumn()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.variants)
        column.addWidget(self.bubbles, 1)
        columns = QSplitter()
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        self._brief_area = scrolled(self.brief)
        for position, part in enumerate((self._brief_area, middle, self.preview)):
            columns.addWidget(part)
            columns.setStretchFactor(position, 1 if part is middle else 0)
        columns.setSizes([_BRIEF_WIDTH, 10_000, _PREVIEW_WIDTH])
        self.preview.setMinimumWidth(_PREVIEW_WIDTH)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addWidget(columns, 1)

    def _connect(self) -> None:
        self.head.went_back.connect(self.left)
        self.keep_action.triggered.connect(self.keep.click)
        self.keep.clicked.connect(lambda: keep_template(self._desk, self._draft))
        self.preview.test.clicked.connect(lambda: self.saver.flush(self._ask_test))
        self.preview.json_asked.connect(self._show_json)
        self.preview.another_asked.connect(self._ask_friend)
        QShortcut(QKeySequence("Ctrl+T"), self, self.preview.test.click)
        self.check.clicked.connect(lambda: self.saver.flush(self.check_asked.emit))
        self.saver.saved.connect(self._show_saved)
        self.saver.clashed.connect(self._ask_whose)
        self.looks.changed.connect(lambda: self.preview.show_pictures(self.looks.shown))
        self.coupons.changed.connect(lambda: self.preview.show_coupons(self.coupons.listed.titles))
        self.name.textEdited.connect(
            lambda text: self._change(self._draft.with_name(text), _("Rename message"), "name")
        )
        self.brief.changed.connect(self._answer)
        self.brief.earlier_asked.connect(lambda: ask_brief(self._desk, self).chosen.connect(self._take_brief))
        self.variants.chosen.connect(self._show_bubbles)
        self.variants.added.connect(self._add_variant)
        self.variants.removed.connect(self._remove_variant)
        self.bubbles.edited.connect(self._edit)
        self.bubbles.added.connect(self._add)
        self.bubbles.duplicated.connect(self._duplicate)
        self.bubbles.removed.connect(self._remove)
        self.bubbles.moved.connect(self._move)
        for field in (self.name, self.brief.why_now, self.brief.what, self.brief.good_if):
            field.installEventFilter(self)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.check.click)

    def _change(self, draft: MessageDraft, what: str, field: str = "") -> None:
        before, self._draft = self._draft, draft
        self.undo.take(before, draft, what, field, self._restore)
        if before != draft:
            self.saver.touch(draft)
            self._show_beside()
        if before.brief != draft.brief:
            self.brief.show_brief(draft.brief)

    def _restore(self, draft: MessageDraft) -> None:
        """Show a draft that undo or redo brings back, and keep it."""
        asked = _whom(draft.brief) != _whom(self._draft.brief)
        self._show(draft)
        self.saver.touch(draft)
        if asked:
            self._read_facts()

    def _ask_whose(self, error: Exception) -> None:
        settled(self._desk, error, self._draft.name, self.saver.keep_mine, self._take_theirs)

    def _take_theirs(self) -> None:
        self.saver.give_way()
        if (message_id := self.saver.message_id) is not None:
            self._desk.jobs.read(lambda s: library.load(s, message_id), lambda there: self.open(there, message_id))

    def _show(self, draft: MessageDraft) -> None:
        self._draft = draft
        if self.name.text() != draft.name:
            self.name.setText(draft.name)
        self.brief.show_brief(draft.brief)
        self._show_bubbles()

    def _show_bubbles(self) -> None:
        self.variants.show_variants(len(self._draft.variants))
        self.bubbles.show_bubbles(self._draft.variants[self._variant])
        self._show_beside()

    def _show_beside(self) -> None:
        """Show what follows from the bubbles: the phone, how friends are divided, what LINE would not take."""
        variant, filling = self._variant, self._facts.filling
        problems = self._draft.problems(filling.longest, self._desk.day().today, filling.most_signs)
        self.bubbles.show_problems([problem for problem in problems if problem.variant == variant])
        self.variants.show_split(self._facts.reach, self._draft.brief.keep_back)
        self.looks.want(pictures.addresses(self._draft.variants[variant]))
        self.preview.show_bubbles(self._draft.variants[variant])
        self._read_tests()

    @property
    def _variant(self) -> int:
        return min(self.variants.current, len(self._draft.variants) - 1)

    def _answer(self, field: str, value: object) -> None:
        answers = {field: value}
        if field == "metric" and isinstance(value, tuple):
            answers = {"metric": value[0], "metric_days": value[1]}
        self._change(self._draft.with_brief(**answers), _("Change the brief"), field)
        if field in ("segment_id", "channel_id"):
            self._read_facts()
        if field == "channel_id":
            self.coupons.load(self._draft.brief.channel_id)

    def _take_brief(self, brief: Brief) -> None:
        """Take over an earlier brief; when this message leaves stays as it is."""
        taken = replace(brief, send_at=self._draft.brief.send_at)
        asked = _whom(taken) != _whom(self._draft.brief)
        self._change(self._draft.with_brief_of(taken), _("Use an earlier brief"))
        if asked:
            self._read_facts()

    def _edit(self, position: int) -> None:
        bubble, variant = self.bubbles.cards[position].bubble(), self._variant
        place = typed_in(self._draft.variants[variant][position], bubble)
        what, field = (_("Typing"), f"{variant}.{position}.{place}") if place else (_("Change a bubble"), "")
        self._change(self._draft.with_bubble(position, bubble, variant), what, field)

    def _add(self, bubble: Bubble) -> None:
        if isinstance(bubble, OptOutBubble):
            bubble = OptOutBubble(_("No more offers? Write “stop” and we stop at once."))
        self._change(self._draft.with_added(bubble, self._variant), _("Add a bubble"))
        self._show_bubbles()
        shown = self._draft.variants[self._variant]
        self.bubbles.focus(max(place for place, one in enumerate(shown) if type(one) is type(bubble)))

    def _duplicate(self, position: int) -> None:
        self._change(self._draft.with_duplicate(position, self._variant), _("Duplicate a bubble"))
        self._show_bubbles()
        self.bubbles.focus(position + 1)

    def _remove(self, position: int) -> None:
        self._change(self._draft.without(position, self._variant), _("Delete a bubble"))
        self._show_bubbles()

    def _move(self, position: int, step: int) -> None:
        self._change(self._draft.moved(position, position + step, self._variant), _("Move a bubble"))
        self._show_bubbles()
        self.bubbles.focus(max(0, min(position + step, len(self.bubbles.cards) - 1)))

    def _add_variant(self) -> None:
        self._change(self._draft.with_variant(self._variant), _("Add a variant"))
        self.variants.show_variants(len(self._draft.variants))
        self.variants.choose(len(self._draft.variants) - 1)
        self._show_bubbles()

    def _remove_variant(self) -> None:
        self._change(self._draft.without_variant(self._variant), _("Delete a variant"))
        self._show_bubbles()

    def _ask_fallback(self, text: VariableEdit, chip: int) -> None:
        variable = text.variable_at(chip)
        if variable is None:
            return
        title, question = _("Fallback"), _("What friends read for whom the shop does not know it:")
        answer = self._desk.dialogs.text(title, question, variable.fallback)
        if answer is not None:
            text.replace_variable(chip, Variable(variable.name, answer.strip()))

    def _ask_test(self, message_id: int) -> None:
        ask_test(self._desk, message_id, self._draft.brief.segment_id, self)

    def _ask_friend(self) -> None:
        dialog = ask_friend(self._desk, *_whom(self._draft.brief), self)
        dialog.chosen.connect(self.preview.show_as)

    def _show_json(self) -> None:
        whose = self.preview.friend.currentText()
        show_json(self._draft.variants[self._variant], self.preview.values, whose, self)

    def _read_facts(self) -> None:
        (segment, account), day, now = _whom(self._draft.brief), self._desk.day(), self._desk.now()
        self._desk.jobs.read(
            lambda session: facts.read(session, segment, day, now, account), self._show_facts, key="messages.facts"
        )

    def _read_tests(self) -> None:
        """Ask whether testers got each variant as it is now."""
        message, variants, day = self.saver.message_id, self._draft.variants, self._desk.day()
        self._desk.jobs.read(
            lambda session: [testing.tested(session, message, bubbles, day, at) for at, bubbles in enumerate(variants)],
            lambda tests: self.preview.show_tests(tests, day.today),
            key="messages.tested",
        )

    def _show_facts(self, found: Facts) -> None:
        self._facts = found
        self.brief.show_facts(found)
        self.bubbles.offer_variables(found.variables)
        self.bubbles.show_filling(found.filling)
        self.preview.show_facts(found, f"{self._desk.day().local(self._desk.now()):%H:%M}")
        self._show_beside()

    def _show_saved(self, moment: object) -> None:
        if isinstance(moment, datetime):
            self._saved_at.setText(_("Draft saved {time}").format(time=clock(self._desk.day().local(moment))))


def _whom(brief: Brief) -> tuple[int | None, int | None]:
    """Return the segment, and the account that writes to it: what reach and samples hang on."""
    return brief.segment_id, brief.channel_id
