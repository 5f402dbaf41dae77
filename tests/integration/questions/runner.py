"""Runs a question as etl.queries does, but without its comments, which SQLAlchemy searches for parameters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
from sqlalchemy import Connection, Date, Integer, Text, bindparam, text

from etl.queries import load_question

_TYPES = {"text": (Text(), str), "date": (Date(), date.fromisoformat), "integer": (Integer(), int)}


def run_question(connection: Connection, name: str, params: Mapping[str, str]) -> pd.DataFrame:
    question = load_question(name)
    lines = question.sql.splitlines()
    statement = text("\n".join(line for line in lines if not line.lstrip().startswith("--")))
    for parameter in question.parameters:
        given = params.get(parameter.name, parameter.default)
        kind, read = _TYPES[parameter.type]
        value = read(given) if given is not None else None
        statement = statement.bindparams(bindparam(parameter.name, value, type_=kind))
    return pd.read_sql_query(statement, connection)
