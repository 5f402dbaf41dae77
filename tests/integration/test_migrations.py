from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from small_archive import archive, store
from sqlalchemy import Connection, Engine, select, text

from etl import records
from etl.database import current_revision, migrate, open_engine, reading
from etl.errors import SchemaError
from etl.models import Base
from etl.resolve import name_key
from etl.settings import PROJECT_ROOT
from etl.verify import dump_hash, verify

TABLES = Base.metadata.tables


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database that holds a small archive, on each kind of database in turn."""
    engine = open_engine(database_url)
    store(engine, archive(), 3)
    yield engine
    engine.dispose()


def test_models_and_migrations_agree(database_url: str, monkeypatch) -> None:
    monkeypatch.setenv("NEWSLEDGER_DATABASE_URL", database_url)
    command.check(Config(PROJECT_ROOT / "alembic.ini"))


def test_down_to_an_empty_database_and_up_again(database_url: str) -> None:
    engine = open_engine(database_url)
    migrate(engine, "base")
    migrate(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM articles")) == 0
    engine.dispose()


def old_id(*parts: str) -> int:
    """An id as it was before revision 0005: 63 bits."""
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def ids(connection: Connection, table: str, *columns: str) -> dict[tuple[str, ...], int]:
    rows = connection.execute(text(f"SELECT id, {', '.join(columns)} FROM {table}"))
    return {tuple(value or "" for value in row[1:]): row[0] for row in rows}


def test_a_populated_database_gets_its_old_ids_back_and_the_new_ones_again(engine: Engine) -> None:
    expected = dump_hash(engine)
    migrate(engine, "0003")
    with reading(engine) as connection:
        for table, kind, columns in (
            ("sources", "source", ("uri", "sha256")),
            ("publishers", "publisher", ("domain",)),
            ("authors", "author", ("name",)),
        ):
            found = ids(connection, table, *columns)
            assert found == {parts: old_id(kind, *parts) for parts in found}, table
        assert ids(connection, "authors", "name")["Ida Holm",] == 7108215474254745602
        articles = connection.execute(
            text(
                "SELECT a.id, a.url, a.text, a.text_sha256, a.story_id, p.sha256 FROM articles AS a"
                " JOIN pages AS p ON p.id = a.page_id"
            )
        ).all()
        for row in articles:
            assert row.id == old_id("article", row.url or f"sha256:{row.sha256}", row.text_sha256)
            assert row.story_id == old_id("story", *re.findall(r"\w+", row.text.casefold()))
        orlin = name_key("Dmitri Orlin")
        [bare] = (f"sha256:{row.sha256}" for row in articles if row.url is None)
        assert set(connection.scalars(text("SELECT id FROM entities"))) == {
            old_id("entity", "person", orlin, ""),
            old_id("entity", "person", name_key("Orlin"), bare),
        }
        columns = connection.execute(text("SELECT * FROM stories")).keys()
        assert "content_key" not in columns
    migrate(engine)
    assert dump_hash(engine) == expected
    assert list(verify(engine)) == []


def test_a_group_that_no_claim_is_in_is_not_renumbered_but_gone(engine: Engine) -> None:
    expected = dump_hash(engine)
    migrate(engine, "0003")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO claim_groups VALUES (7, NULL, 0, 0)"))
    migrate(engine)
    assert dump_hash(engine) == expected


def test_a_database_with_two_contents_for_one_id_has_to_be_loaded_anew(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(engine, "0003")
    with engine.connect() as connection:
        before = connection.execute(select(TABLES["records"])).all()
    monkeypatch.setattr(records, "ID_BITS", 2)
    with pytest.raises(
        SchemaError, match=r"would get one id: load the archive anew, `newsledger load \.\.\."
    ):
        migrate(engine)
    with engine.connect() as connection:
        assert current_revision(connection) == "0003"
        assert connection.execute(select(TABLES["records"])).all() == before
        columns = connection.execute(text("SELECT * FROM pages")).keys()
        assert "content_key" not in columns
