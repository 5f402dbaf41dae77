"""The names of an article: exact spans, and one kind a name."""

from __future__ import annotations

from etl.annotate.encoder.session import NAME_TAGS, EncoderOutput
from etl.annotate.encoder.tags import decode
from etl.annotate.names.bodies import with_bodies
from etl.annotate.names.edges import tidy
from etl.annotate.names.handles import with_handles
from etl.annotate.names.kinds import by_context, like_full_names, vote
from etl.annotate.names.name import Name, apart
from etl.annotate.names.spread import spread
from etl.annotate.names.whole import whole
from etl.annotate.text.document import Document

_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}


def find_names(document: Document, reading: EncoderOutput) -> list[Name]:
    """All named mentions, sorted, without overlap."""
    pieces = reading.pieces
    spans = decode(reading.names, NAME_TAGS, pieces.line, 0.0)
    raw = [
        (int(pieces.starts[span.first]), int(pieces.ends[span.last - 1]), _KINDS[span.tag], span.probability)
        for span in spans
    ]
    tidied = [name for start, end, kind, sure in raw if (name := tidy(document.text, start, end, kind, sure))]
    placed = by_context(document, whole(document, apart(tidied)))
    voted = like_full_names(document, vote(document, placed))
    named = [name for name in spread(document, voted) if name.kind != "other"]
    # The vote may have made persons of other things, whose titles still stand.
    again = (tidy(document.text, *name.span, name.kind, name.probability) for name in named)
    return with_handles(document, with_bodies(document, apart([name for name in again if name is not None])))
