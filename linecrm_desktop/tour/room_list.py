"""The rooms of the program in the order of a walk, for the sample shop."""

import os
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QComboBox, QLabel, QRadioButton, QWidget

from linecrm_desktop.models.message import Message
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.sample.letters import NEXT
from linecrm_desktop.sample.newer_files import write_newer
from linecrm_desktop.sample.questions import SERUM_SEGMENT
from linecrm_desktop.sample.words import said
from linecrm_desktop.tour.rooms import Room, Walk
from linecrm_desktop.views.desk import Page
from linecrm_desktop.views.friends.view import FriendsView
from linecrm_desktop.views.imports.view import ImportsView
from linecrm_desktop.views.messages.view import MessagesView
from linecrm_desktop.views.tags.audit.wizard import AuditView
from linecrm_desktop.views.tags.view import TagsView

TAG = "Serum"
AUDIT_STEPS = ("audit-findings", "audit-no-decision", "audit-pairs", "audit-unused", "audit-too-small", "audit-review")
View = TypeVar("View", bound=QWidget)


def rooms() -> tuple[Room, ...]:
    """Return every page and every dialog that a person can come to in the sample shop."""
    return (
        _page("home", Page.HOME),
        *_of_the_window(),
        Room("friends", _friends),
        Room("friends-add", lambda walk: walk.press("addFriend"), is_dialog=True),
        Room("friends-tag", lambda walk: _at(walk, FriendsView).detail.add_tag_asked.emit(), is_dialog=True),
        Room("friends-untag", lambda walk: _at(walk, FriendsView).detail.remove_tag_asked.emit(), is_dialog=True),
        Room("friends-edit", lambda walk: _at(walk, FriendsView).detail.edit_asked.emit(), is_dialog=True),
        Room("friends-erase", lambda walk: _at(walk, FriendsView).detail.erase_asked.emit(), is_dialog=True),
        _page("imports", Page.IMPORTS),
        Room("imports-fetch", lambda walk: walk.press("fetchFriends"), is_dialog=True),
        *_import(),
        Room("tags", _tag),
        *_tag_dialogs(),
        *_audit(),
        _page("sources", Page.SOURCES),
        Room("sources-make", lambda walk: walk.press("makeLinks"), is_dialog=True),
        _page("sources-coverage", Page.SOURCES, "coverage"),
        _page("segments", Page.SEGMENTS),
        Room("segments-compare", lambda walk: walk.press("compareSegments"), is_dialog=True),
        Room("segments-builder", lambda walk: walk.go(Page.SEGMENTS, walk.row(Segment, said(SERUM_SEGMENT)))),
        Room("segments-why", lambda walk: walk.press("whyIsSheIn"), is_dialog=True),
        Room("segments-new", lambda walk: walk.go(Page.SEGMENTS, None, "new")),
        *_messages(),
        _page("journeys", Page.JOURNEYS),
        Room("journeys-steps", lambda walk: walk.press("editSteps"), is_dialog=True),
        Room("journeys-time", lambda walk: walk.press("changeTime"), is_dialog=True),
        Room("journeys-templates", lambda walk: walk.press("pathTemplates")),
        _page("results", Page.RESULTS, "messages"),
        _page("results-journeys", Page.RESULTS, "journeys"),
        _page("results-review", Page.RESULTS, "review"),
        _page("results-months", Page.RESULTS, "months"),
        _page("consent", Page.CONSENT, "coverage"),
        Room("consent-refusal", lambda walk: walk.press("recordRefusal"), is_dialog=True),
        Room("consent-many", lambda walk: walk.press("recordForMany"), is_dialog=True),
        _page("consent-ledger", Page.CONSENT, "ledger"),
        Room("consent-check", partial(_do, "check_ledger"), is_dialog=True),
        _page("consent-looked", Page.CONSENT, "looked"),
        _page("consent-requests", Page.CONSENT, "requests"),
        Room("consent-request", _new_request, is_dialog=True),
        _page("consent-share", Page.CONSENT, "share"),
        _page("settings", Page.SETTINGS),
        Room("settings-password", lambda walk: walk.press("setPassword"), is_dialog=True),
    )


def _page(name: str, page: Page, part: str = "") -> Room:
    return Room(name, lambda walk: walk.go(page, None, part))


def _of_the_window() -> tuple[Room, ...]:
    acts = ("find_everything", "show_guide", "show_keys", "show_about", "connect", "restore")
    return tuple(Room(f"window-{name}", partial(_do, name), is_dialog=True) for name in acts)


def _do(name: str, walk: Walk) -> None:
    walk.hands.window.acts.do(name)


def _at(walk: Walk, kind: type[View]) -> View:
    view = walk.view()
    assert isinstance(view, kind)
    return view


def _friends(walk: Walk) -> None:
    walk.go(Page.FRIENDS, None, "all")
    view = _at(walk, FriendsView)
    walk.hands.until(lambda: view.table.listed, "friends")
    view.table.go_to(0)


def _import() -> tuple[Room, ...]:
    return (
        Room("import-file", _import_file),
        Room("import-columns", lambda walk: walk.press("importNext")),
        Room("import-check", _import_check),
    )


def _import_file(walk: Walk) -> None:
    customers, _orders = write_newer(Path(os.environ["TAGWELL_HOME"]), walk.hands.window.desk.day().today)
    _at(walk, ImportsView).start(customers)
    walk.hands.until(lambda: walk.hands.find(QLabel, "fileName").text() == customers.name, customers.name)
    walk.hands.find(QComboBox, "through").setEditText("SHOPLINE")
    walk.hands.find(QComboBox, "purpose").setEditText("Marketing")
    walk.hands.find(QRadioButton, "informed_yes").click()


def _import_check(walk: Walk) -> None:
    view = _at(walk, ImportsView)
    walk.press("importNext")
    walk.hands.until(lambda: view.wizard.pages.currentIndex() == 2, "rows")


def _tag(walk: Walk) -> None:
    walk.go(Page.TAGS, walk.row(Tag, said(TAG)))


def _tag_dialogs() -> tuple[Room, ...]:
    def of(name: str, act: str) -> Room:
        return Room(f"tags-{name}", lambda walk: _at(walk, TagsView).panel.actions_.all[act].trigger(), is_dialog=True)

    return (
        of("merge", "merge"),
        of("split", "split"),
        Room("tags-rules", lambda walk: walk.press("tagRulesOpen"), is_dialog=True),
        Room("tags-run", lambda walk: _at(walk, TagsView).bulk.run_rules(), is_dialog=True),
        Room("tags-start", lambda walk: _at(walk, TagsView).start_set.trigger(), is_dialog=True),
        Room("tags-changes", lambda walk: walk.press("tagChanges"), is_dialog=True),
        Room("tags-new", lambda walk: walk.press("newTag")),
    )


def _audit() -> tuple[Room, ...]:
    first, *others = AUDIT_STEPS
    return (Room(first, _audit_first), *(Room(name, lambda walk: walk.press("auditNext")) for name in others))


def _audit_first(walk: Walk) -> None:
    walk.go(Page.AUDIT)
    walk.hands.until(lambda: _at(walk, AuditView).note.text(), "audit")


def _messages() -> tuple[Room, ...]:
    def composer(walk: Walk) -> MessagesView:
        return _at(walk, MessagesView)

    return (
        _page("messages", Page.MESSAGES),
        Room("messages-new", lambda walk: walk.go(Page.MESSAGES, None, "new"), is_dialog=True),
        Room("messages-composer", lambda walk: walk.go(Page.MESSAGES, walk.row(Message, said(NEXT.name)))),
        Room("messages-brief", lambda walk: walk.press("earlierBrief"), is_dialog=True),
        Room("messages-json", lambda walk: walk.press("showJson"), is_dialog=True),
        Room("messages-friend", lambda walk: composer(walk).composer.preview.another_asked.emit(), is_dialog=True),
        Room("messages-test", lambda walk: composer(walk).composer.preview.test.click(), is_dialog=True),
        Room("messages-gate", lambda walk: walk.go(Page.MESSAGES, walk.row(Message, said(NEXT.name)), "check")),
        Room("messages-sending", lambda walk: walk.go(Page.MESSAGES, 1, "sending")),
    )


def _new_request(walk: Walk) -> None:
    walk.go(Page.CONSENT, None, "requests")
    walk.hands.find(QWidget, "requestsPage").setFocus()
    walk.press("newRequest")
