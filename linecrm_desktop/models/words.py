"""Which word of the shop a table belongs to: what a screen reloads when another computer wrote in it."""

from collections.abc import Iterable

from linecrm_desktop.jobs import Changes, Word

WORDS: dict[Word, tuple[str, ...]] = {
    Word.FRIENDS: (
        *("friend", "friend_field", "channel_friend", "field", "event", "orders", "goods", "order_line", "wrong_value"),
        *("erasure", "erased_copies", "erased_key", "erased_order"),
    ),
    Word.TAGS: (
        *("tag", "friend_tag", "tag_word", "tag_relation", "tag_rule", "tag_operation", "entry_link", "arrival"),
        *("audit", "audit_choice", "review", "review_answer"),
    ),
    Word.CONSENT: (
        *("consent_entry", "consent_head", "consent_recording", "refusal_effect", "notice"),
        *("data_request", "data_request_step", "shared_list", "shared_friend"),
    ),
    Word.IMPORTS: ("import_batch", "rejected_row"),
    Word.SEGMENTS: ("segment", "segment_count"),
    Word.MESSAGES: ("message", "message_template", "test_send", "tester"),
    Word.CAMPAIGNS: ("campaign", "delivery", "chunk", "call", "reading"),
    Word.JOURNEYS: ("journey", "journey_step", "journey_entry", "journey_turn"),
    Word.SETTINGS: ("shop", "channel"),
    Word.HOME: ("skipped_task",),
    Word.ACCESS: ("access_line",),
}
SHOWN_NOWHERE = frozenset({"change", "packed_column", "unsaved_segment"})
"""The journal, what makes counting quick, and what is being written in somebody's builder."""
_WORD_OF = {table: word for word, tables in WORDS.items() for table in tables}


def words_of(tables: Iterable[str]) -> Changes:
    """Return the words whose rows were written."""
    return frozenset(_WORD_OF[table] for table in tables if table in _WORD_OF)
