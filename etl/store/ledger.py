"""Runs and their books, and what the ledger knows of sources and records."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, or_, select, true, tuple_, update

from etl.database import reading, writing
from etl.errors import BooksError, LeaseError
from etl.records import Books, Fate, InputRecord, Key, RawPage, Reason, Source
from etl.store.bodies import decompress
from etl.store.bulk import chunks
from etl.store.lease import bury_the_dead, hold_off, is_dead, signs_of_life
from etl.store.rows import TABLES

_PART = 200


def start_run(engine: Engine, flow: str, settings: dict[str, Any]) -> int:
    """Open a run's books; returns its id. `settings` hold no secret. Runs that are found dead are closed.

    Raises:
        LeaseError: the flow works alone, and another such is at work.
    """
    with writing(engine) as connection:
        bury_the_dead(connection)
        hold_off(connection, flow)
        row = connection.execute(
            TABLES["runs"].insert(),
            {
                "flow": flow,
                "status": "running",
                "started_at": datetime.now(UTC),
                "code_version": version("newsledger"),
                "settings": settings,
                **signs_of_life(connection),
                **dict.fromkeys(("inputs", *Fate), 0),
            },
        )
        assert row.inserted_primary_key is not None
        return int(row.inserted_primary_key[0])


def add_to_run(connection: Connection, run_id: int, books: Books) -> None:
    """Add a batch's books to its run's, in the batch's own transaction.

    Raises:
        LeaseError: the run was taken for dead; the batch must not be stored.
    """
    runs = TABLES["runs"]
    added = {fate.value: runs.c[fate.value] + books.fates[fate] for fate in Fate}
    is_open = and_(runs.c.id == run_id, runs.c.status != "died")
    changed = connection.execute(
        update(runs).where(is_open).values(inputs=runs.c.inputs + books.inputs, **added)
    )
    if not changed.rowcount:
        raise _taken_for_dead(run_id)


def _taken_for_dead(run_id: int) -> LeaseError:
    return LeaseError(
        f"run {run_id} gave no sign of life for too long (did its machine sleep?) and was closed as died;"
        " run it again to go on from here"
    )


def known_records(engine: Engine, source: Source) -> int | None:
    """How many records the ledger holds of a source that was read to its end; None for any other."""
    sources, records = TABLES["sources"], TABLES["records"]
    with reading(engine) as connection:
        is_it = and_(sources.c.id == source.id, sources.c.content_key == source.content_key)
        status = connection.scalar(select(sources.c.status).where(is_it))
        if status != "done":
            return None
        mine = select(func.count()).select_from(records).where(records.c.source_id == source.id)
        return connection.scalar(mine)


def unread_sources(engine: Engine, run_id: int) -> set[int]:
    """The ids of the sources that other runs could not reach, so that nobody has seen their content."""
    sources, records = TABLES["sources"], TABLES["records"]
    joined = select(sources.c.id).join(records, records.c.source_id == sources.c.id)
    is_unread = and_(
        sources.c.sha256.is_(None),
        records.c.reason.in_((Reason.UNREACHABLE, Reason.UNREADABLE)),  # the second before revision 0006
        records.c.run_id != run_id,
    )
    with reading(engine) as connection:
        return set(connection.scalars(joined.where(is_unread)))


def unknown_records(
    engine: Engine, batch: Sequence[InputRecord], retried: Collection[Key] = ()
) -> list[InputRecord]:
    """Those of the records that the ledger does not have, or that are to be tried again."""
    sources, records = TABLES["sources"], TABLES["records"]
    key = (records.c.source_id, records.c.locator)
    query = select(*key, sources.c.content_key).join(sources, sources.c.id == records.c.source_id)
    known: set[tuple[Any, ...]] = set()
    with reading(engine) as connection:
        for part in chunks(record.key for record in batch):
            known.update(map(tuple, connection.execute(query.where(tuple_(*key).in_(part)))))
    return [
        record
        for record in batch
        if record.key in retried or (*record.key, record.source.content_key) not in known
    ]


def finish_run(engine: Engine, run_id: int, status: str, inputs_read: int | None = None) -> None:
    """Close a run's books after checking them; one that is closed stays as it is.

    Args:
        engine: the database.
        run_id: the run.
        status: finished, failed or interrupted. A run with inputs that could not be reached has not finished but
            `finished with problems`.
        inputs_read: records that the loaders gave; None where that is not known (a run that broke off).

    Raises:
        BooksError: the fates don't add up to the inputs, or the ledger holds other fates than the books.
            The run is then failed.
        LeaseError: the run was taken for dead.
    """
    runs, records = TABLES["runs"], TABLES["records"]
    with writing(engine) as connection:
        row = connection.execute(select(runs).where(runs.c.id == run_id)).one()
        if row.status == "died":
            raise _taken_for_dead(run_id)
        if row.status != "running":
            return
        ledger = dict.fromkeys(Fate, 0)
        mine = select(records.c.fate, func.count()).where(records.c.run_id == run_id).group_by(records.c.fate)
        ledger |= {Fate(fate): count for fate, count in connection.execute(mine)}
        booked = {fate: getattr(row, fate) for fate in Fate}
        known = row.skipped - ledger[Fate.SKIPPED]  # these have their rows under an earlier run
        ledger[Fate.SKIPPED] += max(known, 0)
        if _ran_beside(connection, row):
            ledger[Fate.REJECTED] = max(ledger[Fate.REJECTED], booked[Fate.REJECTED])
        if status == "finished" and _is_unreachable(connection, run_id):
            status = "finished with problems"
        is_sound = booked == ledger and inputs_read in (None, sum(booked.values()))
        connection.execute(
            update(runs)
            .where(runs.c.id == run_id)
            .values(status=status if is_sound else "failed", finished_at=datetime.now(UTC))
        )
    if not is_sound:
        raise BooksError(f"run {run_id}: {inputs_read} records read, {booked} booked, {ledger} in the ledger")


def _ran_beside(connection: Connection, run: Any) -> bool:
    """Whether a run was at work beside this one: records that both tried and rejected stand under the later's name."""
    runs = TABLES["runs"]
    is_beside = or_(runs.c.finished_at.is_(None), runs.c.finished_at >= run.started_at)
    return connection.scalar(select(runs.c.id).where(runs.c.id != run.id, is_beside).limit(1)) is not None


def _is_unreachable(connection: Connection, run_id: int) -> bool:
    return count_where(connection, "records", *_unreached_in(run_id)) > 0


def _unreached_in(run_id: int) -> tuple[ColumnElement[bool], ...]:
    records = TABLES["records"]
    return records.c.run_id == run_id, records.c.reason == Reason.UNREACHABLE


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """A rejected record as the ledger has it; `page` where its raw page is stored."""

    source: Source
    locator: str
    reason: Reason
    detail: str
    sha256: str | None
    page: RawPage | None


def count_rejected(engine: Engine, reason: str | None = None) -> int:
    """How many records are rejected, for any reason or for one."""
    with reading(engine) as connection:
        return count_where(connection, "records", _is_rejected(reason))


def _is_rejected(reason: str | None) -> ColumnElement[bool]:
    records = TABLES["records"]
    return and_(records.c.fate == Fate.REJECTED, records.c.reason == reason if reason else true())


def rejected_records(engine: Engine, reason: str | None = None) -> Iterator[RejectedRecord]:
    """All rejected records, or those of one reason, by source and locator; read in parts."""
    sources, records, pages = TABLES["sources"], TABLES["records"], TABLES["pages"]
    key = tuple_(records.c.source_id, records.c.locator)
    after: tuple[int, str] | None = None
    while True:
        query = (
            select(records, sources.c.uri, sources.c.kind, sources.c.sha256.label("source_sha256"))
            .add_columns(
                sources.c.byte_length, *(column.label(f"stored_{column.name}") for column in pages.c)
            )
            .join(sources, sources.c.id == records.c.source_id)
            .join(pages, pages.c.id == records.c.page_id, isouter=True)
            .where(_is_rejected(reason))
            .order_by(records.c.source_id, records.c.locator)
            .limit(_PART)
        )
        with reading(engine) as connection:
            rows = connection.execute(query.where(key > after) if after else query).all()
        for row in rows:
            yield _rejected_record(row)
        if len(rows) < _PART:
            return
        after = (rows[-1].source_id, rows[-1].locator)


def _rejected_record(row: Any) -> RejectedRecord:
    source = Source(row.uri, row.kind, row.source_sha256, row.byte_length)
    page = None
    if row.page_id is not None and row.stored_body is not None:
        body = decompress(row.stored_body)
        page = RawPage(
            row.uri,
            row.locator,
            body,
            row.stored_media_type,
            row.stored_url,
            row.stored_captured_at,
            row.stored_declared_charset,
            row.stored_is_truncated,
            row.stored_declared or {},
        )
    return RejectedRecord(source, row.locator, Reason(row.reason), row.detail or "", row.sha256, page)


def read_run(engine: Engine, run_id: int) -> dict[str, Any]:
    """A run as its report tells it: run_id, status, inputs, the fates, and the reasons with their counts."""
    runs, records = TABLES["runs"], TABLES["records"]
    with reading(engine) as connection:
        row = connection.execute(select(runs).where(runs.c.id == run_id)).one()
        reasons = _count(connection, records.c.reason, records.c.run_id == run_id)
    known = row.skipped - sum(n for reason, n in reasons.items() if Reason(reason).fate is Fate.SKIPPED)
    if known:
        reasons[Reason.ALREADY_IN_LEDGER] = known
    fates = {fate.value: getattr(row, fate) for fate in Fate}
    return {"run_id": row.id, "status": row.status, "inputs": row.inputs, **fates, "reasons": reasons}


def read_problems(engine: Engine, run_id: int, shown: int = 20) -> list[str]:
    """A line for each input that a run could not reach, the first of them and how many more."""
    records, sources = TABLES["records"], TABLES["sources"]
    joined = select(sources.c.uri, records.c.detail).join(sources, sources.c.id == records.c.source_id)
    with reading(engine) as connection:
        found = connection.execute(joined.where(*_unreached_in(run_id)).order_by(sources.c.uri).limit(shown))
        lines = [f"{row.uri}: {' '.join(row.detail.split())}" for row in found]
        more = count_where(connection, "records", *_unreached_in(run_id)) - len(lines)
    return [*lines, f"and {more} more: newsledger rejects --reason {Reason.UNREACHABLE}"] if more else lines


def count_rows(engine: Engine, *tables: str) -> dict[str, int]:
    """How many rows each table holds."""
    with reading(engine) as connection:
        return {name: count_where(connection, name) for name in tables}


def count_where(connection: Connection, table: str, *conditions: ColumnElement[bool]) -> int:
    """How many rows of a table fulfil the conditions."""
    query = select(func.count()).select_from(TABLES[table]).where(*conditions)
    return connection.scalar(query) or 0


def read_status(engine: Engine, runs_shown: int) -> dict[str, Any]:
    """The ledger at a glance: sources, records by fate and by reason, the last runs, latest first."""
    runs, records, sources = TABLES["runs"], TABLES["records"], TABLES["sources"]
    with reading(engine) as connection:
        last = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(runs_shown)).all()
        dead = {run.id for run in last if run.status == "running" and is_dead(connection, run)}
        return {
            "sources": _count(connection, sources.c.status),
            "records": _count(connection, records.c.fate),
            "reasons": _count(connection, records.c.reason),
            "runs": [
                {
                    "run_id": run.id,
                    "flow": run.flow,
                    "status": "died" if run.id in dead else run.status,
                    "started_at": run.started_at.isoformat(),
                }
                | {name: getattr(run, name) for name in ("inputs", *Fate)}
                for run in last
            ],
        }


def _count(connection: Connection, column: Any, *conditions: Any) -> dict[str, int]:
    """How often each value of a column stands, the most frequent first."""
    count = func.count()
    query = select(column, count).where(column.is_not(None), *conditions).group_by(column)
    return {value: number for value, number in connection.execute(query.order_by(count.desc(), column))}
