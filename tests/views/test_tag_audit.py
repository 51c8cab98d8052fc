"""The tag audit driven as a person does: by keys alone, saved as it goes, applied and undone."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from linecrm_desktop.audit import plan
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import library
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.actions import TagActions
from linecrm_desktop.views.tags.audit import state as steps
from linecrm_desktop.views.tags.audit.wizard import AuditView
from linecrm_desktop.views.tags.changes_dialog import ChangesDialog
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.painting import settle
from tests.views.settling import WAIT


@pytest.fixture
def tags(database: Database, make: Maker) -> dict[str, int]:
    """Two names for one thing on the same sixty friends but one, a tag nobody uses, one that decides something."""
    with database.write() as session:
        old = {"created_at": make.ago(400)}
        friends = [make.friend(session, name=f"Friend {n}", line_user_id=f"U{n:032x}") for n in range(61)]
        made = {
            "Serum": make.tag(session, "Serum", TagType.INTEREST, helps_decide="When to refill", owner="Amy", **old),
            "精華液": make.tag(session, "精華液", TagType.INTEREST, **old),
            "Fair": make.tag(session, "Summer fair", TagType.ENGAGEMENT, **old),
            "VIP": make.tag(session, "VIP", TagType.VALUE, helps_decide="Who gets early access", owner="Amy", **old),
        }
        for name, whom in (("Serum", friends[:60]), ("精華液", friends[1:]), ("VIP", friends), ("Fair", friends[:55])):
            for friend in whom:
                make.give(session, made[name], friend, since=make.ago(3 if name != "Fair" else 300))
        return made


@pytest.fixture
def view(desk: Desk, qtbot: QtBot, tags: dict[str, int]) -> Iterator[AuditView]:
    shown = AuditView(desk)
    shown.resize(1240, 840)
    qtbot.addWidget(shown)
    shown.show()
    shown.show_place(Place(Page.AUDIT))
    qtbot.waitUntil(lambda: bool(shown.note.text()), timeout=WAIT)
    yield shown
    settle(desk, qtbot)


def go_on(view: AuditView, qtbot: QtBot, desk: Desk) -> None:
    qtbot.mouseClick(view.next, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)


def names(database: Database) -> dict[str, str]:
    with database.read() as session:
        return {tag.name: tag.helps_decide for tag in library.all_tags(session)}


def test_a_person_finishes_an_audit_by_keyboard_alone(
    view: AuditView, qtbot: QtBot, desk: Desk, database: Database, toasts: list[tuple[str, Callable[[], None]]]
) -> None:
    go_on(view, qtbot, desk)
    undecided = view.decide.list
    assert [undecided.item(row).text() for row in range(undecided.count())] == ["精華液", "Summer fair"]
    qtbot.keyClick(undecided, Qt.Key.Key_2)
    qtbot.keyClick(undecided, Qt.Key.Key_S)
    settle(desk, qtbot)
    assert undecided.item(0).text() == "✓ 精華液: Which product to show next"
    assert undecided.item(1).text() == "Summer fair: later"
    go_on(view, qtbot, desk)
    pairs = view.pairs.list
    assert pairs.item(0).text().startswith("Serum and 精華液\n98% overlap")
    qtbot.keyClick(pairs, Qt.Key.Key_M)
    settle(desk, qtbot)
    assert "merge agreed" in pairs.item(0).text()
    go_on(view, qtbot, desk)
    unused = view.unused.table
    row = [unused.model().index(row, 0).data() for row in range(unused.rowCount())].index("Summer fair")
    unused.setCurrentCell(row, 0)
    qtbot.keyClick(unused, Qt.Key.Key_R)
    settle(desk, qtbot)
    assert unused.model().index(row, 4).data() == "retire"
    go_on(view, qtbot, desk)
    go_on(view, qtbot, desk)
    assert view.next.text() == "Apply 2 changes"  # what was said of the tag that goes is said of nothing
    assert set(names(database)) == {"Serum", "精華液", "Summer fair", "VIP"}
    go_on(view, qtbot, desk)
    qtbot.waitUntil(lambda: bool(toasts), timeout=WAIT)
    assert names(database) == {"Serum": "When to refill", "VIP": "Who gets early access"}
    assert list(database.path.parent.glob("*before the tag audit*.tagwell"))
    assert toasts[-1][0].endswith("The next audit is due on Wed 10 Feb 2027.")
    changed = ChangesDialog(desk, TagActions(desk))
    qtbot.addWidget(changed)
    changed.show()
    settle(desk, qtbot)
    assert [changed.table.model().index(row, 2).data() for row in range(2)] == ["Tag audit", "Tag audit"]
    qtbot.mouseClick(changed.undo_bundle, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert [changed.table.model().index(row, 2).data() for row in range(2)] == ["Undone", "Undone"]
    assert names(database) == {
        "Serum": "When to refill",
        "精華液": "",
        "Summer fair": "",
        "VIP": "Who gets early access",
    }


def test_what_was_decided_is_there_after_closing_and_can_be_undone_key_by_key(
    view: AuditView, qtbot: QtBot, desk: Desk, database: Database
) -> None:
    go_on(view, qtbot, desk)
    qtbot.keyClick(view.decide.list, Qt.Key.Key_1)
    settle(desk, qtbot)
    view.show_place(Place(Page.AUDIT))
    settle(desk, qtbot)
    assert view.pages.currentIndex() == steps.NO_DECISION
    assert view.decide.list.item(0).text() == "✓ 精華液: Who hears of news about 精華液"
    qtbot.keyClick(view.decide.list, Qt.Key.Key_R)
    settle(desk, qtbot)
    first = view.decide.list.item(0).text()
    view.undo_stack().undo()
    settle(desk, qtbot)
    assert view.decide.list.item(0).text() != first or view.decide.list.item(1).text() == "Summer fair"


def test_keys_write_letters_while_a_person_types(view: AuditView, qtbot: QtBot, desk: Desk) -> None:
    go_on(view, qtbot, desk)
    view.decide.list.setCurrentRow(0)
    view.decide.own.setFocus()
    qtbot.keyClicks(view.decide.own, "sErRe1")
    assert view.decide.own.text() == "sErRe1"
    qtbot.keyClick(view.decide.own, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert view.decide.list.item(0).text() == "✓ 精華液: sErRe1"


def test_a_change_that_is_not_ticked_is_not_made(view: AuditView, qtbot: QtBot, desk: Desk, database: Database) -> None:
    go_on(view, qtbot, desk)
    qtbot.keyClick(view.decide.list, Qt.Key.Key_R)
    settle(desk, qtbot)
    view._go(steps.REVIEW)
    settle(desk, qtbot)
    kind = view.review.tree.topLevelItem(0)
    change = kind.child(0) if kind is not None else None
    assert change is not None
    change.setCheckState(0, Qt.CheckState.Unchecked)
    settle(desk, qtbot)
    assert view.next.text() == "Apply 0 changes"
    with database.read() as session:
        opened = plan.under_way(session)
        assert opened is not None and plan.to_apply(session, opened.id) == []


def test_an_audit_is_thrown_away_only_when_a_person_says_so(
    view: AuditView, qtbot: QtBot, desk: Desk, database: Database, dialogs: RecordingDialogs
) -> None:
    dialogs.yes = False
    qtbot.mouseClick(view.cancel, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    with database.read() as session:
        assert plan.under_way(session) is not None
    dialogs.yes = True
    with qtbot.waitSignal(view.asked_for) as asked:
        qtbot.mouseClick(view.cancel, Qt.MouseButton.LeftButton)
        settle(desk, qtbot)
    assert asked.args == [Place(Page.TAGS)]
    with database.read() as session:
        assert plan.under_way(session) is None


def test_the_evidence_names_who_has_only_the_smaller_tag(view: AuditView, qtbot: QtBot, desk: Desk) -> None:
    view._go(steps.LOOKALIKES)
    settle(desk, qtbot)
    assert view.pairs.evidence.only.text() == "1 friend has only “精華液”: Friend 60"
    assert view.pairs.evidence.venn.accessibleDescription() == "only Serum: 1; both: 59; only 精華液: 1"


def test_with_nothing_decided_there_is_nothing_to_apply_and_the_page_says_so(
    view: AuditView, qtbot: QtBot, desk: Desk
) -> None:
    for _step in range(5):
        go_on(view, qtbot, desk)
    assert not view.next.isEnabled()
    assert view.note.text() == "Nothing is ticked, so there is nothing to apply."
    assert view.review.nothing.text().startswith("Nothing is decided yet.") and view.review.nothing.isVisible()
    qtbot.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert view.next.isEnabled()


def test_the_name_of_the_page_above_leads_back_to_the_tags(view: AuditView, qtbot: QtBot) -> None:
    assert view.head.crumb.text() == "Tags"
    with qtbot.waitSignal(view.asked_for) as asked:
        qtbot.mouseClick(view.head.crumb, Qt.MouseButton.LeftButton)
    assert asked.args == [Place(Page.TAGS)]
