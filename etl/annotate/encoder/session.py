"""The small trained encoder: one reading of the text gives names, attributions and their links.

See model/MODEL.md. It runs on onnxruntime with one thread and one window a call: dynamic int8 scales
depend on the batch, so only this gives the same answer in any company.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from etl.annotate.encoder.pieces import SEPARATOR_PIECE, START_PIECE, Pieces, Window, cut_into_pieces, windows
from etl.annotate.text.quotations import Quotation
from etl.errors import ModelError
from etl.language.vocabulary import Stance

Floats = NDArray[np.float32]

NAME_TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC")
ATTRIBUTION_TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
CLAIM_TAGS = ("none", *Stance)  # in the order of the trained weights
LINK_WIDTH = 64  # of each of a piece's three link vectors: as a start, as an end, as a cue
MODEL_NAME = "minilm6-int8"  # what it is; which one it is tells the fingerprint of its bytes

TAGS = {"names": NAME_TAGS, "attributions": ATTRIBUTION_TAGS, "claims": CLAIM_TAGS}
"""What the columns of the outputs mean; the model file's metadata says what they were taught as."""

_WIDTHS = (*map(len, TAGS.values()), 3 * LINK_WIDTH)
_FOLDER = Path(__file__).with_name("model")


@dataclass(frozen=True, slots=True)
class EncoderOutput:
    """What the encoder makes of a text: scores a word for the three tag sets, link vectors a piece."""

    pieces: Pieces
    names: Floats
    attributions: Floats
    claims: Floats
    links: Floats


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """The linking head's learned bias by distance (role, bucket) and its vector for "no source"."""

    distance: Floats
    no_source: Floats


@cache
def _session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    path = str(_FOLDER / "encoder.onnx")
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    check_tags(session.get_modelmeta().custom_metadata_map)
    return session


def check_tags(metadata: Mapping[str, str]) -> None:
    """See that a model was taught the tags that its outputs are read as.

    Raises:
        ModelError: they are others, or in another order.
    """
    taught = {name: tuple(tags) for name, tags in json.loads(metadata.get("tags", "{}")).items()}
    if wrong := [name for name in TAGS if TAGS[name] != taught.get(name)]:
        raise ModelError(f"the encoder was taught other tags for {', '.join(wrong)}: see training/README.md")


@cache
def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(_FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@cache
def link_weights() -> LinkWeights:
    """The linking head's small weights, which travel as the model file's metadata."""
    metadata = _session().get_modelmeta().custom_metadata_map
    return LinkWeights(
        np.array(json.loads(metadata["distance"]), np.float32),
        np.array(json.loads(metadata["no_source"]), np.float32),
    )


def read(text: str, quotations: tuple[Quotation, ...]) -> EncoderOutput:
    """Read a text once, window by window."""
    pieces = cut_into_pieces(_tokenizer(), text, quotations)
    parts = [_read_window(pieces, window) for window in windows(pieces)]
    if not parts:
        return EncoderOutput(pieces, *(np.zeros((0, width), np.float32) for width in _WIDTHS))
    names, attributions, claims, links = (np.concatenate(part) for part in zip(*parts, strict=True))
    words = pieces.first_piece
    return EncoderOutput(pieces, names[words], attributions[words], claims[words], links)


def _read_window(pieces: Pieces, window: Window) -> list[Floats]:
    context = slice(window.context_start, window.context_end)
    ids = np.concatenate([[START_PIECE], pieces.ids[context], [SEPARATOR_PIECE]])
    features = np.concatenate([[0], pieces.features[context], [0]])
    outputs = _session().run(
        None,
        {
            "ids": ids[None].astype(np.int32),
            "features": features[None].astype(np.int32),
            "lengths": np.array([len(ids)], np.int32),
        },
    )
    kept = slice(1 + window.start - window.context_start, 1 + window.end - window.context_start)
    return [output[0, kept] for output in outputs]
