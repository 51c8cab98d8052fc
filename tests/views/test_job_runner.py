from threading import Event

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.jobs import ALL_WORDS, Task, Word, changes
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.job_runner import Workers
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs


def test_a_newer_read_with_the_same_key_makes_the_older_answer_be_thrown_away(desk: Desk, qtbot: QtBot) -> None:
    answers: list[int] = []
    first_may_end = Event()
    desk.jobs.read(lambda _session: first_may_end.wait(5) and 1, answers.append, key="count")
    desk.jobs.read(lambda _session: 2, answers.append, key="count")
    qtbot.waitUntil(lambda: answers == [2])
    first_may_end.set()
    desk.jobs.finish()
    qtbot.wait(0)
    assert answers == [2]


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_newer_read_interrupts_the_older_one_inside_the_database(desk: Desk, qtbot: QtBot) -> None:
    answers, began = list[int](), Event()

    def count(session: Session) -> int:
        began.set()
        return session.scalar(text(ENDLESS)) or 0

    desk.jobs.read(count, answers.append, key="count")
    assert began.wait(5)
    desk.jobs.read(lambda _session: 2, answers.append, key="count")
    desk.jobs.finish()
    qtbot.waitUntil(lambda: answers == [2])


def test_closing_does_not_wait_for_a_count(desk: Desk) -> None:
    began = Event()
    desk.jobs.read(lambda session: began.set() or session.scalar(text(ENDLESS)), lambda _n: None, key="count")
    assert began.wait(5)
    desk.jobs.close()


def test_a_write_says_what_changed_before_it_says_that_it_is_done(desk: Desk, make: Maker, qtbot: QtBot) -> None:
    heard: list[object] = []
    desk.jobs.changed.connect(heard.append)
    desk.jobs.write(lambda session: (make.friend(session), changes(Word.FRIENDS)), lambda _id: heard.append("done"))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [changes(Word.FRIENDS), "done"]


def test_a_rehearsal_sees_what_it_writes_and_leaves_nothing(desk: Desk, make: Maker, qtbot: QtBot) -> None:
    answers, heard = list[int](), list[object]()
    desk.jobs.changed.connect(heard.append)

    def rehearse(session: Session) -> int:
        make.friend(session)
        return session.scalar(select(func.count()).select_from(Friend)) or 0

    desk.jobs.rehearse(rehearse, answers.append, key="plan")
    qtbot.waitUntil(lambda: answers == [1])
    desk.jobs.read(lambda session: session.scalar(select(func.count()).select_from(Friend)), answers.append)
    qtbot.waitUntil(lambda: answers == [1, 0])
    assert heard == []


def test_a_newer_rehearsal_interrupts_the_older_one_and_one_that_waits_does_not_begin(desk: Desk, qtbot: QtBot) -> None:
    answers, begun, began = list[int](), list[int](), Event()

    def count(session: Session) -> int:
        began.set()
        return session.scalar(text(ENDLESS)) or 0

    desk.jobs.rehearse(count, answers.append, key="plan")
    assert began.wait(5)
    for number in (2, 3):
        desk.jobs.rehearse(lambda _session, n=number: begun.append(n) or n, answers.append, key="plan")
    qtbot.waitUntil(lambda: answers == [3])
    assert begun[-1] == 3


def test_a_write_that_fails_changes_nothing_and_shows_its_error(
    desk: Desk, database: Database, make: Maker, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    def half(session: object) -> tuple[None, frozenset[Word]]:
        make.friend(session)  # pyright: ignore[reportArgumentType]
        raise ShopError("No.", "Nothing was changed.")

    desk.jobs.write(half)
    qtbot.waitUntil(lambda: bool(dialogs.errors))
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Friend)) == 0


def test_a_long_task_is_told_to_stop_and_says_so(desk: Desk, qtbot: QtBot) -> None:
    began, heard = Event(), list[object]()

    def work(_database: Database, task: Task) -> tuple[None, frozenset[Word]]:
        began.set()
        task.wait(30)
        return None, changes()

    desk.jobs.changed.connect(heard.append)
    task = desk.jobs.run("Import", work, lambda _n: heard.append("done"), stopped=lambda: heard.append("stopped"))
    assert began.wait(5)
    assert desk.jobs.is_busy
    task.stop()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    assert heard == [ALL_WORDS, "stopped"]


def test_long_tasks_never_keep_a_list_waiting(desk: Desk, qtbot: QtBot) -> None:
    hold, answers = Event(), list[int]()
    for number in range(4):
        desk.jobs.run(f"Send {number}", lambda _database, _task: (hold.wait(30), changes()), lambda _done: None)
    desk.jobs.read(lambda _session: 7, answers.append)
    qtbot.waitUntil(lambda: answers == [7])
    hold.set()


def test_an_answer_for_a_widget_that_is_gone_is_dropped(desk: Desk, qtbot: QtBot) -> None:
    hold, gone = Event(), QLabel("old")
    desk.jobs.read(lambda _session: hold.wait(5) and "new", gone.setText)
    desk.jobs.read(lambda _session: hold.wait(5) and "new", lambda word: gone.setText(f"{word}er"))
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    hold.set()
    desk.jobs.finish()
    qtbot.wait(0)


def test_work_without_a_shop_reports_progress_and_its_end(qtbot: QtBot) -> None:
    heard: list[object] = []
    workers = Workers(heard.append)

    def work(task: Task) -> str:
        task.progress(1, 2, "half")
        return "ready"

    workers.work(work, heard.append, progress=lambda *moved: heard.append(moved))
    qtbot.waitUntil(lambda: heard == [(1, 2, "half"), "ready"])
    assert not workers.is_busy


def test_a_closed_runner_answers_no_more_and_begins_nothing(desk: Desk, qtbot: QtBot) -> None:
    heard: list[int] = []
    desk.jobs.read(lambda _session: 1, heard.append)
    desk.jobs.close()
    desk.jobs.read(lambda _session: 2, heard.append)
    desk.jobs.run("Late", lambda _database, _task: (3, changes()), heard.append)
    qtbot.wait(20)
    assert heard == []
    assert not desk.jobs.is_busy
