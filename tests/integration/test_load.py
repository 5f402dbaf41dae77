"""`newsledger load` as a user runs it: books, wrong usage, interruption, kill -9, retry."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl import pipeline
from etl.database import head_revision, migrate, open_engine, prepare
from etl.pipeline import load_partition, open_run
from etl.records import Annotations, Article
from etl.retry import retry_rejected
from etl.settings import Settings
from etl.store.ledger import read_status
from etl.verify import dump_hash, verify
from tests.faults.repetition import forget_added

INBOX = Path(__file__).resolve().parents[2] / "samples" / "inbox"


def command(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "flows.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
        cwd=INBOX.parents[1],
    )


def newsledger(*arguments: str, status: int = 0, **environment: str) -> tuple[str, str]:
    process = command(*arguments, **environment)
    out, err = process.communicate(timeout=120)
    assert process.returncode == status, err
    return out, err


def load(url: str, *inputs: str | Path, **changes: object) -> str:
    """Load in this process's pipeline; returns the dump's hash."""
    engine = open_engine(url)
    prepare(engine)
    given = Settings(database_url=url, **{"jobs": 1, **changes})
    with open_run(engine, "load", given) as run_id:
        load_partition(engine, run_id, [str(item) for item in inputs], given)
    found = dump_hash(engine)
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> str:
    return load(f"sqlite:///{tmp_path_factory.mktemp('reference') / 'ledger.db'}", INBOX)


def test_the_report_balances_and_nothing_else_is_on_stdout(empty_url: str, expected: str) -> None:
    out, _ = newsledger("load", str(INBOX), "--db", empty_url, "--jobs", "2", "--json")
    report = json.loads(out)
    assert report["status"] == "finished"
    assert report["inputs"] == sum(report[fate] for fate in ("loaded", "duplicate", "rejected", "skipped"))
    assert report["articles"] == report["loaded"]
    assert sum(report["reasons"].values()) == report["inputs"] - report["loaded"]
    out, _ = newsledger("verify", "--db", empty_url, "--dump-hash")
    assert out.split() == ["0", "problems", expected]
    again = json.loads(newsledger("load", str(INBOX), "--db", empty_url, "--json")[0])
    assert again["skipped"] == again["inputs"] == report["inputs"]
    assert newsledger("verify", "--db", empty_url, "--dump-hash")[0].split()[-1] == expected


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(), batch_size=st.integers(1, 9), jobs=st.sampled_from([0, 1, 2, 3]))
def test_order_batches_and_jobs_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, expected: str, seed: int, batch_size: int, jobs: int
) -> None:
    files = sorted(path for path in INBOX.rglob("*") if path.is_file())
    random.Random(seed).shuffle(files)
    url = f"sqlite:///{tmp_path_factory.mktemp('shuffled') / 'ledger.db'}"
    assert load(url, *files, batch_size=batch_size, jobs=jobs) == expected


def test_without_workers_a_patch_and_an_error_reach_who_debugs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def annotate(articles: Sequence[Article]) -> list[Annotations]:
        raise ZeroDivisionError(articles[0].headline)

    monkeypatch.setattr(pipeline, "annotate", annotate)
    page = INBOX / "courier" / "quay-collapse.html"
    with pytest.raises(ZeroDivisionError, match="quay"):
        load(f"sqlite:///{tmp_path / 'ledger.db'}", page, jobs=0)


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("load", "nowhere.html"), 2, "no such file"),
        (("load", "README.md", "--db", "mysql://host/db"), 2, "sqlite:/// or postgresql://"),
        (("load", "README.md", "--jobs", "257"), 2, "setting jobs"),
        (("query", "who_said_what", "--db", "sqlite:///nowhere.db"), 2, "no database at nowhere.db"),
        (("query", "--format", "xlsx"), 2, "--format"),
        (("load",), 2, "Missing argument"),
        (("load", "README.md", "--db", "postgresql://nobody@127.0.0.1:1/none"), 1, "database:"),
    ],
)
def test_wrong_usage_ends_with_one_line(arguments: tuple[str, ...], status: int, says: str) -> None:
    out, err = newsledger(*arguments, status=status)
    assert out == ""
    assert says in err
    assert "Traceback" not in err


def test_an_older_database_is_refused_with_the_way_out(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine, "0001")
    engine.dispose()
    _, err = newsledger("load", str(INBOX), "--db", empty_url, status=2)
    assert "newsledger db upgrade" in err
    newsledger("db", "upgrade", "--db", empty_url)
    newsledger("status", "--db", empty_url)


def test_migrations_keep_all_rows_of_a_populated_database(empty_url: str, expected: str) -> None:
    assert load(empty_url, INBOX) == expected
    forget_added(empty_url)
    kept = newsledger("verify", "--db", empty_url, "--dump-hash")[0].split()[-1]
    newsledger("db", "downgrade", "0001", "--db", empty_url)
    newsledger("db", "upgrade", "--db", empty_url)
    assert newsledger("db", "current", "--db", empty_url)[0].strip() == head_revision()
    assert newsledger("verify", "--db", empty_url, "--dump-hash")[0].split()[-1] == kept


def wait_for_rows(url: str, process: subprocess.Popen[str]) -> None:
    """Wait until the run has begun to write."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        engine = open_engine(url)
        try:
            if read_status(engine, 1)["records"]:
                return
        except Exception:
            time.sleep(0.05)
        finally:
            engine.dispose()
    assert process.poll() is not None, "nothing was written in a minute"


def test_ctrl_c_ends_a_run_as_interrupted_and_the_next_goes_on(empty_url: str, expected: str) -> None:
    process = command("load", str(INBOX), "--db", empty_url, "--json", NEWSLEDGER_BATCH_SIZE="1")
    wait_for_rows(empty_url, process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    report = json.loads(out)
    if process.returncode:
        assert process.returncode == 1
        assert report["status"] == "interrupted"
        assert "run it again" in err
        assert "Traceback" not in err
    assert load(empty_url, INBOX) == expected


def test_killed_at_any_moment_a_second_run_gives_the_same_dump(empty_url: str, expected: str) -> None:
    chance = random.Random(7)
    for _ in range(3):
        process = command("load", str(INBOX), "--db", empty_url, NEWSLEDGER_BATCH_SIZE="1")
        try:
            process.communicate(timeout=chance.uniform(1.0, 4.0))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
    assert load(empty_url, INBOX) == expected
    engine = open_engine(empty_url)
    assert list(verify(engine)) == []
    engine.dispose()


def test_retry_gives_a_mended_input_its_article(tmp_path: Path, empty_url: str) -> None:
    whole = (INBOX / "courier" / "quay-collapse.html").read_bytes()
    limit = {"record_size": 100}
    page = tmp_path / "inbox" / "page.html"
    page.parent.mkdir()
    page.write_bytes(whole)
    load(empty_url, page.parent, **limit)
    out, _ = newsledger("rejects", "--db", empty_url)
    assert out.startswith("too_large\t")
    report = json.loads(newsledger("retry", "--db", empty_url, "--json")[0])
    assert (report["loaded"], report["rejected"]) == (1, 0)
    retried = newsledger("verify", "--db", empty_url, "--dump-hash")[0].split()[-1]
    fresh = f"sqlite:///{tmp_path / 'fresh.db'}"
    assert load(fresh, page) == retried


def test_rejects_are_exported_with_their_bytes(tmp_path: Path, empty_url: str) -> None:
    load(empty_url, INBOX)
    newsledger("rejects", "--export", str(tmp_path / "out"), "--db", empty_url)
    rows = (tmp_path / "out" / "rejects.csv").read_text(encoding="utf-8").splitlines()
    rejected = json.loads(newsledger("status", "--json", "--db", empty_url)[0])["records"]["rejected"]
    assert len(rows) == 1 + rejected
    exported = {path.read_bytes() for path in (tmp_path / "out").glob("*.html")}
    assert (INBOX / "courier" / "harbour-section.html").read_bytes() in exported


def test_jsonl_lines_have_their_own_fates(tmp_path: Path, empty_url: str) -> None:
    text = (INBOX / "meridian").glob("*.txt")
    dump = next(iter(sorted(text))).read_text(encoding="utf-8")
    lines = [
        json.dumps(
            {"url": "https://meridian.example/a", "text": dump, "captured_at": "2024-06-01T10:00:00Z"}
        ),
        "{broken",
        "",
        json.dumps({"url": "https://meridian.example/b"}),
        json.dumps({"text": dump, "captured_at": "yesterday"}),
        json.dumps({"text": "\ud800\u0000 too short"}),
    ]
    with gzip.open(tmp_path / "crawl.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write("\n".join(lines))
    out, _ = newsledger("load", str(tmp_path / "crawl.jsonl.gz"), "--db", empty_url, "--json")
    report = json.loads(out)
    assert (report["inputs"], report["loaded"], report["rejected"]) == (5, 1, 4)
    assert report["reasons"]["malformed_record"] == 3
    out, _ = newsledger("query", "coverage_by_publisher", "--format", "jsonl", "--db", empty_url)
    assert "meridian.example" in out
    asked = ("query", "coverage_by_publisher", "--format", "jsonl", "--db", empty_url, "--columns")
    out, _ = newsledger(*asked, "claims, publisher")
    assert list(json.loads(out.splitlines()[0])) == ["claims", "publisher"]
    _, err = newsledger(*asked, "publisher,claim", status=2)
    assert "no column 'claim'; there are: publisher, articles," in err


def test_progress_tells_how_far_a_load_a_retry_and_a_proof_are(empty_url: str, tmp_path: Path) -> None:
    archive = tmp_path / "pages.tar"
    with tarfile.open(archive, "w") as tar:
        tar.add(INBOX, arcname="pages")
    engine = open_engine(empty_url)
    prepare(engine)
    given = Settings(database_url=empty_url, jobs=1, batch_size=4)
    loaded: list[tuple[int, float | None]] = []
    with open_run(engine, "load", given) as run_id:
        load_partition(
            engine, run_id, [str(archive)], given, lambda books, share: loaded.append((books.inputs, share))
        )
    shares = [share for _, share in loaded if share is not None]
    assert len(shares) == len(loaded) > 3
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] == 1  # a single file counts as far as it is read
    retried: list[float | None] = []
    with open_run(engine, "retry", given) as run_id:
        retry_rejected(engine, run_id, given, progress=lambda _, share: retried.append(share))
    assert retried[-1] == 1
    proved: list[float] = []
    assert list(verify(engine, lambda _, share: proved.append(share))) == []
    assert proved == sorted(proved)
    assert proved[-1] == 1
    engine.dispose()
