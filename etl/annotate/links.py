"""Which content and which source belong to which cue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.annotate.encoder import ATTRIBUTION_TAGS, Floats, LinkWeights, Reading, link_weights
from etl.annotate.tags import TaggedSpan, decode
from etl.records import Span

_WIDTH = 64  # of each of a piece's three link vectors: as a start, as an end, as a cue
_BUCKETS = 6  # of distance, on either side
_BIAS = 0.25  # favours finding spans; chosen on PolNeAR's development part


@dataclass(frozen=True, slots=True)
class Attribution:
    """Contents, a cue and a source that belong together, as spans of the text; `probability` 0..1."""

    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    probability: float


def attributions(reading: Reading) -> list[Attribution]:
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
    reading: Reading
    weights: LinkWeights

    def link(self, spans: list[TaggedSpan]) -> list[Attribution]:
        """Join the spans of one line."""
        cues = [span for span in spans if span.tag == "cue"]
        contents = [span for span in spans if span.tag == "content"]
        sources = [span for span in spans if span.tag == "source"]
        if not cues:
            return [self._attribution([content], None, None) for content in contents]
        belonging: dict[int, list[TaggedSpan]] = {i: [] for i in range(len(cues))}
        for content in contents:
            best = max(range(len(cues)), key=lambda i: self._score(content, cues[i], 0))
            belonging[best].append(content)
        return [
            self._attribution(belonging[i], cue, self._source(sources, cue))
            for i, cue in enumerate(cues)
            if belonging[i]
        ]

    def _source(self, sources: list[TaggedSpan], cue: TaggedSpan) -> TaggedSpan | None:
        if not sources:
            return None
        best = max(sources, key=lambda source: self._score(source, cue, 1))
        none = float(self.weights.no_source @ self._cue_vector(cue)) / _WIDTH**0.5
        return best if self._score(best, cue, 1) > none else None

    def _score(self, span: TaggedSpan, cue: TaggedSpan, role: int) -> float:
        first, last = self._piece(span.first), self._piece(span.last - 1)
        links = self.reading.links
        vector = links[first, :_WIDTH] + links[last, _WIDTH : 2 * _WIDTH]
        distance = self.weights.distance[role, _bucket(first - self._piece(cue.first))]
        return float(vector @ self._cue_vector(cue) / _WIDTH**0.5) + float(distance)

    def _cue_vector(self, cue: TaggedSpan) -> Floats:
        vector: Floats = self.reading.links[self._piece(cue.first), 2 * _WIDTH :]
        return vector

    def _piece(self, word: int) -> int:
        return int(self.reading.pieces.first_piece[word])

    def _attribution(
        self, contents: list[TaggedSpan], cue: TaggedSpan | None, source: TaggedSpan | None
    ) -> Attribution:
        weight = sum(span.last - span.first for span in contents)
        content = sum(span.probability * (span.last - span.first) for span in contents) / weight
        probability = content * (cue.probability if cue else 0.5)
        return Attribution(
            tuple(self._characters(span) for span in contents),
            self._characters(cue) if cue else None,
            self._characters(source) if source else None,
            probability,
        )

    def _characters(self, span: TaggedSpan) -> Span:
        pieces = self.reading.pieces
        return int(pieces.starts[span.first]), int(pieces.ends[span.last - 1])


def _bucket(distance: int) -> int:
    size = min(_BUCKETS, int(np.log2(abs(distance) + 1)))
    return _BUCKETS - size if distance < 0 else _BUCKETS + 1 + size
