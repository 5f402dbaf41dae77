"""Imports run one way: flows -> pipeline -> stages -> records, errors, settings."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BASE = {"records", "errors", "settings"}
STAGES = {"load", "normalize", "annotate", "resolve", "store"}
MAY_IMPORT = {
    "records": set(),
    "errors": set(),
    "settings": {"errors"},
    **dict.fromkeys(STAGES - {"store"}, BASE),
    "models": {"records"},
    "database": BASE | {"models"},
    "store": BASE | {"models", "database"},
    "queries": BASE | {"database"},
    "workers": BASE,
    "pipeline": BASE | STAGES | {"workers", "database"},
    "verify": BASE | {"models", "database", "queries", "store"},
}
ONLY_IN = {
    "prefect": {"flows"},
    "sqlalchemy": {"models", "database", "store", "queries", "verify", "pipeline", "flows"},
    "alembic": {"database"},
    "pandas": {"queries", "flows"},
}
FILES = [path for top in ("etl", "flows") for path in sorted((ROOT / top).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {f"{n.module}.{a.name}" for n in nodes if isinstance(n, ast.ImportFrom) for a in n.names}


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "flows" if parts[0] == "flows" else parts[1] if len(parts) > 1 else parts[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    module = module_of(path)
    for name in imported(path):
        top, *rest = name.split(".")
        assert module in ONLY_IN.get(top, {module}), f"{path} imports {name}"
        assert top != "flows" or module == "flows", f"{path} imports {name}"
        if top == "etl" and module != "flows" and rest and rest[0] != module:
            assert rest[0] in MAY_IMPORT.get(module, set()), f"{path} imports {name}"
