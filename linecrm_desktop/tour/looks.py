"""The same pages in the dark and in the other languages."""

from linecrm_desktop.tour.hands import Hands
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.home.view import HomeView
from linecrm_desktop.views.segments.view import SegmentsView

_LOOKS = (
    ("dark", "en", "dark", "in the dark", True),
    ("zh", "zh_TW", "light", "in Traditional Chinese", True),
    ("ja", "ja", "light", "in Japanese", False),
    ("th", "th", "light", "in Thai", False),
)
"""The end of a picture's name, the language, the theme, what the report says, whether Home and friends come."""


def take(hands: Hands, choices: Choices, segment_id: int) -> None:
    """Take the list of segments and the builder in every other look, Home and the friends in two of them.

    A look is changed once for all its pages, because that takes longer than a picture. It ends in the builder.
    """
    before = choices.kept
    for name, language, theme, said, with_friends in _LOOKS:
        choices.choose(theme=theme, language=language)
        if with_friends:
            open_home(hands)
            hands.picture(f"home-{name}", f"Home {said}")
            hands.window.go(Place(Page.FRIENDS))
            hands.picture(f"friends-{name}", f"The friends {said}")
        open_list(hands)
        hands.picture(f"segments-{name}", f"The segments {said}")
        open_builder(hands, segment_id)
        hands.picture(f"segment-builder-{name}", f"The builder {said}")
    choices.choose(theme=before.theme, language=before.language)
    open_builder(hands, segment_id)


def open_home(hands: Hands) -> None:
    """Show Home with its numbers of now."""
    hands.window.go(Place(Page.HOME))
    view = hands.window.current_view()
    assert isinstance(view, HomeView)
    hands.until(lambda: view.home is not None, "Home")
    hands.calm()


def open_list(hands: Hands) -> None:
    """Show the list of segments with every number of now."""
    hands.window.go(Place(Page.SEGMENTS))
    view = _view(hands)
    rows = view.list.rows
    hands.until(lambda: view.list.rows is not rows and all(row.reach for row in view.list.rows), "segments")


def open_builder(hands: Hands, segment_id: int) -> None:
    """Open a segment and wait for its numbers."""
    view = _view(hands)
    view.builder.segment_id = None
    view.open(segment_id)
    hands.until(lambda: view.builder.segment_id == segment_id and view.builder.numbers.reach.text(), "count")


def _view(hands: Hands) -> SegmentsView:
    view = hands.window.current_view()
    assert isinstance(view, SegmentsView)
    return view
