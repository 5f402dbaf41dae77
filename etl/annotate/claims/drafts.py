"""A claim before its speaker is known: pieces joined round their cue, without marks and loose words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.annotate.claims.clauses import own_clauses, past_abbreviation, without_gaps
from etl.annotate.claims.cues import Cue, find_cue
from etl.annotate.claims.source_spans import said_before, true_source, whole_source
from etl.annotate.encoder.links import Attribution
from etl.annotate.text.dateline import is_dateline
from etl.annotate.text.document import WORD, Document, trim
from etl.language.vocabulary import ClaimKind
from etl.records import Span

MARKS = "\"“”«»„'‘’`"
_DOUBLE = frozenset('"“”«»„')
_PUNCTUATION = ",;:–—-"
_LEADING_THAT = re.compile(r"(?:that|whether or not that)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before its speaker is known."""

    pieces: tuple[Span, ...]
    cue: Cue | None
    source: Span | None
    kind: ClaimKind
    probability: float

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


def draft_of(document: Document, attribution: Attribution) -> Draft | None:
    """The draft of an attribution; None where no word of content is left."""
    text = document.text
    cue = find_cue(text, attribution.cue) if attribution.cue else None
    contents = own_clauses(document, sorted(attribution.contents), cue, attribution.source)
    told = said_before(document, attribution.source, cue)
    if told:
        contents = [(start, told.tag[0] if start < told.tag[0] < end else end) for start, end in contents]
    gaps = (attribution.cue, attribution.source, told.tag if told else None)
    contents = without_gaps(document, contents, [span for span in gaps if span])
    pieces = _pieces(document, past_abbreviation(document, contents, cue), cue)
    if not pieces:
        return None
    source = told.who if told else true_source(document, attribution.source, cue)
    if source and (_is_far(document, source, cue) or _is_place(document, source)):
        source = None
    source = whole_source(document, source, cue) if source else None
    return Draft(pieces, cue, source, kind_of(document, pieces, cue), attribution.probability)


def _is_far(document: Document, source: Span, cue: Cue | None) -> bool:
    """Whether whole sentences lie between a source and its cue: somebody else has come up since."""
    if cue is None:
        return False
    return document.sentence_index(cue.span[0]) - document.sentence_index(source[0]) > 1


def _is_place(document: Document, source: Span) -> bool:
    """Whether a source is the place that opens an article: "OSTBY: The mayor said"."""
    words = document.text[slice(*source)]
    rest = document.text[source[1] : document.line(source[0])[1]]
    return is_dateline(document, source) and len(words) > 4 and words.isupper() and not rest.isupper()


def _pieces(document: Document, contents: list[Span], cue: Cue | None) -> tuple[Span, ...]:
    """Contents with their quotations whole, without marks, "that" and loose punctuation."""
    spans = sorted(_whole_quotation(document, content, cue) for content in contents)
    joined: list[Span] = []
    for start, end in spans:
        between = document.text[joined[-1][1] : start] if joined else "x"
        if (
            joined
            and not WORD.search(between)
            and "\n" not in between
            and not set(between) & set(MARKS)
            or joined
            and start < joined[-1][1]
        ):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    trimmed = (
        trim_piece(document.text, span)
        for span in joined
        if not document.text.startswith("as saying", span[0])
    )
    return tuple(span for span in trimmed if WORD.search(document.text, *span))


def _whole_quotation(document: Document, content: Span, cue: Cue | None) -> Span:
    """Widen a content over the quotations it has most of."""
    start, end = content
    for quotation in document.quotations_in(content):
        if cue is not None and quotation.start < cue.span[0] < quotation.end:
            continue
        shared = min(end, quotation.inner_end) - max(start, quotation.inner_start)
        if shared * 2 > quotation.inner_end - quotation.inner_start:
            start, end = min(start, quotation.start), max(end, quotation.end)
    return start, end


def trim_piece(text: str, span: Span) -> Span:
    """Take marks that enclose nothing else, "that" and loose punctuation off a piece."""
    start, end = trim(text, *span, _PUNCTUATION)
    that = _LEADING_THAT.match(text, start, end)
    if that:
        start = that.end()
    inside = text[start:end]
    if _has_loose_end(inside) or _is_one_quotation(inside):
        start, end = trim(text, start, end, MARKS)
        start, end = trim(text, start, end, ",")
    elif end > start and text[end - 1] == "." and not set(inside) & _DOUBLE:
        end -= 1
    return start, end


def _has_loose_end(inside: str) -> bool:
    """Whether a mark stands at one end and no other anywhere."""
    at_start, at_end = inside[:1] in MARKS, inside[-1:] in MARKS
    return at_start != at_end and not set(inside[1:-1]) & _DOUBLE


def _is_one_quotation(inside: str) -> bool:
    """Whether the first mark is closed by the last one."""
    if len(inside) < 2 or inside[0] not in MARKS:
        return False
    return inside[-1] in MARKS and not set(inside[1:-1]) & set('"“”«»')


def kind_of(document: Document, pieces: tuple[Span, ...], cue: Cue | None) -> ClaimKind:
    """direct, mixed or indirect by the share of letters inside quotation marks.

    A quotation that holds the cue too is somebody else's, around the whole claim.
    """
    total = quoted = 0
    for start, end in pieces:
        for position in range(start, end):
            if document.text[position].isalnum():
                total += 1
                quoted += document.quoted[position]
    around = document.quotation(cue.span[0]) if cue else None
    if around is not None and around.start <= pieces[0][0] < around.end:
        return ClaimKind.INDIRECT
    share = quoted / max(1, total)
    if share >= 0.95:
        return ClaimKind.DIRECT
    return ClaimKind.INDIRECT if share <= 0.05 else ClaimKind.MIXED
