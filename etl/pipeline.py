"""The stages in order, for one partition: inputs are read, worked on beside each other, stored in order.

`newsledger load`, the flows and the tests all go through `load_partition`.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Engine

from etl.annotate import annotate
from etl.errors import BooksError, DatabaseError, LoadInterrupted, UsageError
from etl.interrupts import let_go, watched_interrupts
from etl.load import Options, Place, fetched, find_places, identify, read_records, unreached
from etl.load.meter import Meter
from etl.load.places import Places
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
from etl.store.lease import beating
from etl.store.ledger import (
    finish_run,
    known_records,
    start_run,
    unknown_records,
    unread_sources,
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

WHOLE = "0"  # locator of the record that stands for an input that could not be reached

_BATCH_BYTES = 32 * 2**20  # a batch is cut here too, so that memory holds a few of them
_BATCH_RECORDS = 1000  # most of which are no pages, or it would have been cut before


@dataclass(slots=True)
class Batch:
    """Records that are committed together, and what else the commit says."""

    records: list[InputRecord] = field(default_factory=list)
    finished: list[Source] = field(default_factory=list)
    known: int = 0
    retried: set[Key] = field(default_factory=set)
    superseded: set[Key] = field(default_factory=set)
    size: int = 0
    share: float | None = None

    def add_unreached(self, source: Source, detail: str) -> None:
        """A record that stands for a whole input."""
        self.add(InputRecord(source, WHOLE, None, Rejection(Reason.UNREACHABLE, detail)))
        self.retried.add((source.id, WHOLE))
        self.finished.append(source)

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
        LoadInterrupted: instead of KeyboardInterrupt and of what a signal makes a call fail with; the run is closed as
            interrupted.
        LeaseError: the flow works alone and another such is at work, or this run was taken for dead.
        BooksError: the fates do not add up to the inputs.
    """
    with watched_interrupts() as interrupts:
        run_id = start_run(engine, flow, settings.model_dump(mode="json", exclude={"database_url"}))
        try:
            interrupts.release()
            with beating(engine, run_id):
                yield run_id
            interrupts.hold()
        except BaseException as error:
            interrupts.hold()
            is_asked = bool(interrupts.count) or isinstance(error, KeyboardInterrupt)
            if is_asked:
                let_go(error)
            with suppress(DatabaseError):  # where the database is gone, its first error is the one to tell
                finish_run(engine, run_id, "interrupted" if is_asked else "failed")
            if is_asked and isinstance(error, Exception | KeyboardInterrupt):
                raise LoadInterrupted("interrupted; run it again to go on from here") from None
            raise
        finish_run(engine, run_id, "finished")


def find_reachable(engine: Engine, run_id: int, inputs: Iterable[str]) -> Places:
    """The files of those inputs that are there; each other one is a rejected record of the run and stops nothing.

    Raises:
        DatabaseError: nothing was recorded.
    """
    roots: list[Path | str] = []
    batch = Batch()
    unread = unread_sources(engine, run_id)
    for given in inputs:
        source = unreached(Place(given).uri)
        try:
            roots += find_places([given]).roots
        except Exception as error:  # each store's library has errors of its own
            batch.add_unreached(source, str(error) if isinstance(error, UsageError) else repr(error))
        else:
            batch.superseded |= {(source.id, WHOLE)} if source.id in unread else set()
    outcomes = [Outcome(item, item.content) for item in batch.records if isinstance(item.content, Rejection)]
    write_batch(engine, run_id, outcomes, batch.finished, 0, batch.retried, batch.superseded)
    return Places(roots)


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
        LeaseError: the run was taken for dead; what was committed stays.
        BooksError: not each record that was read got its fate.
    """
    return load_places(engine, run_id, find_places(inputs), settings, progress)


def load_places(
    engine: Engine,
    run_id: int,
    places: Iterable[Place],
    settings: Settings,
    progress: Progress = lambda books, share: None,
) -> Books:
    """`load_partition` for files that were found already; `places` is gone through twice."""
    return store_all(engine, run_id, read_places(engine, run_id, places, settings), settings, progress)


def store_all(
    engine: Engine, run_id: int, batches: Iterable[Batch], settings: Settings, progress: Progress
) -> Books:
    """Work on the pages of batches beside each other and commit the batches in order.

    Raises:
        DatabaseError: what was committed stays.
        BooksError: not each record that was read got its fate.
    """
    pending: deque[Batch] = deque()

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
    """Read something short, so that no page's time goes into loading models and word lists.

    Raises:
        ModelError: the shipped weights don't belong to the code.
    """
    read_page(RawPage("", "", FIRST_PAGE.encode(), "text/html"))
    read_page(RawPage("", "", re.sub(r"<[^>]*>", "\n", FIRST_PAGE).encode(), "text/plain"))


def _failed(page: RawPage, reason: Reason, detail: str) -> tuple[Rejection, bytes]:
    return Rejection(reason, detail), compress(page.body)


def read_places(engine: Engine, run_id: int, places: Iterable[Place], settings: Settings) -> Iterator[Batch]:
    """The records of files, in batches, without what the ledger has. What could not be reached is tried each time."""
    batch = Batch()
    unread = unread_sources(engine, run_id)
    meter = Meter(places)
    for place in meter:
        missing = unreached(place.uri)
        try:
            with fetched(place, settings.private_addresses) as path:
                source = identify(place.uri, path)
                if source == missing:
                    raise FetchError("it can't be opened")
                if missing.id in unread:
                    batch.superseded.add((missing.id, WHOLE))
                known = known_records(engine, source)
                if known is not None:
                    batch.known += known
                    continue
                for record in read_records(source, path, options_of(settings), meter.open):
                    batch.add(record)
                    if batch.is_full(settings):
                        yield _without_known(engine, replace(batch, share=meter.share))
                        batch = Batch()
                batch.finished.append(source)
        except FetchError as error:
            batch.add_unreached(missing, str(error))
    yield _without_known(engine, replace(batch, share=1.0))


def options_of(settings: Settings) -> Options:
    """What the loaders need of the settings."""
    return Options(settings.record_size, settings.archive_members, settings.columns)


def _without_known(engine: Engine, batch: Batch) -> Batch:
    """The batch without what an earlier run, broken off in this source, has stored: that need not be read twice."""
    unknown = unknown_records(engine, batch.records, batch.retried)
    batch.known += len(batch.records) - len(unknown)
    batch.records = unknown
    return batch
