"""`newsledger serve`: the nightly flow by its schedule, with a Prefect server of its own where none is named."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from prefect.client.schemas.schedules import CronSchedule
from prefect.runner import Runner
from prefect.settings import PREFECT_API_URL, temporary_settings

from etl.errors import NewsledgerError, UsageError
from etl.settings import Settings
from flows.nightly import nightly

START_SECONDS = 150
STOP_SECONDS = 10


def serve_nightly(settings: Settings) -> None:
    """Run the nightly flow by the settings' cron line until interrupted or asked to end (SIGTERM).

    Raises:
        UsageError: the cron line is none.
        NewsledgerError: the Prefect server did not start.
    """
    try:
        CronSchedule(cron=settings.nightly_cron)
    except ValueError:
        raise UsageError(
            f"setting nightly_cron: {settings.nightly_cron!r} is no cron line; five fields are, such as"
            " 0 3 * * * for each night at three"
        ) from None
    with suppress(KeyboardInterrupt), _scheduler():
        runner = NightlyRunner(name="nightly", limit=1)
        runner.add_flow(nightly, name="nightly", cron=settings.nightly_cron)
        print(
            f"newsledger: the nightly flow is served, {settings.nightly_cron} UTC",
            file=sys.stderr,
            flush=True,
        )
        asyncio.run(runner.serve())


class NightlyRunner(Runner):
    """Ends at SIGTERM by cancelling its task, which waits for all it began; Prefect's own leaves a coroutine behind."""

    async def serve(self) -> None:
        self.serving = asyncio.create_task(self.start())
        with suppress(asyncio.CancelledError):
            await self.serving

    def handle_sigterm(self, *args: Any, **kwargs: Any) -> None:
        self.serving.get_loop().call_soon_threadsafe(self.serving.cancel)


@contextmanager
def _scheduler() -> Iterator[None]:
    """The server of PREFECT_API_URL; without one a server here, since Prefect's ephemeral one has no scheduler."""
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api/health", server)
        with temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{port}/api"}):
            yield
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:  # it waits for its clients, of which this process is one
            server.kill()
            server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise NewsledgerError("the Prefect server did not start; name a running one with PREFECT_API_URL")
