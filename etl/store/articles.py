"""Article versions and all that hangs on them.

Two captures of the same text under the same address are one version. The earlier capture stands for it,
whichever was loaded first: so a version may be written again, from another page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, case, delete, or_

from etl.models import Base
from etl.records import RawPage, Reading, id_of
from etl.store import derived, rows
from etl.store.bulk import by_bytes, existing, insert, insert_missing, insert_new
from etl.store.rows import TABLES
from etl.store.taken import Taken

Rank = tuple[bool, str, int]

_CHILDREN = [table for table in Base.metadata.sorted_tables if "article_id" in table.columns]
"""The tables that hang on an article, parents first."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article and the page that stands for it."""

    reading: Reading
    page: RawPage


def capture_rank(captured_at: datetime | None, page_id: int) -> Rank:
    """The lowest of a version's captures stands for it: the earliest, then any, but always the same."""
    moment = captured_at.astimezone(UTC).isoformat() if captured_at else ""
    return captured_at is None, moment, page_id


def stored_versions(connection: Connection, taken: Taken) -> dict[int, Rank]:
    """The articles among these stored rows, with the rank of their page."""
    articles, pages = TABLES["articles"], TABLES["pages"]
    ids = [id for table, id in taken if table == "articles"]
    page_of = {row.id: row.page_id for row in existing(connection, articles.c.id, ids, articles.c.page_id)}
    captures = existing(connection, pages.c.id, page_of.values(), pages.c.captured_at)
    captured_at = {row.id: row.captured_at for row in captures}
    return {article_id: capture_rank(captured_at[page], page) for article_id, page in page_of.items()}


def write_articles(connection: Connection, versions: Mapping[int, Version]) -> None:
    """Store versions with all their rows, in place of what is stored of them, and bring counts up to date."""
    if not versions:
        return
    readings = {article_id: version.reading for article_id, version in versions.items()}
    replaced = [row.id for row in existing(connection, TABLES["articles"].c.id, versions)]
    used_before = _remove(connection, replaced)
    _write_parents(connection, readings.values())
    article_rows = [rows.article_row(version.reading, version.page) for version in versions.values()]
    insert_new(connection, TABLES["articles"], article_rows)
    derived.add_to_entities(
        connection,
        {
            article_id: (reading.article.published_on, reading.resolved.entities.values())
            for article_id, reading in readings.items()
        },
    )
    children = [rows.child_rows(reading, article_id) for article_id, reading in readings.items()]
    for table in _CHILDREN:
        insert_new(connection, table, [row for child in children for row in child.get(table.name, ())])
    entity_ids, group_ids = used_before["entities"], used_before["claim_groups"]
    for article_id in replaced:
        entity_ids |= {entity.id for entity in readings[article_id].resolved.entities.values()}
    derived.recount_entities(connection, entity_ids)
    derived.remove_unused(connection, used_before)
    derived.number_revisions(connection, {r.article.url for r in readings.values() if r.article.url})
    derived.count_stories(connection, {id_of(reading.resolved.story_key) for reading in readings.values()})
    for reading in readings.values():
        group_ids |= {id_of(group) for group in reading.resolved.claim_group_keys if group is not None}
    derived.count_claim_groups(connection, group_ids)


def _remove(connection: Connection, article_ids: Collection[int]) -> dict[str, set[int]]:
    """Take articles out; returns what they used, by table: its counts have changed, or nothing uses it any more."""
    used: dict[str, set[int]] = {}
    for parent, (child, key, pointer) in derived.USES.items():
        found = existing(connection, child.c[key], article_ids, child.c[pointer])
        used[parent] = {row[1] for row in found} - {None}
    if article_ids:
        for table in reversed(_CHILDREN):
            connection.execute(delete(table).where(table.c.article_id.in_(article_ids)))
        connection.execute(delete(TABLES["articles"]).where(TABLES["articles"].c.id.in_(article_ids)))
    return used


def _write_parents(connection: Connection, readings: Collection[Reading]) -> None:
    """What articles and claims point to."""
    stories = {reading.resolved.story_key for reading in readings}
    counts = {"article_count": 0, "publisher_count": 0}
    story_rows = [{**rows.identified(key), **counts} for key in sorted(stories)]
    insert_missing(connection, TABLES["stories"], story_rows)
    groups = {
        group for reading in readings for group in reading.resolved.claim_group_keys if group is not None
    }
    counts = {"claim_count": 0, "publisher_count": 0}
    group_rows = [{**rows.identified(key), **counts} for key in sorted(groups)]
    insert_missing(connection, TABLES["claim_groups"], group_rows)
    authors = {row["id"]: row for reading in readings for row in rows.author_rows(reading.article)}
    insert_missing(connection, TABLES["authors"], list(authors.values()))
    _write_publishers(connection, readings)


def _write_publishers(connection: Connection, readings: Iterable[Reading]) -> None:
    """One row a domain; of several names the first in the alphabet, whatever was loaded first."""
    names: dict[str, set[str]] = {}
    for article in (reading.article for reading in readings):
        if article.publisher_domain:
            known = names.setdefault(article.publisher_domain, set())
            known |= {article.publisher_name} - {None}  # type: ignore[arg-type]
    if not names:
        return
    statement = insert(connection, TABLES["publishers"])
    old, new = TABLES["publishers"].c.name, statement.excluded.name
    name = case((or_(old.is_(None), by_bytes(connection, new) < by_bytes(connection, old)), new), else_=old)
    publisher_rows = [
        {**rows.identified(rows.publisher_key(domain)), "domain": domain, "name": min(known, default=None)}
        for domain, known in sorted(names.items())
    ]
    connection.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_={"name": name}), publisher_rows
    )
