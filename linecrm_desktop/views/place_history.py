"""Where a person has been, for Back and Forward: a list of places and a finger on it."""

from linecrm_desktop.views.desk import Place

MOST = 50


class PlaceHistory:
    """Going somewhere new forgets what lay ahead."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._places) - 1

    def went(self, place: Place) -> None:
        """Remember a place that a person went to."""
        if self._places and self._places[self._at] == place:
            return
        self._places = [*self._places[: self._at + 1], place][-MOST:]
        self._at = len(self._places) - 1

    def step(self, by: int) -> Place:
        """Move the finger and return the place there."""
        self._at += by
        return self._places[self._at]
