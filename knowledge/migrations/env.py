"""Alembic's entry: migrations run on the connection that `knowledge.database` hands over."""

from alembic import context

from knowledge.database import Table

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
