"""The words of a source, whole and without what belongs to its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.annotate.claims.cues import Cue
from etl.annotate.text.document import Document, overlaps, trim
from etl.records import Span

_LONGEST_REST = 60  # characters by which a source cut at a preposition may go on
_TAIL = re.compile(
    r",?\s+(?:who|which|that|for (?:his|her|its|their) part|in turn|meanwhile|however|too|also)$",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r",?\s+in (?:an?|his|her|its|their) (?:[\w-]+ ){0,2}(?:statement|interview|e-?mail|letter|post|tweet|speech|report|"
    r"note|memo|briefing|message|release|call)$",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?<=[\w,] )(?:of|in|at|on|for|from|with|by|to|near|around|the|an?)$", re.IGNORECASE)
_COMPARED = re.compile(r"(?:(?:more|less|fewer|worse|\w+er)\s+)?than\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|an?)", re.IGNORECASE)
_REST = re.compile(r"\s+[^,;:.!?\n“”\"()–—]+")
_NEXT_CLAUSE = re.compile(
    r"\s+(?:who|which|that|what|whose|where|when|while|after|before|since|and|but|has|have|had|is|are|was|were|will|would|also|then|\w+ly)\b.*",
    re.DOTALL,
)
_CITING = re.compile(
    r",?\s+(?:citing|quoting|with reference to|referring to)\s+(?P<who>[^,.;:\n“”\"]{3,80}?)"
    r"(?=,|\s+(?:that|as|who|with|in a|on \w+day)\b|[.;:]\s|\s[“\"]|$)"
)
_QUOTED_ONE = re.compile(r"\s+(?P<who>[^,.;:\n“”\"]{3,80}?)\s+as\s+(?:saying|telling|writing)\b")
_BEHIND = re.compile(r"\s+(?P<who>[^,.;:\n“”\"]{2,80})")
_SAID_BEFORE = re.compile(
    r"[,”\"]\s+(?P<who>[^,.;:\n“”\"]{2,80}?)\s+(?:said|says|wrote|added|announced)(?:\s+[^,.;:\n“”\"]{1,40})?,\s+$"
)
_QUOTED = re.compile(
    r"(?:^|,\s+|\band\s+)(?P<who>[^,.;:\n“”\"]{2,80}?)\s+(?:was|were|is|are|has been|had been)\s+"
    r"(?:\w+ly\s+)?(?:quoted|cited)\s+by\s+(?:[\w’'-]+\s+){0,3}$"
)


def true_source(document: Document, source: Span | None, cue: Cue | None) -> Span | None:
    """Who spoke where the encoder took the medium: "X was quoted by the daily", "the agency said, citing X"."""
    if cue is None:
        return source
    text, sentence = document.text, document.sentence(cue.span[0])
    if cue.lemma == "accord to":
        told = _BEHIND.match(text, cue.span[1], sentence[1])
        if told is None or (source is not None and overlaps(source, told.span("who"))):
            return source
        return told.span("who")
    quoted_one = _QUOTED_ONE.match(text, cue.span[1], sentence[1]) if cue.lemma in ("quote", "cite") else None
    if quoted_one:
        return quoted_one.span("who")
    cited = _CITING.match(text, cue.span[1], sentence[1])
    if cited:
        return cited.span("who")
    before = text[sentence[0] : source[0]] if source else ""
    quoted = _QUOTED.search(before)
    return (sentence[0] + quoted.start("who"), sentence[0] + quoted.end("who")) if quoted else source


@dataclass(frozen=True, slots=True)
class Told:
    """Who said something that a medium carries, and the words that say so."""

    who: Span
    tag: Span


def said_before(document: Document, source: Span | None, cue: Cue | None) -> Told | None:
    """Who spoke where a medium only carries it: "“…,” X said, the daily reported", "X said, according to the daily"."""
    if cue is None or cue.lemma not in ("accord to", "report"):
        return None
    start = document.sentence(cue.span[0])[0]
    found = _SAID_BEFORE.search(document.text, start, min(cue.span[0], source[0] if source else cue.span[0]))
    return Told(found.span("who"), (found.start("who"), found.end())) if found else None


def whole_source(document: Document, source: Span, cue: Cue | None) -> Span | None:
    """Complete a source that ends in the middle of a phrase, and take a relative pronoun and the like off it."""
    text = document.text
    start, end = trim(text, *source, ",;:.")
    compared = _COMPARED.match(text, start, end)
    if compared:
        start = compared.end()
    for pattern in (_TAIL, _OCCASION):
        tail = pattern.search(text, start, end)
        if tail:
            end = tail.start()
    cut = _CUT.search(text, start, end)
    if cut:
        rest = _rest(text, (start, end), cue, document.sentence(start)[1])
        start, end = trim(text, start, rest or cut.start(), ",;:")
    return (start, end) if start < end and not _ARTICLE.fullmatch(text, start, end) else None


def _rest(text: str, source: Span, cue: Cue | None, sentence_end: int) -> int | None:
    """Where the phrase of a cut source ends: at a comma or at the cue."""
    if text[: source[1]].rpartition(" ")[0].endswith(",") and source[0] < source[1] - 3:
        return None
    limit = cue.span[0] if cue is not None and cue.span[0] >= source[1] else sentence_end
    rest = _REST.match(text, source[1], limit)
    words = _NEXT_CLAUSE.sub("", rest.group()) if rest else ""
    return source[1] + len(words) if 0 < len(words) <= _LONGEST_REST else None
