"""The only writer: one batch = one transaction = pages, articles, annotations and the ledger.

Only one batch is written at a time, by whichever process (`database.writing`), so what a batch looks up
stays true until it commits. Parsing is the long part and runs beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

from sqlalchemy import Connection, Engine, case, delete, select, tuple_

from etl.database import writing
from etl.errors import DatabaseError
from etl.records import (
    Books,
    Fate,
    InputRecord,
    Key,
    Outcome,
    Reason,
    Rejection,
    Source,
    id_of,
)
from etl.store import rows
from etl.store.articles import Version, capture_rank, stored_versions, write_articles
from etl.store.bulk import Row, chunks, insert
from etl.store.ledger import add_to_run
from etl.store.rows import TABLES
from etl.store.taken import take, taken_ids


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
        retried: records that get a new fate if they are rejected, and this run has not tried them yet.
        superseded: rejected records that are read otherwise now and leave the ledger.

    Returns:
        The batch's books; they are added to the run's row in the same transaction.

    Raises:
        DatabaseError: nothing of the batch was stored.
    """
    with writing(engine) as connection:
        retried = _still_rejected(connection, run_id, retried)
        standing = _standing_sources(connection, [*(item.record.source for item in outcomes), *finished])
        outcomes = [_under(standing[outcome.record.source], outcome) for outcome in outcomes]
        _write_sources(connection, standing.values(), {standing[source].id for source in finished})
        displaced = {new.id for source, new in standing.items() if new != source}
        _delete_records(connection, {key for key in superseded if key[0] not in displaced})
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


def _standing_sources(connection: Connection, sources: Sequence[Source]) -> dict[Source, Source]:
    """What each source stands as: itself, or a place of unknown content if its id belongs to another source.

    Raises:
        DatabaseError: the id of the place is taken too.
    """
    standing = {source: source for source in sources}
    places = {source: replace(source, sha256=None, byte_length=None) for source in standing}
    taken = taken_ids(connection, (("sources", s.content_key) for s in (*standing, *places.values())))
    for source, place in places.items():
        if take(taken, [("sources", source.content_key)]):
            standing[source] = place
            if wrong := take(taken, [("sources", place.content_key)]):
                raise DatabaseError(f"database: {source.uri}: {wrong}; load it into another database")
    return standing


def _under(source: Source, outcome: Outcome) -> Outcome:
    """The outcome, rejected if its record's source has to stand as another."""
    record = outcome.record
    if source == record.source:
        return outcome
    rejection = Rejection(
        Reason.ID_COLLISION, f"its id among sources, {record.source.id}, belongs to another content"
    )
    return Outcome(replace(record, source=source, content=rejection), rejection)


def _write_sources(connection: Connection, sources: Collection[Source], done: Collection[int]) -> None:
    by_id = {source.id: source for source in sources}
    if not by_id:
        return
    now = datetime.now(UTC)
    source_rows = [
        {
            **rows.identified(source.content_key),
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


def _still_rejected(connection: Connection, run_id: int, keys: Collection[Key]) -> set[Key]:
    records = TABLES["records"]
    key = tuple_(records.c.source_id, records.c.locator)
    is_rejected = (records.c.fate == Fate.REJECTED, records.c.run_id != run_id)
    rejected = select(records.c.source_id, records.c.locator).where(*is_rejected)
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
    """Store the pages, and the article versions that are new or captured earlier than the stored ones.

    A record whose page, article or part of it would have the id of another content is rejected: which of two
    comes first is a fact of loading.
    """
    contents = [list(rows.identities(outcome)) for outcome in outcomes]
    taken = taken_ids(connection, chain.from_iterable(contents))
    versions = stored_versions(connection, taken)
    entries, page_rows = [], []
    written: dict[int, Version] = {}
    for outcome, identities in zip(outcomes, contents, strict=True):
        record, result, page = outcome.record, outcome.result, outcome.record.content
        if isinstance(page, Rejection):
            entries.append(_rejected(record, page, None))
            continue
        page_id = id_of(identities[0][1])
        is_stored = ("pages", page_id) in taken
        if wrong := take(taken, identities[:1]):
            entries.append(_rejected(record, Rejection(Reason.ID_COLLISION, wrong), None))
            continue
        if is_stored and record.key not in retried:
            entries.append(LedgerEntry(record, Fate.DUPLICATE, Reason.SAME_PAGE, None, page_id))
            continue
        page_rows.append(rows.page_row(page, outcome))
        if isinstance(result, Rejection):
            entries.append(_rejected(record, result, page_id))
            continue
        article_id = id_of(identities[1][1])
        rank = capture_rank(page.captured_at, page_id)
        is_new = article_id not in versions
        stands = is_new or rank < versions[article_id]
        if wrong := take(taken, identities[1:] if stands else identities[1:2]):
            entries.append(_rejected(record, Rejection(Reason.ID_COLLISION, wrong), page_id))
            continue
        fate, reason = (Fate.LOADED, None) if is_new else (Fate.DUPLICATE, Reason.SAME_TEXT)
        entries.append(LedgerEntry(record, fate, reason, None, page_id))
        if stands:
            versions[article_id] = rank
            written[article_id] = Version(result, page)
    _write_pages(connection, page_rows)
    write_articles(connection, written)
    return entries


def _rejected(record: InputRecord, rejection: Rejection, page_id: int | None) -> LedgerEntry:
    """Also of what is skipped: the reason tells."""
    return LedgerEntry(record, rejection.reason.fate, rejection.reason, rejection.detail, page_id)


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
