"""Makes a page when it is first visited, so that the window is there before the screens are loaded."""

from typing import Protocol, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from linecrm_desktop.jobs import Changes
from linecrm_desktop.views.desk import Desk, Page, Place


class PageView(Protocol):
    """What every page can do. Pages may also offer find(), take_file(), list_to_save(), report(),
    menu_actions() and undo_stack(); where that one changes while the page is shown, the signal undo_moved."""

    page: Page
    asked_for: SignalInstance

    def show_place(self, place: Place) -> None: ...

    def reload(self, changed: Changes) -> None: ...

    def retranslate(self) -> None: ...

    def can_leave(self) -> bool: ...


def make_page(page: Page, desk: Desk) -> QWidget:
    """Load a screen and make it."""
    match page:
        case Page.HOME:
            from linecrm_desktop.views.home.view import HomeView

            return HomeView(desk)
        case Page.FRIENDS:
            from linecrm_desktop.views.friends.view import FriendsView

            return FriendsView(desk)
        case Page.IMPORTS:
            from linecrm_desktop.views.imports.view import ImportsView

            return ImportsView(desk)
        case Page.TAGS:
            from linecrm_desktop.views.tags.view import TagsView

            return TagsView(desk)
        case Page.AUDIT:
            from linecrm_desktop.views.tags.audit.wizard import AuditView

            return AuditView(desk)
        case Page.SOURCES:
            from linecrm_desktop.views.tags.sources.view import SourcesView

            return SourcesView(desk)
        case Page.SEGMENTS:
            from linecrm_desktop.views.segments.view import SegmentsView

            return SegmentsView(desk)
        case Page.MESSAGES:
            from linecrm_desktop.views.messages.view import MessagesView

            return MessagesView(desk)
        case Page.JOURNEYS:
            from linecrm_desktop.views.journeys.view import JourneysView

            return JourneysView(desk)
        case Page.RESULTS:
            from linecrm_desktop.views.results.view import ResultsView

            return ResultsView(desk)
        case Page.CONSENT:
            from linecrm_desktop.views.consent.view import ConsentView

            return ConsentView(desk)
        case Page.SETTINGS:
            from linecrm_desktop.views.settings.view import SettingsView

            return SettingsView(desk)


def as_page(view: QWidget) -> PageView:
    """See a widget made by make_page as the page it is."""
    return cast(PageView, view)
