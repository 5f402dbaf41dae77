"""Each kind of page that was once read wrongly, beside what it says."""

import json
from pathlib import Path

import pytest

from etl.normalize import normalize
from etl.records import Article, RawPage, Rejection

FOLDER = Path(__file__).parents[2] / "golden" / "pages"
PAGES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".html", ".txt"))


def read(path: Path) -> Article | Rejection:
    media_type = "text/html" if path.suffix == ".html" else "text/plain"
    return normalize(RawPage(path.name, "0", path.read_bytes(), media_type))


def test_every_page_has_its_expectation() -> None:
    assert {path.stem for path in PAGES} == {path.stem for path in FOLDER.glob("*.json")}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_says_what_stands_beside_it(path: Path) -> None:
    wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = read(path)
    if "rejected" in wanted:
        assert isinstance(found, Rejection)
        assert found.reason == wanted["rejected"]
        return
    assert isinstance(found, Article)
    said = {
        name: [found.text[block.start_char : block.end_char] for block in found.blocks]
        if name == "paragraphs"
        else _plain(getattr(found, name))
        for name in wanted
    }
    assert said == wanted


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_stored_value_has_its_evidence(path: Path) -> None:
    found = read(path)
    if isinstance(found, Rejection):
        return
    chosen = {row.field: row for row in found.evidence if row.is_chosen}
    assert chosen["headline"].value == found.headline
    assert ("published_on" in chosen) == (found.published_on is not None)
    assert ("authors" in chosen) == bool(found.authors)
