"""What rows of others keep of a person: journal lines, requests to LINE, rows that imports did not take, file names."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.consent.erased import SURE, WEAK, KeyKind
from linecrm_desktop.erasing.person import Person, texts_in
from linecrm_desktop.imports.columns import Target
from linecrm_desktop.models.access import AccessLine
from linecrm_desktop.models.campaign import Call, Chunk, ChunkState, Delivery
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.data_request import DataRequest, DataRequestStep, RequestStep, Wants
from linecrm_desktop.models.import_batch import ImportBatch, RejectedRow
from linecrm_desktop.models.tester import SentTest, Tester
from linecrm_desktop.text import _

_OF_FRIEND = ("friend", "friend_tag", "friend_field")
_OF_ORDER = ("orders", "order_line")
_AT_ONCE = 500
_TAIL = 8
"""Digits at the end of a phone by which two ways of writing it are the same."""
_SHORT = 2
"""A name of one letter is found in too many sentences to mean the person."""
_SAID = {
    KeyKind.LINE_USER_ID: Target.LINE_ID,
    KeyKind.MEMBER_NUMBER: Target.MEMBER,
    KeyKind.ORDER: Target.ORDER,
}


def clear_journal(session: Session, person: Person) -> set[str]:
    """Take the person's lines out of the change journal, so that no undo brings them back; return their texts."""
    moved = _orders_that_were_theirs(session, person)
    gone: set[str] = set()
    for mine in _journal_lines(person, [*person.orders, *moved]):
        for line in session.execute(select(Change.before, Change.after).where(mine)):
            gone.update(texts_in(list(line)))
        session.execute(delete(Change).where(mine))
    return gone


def _journal_lines(person: Person, orders: Sequence[int]) -> Iterator[ColumnElement[bool]]:
    yield Change.entity.in_(_OF_FRIEND) & (Change.entity_id == person.id)
    for start in range(0, len(orders), _AT_ONCE):
        yield Change.entity.in_(_OF_ORDER) & Change.entity_id.in_(orders[start : start + _AT_ONCE])
    for kind in (*SURE, *WEAK):
        own = [key.value for key in person.keys if key.kind is kind and not key.is_shared]
        if own:  # another friend had the key for a while
            texts = [json.dumps(value, ensure_ascii=escaped) for value in own for escaped in (True, False)]
            held = or_(cast(Change.before, String).in_(texts), cast(Change.after, String).in_(texts))
            yield (Change.entity == "friend") & (Change.field == str(kind)) & held


def _orders_that_were_theirs(session: Session, person: Person) -> list[int]:
    """Return orders of others that an undo would give back to the person."""
    texts = [str(person.id)]
    owner = or_(cast(Change.before, String).in_(texts), cast(Change.after, String).in_(texts))
    field = (Change.entity == "orders") & (Change.field == "friend_id") & owner
    within = (Change.entity == "order_line") & cast(Change.before, String).contains(f'"friend_id":{person.id},')
    return list(session.scalars(select(Change.entity_id).where(or_(field, within)).distinct()))


def clear_tags(session: Session, tags: Iterable[int]) -> None:
    """Take lines about tags that go with the person out of the change journal."""
    session.execute(delete(Change).where(Change.entity == "tag", Change.entity_id.in_(list(tags))))


def clear_requests(session: Session, person: Person) -> None:
    """Take the person out of the requests that went to LINE; one that is still open is written anew without them."""
    ids = set(person.values(KeyKind.LINE_USER_ID))
    theirs = exists().where(
        Delivery.campaign_id == Chunk.campaign_id, Delivery.chunk == Chunk.number, Delivery.friend_id == person.id
    )
    for chunk in session.scalars(select(Chunk).where(theirs)):
        body: dict[str, Any] = chunk.body or {}
        to: list[str] | str | None = body.get("to")
        if chunk.state is ChunkState.WAITING:
            chunk.retry_key = chunk.body = None
        elif isinstance(to, list):
            chunk.body = {**body, "to": [ident for ident in to if ident not in ids]}
        else:
            chunk.body = None
        if any(ident in chunk.answer for ident in ids):
            chunk.answer = ""
    for ident in ids:
        session.execute(update(Call).where(Call.words.contains(ident, autoescape=True)).values(words=""))
    session.flush()


def clear_tests(session: Session, person: Person) -> set[str]:
    """Take the person out of the testers and out of tests that were filled with their words; return those texts."""
    ids = person.values(KeyKind.LINE_USER_ID)
    gone = set(session.scalars(select(Tester.name).where(Tester.line_user_id.in_(ids))))
    session.execute(delete(Tester).where(Tester.line_user_id.in_(ids)))
    session.execute(delete(SentTest).where(SentTest.line_user_id.in_(ids)))
    told = [word for word in person.words if len(word) >= _SHORT]
    for test in session.scalars(select(SentTest)):
        if any(word in text for text in texts_in(test.body) for word in told):
            test.body = {}
    session.flush()
    return gone


def clear_rejected(session: Session, person: Person) -> set[str]:
    """Empty the person's rows among those that imports did not take; the rows stay counted. Return their texts."""
    about = _About(person)
    instead = _("What stood here was about somebody who was erased.")
    gone: set[str] = set()
    for batch in session.scalars(select(ImportBatch).order_by(ImportBatch.id)):
        targets: list[str] = batch.options.get("targets", [])
        query = select(RejectedRow.id, RejectedRow.cells, RejectedRow.sentence).where(RejectedRow.batch_id == batch.id)
        changes: list[tuple[int, dict[str, Any]]] = []
        for row, cells, sentence in session.execute(query.execution_options(yield_per=2_000)):
            if about.is_row(cells, targets):
                gone.update(cell for cell in cells if cell)
                changes.append((row, {"cells": [], "sentence": instead}))
            elif about.is_named_in(sentence):
                changes.append((row, {"sentence": instead}))
        for row, values in changes:
            session.execute(update(RejectedRow).where(RejectedRow.id == row).values(values))
    return gone


def clear_data_requests(session: Session, person: Person, now: datetime) -> set[str]:
    """Take the person out of what they asked of the shop, of which the number stays; return the texts.

    A request to be erased has its step done with that, as the one who did the step before.
    """
    gone: set[str] = set()
    for request in session.scalars(select(DataRequest).where(DataRequest.friend_id == person.id)):
        steps = list(session.scalars(select(DataRequestStep).where(DataRequestStep.request_id == request.id)))
        gone |= {request.about, request.note, *(step.how for step in steps)}
        request.friend_id, request.is_erased, request.about, request.note = None, True, "", ""
        for step in steps:
            step.how = ""
        if request.wants is Wants.ERASE and request.ending is None:
            by = max(steps, key=lambda step: step.at).by if steps else ""
            for wanted in {RequestStep.COLLECT, RequestStep.HAND_OVER} - {step.step for step in steps}:
                session.add(DataRequestStep(request_id=request.id, step=wanted, at=now, by=by, how=""))
    session.flush()
    return gone - {""}


def clear_looks(session: Session, person: Person) -> set[str]:
    """Take the person out of what lists were for; their number goes with the friend. Return those texts."""
    about = _About(person)
    gone: set[str] = set()
    for line in session.scalars(select(AccessLine).where(AccessLine.purpose != "")):
        if about.is_named_in(line.purpose):
            gone.add(line.purpose)
            line.purpose = _("(erased)")
    session.flush()
    return gone


def clear_file_names(session: Session, person: Person) -> set[str]:
    """Take the person out of the names of files that were imported, as chats have them; return those names."""
    about = _About(person)
    gone: set[str] = set()
    for batch in session.scalars(select(ImportBatch)):
        if about.is_named_in(batch.file_name, with_numbers=False):
            gone.add(batch.file_name)
            batch.file_name = _("(erased)")
    session.flush()
    return gone


class _About:
    """Says of cells and sentences whether they are about the person."""

    def __init__(self, person: Person) -> None:
        self._names = {_folded(name) for name in person.names}
        self._said = {kind: {_folded(value) for value in person.values(kind)} for kind in _SAID}
        own = (*person.values(KeyKind.LINE_USER_ID), *(key.value for key in person.keys if key.kind is KeyKind.EMAIL))
        self._anywhere = tuple(_folded(value) for value in own)
        self._phones = tuple(
            tail for phone in person.values(KeyKind.PHONE) if len(tail := _digits(phone)[-_TAIL:]) == _TAIL
        )
        names = [name for name in self._names if len(name) >= _SHORT]
        self._told = tuple(names) + self._anywhere
        numbers = [*person.values(KeyKind.MEMBER_NUMBER), *person.values(KeyKind.PHONE)]
        self._numbers = (
            re.compile("|".join(rf"(?<!\w){re.escape(_folded(n))}(?!\w)" for n in numbers)) if numbers else None
        )

    def is_row(self, cells: Sequence[str], targets: Sequence[str]) -> bool:
        """Say whether a row is theirs, by any key, their name or the number of an order of theirs."""
        for place, cell in enumerate(cells):
            folded = _folded(cell)
            target = targets[place] if place < len(targets) else ""
            if not folded:
                continue
            if any(key in folded for key in self._anywhere):
                return True
            if any(folded in self._said[kind] for kind, said in _SAID.items() if target in (said, "")):
                return True
            if target in (Target.NAME, "") and folded in self._names:
                return True
            if self._phones and _digits(cell).endswith(self._phones):
                return True
        return False

    def is_named_in(self, sentence: str, *, with_numbers: bool = True) -> bool:
        """Say whether a sentence names them."""
        folded = _folded(sentence)
        named = any(word in folded for word in self._told)
        return named or bool(with_numbers and self._numbers and self._numbers.search(folded))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter in "0123456789")
