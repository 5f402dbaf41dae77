"""The command line. Exit status: 0 done, 1 failed, with problems or found wrong, 2 wrong usage or settings."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from etl.database import current_revision, migrate, open_engine, prepare, reading, require_head
from etl.errors import NewsledgerError, ProblemsError, SchemaError, UsageError
from etl.records import Books
from etl.settings import Settings, read_settings

app = typer.Typer(
    name="newsledger",
    help="A ledger of what the news said: raw pages in; articles, entities and claims out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The database's schema.", no_args_is_help=True)
app.add_typer(db, name="db")

Inputs = Annotated[list[str], typer.Argument(help="Files, folders, globs, addresses; several at once.")]
Database = Annotated[
    str | None,
    typer.Option(
        "--db", help="sqlite:/// or postgresql:// URL; else $NEWSLEDGER_DATABASE_URL, else newsledger.db."
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(help="Worker processes; default: the cores. 0, to debug: in this process, without limits."),
]
AsJson = Annotated[bool, typer.Option("--json", help="The report as one JSON object on stdout.")]
ReasonOption = Annotated[str | None, typer.Option(help="Only records rejected for this reason.")]
Progress = Callable[[Books, float | None], None]
Stage = Callable[[Engine, int, Settings, Progress], None]

FORMATS = ("table", "csv", "jsonl", "parquet")


@app.command()
def load(
    inputs: Inputs,
    map: Annotated[list[str] | None, typer.Option(help="A column by its name here: url=link.")] = None,
    database: Database = None,
    jobs: Jobs = None,
    as_json: AsJson = False,
) -> None:
    """Load pages: each input record gets exactly one fate, and what the ledger has is passed over."""
    from etl.load import find_places
    from etl.pipeline import load_partition

    for given in inputs:  # a wrong one is refused before a run is opened
        if not any(True for _ in find_places([given])):
            print(f"newsledger: {given} holds no file", file=sys.stderr)
    columns = dict(_key_value(pair, "--map") for pair in map) if map else None

    def stage(engine: Engine, run_id: int, settings: Settings, progress: Progress) -> None:
        load_partition(engine, run_id, inputs, settings, progress)

    _run("load", stage, as_json, read_settings(database_url=database, jobs=jobs, columns=columns))


@app.command()
def retry(
    reason: ReasonOption = None, database: Database = None, jobs: Jobs = None, as_json: AsJson = False
) -> None:
    """Give rejected records another try, after a fix or with a newer version."""
    from etl.retry import retry_rejected

    def stage(engine: Engine, run_id: int, settings: Settings, progress: Progress) -> None:
        retry_rejected(engine, run_id, settings, reason, progress)

    _run("retry", stage, as_json, read_settings(database_url=database, jobs=jobs))


def _run(flow: str, stage: Stage, as_json: bool, settings: Settings) -> None:
    """One run on the command line: progress on stderr, nothing but the report on stdout."""
    from flows.console import shown_books
    from flows.report import reported_run

    values: dict[str, Any] = {}
    try:
        with _engine(settings.database_url) as engine:
            prepare(engine)
            with reported_run(engine, flow, settings) as report, shown_books(flow) as progress:
                values = report.values
                stage(engine, report.run_id, settings, progress)
    finally:
        if values:
            _print_report(values, as_json)


@app.command()
def nightly(
    inputs: Annotated[list[str] | None, typer.Argument(help="Instead of the settings' inbox.")] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Load what is new in the inbox, as a Prefect flow."""
    _use(database)
    from flows.nightly import nightly as flow

    _run_flow(lambda: flow(inputs or None), as_json)


@app.command()
def backfill(
    inputs: Inputs,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day.")] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Load an archive in partitions, as a Prefect flow. A file's day is in its path, else its change's."""
    _use(database)
    from flows.backfill import backfill as flow

    days = (day.date() if day else None for day in (since, until))
    _run_flow(lambda: flow(inputs, *days), as_json)


@app.command()
def serve(database: Database = None) -> None:
    """Keep running and start the nightly flow by its schedule ($NEWSLEDGER_NIGHTLY_CRON)."""
    settings = _use(database)
    from flows.serve import serve_nightly

    serve_nightly(settings)


def _use(database: str | None) -> Settings:
    """Settings for a flow: its tasks read them from the environment, so that no password is a parameter."""
    if database is not None:
        os.environ["NEWSLEDGER_DATABASE_URL"] = database
    return read_settings()


def _run_flow(flow: Callable[[], dict[str, Any]], as_json: bool) -> None:
    try:
        _print_report(flow(), as_json)
    except ProblemsError as error:
        _print_report(error.report, as_json)
        raise


def _print_report(values: dict[str, Any], as_json: bool) -> None:
    from flows.report import as_text

    print(json.dumps(values) if as_json else as_text(values))


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(help="A question; without it: the list of them.")] = None,
    param: Annotated[list[str] | None, typer.Option(help="A parameter: key=value.")] = None,
    columns: Annotated[
        str | None, typer.Option(help="Only these, in this order: published_on,claim.")
    ] = None,
    format: Annotated[str, typer.Option(help="table, csv, jsonl or parquet.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    database: Database = None,
) -> None:
    """Answer a question of sql/."""
    from etl.queries import list_questions, run_question
    from flows.export import write_frame

    if format not in FORMATS:
        raise UsageError(f"--format must be one of {', '.join(FORMATS)}")
    if name is None:
        for question in list_questions():
            print(f"{question.name:<24}{question.summary}")
            for parameter in question.parameters:
                default = "required" if parameter.is_required else f"default {parameter.default or 'none'}"
                print(f"    {parameter.name:<20}{parameter.meaning} ({default})")
        return
    params = dict(_key_value(pair, "--param") for pair in param or [])
    with _existing(database) as engine, reading(engine) as connection:
        frame = run_question(connection, name, params)
    if columns is not None:
        frame = frame[_known_columns(columns, list(frame.columns))]
    write_frame(frame, format, output)


def _known_columns(given: str, there: list[str]) -> list[str]:
    chosen = [name.strip() for name in given.split(",")]
    for name in chosen:
        if name not in there:
            raise UsageError(f"--columns: no column {name!r}; there are: {', '.join(there)}")
    return chosen


def _key_value(pair: str, option: str) -> tuple[str, str]:
    key, separator, value = pair.partition("=")
    if not separator:
        raise UsageError(f"{option} takes key=value, not {pair!r}")
    return key, value


@app.command()
def status(database: Database = None, as_json: AsJson = False) -> None:
    """What the ledger holds: sources, records by fate and reason, the last runs."""
    from etl.store.ledger import count_rows, read_status

    tables = ("pages", "articles", "entities", "mentions", "claims", "quantities", "times")
    with _existing(database) as engine:
        found = {**read_status(engine, runs_shown=10), "rows": count_rows(engine, *tables)}
    if as_json:
        print(json.dumps(found))
        return
    for title in ("records", "reasons", "sources", "rows"):
        print(title)
        for name, count in found[title].items():
            print(f"  {name:<24}{count}")
    print("last runs")
    for run in found["runs"]:
        print("  " + ", ".join(f"{name} {value}" for name, value in run.items()))


@app.command()
def rejects(
    export: Annotated[
        Path | None, typer.Option(help="Write the bytes and a list, rejects.csv, there.")
    ] = None,
    reason: ReasonOption = None,
    database: Database = None,
) -> None:
    """List the rejected records, with the reason of each."""
    from etl.store.ledger import rejected_records
    from flows.export import export_rejects

    with _existing(database) as engine:
        records = rejected_records(engine, reason)
        if export is not None:
            print(f"{export_rejects(records, export)} records written to {export}")
            return
        for record in records:
            detail = " ".join(record.detail.split())
            print(f"{record.reason.value}\t{record.source.uri}\t{record.locator}\t{detail}")


@app.command()
def check(database: Database = None) -> None:
    """Run the checks of sql/checks/; status 1 if one finds a row."""
    from etl.queries import run_checks

    with _existing(database) as engine, reading(engine) as connection:
        results = run_checks(connection)
    for name, offenders in results.items():
        print(f"{name:<32}{len(offenders) or 'sound'}")
        if len(offenders):
            print(offenders.head().to_string(index=False))
    if any(len(offenders) for offenders in results.values()):
        raise typer.Exit(1)


@app.command()
def verify(
    dump_hash: Annotated[bool, typer.Option("--dump-hash", help="Print one hash over all content.")] = False,
    database: Database = None,
) -> None:
    """Prove the whole database: spans, hashes, ids, claims, books; status 1 if anything is wrong."""
    from etl import verify as proof
    from flows.console import shown_rows

    problems = 0
    with _existing(database) as engine:
        with shown_rows("verify", "pages and articles") as progress:
            for problem in proof.verify(engine, progress):
                problems += 1
                print(problem, file=sys.stderr)
        print(f"{problems} problems")
        if dump_hash:
            print(proof.dump_hash(engine))
    if problems:
        raise typer.Exit(1)


@db.command("upgrade")
def upgrade(revision: str = "head", database: Database = None) -> None:
    """Bring the schema to the newest revision, or to one that is named."""
    with _engine(database) as engine:
        migrate(engine, revision)


@db.command("downgrade")
def downgrade(revision: str, database: Database = None) -> None:
    """Bring the schema back to an older revision; "base" takes out all tables."""
    with _engine(database) as engine:
        migrate(engine, revision)


@db.command("current")
def current(database: Database = None) -> None:
    """Show the schema's revision."""
    with _engine(database) as engine, reading(engine) as connection:
        print(current_revision(connection) or "empty")


@contextmanager
def _engine(database: str | None) -> Iterator[Engine]:
    """An engine for the database that is named, closed at the end."""
    engine = open_engine(read_settings(database_url=database).database_url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _existing(database: str | None) -> Iterator[Engine]:
    """An engine for a database that is at the newest revision."""
    with _engine(database) as engine:
        file = engine.url.database
        if engine.dialect.name == "sqlite" and file and not Path(file).is_file():
            raise SchemaError(f"no database at {file}: load something first, or name one with --db")
        with reading(engine) as connection:
            require_head(current_revision(connection))
        yield engine


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """The console script `newsledger`."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        app()
    except NewsledgerError as error:
        print(f"newsledger: {error}", file=sys.stderr)
        sys.exit(2 if isinstance(error, UsageError | SchemaError) else 1)


if __name__ == "__main__":
    main()
