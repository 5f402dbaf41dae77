"""Which process a run is at work in, and whether it is still there."""

from __future__ import annotations

import functools
import os
import socket
import subprocess
from contextlib import suppress
from pathlib import Path


def this_process() -> str:
    """This process among all that were and will be: "PID:START:MACHINE".

    START tells it from a later process with the same PID; MACHINE, the boot and the PID namespace on Linux, from
    processes elsewhere and in other containers.
    """
    return f"{os.getpid()}:{_start_of(os.getpid())}:{_machine()}"


def is_running(process: str) -> bool | None:
    """Whether a process is still there; None where that can't be seen from here."""
    pid, start, machine = process.split(":", 2)
    return _start_of(int(pid)) == start if machine == _machine() else None


@functools.cache
def _machine() -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}:{Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return socket.gethostname()


def _start_of(pid: int) -> str | None:
    """When a process began, in the kernel's own words; None if there is none, or a zombie.

    Linux counts from the boot, so that no clock that is set moves it.
    """
    if Path("/proc/self/stat").exists():
        with suppress(OSError):
            fields = (
                Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
            )
            state, start = fields.split()[0], fields.split()[19]
            return start if state not in "ZX" else None
        return None
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    told = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    state, _, start = told.stdout.strip().partition(" ")
    return " ".join(start.split()).replace(":", ".") if start and not state.startswith("Z") else None
