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
from etl.records import Outcome, RawPage, Reading
from etl.store import derived, rows
from etl.store.bulk import by_bytes, existing, insert, insert_missing, insert_new
from etl.store.rows import TABLES

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


def stored_versions(connection: Connection, outcomes: Iterable[Outcome]) -> dict[int, Rank]:
    """Those of the outcomes' articles that are stored, with the rank of their page."""
    articles, pages = TABLES["articles"], TABLES["pages"]
    ids = {
        rows.article_id(outcome.result.article, outcome.record.content.sha256)
        for outcome in outcomes
        if isinstance(outcome.result, Reading) and isinstance(outcome.record.content, RawPage)
    }
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
    entity_ids, group_ids = _remove(connection, replaced)
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
    for article_id in replaced:
        entity_ids |= {entity.id for entity in readings[article_id].resolved.entities.values()}
    derived.recount_entities(connection, entity_ids)
    derived.number_revisions(connection, {r.article.url for r in readings.values() if r.article.url})
    derived.count_stories(connection, {reading.resolved.story_id for reading in readings.values()})
    for reading in readings.values():
        group_ids |= {group for group in reading.resolved.claim_group_ids if group is not None}
    derived.count_claim_groups(connection, group_ids)


def _remove(connection: Connection, article_ids: Collection[int]) -> tuple[set[int], set[int]]:
    """Take articles out; returns the entities and claim groups whose counts have changed by it."""
    if not article_ids:
        return set(), set()
    mentions, claims = TABLES["mentions"], TABLES["claims"]
    entities = {
        row[1] for row in existing(connection, mentions.c.article_id, article_ids, mentions.c.entity_id)
    }
    groups = {
        row[1] for row in existing(connection, claims.c.article_id, article_ids, claims.c.claim_group_id)
    }
    for table in reversed(_CHILDREN):
        connection.execute(delete(table).where(table.c.article_id.in_(article_ids)))
    connection.execute(delete(TABLES["articles"]).where(TABLES["articles"].c.id.in_(article_ids)))
    return entities, groups - {None}


def _write_parents(connection: Connection, readings: Collection[Reading]) -> None:
    """What articles and claims point to."""
    resolved = [reading.resolved for reading in readings]
    stories = {item.story_id for item in resolved}
    groups = {group for item in resolved for group in item.claim_group_ids if group is not None}
    counts = {"article_count": 0, "publisher_count": 0}
    insert_missing(connection, TABLES["stories"], [{"id": key, **counts} for key in sorted(stories)])
    counts = {"claim_count": 0, "publisher_count": 0}
    insert_missing(connection, TABLES["claim_groups"], [{"id": key, **counts} for key in sorted(groups)])
    authors = {row["id"]: row for reading in readings for row in rows.author_rows(reading.article)}
    insert_missing(connection, TABLES["authors"], list(authors.values()))
    _write_publishers(connection, readings)


def _write_publishers(connection: Connection, readings: Iterable[Reading]) -> None:
    """One row a domain; of several names the first in the alphabet, whatever was loaded first."""
    names: dict[tuple[int, str], set[str]] = {}
    for reading in readings:
        article = reading.article
        publisher_id = rows.publisher_id(article)
        if publisher_id is not None and article.publisher_domain is not None:
            known = names.setdefault((publisher_id, article.publisher_domain), set())
            known |= {article.publisher_name} - {None}  # type: ignore[arg-type]
    if not names:
        return
    statement = insert(connection, TABLES["publishers"])
    old, new = TABLES["publishers"].c.name, statement.excluded.name
    name = case((or_(old.is_(None), by_bytes(connection, new) < by_bytes(connection, old)), new), else_=old)
    publisher_rows = [
        {"id": key, "domain": domain, "name": min(known, default=None)}
        for (key, domain), known in sorted(names.items())
    ]
    connection.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_={"name": name}), publisher_rows
    )
