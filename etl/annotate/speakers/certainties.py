"""How sure an answer of each rule is, 0..1: what its name and case look up in certainties.tsv, which training/certainties.py fits."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("certainties.tsv")


@cache
def certainties() -> dict[tuple[str, str], float]:
    """The certainty of each rule and case; the case is "" where a rule has no grades."""
    with _TABLE.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["rule"], row["case"]): float(row["certainty"]) for row in rows}
