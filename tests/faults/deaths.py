"""The loading process dies: at each statement and COMMIT, or by kill -9 at any moment."""

from __future__ import annotations

import functools
import itertools
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from etl.records import Reason
from tests.faults import Tally
from tests.faults.loading import SECONDS, Case, Forked, emptied, load, reasons, started, state

DIED = 77


def watch_steps(step: Callable[[str], None]) -> None:
    """Call `step` before each statement (executemany and COPY are one), and before and after each COMMIT.

    After a statement is before the next one: nothing reaches the database between them.
    """

    @event.listens_for(Engine, "before_cursor_execute")
    def _before(_c: object, _u: object, statement: str, *_: object) -> None:
        step(" ".join(statement.split())[:80])

    commit, copy = DefaultDialect.do_commit, psycopg.Cursor.copy

    def watched_commit(self: DefaultDialect, connection: Any) -> None:
        step("before COMMIT")
        commit(self, connection)
        step("after COMMIT")

    @contextmanager
    def watched_copy(self: Any, statement: Any, *arguments: Any) -> Iterator[Any]:
        step(str(statement))
        with copy(self, statement, *arguments) as stream:
            yield stream
        step(f"after {statement}")

    DefaultDialect.do_commit = watched_commit  # type: ignore[method-assign]
    psycopg.Cursor.copy = watched_copy  # type: ignore[method-assign, assignment]


def list_steps(to: Path) -> None:
    """Write down each step of this process."""
    stream = to.open("w", encoding="utf-8", buffering=1)
    watch_steps(lambda name: print(name, file=stream))


def die_at(number: int) -> None:
    """End this process at its step of that number, without any cleaning up."""
    numbers = itertools.count()
    watch_steps(lambda _: os._exit(DIED) if next(numbers) == number else None)


def steps_of(url: str, case: Case, folder: Path, batch_size: int) -> list[str]:
    """The steps of an undisturbed load into an empty database, migrations included."""
    to = folder / "steps"
    Forked(emptied(url), case, folder / "log", functools.partial(list_steps, to), batch_size).end()
    return to.read_text(encoding="utf-8").splitlines()


def died_at_steps(
    url: str, case: Case, folder: Path, numbers: Sequence[int], tally: Tally, batch_size: int = 32
) -> None:
    """Figure 1: the process dies at a step; a second load gives the dump of an undisturbed one."""
    for number in numbers:
        hook = functools.partial(die_at, number)
        ended = Forked(emptied(url), case, folder / "log", hook, batch_size).end()
        found = load(url, case)
        tally.expect(f"{url} step {number}", status=(ended.status, DIED), dump=(found, case.expected))


def killed_parents(
    url: str, case: Case, kills: int, seconds: float, chance: random.Random, tally: Tally
) -> None:
    """Figure 2: kill -9 of the parent within the `seconds` of a whole run; the next load completes it.

    The moments are spread over the whole run. Only a run that was still going on is a case.
    """
    done = 0
    while done < kills:
        process = started(emptied(url), case.inputs, NEWSLEDGER_BATCH_SIZE="4")
        moment = seconds * (done + chance.random()) / kills
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=moment)
        below = descendants(process.pid)
        process.kill()
        process.communicate()
        if process.returncode == 0:  # it was faster than the one that was measured
            seconds *= 0.95
            continue
        done += 1
        orphans = _still_running(below, within=10)
        found = load(url, case)
        _, wrong = state(url)
        tally.expect(
            f"{url} parent killed after {moment:.2f} s",
            status=(process.returncode, -signal.SIGKILL), orphans=(orphans, []),
            dump=(found, case.expected), wrong=(wrong, []),
        )  # fmt: skip


def killed_workers(
    url: str, case: Case, kills: int, every: float, chance: random.Random, tally: Tally
) -> None:
    """Figure 2: kill -9 of the processes below the parent, again and again while it runs; it never minds."""
    left = kills
    while left:
        process = started(emptied(url), case.inputs, NEWSLEDGER_BATCH_SIZE="4")
        killed = 0
        while process.poll() is None and killed < left:
            with suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0, 2 * every))
            killed += _kill_one(descendants(process.pid), chance)
        _, said = process.communicate(timeout=SECONDS)
        found, wrong = state(url)
        left -= killed
        if not killed:  # it was over before
            every /= 2
            continue
        tally.cases += killed - 1
        tally.expect(
            f"{url} {killed} workers killed ({said.strip()[-200:]})",
            status=(process.returncode, 0), blamed=(reasons(url).get(Reason.WORKER_DIED, 0), 0),
            dump=(found, case.expected), wrong=(wrong, []),
        )  # fmt: skip


def _kill_one(pids: Sequence[int], chance: random.Random) -> bool:
    """Kill -9 one of the processes; whether there was one."""
    running = [pid for pid in pids if _is_running(pid)]
    if running:
        with suppress(ProcessLookupError):
            os.kill(chance.choice(running), signal.SIGKILL)
            return True
    return False


def descendants(pid: int) -> list[int]:
    """The processes below one, as Linux tells them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            found.append((parent, int(path.parent.name)))
    below = {pid}
    for _ in range(3):  # the parent, the server that forks, its workers
        below |= {child for parent, child in found if parent in below}
    return sorted(below - {pid})


def _still_running(pids: Sequence[int], within: float) -> list[int]:
    """Those of the processes that have not ended within some seconds."""
    deadline = time.monotonic() + within
    while (left := [pid for pid in pids if _is_running(pid)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def _is_running(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def seconds_of_a_run(url: str, case: Case) -> float:
    """How long an undisturbed run takes as a user starts it."""
    began = time.monotonic()
    started(emptied(url), case.inputs, NEWSLEDGER_BATCH_SIZE="4").communicate()
    return time.monotonic() - began
