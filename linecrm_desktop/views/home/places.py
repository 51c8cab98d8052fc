"""Where the tasks of the plan, and what needs a person, are done."""

from dataclasses import replace

from linecrm_desktop.home.plan import Task, TaskKey
from linecrm_desktop.home.today import Item, Kind
from linecrm_desktop.views.desk import Page, Place

_WEEKS = {
    1: Place(Page.AUDIT),
    2: Place(Page.SEGMENTS),
    3: Place(Page.JOURNEYS),
    4: Place(Page.RESULTS, None, "review"),
}
_TASKS = {
    TaskKey.IMPORT: Place(Page.IMPORTS, None, "new"),
    TaskKey.HOLD_BACK: Place(Page.MESSAGES),
    TaskKey.RESULTS: Place(Page.RESULTS),
    TaskKey.CHANGE_PATH: Place(Page.JOURNEYS),
    TaskKey.NEXT_MONTH: Place(Page.MESSAGES, None, "new"),
}


def of_task(week: int, task: Task) -> Place:
    """Return where a task is done; one that is done begins nothing anew."""
    place = _TASKS.get(task.key, _WEEKS[week])
    return replace(place, part="") if task.counts_as_done and place.part == "new" else place


def of_item(item: Item) -> Place:
    """Return where a thing that needs a person is done."""
    match item.kind:
        case Kind.IMPORT:
            return Place(Page.IMPORTS, None, "new")
        case Kind.SEND:
            return Place(Page.MESSAGES, item.object_id, "sending")
        case Kind.TOKEN:
            return Place(Page.SETTINGS, None, "line")
        case Kind.REQUESTS:
            return Place(Page.CONSENT, item.object_id, "requests")
        case Kind.MESSAGES:
            return Place(Page.SETTINGS, None, "plan")
        case Kind.JOURNEYS:
            return Place(Page.JOURNEYS)
        case Kind.TAGS:
            return Place(Page.AUDIT)
        case Kind.REFUSALS | Kind.REJECTS:
            return Place(Page.IMPORTS, item.object_id)
        case Kind.PROPOSALS:
            return Place(Page.RESULTS, None, "review")
        case Kind.BACKUP:
            return Place(Page.SETTINGS, None, "safety")
