"""Works Tagwell as a screen reader does: reads the names that other programs see, and presses by name.

The system's Python runs it, because its AT-SPI library belongs to the system. It goes the first way of a new person and
writes what it was told on it into a file, as JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gi  # pyright: ignore[reportMissingImports]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  # pyright: ignore[reportMissingImports]

PATIENCE = 90.0
LOOK_EVERY = 0.2
DEEPEST = 24
WIDEST = 400
"""Children that are looked at: a table of a million rows has as many."""
Part = Any


def children(part: Part) -> Iterator[Part]:
    for at in range(min(part.get_child_count(), WIDEST)):
        child = part.get_child_at_index(at)
        if child is not None:
            yield child


def parts(part: Part, deep: int = 0) -> Iterator[Part]:
    """Yield what is shown, from a part down; menus that are not open have their lines all the same."""
    yield part
    if deep < DEEPEST:
        for child in children(part):
            if deep == 0 or is_shown(child):
                yield from parts(child, deep + 1)


def is_shown(part: Part) -> bool:
    return part.get_state_set().contains(Atspi.StateType.SHOWING)


def wait(what: str, look: Callable[[], Part | None]) -> Part:
    """Look until there is something. Parts come and go while it looks."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            found = look()
        except GLib.Error:
            found = None
        if found is not None:
            return found
        time.sleep(LOOK_EVERY)
    raise SystemExit(f"Nothing was found: {what}")


def find(root: Part, role: str, name: str) -> Part:
    """Return the part of a role whose name begins so, once it is shown."""

    def look() -> Part | None:
        found = (part for part in parts(root) if part.get_role_name() == role and part.get_name().startswith(name))
        return next(found, None)

    return wait(f"{role} “{name}”", look)


def act(part: Part, action: str) -> None:
    """Do one of the actions that a part offers."""
    offered = [Atspi.Action.get_action_name(part, at) for at in range(Atspi.Action.get_n_actions(part))]
    if action not in offered or not Atspi.Action.do_action(part, offered.index(action)):
        raise SystemExit(f"“{part.get_name()}” does not {action}: {offered}")


def press(root: Part, name: str) -> None:
    """Press the button of this name, once it can be pressed."""

    def look() -> Part | None:
        button = find(root, "push button", name)
        return button if button.get_state_set().contains(Atspi.StateType.ENABLED) else None

    act(wait(f"button “{name}”", look), "Press")


def names(root: Part, *roles: str) -> list[str]:
    return [part.get_name() for part in parts(root) if part.get_role_name() in roles]


def is_selected(part: Part) -> bool:
    return part.get_state_set().contains(Atspi.StateType.SELECTED)


def program() -> Part:
    """Return Tagwell among the programs of this desk."""
    desk = Atspi.get_desktop(0)
    return next((one for one in children(desk) if one.get_name() == "Tagwell" and one.get_child_count()), None)


def begin(tagwell: Part, told: dict[str, Any]) -> Part:
    """Choose a language and back, then open the sample shop; return its window."""
    welcome = find(tagwell, "frame", "Welcome")
    act(find(welcome, "check box", "繁體中文"), "Press")
    find(welcome, "push button", "開啟範例商店")
    told["in_chinese"] = names(welcome, "radio button")
    act(find(welcome, "check box", "English"), "Press")
    find(welcome, "push button", "Open the sample shop")
    told["in_english"] = names(welcome, "radio button")
    act(find(welcome, "radio button", "Try the sample shop"), "SetFocus")
    press(welcome, "Open the sample shop")
    return find(tagwell, "frame", "Morning Mist")


def read_home(window: Part, told: dict[str, Any]) -> None:
    """Read Home's key numbers, bars, plan and list."""
    find(window, "push button", "Reachable friends: 4,")
    told["home"] = {
        part.get_name(): part.get_description() for part in parts(window) if part.get_role_name() == "push button"
    }
    bars = [part for part in parts(window) if part.get_role_name() == "progress bar"]
    told["bars"] = {part.get_name(): Atspi.Value.get_current_value(part) for part in bars}


def visit(window: Part, told: dict[str, Any]) -> None:
    """Go to Friends and Tags by the rail and to Segments by the menu."""
    rail = find(window, "list", "Pages")
    act(find(rail, "list item", "Friends"), "Toggle")
    table = find(window, "table", "Friends")
    wait("rows", lambda: Atspi.Table.get_n_rows(table) or None)
    told["friends"] = Atspi.Table.get_n_rows(table)
    told["headers"] = [Atspi.Table.get_column_header(table, at).get_name() for at in range(3)]
    told["friends_selected"] = is_selected(find(rail, "list item", "Friends"))
    act(find(rail, "list item", "Tags"), "Toggle")
    tree = find(window, "tree", "Tags")
    find(tree, "table cell", "Source: ")
    told["tags_selected"] = is_selected(find(rail, "list item", "Tags"))
    menu = find(window, "menu item", "View").get_child_at_index(0)
    act(next(line for line in children(menu) if line.get_name() == "Segments"), "Press")
    told["segments"] = find(window, "label", "Segments").get_name()


def open_number(window: Part, told: dict[str, Any]) -> None:
    """Go to the friends by a key number of Home."""
    act(find(find(window, "list", "Pages"), "list item", "Home"), "Toggle")
    press(window, "Reachable friends")
    table = find(window, "table", "Friends")
    everybody = told["friends"]
    told["reachable"] = wait("fewer friends", lambda: fewer(Atspi.Table.get_n_rows(table), everybody))


def fewer(rows: int, than: int) -> int | None:
    return rows if 0 < rows < than else None


def check_message(tagwell: Part, window: Part, told: dict[str, Any]) -> None:
    """Copy an earlier message, go to its gate and read one warning."""
    act(find(find(window, "list", "Pages"), "list item", "Messages"), "Toggle")
    press(window, "New message")
    dialog = find(tagwell, "dialog", "New message")
    earlier = find(dialog, "list", "Find a template")
    line = wait("Serum refill", lambda: next((c for c in children(earlier) if c.get_name().startswith("Serum")), None))
    act(line, "Toggle")
    press(dialog, "Make a copy")
    press(window, "Check and send…")
    find(window, "check box", "I have read this")
    ticks = [part for part in parts(window) if part.get_role_name() == "check box"]
    told["warnings"] = {part.get_description(): part.get_name() for part in ticks}
    told["checks"] = [name for name in names(window, "label") if name.endswith(" checks")]
    told["spoken"] = sorted(set(names(window, "image")) & {"Passed", "Warning", "To fix", "Not checked"})
    act(ticks[0], "Toggle")
    first = ticks[0].get_description()
    told["ticked"] = wait("a tick", lambda: first if first in ticked(window) else None)


def ticked(window: Part) -> list[str]:
    boxes = (part for part in parts(window) if part.get_role_name() == "check box")
    return [box.get_description() for box in boxes if box.get_state_set().contains(Atspi.StateType.CHECKED)]


def main() -> int:
    Atspi.init()
    Atspi.set_timeout(int(PATIENCE * 1000), int(PATIENCE * 1000))  # a busy computer may be slow to answer
    told: dict[str, Any] = {}
    tagwell = wait("Tagwell", program)
    window = begin(tagwell, told)
    read_home(window, told)
    visit(window, told)
    open_number(window, told)
    check_message(tagwell, window, told)
    Path(sys.argv[1]).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
