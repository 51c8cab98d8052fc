"""Undo for one open draft: a step is the whole draft before and after. Typing in one field is one step a word."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand, QUndoStack

from linecrm_desktop.messages import fields
from linecrm_desktop.messages.bubbles import Bubble
from linecrm_desktop.messages.draft import MessageDraft

Show = Callable[[MessageDraft], None]


class DraftStep(QUndoCommand):
    """One change of the draft."""

    def __init__(self, before: MessageDraft, after: MessageDraft, what: str, field: str, show: Show) -> None:
        super().__init__(what)
        self._before, self._after, self._field, self._show = before, after, field, show
        self._ends_word = _ends_word(before, after)
        self._is_new = True

    def id(self) -> int:
        return 1 if self._field else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, DraftStep) or other._field != self._field or self._ends_word:
            return False
        self._after, self._ends_word = other._after, other._ends_word
        return True

    def undo(self) -> None:
        self._show(self._before)

    def redo(self) -> None:
        # The first redo is the push itself: the widget shows the change already.
        if not self._is_new:
            self._show(self._after)
        self._is_new = False


class DraftHistory(QUndoStack):
    """The steps of one draft."""

    def take(self, before: MessageDraft, after: MessageDraft, what: str, field: str, show: Show) -> None:
        """Keep one change; a non-empty field lets typing in the same field grow into one step."""
        if before != after:
            self.push(DraftStep(before, after, what, field, show))


def typed_in(before: Bubble, after: Bubble) -> str:
    """Return the path of the one text or address in which two bubbles differ; nothing where something else changed."""
    old, new = _places(before), _places(after)
    changed = [path for path in new if old.get(path) != new[path]]
    return changed[0] if old.keys() == new.keys() and len(changed) == 1 else ""


def _places(bubble: Bubble) -> dict[str, str]:
    texts = {words.field: words.text for words in fields.words(bubble)}
    return texts | {one.field: one.address for one in fields.addresses(bubble)}


def _ends_word(before: MessageDraft, after: MessageDraft) -> bool:
    old, new = _words(before), _words(after)
    return abs(len(new) - len(old)) > 1 or (len(new) > len(old) and new.count(" ") + new.count("\n") > _blanks(old))


def _blanks(text: str) -> int:
    return text.count(" ") + text.count("\n")


def _words(draft: MessageDraft) -> str:
    bubbles = (bubble for variant in draft.variants for bubble in variant)
    texts = (words.text for bubble in bubbles for words in fields.words(bubble))
    return "\n".join([draft.name, draft.brief.why_now, draft.brief.what, *texts])
