"""The stages in order, for one partition: inputs are read, worked on beside each other, stored in order.

`newsledger load`, the flows and the tests all go through `load_partition`.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Engine

from etl.annotate import annotate
from etl.errors import BooksError, DatabaseError, LoadInterrupted
from etl.load import Options, Place, fetched, find_places, identify, place_of, read_records
from etl.load.meter import Meter
from etl.load.remote import FetchError
from etl.normalize import normalize
from etl.records import (
    Books,
    InputRecord,
    Key,
    Outcome,
    RawPage,
    Reading,
    Reason,
    Rejection,
    Source,
    article_key,
)
from etl.resolve import resolve
from etl.settings import Settings
from etl.store import write_batch
from etl.store.bodies import compress
from etl.store.ledger import (
    count_rejected,
    finish_run,
    known_keys,
    known_records,
    rejected_records,
    start_run,
)
from etl.workers import Limits, run_in_order

Progress = Callable[[Books, float | None], None]
"""Is told the books of each batch once it is committed, and the share of the work (0..1) that is done with it.

The share is None where it can't be known, as for files that lie elsewhere.
"""

FIRST_PAGE = """<html lang="en"><head><title>Bridge of Tarn to open in May</title></head><body><article>
<h1>Bridge of Tarn to open in May</h1><p>By Ida Holm</p>
<p>The bridge of Tarn will open on 3 May 2024, the mayor said on Monday after a meeting of the council.</p>
<p>"It cost 12 million euros and took us four years," Marit Sole told reporters in the town hall of Tarn.</p>
<p>Henry Pike, a councillor, denied that the bridge was late and asked for patience with its builders.</p>
</article></body></html>"""
"""What a worker reads before the pages that are asked for."""

_BATCH_BYTES = 32 * 2**20  # a batch is cut here too, so that memory holds a few of them
_BATCH_RECORDS = 1000  # most of which are no pages, or it would have been cut before


@dataclass(slots=True)
class _Batch:
    """Records that are committed together, and what else the commit says."""

    records: list[InputRecord] = field(default_factory=list)
    finished: list[Source] = field(default_factory=list)
    known: int = 0
    retried: set[Key] = field(default_factory=set)
    superseded: set[Key] = field(default_factory=set)
    size: int = 0
    share: float | None = None

    def add(self, record: InputRecord) -> None:
        self.records.append(record)
        self.size += len(record.content.body) if isinstance(record.content, RawPage) else 0

    @property
    def pages(self) -> list[RawPage]:
        return [record.content for record in self.records if isinstance(record.content, RawPage)]

    def is_full(self, settings: Settings) -> bool:
        return (
            len(self.pages) >= settings.batch_size
            or len(self.records) >= _BATCH_RECORDS
            or self.size >= _BATCH_BYTES
        )


@contextmanager
def open_run(engine: Engine, flow: str, settings: Settings) -> Iterator[int]:
    """A run's id; its books are checked and closed at the end, whatever the end is.

    Raises:
        LoadInterrupted: instead of KeyboardInterrupt; the run is closed as interrupted.
        BooksError: the fates do not add up to the inputs.
    """
    run_id = start_run(engine, flow, settings.model_dump(mode="json", exclude={"database_url"}))
    try:
        yield run_id
    except KeyboardInterrupt:
        finish_run(engine, run_id, "interrupted")
        raise LoadInterrupted("interrupted; run it again to go on from here") from None
    except BaseException:
        with suppress(DatabaseError):  # where the database is gone, its first error is the one to tell
            finish_run(engine, run_id, "failed")
        raise
    finish_run(engine, run_id, "finished")


def load_partition(
    engine: Engine,
    run_id: int,
    inputs: Iterable[str],
    settings: Settings,
    progress: Progress = lambda books, share: None,
) -> Books:
    """Load files, folders and globs: each of their records gets its fate, and what had one keeps it.

    Args:
        engine: a database at the newest revision.
        run_id: whose books these are.
        inputs: as on the command line.
        settings: jobs, limits and sizes.
        progress: is told of each commit.

    Raises:
        UsageError: an input names nothing.
        DatabaseError: what was committed stays; the next run goes on from there.
        BooksError: not each record that was read got its fate.
    """
    return _store_all(engine, run_id, _read(engine, inputs, settings), settings, progress)


def retry_rejected(
    engine: Engine,
    run_id: int,
    settings: Settings,
    reason: str | None = None,
    progress: Progress = lambda books, share: None,
) -> Books:
    """Give rejected records another try: from their stored page, else from their source if it is there."""
    batches = _with_shares(_read_rejected(engine, settings, reason), count_rejected(engine, reason))
    return _store_all(engine, run_id, batches, settings, progress)


def _store_all(
    engine: Engine, run_id: int, batches: Iterable[_Batch], settings: Settings, progress: Progress
) -> Books:
    pending: deque[_Batch] = deque()

    def pages() -> Iterator[list[RawPage]]:
        for batch in batches:
            pending.append(batch)
            yield batch.pages

    work = functools.partial(read_page, keep_body=settings.store_bodies)
    limits = Limits(settings.page_seconds, settings.worker_memory)
    total = Books(Counter(), Counter())
    inputs_read = 0
    for results in run_in_order(pages(), work, _failed, settings.jobs, limits, _load_models):
        batch = pending.popleft()
        remaining = iter(results)
        outcomes = [
            Outcome(record, *next(remaining)) if isinstance(record.content, RawPage)
            else Outcome(record, record.content)
            for record in batch.records
        ]  # fmt: skip
        books = write_batch(
            engine, run_id, outcomes, batch.finished, batch.known, batch.retried, batch.superseded
        )
        inputs_read += len(batch.records) + batch.known
        total += books
        progress(books, batch.share)
    if total.inputs != inputs_read:
        raise BooksError(f"{inputs_read} records were read and {total.inputs} got a fate")
    return total


def read_page(page: RawPage, keep_body: bool = True) -> tuple[Reading | Rejection, bytes | None]:
    """All pure stages for one page; also its compressed body."""
    body = compress(page.body) if keep_body else None
    article = normalize(page)
    if isinstance(article, Rejection):
        return article, body
    if page.is_truncated:
        article = replace(article, is_partial=True)
    [annotations] = annotate([article])
    resolved = resolve(article, annotations, article_key(article, page.sha256))
    return Reading(article, annotations, resolved), body


def _load_models() -> None:
    """Read something short, so that no page's time goes into loading models and word lists."""
    read_page(RawPage("", "", FIRST_PAGE.encode(), "text/html"))


def _failed(page: RawPage, reason: Reason, detail: str) -> tuple[Rejection, bytes]:
    return Rejection(reason, detail), compress(page.body)


def _read(engine: Engine, inputs: Iterable[str], settings: Settings) -> Iterator[_Batch]:
    batch = _Batch()
    meter = Meter(find_places(inputs))
    for place in meter:
        try:
            with fetched(place, settings.private_addresses) as path:
                source = identify(place.uri, path)
                known = known_records(engine, source)
                if known is not None:
                    batch.known += known
                    continue
                for record in read_records(source, path, _options(settings), meter.open):
                    batch.add(record)
                    if batch.is_full(settings):
                        yield _without_known(engine, replace(batch, share=meter.share))
                        batch = _Batch()
        except FetchError as error:
            source = _unreached(place)
            batch.add(InputRecord(source, "0", None, Rejection(Reason.UNREADABLE, str(error))))
        batch.finished.append(source)
    yield _without_known(engine, replace(batch, share=1.0))


def _options(settings: Settings) -> Options:
    return Options(settings.record_size, settings.archive_members, settings.columns)


def _unreached(place: Place) -> Source:
    return Source(place.uri, "unreachable", None, None)


def _without_known(engine: Engine, batch: _Batch) -> _Batch:
    """The batch without what an earlier run, broken off in this source, has stored: that need not be read twice."""
    known = known_keys(engine, [record.key for record in batch.records])
    batch.known += sum(record.key in known for record in batch.records)
    batch.records = [record for record in batch.records if record.key not in known]
    return batch


def _with_shares(batches: Iterable[_Batch], total: int) -> Iterator[_Batch]:
    """Batches of `total` rejected records, each with the share of them that is tried with it."""
    tried = 0
    for batch in batches:
        tried += len(batch.retried) + len(batch.superseded)
        yield replace(batch, share=tried / max(total, 1))


def _read_rejected(engine: Engine, settings: Settings, reason: str | None) -> Iterator[_Batch]:
    batch = _Batch()
    by_source = itertools.groupby(rejected_records(engine, reason), key=lambda rejected: rejected.source)
    for source, group in by_source:
        unpaged: set[str] = set()
        for rejected in group:
            if rejected.page is None:
                unpaged.add(rejected.locator)
                continue
            batch.add(InputRecord(source, rejected.locator, rejected.sha256, rejected.page))
            batch.retried.add((source.id, rejected.locator))
            if batch.is_full(settings):
                yield batch
                batch = _Batch()
        if unpaged:
            yield batch
            yield from _read_again(source, unpaged, settings)
            batch = _Batch()
    yield batch


def _read_again(source: Source, locators: set[str], settings: Settings) -> Iterator[_Batch]:
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
) -> Iterator[_Batch]:
    batch = _Batch()
    gone = {(source.id, locator) for locator in locators}
    for record in read_records(today, path, _options(settings)):
        batch.add(record)
        if record.locator in locators:
            batch.retried.add(record.key)
            gone.discard(record.key)
        if batch.is_full(settings):
            yield batch
            batch = _Batch()
    batch.finished.append(today)
    batch.superseded = gone
    yield batch
