"""The claims of an article: what the encoder found, and the quotations around it that it left out."""

from __future__ import annotations

from dataclasses import replace

from etl.annotate.claims.drafts import Draft, draft_of, trim_piece
from etl.annotate.claims.filters import is_claim, is_heading
from etl.annotate.claims.layout import with_layout
from etl.annotate.encoder.links import Attribution
from etl.annotate.text.document import Document, overlaps, trim
from etl.annotate.text.quotations import Quotation
from etl.language import word_lists
from etl.language.vocabulary import ClaimKind


def draft_claims(document: Document, attributions: list[Attribution]) -> list[Draft]:
    """The claims of an article in the order of the text, without speakers."""
    found = (draft_of(document, attribution) for attribution in attributions)
    drafts = [draft for draft in found if draft is not None and is_claim(document, draft)]
    drafts = [draft for draft in drafts if not _is_narrator(document, draft, drafts)]
    drafts = with_layout(document, drafts)
    drafts = _with_loose_quotations(document, drafts)
    drafts = _with_opening_paragraphs(document, drafts)
    drafts = _without_pull_quotes(document, drafts)
    return sorted(drafts, key=lambda draft: (draft.start, draft.end, draft.cue.span if draft.cue else (0, 0)))


def _is_narrator(document: Document, draft: Draft, drafts: list[Draft]) -> bool:
    """Whether the one who writes the article speaks: "I suggest" outside of all that others say."""
    if draft.source is None or document.text[slice(*draft.source)].lower() not in word_lists.words(
        "narrators"
    ):
        return False
    start = draft.source[0]
    return document.quotation(start) is None and not any(
        piece[0] <= start < piece[1] for other in drafts if other is not draft for piece in other.pieces
    )


def _without_pull_quotes(document: Document, drafts: list[Draft]) -> list[Draft]:
    """Leave out words on a line of their own that a claim with its cue gives as well."""
    told = "|".join(_spaced_words(document, draft) for draft in drafts if draft.cue is not None)
    return [
        draft
        for draft in drafts
        if draft.cue is not None
        or draft.source is not None
        or not _fills_its_line(document, draft)
        or _spaced_words(document, draft) not in told
    ]


def _fills_its_line(document: Document, draft: Draft) -> bool:
    start, end = document.line(draft.start)
    return not document.words((start, draft.start)) and not document.words((draft.end, end))


def _spaced_words(document: Document, draft: Draft) -> str:
    return f" {' '.join(word for piece in draft.pieces for word in document.words(piece))} "


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
            pieces = (*before.pieces, trim_piece(document.text, (quotation.start, quotation.end)))
            out.append(replace(before, pieces=tuple(sorted(pieces))))
        elif _fills_line(document, quotation) and not is_heading(document, inner):
            pieces = (trim_piece(document.text, (quotation.start, quotation.end)),)
            out.append(Draft(pieces, None, None, ClaimKind.DIRECT, 0.6))
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
        if draft.cue
        and draft.kind == ClaimKind.DIRECT
        and line[0] <= draft.start
        and draft.end <= quotation.start
    ]
    if not near:
        return None
    last = max(near, key=lambda draft: draft.end)
    assert last.cue is not None
    heard = max(last.end, last.cue.span[1], last.source[1] if last.source else 0)
    return last if len(document.words((heard, quotation.start))) <= 8 else None


def _fills_line(document: Document, quotation: Quotation) -> bool:
    start, end = document.line(quotation.start)
    outside = document.words((start, quotation.start)) + document.words((quotation.end, end))
    return len(outside) == 0
