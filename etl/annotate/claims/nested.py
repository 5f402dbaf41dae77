"""Claims inside claims, which the encoder leaves in one: tags behind quotations, reports within words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from etl.annotate.claims.cues import find_cue, lemma
from etl.annotate.encoder.links import Attribution
from etl.annotate.text.document import WORD, Document, overlaps, trim
from etl.annotate.text.quotations import closing_mark
from etl.language import word_lists
from etl.language.vocabulary import Demands, Stance
from etl.records import Span

_SURE_OF_TAG = 0.9
_LONGEST_SUBJECT = 8  # words among which a clause without "that" has its verb
_NESTED_SHARE = 0.8  # of the outer claim's probability
_TAG_VERB = re.compile(r"\s*,?\s+([a-z]+)\s+(?=[A-Z]|(?:the|a|an|he|she)\b)")
_RELAY = re.compile(r",\s+(?:the\s+)?[\w’'][\w’' -]{1,60}?\s(?:reported|reports|said|says|wrote)\b")
_SOURCE_END = re.compile(r"[,.;:\n“\"]|\b(?:who|which|that)\b")
_RELATIVE_CLAUSE = re.compile(r",?\s+who\s+(?=\w+)")
_SUBJECT = re.compile(
    r"(?:^|(?<=[\s“\"(]))(?P<subject>(?:I|we|he|she|they|it|you|who|which|people)|"
    r"(?:(?:the|a|an|some|many|several|most|all|his|her|their|our|my)\s+)?(?:[\w’'.-]+\s+){0,3}?[\w’'.-]+)"
    r"\s+(?:(?:does|do|did|has|have|had|also|still|later|once|often|both|then|now|even|always|already|never|is|are|was|were|[a-z]+ly)\s+){0,2}$",
    re.IGNORECASE,
)
_TURN = re.compile(r",\s+but\s+(?:that\s+)?(?:I|we|he|she|they|it|you|there)\b")
_IMPERSONAL = re.compile(r"it\s+(?:is|was|has been)\b", re.IGNORECASE)
_CLAUSE_START = re.compile(r"\s+that\s+|\s*:\s+(?=[“\"‘'])|\s+(?=(?:I|we|he|she|they|it|you|there)\b)")
_QUOTATION_START = re.compile(r"\s*[:,]?\s+(?=[“\"‘'])")
_OPEN_CLAUSE = re.compile(r"\b(?:if|unless|what|whatever|because|suppose|where)\b", re.IGNORECASE)
_SPEAKER_HERSELF = re.compile(r"\b(?:I|we|you)$", re.IGNORECASE)
_HEARER = re.compile(r"\s+(?:me|us|him|her|them|you|people|everyone|everybody)\b")
_OBJECT = r"\s+(?:(?!that\b)[\w’']+\s*){1,5}?"


def split_attributions(document: Document, found: list[Attribution]) -> list[Attribution]:
    """Give quotations to the source right behind them; add the reports inside other claims."""
    apart = _inverted(document, found)
    heard = [attribution.cue for attribution in apart if attribution.cue]
    nested = [inner for attribution in apart for inner in _inside(document, attribution, heard)]
    return apart + nested


def _inverted(document: Document, found: list[Attribution]) -> list[Attribution]:
    """Read "A," assured B, who specified C, D reported: the claims of B and of "who", not of D."""
    out = list(found)
    for attribution in found:
        tagged = _tagged_quotation(document, attribution)
        if tagged is None or attribution not in out:
            continue
        quotation, cue, source = tagged
        end = document.sentence(cue[0])[1]
        relay = _RELAY.search(document.text, source[1], end)
        tail = relay.start() if relay else end
        relatives = list(_relative_claim(document, source[1], tail, attribution.probability))
        if attribution.source is not None and overlaps(attribution.source, source):
            out = [one for one in out if not _shares_content(one, relatives)]
        else:
            told = tuple(content for content in attribution.contents if content[1] <= cue[0])
            out = [one for one in out if not _is_in_tail(one, attribution, cue[0], end)]
            out.append(Attribution(told or (quotation,), cue, source, attribution.probability))
        out += relatives
    return out


def _shares_content(one: Attribution, others: list[Attribution]) -> bool:
    return any(overlaps(left, right) for other in others for left in one.contents for right in other.contents)


def _tagged_quotation(document: Document, attribution: Attribution) -> tuple[Span, Span, Span] | None:
    """A closed quotation of the contents with the verb and the source right behind it."""
    for content in attribution.contents:
        for quotation in document.quotations_in(content):
            end = document.line(quotation.start)[1]
            tag = _tag_behind(document, quotation.end, end) if quotation.is_closed else None
            if tag is not None:
                return (quotation.start, quotation.end), *tag
    return None


def _is_in_tail(one: Attribution, attribution: Attribution, start: int, end: int) -> bool:
    """Whether an attribution is the one to be replaced, or another of its relay within the same tail."""
    if one is attribution:
        return True
    is_tail = all(start <= content[0] < end for content in one.contents)
    return is_tail and one.source is not None and one.source == attribution.source


def _tag_behind(document: Document, position: int, end: int) -> tuple[Span, Span] | None:
    """The verb and the source right behind a quotation."""
    verb = _TAG_VERB.match(document.text, position, end)
    if verb is None or not _reports(verb.group(1)):
        return None
    stop = _SOURCE_END.search(document.text, verb.end(), end)
    source = trim(document.text, verb.end(), stop.start() if stop else end)
    return (verb.span(1), source) if source[0] < source[1] else None


def _relative_claim(document: Document, position: int, end: int, probability: float) -> Iterator[Attribution]:
    who = _RELATIVE_CLAUSE.match(document.text, position, end)
    if who is None:
        return
    verb = WORD.match(document.text, who.end())
    if verb is None or not _reports(verb.group()):
        return
    content = trim(document.text, verb.end(), end)
    start = document.text.index("who", who.start())
    if len(document.words(content)) >= 3:
        yield Attribution((content,), verb.span(), (start, start + 3), _SURE_OF_TAG * probability)


def _inside(document: Document, attribution: Attribution, heard: list[Span]) -> Iterator[Attribution]:
    """Reports within a content: a subject, a verb of saying and a clause."""
    for content in attribution.contents:
        for word in WORD.finditer(document.text, *content):
            if (
                not word.group().islower()
                or not _reports(word.group())
                or lemma(word.group()) not in word_lists.words("nesting_verbs")
            ):
                continue
            if any(start <= word.start() < end for start, end in heard):
                continue
            inner = _report(document, content, word)
            if inner is not None:
                cue, source, clause = inner
                yield Attribution((clause,), cue, source, _NESTED_SHARE * attribution.probability)


def _report(document: Document, content: Span, word: re.Match[str]) -> tuple[Span, Span, Span] | None:
    text = document.text
    sentence = document.sentence(word.start())
    start = max(content[0], sentence[0])
    before = _SUBJECT.search(text[start : word.start()])
    if before is None or not _is_subject(before["subject"]) or _IMPERSONAL.match(before.group()):
        return None
    clause = _clause(text, word, content[1], min(content[1], sentence[1]))
    if clause is None or len(document.words(clause)) < 3:
        return None
    source = (start + before.start("subject"), start + before.end("subject"))
    last = text.rfind(" ", *source) + 1
    if last and text[last : source[1]].lower() in word_lists.words("subject_pronouns"):
        source = (last, source[1])
    is_thought = _is_thinking(document, word)
    if _OPEN_CLAUSE.search(text, start, source[1]) or is_thought and document.quoted[word.start()]:
        return None
    if is_thought and _SPEAKER_HERSELF.search(text, start, source[1]):
        return None
    return word.span(), source, clause


def _is_thinking(document: Document, word: re.Match[str]) -> bool:
    """Whether a verb tells what is held, not what is said."""
    cue = find_cue(document.text, word.span())
    return cue is not None and cue.stance == Stance.BELIEF


def _clause(text: str, word: re.Match[str], content_end: int, end: int) -> Span | None:
    """What is told: behind "that", in quotation marks, from its pronoun on, or a subject and a verb."""
    position = word.end()
    if lemma(word.group()) == "tell":
        told = re.compile(_OBJECT + r"(?=that\b|:|,)").match(text, position, end)
        hearer = _HEARER.match(text, position, end)
        position = (
            told.end() - (text[told.end() - 1].isspace()) if told else hearer.end() if hearer else position
        )
    quotation = _QUOTATION_START.match(text, position, end)
    closed = closing_mark(text, quotation.end(), content_end) if quotation else None
    if quotation and closed:
        return quotation.end(), closed
    opening = _CLAUSE_START.match(text, position, end)
    if opening is None and not _has_subject_and_verb(text, position, end):
        return None
    start = opening.end() if opening else position
    turn = _TURN.search(text, start, end)
    return trim(text, start, turn.start() if turn else end)


def _has_subject_and_verb(text: str, start: int, end: int) -> bool:
    """Whether words are a clause without "that": a subject, and behind it a finite verb that is common."""
    words = [word.group().lower() for word in islice(WORD.finditer(text, start, end), _LONGEST_SUBJECT)]
    if not words or words[0] in word_lists.words("noun_stops") - word_lists.words("determiners"):
        return False
    return any(word in word_lists.words("finite_verbs") for word in words[1:])


def _is_subject(words: str) -> bool:
    """Whether words can be a subject: a pronoun, a name or a noun phrase with its article."""
    first, last = words.split()[0].lower(), words.split()[-1]
    plain = last.lower()
    if plain in word_lists.words("subject_pronouns"):
        return True
    if plain in word_lists.words("noun_stops") or plain in word_lists.words("helpers"):
        return False
    return first in word_lists.words("determiners") or last[0].isupper()


@lru_cache(maxsize=50_000)
def _reports(word: str) -> bool:
    cue = find_cue(word, (0, len(word)))
    return cue is not None and cue.demands == Demands.CLAIM
