"""Pages that break what reads them, and records that are mended later."""

from __future__ import annotations

import ctypes
import os
import pickle
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from etl import pipeline
from etl.database import prepare
from etl.pipeline import read_page
from etl.records import RawPage, Reading, Reason, Rejection
from etl.retry import retry_rejected
from etl.settings import Settings
from etl.store.bodies import compress
from etl.verify import dump_hash
from tests.faults import Tally
from tests.faults.loading import Case, Known, emptied, load, opened, reasons, remembering, state

Result = tuple[Reading | Rejection, bytes | None]


def _segfault() -> None:
    ctypes.string_at(0)


def _never_end() -> None:
    while True:
        time.sleep(1)


def _never_end_in_native_code() -> None:
    re.match(r"(a+)+$", "a" * 64 + "b")


def _take_10_gigabytes() -> None:
    held = [bytes(1 << 28) for _ in range(40)]
    raise AssertionError(f"{len(held)} parts fit")


BREAKERS: dict[bytes, tuple[Callable[[], object], Reason]] = {
    b"<!-- segfault -->": (_segfault, Reason.WORKER_DIED),
    b"<!-- abort -->": (os.abort, Reason.WORKER_DIED),
    b"<!-- never end -->": (_never_end, Reason.TIME_LIMIT),
    b"<!-- never end in native code -->": (_never_end_in_native_code, Reason.TIME_LIMIT),
    b"<!-- take 10 GB -->": (_take_10_gigabytes, Reason.MEMORY_LIMIT),
}
"""What a page says -> what reading it does, and the reason that the ledger then gives."""


def read_or_break(page: RawPage, keep_body: bool = True) -> Result:
    """Read a page, or do what it says to whoever reads it."""
    for words, (fault, _) in BREAKERS.items():
        if words in page.body:
            fault()
    return read_page(page, keep_body)


@contextmanager
def breaking() -> Iterator[None]:
    """Workers read pages with `read_or_break`."""
    pipeline.read_page = read_or_break
    try:
        yield
    finally:
        pipeline.read_page = read_page


def broken_workers(url: str, folder: Path, words: Sequence[bytes], seconds: float, tally: Tally) -> None:
    """Figures 12 and 15: one page of each kind among others; then a retry by a program that was mended.

    A page takes at most the limit of `seconds` plus 5 longer than it takes when it breaks nothing.
    """
    for word in words:
        page = folder / "breaking" / "page.html"
        page.parent.mkdir(exist_ok=True)
        neighbours = [_write_article(page.with_name(f"neighbour-{n}.html"), f"{n}00") for n in range(3)]
        _write_article(page, "77", word)
        inputs = [str(path) for path in (*neighbours[:2], page, *neighbours[2:])]
        settings = Settings(database_url=url, jobs=2, page_seconds=seconds)
        harmless, _, expected = _timed_load(emptied(url), inputs, settings)
        with breaking():
            taken, fates, _ = _timed_load(emptied(url), inputs, settings)
        retried = retry(url, settings)
        tally.expect(
            f"{url} {word.decode()}",
            fates=(fates, {None: 3, BREAKERS[word][1].value: 1}),
            in_time=(taken - harmless < seconds + 5 or taken - harmless, True),
            retried=(retried, expected),
        )  # fmt: skip


def _write_article(path: Path, number: str, words: bytes = b"") -> Path:
    text = (
        f"The new quay will cost {number} million euros, Marit Sole, the harbour master, said on Monday. "
        f"Henry Pike, a councillor, denied it. The council of Aldermouth meets again in May."
    )
    path.write_bytes(words + f"<html><h1>Quay of {number} millions</h1><p>{text}</p></html>".encode())
    return path


def _timed_load(
    url: str, inputs: Sequence[str], settings: Settings
) -> tuple[float, dict[str | None, int], str]:
    """The seconds a load takes, its records by reason, and the dump's hash."""
    with opened(url) as engine:
        prepare(engine)
        began = time.monotonic()
        with pipeline.open_run(engine, "load", settings) as run_id:
            pipeline.load_partition(engine, run_id, inputs, settings)
        taken = time.monotonic() - began
        return taken, reasons(url), dump_hash(engine)


def retry(url: str, settings: Settings) -> str:
    """Retry what was rejected; returns the dump's hash."""
    with opened(url) as engine:
        with pipeline.open_run(engine, "retry", settings) as run_id:
            retry_rejected(engine, run_id, settings)
        return dump_hash(engine)


def mended_records(url: str, case: Case, rounds: int, chance: random.Random, tally: Tally) -> None:
    """Figure 15: a third of the pages are rejected by a fault of ours; a retry gives the undisturbed dump."""
    known: Known = pickle.loads(case.known.read_bytes())
    for number in range(rounds):
        shuffled = replace(case, inputs=tuple(chance.sample(case.inputs, len(case.inputs))))
        with remembering(_broken(known, chance)):
            _load_in_memory(emptied(url), shuffled, batch_size=chance.randrange(1, 40))
        broken, _ = state(url)
        with remembering(known):
            settings = Settings(database_url=url, jobs=1, batch_size=chance.randrange(1, 40))
            retried = retry(url, settings)
        again = load(url, case)
        tally.expect(
            f"{url} round {number}",
            broken=(broken != case.expected, True), retried=(retried, case.expected),
            again=(again, case.expected), wrong=(state(url)[1], []),
        )  # fmt: skip


def _broken(known: Known, chance: random.Random) -> Known:
    faults = (Reason.INTERNAL_ERROR, Reason.TIME_LIMIT, Reason.WORKER_DIED, Reason.NOT_AN_ARTICLE)
    return {
        page: (Rejection(chance.choice(faults), "a fault"), compress(page.body))
        if chance.random() < 1 / 3
        else result
        for page, result in known.items()
    }


def _load_in_memory(url: str, case: Case, **settings: object) -> None:
    given = Settings(database_url=url, **{"jobs": 1, **settings})  # type: ignore[arg-type]
    with opened(url) as engine:
        prepare(engine)
        with pipeline.open_run(engine, "load", given) as run_id:
            pipeline.load_partition(engine, run_id, case.inputs, given)
