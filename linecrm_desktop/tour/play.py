"""The main job from start to end: import two files, give a tag a decision, segment, message, gate, send, results."""

import os
import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QRadioButton, QWidget
from sqlalchemy import select

from linecrm_desktop import app
from linecrm_desktop.jobs import Task
from linecrm_desktop.messages.library import all_messages
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.sample.letters import NEXT
from linecrm_desktop.sample.newer_files import write_newer
from linecrm_desktop.sample.questions import SERUM_SEGMENT
from linecrm_desktop.sample.words import said
from linecrm_desktop.segments.library import all_segments
from linecrm_desktop.settings.preferences import Preferences
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.text import _, language
from linecrm_desktop.tour import looks
from linecrm_desktop.tour.apart import own_home
from linecrm_desktop.tour.hands import Hands
from linecrm_desktop.tour.silent import SilentDialogs
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.imports.view import ImportsView
from linecrm_desktop.views.log_file import hear
from linecrm_desktop.views.messages.view import MessagesView
from linecrm_desktop.views.tags.audit.wizard import AuditView

NOW = datetime(2026, 11, 12, 2, 31, tzinfo=UTC)
"""Thu 12 Nov 2026, 10:31 in Taipei: the sample shop's own day, so that every tour shows the same numbers."""
SIZE = (1440, 900)
CUSTOMERS, ORDERS = "shopline_customers_20261110.csv", "shopline_orders_20261109.csv"
UNDECIDED_TAG = "晨光會員"
"""A member tier that the first import brought as a new tag."""


def play(out: Path) -> list[str]:
    """Play the main job offscreen, leave numbered pictures and report.md in a folder; return the pictures' names."""
    hands = walk(out, every_look=True)
    _write_report(hands)
    return [name for name, _what in hands.pictures]


def walk(out: Path, *, every_look: bool) -> Hands:
    """Play the main job offscreen and leave numbered pictures; return the hands that took them.

    Without every look, the pictures are in the language and the theme of now only.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    before = qInstallMessageHandler(hear)
    out.mkdir(parents=True, exist_ok=True)
    with own_home() as home, _sample(home) as database:
        choices = Choices(app.application(), Preferences(language=language(), theme="light"))
        window = app.build_shop_window(
            database, choices, clock=lambda: NOW, dialogs=SilentDialogs(), tokens=SessionTokens()
        )
        window.resize(*SIZE)
        window.show()
        hands = Hands(window, out)
        try:
            for step in TO_THE_SEGMENT:
                step(hands, database)
            if every_look:
                looks.take(hands, choices, _segment_id(database))
            for step in FROM_THE_SEGMENT:
                step(hands, database)
            return hands
        finally:
            window.let_go()
            window.close()
            qInstallMessageHandler(before)


@contextmanager
def _sample(home: Path) -> Generator[Database, None, None]:
    """Make the shop and the files that it imports, in the language of now."""
    database = open_shop(app.make_sample(home / "Morning Mist", NOW, Task()))
    write_newer(home, NOW.date())
    try:
        yield database
    finally:
        database.close()


def _home(hands: Hands, _database: Database) -> None:
    looks.open_home(hands)
    hands.picture("home", "Home: five numbers, the plan, and what needs you today")


def _friends(hands: Hands, _database: Database) -> None:
    hands.window.go(Place(Page.FRIENDS))
    hands.calm()
    hands.picture("friends", "The friends, with tags, orders and consent")


def _import(hands: Hands, file: str, step_pictures: bool) -> None:
    hands.window.go(Place(Page.IMPORTS))
    view = hands.window.current_view()
    assert isinstance(view, ImportsView)
    view.start(Path(os.environ["TAGWELL_HOME"]) / file)
    hands.until(lambda: hands.find(QLabel, "fileName").text() == file, file)
    hands.find(QComboBox, "through").setEditText(_("Online shop checkout") + " (SHOPLINE)")
    hands.find(QComboBox, "purpose").setEditText(_("Orders, membership and marketing"))
    hands.find(QRadioButton, "informed_yes").click()
    if step_pictures:
        hands.picture("import-file", "Import, step 1: the file and where its data came from")
    hands.press("importNext")
    if step_pictures:
        hands.picture("import-columns", "Import, step 2: where each column goes")
    hands.press("importNext")
    hands.until(lambda: view.wizard.steps.isVisible() and view.wizard.pages.currentIndex() == 2, "check rows")
    if step_pictures:
        hands.picture("import-check", "Import, step 3: what each row would become")
    hands.press("importNext")
    hands.until(lambda: not view.wizard.is_at_work and hands.says("importedTitle"), "import")
    hands.picture(f"imported-{'customers' if step_pictures else 'orders'}", f"Import, step 4: {file} is in")


def _customers(hands: Hands, _database: Database) -> None:
    _import(hands, CUSTOMERS, True)


def _orders(hands: Hands, _database: Database) -> None:
    _import(hands, ORDERS, False)


def _tags(hands: Hands, database: Database) -> None:
    hands.window.go(Place(Page.TAGS, None, "no_decision"))
    hands.calm()
    hands.picture("tags-without-decision", "Tags that help no decision yet")
    with database.read() as session:
        tag = session.scalars(select(Tag.id).where(Tag.name == UNDECIDED_TAG)).one()
    hands.window.go(Place(Page.TAGS, tag))
    hands.until(lambda: hands.find(QLineEdit, "tagName").text() == UNDECIDED_TAG, UNDECIDED_TAG)
    hands.write(hands.find(QPlainTextEdit, "tagDecides"), _("Who gets the early sale"))
    hands.press("tagSave")
    hands.calm()
    hands.picture("tag-with-decision", "A tag is kept because it helps a decision")
    hands.window.go(Place(Page.TAGS))
    hands.calm()
    hands.picture("tags", "The tag library by the six types")


def _audit(hands: Hands, _database: Database) -> None:
    hands.put_away_toast()
    hands.press("auditTags")
    hands.until(lambda: isinstance(hands.window.current_view(), AuditView) and _audit_view(hands).note.text(), "audit")
    hands.picture("audit-findings", "What an audit of the tags finds")
    for _step in range(2):
        hands.press("auditNext")
    hands.until(lambda: _audit_view(hands).pairs.list.count(), "pairs")
    hands.picture("audit-lookalikes", "Two tags that may be one, with what speaks for it")
    hands.press("takePair")
    for _step in range(3):
        hands.press("auditNext")
    hands.picture("audit-review", "What the audit would change, before anything is changed")
    hands.press("auditClose")


def _audit_view(hands: Hands) -> AuditView:
    view = hands.window.current_view()
    assert isinstance(view, AuditView)
    return view


def _sources(hands: Hands, _database: Database) -> None:
    hands.put_away_toast()
    hands.window.go(Place(Page.SOURCES))
    hands.press("makeLinks")
    hands.find(QPlainTextEdit, "linkPlaces").setPlainText(
        "\n".join((_("Poster 1..3"), _("Parcel insert"), _("Shop counter")))
    )
    hands.press("makeLinksYes")
    hands.until(lambda: hands.find(QLabel, "linkPlace").isVisible(), "links")
    hands.put_away_toast()
    hands.picture("sources", "A link and a QR code for each place where friends find the shop")
    hands.window.go(Place(Page.SOURCES, None, "coverage"))
    hands.picture("where-friends-come-from", "Of how many new friends the source is known, month by month")


def _segment(hands: Hands, database: Database) -> None:
    hands.put_away_toast()
    looks.open_list(hands)
    hands.picture("segments", "The three core segments and the shop's own")
    looks.open_builder(hands, _segment_id(database))
    hands.picture("segment-builder", "The builder: rules as sentences, and who is left")


def _segment_id(database: Database) -> int:
    with database.read() as session:
        return next(row.id for row in all_segments(session) if row.name == said(SERUM_SEGMENT))


def _write(hands: Hands, _database: Database) -> None:
    hands.press("writeMessage")


def _message(hands: Hands, database: Database) -> None:
    with database.read() as session:
        draft = next(row.id for row in all_messages(session) if row.name == said(NEXT.name))
    hands.window.go(Place(Page.MESSAGES, draft))
    view = hands.window.current_view()
    assert isinstance(view, MessagesView)
    hands.until(lambda: view.composer.saver.message_id == draft, "message")
    hands.calm()
    hands.picture("message", "The message: four answers first, then the words")
    hands.press("checkAndSend")
    hands.until(lambda: view.pages.currentWidget() is view.gate, "gate")


def _gate(hands: Hands, _database: Database) -> None:
    view = hands.window.current_view()
    assert isinstance(view, MessagesView)
    hands.until(lambda: view.gate.findChild(QWidget, "check_brief"), "checks")
    hands.picture("gate", "The gate: every check before anything is sent")
    for tick in view.gate.findChildren(QCheckBox):
        tick.setChecked(True)
    hands.until(lambda: view.gate.confirm.typed.isEnabled(), "confirm")
    asked = hands.find(QLabel, "question").text()
    hands.write(hands.find(QLineEdit, "typed"), "".join(re.findall(r"\d", re.sub(r"<[^>]*>", "", asked))))
    hands.picture("gate-ready", "The gate: the number of recipients is typed")
    hands.press("send")
    hands.until(lambda: view.pages.currentWidget() is view.sending, "sending")


def _send(hands: Hands, _database: Database) -> None:
    hands.picture("sending", "Sending: each friend's copy exactly once")
    hands.press("openResults")
    hands.calm()
    hands.picture("results", "Results: what was accepted, who ordered, what a broadcast would have wasted")


def _write_report(hands: Hands) -> None:
    lines = ["# A tour of Tagwell", "", "Played on the sample shop, through the real window; nothing was sent.", ""]
    for file, what in hands.pictures:
        lines += [f"## {what}", "", f"![{what}]({file})", ""]
    (hands.folder / "report.md").write_text("\n".join(lines), encoding="utf-8")


Step = Callable[[Hands, Database], None]
TO_THE_SEGMENT: tuple[Step, ...] = (_home, _friends, _customers, _orders, _tags, _audit, _sources, _segment)
FROM_THE_SEGMENT: tuple[Step, ...] = (_write, _message, _gate, _send)
