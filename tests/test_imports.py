"""Imports run one way: flows -> pipeline -> stages -> records, errors, settings -> language; rooms of a stage too."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BASE = {"records", "errors", "settings", "language", "fingerprint", "interrupts"}
STAGES = {"load", "normalize", "annotate", "resolve", "store"}
MAY_IMPORT = {
    "language": set(),
    "records": {"language"},
    "errors": set(),
    "interrupts": set(),
    "fingerprint": set(),
    "settings": {"errors"},
    **dict.fromkeys(STAGES - {"store"}, BASE),
    "models": {"records", "language"},
    "database": BASE | {"models"},
    "store": BASE | {"models", "database"},
    "queries": BASE | {"database"},
    "workers": BASE,
    "pipeline": BASE | STAGES | {"workers", "database"},
    "retry": BASE | STAGES | {"pipeline"},
    "verify": BASE | {"models", "database", "queries", "store", "resolve"},
}
ROOMS = {  # stage: {room: the rooms it may import}, from the ground up; the stage's __init__ may import each
    "normalize": {
        "text": set(),
        "page": {"text"},
        "body": {"text", "page"},
        "fields": {"text", "page", "body"},
        "text_dump": {"text", "body", "fields"},
        "article": {"text", "page", "body", "fields", "text_dump"},
    },
    "annotate": {
        "rules": set(),
        "text": set(),
        "times": {"text"},
        "quantities": {"text"},
        "encoder": {"text"},
        "names": {"text", "encoder"},
        "claims": {"rules", "text", "encoder", "names"},
        "speakers": {"rules", "text", "names", "claims"},
    },
}
MOST_FLAT = 6  # modules beside the rooms of a stage
ONLY_IN = {
    "prefect": {"flows"},
    "sqlalchemy": {"models", "database", "store", "queries", "verify", "pipeline", "retry", "flows"},
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


@pytest.mark.parametrize("stage", ROOMS)
def test_a_room_imports_only_rooms_below_it(stage: str) -> None:
    folder = ROOT / "etl" / stage
    assert len(list(folder.glob("*.py"))) <= MOST_FLAT
    for path in sorted(folder.rglob("*.py")):
        room = path.relative_to(folder).with_suffix("").parts[0]
        if room == "__init__":
            continue
        for name in imported(path):
            parts = name.split(".")
            if parts[:2] == ["etl", stage] and parts[2:3] != [room]:
                assert parts[2] in ROOMS[stage][room], f"{path} imports {name}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in FILES}
    TopologicalSorter(
        {
            module: {
                part
                for name in imported(path)
                for part in (name, name.rpartition(".")[0])
                if part in modules and part != module
            }
            for module, path in modules.items()
        }
    ).prepare()


TOPS = ("etl", "flows", "bench", "samples", "training", "tests", "migrations")
OURS = [path for top in TOPS for path in sorted((ROOT / top).rglob("*.py"))]
PUBLIC = {"_mapping", "_asdict", "_replace", "_fields", "_exit"}  # documented, for all their underscore
PUBLIC_NAMES = {"lxml.etree._Element"}  # the only name that lxml gives the type of its elements


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in PUBLIC


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_library_is_reached_into_and_no_path_is_patched(path: Path) -> None:
    top = path.relative_to(ROOT).parts[0]
    for name in imported(path):
        library, last = name.partition(".")[0], name.rpartition(".")[2]
        assert not is_private(last) or library in TOPS or name in PUBLIC_NAMES, f"{path} imports {name}"
        assert library != "bench" or top in ("bench", "training"), f"{path} imports {name}"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value)
            assert (owner, node.attr) != ("sys", "path"), f"{path}:{node.lineno}"
            # Tests put things in the place of our own private ones.
            assert not is_private(node.attr) or owner in ("self", "cls") or top == "tests", (
                f"{path}:{node.lineno}"
            )
