"""What a person does to friends here: tag, untag, record a refusal, correct it, export. Each is one act, one toast."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import testing
from linecrm_desktop.campaigns.testing import TesterRow
from linecrm_desktop.consent import ledger
from linecrm_desktop.friends import editing, export
from linecrm_desktop.friends.editing import FriendDraft
from linecrm_desktop.friends.export import Told
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tagging import starting
from linecrm_desktop.tagging.starting import Started
from linecrm_desktop.tags import friends_tags, giving
from linecrm_desktop.tags.friends_tags import Removed
from linecrm_desktop.tags.giving import Given
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import people_list
from linecrm_desktop.views.act import Act, Work
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.job_runner import Done, Failed

TAGGED: Changes = changes(Word.TAGS, Word.FRIENDS)
REFUSED: Changes = changes(Word.CONSENT, Word.FRIENDS, Word.CAMPAIGNS)
TESTERS: Changes = changes(Word.SETTINGS, Word.CAMPAIGNS)
ADDED: Changes = changes(Word.FRIENDS, Word.CONSENT)
Find = Callable[[Session], tuple[int, Started | None]]
"""Finds a tag, and says what had to be made for that."""


class FriendActions:
    """Does the work through the runner, puts it on the undo stack, and says what was done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_tag(self, tag_id: int, name: str, friends: Sequence[int]) -> None:
        """Give a tag to friends; another tag of its exclusive group goes in the same step."""
        self._give(lambda _session: (tag_id, None), name, friends)

    def make_and_add_tag(self, name: str, type: TagType, friends: Sequence[int]) -> None:
        """Make a tag, or find the one of that name, and give it to friends; taken back, a new tag goes, too."""
        now = self._desk.now()
        self._give(lambda session: starting.find_or_make(session, name, type, now), name, friends)

    def _give(self, find: Find, name: str, friends: Sequence[int]) -> None:
        now = self._desk.now()
        kept: list[tuple[Given, Started | None]] = []

        def give(session: Session) -> Given:
            tag_id, made = find(session)
            kept[:] = [(giving.give(session, tag_id, friends, now), made)]
            return kept[0][0]

        def take_back(session: Session) -> None:
            given, made = kept[0]
            giving.take_back(session, given, self._desk.now())
            if made is not None:
                starting.take_back(session, made, self._desk.now())

        def given(done: Given) -> None:
            if not done.newly and not done.gone:
                self._desk.toast(_("All of them have “{tag}” already.").format(tag=name), None)
                return
            text, said = _given(done, name)
            self._done(text, said, take_back, give, TAGGED)

        self._desk.jobs.write(lambda session: (give(session), TAGGED), given)

    def remove_tag(self, tag_id: int, name: str, friends: Sequence[int]) -> None:
        """Take a tag from friends."""
        now = self._desk.now()

        def removed(gone: list[Removed]) -> None:
            text = ngettext("remove tag “{tag}” from {n} friend", "remove tag “{tag}” from {n} friends", len(gone))
            said = ngettext("Removed “{tag}” from {n} friend.", "Removed “{tag}” from {n} friends.", len(gone))
            facts = {"tag": name, "n": number(len(gone))}
            if not gone:
                self._desk.toast(_("None of them has “{tag}”.").format(tag=name), None)
                return
            self._done(
                text.format(**facts),
                said.format(**facts),
                lambda session: friends_tags.put_back(session, gone, self._desk.now()),
                lambda session: friends_tags.remove(session, tag_id, [one.friend_id for one in gone], self._desk.now()),
                TAGGED,
            )

        self._desk.jobs.write(lambda session: (friends_tags.remove(session, tag_id, friends, now), TAGGED), removed)

    def correct_refusal(self, friend: int) -> None:
        """Ask for the reason, then take back a refusal that was recorded for the wrong friend."""
        reason = self._desk.dialogs.text(_("Correct the refusal"), _("Why was it recorded for the wrong friend?"))
        if reason is None:
            return
        now = self._desk.now()
        self._desk.jobs.write(
            lambda session: (ledger.correct_refusal(session, friend, reason, now), REFUSED),
            lambda _nothing: self._desk.toast(_("The refusal is corrected. The ledger keeps both lines."), None),
        )

    def add_friend(self, draft: FriendDraft, done: Done, failed: Failed, came_back: str = "") -> None:
        """Add a friend; `came_back` says how we know that somebody who was erased came back themselves."""
        now = self._desk.now()
        kept: dict[str, int] = {}

        def add(session: Session) -> int:
            kept["id"] = editing.add_friend(session, draft, now, came_back)
            return kept["id"]

        def added(friend: int) -> None:
            self._done(
                _("add {name}").format(name=draft.name),
                _("Added {name}.").format(name=draft.name),
                lambda session: editing.take_back(session, kept["id"], self._desk.now()),
                add,
                ADDED,
            )
            done(friend)

        self._desk.jobs.write(lambda session: (add(session), ADDED), added, failed)

    def make_tester(self, friend: int | None) -> None:
        """Let a friend get tests of messages before they go to many."""
        if friend is None:
            return
        now = self._desk.now()

        def made(one: TesterRow) -> None:
            self._done(
                _("make a tester of {name}").format(name=one.name),
                _("{name} gets tests now.").format(name=one.name),
                lambda session: testing.remove_named(session, one.line_user_id),
                lambda session: testing.add_tester(session, one.name, one.line_user_id, now),
                TESTERS,
            )

        self._desk.jobs.write(lambda session: (testing.make_tester(session, friend, now), TESTERS), made)

    def save_list(self, friends: Sequence[int]) -> None:
        """Ask what for and where, then write these friends to a table."""
        day, shop = self._desk.day(), self._desk.shop
        told = Told(day, shop.country, shop.currency)
        people_list.save(
            self._desk,
            _("Export friends"),
            f"friends_{day.today.isoformat()}",
            lambda session, path, asked: export.write_table(session, friends, path, told, asked),
        )

    def _done(self, text: str, said: str, take_back: Work, again: Work, changed: Changes) -> None:
        self._desk.undo.push(Act(self._desk, text, take_back, again, changed))
        self._desk.toast(said, self._desk.undo.undo)


def _given(done: Given, tag: str) -> tuple[str, str]:
    """Say for the undo and for the toast who got a tag, and which other one went for it."""
    n = len({*done.newly, *(row.friend_id for row in done.gone)})
    others = _(", ").join(_("“{text}”").format(text=name) for name in done.names)
    facts = {"tag": tag, "n": number(n), "others": others}
    if others:
        text = ngettext(
            "add tag “{tag}” to {n} friend in place of {others}",
            "add tag “{tag}” to {n} friends in place of {others}",
            n,
        )
        said = ngettext(
            "Added “{tag}” to {n} friend. Of its group a friend has one tag only, so {others} went.",
            "Added “{tag}” to {n} friends. Of its group a friend has one tag only, so {others} went.",
            n,
        )
    else:
        text = ngettext("add tag “{tag}” to {n} friend", "add tag “{tag}” to {n} friends", n)
        said = ngettext("Added “{tag}” to {n} friend.", "Added “{tag}” to {n} friends.", n)
    return text.format(**facts), said.format(**facts)
