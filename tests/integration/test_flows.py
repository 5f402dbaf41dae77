"""The flows: they stand on the same pipeline as the command line and give the same dump."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from etl.database import migrate, open_engine, prepare, reading
from etl.errors import LeaseError, ProblemsError, SchemaError
from etl.pipeline import load_partition, open_run
from etl.settings import Settings
from etl.store.ledger import start_run
from etl.verify import dump_hash
from flows import partitions
from flows.backfill import backfill, day_of
from flows.nightly import nightly
from flows.report import as_markdown
from samples import demo

pytestmark = [
    pytest.mark.timeout(600),
    # Prefect's own server and its libraries warn while they run; ours are errors everywhere else.
    pytest.mark.filterwarnings("default"),
]

INBOX = Path(__file__).resolve().parents[2] / "samples" / "inbox"


@pytest.fixture(scope="module")
def prefect_server() -> Iterator[None]:
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=150):
        yield


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The dump of what `newsledger load` makes of the sample inbox."""
    url = f"sqlite:///{tmp_path_factory.mktemp('reference') / 'ledger.db'}"
    engine = open_engine(url)
    prepare(engine)
    settings = Settings(database_url=url, jobs=2)
    with open_run(engine, "load", settings) as run_id:
        load_partition(engine, run_id, [str(INBOX)], settings)
    found = dump_hash(engine)
    engine.dispose()
    return found


@pytest.fixture
def settings_of(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("NEWSLEDGER_DATABASE_URL", database_url)
    monkeypatch.setenv("NEWSLEDGER_INBOX", str(INBOX))
    monkeypatch.setenv("NEWSLEDGER_JOBS", "2")
    monkeypatch.setenv("NEWSLEDGER_BACKFILL_PARTITION", "5")
    return database_url


def test_flows_and_command_line_give_the_same_dump(
    prefect_server: None, settings_of: str, expected: str
) -> None:
    engine = open_engine(settings_of)
    report = nightly()
    assert report["status"] == "finished"
    assert report["inputs"] == report["loaded"] + report["duplicate"] + report["rejected"]
    assert report["articles"] == report["loaded"] > 10
    assert dump_hash(engine) == expected
    again = nightly()
    assert again["skipped"] == again["inputs"] == report["inputs"]
    assert dump_hash(engine) == expected
    migrate(engine, "base")
    filled = backfill([str(INBOX)])
    assert filled["loaded"] == report["loaded"]
    assert dump_hash(engine) == expected
    engine.dispose()


def test_the_demo_answers_as_the_commands_that_it_and_the_readme_print(
    prefect_server: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("PREFECT_HOME", "")  # these three are set by the demo: so they are put back
    monkeypatch.setenv("NEWSLEDGER_DATABASE_URL", "")
    monkeypatch.setenv("NEWSLEDGER_INBOX", "")
    Path("demo").mkdir()
    Path("demo/newsledger.db").write_text("what an earlier demo left")
    demo.main()
    said = capsysbinary.readouterr().out.decode()
    assert re.search(r"inputs +24\n", said)
    printed = COMMAND.findall(said)
    assert len(printed) == len(demo.QUESTIONS) + 1
    monkeypatch.delenv("NEWSLEDGER_DATABASE_URL")
    for command in printed:
        answer = newsledger(command)
        assert len(answer.splitlines()) > 4
        assert answer in said or command == printed[-1]
    for command in COMMAND.findall((INBOX.parents[1] / "README.md").read_text("utf-8")):
        if "demo/newsledger.db" in command:
            assert len(newsledger(command)) > 10


COMMAND = re.compile(r"^    \.venv/bin/newsledger (.*)$", re.M)


def newsledger(arguments: str) -> str:
    """What a command line, copied from a page, prints."""
    command = [sys.executable, "-W", "error", "-m", "flows.cli", *shlex.split(arguments)]
    surroundings = {**os.environ, "PYTHONPATH": str(INBOX.parents[1])}
    return subprocess.run(command, env=surroundings, capture_output=True, check=True).stdout.decode()


def test_the_report_is_an_artifact(prefect_server: None, settings_of: str) -> None:
    from prefect.artifacts import Artifact

    report = backfill([str(INBOX / "courier")], since=date(1990, 1, 1))
    artifact = Artifact.get("newsledger-backfill")
    assert artifact is not None
    assert artifact.data == as_markdown(report)
    assert f"| loaded | {report['loaded']} |" in str(artifact.data)


@pytest.mark.parametrize("name", ["nightly", "backfill"])
def test_a_missing_input_stops_no_other(
    prefect_server: None, settings_of: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    from prefect.artifacts import Artifact

    page = str(INBOX / "courier" / "harbour-section.html")
    with pytest.raises(ProblemsError, match=r"not reached, .*no such file.* /nowhere/to/be/found") as caught:
        {"nightly": nightly, "backfill": backfill}[name](["/nowhere/to/be/found", page])
    report = caught.value.report
    assert report["status"] == "finished with problems"
    assert (report["inputs"], report["reasons"]["unreachable"]) == (2, 1)
    artifact = Artifact.get(f"newsledger-{name}")
    assert artifact is not None
    assert artifact.data == as_markdown(report)
    assert "- file:///nowhere/to/be/found: no such file" in str(artifact.data)
    said = caplog.text
    assert "Traceback" not in said
    assert "Retry" not in said


def test_folders_and_days_that_hold_nothing_say_so(
    prefect_server: None, settings_of: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert nightly([str(empty)])["inputs"] == 0
    assert backfill([str(INBOX)], date(1980, 1, 1), date(1980, 12, 31))["inputs"] == 0
    said = caplog.text
    assert f"{empty} holds no file" in said
    assert f"{INBOX} holds no file of 1980-01-01 to 1980-12-31" in said


def test_a_second_night_is_held_off_with_a_line_and_an_artifact(
    prefect_server: None, settings_of: str, caplog: pytest.LogCaptureFixture
) -> None:
    from prefect.artifacts import Artifact

    engine = open_engine(settings_of)
    start_run(engine, "backfill", {})
    with pytest.raises(LeaseError, match="backfill run 1 is at work on this database"):
        nightly([str(INBOX)])
    artifact = Artifact.get("newsledger-nightly")
    assert "backfill run 1 is at work" in str(artifact and artifact.data)
    assert "Traceback" not in caplog.text
    engine.dispose()


def test_what_can_t_succeed_is_not_tried_again(
    prefect_server: None,
    settings_of: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries = []

    def load(*_: object) -> None:
        tries.append(1)
        raise SchemaError("the database is at revision 0003: run `newsledger db upgrade`")

    monkeypatch.setattr(partitions, "load_places", load)
    with pytest.raises(SchemaError):
        nightly([str(INBOX)])
    assert len(tries) == 1
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/archive/2024/01/31/page.html", date(2024, 1, 31)),
        ("/archive/2023-12-01/2024-02-29.jsonl", date(2024, 2, 29)),
        ("/archive/crawl-20240315-00.jsonl", date(2024, 3, 15)),
    ],
)
def test_a_file_s_day_stands_in_its_path(path: str, day: date) -> None:
    assert day_of(path) == day


def test_else_it_is_the_day_of_its_last_change(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>")
    os.utime(page, (1_700_000_000, 1_700_000_000))
    assert day_of(str(page)) == date(2023, 11, 14)


def test_serve_runs_the_nights_of_its_schedule(settings_of: str, tmp_path: Path) -> None:
    surroundings = {key: value for key, value in os.environ.items() if key != "PREFECT_API_URL"}
    surroundings |= {"NEWSLEDGER_NIGHTLY_CRON": "* * * * *", "PREFECT_HOME": str(tmp_path / "prefect")}
    command = [sys.executable, "-m", "flows.cli", "serve"]
    prepare(engine := open_engine(settings_of))
    with (tmp_path / "said").open("w") as said:
        served = subprocess.Popen(command, env=surroundings, stderr=said, start_new_session=True)
    try:
        deadline = time.monotonic() + 240
        while not _finished_nights(engine) and served.poll() is None and time.monotonic() < deadline:
            time.sleep(1)
        served.terminate()
        status = served.wait(60)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(served.pid, signal.SIGKILL)
        served.wait()
    told = (tmp_path / "said").read_text()
    assert _finished_nights(engine) >= 1, told
    assert status == 0
    assert "RuntimeWarning" not in told
    assert "Traceback" not in told
    engine.dispose()


def test_a_wrong_cron_line_is_refused_with_a_sentence() -> None:
    surroundings = {**os.environ, "NEWSLEDGER_NIGHTLY_CRON": "61 3 * *"}
    command = [sys.executable, "-m", "flows.cli", "serve"]
    served = subprocess.run(
        command, env=surroundings, capture_output=True, text=True, check=False, timeout=120
    )
    assert served.returncode == 2
    assert served.stderr.startswith("newsledger: setting nightly_cron: '61 3 * *' is no cron line")
    assert served.stderr.count("\n") == 1


def _finished_nights(engine: Engine) -> int:
    with reading(engine) as connection:
        query = "select count(*) from runs where flow = 'nightly' and status = 'finished' and loaded > 0"
        return connection.execute(text(query)).scalar_one()
