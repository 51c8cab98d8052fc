"""What is done to the chosen tags at once, with what has to be asked before: retire, merge, split, and changing all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tagging import changing
from linecrm_desktop.tagging.planning import Plan, plan
from linecrm_desktop.tagging.references import Where
from linecrm_desktop.tagging.splitting import Part
from linecrm_desktop.tags.library import TagDraft, TagRow
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.tags.actions import TagActions
from linecrm_desktop.views.tags.changes_dialog import ChangesDialog
from linecrm_desktop.views.tags.list_panel import TagListPanel
from linecrm_desktop.views.tags.merge_dialog import MergeDialog
from linecrm_desktop.views.tags.merging import Merge
from linecrm_desktop.views.tags.reading import Library, TagLine
from linecrm_desktop.views.tags.rules_dialog import RulesDialog
from linecrm_desktop.views.tags.run_dialog import RunDialog
from linecrm_desktop.views.tags.starter_dialog import StarterDialog
from linecrm_desktop.views.tagwork.planned import reference_in_words, shortened
from linecrm_desktop.views.tagwork.split_dialog import SplitDialog

Settled = Callable[[Callable[[], object]], None]
_NAMED = 6
"""So many places that use a tag are named in a question."""


class TagBulk:
    """Asks, then hands the work to the actions."""

    def __init__(self, desk: Desk, panel: TagListPanel, window: QWidget, settled: Settled) -> None:
        """`settled` does what it is given when nothing in the editor is unsaved, if need be after a question."""
        self._desk = desk
        self._panel = panel
        self._window = window
        self._library = Library()
        self.actions_ = TagActions(desk)
        acts = panel.actions_
        acts.typed.connect(lambda type: settled(lambda: self.set_type(type)))
        acts.sensitive.connect(lambda mark: settled(lambda: self.mark_sensitive(mark)))
        acts.runs_out.connect(lambda days: settled(lambda: self.let_run_out(days)))
        for name, act in (
            ("retire", lambda: self.retire(panel.tree.chosen())),
            ("restore", lambda: self.actions_.restore(panel.tree.chosen())),
            ("merge", self.merge),
            ("split", self.split),
        ):
            acts.all[name].triggered.connect(lambda _on=False, act=act: settled(act))

    def take(self, library: Library) -> None:
        """Take what there is now."""
        self._library = library

    def set_type(self, type: TagType) -> None:
        """Give all chosen tags one type."""
        self._change(lambda draft: replace(draft, type=type))

    def mark_sensitive(self, is_sensitive: bool) -> None:
        """Mark all chosen tags as sensitive, or take the mark off."""
        self._change(lambda draft: replace(draft, is_sensitive=is_sensitive))

    def let_run_out(self, days: int | None) -> None:
        """Let all chosen tags run out after so many days."""
        self._change(lambda draft: replace(draft, runs_out_days=days))

    def give_owner(self) -> None:
        """Ask who looks after the chosen tags from now on."""
        owner = self._desk.dialogs.text(_("Give an owner"), _("Who looks after these tags?"))
        if owner is not None:
            self._change(lambda draft: replace(draft, owner=owner))

    def decide(self) -> None:
        """Ask what all chosen tags help decide."""
        decision = self._desk.dialogs.text(_("Helps decide"), _("What do these tags help decide?"))
        if decision is not None:
            self._change(lambda draft: replace(draft, helps_decide=decision))

    def retire(self, lines: list[TagLine]) -> None:
        """Take tags out of use, after a question when anything asks for them; not while a send goes on with them."""
        ids, day, now = {line.tag.id for line in lines}, self._desk.day(), self._desk.now()

        def retire(session: Session) -> None:
            for tag in ids:
                changing.retire(session, tag, now)

        self._desk.jobs.rehearse(
            lambda session: plan(session, ids, retire, day),
            lambda found: self._retire(lines, found),
            self._desk.dialogs.show_error,
            key="tags.retire",
        )

    def merge(self) -> None:
        """Ask which tag stays, and show what will happen."""
        self._ask_merge(self._panel.tree.chosen(), None)

    def compare(self, line: TagLine) -> None:
        """Ask whether a tag and the one that it may be the same as should be merged; the larger one stays."""
        pair = line.alike.pair if line.alike else None
        smaller = self._library.line(pair.other) if pair else None
        if pair is not None and smaller is not None:
            self._ask_merge([smaller], pair.one)

    def split(self) -> None:
        """Ask into which tags, and show what will happen."""
        for line in self._panel.tree.chosen()[:1]:
            others = [one.tag for one in self._library.lines]
            dialog = SplitDialog(self._desk, line.tag, others, self._window)
            dialog.asked.connect(partial(self._split, dialog, line.tag))
            dialog.open()

    def show_rules(self, line: TagLine) -> None:
        """Show the rules that give a tag."""
        dialog = RulesDialog(self._desk, self.actions_, line.tag, self._window)
        dialog.asked_for.connect(self._panel.asked_for)
        dialog.run_asked.connect(self.run_rules)
        dialog.open()

    def run_rules(self) -> None:
        """Show who would gain and lose which tag, then apply the rules."""
        dialog = RunDialog(self._desk, self._window)
        dialog.asked.connect(self.actions_.run_rules)
        dialog.open()

    def start(self) -> None:
        """Propose a set of tags to begin with."""
        dialog = StarterDialog(self._desk, self._window)
        dialog.asked.connect(
            lambda chosen, run: self.actions_.start(chosen, run, lambda _nothing: dialog.accept(), dialog.show_trouble)
        )
        dialog.open()

    def show_changes(self) -> None:
        """Show what was done to tags, to be undone."""
        ChangesDialog(self._desk, self.actions_, self._window).open()

    def _retire(self, lines: Sequence[TagLine], found: Plan) -> None:
        if not found.references or self._may_retire(lines, found):
            self.actions_.retire(lines)

    def _may_retire(self, lines: Sequence[TagLine], found: Plan) -> bool:
        count = len(lines)
        if count == 1:
            title = _("Retire “{tag}”?").format(tag=lines[0].tag.name)
            button = _("Retire “{tag}”").format(tag=lines[0].tag.name)
        else:
            title = ngettext("Retire {n} tag?", "Retire {n} tags?", count).format(n=number(count))
            button = ngettext("Retire {n} tag", "Retire {n} tags", count).format(n=number(count))
        return self._desk.dialogs.ask(title, _what_retiring_does(found), button)

    def _ask_merge(self, lines: Sequence[TagLine], keep: int | None) -> None:
        dialog = MergeDialog(self._desk, self._library, lines, self._window, keep=keep)
        dialog.asked.connect(lambda merge: self._merge(dialog, merge))
        dialog.open()

    def _merge(self, dialog: MergeDialog, merge: Merge) -> None:
        self.actions_.merge(merge, lambda _nothing: dialog.accept(), dialog.show_trouble)

    def _split(self, dialog: SplitDialog, tag: TagRow, parts: Sequence[Part]) -> None:
        self.actions_.split(tag, parts, self._desk.day(), lambda _nothing: dialog.accept(), dialog.show_trouble)

    def _change(self, change: Callable[[TagDraft], TagDraft]) -> None:
        self.actions_.change(self._panel.tree.chosen(), change)


def _what_retiring_does(found: Plan) -> str:
    """Say what goes on with the friends of a tag, and which links give it to nobody any more."""
    links = [one.name for one in found.references if one.kind is Where.LINK]
    others = [reference_in_words(one) for one in found.references if one.kind is not Where.LINK]
    said: list[str] = []
    if others:
        uses = shortened(others, _NAMED)
        said.append(_("These go on with the friends who have it now:\n{uses}").format(uses=uses))
    if links:
        places = shortened(links, _NAMED)
        said.append(_("The links of these places give it to nobody any more:\n{places}").format(places=places))
    return "\n\n".join(said)
