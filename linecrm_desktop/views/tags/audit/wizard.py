"""The page of the tag audit: six steps, saved as they go; applied as a whole or left for later."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.audit import applying, listing, plan
from linecrm_desktop.audit.changes import Change
from linecrm_desktop.jobs import Changes, Task, Word, changes
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _, long_date, ngettext, number
from linecrm_desktop.views import saved_list
from linecrm_desktop.views.act import Act, done
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.reading_order import first_stop
from linecrm_desktop.views.tags.audit import state as steps
from linecrm_desktop.views.tags.audit.decide_step import DecideStep
from linecrm_desktop.views.tags.audit.first_step import FirstStep
from linecrm_desktop.views.tags.audit.pairs_step import PairsStep
from linecrm_desktop.views.tags.audit.review_step import ReviewStep
from linecrm_desktop.views.tags.audit.said import in_a_word
from linecrm_desktop.views.tags.audit.state import AuditState
from linecrm_desktop.views.tags.audit.table_step import TableStep
from linecrm_desktop.views.widgets.basics import button, label, restyle
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import StepBar
from linecrm_desktop.views.widgets.scrolled import ScrollArea

_CHANGED = changes(Word.TAGS, Word.SEGMENTS, Word.FRIENDS, Word.MESSAGES)
_COUNT = 6
_DECIDING = (steps.NO_DECISION, steps.LOOKALIKES)
"""Steps with a main button of their own, which decides; a page has one."""
_FILES = ("tag_findings", "tags_without_decision", "look_alike_tags", "unused_tags", "small_tags", "tag_changes")
"""What the list of each step is called as a file, before its date."""


Decided = Mapping[str, Change | None]
"""What is decided about choices, by their keys; None: nothing."""


class _Decision(QUndoCommand):
    """Decisions that were taken together; undoing it puts those of before in their places."""

    def __init__(self, keep: Callable[[Decided], None], before: Decided, after: Decided) -> None:
        super().__init__(_("decide about a tag"))
        self._keep, self._before, self._after = keep, before, after

    def redo(self) -> None:
        self._keep(self._after)

    def undo(self) -> None:
        self._keep(self._before)


class AuditView(QWidget):
    """Holds the audit's state, hands work to the runner, and shows each step."""

    asked_for = Signal(object)
    page = Page.AUDIT

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("auditView")
        self._desk = desk
        self._state: AuditState | None = None
        self._decisions = QUndoStack(self)
        self._build()
        self._connect()
        self.retranslate()

    def show_place(self, place: Place) -> None:
        """Count the evidence and begin an audit, or go on with the one that was begun."""
        day, now = self._desk.day(), self._desk.now()
        self._desk.jobs.run(
            _("Looking at the tags"),
            lambda database, task: (steps.begin(database, day, now, task), changes()),
            self._begin,
            stopped=self._leave,
        )

    def reload(self, changed: Changes) -> None:
        """Keep what is shown: the evidence is counted again when the audit is opened again."""

    def can_leave(self) -> bool:
        """Say that nothing is lost: every decision is saved when it is made."""
        return True

    def undo_stack(self) -> QUndoStack:
        """Return what was decided here, for Ctrl+Z."""
        return self._decisions

    def retranslate(self) -> None:
        self.steps.show_names(
            [_("Findings"), _("No decision"), _("Look-alikes"), _("Unused"), _("Too small"), _("Review changes")]
        )
        self.close_button.setText(_("Save and close"))
        self.cancel.setText(_("Cancel the audit…"))
        self.save.setToolTip(_("As a CSV file or an Excel workbook"))
        self.back.setText(_("Back"))
        for part in self._parts:
            part.retranslate()
        self._show_words()

    def _build(self) -> None:
        self.head = PageHead()
        self.close_button = self.head.add_button("", name="auditClose")
        self.steps, self.pages = StepBar([""] * _COUNT), QStackedWidget()
        self.findings, self.decide, self.pairs = FirstStep(self._desk), DecideStep(), PairsStep(self._desk)
        self.unused = TableStep(steps.UNUSED, "unusedTags")
        self.small = TableStep(steps.TOO_SMALL, "smallTags")
        self.review = ReviewStep(self._desk)
        self._parts = (self.findings, self.decide, self.pairs, self.unused, self.small, self.review)
        for part in self._parts:
            scroll = ScrollArea()
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setWidgetResizable(True)
            scroll.setWidget(part)
            self.pages.addWidget(scroll)
        self.cancel, self.note = button("", name="auditCancel"), label("", "second")
        self.back, self.next = button("", name="auditBack"), button("", "primary", name="auditNext")
        frame = QFrame()
        frame.setProperty("foot", True)
        foot = QHBoxLayout(frame)
        foot.setContentsMargins(20, 12, 20, 12)
        foot.setSpacing(8)
        self.save = button("", "flat", "download-simple", "auditSave")
        for part in (self.cancel, self.save):
            foot.addWidget(part)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        for part in (self.head, self.steps, self.pages):
            page.addWidget(part, 1 if part is self.pages else 0)
        page.addWidget(frame)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self._leave)
        self.head.went_back.connect(self._leave)
        self.cancel.clicked.connect(self._throw_away)
        self.save.clicked.connect(self._save_list)
        self.back.clicked.connect(lambda: self._go(self._at() - 1))
        self.next.clicked.connect(lambda: self._apply() if self._at() == steps.REVIEW else self._go(self._at() + 1))
        self.steps.pressed.connect(self._go)
        self.findings.opened.connect(self._go)
        for part in (self.findings, self.decide, self.pairs, self.unused, self.small):
            part.decided.connect(self._decide)
        self.review.checked.connect(self._check)
        self.review.step_asked.connect(self._go_back_to)

    def _at(self) -> int:
        return self.pages.currentIndex()

    def _begin(self, state: AuditState) -> None:
        self._state = state
        self._decisions.clear()
        self.findings.show_overview()
        self._show(min(max(state.audit.step - 1, 0), _COUNT - 1))

    def _show(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self.steps.show_step(step)
        self._show_state()
        first = first_stop(self._parts[step])
        if first is not None:
            first.setFocus()

    def _show_state(self) -> None:
        if self._state is not None:
            self._parts[self._at()].show_state(self._state)
        self._show_words()

    def _show_words(self) -> None:
        state, at = self._state, self._at()
        self.back.setVisible(at > 0)
        self.next.setEnabled(state is not None)
        self.save.setEnabled(state is not None)
        self.save.setText(_("Save findings…") if at == steps.FINDINGS else _("Save list…"))
        if state is None:
            self.head.show_title(_("Tag audit"), "", _("Tags"))
            self.next.setText(_("Next"))
            return
        day = long_date(state.facts.day.local(state.audit.started_at).date())
        self.head.show_title(_("Tag audit"), _("Started {day} · saved as you go").format(day=day), _("Tags"))
        count = len(state.planned())
        said = ngettext("{n} change so far", "{n} changes so far", count)
        self.note.setText(said.format(n=number(count)))
        apply = ngettext("Apply {n} change", "Apply {n} changes", count).format(n=number(count))
        names = (_("Next: no decision"), _("Next: look-alikes"), _("Next: unused"), _("Next: too small"))
        self.next.setText((*names, _("Next: review the changes"), apply)[at])
        restyle(self.next, "kind", "default" if at in _DECIDING else "primary")
        nothing = at == steps.REVIEW and not count
        self.next.setEnabled(not nothing)
        if nothing:
            self.note.setText(_("Nothing is ticked, so there is nothing to apply."))

    def _go(self, step: int) -> None:
        state = self._state
        if state is None or not 0 <= step < _COUNT:
            return
        self._show(step)
        self._desk.jobs.write(lambda session: (plan.go_to(session, state.audit.id, step + 1), changes()))

    def _go_back_to(self, step: int, key: str) -> None:
        """Go to where a choice was decided."""
        self._go(step)
        if step == steps.FINDINGS:
            self.findings.show_more(key=key)

    def _decide(self, made: Sequence[tuple[str, Change]]) -> None:
        state = self._state
        before = {key: choice.change for key, _change in made if state and (choice := state.choice(key))}
        if before:
            self._decisions.push(_Decision(self._keep, before, dict(made)))

    def _keep(self, decided: Decided) -> None:
        state, now = self._state, self._desk.now()
        if state is None:
            return
        audit = state.audit.id
        for key, change in decided.items():
            state = state.decided(key, change)
        self._state = state
        self._show_state()
        self._desk.jobs.write(lambda session: (plan.write(session, audit, decided, now), changes()))

    def _check(self, key: str, on: bool) -> None:
        state = self._state
        if state is not None:
            self._state = state.checked(key, on=on)
            self.review.show_after(self._state)
            self._show_words()
            self._desk.jobs.write(lambda session: (plan.check(session, state.audit.id, key, on=on), changes()))

    def _save_list(self) -> None:
        """Write what the step shows into a table file; the first step, all that was found."""
        state, at = self._state, self._at()
        if state is None:
            return
        if at == steps.REVIEW:
            header, rows = self.review.table()
        else:
            choices = [(one, one.finding) for one in state.found(at) if one.finding]
            names = {tag.id: tag.name for tag in state.facts.tags}
            decided = [in_a_word(one.change) for one, _finding in choices]
            header, rows = listing.table([finding for _one, finding in choices], names, decided)
        saved_list.save_rows(self._desk, _FILES[at], header, rows)

    def _apply(self) -> None:
        state, day, now = self._state, self._desk.day(), self._desk.now()
        if state is None:
            return
        self.next.setEnabled(False)

        def work(database: Database, _task: Task) -> tuple[Path, Changes]:
            return applying.apply(database, state.audit.id, day, now), _CHANGED

        count = len(state.planned())
        self._desk.jobs.run(_("Changing the tags"), work, lambda copy: self._applied(state, count, copy), self._failed)

    def _applied(self, state: AuditState, count: int, copy: Path) -> None:
        said = ngettext(
            "{n} change was made. The backup is “{file}”. The next audit is due on {day}.",
            "{n} changes were made. The backup is “{file}”. The next audit is due on {day}.",
            count,
        )
        due = long_date(self._desk.day().today + timedelta(days=applying.AGAIN_DAYS))
        told = said.format(n=number(count), file=copy.name, day=due)
        audit, wanted, desk = state.audit.id, state.planned(), self._desk

        def again(session: Session) -> None:
            applying.make_all(session, wanted, desk.day(), desk.now(), name=applying.bundle(audit))

        act = Act(
            *(desk, _("apply the tag audit")),
            lambda session: applying.take_back(session, audit, desk.now()),
            *(again, _CHANGED, _("The audit was undone.")),
        )
        done(desk, told, act)
        self._leave()

    def _failed(self, error: Exception) -> None:
        self.next.setEnabled(True)
        self._desk.dialogs.show_error(error)

    def _throw_away(self) -> None:
        state, now = self._state, self._desk.now()
        sure = self._desk.dialogs.ask(
            _("Cancel this audit?"),
            _("What you decided in it is gone. No tag was changed."),
            _("Cancel the audit"),
            danger=True,
        )
        if sure and state is not None:
            self._desk.jobs.write(
                lambda session: (plan.cancel(session, state.audit.id, now), changes()), lambda _none: self._leave()
            )

    def _leave(self) -> None:
        self._state = None
        self.asked_for.emit(Place(Page.TAGS))
