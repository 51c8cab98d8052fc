"""What a person corrected by hand is not put back by a file that still says it: such a cell counts as blank.

A value that is neither the wrong one nor the right one is newer knowledge, and is taken.
"""

from collections.abc import Set

from sqlalchemy import String, cast, delete, exists, literal, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.imports.people import S
from linecrm_desktop.imports.staging import STAGE, STAGED_FIELD
from linecrm_desktop.models.correction import COLUMNS, OWN_FIELD, WrongValue

_W = WrongValue.__table__.c


def leave_out(session: Session, filled: Set[str], *, has_fields: bool) -> None:
    """Empty the cells of known friends that hold what was corrected. Call it when rows know their friends."""
    if not session.scalar(select(exists().select_from(WrongValue))):
        return
    for name in COLUMNS:
        if name in filled:
            wrong = exists().where(_W.friend_id == S.friend_id, _W.field == name, _W.wrong == S[name])
            live = (S.verdict.is_(None), S.friend_id.is_not(None))
            session.execute(update(STAGE).where(*live, wrong).values({name: None}))
    if has_fields:
        said = STAGED_FIELD.c
        field = literal(OWN_FIELD) + cast(said.field, String)
        theirs = exists().where(
            *(S.line == said.line, _W.friend_id == S.friend_id, _W.field == field, _W.wrong == said.text)
        )
        session.execute(delete(STAGED_FIELD).where(theirs))
