"""Settings: environment variables NEWSLEDGER_*, a .env file beside the run, defaults. Read when asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from etl.errors import UsageError

COLUMNS = ("url", "html", "text", "content", "captured_at", "date", "headline", "authors", "published")
"""Of an input table or JSON object: its address, its page (the first of three), its time of capture, what it tells of
the article."""


class Settings(BaseSettings):
    """What a run is asked to do. Sizes in bytes, times in seconds."""

    model_config = SettingsConfigDict(env_prefix="NEWSLEDGER_", env_file=".env", extra="ignore", frozen=True)

    database_url: str = "sqlite:///newsledger.db"
    jobs: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=0, le=256)
    """Worker processes. 0 works in the one process that there is: a breakpoint stops there, no page has limits, an error
    ends the run."""
    batch_size: int = Field(default=32, ge=1, le=1000)
    """Pages that are parsed by one worker and committed in one transaction."""
    page_seconds: float = Field(default=30, gt=0)
    """Wall-clock limit for one page in a worker."""
    worker_memory: int = Field(default=4 * 2**30, ge=2**29)
    """Address space of a worker."""
    record_size: int = Field(default=32 * 2**20, ge=1)
    """The largest page that is read; a larger one is rejected."""
    archive_members: int = Field(default=1_000_000, ge=1)
    """The most members of a zip or tar archive that are read."""
    columns: Annotated[dict[str, str], NoDecode] = Field(default_factory=dict)
    """Names of columns in tables and JSON where they differ from ours: "url=link,text=body"."""
    private_addresses: bool = False
    """Let web inputs lead to hosts that are not public."""
    store_bodies: bool = True
    """Keep each raw page in the database, compressed. Without it `verify` and `retry` need the sources."""
    inbox: Annotated[tuple[str, ...], NoDecode] = ("inbox",)
    """What the nightly flow reads: files, folders and globs, separated by the path separator."""
    nightly_cron: str = "0 3 * * *"
    backfill_partition: int = Field(default=500, ge=1)
    """Input files of one backfill task."""

    @field_validator("inbox", mode="before")
    @classmethod
    def _split_paths(cls, value: object) -> object:
        return tuple(filter(None, value.split(os.pathsep))) if isinstance(value, str) else value

    @field_validator("columns", mode="before")
    @classmethod
    def _split_columns(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = [pair.partition("=") for pair in value.split(",") if pair.strip()]
        return {column.strip(): name.strip() for column, _, name in pairs}

    @field_validator("columns")
    @classmethod
    def _know_columns(cls, value: dict[str, str]) -> dict[str, str]:
        for column, name in value.items():
            if column not in COLUMNS or not name:
                raise ValueError(f"{column}={name} is not COLUMN=NAME with a column of {', '.join(COLUMNS)}")
        return value

    @field_validator("database_url")
    @classmethod
    def _name_driver(cls, value: str) -> str:
        for scheme in ("postgresql://", "postgres://"):
            if value.startswith(scheme):
                return "postgresql+psycopg://" + value.removeprefix(scheme)
        return value


def read_settings(**given: object) -> Settings:
    """The settings in force; what is given (and not None) wins over the environment.

    Raises:
        UsageError: a value is out of its range; the message names it.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"setting {name}: {first['msg']}") from None


PROJECT_ROOT = Path(__file__).resolve().parent.parent
"""Where sql/ and migrations/ lie, in a checkout and in an installed package alike."""
