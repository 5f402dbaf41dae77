"""Which content and which source belong to which cue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.annotate.encoder.session import (
    ATTRIBUTION_TAGS,
    LINK_WIDTH,
    EncoderOutput,
    Floats,
    LinkWeights,
    link_weights,
)
from etl.annotate.encoder.tags import TaggedSpan, decode
from etl.records import Span

_BUCKETS = 6  # of distance, on either side
_BLOCK = 128
WITHOUT_CUE = 0.5
"""What the probability of contents without a cue is worth."""
_BIAS = 1.0  # favours finding spans, for a claim needs all of its parts; chosen on articles annotated by hand


@dataclass(frozen=True, slots=True)
class Attribution:
    """Contents, a cue and a source that belong together, as spans of the text; `probability` 0..1.

    A cue may be without contents: they can stand on the next line.
    """

    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    probability: float


def attributions(reading: EncoderOutput) -> list[Attribution]:
    """Everything the encoder takes for attributed, in the order of the text."""
    pieces = reading.pieces
    spans = decode(reading.attributions, ATTRIBUTION_TAGS, pieces.line, _BIAS)
    by_line: dict[int, list[TaggedSpan]] = {}
    for span in spans:
        by_line.setdefault(int(pieces.line[span.first]), []).append(span)
    linker = _Linker(reading, link_weights())
    return [found for line in by_line.values() for found in linker.link(line)]


@dataclass(frozen=True, slots=True)
class _Linker:
    reading: EncoderOutput
    weights: LinkWeights

    def link(self, spans: list[TaggedSpan]) -> list[Attribution]:
        """Join the spans of one line."""
        cues = [span for span in spans if span.tag == "cue"]
        contents = [span for span in spans if span.tag == "content"]
        sources = [span for span in spans if span.tag == "source"]
        if not cues:
            return [self._attribution([content], None, None) for content in contents]
        belonging: list[list[TaggedSpan]] = [[] for _ in cues]
        for block in _blocks(contents):
            for content, best in zip(block, self._scores(block, cues, 0).argmax(0), strict=True):
                belonging[best].append(content)
        told = [source for block in _blocks(cues) for source in self._sources(sources, block)]
        return [self._attribution(belonging[i], cue, told[i]) for i, cue in enumerate(cues)]

    def _sources(self, sources: list[TaggedSpan], cues: list[TaggedSpan]) -> list[TaggedSpan | None]:
        """The source of each cue."""
        if not sources:
            return [None] * len(cues)
        scores = self._scores(sources, cues, 1)
        none = self._cue_vectors(cues) @ self.weights.no_source / LINK_WIDTH**0.5
        best = scores.argmax(1)
        return [sources[best[i]] if scores[i, best[i]] > none[i] else None for i in range(len(cues))]

    def _scores(self, spans: list[TaggedSpan], cues: list[TaggedSpan], role: int) -> Floats:
        """How well each span (a column) belongs to each cue (a row)."""
        links = self.reading.links
        first = self._pieces([span.first for span in spans])
        last = self._pieces([span.last - 1 for span in spans])
        vectors = links[first, :LINK_WIDTH] + links[last, LINK_WIDTH : 2 * LINK_WIDTH]
        apart = first[None, :] - self._pieces([cue.first for cue in cues])[:, None]
        scores: Floats = self._cue_vectors(cues) @ vectors.T / LINK_WIDTH**0.5
        scores += self.weights.distance[role, _buckets(apart)]
        return scores

    def _cue_vectors(self, cues: list[TaggedSpan]) -> Floats:
        vectors: Floats = self.reading.links[self._pieces([cue.first for cue in cues]), 2 * LINK_WIDTH :]
        return vectors

    def _pieces(self, words: list[int]) -> NDArray[np.int64]:
        return np.asarray(self.reading.pieces.first_piece)[words]

    def _attribution(
        self, contents: list[TaggedSpan], cue: TaggedSpan | None, source: TaggedSpan | None
    ) -> Attribution:
        weight = sum(span.last - span.first for span in contents)
        content = sum(span.probability * (span.last - span.first) for span in contents)
        probability = (content / weight if weight else 1.0) * (cue.probability if cue else WITHOUT_CUE)
        return Attribution(
            tuple(self._characters(span) for span in contents),
            self._characters(cue) if cue else None,
            self._characters(source) if source else None,
            probability,
        )

    def _characters(self, span: TaggedSpan) -> Span:
        pieces = self.reading.pieces
        return int(pieces.starts[span.first]), int(pieces.ends[span.last - 1])


def _blocks(spans: list[TaggedSpan]) -> list[list[TaggedSpan]]:
    """So many spans at a time that a line of thousands of them needs little memory."""
    return [spans[start : start + _BLOCK] for start in range(0, len(spans), _BLOCK)]


def _buckets(distances: NDArray[np.int64]) -> NDArray[np.int64]:
    sizes = np.minimum(_BUCKETS, np.log2(np.abs(distances) + 1).astype(np.int64))
    buckets: NDArray[np.int64] = np.where(distances < 0, _BUCKETS - sizes, _BUCKETS + 1 + sizes)
    return buckets
