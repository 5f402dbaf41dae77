"""Inputs that are cut, flipped, mutated or made to swell: what is told of them, and what is loaded beside them."""

from __future__ import annotations

import gzip
import multiprocessing
import random
import re
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from etl.database import prepare
from etl.load import Options, identify, read_records
from etl.pipeline import load_partition, open_run
from etl.records import InputRecord, RawPage, Reason, Rejection
from etl.settings import Settings
from etl.verify import verify
from tests.faults import Tally
from tests.faults.bombs import BOMBS
from tests.faults.loading import emptied, opened
from tests.faults.web_archives import page, warc

OPTIONS = Options(record_size=2**20, archive_members=1_000_000)
OURS = {Reason.INTERNAL_ERROR, Reason.WORKER_DIED, Reason.TIME_LIMIT, Reason.MEMORY_LIMIT}
"""Reasons that would mean that a page broke something."""

BOMB_SECONDS = 10
BOMB_MEMORY = 1 << 30


def read(data: bytes, name: str, folder: Path) -> list[InputRecord]:
    """The records of a file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return list(read_records(identify(path.as_uri(), path), path, OPTIONS))


def bodies(records: Iterable[InputRecord]) -> list[bytes]:
    return [record.content.body for record in records if isinstance(record.content, RawPage)]


def reasons(records: Iterable[InputRecord]) -> list[Reason]:
    return [record.content.reason for record in records if isinstance(record.content, Rejection)]


def archives(count: int) -> dict[str, list[bytes]]:
    """A plain and a gzipped web archive of `count` pages, record by record."""
    records = warc(count)
    return {"crawl.warc": records, "crawl.warc.gz": [gzip.compress(record, mtime=0) for record in records]}


def cut_archives(folder: Path, count: int, step: int, tally: Tally) -> None:
    """Cut a web archive at each byte: what is whole is loaded, and that something is missing is told."""
    for name, parts in archives(count).items():
        data = b"".join(parts)
        ends = [sum(map(len, parts[: number + 1])) for number in range(count)]
        for cut in sorted({*range(1, len(data), step), *ends[:-1]}):
            records = read(data[:cut], name, folder)
            whole = sum(end <= cut for end in ends)
            found = bodies(records)
            is_complete = len(found) > whole or cut in ends  # then only newlines are missing, or nothing
            tally.expect(
                f"{name} cut at {cut}",
                pages=(found[:whole], [page(number) for number in range(whole)]),
                told=(bool(reasons(records)) or is_complete, True),
                places=(len({record.locator for record in records}), len(records)),
            )


def flipped_bits(folder: Path, count: int, each: int, chance: random.Random, tally: Tally) -> None:
    """Flip one bit of a record, `each` times for each record: its neighbours are loaded, it is whole or told."""
    for name, parts in archives(count).items():
        for number, part in enumerate(parts):
            others = [page(other) for other in range(count) if other != number]
            for _ in range(each):
                at, bit = chance.randrange(len(part)), 1 << chance.randrange(8)
                flipped = bytearray(part)
                flipped[at] ^= bit
                records = read(b"".join([*parts[:number], flipped, *parts[number + 1 :]]), name, folder)
                found = bodies(records)
                tally.expect(
                    f"{name} record {number} byte {at} bit {bit}",
                    others=([body for body in found if body in others], others),
                    told=(page(number) in found or bool(reasons(records)), True),
                    invented=(set(found) - {*others, page(number)}, set()),
                )


def mutated_pages(
    url: str, folder: Path, seeds: Sequence[Path], count: int, chance: random.Random, tally: Tally
) -> None:
    """Load `count` mutations of real pages as one folder: each gets its fate, none breaks anything."""
    folder.mkdir()
    for number in range(count):
        seed = chance.choice(seeds)
        (folder / f"{number:05}{seed.suffix}").write_bytes(_mutated(seed.read_bytes(), chance))
    _load_folder(url, folder, count, tally)


def foreign_inputs(url: str, folder: Path, tally: Tally) -> None:
    """Load a folder of files that others wrote to break parsers."""
    _load_folder(url, folder, None, tally)


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """Cut, flipped, spliced, repeated, or in another charset than it says."""
    mutated = bytearray(data)
    kind = chance.randrange(5)
    if kind == 0:
        return bytes(mutated[: chance.randrange(len(mutated) + 1)])
    if kind == 1:
        charset = chance.choice(["utf-16", "utf-32", "koi8-r", "shift_jis", "cp1252", "utf-7"])
        return data.decode("utf-8", "replace").encode(charset, "replace")
    for _ in range(chance.choice([1, 10, 1000])):
        at = chance.randrange(len(mutated))
        if kind == 2:
            mutated[at] ^= 1 << chance.randrange(8)
        elif kind == 3:
            mutated[at:at] = chance.randbytes(chance.randrange(1, 9))
        else:
            length = chance.randrange(1, 200)
            mutated[at:at] = mutated[at : at + length] * chance.choice([1, 5])
    return bytes(mutated)


def _load_folder(url: str, folder: Path, count: int | None, tally: Tally) -> None:
    settings = Settings(database_url=emptied(url), jobs=2)
    with opened(url) as engine:
        prepare(engine)
        with open_run(engine, "load", settings) as run_id:
            books = load_partition(engine, run_id, [str(folder)], settings)
        tally.expect(
            f"{books.inputs} records of {folder.name}",
            inputs=(books.inputs, count or books.inputs),
            broken=(OURS & set(books.reasons), set()),
            problems=(list(verify(engine)), []),
        )
        tally.cases += books.inputs - 1


def bombs(folder: Path, names: Iterable[str], tally: Tally) -> None:
    """Read each decompression bomb in a process of its own: rejected, in bounded memory and time."""
    context = multiprocessing.get_context("spawn")
    for name in names:
        (folder / name).write_bytes(BOMBS[name]())
        theirs, ours = context.Pipe()
        began = time.monotonic()
        process = context.Process(target=_read_bomb, args=(folder / name, theirs))
        process.start()
        theirs.close()
        process.join(10 * BOMB_SECONDS)
        if process.is_alive():
            process.kill()
        told, size, peak, seconds = ours.recv() if ours.poll() else (set(), 0, 0, time.monotonic() - began)
        rejected = told & {Reason.TOO_LARGE, Reason.DAMAGED_ARCHIVE, Reason.UNSUPPORTED_FORMAT}
        tally.expect(
            f"{name}: {peak >> 20} MiB, {seconds:.1f} CPU-seconds",
            is_rejected=(bool(rejected), True),
            given=(size <= 4 * OPTIONS.record_size, True),
            memory=(peak <= BOMB_MEMORY, True),
            time=(seconds <= BOMB_SECONDS, True),
        )


def _read_bomb(path: Path, connection: multiprocessing.connection.Connection) -> None:
    records = list(read_records(identify(path.as_uri(), path), path, OPTIONS))
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) << 10  # getrusage would count the parent's
    size = sum(map(len, bodies(records)))
    connection.send((set(reasons(records)), size, peak, time.process_time()))
