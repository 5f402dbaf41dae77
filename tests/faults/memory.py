"""The memory of a load as a user starts it, parent and workers together."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from tests.faults.deaths import descendants
from tests.faults.loading import started


def peak_memory(url: str, inputs: Path, every: float = 0.5) -> int:
    """The most bytes that a load and all processes below it held at once; shared pages count once.

    Raises:
        RuntimeError: the load failed.
    """
    process = started(url, [str(inputs)])
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_proportional_size, [process.pid, *descendants(process.pid)])))
        time.sleep(every)
    _, said = process.communicate()
    if process.returncode:
        raise RuntimeError(said)
    return peak


def _proportional_size(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) << 10
    return 0
