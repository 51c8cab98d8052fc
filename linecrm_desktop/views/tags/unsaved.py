"""Words in the editor that are not saved, when something else is about to change tags: asked about, never lost."""

from collections.abc import Callable

from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.tags.editor import TagEditor

Act = Callable[[], object]


class UnsavedWords:
    """Lets work on tags wait until the editor's words are saved or thrown away, and the library is read anew."""

    def __init__(self, desk: Desk, editor: TagEditor) -> None:
        self._desk = desk
        self._editor = editor
        self._waiting: Act | None = None

    def settle(self, act: Act) -> None:
        """Do something at once when nothing is unsaved; else ask, and do it after saving or throwing away, or not."""
        editor = self._editor
        if editor.isHidden() or not editor.is_changed:
            act()
            return
        name = editor.contract().draft.name or _("New tag")
        saves = self._desk.asks_to_save(
            _("Save the changes first?"), _("What you wrote about “{tag}” is not saved.").format(tag=name)
        )
        if saves and editor.save.isEnabled():
            self._waiting = act
            editor.save.click()
        elif saves:
            editor.fields.name.setFocus()
        elif saves is False:
            editor.revert()
            act()

    def go_on(self) -> None:
        """Do what waited; call it when the library was read anew."""
        act, self._waiting = self._waiting, None
        if act is not None and not self._editor.is_changed:
            act()

    def give_up(self) -> None:
        """Forget what waited: the words could not be saved."""
        self._waiting = None
