"""Loads every row class, so that the metadata is whole when a shop is made or migrated."""

from linecrm_desktop.models import (
    audit,
    campaign,
    change,
    consent,
    erasure,
    event,
    field,
    friend,
    import_batch,
    message,
    order,
    packed,
    reading,
    review,
    segment,
    shop,
    source,
    tag,
    tagging,
    tester,
)
from linecrm_desktop.models.base import Row

MODULES = (
    audit,
    campaign,
    change,
    consent,
    erasure,
    event,
    field,
    friend,
    import_batch,
    message,
    order,
    packed,
    reading,
    review,
    segment,
    shop,
    source,
    tag,
    tagging,
    tester,
)
METADATA = Row.metadata
