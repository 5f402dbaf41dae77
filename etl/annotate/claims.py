"""From attributions to claims: pieces joined round their cue, kind, stance, and what is no claim at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from etl.annotate import lexicon
from etl.annotate.cues import Cue, find_cue
from etl.annotate.document import WORD, Document, overlaps, trim
from etl.annotate.links import Attribution
from etl.annotate.quotations import Quotation
from etl.records import Span

_LEAST = 0.33  # probability of a claim with a cue that speaks for itself
_MARKS = "\"“”«»„'‘’`"
_DOUBLE = frozenset('"“”«»„')
_PUNCTUATION = ",;:–—-"
_LEADING_THAT = re.compile(r"(?:that|whether or not that)\s+", re.IGNORECASE)
_QUESTION_WORD = re.compile(r"(?:whether|if|why|how|what|when|where|who)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be|also)\s+(?:\w+ly\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before its speaker is known."""

    pieces: tuple[Span, ...]
    cue: Cue | None
    source: Span | None
    kind: str
    probability: float

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


def draft_claims(document: Document, attributions: list[Attribution]) -> list[Draft]:
    """The claims of an article in the order of the text, without speakers."""
    drafts = [draft for attribution in attributions if (draft := _draft(document, attribution)) is not None]
    drafts = _with_loose_quotations(document, drafts)
    drafts = _with_opening_paragraphs(document, drafts)
    return sorted(drafts, key=lambda draft: (draft.start, draft.end, draft.cue.span if draft.cue else (0, 0)))


def _draft(document: Document, attribution: Attribution) -> Draft | None:
    text = document.text
    cue = find_cue(text, attribution.cue) if attribution.cue else None
    pieces = _pieces(document, attribution.contents, cue)
    if not pieces:
        return None
    draft = Draft(
        pieces, cue, _source(text, attribution.source), _kind(document, pieces, cue), attribution.probability
    )
    return draft if _is_claim(document, draft) else None


def _source(text: str, source: Span | None) -> Span | None:
    if source is None:
        return None
    start, end = trim(text, *source, ",;:.")
    return (start, end) if start < end else None


def _pieces(document: Document, contents: tuple[Span, ...], cue: Cue | None) -> tuple[Span, ...]:
    """Contents with their quotations whole, without marks, "that" and loose punctuation."""
    spans = sorted(_whole_quotation(document, content, cue) for content in contents)
    joined: list[Span] = []
    for start, end in spans:
        between = document.text[joined[-1][1] : start] if joined else "x"
        if (
            joined
            and not WORD.search(between)
            and "\n" not in between
            and not set(between) & set(_MARKS)
            or joined
            and start < joined[-1][1]
        ):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    trimmed = (
        _trim_piece(document.text, span)
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


def _trim_piece(text: str, span: Span) -> Span:
    start, end = trim(text, *span, _PUNCTUATION)
    that = _LEADING_THAT.match(text, start, end)
    if that:
        start = that.end()
    inside = text[start:end]
    if _has_loose_end(inside) or _is_one_quotation(inside):
        start, end = trim(text, start, end, _MARKS)
        start, end = trim(text, start, end, ",")
    elif end > start and text[end - 1] == "." and not set(inside) & _DOUBLE:
        end -= 1
    return start, end


def _has_loose_end(inside: str) -> bool:
    """Whether a mark stands at one end and no other anywhere."""
    at_start, at_end = inside[:1] in _MARKS, inside[-1:] in _MARKS
    return at_start != at_end and not set(inside[1:-1]) & _DOUBLE


def _is_one_quotation(inside: str) -> bool:
    """Whether the first mark is closed by the last one."""
    if len(inside) < 2 or inside[0] not in _MARKS:
        return False
    return inside[-1] in _MARKS and not set(inside[1:-1]) & set('"“”«»')


def _kind(document: Document, pieces: tuple[Span, ...], cue: Cue | None) -> str:
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
        return "indirect"
    share = quoted / max(1, total)
    return "direct" if share >= 0.95 else "indirect" if share <= 0.05 else "mixed"


def _is_claim(document: Document, draft: Draft) -> bool:
    """Tell a report of words or beliefs from wants, acts and topics."""
    cue, words = draft.cue, _word_count(document, draft.pieces)
    if cue is None:
        return draft.kind != "indirect" and words >= 4 and not _on_heading(document, draft)
    if draft.kind == "direct" and words >= 4:
        return True
    if cue.demands == "never":
        return False
    if _answers_claim(document, draft, cue.lemma):
        return True
    if draft.kind == "indirect" and (_lacks_speaker(document, draft) or _is_topic(document, draft, words)):
        return False
    if cue.demands == "claim":
        return draft.probability > _LEAST
    if (
        draft.kind != "indirect"
        and words >= 3
        and (_is_half_quoted(document, draft) or draft.probability > 0.9)
    ):
        return True
    return is_proposition(document, draft) and draft.probability > (
        0.4 if _follows_that(document, draft) else 0.5
    )


def _answers_claim(document: Document, draft: Draft, lemma: str) -> bool:
    """Whether the content names what is felt or refused: "expressed concern", "rejected the allegation"."""
    named = [lexicon.table("cue_nouns").get(word) for word in document.words((draft.start, draft.end))[:4]]
    if lemma in ("express", "voice"):
        return "belief" in named
    return lemma in ("reject", "dismiss") and any(named)


def _lacks_speaker(document: Document, draft: Draft) -> bool:
    """Whether nobody speaks: "is seen as", "asked whether", "has not said"."""
    cue = draft.cue
    assert cue is not None
    if cue.is_negated and cue.stance in ("statement", "question", "demand"):
        return True
    if draft.source is not None:
        return False
    before = document.text[max(0, cue.span[0] - 24) : cue.span[0]]
    return bool(_PASSIVE.search(before)) or cue.lemma in ("ask", *lexicon.table("cue_nouns"))


def _is_topic(document: Document, draft: Draft, words: int) -> bool:
    """Whether the content only names what was spoken about: "spoke about the weather"."""
    assert draft.cue is not None
    if document.words(draft.cue.span)[-1] in ("about", "regarding"):
        return True
    content = document.text[draft.start : draft.end]
    if draft.cue.lemma == "describe" and " as " not in content:
        return True
    return (
        words < 4 and draft.cue.stance == "statement" and not is_proposition(document, draft) and words != 2
    )


def _on_heading(document: Document, draft: Draft) -> bool:
    start, end = document.line(draft.start)
    return _is_heading(document, trim(document.text, start, end, _MARKS))


def _is_half_quoted(document: Document, draft: Draft) -> bool:
    inside = sum(document.quoted[position] for start, end in draft.pieces for position in range(start, end))
    return inside * 2 >= sum(end - start for start, end in draft.pieces)


def _follows_that(document: Document, draft: Draft) -> bool:
    return any(
        document.text[max(0, start - 6) : start].lower().endswith("that ") for start, _ in draft.pieces
    )


def is_proposition(document: Document, draft: Draft) -> bool:
    """Whether an indirect content says something: it follows "that", or has a subject and a verb."""
    if _follows_that(document, draft):
        return True
    start = draft.start
    words = document.words((start, draft.end))
    if not words or words[0] in ("to", "for", "about") or _QUESTION_WORD.match(words[0]):
        return False
    return any(word in lexicon.words("finite_verbs") or word.endswith("n't") for word in words[1:10])


def _word_count(document: Document, pieces: tuple[Span, ...]) -> int:
    return sum(len(document.words(piece)) for piece in pieces)


def _with_loose_quotations(document: Document, drafts: list[Draft]) -> list[Draft]:
    """Add quotations of whole sentences that no draft holds: to the claim they continue, or alone."""
    out = list(drafts)
    for quotation in document.quotations:
        inner = trim(document.text, quotation.inner_start, quotation.inner_end)
        if len(document.words(inner)) < 5 or not document.text[inner[0]].isupper():
            continue
        if any(overlaps(inner, piece) for draft in out for piece in draft.pieces):
            continue
        before = _claim_before(document, out, quotation)
        if before is not None:
            out.remove(before)
            pieces = (*before.pieces, _trim_piece(document.text, (quotation.start, quotation.end)))
            out.append(replace(before, pieces=tuple(sorted(pieces))))
        elif _fills_line(document, quotation) and not _is_heading(document, inner):
            pieces = (_trim_piece(document.text, (quotation.start, quotation.end)),)
            out.append(Draft(pieces, None, None, "direct", 0.6))
    return out


def _with_opening_paragraphs(document: Document, drafts: list[Draft]) -> list[Draft]:
    """Join an open quotation that fills its line to the next line's, whose cue closes both."""
    by_line = {document.line_index(draft.start): draft for draft in reversed(drafts)}
    for line in sorted(by_line, reverse=True):
        draft, following, before = by_line[line], by_line.get(line + 1), by_line.get(line - 1)
        quotation = document.quotation(draft.start)
        if draft.cue is not None or quotation is None or quotation.is_closed or following is None:
            continue
        opened = document.quotation(before.end - 1) if before and before.cue else None
        if opened is not None and not opened.is_closed:
            continue
        closing = document.quotation(following.start)
        starts = closing is not None and closing.start - document.line(closing.start)[0] <= 1
        if starts and following.cue is not None and following.cue.span[0] > following.pieces[0][1]:
            joined = replace(following, pieces=(*draft.pieces, *following.pieces))
            drafts = [one for one in drafts if one not in (draft, following)] + [joined]
            by_line[line] = joined
    return drafts


def _claim_before(document: Document, drafts: list[Draft], quotation: Quotation) -> Draft | None:
    """The quoted claim of the same line whose cue stands before this quotation, with nothing else between."""
    line = document.line(quotation.start)
    near = [
        draft
        for draft in drafts
        if draft.cue and draft.kind == "direct" and line[0] <= draft.start and draft.end <= quotation.start
    ]
    if not near:
        return None
    last = max(near, key=lambda draft: draft.end)
    assert last.cue is not None
    heard = max(last.end, last.cue.span[1], last.source[1] if last.source else 0)
    return last if len(document.words((heard, quotation.start))) <= 8 else None


def _is_heading(document: Document, inner: Span) -> bool:
    words = document.text[slice(*inner)]
    return words.isupper() or words[-1] not in ".!?…,;:"


def _fills_line(document: Document, quotation: Quotation) -> bool:
    start, end = document.line(quotation.start)
    outside = document.words((start, quotation.start)) + document.words((quotation.end, end))
    return len(outside) == 0
