from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, select, text
from sqlalchemy.exc import IntegrityError

from etl import records
from etl.database import current_revision, migrate, open_engine, reading
from etl.errors import SchemaError
from etl.models import Base
from etl.resolve import name_key
from etl.settings import PROJECT_ROOT
from etl.verify import dump_hash, verify
from tests.integration.small_archive import archive, store

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


def test_claims_keep_their_rows_when_they_learn_who_gave_their_speaker(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine, "0003")
    with engine.begin() as connection:
        add_claim(connection)
        before = [connection.execute(text(f"SELECT * FROM {name}")).mappings().all() for name in FILLED]
    migrate(engine, "0004")
    with engine.begin() as connection:
        for table, rows in zip(FILLED, before, strict=True):
            new = dict.fromkeys(("speaker_from", "speaker_confidence")) if table == "claims" else {}
            after = connection.execute(text(f"SELECT * FROM {table}")).mappings().all()
            assert [dict(row) for row in after] == [{**row, **new} for row in rows]
        connection.execute(text("UPDATE claims SET speaker_from = 'named', speaker_confidence = 0.97"))
    for wrong in ("speaker_confidence = 1.2", "speaker_from = NULL", "confidence = 7", "kind = 'told'"):
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(text(f"UPDATE claims SET {wrong}"))
    migrate(engine, "0003")
    with engine.begin() as connection:
        after = [connection.execute(text(f"SELECT * FROM {name}")).mappings().all() for name in FILLED]
        assert after == before
    engine.dispose()


FILLED = ("articles", "claims", "claim_pieces")


def add_claim(connection: Connection) -> None:
    """An article with one claim of two pieces, and all that they point to, in the columns of that revision."""
    tables = MetaData()
    tables.reflect(connection)
    when = datetime(2024, 3, 5, tzinfo=UTC)
    ids = {"article_id": 1, "source_id": 1, "page_id": 1, "story_id": 1, "ordinal": 0}
    spans = {"start_char": 0, "end_char": 9}
    values = {
        "sources": {"uri": "file:///a.html", "kind": "html", "status": "done"},
        "pages": {"media_type": "text/html", "sha256": "00", "byte_length": 9, "locator": "0", "is_truncated": False},
        "stories": {"article_count": 1, "publisher_count": 0},
        "articles": {"keywords": [], "text": "It rained", "text_sha256": "00", "word_count": 2, "is_partial": False,
                     "is_latest": True, "revision": 1, "extractor": "test"},
        "claims": {"kind": "direct", "stance": "statement", "text": "It rained", "confidence": 0.8, "extractor": "t"},
        "claim_pieces": {"claim_ordinal": 0},
    }  # fmt: skip
    for name, given in values.items():
        table = tables.tables[name]
        row = {"id": 1, "first_seen_at": when, "last_read_at": when, **ids, **spans, **given}
        connection.execute(table.insert().values({key: row[key] for key in row if key in table.c}))


def old_id(*parts: str) -> int:
    """An id as it was before revision 0005: 63 bits."""
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def ids(connection: Connection, table: str, *columns: str) -> dict[tuple[str, ...], int]:
    rows = connection.execute(text(f"SELECT id, {', '.join(columns)} FROM {table}"))
    return {tuple(value or "" for value in row[1:]): row[0] for row in rows}


def test_a_populated_database_gets_its_old_ids_back_and_the_new_ones_again(engine: Engine) -> None:
    expected = dump_hash(engine)
    migrate(engine, "0004")
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
    migrate(engine, "0004")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO claim_groups VALUES (7, NULL, 0, 0)"))
    migrate(engine)
    assert dump_hash(engine) == expected


def test_a_database_with_two_contents_for_one_id_has_to_be_loaded_anew(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(engine, "0004")
    with engine.connect() as connection:
        before = connection.execute(select(TABLES["records"])).all()
    monkeypatch.setattr(records, "ID_BITS", 2)
    with pytest.raises(
        SchemaError, match=r"would get one id: load the archive anew, `newsledger load \.\.\."
    ):
        migrate(engine)
    with engine.connect() as connection:
        assert current_revision(connection) == "0004"
        assert connection.execute(select(TABLES["records"])).all() == before
        columns = connection.execute(text("SELECT * FROM pages")).keys()
        assert "content_key" not in columns
