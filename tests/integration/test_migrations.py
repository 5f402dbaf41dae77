from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import text

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
