"""The only writer: one batch = one transaction = pages, articles, annotations and the ledger.

Only one batch is written at a time, by whichever process (`database.writing`), so what a batch looks up
stays true until it commits. Parsing is the long part and runs beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, case, delete, select, tuple_

from etl.database import writing
from etl.records import Books, Fate, InputRecord, Key, Outcome, RawPage, Reason, Rejection, Source
from etl.store import rows
from etl.store.articles import Version, capture_rank, stored_versions, write_articles
from etl.store.bulk import Row, chunks, existing, insert
from etl.store.ledger import add_to_run
from etl.store.rows import TABLES


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What the ledger will say of one record."""

    record: InputRecord
    fate: Fate
    reason: Reason | None
    detail: str | None
    page_id: int | None


def write_batch(
    engine: Engine,
    run_id: int,
    outcomes: Sequence[Outcome],
    finished: Collection[Source] = (),
    known: int = 0,
    retried: Collection[Key] = (),
    superseded: Collection[Key] = (),
) -> Books:
    """Store what became of a batch of records.

    Records that the ledger has already keep their fate and count as skipped, unless they are retried.

    Args:
        engine: the database.
        run_id: whose books these are.
        outcomes: the batch, in the order in which it was read.
        finished: sources that are now read to their end.
        known: records that were passed over because the ledger has them.
        retried: rejected records that get a new fate, unless another run has given them one by now.
        superseded: rejected records that are read otherwise now and leave the ledger.

    Returns:
        The batch's books; they are added to the run's row in the same transaction.

    Raises:
        DatabaseError: nothing of the batch was stored.
    """
    with writing(engine) as connection:
        retried = _still_rejected(connection, retried)
        _write_sources(connection, [outcome.record.source for outcome in outcomes], finished)
        _delete_records(connection, superseded)
        fresh = _fresh(connection, outcomes, retried)
        entries = _write_content(connection, fresh, retried)
        _write_records(connection, run_id, entries)
        books = _books(entries, known + len(outcomes) - len(fresh))
        add_to_run(connection, run_id, books)
    return books


def _books(entries: Sequence[LedgerEntry], known: int) -> Books:
    fates = Counter(entry.fate for entry in entries)
    reasons = Counter(entry.reason for entry in entries if entry.reason)
    if known:
        fates[Fate.SKIPPED] += known
        reasons[Reason.ALREADY_IN_LEDGER] += known
    return Books(fates, reasons)


def _write_sources(connection: Connection, sources: Collection[Source], finished: Collection[Source]) -> None:
    by_id = {source.id: source for source in (*sources, *finished)}
    if not by_id:
        return
    done = {source.id for source in finished}
    now = datetime.now(UTC)
    source_rows = [
        {
            "id": source.id,
            "uri": source.uri,
            "kind": source.kind,
            "sha256": source.sha256,
            "byte_length": source.byte_length,
            "status": "done" if source.id in done else "reading",
            "first_seen_at": now,
            "last_read_at": now,
        }
        for source in by_id.values()
    ]
    statement = insert(connection, TABLES["sources"])
    status = TABLES["sources"].c.status
    changed = {
        "kind": statement.excluded.kind,
        "last_read_at": statement.excluded.last_read_at,
        "status": case((status == "done", status), else_=statement.excluded.status),
    }
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed), source_rows)


def _delete_records(connection: Connection, keys: Collection[Key]) -> None:
    records = TABLES["records"]
    key = tuple_(records.c.source_id, records.c.locator)
    for part in chunks(keys):
        connection.execute(delete(records).where(key.in_(part)))
    if keys:  # what could not be read then is another source now
        sources = TABLES["sources"]
        has_records = select(records.c.source_id).where(records.c.source_id == sources.c.id).exists()
        connection.execute(delete(sources).where(sources.c.sha256.is_(None), ~has_records))


def _still_rejected(connection: Connection, keys: Collection[Key]) -> set[Key]:
    records = TABLES["records"]
    key = tuple_(records.c.source_id, records.c.locator)
    rejected = select(records.c.source_id, records.c.locator).where(records.c.fate == Fate.REJECTED)
    return {
        (row.source_id, row.locator)
        for part in chunks(keys)
        for row in connection.execute(rejected.where(key.in_(part)))
    }


def _fresh(connection: Connection, outcomes: Sequence[Outcome], retried: Collection[Key]) -> list[Outcome]:
    """The outcomes of records that are not in the ledger or are retried, each record once."""
    records = TABLES["records"]
    key = (records.c.source_id, records.c.locator)
    keys = [outcome.record.key for outcome in outcomes]
    known = {tuple(row) for row in connection.execute(select(*key).where(tuple_(*key).in_(keys)))}
    known -= set(retried)
    fresh = []
    for outcome in outcomes:
        if outcome.record.key not in known:
            known.add(outcome.record.key)
            fresh.append(outcome)
    return fresh


def _write_content(
    connection: Connection, outcomes: Sequence[Outcome], retried: Collection[Key]
) -> list[LedgerEntry]:
    """Store the pages, and the article versions that are new or captured earlier than the stored ones."""
    page_ids = {rows.page_id(o.record.content) for o in outcomes if isinstance(o.record.content, RawPage)}
    stored_pages = {row.id for row in existing(connection, TABLES["pages"].c.id, page_ids)}
    versions = stored_versions(connection, outcomes)
    entries, page_rows = [], []
    written: dict[int, Version] = {}
    for outcome in outcomes:
        record, result, page = outcome.record, outcome.result, outcome.record.content
        if isinstance(page, Rejection):
            entries.append(LedgerEntry(record, page.reason.fate, page.reason, page.detail, None))
            continue
        page_id = rows.page_id(page)
        if page_id in stored_pages and record.key not in retried:
            entries.append(LedgerEntry(record, Fate.DUPLICATE, Reason.SAME_PAGE, None, page_id))
            continue
        stored_pages.add(page_id)
        page_rows.append(rows.page_row(page, outcome))
        if isinstance(result, Rejection):
            entries.append(LedgerEntry(record, result.reason.fate, result.reason, result.detail, page_id))
            continue
        article_id = rows.article_id(result.article, page.sha256)
        rank = capture_rank(page.captured_at, page_id)
        is_new = article_id not in versions
        fate, reason = (Fate.LOADED, None) if is_new else (Fate.DUPLICATE, Reason.SAME_TEXT)
        entries.append(LedgerEntry(record, fate, reason, None, page_id))
        if is_new or rank < versions[article_id]:
            versions[article_id] = rank
            written[article_id] = Version(result, page)
    _write_pages(connection, page_rows)
    write_articles(connection, written)
    return entries


def _write_pages(connection: Connection, page_rows: Sequence[Row]) -> None:
    if page_rows:
        statement = insert(connection, TABLES["pages"])
        changed = {"charset": statement.excluded.charset}  # a retried page may be decoded otherwise
        connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=changed), list(page_rows)
        )


def _write_records(connection: Connection, run_id: int, entries: Sequence[LedgerEntry]) -> None:
    if not entries:
        return
    statement = insert(connection, TABLES["records"])
    names = ("run_id", "fate", "reason", "detail", "sha256", "page_id")
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["source_id", "locator"], set_={name: statement.excluded[name] for name in names}
        ),
        [
            {
                "source_id": entry.record.source.id,
                "locator": entry.record.locator,
                "run_id": run_id,
                "fate": entry.fate,
                "reason": entry.reason,
                "detail": entry.detail,
                "sha256": entry.record.sha256,
                "page_id": entry.page_id,
            }
            for entry in entries
        ],
    )
