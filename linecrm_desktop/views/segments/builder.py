"""The segment builder: the sentence, the decision, the rules, and live numbers at the right."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import changes
from linecrm_desktop.segments import library, unsaved
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.problems import Path, Problem, problems
from linecrm_desktop.segments.sentence import marked
from linecrm_desktop.text import _, clock, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.rules.offers import Offers, offers
from linecrm_desktop.views.rules.rule_keys import RuleKeys
from linecrm_desktop.views.rules.rule_list import RuleList
from linecrm_desktop.views.segments import saving
from linecrm_desktop.views.segments.numbers_panel import NumbersPanel
from linecrm_desktop.views.segments.reading import Numbers, People, left_out, numbers
from linecrm_desktop.views.segments.sample_card import SampleCard
from linecrm_desktop.views.segments.segment_frame import SegmentFrame
from linecrm_desktop.views.segments.shared_people import ask_shared
from linecrm_desktop.views.segments.why_dialog import WhyDialog
from linecrm_desktop.views.whose import settled
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.writing import writing

COUNT_AFTER = 250
"""Milliseconds of quiet after an edit before it is counted."""
KEEP_AFTER = 1_000
"""Milliseconds of quiet after an edit before the draft is kept."""


class _Edit(QUndoCommand):
    """One edit of the draft; what is typed into one field without a pause for another is one edit."""

    def __init__(self, builder: "SegmentBuilder", after: SegmentDraft, typed: str) -> None:
        super().__init__()
        self._builder, self._before, self._after, self._typed = builder, builder.draft, after, typed

    def id(self) -> int:
        return 1 if self._typed else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other._typed != self._typed:
            return False
        self._after = other._after
        return True

    def undo(self) -> None:
        self._builder.put(self._before)

    def redo(self) -> None:
        self._builder.put(self._after)


class SegmentBuilder(QWidget):
    """Edits one draft. Every edit is a new draft on the builder's own undo stack."""

    left = Signal()
    templates_asked = Signal()
    saved = Signal(int)
    message_asked = Signal(int)
    friends_asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.draft = SegmentDraft()
        self.segment_id: int | None = None
        self._kept = self.draft
        self._opened: SegmentDraft | None = None  # what was in the shop when it was opened, or saved last
        self._offers = Offers()
        self.undo_stack = QUndoStack(self)
        self._is_saving = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COUNT_AFTER)
        self._keeper = QTimer(self)
        self._keeper.setSingleShot(True)
        self._keeper.setInterval(KEEP_AFTER)
        self._counted_draft = self.draft
        self._build_head()
        self._build_left()
        self._build_page()
        self._keys = RuleKeys(self.rules, self)
        save = QShortcut(QKeySequence("Ctrl+S"), self, self.save_button.click)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._connect()
        self.retranslate()

    def open(self, draft: SegmentDraft, segment_id: int | None, kept: SegmentDraft | None = None) -> None:
        """Begin with a draft; segment_id is what it was loaded from, `kept` what is saved where that differs."""
        self.segment_id = segment_id
        self._kept = draft if kept is None else kept
        self._opened = self._kept if segment_id is not None else None
        self.undo_stack.clear()
        self._show_no_numbers("")
        self._is_saving = False
        self.put(draft)
        self.read_offers()
        (self.rules.foot.add_rule if draft.name else self.frame.name).setFocus()

    def read_offers(self) -> None:
        """Read what rules can name: tags and products may have come since."""
        day, segment_id = self._desk.day(), self.segment_id
        self._desk.jobs.read(lambda s: offers(s, day, segment_id), self._offered, key="segments.offers")

    def put(self, draft: SegmentDraft) -> None:
        """Show a draft and count it after a moment of quiet."""
        if (draft.rule, draft.cap) != (self.draft.rule, self.draft.cap):
            self.numbers.show_counting()
        self.draft = draft
        self.frame.show_draft(draft)
        self.rules.show_draft(draft)
        self._show_title()
        self._show_sentence()
        self._show_problems()
        self._timer.start()
        self._keeper.start()

    def problems(self) -> list[Problem]:
        """Return what keeps the draft from being saved, as far as the shop is known."""
        return self.draft.problems(self._offers.known)

    @property
    def is_changed(self) -> bool:
        return self.draft != self._kept

    def save(self) -> None:
        """Save the draft; what is missing is said where it is missing."""
        draft, segment_id, opened = self.draft, self.segment_id, self._opened
        missing = self.problems()
        if missing:
            self.banner.show_text("warn", missing[0].sentence)
            self.banner.show()
        if missing or self._is_saving:
            return
        self._is_saving = True
        self._keeper.stop()
        self._desk.jobs.write(
            lambda s: (saving.save(s, draft, self._desk.now(), segment_id, opened), saving.CHANGED),
            lambda saved: self._saved(saved, draft),
            self._not_saved,
        )

    def retranslate(self) -> None:
        self._show_title()
        self.templates_button.setText(_("Templates"))
        self.save_button.setText(_("Save"))
        self.save_button.setToolTip(_("Save (Ctrl+S)"))
        self.message_button.setText(_("Write a message"))
        self.sample.retranslate()
        self.words_title.setText(_("In plain words"))
        self.frame.retranslate()
        self._keys.retranslate()
        self.rules.retranslate()
        self.numbers.retranslate()
        self._show_sentence()
        if self.isVisible():  # what stands at the rows, and why nobody matches, is said when it is counted
            self.count()

    def count(self) -> None:
        """Count the draft now."""
        draft, day, now, mine = self.draft, self._desk.day(), self._desk.now(), self.segment_id
        if problems(draft.rule, self._offers.known):
            self._show_no_numbers(_("Nothing to count until every rule is complete."))
            return
        self.numbers.show_counting()
        self._desk.jobs.read(
            lambda s: numbers(s, draft, day, now, mine),
            lambda found: self._counted(found, draft),
            self._not_counted,
            "segments.count",
        )

    def _build_head(self) -> None:
        self.head = PageHead()
        self.saved_at = label("", "caption")
        self.head.add_widget(self.saved_at)
        self.templates_button = self.head.add_button("", "stack", name="showTemplates")
        self.save_button = writing(self.head.add_button("", "floppy-disk", name="saveSegment"))
        self.message_button = self.head.add_button("", "chat-text", "primary", "writeMessage")

    def _build_left(self) -> None:
        self.banner = Banner("warn")
        self.banner.hide()
        words = Card()
        words.setProperty("tone", "good")
        self.words_title = label("", "strong")
        self.words = label("", wrap=True)
        self.words.setObjectName("sentence")
        words.body.addWidget(self.words_title)
        words.body.addWidget(self.words)
        self.frame = SegmentFrame()
        self.rules = RuleList(self._desk.shop.currency)
        self.rules.set_before(self.frame.recount)
        self.sample = SampleCard(self._desk)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        for part in (self.banner, words, self.frame, self.rules, self.sample):
            column.addWidget(part)
        column.addStretch(1)
        self._left = ScrollArea()
        self._left.setWidgetResizable(True)
        self._left.setWidget(inner)

    def _build_page(self) -> None:
        self.numbers = NumbersPanel(self._desk.shop.currency)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left)
        splitter.addWidget(self.numbers)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([854, 386])
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addWidget(splitter, 1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.count)
        self._keeper.timeout.connect(self._keep)
        self.sample.why_asked.connect(self._show_why)
        self.rules.lost_asked.connect(self._ask_lost)
        self.numbers.overlap_asked.connect(lambda other: ask_shared(self._desk, self._counted_draft, other, self))
        self.numbers.stop_asked.connect(self._stop_counting)
        self.head.went_back.connect(self.left)
        self.templates_button.clicked.connect(self.templates_asked)
        self.rules.edited.connect(self._edit)
        self.frame.name_edited.connect(lambda text: self._edit(replace(self.draft, name=text), "name"))
        self.frame.decides_edited.connect(lambda text: self._edit(replace(self.draft, helps_decide=text), "decides"))
        self.frame.cap_chosen.connect(lambda cap: self._edit(replace(self.draft, cap=cap), ""))
        self.frame.recount_chosen.connect(lambda recount: self._edit(replace(self.draft, recount=recount), ""))
        self.save_button.clicked.connect(self.save)
        for made, act, changed in (
            (self.rules.foot.undo, self.undo_stack.undo, self.undo_stack.canUndoChanged),
            (self.rules.foot.redo, self.undo_stack.redo, self.undo_stack.canRedoChanged),
        ):
            made.setEnabled(False)
            made.clicked.connect(act)
            changed.connect(made.setEnabled)
        self.message_button.clicked.connect(lambda: self._with_saved(self.message_asked))
        self.sample.all_asked.connect(lambda: self._with_saved(self.friends_asked))

    def _edit(self, draft: SegmentDraft, typed: str) -> None:
        if draft != self.draft:
            self.undo_stack.push(_Edit(self, draft, typed))

    def _with_saved(self, asked: SignalInstance) -> None:
        if self.segment_id is not None and not self.is_changed:
            asked.emit(self.segment_id)
        else:
            self.banner.show_text("info", _("Save the segment first."), "")
            self.banner.show()

    def _offered(self, found: Offers) -> None:
        if found == self._offers:
            return  # the rows stay as they are, with whatever is being typed there
        self._offers = found
        self.rules.offer(found)
        self._show_sentence()
        self._show_problems()

    def _show_title(self) -> None:
        self.head.show_title(self.draft.name.strip() or _("New segment"), "", _("Segments"))

    def _show_sentence(self) -> None:
        self.words.setText(marked(self.draft.rule, self._offers.names, self._desk.shop.currency))

    def _show_problems(self) -> None:
        self.rules.show_problems(self.problems() if self.draft.rule.rules else [])
        self.banner.hide()

    def _counted(self, found: Numbers, draft: SegmentDraft) -> None:
        self.numbers.show_numbers(found)
        self.rules.show_counts(found.rows, found.notes)
        self._counted_draft = draft
        self.sample.show_people(found.sample, found.reach.reachable)

    def _show_why(self) -> None:
        """Explain the friends of the sample, with the rules that they were counted with."""
        shown = self.sample.shown()
        WhyDialog(self._desk, _("Why is she in?"), self._counted_draft.rule, shown, self).open()

    def _ask_lost(self, path: Path) -> None:
        draft, day = self.draft, self._desk.day()
        self._desk.jobs.read(
            lambda s: left_out(s, draft, path, day),
            lambda found: self._show_lost(draft, *found),
            self._desk.dialogs.show_error,
            "segments.lost",
        )

    def _show_lost(self, draft: SegmentDraft, count: int, people: People) -> None:
        if not count:
            self._desk.toast(_("Nobody is left out by this row alone."), None)
            return
        said = ngettext("{n} friend is left out by this row", "{n} friends are left out by this row", count)
        WhyDialog(self._desk, said.format(n=number(count)), draft.rule, people, self).open()

    def _stop_counting(self) -> None:
        """Ask nothing under the key of the count: that interrupts the count that is under way."""
        self._desk.jobs.read(lambda _session: None, lambda _nothing: None, key="segments.count")
        self._show_no_numbers(_("Counting was stopped. The next change counts again."))

    def _show_no_numbers(self, reason: str) -> None:
        """Take away every number of an earlier draft: at the right, at the rows, and its friends."""
        self.numbers.show_nothing(reason)
        self.rules.show_counts({})
        self.sample.show_people((), 0)

    def _keep(self) -> None:
        """Keep what is not saved in the shop file, so that a power cut takes nothing away."""
        if self.is_changed and self.isVisible() and self._desk.shop.may_write:
            draft, segment_id, now = self.draft, self.segment_id, self._desk.now()
            self._desk.jobs.write(lambda s: (unsaved.keep(s, draft, segment_id, now), changes()))

    def forget(self) -> None:
        """Drop what was kept of this draft: it is thrown away."""
        self._keeper.stop()
        segment_id = self.segment_id
        self._desk.jobs.write(lambda s: (unsaved.forget(s, segment_id), changes()))

    def _not_counted(self, error: Exception) -> None:
        self._show_no_numbers(error.sentence() if isinstance(error, TagwellError) else _("This could not be counted."))

    def read_saved(self) -> None:
        """Show what is saved by now where nothing here is unsaved: a save may have been taken back."""
        segment_id = self.segment_id
        if segment_id is None or self.is_changed:
            return

        def show(saved: SegmentDraft) -> None:
            if self.segment_id == segment_id and not self.is_changed and saved != self.draft:
                self.open(saved, segment_id)

        self._desk.jobs.read(lambda s: library.load(s, segment_id), show, lambda _gone: None, key="segments.saved")

    def _saved(self, saved: saving.Saved, draft: SegmentDraft) -> None:
        self._is_saving = False
        self.segment_id, self._kept, self._opened = saved.id, draft, saved.there
        self.saved_at.setText(_("Saved {time}").format(time=clock(self._desk.day().local(self._desk.now()))))
        saving.tell(self._desk, saved, draft)
        self.saved.emit(saved.id)

    def _not_saved(self, error: Exception) -> None:
        self._is_saving = False
        if settled(self._desk, error, self.draft.name, self._keep_mine, self._take_theirs):
            return
        if not isinstance(error, TagwellError):
            self._desk.dialogs.show_error(error)
            return
        self.banner.show_text("bad", error.sentence())
        self.banner.show()

    def _keep_mine(self) -> None:
        self._opened = None
        self.save()

    def _take_theirs(self) -> None:
        self.forget()
        self._kept, self._opened = self.draft, None  # nothing here is to be kept
        self.read_saved()
