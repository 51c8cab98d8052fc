"""Alembic's entry: runs on the connection that store.migrating hands over."""

from alembic import context

from linecrm_desktop.models.all import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
