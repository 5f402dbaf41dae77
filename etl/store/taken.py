"""Which ids are taken, and by which content: no two contents share an id, and none is taken for another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from etl.records import id_of
from etl.store.bulk import existing
from etl.store.rows import TABLES, Identity

Taken = dict[tuple[str, int], bytes]
"""Table and id -> the content key of the row that has the id."""


def taken_ids(connection: Connection, identities: Iterable[Identity]) -> Taken:
    """Those of the ids that are stored."""
    ids = defaultdict(set)
    for table, key in identities:
        ids[table].add(id_of(key))
    return {
        (name, row.id): row.content_key
        for name in ids
        for row in existing(connection, TABLES[name].c.id, ids[name], TABLES[name].c.content_key)
    }


def take(taken: Taken, identities: Iterable[Identity]) -> str | None:
    """Take the ids for these contents: all of them, or none if one belongs to another content already.

    Returns:
        Which one does, in words; None where all are taken.
    """
    mine: Taken = {}
    for table, key in identities:
        place = table, id_of(key)
        if mine.setdefault(place, taken.get(place, key)) != key:
            return f"its id among {table}, {place[1]}, belongs to another content"
    taken.update(mine)
    return None
