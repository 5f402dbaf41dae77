"""Runs the questions of sql/NAME.sql, and the checks of sql/checks/, and gives their rows as pandas frames.

A question's header says what it answers and names its parameters, a line each:

    -- Who said what about a thing, latest first.
    -- :term (text, required) a word or name that the statement holds
    -- :since (date, default null) first day
    -- :limit (integer, default 100) rows at most
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Date, Integer, Text, bindparam, text
from sqlalchemy.types import TypeEngine

from etl.errors import DatabaseError, UsageError
from etl.settings import PROJECT_ROOT

SQL_FOLDER = PROJECT_ROOT / "sql"

_PARAMETER = re.compile(r"^:(\w+) \((text|date|integer), (?:(required)|default (.*?))\) (.*)$")
_TYPES: dict[str, TypeEngine[Any]] = {"text": Text(), "date": Date(), "integer": Integer()}
_READERS: dict[str, Callable[[str], object]] = {"text": str, "date": date.fromisoformat, "integer": int}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question. `default` is as written in the header, None for null."""

    name: str
    type: str
    is_required: bool
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """One file of sql/: what it answers, what it asks for, and the statement."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    sql: str


def list_questions(folder: Path = SQL_FOLDER) -> list[Question]:
    """All questions of a folder, by name."""
    return [_read(path) for path in sorted(folder.glob("*.sql"))]


def load_question(name: str, folder: Path = SQL_FOLDER) -> Question:
    """The question of that name.

    Raises:
        UsageError: there is none; the message lists those there are.
    """
    path = folder / f"{name}.sql"
    if not re.fullmatch(r"\w+", name) or not path.is_file():
        known = ", ".join(question.name for question in list_questions(folder))
        raise UsageError(f"no question {name!r}; there are: {known}")
    return _read(path)


def run_question(
    connection: Connection, name: str, params: Mapping[str, str], folder: Path = SQL_FOLDER
) -> pd.DataFrame:
    """The rows that answer a question; `params` are given as text, as on the command line.

    Raises:
        UsageError: a parameter is unknown, missing or not of its type.
        DatabaseError: the statement failed.
    """
    question = load_question(name, folder)
    unknown = set(params) - {parameter.name for parameter in question.parameters}
    if unknown:
        asked = ", ".join(parameter.name for parameter in question.parameters) or "none"
        raise UsageError(f"{name} has no parameter {sorted(unknown)[0]!r}; it asks for: {asked}")
    statement = text(question.sql)
    for parameter in question.parameters:
        value = _value(parameter, params.get(parameter.name, parameter.default))
        statement = statement.bindparams(bindparam(parameter.name, value, type_=_TYPES[parameter.type]))
    try:
        return pd.read_sql_query(statement, connection)
    except pd.errors.DatabaseError as error:
        raise DatabaseError(f"question {name}: {' '.join(str(error.__cause__).split())[:300]}") from error


def run_checks(connection: Connection) -> dict[str, pd.DataFrame]:
    """Every check of sql/checks/ with the rows that break it: none on a sound database."""
    folder = SQL_FOLDER / "checks"
    return {check.name: run_question(connection, check.name, {}, folder) for check in list_questions(folder)}


def _read(path: Path) -> Question:
    sql = path.read_text(encoding="utf-8")
    summary: list[str] = []
    parameters: list[Parameter] = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        comment = line.removeprefix("--").strip()
        if match := _PARAMETER.match(comment):
            name, kind, required, default, meaning = match.groups()
            default = None if default in (None, "null") else default
            parameters.append(Parameter(name, kind, bool(required), default, meaning))
        elif not parameters:
            summary.append(comment)
    statement = re.sub(r"^\s*--.*\n", "", sql, flags=re.MULTILINE)  # a comment's colon is no parameter
    return Question(path.stem, " ".join(summary), tuple(parameters), statement)


def _value(parameter: Parameter, given: str | None) -> object:
    if given is None:
        if parameter.is_required:
            raise UsageError(f"parameter {parameter.name} is needed: {parameter.meaning}")
        return None
    try:
        return _READERS[parameter.type](given)
    except ValueError:
        raise UsageError(f"parameter {parameter.name} must be a {parameter.type}: {given!r} is not") from None
