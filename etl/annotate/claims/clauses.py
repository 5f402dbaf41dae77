"""Where the words of an indirect claim begin and end, when the encoder runs on into the clauses around them."""

from __future__ import annotations

import re

from etl.annotate.claims.cues import Cue
from etl.annotate.text.document import WORD, Document, overlaps, trim
from etl.language import word_lists
from etl.records import Span

_ABBREVIATION = re.compile(r"\b(?:[ap]\.m\.?|(?:www\.|https?:)\S*)$")
_GOES_ON = re.compile(r"\.?(?:\s+(?=[a-z(]|\w+day\b|[A-Z]{2,4}\b)|(?=\w))")
_LEAST_QUOTED = 4  # words
_LONGEST_GAP = 80  # characters
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_THAT = re.compile(r"[^.\n“”\"]{0,60}?\bthat\s+(?:[“\"‘']\s*)?$", re.IGNORECASE)
_CONJUNCTION = re.compile(
    r"(?:^|[\s,;])(?:but|and|while|although|though|yet|as|when|where|because)\s+$", re.IGNORECASE
)
_ALLOWED = re.compile(r"\b(?:authori[sz]ed|allowed|permitted)\s+$")
_EXCUSE = re.compile(r"to (?:speak|talk|comment|brief|discuss)\b")
_RELATIVE = re.compile(r"(?:who|which|that)$", re.IGNORECASE)
_MAIN_VERB = re.compile(
    r",[”’\"']?\s+(?=(?:\w+ly\s+)?(?:is|are|was|were|has|had|have|will|would|can|could|may|might|must|did|does|[a-z]+ed)\b)"
)
_AFTERTHOUGHT = re.compile(r",?\s+(?=(?:though|although|since|without|even as)\b)")


def own_clauses(document: Document, contents: list[Span], cue: Cue | None, source: Span | None) -> list[Span]:
    """The contents without a clause that comes before the claim's own, and without the verb behind a relative clause."""
    contents = [span for span in contents if not _is_excuse(document, span)] or contents
    if cue is None:
        return contents
    contents = _without_other_sentences(document, contents, cue)
    if cue.lemma in word_lists.words("labelling_verbs"):
        contents = [_without_afterthought(document, span, cue) for span in contents]
    if source is None:
        return contents
    return _without_verb_behind(
        document, _without_clause_before(document, contents, cue, source), cue, source
    )


def _without_other_sentences(document: Document, contents: list[Span], cue: Cue) -> list[Span]:
    """Leave out the article's own words in sentences beside the cue's; quotations there go on."""
    here = document.sentence_index(cue.span[0])
    own = [
        span
        for span in contents
        if document.sentence_index(span[0]) == here or _is_said_there(document, span)
    ]
    is_here = any(document.sentence_index(span[0]) == here for span in own)
    return own if is_here else contents


def past_abbreviation(document: Document, contents: list[Span], cue: Cue | None) -> list[Span]:
    """Go on to the sentence's end where the words behind a cue stop inside "3 a.m. Friday" or an address."""
    if cue is None or not contents or contents[-1][0] < cue.span[1]:
        return contents
    start, end = contents[-1]
    stop = _ABBREVIATION.search(document.text, start, end)
    rest = _GOES_ON.match(document.text, end)
    sentence_end = document.sentence(start)[1]
    if stop is None or rest is None or rest.end() >= sentence_end:
        return contents
    return [*contents[:-1], trim(document.text, start, sentence_end)]


def _is_said_there(document: Document, span: Span) -> bool:
    """Whether words are quoted, and more than a term of the sentence they stand in."""
    is_opening = not document.words((document.sentence(span[0])[0], span[0]))
    return all(document.quoted[slice(*span)]) and (is_opening or len(document.words(span)) >= _LEAST_QUOTED)


def _without_afterthought(document: Document, span: Span, cue: Cue) -> Span:
    """End what somebody is called before the article's own clause: "called it a “wreck” though it sails"."""
    start, end = span
    if start < cue.span[1]:
        return span
    for clause in _AFTERTHOUGHT.finditer(document.text, start, end):
        if not document.quoted[clause.end()]:
            return start, clause.start()
    return span


def _is_excuse(document: Document, span: Span) -> bool:
    """Whether words only tell why somebody is not named: "was not authorized to speak to the media"."""
    is_allowed = _ALLOWED.search(document.text, max(0, span[0] - 20), span[0])
    return bool(is_allowed and _EXCUSE.match(document.text, *span))


def _without_clause_before(document: Document, contents: list[Span], cue: Cue, source: Span) -> list[Span]:
    """Leave out what stands before the source where "that" opens the claim behind the cue, or "but" its clause."""
    text, start = document.text, min(source[0], cue.span[0])
    before = [span for span in contents if span[1] <= start]
    after = [span for span in contents if span[0] >= cue.span[1]]
    if not before or not after or any(document.quoted[span[0]] for span in before):
        return contents
    is_opened = _THAT.match(text, cue.span[1], after[0][0]) or _CONJUNCTION.search(
        text[before[-1][1] : start]
    )
    return after if is_opened else contents


def _without_verb_behind(document: Document, contents: list[Span], cue: Cue, source: Span) -> list[Span]:
    """End the words of "Lee, who said it rained, has left" before "has"."""
    text = document.text
    if not _RELATIVE.fullmatch(text, *source) or not text[: source[0]].endswith((", ", "— ", "– ")):
        return contents
    behind = [span for span in contents if span[0] >= cue.span[1]]
    verb = _MAIN_VERB.search(text, behind[0][0], behind[-1][1]) if behind else None
    if verb is None or document.quoted[verb.end()]:
        return contents
    return [(start, min(end, verb.start() + 1)) for start, end in contents if start < verb.start()]


def without_gaps(document: Document, contents: list[Span], told: list[Span]) -> list[Span]:
    """Contents whole within a sentence where neither the cue nor the source parts them; no scrap of another sentence."""
    out: list[Span] = []
    for start, end in contents:
        gap = (out[-1][1], start) if out else (start, start)
        if not out or any(overlaps(gap, span) for span in told):
            out.append((start, end))
            continue
        is_one = document.sentence_index(out[-1][0]) == document.sentence_index(start)
        is_near = gap[1] - gap[0] <= _LONGEST_GAP and not _WEEKDAY.search(document.text, *gap)
        if is_one and is_near:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        elif is_one or document.quoted[start] or not _is_scrap(document, (start, end)):
            out.append((start, end))
    return out


def _is_scrap(document: Document, span: Span) -> bool:
    """Whether words neither open nor fill their sentence."""
    return bool(WORD.search(document.text, document.sentence(span[0])[0], span[0]))
