"""The fingerprint of what reads pages: each byte of rules, word lists and weights changes it, nothing else does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl import fingerprint as module
from etl.annotate import annotate
from etl.fingerprint import fingerprint
from etl.normalize import normalize
from etl.pipeline import FIRST_PAGE
from etl.records import Article, RawPage

ETL = Path(module.__file__).parent
ROOMS = ("annotate", "language", "normalize")


def name_of(root: Path) -> str:
    fingerprint.cache_clear()
    return fingerprint(*ROOMS, root=root)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another checkout, in another place, made at another time."""
    root = tmp_path_factory.mktemp("elsewhere") / "etl"
    for room in ROOMS:
        shutil.copytree(ETL / room, root / room, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def test_another_checkout_has_the_same_fingerprint(copy: Path) -> None:
    assert name_of(copy) == name_of(ETL)


@pytest.mark.parametrize(
    "changed",
    [
        "annotate/claims/filters.py",
        "annotate/encoder/model/encoder.onnx",
        "annotate/encoder/model/tokenizer.json",
        "language/lexicon/cues.tsv",
        "language/lexicon/furniture.txt",
        "normalize/body/lines.npz",
    ],
)
def test_one_byte_of_a_rule_a_list_or_the_weights_changes_it(copy: Path, changed: str) -> None:
    before, file = name_of(copy), copy / changed
    content = file.read_bytes()
    try:
        file.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
        assert name_of(copy) != before
        file.unlink()
        assert name_of(copy) != before
        (copy / "language" / file.name).write_bytes(content)  # the same bytes under another name
        assert name_of(copy) != before
    finally:
        (copy / "language" / file.name).unlink(missing_ok=True)
        file.write_bytes(content)
    assert name_of(copy) == before


def test_nothing_else_changes_it(copy: Path) -> None:
    before, folder = name_of(copy), copy / "language"
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "word_lists.cpython-312.pyc").write_bytes(b"compiled")
    (folder / ".word_lists.py.swp").write_bytes(b"an editor's")
    (folder / "lexicon" / "README.md").write_text("Where the lists come from.")
    file = folder / "lexicon" / "cues.tsv"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    os.utime(file, (1, 1))
    assert name_of(copy) == before


def test_articles_and_claims_carry_it() -> None:
    page = normalize(RawPage("", "", FIRST_PAGE.encode(), "text/html"))
    dump = normalize(RawPage("", "", re.sub(r"<[^>]*>", "\n", FIRST_PAGE).encode(), "text/plain"))
    assert isinstance(page, Article)
    assert isinstance(dump, Article)
    assert page.extractor == f"html+{fingerprint('normalize', 'language')}"
    assert dump.extractor == f"text+{fingerprint('normalize', 'language')}"
    [found] = annotate([page])
    assert {claim.extractor for claim in found.claims} == {
        f"minilm6-int8+{fingerprint('annotate', 'language')}"
    }


def test_the_command_line_does_not_wait_for_it() -> None:
    """`--help` loads neither weights nor rules, and reads none of their bytes."""
    program = (
        "import sys; from flows.cli import app; app(['--help'], standalone_mode=False);"
        "print(sorted(name for name in sys.modules if name.startswith(('etl.annotate', 'etl.fingerprint', 'onnx'))))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ETL.parent
    )
    assert found.stdout.splitlines()[-1] == "[]"
