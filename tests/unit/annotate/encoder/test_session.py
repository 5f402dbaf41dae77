import json

import numpy as np
import pytest

from etl.annotate.encoder.session import (
    ATTRIBUTION_TAGS,
    CLAIM_TAGS,
    LINK_WIDTH,
    NAME_TAGS,
    TAGS,
    EncoderOutput,
    check_tags,
    link_weights,
    read,
)
from etl.annotate.text.quotations import find_quotations
from etl.errors import ModelError

SENTENCE = "The harbour will reopen in May, port director Ana Ruiz told the Lisbon Courier on Friday. "


def reading(text: str) -> EncoderOutput:
    return read(text, find_quotations(text))


def tag_of(text: str, word: str, scores: str, tags: tuple[str, ...]) -> str:
    found = reading(text)
    place = found.pieces.starts.tolist().index(text.index(word))
    return tags[int(getattr(found, scores)[place].argmax())]


@pytest.mark.parametrize("text", ["", " \n ", SENTENCE, SENTENCE * 40, "word" * 400])
def test_every_word_has_scores_and_every_piece_a_link(text: str) -> None:
    found = reading(text)
    words, pieces = len(found.pieces.starts), len(found.pieces.ids)
    assert found.names.shape == (words, len(NAME_TAGS))
    assert found.attributions.shape == (words, len(ATTRIBUTION_TAGS))
    assert found.claims.shape == (words, len(CLAIM_TAGS))
    assert found.links.shape == (pieces, 3 * LINK_WIDTH)


def test_two_readings_are_the_same_to_the_bit() -> None:
    first, second = reading(SENTENCE * 20), reading(SENTENCE * 20)
    for scores in ("names", "attributions", "claims", "links"):
        assert np.array_equal(getattr(first, scores), getattr(second, scores))


def test_the_link_weights_fit_the_links() -> None:
    weights = link_weights()
    assert weights.no_source.shape == (LINK_WIDTH,)
    assert len(weights.distance) == 2


@pytest.mark.parametrize(
    ("word", "scores", "tags", "tag"),
    [
        ("Ana", "names", NAME_TAGS, "B-PER"),
        ("Lisbon", "names", NAME_TAGS, "B-ORG"),
        ("told", "attributions", ATTRIBUTION_TAGS, "B-cue"),
        ("reopen", "attributions", ATTRIBUTION_TAGS, "I-content"),
        ("reopen", "claims", CLAIM_TAGS, "statement"),
        ("Friday", "claims", CLAIM_TAGS, "none"),
    ],
)
def test_one_reading_tells_names_attributions_and_claims(
    word: str, scores: str, tags: tuple[str, ...], tag: str
) -> None:
    assert tag_of(SENTENCE, word, scores, tags) == tag


def test_an_encoder_that_was_taught_other_tags_is_refused() -> None:
    check_tags({"tags": json.dumps(TAGS)})
    reordered = {**TAGS, "claims": ("none", "denial", "statement", *TAGS["claims"][3:])}
    renamed = {**TAGS, "names": (*TAGS["names"][:-2], "B-OTHER", "I-OTHER")}
    for taught, wrong in ((reordered, "claims"), (renamed, "names"), ({}, "names, attributions, claims")):
        with pytest.raises(ModelError, match=f"other tags for {wrong}: "):
            check_tags({"tags": json.dumps(taught)})
    with pytest.raises(ModelError, match="other tags"):
        check_tags({})


def test_the_weights_know_stances_by_their_place() -> None:
    assert CLAIM_TAGS == (
        "none", "statement", "denial", "demand", "promise", "accusation", "belief", "question",
    )  # fmt: skip
