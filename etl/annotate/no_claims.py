"""What is no claim although the encoder takes it for one: wants, acts, topics, and words that nobody said."""

from __future__ import annotations

import re

from etl.annotate import lexicon
from etl.annotate.document import Document, trim
from etl.annotate.drafts import MARKS, Draft
from etl.records import Span

_LEAST = 0.33  # probability of a claim with a cue that speaks for itself
_QUESTION_WORD = re.compile(r"(?:whether|if|why|how|what|when|where|who)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be|also)\s+(?:\w+ly\s+)?$", re.IGNORECASE)


def is_claim(document: Document, draft: Draft) -> bool:
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
    return is_heading(document, trim(document.text, start, end, MARKS))


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


def is_heading(document: Document, inner: Span) -> bool:
    """Whether words are a heading: in capitals, or without a mark at their end."""
    words = document.text[slice(*inner)]
    return words.isupper() or words[-1] not in ".!?…,;:"
