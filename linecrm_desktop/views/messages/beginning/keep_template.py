"""Save as template: asks for a name, and before it writes over a template that has it already."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.messages import own_templates
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.text import _
from linecrm_desktop.views.act import Act, Work, done
from linecrm_desktop.views.desk import Desk

_TOUCHED = changes(Word.MESSAGES)


def keep_template(desk: Desk, draft: MessageDraft) -> None:
    """Ask what a draft is called as a template, and keep it."""
    name = desk.dialogs.text(_("Save as template"), _("Name of the template:"), draft.name)
    if name is None:
        return

    def go_on(there: int | None) -> None:
        if there is None or _may_replace(desk, name):
            desk.jobs.write(_saving(draft, name, desk.now(), there), lambda undo: _say(desk, name, *undo))

    desk.jobs.read(lambda session: own_templates.named(session, name), go_on)


def _may_replace(desk: Desk, name: str) -> bool:
    text = _("There is a template “{name}” already. Write this message over it?")
    return desk.dialogs.ask(_("Save as template"), text.format(name=name), _("Replace the template"), danger=True)


_Ways = tuple[Work, Work]
"""Back, and there again."""


def _saving(
    draft: MessageDraft, name: str, now: datetime, there: int | None
) -> Callable[[Session], tuple[_Ways, Changes]]:
    def save(session: Session) -> tuple[_Ways, Changes]:
        before = own_templates.load(session, there) if there is not None else None
        kept = [own_templates.save(session, draft, name, now, there)]

        def undo(later: Session) -> None:
            if before is None:
                own_templates.delete(later, kept[0])
            else:
                own_templates.save(later, before, before.name, now, kept[0])

        def again(later: Session) -> None:
            kept[:] = [own_templates.save(later, draft, name, now, there)]

        return (undo, again), _TOUCHED

    return save


def _say(desk: Desk, name: str, undo: Work, again: Work) -> None:
    text = _("keep the template “{name}”").format(name=name)
    said = _("Kept as the template “{name}”").format(name=name)
    done(desk, said, Act(desk, text, undo, again, _TOUCHED))
