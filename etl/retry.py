"""Another try for rejected records: from their stored page, else from their source if it is there unchanged."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from etl.errors import UsageError
from etl.load import fetched, find_places, identify, place_of, read_records
from etl.load.remote import FetchError
from etl.pipeline import WHOLE, Batch, Progress, options_of, read_places, store_all
from etl.records import Books, InputRecord, Source
from etl.settings import Settings
from etl.store.ledger import count_rejected, rejected_records


def retry_rejected(
    engine: Engine,
    run_id: int,
    settings: Settings,
    reason: str | None = None,
    progress: Progress = lambda books, share: None,
) -> Books:
    """Give rejected records another try: from their stored page, else from their source if it is there."""
    batches = _with_shares(_read_rejected(engine, run_id, settings, reason), count_rejected(engine, reason))
    return store_all(engine, run_id, batches, settings, progress)


def _with_shares(batches: Iterable[Batch], total: int) -> Iterator[Batch]:
    """Batches of `total` rejected records, each with the share of them that is tried with it."""
    tried = 0
    for batch in batches:
        tried += len(batch.retried) + len(batch.superseded)
        yield replace(batch, share=min(tried / max(total, 1), 1.0))


def _read_rejected(engine: Engine, run_id: int, settings: Settings, reason: str | None) -> Iterator[Batch]:
    batch = Batch()
    by_source = itertools.groupby(rejected_records(engine, reason), key=lambda rejected: rejected.source)
    for source, group in by_source:
        if source.kind == "unreachable":
            yield batch
            yield from _read_unreached(engine, run_id, source, settings)
            batch = Batch()
            continue
        unpaged: set[str] = set()
        for rejected in group:
            if rejected.page is None:
                unpaged.add(rejected.locator)
                continue
            batch.add(InputRecord(source, rejected.locator, rejected.sha256, rejected.page))
            batch.retried.add((source.id, rejected.locator))
            if batch.is_full(settings):
                yield batch
                batch = Batch()
        if unpaged:
            yield batch
            yield from _read_again(source, unpaged, settings)
            batch = Batch()
    yield batch


def _read_unreached(engine: Engine, run_id: int, source: Source, settings: Settings) -> Iterator[Batch]:
    """An input that could not be reached, if it is there by now: a folder gives all of its files."""
    try:
        places = find_places([place_of(source.uri).address])
    except UsageError:
        return  # it stays as it is
    for batch in read_places(engine, run_id, places, settings):
        yield replace(batch, superseded={*batch.superseded, (source.id, WHOLE)})


def _read_again(source: Source, locators: set[str], settings: Settings) -> Iterator[Batch]:
    """A source anew, if it is there unchanged; rejected records that it no longer gives are dropped."""
    try:
        with fetched(place_of(source.uri), settings.private_addresses) as path:
            today = identify(source.uri, path)  # another kind, perhaps, if a loader has come since
            if today.sha256 == source.sha256 or source.sha256 is None:
                yield from _read_source_again(source, today, path, locators, settings)
    except FetchError:
        return  # it stays as it is


def _read_source_again(
    source: Source, today: Source, path: Path, locators: set[str], settings: Settings
) -> Iterator[Batch]:
    batch = Batch()
    gone = {(source.id, locator) for locator in locators}
    for record in read_records(today, path, options_of(settings)):
        batch.add(record)
        if record.locator in locators:
            batch.retried.add(record.key)
            gone.discard(record.key)
        if batch.is_full(settings):
            yield batch
            batch = Batch()
    batch.finished.append(today)
    batch.superseded = gone
    yield batch
