"""The choices over the list of messages: what stands in each, and what a search leaves."""

from datetime import datetime

from linecrm_desktop.models.campaign import CampaignState
from linecrm_desktop.views.messages.list_rows import ListRow, groups


def row(number: int, name: str, state: CampaignState | None, now: datetime) -> ListRow:
    return ListRow(number, name, "Serum buyers", state, 0, 0, 0, 0, is_practice=False, at=now)


def test_each_state_has_one_place(now: datetime) -> None:
    rows = [row(0, "Draft", None, now)]
    rows += [row(number, f"Send {state}", state, now) for number, state in enumerate(CampaignState, 1)]
    counts = [len(found) for _name, found in groups(rows, "")]
    assert counts == [len(rows), 1, 2, 3, 1, 1]
    assert sum(counts[1:]) == counts[0]


def test_a_search_looks_at_names_and_segments(now: datetime) -> None:
    rows = [row(0, "Refill", None, now), row(1, "New year", CampaignState.DONE, now)]
    assert [one.name for one in groups(rows, " REFILL")[0][1]] == ["Refill"]
    assert len(groups(rows, "serum")[0][1]) == 2
    assert groups(rows, "nothing")[0][1] == []
