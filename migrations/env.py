"""Runs the migrations on the connection that `etl.database` hands over, or on the settings' database."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from etl.database import altering, open_engine
from etl.models import Base, UtcDateTime
from etl.settings import read_settings


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write plain types into revisions: they must still run when today's models are gone."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with altering(open_engine(read_settings().database_url)) as connection:
        migrate(connection)
