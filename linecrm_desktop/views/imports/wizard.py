"""The four steps of an import, one after the other, with a foot that says what comes next."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.friends import directory
from linecrm_desktop.friends.directory import FriendQuery, FriendRow
from linecrm_desktop.imports import decisions, presets, run
from linecrm_desktop.imports.columns import Target
from linecrm_desktop.imports.detect import Choice, Form
from linecrm_desktop.imports.plan import ImportPlan, Report, Sample
from linecrm_desktop.jobs import Changes, Task, changes
from linecrm_desktop.safekeeping import backups
from linecrm_desktop.safekeeping.backups import Plan
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging.running import after_import
from linecrm_desktop.tags.sensitive import topic_name
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.imports import row_fix
from linecrm_desktop.views.imports.check_step import CheckStep
from linecrm_desktop.views.imports.columns_step import ColumnsStep
from linecrm_desktop.views.imports.decision_dialog import DecisionDialog
from linecrm_desktop.views.imports.file_step import FileStep
from linecrm_desktop.views.imports.report_step import ReportStep
from linecrm_desktop.views.imports.row_fix import RowFix
from linecrm_desktop.views.imports.undo_bar import UndoBar
from linecrm_desktop.views.imports.wizard_state import CHANGED, WizardState, begin, read_again, save_as_preset
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import StepBar

FILE, COLUMNS, CHECK, REPORT = range(4)
MOST_OFFERED = 30
"""Most friends that are offered for a chat."""


class ImportWizard(QWidget):
    """Holds the state, hands work to the runner, and shows each step."""

    left = Signal()
    asked_for = Signal(object)
    another_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._state: WizardState | None = None
        self._report: Report | None = None
        self._task: Task | None = None
        self.file, self.columns, self.check, self.report = FileStep(), ColumnsStep(), CheckStep(), ReportStep(desk)
        self._build()
        self._connect()
        self.retranslate()

    def start(self, path: Path) -> None:
        """Look at a file and begin with it; a file that cannot be read is said in a sentence and changes nothing."""
        shop = self._desk.shop
        self._desk.jobs.run(
            _("Reading {file}").format(file=path.name),
            lambda database, _task: (begin(path, shop, database), changes()),
            self._begin,
            self._not_begun,
        )

    def _read_again(self, choice: Choice) -> None:
        state = self._state
        if state is not None:
            self._desk.jobs.run(
                _("Reading {file}").format(file=state.path.name),
                lambda _database, _task: (read_again(state, choice), changes()),
                self._take,
                self._not_begun,
            )

    @property
    def would_lose(self) -> bool:
        """Whether leaving now loses choices."""
        return self._state is not None and self._at() in (COLUMNS, CHECK)

    @property
    def is_at_work(self) -> bool:
        return self._task is not None

    def retranslate(self) -> None:
        self.steps.show_names([_("Choose file"), _("Match columns"), _("Check rows"), _("Import")])
        self.cancel.setText(_("Cancel"))
        self.back.setText(_("Back"))
        self.another.setText(_("Import another file…"))
        self.friends.setText(_("Go to friends"))
        for step in (self.file, self.columns, self.check, self.report):
            step.retranslate()
        self.undo.retranslate()
        self._show_foot()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.next.isEnabled() and self.next.isVisible():
            self.next.click()
        elif event.key() == Qt.Key.Key_Escape and self.cancel.isVisible():
            self.cancel.click()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.steps = StepBar(["", "", "", ""])
        self.pages = QStackedWidget()
        for step in (self.file, self.columns, self.check, self.report):
            self.pages.addWidget(step)
        foot = QFrame()
        foot.setProperty("foot", True)
        foot.setFixedHeight(56)
        self.cancel, self.back = button("", name="importCancel"), button("", name="importBack")
        self.next = button("", "primary", name="importNext")
        self.another = button("", "default", "file-plus", "importAnother")
        self.friends = button("", "primary", name="goToFriends")
        self.note = label("", "caption")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        for part in (self.cancel, self.another, self.note):
            row.addWidget(part)
        row.addStretch(1)
        self.undo = UndoBar(self._desk, "undoImport")
        row.addWidget(self.undo, 9)
        for part in (self.back, self.next, self.friends):
            row.addWidget(part)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.steps)
        page.addWidget(self.pages, 1)
        page.addWidget(foot)

    def _connect(self) -> None:
        self.file.changed.connect(self._take)
        self.file.reread_asked.connect(self._read_again)
        self.columns.changed.connect(self._take)
        self.check.decision_asked.connect(self._ask_who)
        self.check.fix_asked.connect(self._fix)
        self.check.save_asked.connect(self._save_rejected)
        self.columns.save_asked.connect(self._save_preset)
        self.columns.sensitive_chosen.connect(self._ask_about_sensitive)
        self.file.other_file_asked.connect(self.another_asked)
        self.cancel.clicked.connect(self.left)
        self.another.clicked.connect(self.another_asked)
        self.back.clicked.connect(lambda: self._go(self._at() - 1))
        self.next.clicked.connect(self._go_on)
        self.steps.pressed.connect(self._go)
        self.report.stop_asked.connect(lambda: self._task and self._task.stop())
        self.report.history.chosen.connect(self.undo.show_batch)
        self.friends.clicked.connect(lambda: self.asked_for.emit(Place(Page.FRIENDS)))
        self.report.part.refusals_asked.connect(lambda: self.asked_for.emit(Place(Page.FRIENDS, None, "refused")))
        self.report.part.tags_asked.connect(lambda: self.asked_for.emit(Place(Page.TAGS, None, "no_decision")))

    def _at(self) -> int:
        return self.pages.currentIndex()

    def _not_begun(self, error: Exception) -> None:
        self._desk.dialogs.show_error(error)
        if self._state is None:
            self.left.emit()

    def _begin(self, state: WizardState) -> None:
        self._take(state)
        self._go(FILE)

    def _take(self, state: WizardState) -> None:
        self._state, self._report = state, None  # what was checked before is not what would come in now
        self.file.show_state(state)
        self.columns.show_state(state)
        self._show_foot()

    def _go(self, step: int) -> None:
        if self._at() == REPORT and step != FILE:
            return
        self.pages.setCurrentIndex(step)
        self.steps.show_step(step)
        self._show_foot()
        (self.file, self.columns, self.check, self.report)[step].setFocus()

    def _go_on(self) -> None:
        (self._to_columns, self._to_check, self._to_report)[self._at()]()

    def _save_preset(self) -> None:
        if self._state is None:
            return
        own = presets.by_id(self._state.preset)
        name = self._desk.dialogs.text(
            _("Save as preset"),
            _("Name. The next file with these columns is read the same way."),
            own.name if own and own.is_own else "",
        )
        if name is None:
            return
        try:
            saved = save_as_preset(self._state, name)
        except (ShopError, OutsideError) as error:
            self._desk.dialogs.show_error(error)
            return
        self.file.retranslate()
        self._take(replace(self._state, preset=saved.id))
        self._desk.toast(_("Preset “{name}” is saved.").format(name=saved.name), None)

    def _ask_about_sensitive(self, place: int, target: Target) -> None:
        if self._state is None:
            return
        column = self._state.columns[place]
        title = _("Keep what “{column}” says?").format(column=column.name)
        words = _("It looks like {topic}. Keeping that needs a reason and people’s clear consent.")
        if self._desk.dialogs.ask(title, words.format(topic=topic_name(column.sensitive)), _("Keep it")):
            self._take(replace(self._state, matching=self._state.matching.with_target(place, target)))
        else:
            self.columns.show_again()

    def _to_columns(self) -> None:
        state = self._state
        if state is not None and state.found.form is Form.CHAT and state.friend_id is None:
            self._ask_whose(state.found.person)
        else:
            self._go(COLUMNS)

    def _ask_whose(self, called: str) -> None:
        """Ask for the friend whose chat a file is, by anything that the list of friends can be searched by."""
        words = _("The chat calls them “{name}”. Write a member number, a phone or a part of the name.")
        told = self._desk.dialogs.text(_("Whose chat is this?"), words.format(name=called))
        if told and told.strip():
            query, day = FriendQuery(search=told.strip()), self._desk.day()

            def look(session: Session) -> list[FriendRow]:
                return directory.rows(session, directory.ids(session, query, day)[:MOST_OFFERED])

            self._desk.jobs.read(look, self._choose_whose)

    def _choose_whose(self, found: list[FriendRow]) -> None:
        dialogs = self._desk.dialogs
        if not found:
            dialogs.tell(_("Whose chat is this?"), _("No friend was found. Nothing was changed."))
            return
        names = [" · ".join(filter(None, (row.name, row.member_number, row.line_user_id))) for row in found]
        chosen = 0 if len(found) == 1 else dialogs.choose(_("Whose chat is this?"), _("Friend"), names)
        if chosen is not None and self._state is not None:
            self._take(replace(self._state, friend_id=found[chosen].id))
            self._go(COLUMNS)

    def _to_check(self) -> None:
        if self._state is None:
            return
        plan, now = self._state.plan(), self._desk.now()
        self.next.setEnabled(False)
        self.note.setText(_("Checking rows…"))
        self._desk.jobs.run(
            _("Checking {file}").format(file=plan.path.name),
            lambda database, task: (run.dry_run(database, plan, task, now), changes()),
            self._checked,
            self._failed,
            lambda done, total, _what: self.note.setText(
                _("Checking rows: {done} of {total}").format(done=number(done), total=number(total))
            ),
        )

    def _checked(self, report: Report) -> None:
        self._report = report
        self.check.show_report(report)
        self._go(CHECK)

    def _ask_who(self, sample: Sample) -> None:
        if self._state is not None:
            plan = self._state.plan()
            self._desk.jobs.read(
                lambda session: decisions.decision(session, plan, sample.line, sample.cells),
                lambda asked: DecisionDialog(asked, self._decided, self).open(),
            )

    def _decided(self, line: int, friend: int) -> None:
        if self._state is not None:
            after = replace(self._state, decisions={**self._state.decisions, line: friend})
            words = _("Decide who row {row} is").format(row=number(line))
            self._desk.undo.push(RowFix(words, self._state, after, self._check_again))

    def _fix(self, sample: Sample) -> None:
        if self._state is not None:
            words = row_fix.words(sample)
            self._desk.undo.push(RowFix(words, self._state, row_fix.fixed(self._state, sample), self._check_again))

    def _check_again(self, state: WizardState) -> bool:
        """Check the rows by another choice; say whether the wizard still stands at them."""
        is_here = self._state is not None and self._state.path == state.path and self._at() == CHECK
        if is_here:
            self._take(state)
            self._to_check()
        return is_here

    def _save_rejected(self) -> None:
        if self._state is None:
            return
        plan, now, rows = self._state.plan(), self._desk.now(), self._report.rejected if self._report else 0
        path = self._desk.dialogs.save_table("rejected", _("Save rejected rows"), f"rejected_{plan.path.stem}")
        if path is not None:
            self._desk.jobs.run(
                _("Saving {file}").format(file=path.name),
                lambda database, task: (run.dry_run(database, plan, task, now, path), changes()),
                lambda _report: self._desk.toast(_("Saved {n} rejected rows.").format(n=number(rows)), None),
                self._failed,
            )

    def _to_report(self) -> None:
        if self._state is None:
            return
        plan, now = self._state.plan(), self._desk.now()
        keeping = backups.plan_for(self._desk.shop.path, self._desk.choices.kept)
        self._go(REPORT)
        self.report.show_progress(0, plan.found.rows)
        self._task = self._desk.jobs.run(
            _("Importing {file}").format(file=plan.path.name),
            lambda database, task: _import(database, plan, keeping, task, now),
            self._imported,
            self._failed,
            lambda done, total, _what: self.report.show_progress(done, total),
            self._stopped,
        )
        self._show_foot()

    def _imported(self, done: tuple[Report, str]) -> None:
        report, trouble = done
        self._task, self._report = None, report
        self.report.show_report(report)
        self.undo.show_batch(report.batch_id)
        said = _("Import saved: {n} rows.").format(n=number(report.taken))
        no_backup = _("No backup was made before the import: {why}").format(why=trouble) if trouble else ""
        self._desk.toast(f"{said} {no_backup}".strip(), None)
        self._show_foot()

    def _stopped(self) -> None:
        self._task = None
        self.pages.setCurrentIndex(CHECK)
        self.steps.show_step(CHECK)
        self._show_foot()
        self._desk.toast(_("Import stopped. Everything was taken back."), None)

    def _failed(self, error: Exception) -> None:
        was_importing, self._task = self._task is not None, None
        if was_importing:
            self.pages.setCurrentIndex(CHECK)
            self.steps.show_step(CHECK)
        self._desk.dialogs.show_error(error)
        self._show_foot()

    def _show_foot(self) -> None:
        at, state = self._at(), self._state
        taken = self._report.taken if self._report else 0
        texts = (
            *(_("Next: match columns"), _("Next: check rows")),
            *(ngettext("Import {n} row", "Import {n} rows", taken).format(n=number(taken)), ""),
        )
        ready = (
            state is not None and state.origin_is_told,
            state is not None and not state.plan().missing(),
            self._report is not None and self._report.taken > 0,
            False,
        )
        notes = (
            "" if ready[0] else _("Answer where this data came from first."),
            *("", _("Nothing is saved yet."), ""),
        )
        self.next.setText(texts[at])
        self.next.setEnabled(ready[at])
        self.note.setText(notes[at])
        self.back.setVisible(at in (COLUMNS, CHECK))
        for shown in (self.cancel, self.next):
            shown.setVisible(at != REPORT)
        for shown in (self.another, self.undo, self.friends):
            shown.setVisible(at == REPORT and not self.is_at_work)


def _import(
    database: Database, plan: ImportPlan, keeping: Plan, task: Task, now: datetime
) -> tuple[tuple[Report, str], Changes]:
    trouble = backups.before_import(database, keeping, now, ShopDay.of(now, plan.zone), task)
    report = run.run(database, plan, task, now)
    after_import(database, plan.zone, now)
    return (report, trouble), CHANGED
