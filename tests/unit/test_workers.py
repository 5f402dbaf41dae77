from __future__ import annotations

import functools
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import wait
from pathlib import Path

import pytest

from etl.errors import ModelError, NewsledgerError
from etl.records import Reason
from etl.workers import Limits, run_in_order

LIMITS = Limits(seconds=1.5, memory=4 * 2**30)


def work(item: object) -> object:
    match item:
        case "stall":
            time.sleep(60)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "raise":
            raise ValueError("a parser's bug")
        case "swallow":
            return len(bytearray(2**40))
        case float():
            time.sleep(item)
    return ("done", item)


def failed(item: object, reason: Reason, detail: str) -> object:
    return (reason, item)


def run(batches: list[list[object]], jobs: int = 2) -> list[list[object]]:
    return list(run_in_order(batches, work, failed, jobs, LIMITS))


def test_results_come_in_the_order_of_the_batches() -> None:
    batches: list[list[object]] = [[0.5, 1], [2], [], [3, 4, 5], [6]]
    assert run(batches) == [[("done", item) for item in batch] for batch in batches]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("stall", Reason.TIME_LIMIT),
        ("die", Reason.WORKER_DIED),
        ("segfault", Reason.WORKER_DIED),
        ("raise", Reason.INTERNAL_ERROR),
        ("swallow", Reason.MEMORY_LIMIT),
    ],
)
def test_an_item_that_breaks_its_worker_fails_alone(item: str, reason: Reason) -> None:
    batches: list[list[object]] = [["a", item, "b"], ["c"], [item], ["d", item]]
    fate = (reason, item)
    assert run(batches) == [
        [("done", "a"), fate, ("done", "b")],
        [("done", "c")],
        [fate],
        [("done", "d"), fate],
    ]


def test_one_job_has_the_same_limits() -> None:
    assert run([["a", "die", "raise"]], jobs=1) == [
        [("done", "a"), (Reason.WORKER_DIED, "die"), (Reason.INTERNAL_ERROR, "raise")]
    ]


def test_without_jobs_the_work_is_done_here_and_an_error_is_not_caught() -> None:
    seen: list[object] = []

    def noted(item: object) -> tuple[object, int]:  # no worker could unpickle it
        if item == "raise":
            raise ValueError("a parser's bug")
        seen.append(item)
        return item, os.getpid()

    here = os.getpid()
    results = run_in_order([["a", "b"], [], ["c", "raise"]], noted, failed, 0, LIMITS)
    assert next(results) == [("a", here), ("b", here)]
    assert next(results) == []
    assert seen == ["a", "b"]
    with pytest.raises(ValueError, match="a parser's bug"):
        next(results)


def break_first_worker(marker: Path) -> object:
    """Dies in the first worker that tries, as one does that someone kills."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def test_a_worker_killed_from_outside_costs_no_item(tmp_path: Path) -> None:
    markers = [[tmp_path / "a"], [tmp_path / "b", tmp_path / "c"]]
    results = run_in_order(markers, break_first_worker, failed, 2, LIMITS)
    assert list(results) == [["done"], ["done", "done"]]


def swallow_what_is_left(item: str) -> object:
    """Needs more memory than an earlier item has left."""
    _LEFT.append(bytearray(7 * 2**28))
    return "done"


_LEFT: list[bytearray] = []


def test_an_item_does_not_pay_for_the_memory_of_another() -> None:
    limits = Limits(
        seconds=30, memory=3 * 2**30
    )  # one item and all that a fork server may have imported, not two
    assert list(run_in_order([["a", "b", "c"]], swallow_what_is_left, failed, 1, limits)) == [["done"] * 3]


def stall_and_die(_: object) -> object:
    time.sleep(1)
    os.kill(os.getpid(), signal.SIGKILL)


def test_all_tries_of_an_item_share_its_time() -> None:
    [[fate]] = run_in_order([["slow"]], stall_and_die, failed, 1, LIMITS)
    assert fate == (Reason.TIME_LIMIT, "slow")


def test_a_stalled_worker_ends_by_itself() -> None:
    results = run_in_order([["a"], ["stall"]], work, failed, 2, LIMITS)
    next(results)  # and nothing more is asked, as by a parent that was killed
    sentinels = {process.sentinel: process for process in multiprocessing.active_children()}
    [ended] = wait(list(sentinels), timeout=60)
    assert sentinels[ended].exitcode == -signal.SIGALRM
    assert list(results) == [[(Reason.TIME_LIMIT, "stall")]]


def test_only_a_few_batches_are_read_ahead() -> None:
    taken = 0

    def batches() -> Iterator[list[object]]:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield [number]

    results = run_in_order(batches(), work, failed, 2, LIMITS)
    next(results)
    assert taken < 10
    assert len(list(results)) == 49


def test_workers_warm_up_with_a_page_that_is_read_to_the_end() -> None:
    # Here, since every worker imports this module.
    from etl.pipeline import FIRST_PAGE, read_page
    from etl.records import RawPage, Reading

    result, _ = read_page(RawPage("", "", FIRST_PAGE.encode(), "text/html"))
    assert isinstance(result, Reading)
    assert result.annotations.claims


def die_twice_while_starting(folder: Path) -> None:
    if len(list(folder.iterdir())) < 2:
        tempfile.mkstemp(dir=folder)
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_killed_while_it_starts_is_started_again(tmp_path: Path) -> None:
    prepare = functools.partial(die_twice_while_starting, tmp_path)
    assert list(run_in_order([["a"]], work, failed, 1, LIMITS, prepare)) == [[("done", "a")]]


def no_start() -> None:
    raise AssertionError("can't be unpickled")


def refuse_to_start() -> None:
    raise ModelError("the weights are of another time")


def test_what_is_wrong_with_the_installation_is_told_as_it_is() -> None:
    with pytest.raises(ModelError, match="of another time"):
        list(run_in_order([["a"]], work, failed, 2, LIMITS, refuse_to_start))


class Unpicklable:
    def __reduce__(self) -> tuple[object, ...]:
        return no_start, ()

    def __call__(self, item: object) -> object:
        return item


def test_a_worker_that_cannot_start_is_an_error_and_no_page_is_blamed() -> None:
    with pytest.raises(NewsledgerError, match="could not start"):
        list(run_in_order([["a"]], Unpicklable(), failed, 2, LIMITS))
