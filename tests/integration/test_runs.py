"""How runs end: as finished, with problems, interrupted at any moment, died; and who holds off whom."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text, update

from etl.database import migrate, open_engine, writing
from etl.errors import DatabaseError, LeaseError, LoadInterrupted, NewsledgerError
from etl.pipeline import find_reachable, load_places, open_run
from etl.records import Reason
from etl.settings import PROJECT_ROOT, Settings
from etl.store import lease, write_batch
from etl.store.ledger import finish_run, read_problems, read_run, read_status, start_run
from etl.store.processes import is_running, this_process
from etl.store.rows import TABLES
from etl.verify import dump_hash, verify
from tests.integration.small_archive import archive, store

RUNS = TABLES["runs"]
GIVEN = Settings(jobs=0)
PAGE = PROJECT_ROOT / "samples" / "inbox" / "courier" / "harbour-section.html"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def statuses(engine: Engine) -> list[str]:
    return [run["status"] for run in reversed(read_status(engine, 99)["runs"])]


def stored_statuses(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(select(RUNS.c.status).order_by(RUNS.c.id)))


def change(engine: Engine, run_id: int, **values: object) -> None:
    with writing(engine) as connection:
        connection.execute(update(RUNS).where(RUNS.c.id == run_id).values(**values))


# Ctrl-C


@contextmanager
def pressed_after(seconds: float, number: int = signal.SIGINT) -> Iterator[None]:
    """Send this process a signal once the time has passed, if the block is not over by then."""
    before = signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(number))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_ctrl_c_inside_a_database_call_is_an_interruption(engine: Engine) -> None:
    with pytest.raises(LoadInterrupted), open_run(engine, "load", GIVEN), writing(engine) as connection:
        if engine.dialect.name == "sqlite":
            # What is raised while SQLite calls back comes out as its own OperationalError.
            driver = connection.connection.driver_connection
            driver.create_function("pg_sleep", 1, time.sleep)
        with pressed_after(0.2):
            connection.execute(text("SELECT pg_sleep(5)"))
    assert stored_statuses(engine) == ["interrupted"]


def test_ctrl_c_is_an_interruption_whatever_a_library_makes_of_it(engine: Engine) -> None:
    with pytest.raises(LoadInterrupted), open_run(engine, "load", GIVEN):
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise DatabaseError("database: sending copy end failed: no COPY in progress") from None
    assert stored_statuses(engine) == ["interrupted"]


def test_ctrl_c_while_a_run_is_opened_and_while_it_is_closed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from etl import pipeline

    def opened(*arguments: object) -> int:
        run_id = start_run(*arguments)
        signal.raise_signal(signal.SIGINT)
        return run_id

    with monkeypatch.context() as patched, pytest.raises(LoadInterrupted):
        patched.setattr(pipeline, "start_run", opened)
        with open_run(engine, "load", GIVEN):
            pytest.fail("the run went on")

    def closed(*arguments: object) -> None:
        signal.raise_signal(signal.SIGINT)
        finish_run(*arguments)

    monkeypatch.setattr(pipeline, "finish_run", closed)
    with open_run(engine, "load", GIVEN):
        pass
    assert stored_statuses(engine) == ["interrupted", "finished"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


# Python passes over what is raised in a callback of the garbage collector, such as hypothesis registers.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_ctrl_c_at_any_moment(engine: Engine) -> None:
    chance = random.Random(3)
    began = time.monotonic()
    store(engine, archive(), 1)
    seconds = time.monotonic() - began
    migrate(engine, "base")
    migrate(engine)
    for _ in range(25):
        with (
            suppress(LoadInterrupted, KeyboardInterrupt),
            pressed_after(chance.uniform(0.001, seconds / 2)),
            open_run(engine, "load", GIVEN) as run_id,
        ):
            for outcome in archive():
                write_batch(engine, run_id, [outcome], [outcome.record.source])
    assert set(stored_statuses(engine)) <= {"interrupted", "finished"}
    assert "interrupted" in stored_statuses(engine)
    assert list(verify(engine)) == []


def test_a_failure_is_no_interruption(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), open_run(engine, "load", GIVEN):
        raise ZeroDivisionError
    assert stored_statuses(engine) == ["failed"]


# Death


HOLDER = """
import sys, time
from etl.database import open_engine
from etl.store.ledger import start_run
engine = open_engine(sys.argv[1])
print(start_run(engine, sys.argv[2], {}), flush=True)
time.sleep(600)
"""


@contextmanager
def at_work(url: str, flow: str) -> Iterator[subprocess.Popen[str]]:
    """A run of another process, which never ends by itself."""
    command = [sys.executable, "-c", HOLDER, url, flow]
    surroundings = {**os.environ, "PYTHONPATH": str(PROJECT_ROOT)}
    process = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("flow", ["load", "nightly"])
def test_a_killed_run_died_and_any_later_run_finds_it(engine: Engine, database_url: str, flow: str) -> None:
    with at_work(database_url, flow) as process:
        assert statuses(engine) == ["running"]
        process.send_signal(signal.SIGKILL)
        while is_running(process_of(engine)):  # a zombie: nobody has waited for it
            time.sleep(0.01)
        assert statuses(engine) == ["died"]
        assert stored_statuses(engine) == ["running"]
        start_run(engine, flow, {})
    assert stored_statuses(engine) == ["died", "running"]
    with engine.connect() as connection:
        died = connection.execute(select(RUNS).where(RUNS.c.status == "died")).one()
    assert died.finished_at == died.alive_at
    assert died.host == socket.gethostname()


def process_of(engine: Engine, run_id: int = 1) -> str:
    with engine.connect() as connection:
        return connection.scalars(select(RUNS.c.process).where(RUNS.c.id == run_id)).one()


def test_a_reused_pid_is_not_taken_for_the_run(engine: Engine) -> None:
    run_id = start_run(engine, "nightly", {})
    pid, start, machine = this_process().split(":", 2)
    change(engine, run_id, process=f"{pid}:{int(start) - 1}:{machine}")
    start_run(engine, "nightly", {})
    assert stored_statuses(engine) == ["died", "running"]


def test_elsewhere_a_run_is_dead_when_its_lease_has_ended(engine: Engine) -> None:
    run_id = start_run(engine, "nightly", {})
    change(engine, run_id, process="7:1:another machine", host="tarn")
    with pytest.raises(LeaseError, match=r"process 7 on tarn.*its lease ends \d{4}-\d\d-\d\d \d\d:\d\d UTC"):
        start_run(engine, "nightly", {})
    assert statuses(engine) == ["running"]
    change(engine, run_id, alive_at=RUNS.c.alive_at)
    with engine.connect() as connection:
        alive_at = connection.scalars(select(RUNS.c.alive_at)).one()
    change(engine, run_id, alive_at=alive_at - lease.LEASE - timedelta(seconds=9))
    assert statuses(engine) == ["died"]
    start_run(engine, "nightly", {})
    assert stored_statuses(engine) == ["died", "running"]


def test_on_its_own_machine_a_process_that_is_there_is_alive_however_long_it_slept(engine: Engine) -> None:
    run_id = start_run(engine, "nightly", {})
    change(engine, run_id, alive_at=RUNS.c.started_at)
    with engine.connect() as connection:
        started_at = connection.scalars(select(RUNS.c.started_at)).one()
    change(engine, run_id, alive_at=started_at - timedelta(days=1))
    with pytest.raises(LeaseError, match="nightly run 1 is at work"):
        start_run(engine, "backfill", {})


def test_a_run_that_was_taken_for_dead_stores_nothing_more(engine: Engine) -> None:
    before = dump_hash(engine)
    with (
        pytest.raises(LeaseError, match="run it again to go on from here"),
        open_run(engine, "nightly", GIVEN) as run_id,
    ):
        change(engine, run_id, status="died")
        write_batch(engine, run_id, archive())
    assert dump_hash(engine) == before
    assert stored_statuses(engine) == ["died"]
    with pytest.raises(LeaseError), open_run(engine, "nightly", GIVEN) as run_id:
        change(engine, run_id, status="died")
    assert stored_statuses(engine) == ["died", "died"]


def test_a_run_gives_signs_of_life_while_a_batch_takes_long(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "BEAT_SECONDS", 0.05)
    with open_run(engine, "nightly", GIVEN) as run_id:
        with engine.connect() as connection:
            first = connection.scalars(select(RUNS.c.alive_at)).one()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            time.sleep(0.2)
            with engine.connect() as connection:
                if connection.scalars(select(RUNS.c.alive_at)).one() > first:
                    break
        else:
            pytest.fail("no sign of life in 20 seconds")
    assert not [thread for thread in threading.enumerate() if thread.name == f"run {run_id}"]


# Who works alone


@pytest.mark.parametrize(
    ("first", "second", "is_held_off"),
    [
        ("nightly", "nightly", True),
        ("backfill", "nightly", True),
        ("nightly", "reprocess", True),
        ("load", "load", False),
        ("load", "nightly", False),
        ("nightly", "retry", False),
    ],
)
def test_one_night_backfill_or_reprocessing_at_a_time(
    engine: Engine, first: str, second: str, is_held_off: bool
) -> None:
    run_id = start_run(engine, first, {})
    if is_held_off:
        with pytest.raises(LeaseError, match=f"{first} run {run_id} is at work on this database") as caught:
            start_run(engine, second, {})
        assert "\n" not in str(caught.value)
        finish_run(engine, run_id, "finished")
    start_run(engine, second, {})


def test_of_many_nights_that_begin_at_once_one_works(engine: Engine, database_url: str) -> None:
    opened, held_off = [], []

    def begin() -> None:
        mine = open_engine(database_url)
        try:
            opened.append(start_run(mine, "nightly", {}))
        except NewsledgerError as error:
            held_off.append(error)
        mine.dispose()

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 1
    assert [type(error) for error in held_off] == [LeaseError] * 5


# Inputs that are not there


def read(engine: Engine, *inputs: str | Path, flow: str = "nightly") -> dict[str, object]:
    """What a night does with its inputs."""
    with open_run(engine, flow, GIVEN) as run_id:
        places = find_reachable(engine, run_id, map(str, inputs))
        load_places(engine, run_id, places, GIVEN)
    return {**read_run(engine, run_id), "problems": read_problems(engine, run_id)}


def test_a_missing_input_stops_no_other_and_comes_back_without_a_trace(
    engine: Engine, tmp_path: Path
) -> None:
    late = tmp_path / "late"
    for _ in range(2):  # the second night tells of it again
        run = read(engine, late, tmp_path / "*.nothing", "s3x://bucket/a", PAGE)
        assert run["status"] == "finished with problems"
        assert run["reasons"][Reason.UNREACHABLE] == 3
        assert [line.partition(": ")[2].startswith(("no such file", "s3x://")) for line in run["problems"]]
        assert len(run["problems"]) == 3
    late.mkdir()
    (late / "page.html").write_bytes(PAGE.read_bytes() + b"<!-- late -->")
    run = read(engine, late, PAGE)
    assert (run["status"], run["problems"]) == ("finished", [])
    assert list(verify(engine)) == []
    with engine.connect() as connection:
        records = TABLES["records"]
        left = select(func.count()).where(records.c.reason == Reason.UNREACHABLE)
        assert connection.scalar(left) == 2


def test_a_night_with_a_late_input_ends_as_one_that_found_all(engine: Engine, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    read(engine, page)
    page.write_bytes(PAGE.read_bytes())
    read(engine, page)
    found = dump_hash(engine)
    migrate(engine, "base")
    migrate(engine)
    read(engine, page)
    assert dump_hash(engine) == found


def test_what_can_t_be_opened_is_tried_each_time(engine: Engine, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "page.html").symlink_to(tmp_path / "gone.html")
    for _ in range(2):
        run = read(engine, inbox)
        assert (run["status"], run["reasons"]) == ("finished with problems", {Reason.UNREACHABLE: 1})
    (tmp_path / "gone.html").write_bytes(PAGE.read_bytes())
    assert read(engine, inbox)["status"] == "finished"
    assert list(verify(engine)) == []


def test_a_folder_that_can_t_be_listed_is_told(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "inbox" / "closed"
    closed.mkdir(parents=True)
    (closed.parent / "page.html").write_bytes(PAGE.read_bytes())
    scandir = os.scandir

    def refusing(path: object) -> object:
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    run = read(engine, closed.parent)
    assert (run["inputs"], run["status"]) == (2, "finished with problems")
    assert run["problems"] == [f"{closed.as_uri()}: it can't be opened"]


def test_a_try_again_in_the_same_run_counts_a_missing_input_once(engine: Engine) -> None:
    with open_run(engine, "nightly", GIVEN) as run_id:
        for _ in range(2):
            find_reachable(engine, run_id, ["/nowhere/at/all"])
    run = read_run(engine, run_id)
    assert (run["rejected"], run["skipped"]) == (1, 1)


def test_migrations_keep_all_runs_both_ways(engine: Engine) -> None:
    for status in ("finished with problems", "died", "interrupted"):
        change(engine, start_run(engine, "load", {}), status=status)
    store(engine, archive(), 4)
    expected = dump_hash(engine)
    migrate(engine, "0005")
    assert stored_statuses(engine) == ["finished", "failed", "interrupted", "finished"]
    migrate(engine)
    start_run(engine, "nightly", {})
    assert stored_statuses(engine) == ["finished", "failed", "interrupted", "finished", "running"]
    assert dump_hash(engine) == expected
