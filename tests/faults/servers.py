"""Postgres goes away: a backend is terminated, the server stops at once, the connection is cut at a COMMIT."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, make_url

from tests.faults import Tally
from tests.faults.loading import Case, Ended, Forked, emptied, load, state
from tests.postgres import Server

_BATCH_SIZE = 8  # more commits to be cut


def _expect(url: str, case: Case, what: str, ended: Ended, tally: Tally) -> None:
    """The run went on or failed with one clear line; the next one completes it."""
    found = load(url, case)
    _, wrong = state(url)
    is_clear = ended.status == 0 or ended.is_one_clear_line
    said = "" if is_clear else f" ({ended.status}: {ended.said[-600:]})"
    tally.expect(what + said, clear=(is_clear, True), dump=(found, case.expected), wrong=(wrong, []))


def terminated_backends(
    url: str, case: Case, folder: Path, count: int, seconds: float, chance: random.Random, tally: Tally
) -> None:
    """Figure 8: all backends of the database are terminated at random moments of a run of `seconds`.

    Only a run that had one is a case.
    """
    done = 0
    while done < count:
        run = Forked(emptied(url), case, folder / "log", batch_size=_BATCH_SIZE)
        run.process.join(chance.uniform(0, seconds))
        terminated = terminate_backends(url)
        ended = run.end()
        if terminated:
            done += 1
            _expect(url, case, f"{terminated} backends terminated", ended, tally)


def terminate_backends(url: str) -> int:
    """End all connections to a database but our own; returns how many there were."""
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).all()
    admin.dispose()
    return len(found)


def stopped_servers(
    server: Server, url: str, case: Case, folder: Path, count: int, seconds: float, chance: random.Random,
    tally: Tally,
) -> None:  # fmt: skip
    """Figure 8: the whole server stops at once and comes back, at random moments of a run of `seconds`.

    Only a run that it broke off is a case.
    """
    done = 0
    while done < count:
        run = Forked(emptied(url), case, folder / "log", batch_size=_BATCH_SIZE)
        run.process.join(chance.uniform(0, seconds))
        server.stop()
        ended = run.end()
        server.start()
        if ended.status != 0:
            done += 1
            _expect(url, case, "server stopped", ended, tally)


def cut_commits(url: str, case: Case, folder: Path, numbers: Sequence[int], tally: Tally) -> None:
    """Figure 8: the connection is cut at COMMITs, before they arrive and before they are answered."""
    for number in numbers:
        for is_done in (False, True):
            with cutting_proxy(url, number, is_done) as proxy:
                run = Forked(proxy.url_of(emptied(url)), case, folder / "log", batch_size=_BATCH_SIZE)
                ended = run.end()
            when = "after" if is_done else "before"
            _expect(url, case, f"cut {when} COMMIT {number}", ended, tally)
            if not proxy.has_cut:
                tally.wrong.append(f"there was no COMMIT {number} to cut")


@dataclass(slots=True)
class Proxy:
    """Passes bytes between clients and a server; cuts one connection at a COMMIT."""

    server: tuple[str, int]
    number: int
    is_done: bool
    listener: socket.socket
    commits: int = 0
    has_cut: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url_of(self, url: str) -> str:
        """The same database by way of this proxy."""
        port = self.listener.getsockname()[1]
        return make_url(url).set(port=port).render_as_string(hide_password=False)

    def serve(self) -> None:
        with suppress(OSError):  # it is closed
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(self.server)
                cut = threading.Event()
                for pump in (self._send, self._answer):
                    threading.Thread(target=pump, args=(client, server, cut), daemon=True).start()

    def _send(self, client: socket.socket, server: socket.socket, cut: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(1 << 16):
                if b"COMMIT\0" in data and self._is_the_one():
                    cut.set()
                    if not self.is_done:
                        break
                server.sendall(data)
        if not cut.is_set() or not self.is_done:
            _close(client, server)

    def _answer(self, client: socket.socket, server: socket.socket, cut: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(1 << 16):
                if cut.is_set():  # the server has done it and says so, but nobody hears it
                    break
                client.sendall(data)
        _close(client, server)

    def _is_the_one(self) -> bool:
        with self.lock:
            self.commits += 1
            self.has_cut = self.has_cut or self.commits == self.number
            return self.commits == self.number


def _close(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


@contextmanager
def cutting_proxy(url: str, number: int, is_done: bool) -> Iterator[Proxy]:
    """A proxy to the URL's server that cuts at COMMIT `number`, from 1; `is_done`: when the server has done it."""
    parsed = make_url(url)
    assert parsed.host and parsed.port
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = Proxy((parsed.host, parsed.port), number, is_done, listener)
        threading.Thread(target=proxy.serve, daemon=True).start()
        yield proxy
        _close(listener)


def seconds_of_a_run(url: str, case: Case, folder: Path) -> float:
    """How long an undisturbed forked run takes."""
    began = time.monotonic()
    Forked(emptied(url), case, folder / "log", batch_size=_BATCH_SIZE).end()
    return time.monotonic() - began
