"""Opens a database and keeps its schema: engine settings of both dialects, migrations up and down."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from etl.errors import DatabaseError, SchemaError, UsageError
from etl.settings import PROJECT_ROOT

BUSY_SECONDS = 60
"""How long a SQLite writer waits for another one."""

_LOCK_KEY = 6_395_724  # any constant: names this program among a Postgres cluster's advisory locks


def open_engine(url: str) -> Engine:
    """An engine for a SQLite or Postgres URL.

    Raises:
        UsageError: the URL is not one of these.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
            event.listen(engine, "connect", _set_pragmas)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        if parsed.get_backend_name() == "postgresql":
            arguments = {"options": "-c timezone=utc", "connect_timeout": 10}
            return create_engine(parsed, connect_args=arguments, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError):
        pass
    raise UsageError("the database must be a sqlite:/// or postgresql:// URL")


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin when _begin_sqlite says so
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    is_writer = connection.get_execution_options().get("is_writer", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that is the only writing one: others wait, so that look-ups stay true until the commit.

    Raises:
        DatabaseError: the database broke off, is full, or stayed busy; one line says which.
    """
    try:
        with engine.connect().execution_options(is_writer=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")
            yield connection
    except (DBAPIError, engine.dialect.loaded_dbapi.Error) as error:  # COPY raises the driver's own
        raise DatabaseError(_one_line(error)) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction for look-ups.

    Raises:
        DatabaseError: the database can't be read; one line says why.
    """
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    except DBAPIError as error:
        raise DatabaseError(_one_line(error)) from error


def _one_line(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.OperationalError) and "locked" in str(cause):
        return f"database: another process has been writing for {BUSY_SECONDS} seconds; run it again later"
    return f"database: {' '.join(str(cause).split())[:300]}"


def _alembic_config(**attributes: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(PROJECT_ROOT / "migrations"))
    config.attributes.update(attributes)
    return config


def current_revision(connection: Connection) -> str | None:
    """The schema's revision, None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str:
    """The revision that this version of the code writes."""
    head = ScriptDirectory.from_config(_alembic_config()).get_current_head()
    assert head is not None, "migrations/ holds no revision"
    return head


@contextmanager
def altering(engine: Engine) -> Iterator[Connection]:
    """One transaction that changes the schema, the only one at a time.

    Raises:
        DatabaseError: a statement failed; nothing was changed.
    """
    try:
        with engine.connect().execution_options(is_writer=True) as connection:
            driver = connection.connection.driver_connection
            if engine.dialect.name == "sqlite" and driver is not None:
                # Alembic rebuilds tables: with foreign keys on, dropping the old one deletes its children.
                driver.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    if engine.dialect.name == "postgresql":
                        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")
                    yield connection
            finally:
                connection.invalidate()  # the next one has its foreign keys on
    except DBAPIError as error:
        raise DatabaseError(_one_line(error)) from error


def migrate(engine: Engine, revision: str = "head", only_if_empty: bool = False) -> None:
    """Bring the schema to `revision`, up or down ("base" is an empty database), in one transaction.

    Raises:
        DatabaseError: a migration failed; nothing was changed.
        UsageError: there is no such revision.
    """
    script = ScriptDirectory.from_config(_alembic_config())
    with altering(engine) as connection:
        current = current_revision(connection)
        if only_if_empty and current is not None:
            return
        older = (
            {r.revision for r in script.iterate_revisions(current, "base")} - {current} if current else set()
        )
        move = command.downgrade if revision in older | {"base"} else command.upgrade
        try:
            move(_alembic_config(connection=connection), revision)
        except CommandError as error:
            raise UsageError(f"no such revision: {revision} ({error})") from None


def prepare(engine: Engine) -> None:
    """Make the database ready for writing: migrate an empty one, refuse one of another version.

    Raises:
        SchemaError: it is older or newer; the message says what to do.
        DatabaseError: it can't be reached.
    """
    with reading(engine) as connection:
        current = current_revision(connection)
    if current is None:
        migrate(engine, only_if_empty=True)
        with reading(engine) as connection:
            current = current_revision(connection)
    require_head(current)


def require_head(current: str | None) -> None:
    """Refuse a schema that this version does not know.

    Raises:
        SchemaError: it is empty, older or newer.
    """
    if current is None:
        raise SchemaError("the database is empty: load something first, or run `newsledger db upgrade`")
    if current != head_revision():
        known = {r.revision for r in ScriptDirectory.from_config(_alembic_config()).walk_revisions()}
        if current in known:
            raise SchemaError(f"the database is at revision {current}: run `newsledger db upgrade`")
        raise SchemaError(f"the database is at revision {current}, newer than this newsledger: update it")
