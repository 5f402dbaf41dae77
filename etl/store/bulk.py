"""The fast ways into a table: COPY on Postgres, executemany on SQLite, upserts on both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, collate, select
from sqlalchemy.dialects import postgresql, sqlite

Row = dict[str, Any]
Insert = postgresql.Insert | sqlite.Insert

_IDS_A_STATEMENT = 5000  # both databases take more parameters than that


def insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that are known not to be there. All rows have the same keys."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.execute(table.insert(), rows)


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    convert = [_converter(connection, table, name) for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({listed}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([make(row[name]) for name, make in zip(names, convert, strict=True)])


def _converter(connection: Connection, table: Table, name: str) -> Callable[[Any], Any]:
    """What SQLAlchemy would do to a value of this column before it reaches the driver."""
    dialect = connection.dialect
    processor = table.columns[name].type.dialect_impl(dialect).bind_processor(dialect)
    return processor or (lambda value: value)


def insert(connection: Connection, table: Table) -> Insert:
    """An INSERT that knows ON CONFLICT, in the connection's dialect."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def insert_missing(connection: Connection, table: Table, rows: Collection[Row]) -> None:
    """Insert those rows whose id is not there yet."""
    if rows:
        statement = insert(connection, table).on_conflict_do_nothing(index_elements=["id"])
        connection.execute(statement, list(rows))


def existing(
    connection: Connection, column: ColumnElement[Any], values: Iterable[Any], *others: ColumnElement[Any]
) -> Iterator[Any]:
    """The rows (column, *others) whose column is one of the values."""
    for part in chunks(values):
        yield from connection.execute(select(column, *others).where(column.in_(part)))


def by_bytes(connection: Connection, column: ColumnElement[str]) -> ColumnElement[str]:
    """The column in the order of its bytes, as SQLite has it, whatever the server's locale."""
    return collate(column, "C") if connection.dialect.name == "postgresql" else column


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values in lists that fit into one statement."""
    remaining = iter(values)
    while part := list(islice(remaining, _IDS_A_STATEMENT)):
        yield part
