from __future__ import annotations

from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import IntegrityError

from etl.database import migrate, open_engine
from etl.settings import PROJECT_ROOT


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
