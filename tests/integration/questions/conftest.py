from __future__ import annotations

from collections.abc import Iterator

import pytest
import rows
from sqlalchemy import Engine

from etl.database import open_engine


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database that holds the archive of rows.py, on each kind of database in turn."""
    engine = open_engine(database_url)
    rows.fill(engine)
    yield engine
    engine.dispose()
