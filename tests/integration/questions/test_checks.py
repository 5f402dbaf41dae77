"""Each check of sql/checks/: silent on a sound database, and it names the row that is broken on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from rows import COURIER_COPY_URL, HERALD_URL
from sqlalchemy import Connection, Engine, Table, select, text, update

from etl.database import reading
from etl.models import Base
from etl.queries import SQL_FOLDER, run_checks
from etl.verify import problems

TABLES = Base.metadata.tables


def broken(engine: Engine, *statements: object) -> dict[str, list[dict[str, object]]]:
    """The offenders by check after statements that the database's own constraints would refuse."""
    with changed(engine, *statements) as connection:
        checked = run_checks(connection)
    return {name: offenders.to_dict("records") for name, offenders in checked.items() if len(offenders)}


@contextmanager
def changed(engine: Engine, *statements: object) -> Iterator[Connection]:
    """A connection that sees what the statements do; it is taken back."""
    with engine.connect() as connection:
        _ignore_foreign_keys(connection)
        for statement in statements:
            connection.execute(text(statement) if isinstance(statement, str) else statement)
        yield connection
        connection.rollback()


def _ignore_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        connection.detach()
    else:
        connection.execute(text("SET LOCAL session_replication_role = replica"))


def test_a_sound_database_has_no_offender(engine: Engine) -> None:
    with reading(engine) as connection:
        checked = run_checks(connection)
    assert set(checked) == {path.stem for path in (SQL_FOLDER / "checks").glob("*.sql")}
    assert {name: len(offenders) for name, offenders in checked.items()} == dict.fromkeys(checked, 0)


COPIED = f"(SELECT id FROM articles WHERE url = '{COURIER_COPY_URL}')"
WARNING = f"(SELECT id FROM articles WHERE url = '{HERALD_URL}')"
IN_WARNING = f"WHERE article_id = {WARNING} AND ordinal = 0"
ELSEWHERE = "its pieces begin or end elsewhere"
UNBALANCED = ("run", "its books and the ledger differ")
TWO_PIECES = f"WHERE article_id = {COPIED} AND ordinal = 0"


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (f"UPDATE claims SET cue = NULL {IN_WARNING}", "claims ({id}, 0): cue_start_char"),
        (
            f"UPDATE claims SET cue = NULL, cue_end_char = NULL {IN_WARNING}",
            "claims ({id}, 0): cue_start_char",
        ),
        (f"UPDATE claims SET source_start_char = NULL {IN_WARNING}", "claims ({id}, 0): source_start_char"),
        (
            f"UPDATE claims SET text = replace(text, 'cracks', 'CRACKS') {IN_WARNING}",
            "claim ({id}, 0): its pieces",
        ),
        (f"UPDATE claims SET text = replace(text, ' … ', ' / ') {TWO_PIECES}", "claim ({id}, 0): its pieces"),
        (f"UPDATE claims SET text = replace(text, '6', '7') {TWO_PIECES}", "claim ({id}, 0): its pieces"),
    ],
)
def test_words_that_their_span_does_not_spell(engine: Engine, statement: str, named: str) -> None:
    with changed(engine, statement) as connection:
        article_id = connection.scalar(text(f"SELECT {COPIED if TWO_PIECES in statement else WARNING}"))
        found = list(problems(connection))
    assert any(problem.startswith(named.format(id=article_id)) for problem in found), found


@pytest.mark.parametrize(
    ("statements", "wrong"),
    [
        ((f"DELETE FROM claim_pieces {IN_WARNING} AND claim_ordinal = 0",), "it has no pieces"),
        ((f"UPDATE claims SET start_char = start_char - 1 {IN_WARNING}",), ELSEWHERE),
        ((f"UPDATE claims SET end_char = end_char - 1 {IN_WARNING}",), ELSEWHERE),
        (
            (
                f"UPDATE claims SET end_char = 9999 {IN_WARNING}",
                f"UPDATE claim_pieces SET end_char = 9999 {IN_WARNING} AND claim_ordinal = 0",
            ),
            "it ends after the text",
        ),
        (
            (f"UPDATE claim_pieces SET ordinal = 7 {TWO_PIECES} AND claim_ordinal = 0",),
            "its pieces overlap or are out of order",
        ),
    ],
)
def test_a_claim_outside_its_pieces(engine: Engine, statements: tuple[str, ...], wrong: str) -> None:
    offenders = broken(engine, *statements)["claim_inside_article"]
    assert {offender["wrong"] for offender in offenders} == {wrong}
    assert {offender["ordinal"] for offender in offenders} == {0}


@pytest.mark.parametrize(
    ("captured", "published", "is_wrong"),
    [
        (date(2024, 3, 10), date(2024, 3, 10), False),
        (date(2024, 3, 10), date(2024, 3, 11), False),
        (date(2024, 3, 10), date(2024, 3, 12), True),
        (date(2024, 2, 28), date(2024, 2, 29), False),
        (date(2024, 2, 28), date(2024, 3, 1), True),
        (date(2023, 2, 28), date(2023, 3, 1), False),
        (date(2023, 12, 31), date(2024, 1, 1), False),
        (date(2023, 12, 31), date(2024, 1, 2), True),
        (date(2024, 4, 30), date(2025, 4, 30), True),
        (date(2024, 3, 10), None, False),
    ],
)
@pytest.mark.parametrize("column", ["published_on", "published_at"])
def test_a_date_after_the_capture(
    engine: Engine, column: str, captured: date, published: date | None, is_wrong: bool
) -> None:
    articles, pages = TABLES["articles"], TABLES["pages"]
    captured_at = datetime(captured.year, captured.month, captured.day, 23, 59, tzinfo=UTC)
    value: date | None = published
    if published and column == "published_at":
        value = datetime(published.year, published.month, published.day, tzinfo=UTC)
    other = "published_at" if column == "published_on" else "published_on"
    offenders = broken(
        engine,
        update(pages).values(captured_at=captured_at),
        update(articles).values(published_on=None, published_at=None),
        update(articles).where(articles.c.url == HERALD_URL).values({column: value, other: None}),
    )
    assert len(offenders.get("no_date_after_capture", [])) == is_wrong


LOADED = "WHERE page_id = (SELECT page_id FROM articles WHERE url = '{url}') AND fate = 'loaded'"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "UPDATE runs SET loaded = loaded + 1, inputs = inputs + 1",
            {UNBALANCED},
        ),
        (
            "UPDATE runs SET rejected = rejected - 1, skipped = skipped + 1",
            {UNBALANCED},
        ),
        (
            "UPDATE records SET page_id = NULL WHERE reason = 'same_text'",
            {("record", "duplicate without a page"), ("page", "no record brought it")},
        ),
        (
            "UPDATE records SET page_id = (SELECT page_id FROM records WHERE reason = 'same_text')"
            " WHERE reason = 'not_an_article'",
            {("page", "no record brought it"), ("page", "more than one record brought it")},
        ),
        (
            "UPDATE articles SET page_id = (SELECT page_id FROM records WHERE reason = 'not_an_article')"
            f" WHERE url = '{HERALD_URL}'",
            {("article", "no record brought it")},
        ),
        (
            f"DELETE FROM articles WHERE url = '{HERALD_URL}'",
            {("ledger", "records are loaded, but articles there are 6")},
        ),
        (
            f"DELETE FROM records {LOADED.format(url=COURIER_COPY_URL)}",
            {
                UNBALANCED,
                ("page", "no record brought it"),
                ("article", "no record brought it"),
                ("ledger", "records are loaded, but articles there are 7"),
            },
        ),
    ],
)
def test_books_that_do_not_balance(engine: Engine, statement: str, expected: set[tuple[str, str]]) -> None:
    offenders = broken(engine, statement)["every_record_has_one_fate"]
    assert {(offender["thing"], offender["wrong"]) for offender in offenders} == expected
    assert all(offender["id"] for offender in offenders)


POINTERS = [
    (table.name, column.name)
    for table in TABLES.values()
    for column in table.columns
    if any(column.name == key.column_keys[-1] for key in table.foreign_key_constraints)
] + [("stories", "first_article_id"), ("claim_groups", "first_article_id")]


@pytest.mark.parametrize(("name", "column"), POINTERS)
def test_a_pointer_to_nothing(engine: Engine, name: str, column: str) -> None:
    offenders = broken(engine, _point_to_nothing(engine, TABLES[name], column))["orphans"]
    assert f"{name}.{column}" in {offender["pointer"] for offender in offenders}


def _point_to_nothing(engine: Engine, table: Table, column: str) -> object:
    keys = table.primary_key.columns
    with engine.connect() as connection:
        row = connection.execute(select(*keys).limit(1)).one()
    return (
        update(table).where(*(key == value for key, value in zip(keys, row, strict=True))).values({column: 7})
    )
