"""Do every fault of tests/faults in full number and print a table; exit 1 if anything is wrong.

    python -m tests.faults.soak              # hours on a small machine
    python -m tests.faults.soak 1 8          # these figures only
    python -m tests.faults.soak --part 10    # a tenth of the cases

The figures are those of the promise "nothing lost": what is done to a load, and that the database is in the end
the one that an undisturbed load would have made. Linux only: it looks below processes in /proc.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from etl.settings import PROJECT_ROOT
from tests.faults import Tally, breakers, damage, deaths, disks, repetition, servers
from tests.faults.archive import write_archive
from tests.faults.bombs import BOMBS
from tests.faults.loading import Case, emptied, undisturbed
from tests.faults.memory import peak_memory
from tests.postgres import Server, new_database, running_server

GIGABYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the faults are done: two databases, a folder, archives of 200 and of 40 pages.

    `seeds` holds the pages that are mutated, `bad_inputs` files that others wrote to break parsers.
    """

    urls: tuple[str, str]
    server: Server
    folder: Path
    case: Case
    short: Case
    part: int
    chance: random.Random
    seeds: Path
    bad_inputs: Path | None

    @property
    def postgres(self) -> str:
        return self.urls[1]

    def count(self, full: int) -> int:
        return max(1, full // self.part)


def dies_at_each_step(bench: Bench, tally: Tally) -> None:
    for url in bench.urls:
        steps = deaths.steps_of(url, bench.case, bench.folder, 32)
        deaths.died_at_steps(url, bench.case, bench.folder, range(0, len(steps), bench.part), tally)


def is_killed(bench: Bench, tally: Tally) -> None:
    for url in bench.urls:
        seconds = deaths.seconds_of_a_run(url, bench.short)
        deaths.killed_parents(url, bench.short, bench.count(50), seconds, bench.chance, tally)
        deaths.killed_workers(url, bench.short, bench.count(100), seconds / 5, bench.chance, tally)


def survives_mutations(bench: Bench, tally: Tally) -> None:
    seeds = sorted(path for path in bench.seeds.rglob("*") if path.name.endswith((".html", ".txt")))
    url, folder = bench.urls[0], bench.folder / "mutations"
    damage.mutated_pages(url, folder, seeds, bench.count(5_000), bench.chance, tally)
    if bench.bad_inputs:
        damage.foreign_inputs(url, bench.bad_inputs, tally)


def salvages_archives(bench: Bench, tally: Tally) -> None:
    damage.cut_archives(bench.folder, 4, bench.part, tally)
    damage.flipped_bits(bench.folder, 20, bench.count(100), bench.chance, tally)


def has_unbalanced_books(bench: Bench, tally: Tally) -> None:
    for url in bench.urls:
        repetition.unbalanced_books(url, bench.short, tally)


def loads_again(bench: Bench, tally: Tally) -> None:
    for url in bench.urls:
        repetition.repeated_loads(url, bench.case, bench.count(10), bench.chance, tally)
        repetition.other_jobs(url, bench.short, range(1, 4), tally)


def keeps_its_memory(bench: Bench, tally: Tally) -> None:
    url = bench.urls[0]
    sizes = [bench.count(2_000), bench.count(10_000)]
    peaks = []
    for size in sizes:
        archive = write_archive(bench.folder / f"archive-{size}", size, seed=2)
        peaks.append(peak_memory(emptied(url), archive))
        print(f"    {size} pages: {peaks[-1] >> 20} MiB", flush=True)
    for size, peak in zip(sizes, peaks, strict=True):
        tally.expect(f"{size} pages took {peak >> 20} MiB", within=(peak <= GIGABYTE, True))
    grown = peaks[1] / peaks[0] - 1
    tally.expect(f"memory grew by {grown:.1%}", within=(grown <= 0.05, True))


def loses_postgres(bench: Bench, tally: Tally) -> None:
    url, case, folder = bench.postgres, bench.case, bench.folder
    seconds = servers.seconds_of_a_run(url, case, folder)
    servers.terminated_backends(url, case, folder, bench.count(15), seconds, bench.chance, tally)
    servers.stopped_servers(bench.server, url, case, folder, bench.count(11), seconds, bench.chance, tally)
    servers.cut_commits(url, case, folder, bench.chance.sample(range(1, 70), bench.count(12)), tally)


def loads_at_once(bench: Bench, tally: Tally) -> None:
    for url in bench.urls:
        repetition.loads_at_once(url, bench.case, bench.folder, bench.count(10), bench.chance, tally)


def fills_the_disk(bench: Bench, tally: Tally) -> None:
    disks.full_databases(bench.folder, bench.case, bench.count(20), tally)
    try:
        disks.full_disks(bench.folder, bench.case, bench.count(20), tally)
    except subprocess.CalledProcessError:
        print("    no right to mount a tmpfs: left out", flush=True)


def migrates(bench: Bench, tally: Tally) -> None:
    for url in bench.urls:
        repetition.migrations(url, bench.case, tally)


def breaks_workers(bench: Bench, tally: Tally) -> None:
    for url in bench.urls:
        breakers.broken_workers(url, bench.folder, list(breakers.BREAKERS), 15, tally)


def defuses_bombs(bench: Bench, tally: Tally) -> None:
    damage.bombs(bench.folder, BOMBS, tally)


def retries(bench: Bench, tally: Tally) -> None:
    for url in bench.urls:
        breakers.mended_records(url, bench.case, bench.count(20), bench.chance, tally)


FIGURES: dict[int, tuple[str, Callable[[Bench, Tally], None]]] = {
    1: ("the process dies at each statement and COMMIT", dies_at_each_step),
    2: ("kill -9 of parent and workers", is_killed),
    3: ("mutated pages, and files made to break parsers", survives_mutations),
    4: ("web archives cut at every byte, bits flipped", salvages_archives),
    5: ("books that don't balance fail the run", has_unbalanced_books),
    6: ("loaded again, shuffled, other batches and jobs", loads_again),
    7: ("memory from 2,000 to 10,000 pages", keeps_its_memory),
    8: ("Postgres terminated, stopped, cut at COMMIT", loses_postgres),
    9: ("four loaders at once", loads_at_once),
    10: ("disk full", fills_the_disk),
    11: ("migrations down and up", migrates),
    12: ("pages that segfault, never end, take 10 GB", breaks_workers),
    13: ("decompression bombs", defuses_bombs),
    15: ("retry after a fix", retries),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Do all faults in full number.")
    parser.add_argument("figures", nargs="*", type=int, choices=[*FIGURES, []], help="default: all")
    parser.add_argument("--part", type=int, default=1, help="do only one of so many cases")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seeds", type=Path, default=PROJECT_ROOT / "samples" / "inbox", help="pages to mutate"
    )
    parser.add_argument("--bad-inputs", type=Path, help="a folder of files to load besides, for figure 3")
    given = parser.parse_args()
    with set_up(given) as bench:
        tallies = {number: run(number, bench) for number in given.figures or FIGURES}
    print(f"\n{'figure':<54}{'cases':>6}{'wrong':>7}")
    for number, tally in tallies.items():
        print(f"{number:>3}  {FIGURES[number][0]:<49}{tally.cases:>6}{len(tally.wrong):>7}")
    sys.exit(any(tally.wrong or not tally.cases for tally in tallies.values()))


@contextmanager
def set_up(given: argparse.Namespace) -> Iterator[Bench]:
    """A bench with a Postgres server of its own, all gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsledger-soak-")))
        server = stack.enter_context(running_server(synchronous_commit="on"))
        urls = (f"sqlite:///{folder / 'ledger.db'}", stack.enter_context(new_database(server.url)))
        cases = []
        for count in (200, 40):
            (folder / str(count)).mkdir()
            archive = write_archive(folder / str(count) / "archive", count)
            cases.append(undisturbed([archive], folder / str(count)))
        chance = random.Random(given.seed)
        yield Bench(
            urls, server, folder, cases[0], cases[1], given.part, chance, given.seeds, given.bad_inputs
        )


def run(number: int, bench: Bench) -> Tally:
    """Do one figure and tell how it went."""
    name, figure = FIGURES[number]
    print(f"figure {number}: {name}", flush=True)
    tally, began = Tally(), time.monotonic()
    figure(bench, tally)
    for line in tally.wrong:
        print(f"    WRONG {line}", flush=True)
    print(f"    {tally.cases} cases, {len(tally.wrong)} wrong, {time.monotonic() - began:.0f} s", flush=True)
    return tally


if __name__ == "__main__":
    main()
