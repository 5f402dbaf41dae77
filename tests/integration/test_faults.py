"""Whatever dies, the database is the one that an undisturbed load would have made.

A few cases of each figure; `make soak` does all.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.faults import Tally
from tests.faults.archive import write_archive
from tests.faults.breakers import broken_workers, mended_records
from tests.faults.deaths import died_at_steps, killed_parents, killed_workers, steps_of
from tests.faults.disks import full_databases
from tests.faults.loading import Case, undisturbed
from tests.faults.repetition import loads_at_once, migrations, repeated_loads, unbalanced_books
from tests.faults.servers import cut_commits, stopped_servers, terminated_backends
from tests.postgres import new_database, running_server


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("faults")
    return undisturbed([write_archive(folder / "archive", 60)], folder)


@pytest.fixture
def tally():
    tally = Tally()
    yield tally
    assert tally.cases
    assert tally.wrong == []


@pytest.fixture
def chance() -> random.Random:
    return random.Random(5)


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def test_the_process_dies_at_a_statement_or_commit(
    empty_url: str, case: Case, tmp_path: Path, chance: random.Random, tally: Tally
) -> None:
    steps = steps_of(empty_url, case, tmp_path, batch_size=32)
    commits = [number for number, name in enumerate(steps) if name.endswith("COMMIT")]
    numbers = {*chance.sample(commits, 4), *chance.sample(range(len(steps)), 4)}
    died_at_steps(empty_url, case, tmp_path, sorted(numbers), tally)


def test_the_parent_is_killed(empty_url: str, case: Case, chance: random.Random, tally: Tally) -> None:
    killed_parents(empty_url, case, 1, 6.0, chance, tally)


def test_workers_are_killed(empty_url: str, case: Case, chance: random.Random, tally: Tally) -> None:
    killed_workers(empty_url, case, 2, 1.0, chance, tally)


def test_books_that_do_not_balance_fail_the_run(empty_url: str, case: Case, tally: Tally) -> None:
    unbalanced_books(empty_url, case, tally)


def test_loading_again_changes_no_row(
    empty_url: str, case: Case, chance: random.Random, tally: Tally
) -> None:
    repeated_loads(empty_url, case, 2, chance, tally)


def test_postgres_goes_away(case: Case, tmp_path: Path, chance: random.Random, tally: Tally) -> None:
    with running_server(synchronous_commit="on") as server, new_database(server.url) as url:
        terminated_backends(url, case, tmp_path, 2, 1.0, chance, tally)
        stopped_servers(server, url, case, tmp_path, 1, 1.0, chance, tally)
        cut_commits(url, case, tmp_path, chance.sample(range(1, 20), 2), tally)


def test_four_load_at_once(
    empty_url: str, case: Case, tmp_path: Path, chance: random.Random, tally: Tally
) -> None:
    loads_at_once(empty_url, case, tmp_path, 1, chance, tally)


def test_the_disk_is_full(case: Case, tmp_path: Path, tally: Tally) -> None:
    full_databases(tmp_path, case, 4, tally)


def test_migrations_keep_all_rows(empty_url: str, case: Case, tally: Tally) -> None:
    migrations(empty_url, case, tally)


def test_pages_break_their_workers_and_are_retried(empty_url: str, tmp_path: Path, tally: Tally) -> None:
    words = [b"<!-- never end in native code -->", b"<!-- take 10 GB -->", b"<!-- segfault -->"]
    broken_workers(empty_url, tmp_path, words if is_sqlite(empty_url) else words[-1:], 6, tally)


def test_a_retry_after_a_fix_leaves_no_trace_of_the_fault(
    empty_url: str, case: Case, chance: random.Random, tally: Tally
) -> None:
    mended_records(empty_url, case, 2, chance, tally)
