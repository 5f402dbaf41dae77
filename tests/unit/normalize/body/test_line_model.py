"""The line classifiers and what they were taught with: weights beside other features or word lists are refused."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from etl.errors import ModelError
from etl.language import word_lists
from etl.normalize.body import line_model, vocabulary
from etl.normalize.body.line_features import Columns, text_features
from etl.normalize.body.line_model import WEIGHTS, network, predict, read_networks, write_networks
from etl.normalize.body.lines import read_lines

NETWORKS = ("text_body", "text_headline", "text_body_again", "markup_body")
DUMP = """Ferry runs aground in thick fog

By Ida Holm

The ferry to Tarn ran aground on Monday with ninety people on board, the coast guard said.

Read more
"""


@pytest.fixture
def columns() -> Columns:
    return text_features(read_lines(DUMP))


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_give_chances(name: str) -> None:
    net = network(name)
    chances = predict(net, dict.fromkeys(net.features, np.zeros(3, dtype=np.float32)))
    assert chances.shape == (3,)
    assert ((chances >= 0) & (chances <= 1)).all()
    assert len(net.features) == len(net.mean)


def test_a_renamed_feature_is_refused(columns: Columns) -> None:
    renamed = {
        "share of short words" if name == "share of small words" else name: one
        for name, one in columns.items()
    }
    with pytest.raises(
        ModelError, match=r"'share of short words', 'share of small words'.*training/pages/lines.py"
    ):
        predict(network("text_body"), renamed)


def test_features_in_another_order_are_refused(columns: Columns) -> None:
    moved = {"year": columns["year"], **columns}
    assert moved.keys() == columns.keys()
    with pytest.raises(ModelError, match="another order"):
        predict(network("text_body"), moved)


def test_a_feature_more_or_less_is_refused(columns: Columns) -> None:
    with pytest.raises(ModelError, match="'moon'"):
        predict(network("text_body"), columns | {"moon": columns["year"]})
    with pytest.raises(ModelError, match="'year'"):
        predict(network("text_body"), {name: one for name, one in columns.items() if name != "year"})


@pytest.fixture
def lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the word lists, read in place of them."""
    folder = tmp_path / "lexicon"
    shutil.copytree(word_lists.FOLDER, folder)
    monkeypatch.setattr(word_lists, "FOLDER", folder)
    return folder


def forget() -> None:
    """Let all that was read from word lists be read again."""
    for cached in (
        word_lists.lines,
        word_lists.rows,
        word_lists.groups,
        vocabulary.function_words,
        vocabulary.vocabulary_fingerprint,
    ):
        cached.cache_clear()


@pytest.mark.parametrize(
    ("name", "old", "new", "is_refused"),
    [
        ("furniture.txt", "\nlatest posts\n", "\nlatest posts\nostatnie wpisy\n", True),
        ("furniture.txt", "\nlatest posts\n", "\n", True),
        ("furniture.txt", "\nlatest posts\n", "\n# moved\n\nlatest posts\n", False),
        ("function_words.tsv", "the ", "", True),
    ],
)
def test_weights_are_refused_beside_other_word_lists(
    lexicon: Path, name: str, old: str, new: str, is_refused: bool
) -> None:
    file = lexicon / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    forget()
    try:
        if is_refused:
            with pytest.raises(ModelError, match=r"other word lists: .*training/pages/lines.py"):
                read_networks(WEIGHTS)
            assert read_networks(WEIGHTS, any_vocabulary=True).keys() == set(NETWORKS)
        else:
            read_networks(WEIGHTS)
    finally:
        forget()


def test_the_lists_of_patterns_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    before = vocabulary.hash_of(vocabulary.word_lists())
    monkeypatch.setitem(vocabulary.CUES, "comment", "comment|disqus")
    assert vocabulary.hash_of(vocabulary.word_lists()) != before


def test_networks_are_kept_with_names_and_lists(tmp_path: Path) -> None:
    file = tmp_path / "lines.npz"
    renamed = replace(network("text_body"), features=("one", *network("text_body").features[1:]))
    write_networks(file, {"text_body": renamed})
    [(name, found)] = read_networks(file).items()
    assert (name, found.features) == ("text_body", renamed.features)
    assert all(
        getattr(found, part).tobytes() == getattr(renamed, part).tobytes() for part in line_model._PARTS
    )
