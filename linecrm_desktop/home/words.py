"""Home in plain words: the lines of the plan, and what needs a person."""

from collections.abc import Callable

from linecrm_desktop.days import ShopDay
from linecrm_desktop.home.plan import State, Task, TaskKey
from linecrm_desktop.home.today import Done, Item, Kind
from linecrm_desktop.imports.plan import reason_name
from linecrm_desktop.requests.words import days_left
from linecrm_desktop.results.review import proposals
from linecrm_desktop.results.review.words import KINDS
from linecrm_desktop.segments.core import CORE
from linecrm_desktop.text import N_, _, ngettext, number, short_date

WEEKS = (N_("Audit the tags"), N_("Build three segments"), N_("One path for each"), N_("Review the tags"))
"""What each week is for; translated when it is shown."""
_TITLES = {
    TaskKey.IMPORT: N_("Import friends and tags"),
    TaskKey.MERGE: N_("Merge look-alike tags"),
    TaskKey.RETIRE: N_("Retire unused tags"),
    TaskKey.DECIDE: N_("Give every tag a decision"),
    TaskKey.PATH_NEW_FRIENDS: N_("New friends: teach, earn trust"),
    TaskKey.PATH_READY_AGAIN: N_("Buyers: usage tips, refill"),
    TaskKey.PATH_WARM_NO_ORDER: N_("Non-buyers: compare and prove"),
    TaskKey.HOLD_BACK: N_("Hold back 10% each time"),
    TaskKey.RESULTS: N_("First results are in"),
    TaskKey.PROPOSALS: N_("Decide on the proposals"),
    TaskKey.CHANGE_PATH: N_("Stop or change one path"),
    TaskKey.NEXT_MONTH: N_("Plan next month’s sends"),
    **{TaskKey(core.key): core.name for core in CORE},
}
_LINKS = {
    1: (N_("Begin the audit"), N_("Continue the audit")),
    2: (N_("Make the segments"), N_("Open the segments")),
    3: (N_("Make the paths"), N_("Open the paths")),
    4: (N_("Open the review"), N_("Open the review")),
}
"""What leads on in each week: while nothing is begun, and afterwards."""
_STATES = {State.OPEN: N_("not done yet"), State.PART: N_("partly done"), State.DONE: N_("done")}


def title(task: Task) -> str:
    """Say what a task is."""
    if task.key is TaskKey.PROPOSALS and task.of:
        form = ngettext("Decide on {n} proposal", "Decide on {n} proposals", task.of)
        return form.format(n=number(task.of))
    return _(_TITLES[task.key])


def state(task: Task) -> str:
    """Say how far a task is, for whoever does not see the mark."""
    return _("skipped") if task.is_skipped else _(_STATES[task.state])


def detail(task: Task, day: ShopDay) -> str:
    """Say in one line what a task was decided by."""
    if task.opens is not None and task.state is not State.DONE:
        return _("opens {date}").format(date=short_date(task.opens, day.today))
    values = {"n": number(task.count), "of": number(task.of), "left": number(task.of - task.count)}
    return _detail_form(task).format(**values)


def link(week: int, task: Task) -> str:
    """Name the way on from a task that is not done."""
    if task.key is TaskKey.IMPORT:
        return _("Import a file…")
    if task.key is TaskKey.NEXT_MONTH:
        return _("Write a message")
    begin, go_on = _LINKS[week]
    return _(go_on if task.is_known else begin)


def _detail_form(task: Task) -> str:
    many: dict[TaskKey, Callable[[], str]] = {
        TaskKey.IMPORT: lambda: _("{n} friends, {of} tags"),
        TaskKey.MERGE: lambda: _of_audit(task, ngettext("{of} pair, {n} decided", "{of} pairs, {n} decided", task.of)),
        TaskKey.RETIRE: lambda: _of_audit(task, _("{of} found, {n} decided")),
        TaskKey.DECIDE: lambda: _known(task, ngettext("{n} of {of} has one", "{n} of {of} have one", task.count)),
        TaskKey.HOLD_BACK: lambda: _("{n} of {of} sends") if task.is_known else _("nothing was sent yet"),
        TaskKey.RESULTS: lambda: _("{n} accepted by LINE") if task.is_known else _("nothing was sent yet"),
        TaskKey.PROPOSALS: lambda: _proposals_form(task),
        TaskKey.CHANGE_PATH: lambda: "" if task.state is State.DONE or task.is_known else _("needs 14 days of results"),
        TaskKey.NEXT_MONTH: lambda: _("a message is ready") if task.state is State.DONE else _("no message yet"),
    }
    if task.key in many:
        return many[task.key]()
    return _path_form(task) if str(task.key).startswith("path_") else _core_form(task)


def _proposals_form(task: Task) -> str:
    if not task.is_known:
        return _("needs results") if task.is_waiting else _("not looked for yet")
    return _("{n} decided, {left} to go") if task.of else _("none found")


def _known(task: Task, form: str) -> str:
    return form if task.is_known else _("no tags yet")


def _of_audit(task: Task, form: str) -> str:
    if not task.is_known:
        return _("not looked for yet")
    return form if task.of else _("none found")


def _core_form(task: Task) -> str:
    if task.state is State.OPEN:
        return _("not made yet")
    if not task.is_known:
        return _("cannot be counted")
    if task.state is State.PART:
        return _("has no decision, or was never counted")
    return ngettext("{n} friend", "{n} friends", task.count)


def _path_form(task: Task) -> str:
    if not task.is_known:
        return _("not made yet")
    if task.state is State.DONE:
        return ngettext("{n} step, running", "{n} steps, running", task.count)
    return ngettext("{n} step, not running", "{n} steps, not running", task.count)


def sentence(item: Item) -> str:
    """Say what needs a person."""
    n = item.count
    match item.kind:
        case Kind.IMPORT:
            return _("Bring in your friends and tags")
        case Kind.SEND:
            return _("“{name}” waits for you").format(name=item.name)
        case Kind.TOKEN:
            return _("LINE does not accept the token")
        case Kind.REQUESTS:
            form = ngettext("{n} request about data waits", "{n} requests about data wait", n)
        case Kind.MESSAGES:
            form = ngettext("{n} message is left this month", "{n} messages are left this month", n)
        case Kind.JOURNEYS:
            form = ngettext("{n} journey message waits for approval", "{n} journey messages wait for approval", n)
        case Kind.TAGS:
            form = ngettext("{n} tag still has no decision", "{n} tags still have no decision", n)
        case Kind.REFUSALS:
            form = ngettext("{n} refusal could not be matched", "{n} refusals could not be matched", n)
        case Kind.REJECTS if item.on is not None:
            form = ngettext("{n} row of the last imports was rejected", "{n} rows of the last imports were rejected", n)
        case Kind.REJECTS:
            form = ngettext("{n} row of today’s import was rejected", "{n} rows of today’s import were rejected", n)
        case Kind.BACKUP if item.on is None:
            return _("There is no backup of this shop")
        case Kind.BACKUP:
            form = ngettext("The last backup is {n} day old", "The last backup is {n} days old", n)
        case Kind.PROPOSALS:
            form = ngettext("{n} tag proposal waits for your decision", "{n} tag proposals wait for your decision", n)
    return form.format(n=number(n))


def more(item: Item) -> str:
    """Say one line about it."""
    match item.kind:
        case Kind.IMPORT:
            return _("A file of your shop system, or the friends that LINE knows.")
        case Kind.SEND:
            return item.note or _("It broke off. Nobody gets a message twice.")
        case Kind.TOKEN:
            return item.note
        case Kind.REQUESTS:
            return _request(item)
        case Kind.MESSAGES:
            return _("You want to be warned under {n}.").format(n=number(item.of or 0))
        case Kind.JOURNEYS:
            return _journeys(item)
        case Kind.TAGS:
            tags = [_("“{tag}” {n} friends").format(tag=tag, n=number(n)) for tag, n in item.parts]
            return _("The largest: {tags}").format(tags=_(", ").join(tags)) if tags else ""
        case Kind.REFUSALS:
            return _("Somebody asked for no marketing, and nobody here is who the file says.")
        case Kind.BACKUP:
            return _("What is only on this drive is lost with it.")
        case Kind.REJECTS | Kind.PROPOSALS:
            name = reason_name if item.kind is Kind.REJECTS else _proposal
            parts = [_("{what}: {n}").format(what=name(code), n=number(n)) for code, n in item.parts]
            return _(", ").join(parts)


def act(item: Item) -> str:
    """Name the button of what needs a person."""
    return {
        Kind.IMPORT: _("Import a file…"),
        Kind.SEND: _("Open the send"),
        Kind.TOKEN: _("Open the settings"),
        Kind.REQUESTS: _("Open the request"),
        Kind.MESSAGES: _("Open the settings"),
        Kind.JOURNEYS: _("Check and approve"),
        Kind.TAGS: _("Audit the tags"),
        Kind.REFUSALS: _("See the rows"),
        Kind.REJECTS: _("See the rows"),
        Kind.BACKUP: _("Back up now"),
        Kind.PROPOSALS: _("Open the review"),
    }[item.kind]


def subtitle(items: int, quick: int, hour: int) -> str:
    """Greet, and say how many things take under a minute."""
    greeting = _("Good morning.") if hour < 12 else _("Good afternoon.") if hour < 18 else _("Good evening.")
    if not items:
        return _("{greeting} Nothing needs you today.").format(greeting=greeting)
    if not quick:
        form = ngettext("{greeting} {n} thing needs you today.", "{greeting} {n} things need you today.", items)
        return form.format(greeting=greeting, n=number(items))
    form = ngettext(
        "{greeting} {quick} of {n} thing today takes under a minute.",
        "{greeting} {quick} of {n} things today take under a minute.",
        items,
    )
    return form.format(greeting=greeting, quick=number(quick), n=number(items))


def done_today(done: Done) -> str:
    """Say what was done today; empty where nothing was."""
    parts = [_("LINE quota read")] if done.quota_read else []
    for n, form in (
        (done.imports, ngettext("{n} import", "{n} imports", done.imports)),
        (done.sends, ngettext("{n} send", "{n} sends", done.sends)),
        (done.queues, ngettext("{n} journey queue built", "{n} journey queues built", done.queues)),
    ):
        if n:
            parts.append(form.format(n=number(n)))
    return _("Done today: {what}").format(what=_(", ").join(parts)) if parts else ""


def _proposal(kind: str) -> str:
    return _(KINDS[proposals.Kind(kind)])


def _journeys(item: Item) -> str:
    steps = dict(item.parts).get("steps", 0)
    due = ngettext("{n} step due today", "{n} steps due today", steps).format(n=number(steps))
    if item.of is None:
        return due
    return _("{due} · uses {n} of {left}").format(due=due, n=number(item.count), left=number(item.of))


def _request(item: Item) -> str:
    days = days_left(item.of or 0)
    return _("{number}: {what}, {days}").format(number=item.name, what=item.note, days=days)
