"""What is no claim although the encoder takes it for one: wants, acts, topics, and words that nobody said."""

from __future__ import annotations

import re

from etl.annotate.claims.drafts import MARKS, Draft
from etl.annotate.names.roles import names_role
from etl.annotate.text.document import Document, trim
from etl.language import word_lists
from etl.records import Span

_LONGEST_HEADING = 20  # words
_LEAST = 0.4  # probability of a claim with a cue that speaks for itself
_QUESTION_WORD = re.compile(r"(?:whether|if|why|how|what|when|where|who)\b", re.IGNORECASE)
_NOBODY = re.compile(r"(?:no ?one|nobody|none|neither|nothing)\b", re.IGNORECASE)
_FIRST_PHRASE = re.compile(r"\s(?:of|in|about|on|for|at|with|from|who|which|that|to)\b")
_COLON = re.compile(r"[”\"’']?:\s+[“\"‘']?")
_FINDINGS = {"show", "find", "reveal", "indicate", "suggest", "put", "have"}
_STUDIES = {
    "poll",
    "survey",
    "study",
    "studie",
    "report",
    "data",
    "figure",
    "statistic",
    "analysi",
    "analysis",
    "review",
    "research",
    "record",
    "investigation",
    "census",
    "average",
    "audit",
    "inquiry",
    "test",
    "result",
}
_ACTS = {
    "ask": re.compile(
        r"(?:not )?to (?:comment|be (?:named|identified|quoted)|remain anonymous)\b|for comment\b",
        re.IGNORECASE,
    ),
    "call": re.compile(r"to (?:the|an?|reports?|help|hospital)\b", re.IGNORECASE),
    "decline": re.compile(r"to\b"),
    "hope": re.compile(r"to\b"),
    "wish": re.compile(r"to\b"),
}
_VIEWS = re.compile(r"^(?:\w+ ){0,2}(?:views?|opinions?|thoughts) (?:about|on)\b", re.IGNORECASE)
_TOLD_EVENT = re.compile(
    r"(?:how|what|where|when|being|having|seeing|hearing|watching|finding)\b", re.IGNORECASE
)
_ANSWERED = {
    "account",
    "version",
    "protest",
    "rumours",
    "rumors",
    "suggestion",
    "suggestions",
    "idea",
    "notion",
    "this",
    "it",
}
_EMPTY = {"it", "this", "that", "so", "them", "him", "her", "these", "those", "the same", "way", "much"}
_EXPRESSED = re.compile(r"\b(?:express|voic)(?:es?|ed|ing)\s+(?:[\w-]+\s+){0,3}$")
_NAMING = {"call", "know", "dub", "term", "nickname", "label"}
_THAT = re.compile(r"that\s$", re.IGNORECASE)
_REFUSED = re.compile(
    r"\b(?:declin|refus|fail)(?:e|es|ed|ing) to\s+$|\b(?:unable|unwilling|yet|reluctant) to\s+$"
)
_ADVISED = re.compile(r"\b(?:should|must|can|ought to|need to|needs to)\s+(?:\w+ly\s+)?$")
_COMPARED = re.compile(r"\b(?:than|as)\s+(?:\w+ly\s+)?$")
_TOLD_THING = re.compile(r"\s+(?:the truth|the story|lies|a lie|jokes?|stories|tales|fortunes)\b")
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be|also)\s+(?:\w+ly\s+)?$", re.IGNORECASE)


def is_claim(document: Document, draft: Draft) -> bool:
    """Tell a report of words or beliefs from wants, acts and topics."""
    cue, words = draft.cue, _word_count(document, draft.pieces)
    if cue is None:
        if _is_headed(document, draft):
            return True
        is_quoted = draft.kind == "direct" or (draft.kind == "mixed" and _is_half_quoted(document, draft))
        return is_quoted and words >= 4 and not _on_heading(document, draft)
    if _is_nobody(document, draft) or _is_term(document, draft):
        return False
    if draft.kind == "direct" and words >= 4 and (cue.demands != "unknown" or _is_sentence(document, draft)):
        return True
    if _is_found(document, draft):
        return draft.probability > _LEAST
    if cue.demands == "never":
        return False
    if _answers_claim(document, draft, cue.lemma):
        return True
    if draft.kind == "indirect" and (_lacks_speaker(document, draft) or _is_topic(document, draft, words)):
        return False
    if cue.demands == "claim" or _is_order(document, draft):
        return draft.probability > _LEAST and not _is_act(document, draft)
    if (
        draft.kind != "indirect"
        and words >= 3
        and (_is_half_quoted(document, draft) or draft.probability > 0.9)
    ):
        return True
    return is_proposition(document, draft) and draft.probability > (
        0.4 if _follows_that(document, draft) else 0.5
    )


def _is_headed(document: Document, draft: Draft) -> bool:
    """Whether a heading gives the words to its source: "Minister: the bridge is safe"."""
    if draft.source is None or not _COLON.fullmatch(document.text, draft.source[1], draft.start):
        return False
    line = document.line(draft.start)
    is_opening = (
        not document.words((line[0], draft.source[0])) and document.sentence(draft.start)[1] == line[1]
    )
    words = len(document.words((draft.start, draft.end)))
    return is_opening and words >= 4 and (is_proposition(document, draft) or words <= _LONGEST_HEADING)


def _is_found(document: Document, draft: Draft) -> bool:
    """Whether a poll, a study, figures tell: "the survey shows Marsh ahead"."""
    if draft.source is None or draft.cue is None or draft.cue.lemma not in _FINDINGS:
        return False
    words = {word.removesuffix("s") for word in document.words(draft.source)}
    return bool(words & _STUDIES)


def _is_order(document: Document, draft: Draft) -> bool:
    """Whether somebody is told to do something: "directed the police to leave"."""
    is_demand = draft.cue is not None and draft.cue.stance == "demand"
    return is_demand and "to" in document.words((draft.start, draft.end))[1:8]


def _is_nobody(document: Document, draft: Draft) -> bool:
    """Whether the source says that nobody spoke: "no one can say"."""
    return draft.source is not None and bool(_NOBODY.match(document.text, *draft.source))


def _is_term(document: Document, draft: Draft) -> bool:
    """Whether words only tell what a thing is called by anybody: "it is also known as"."""
    assert draft.cue is not None
    before = document.text[max(0, draft.cue.span[0] - 24) : draft.cue.span[0]]
    return draft.source is None and draft.cue.lemma in _NAMING and bool(_PASSIVE.search(before))


def _is_sentence(document: Document, draft: Draft) -> bool:
    """Whether quoted words are a sentence, not a term that the article sets in quotation marks."""
    words = document.words((draft.start, draft.end))
    return document.text[draft.start].isupper() or any(
        word in word_lists.words("finite_verbs")
        or word in word_lists.words("subject_pronouns")
        or "'" in word
        or "’" in word
        for word in words
    )


def _is_act(document: Document, draft: Draft) -> bool:
    """Whether a verb of saying stands for an act: "asked not to be named", "police question the managers"."""
    assert draft.cue is not None
    if draft.kind != "indirect":
        return False
    content = document.text[draft.start : draft.end]
    act = _ACTS.get(draft.cue.lemma.split()[0])
    if act is not None and act.match(content):
        return True
    is_asking = draft.cue.lemma in ("question", "query") and not _QUESTION_WORD.match(content)
    return is_asking and names_role(_FIRST_PHRASE.split(_singular(content))[0])


def _singular(words: str) -> str:
    return re.sub(r"s\b", "", words)


def _answers_claim(document: Document, draft: Draft, lemma: str) -> bool:
    """Whether the content names what is felt or refused: "expressed concern", "rejected the allegation"."""
    named = [word_lists.table("cue_nouns").get(word) for word in document.words((draft.start, draft.end))[:4]]
    if lemma in ("express", "voice"):
        return "belief" in named
    assert draft.cue is not None
    if _EXPRESSED.search(document.text, max(0, draft.cue.span[0] - 50), draft.cue.span[0]):
        return True
    words = set(document.words((draft.start, draft.end))[:4])
    return lemma in ("reject", "dismiss") and (any(named) or bool(words & _ANSWERED))


def _lacks_speaker(document: Document, draft: Draft) -> bool:
    """Whether nobody speaks: "is seen as", "asked whether", "has not said"."""
    cue = draft.cue
    assert cue is not None
    before = document.text[max(0, cue.span[0] - 24) : cue.span[0]]
    is_refused = cue.is_negated or _REFUSED.search(before)
    if is_refused and cue.stance in ("statement", "question", "demand"):
        return True
    if _is_reduced_passive(document, draft, before):
        return True
    if cue.stance == "belief" and _ADVISED.search(before):
        return True
    if cue.lemma == "accuse" and _PASSIVE.search(before) and not before.rstrip().endswith("also"):
        return True
    if draft.source is not None:
        return False
    return bool(_PASSIVE.search(before)) or cue.lemma in ("ask", *word_lists.table("cue_nouns"))


def _is_reduced_passive(document: Document, draft: Draft, before: str) -> bool:
    """Whether a participle stands alone: "a move seen as bold", "Marsh, considered a moderate"."""
    assert draft.cue is not None
    word = document.text[slice(*draft.cue.span)].split()[0].lower()
    if word in ("seen", "known"):
        return not re.search(r"\b(?:has|have|had|having|['’]ve|['’]s)\s+(?:\w+\s+)?$", before)
    if draft.source is not None:
        return False
    if _COMPARED.search(before):
        return True
    after = document.text[draft.cue.span[1] : draft.cue.span[1] + 9]
    is_said = word in (
        "said",
        "believed",
        "thought",
        "reported",
        "understood",
        "expected",
    ) and after.startswith(" to ")
    return is_said or (
        word in ("considered", "deemed", "regarded", "dubbed") and before.rstrip().endswith(",")
    )


def _is_topic(document: Document, draft: Draft, words: int) -> bool:
    """Whether the content only names what was spoken about: "spoke about the weather"."""
    assert draft.cue is not None
    if document.words(draft.cue.span)[-1] in ("about", "regarding"):
        return True
    if draft.cue.lemma == "tell" and _TOLD_THING.match(document.text, draft.cue.span[1]):
        return True
    content = document.text[draft.start : draft.end]
    if _VIEWS.search(content) or (draft.cue.stance != "denial" and content.lower() in _EMPTY):
        return True
    if draft.cue.lemma == "describe" and " as " not in content and not _TOLD_EVENT.match(content):
        return True
    if draft.cue.lemma in word_lists.words("labelling_verbs") or words == 2 or words >= 4:
        return False
    return draft.cue.stance == "statement" and not is_proposition(document, draft)


def _on_heading(document: Document, draft: Draft) -> bool:
    start, end = document.line(draft.start)
    return is_heading(document, trim(document.text, start, end, MARKS))


def _is_half_quoted(document: Document, draft: Draft) -> bool:
    inside = sum(document.quoted[position] for start, end in draft.pieces for position in range(start, end))
    return inside * 2 >= sum(end - start for start, end in draft.pieces)


def _follows_that(document: Document, draft: Draft) -> bool:
    return any(_THAT.search(document.text, max(0, start - 6), start) for start, _ in draft.pieces)


def is_proposition(document: Document, draft: Draft) -> bool:
    """Whether an indirect content says something: it follows "that", or has a subject and a verb."""
    if _follows_that(document, draft):
        return True
    start = draft.start
    words = document.words((start, draft.end))
    if not words or words[0] in ("to", "for", "about") or _QUESTION_WORD.match(words[0]):
        return False
    return any(word in word_lists.words("finite_verbs") or word.endswith("n't") for word in words[1:10])


def _word_count(document: Document, pieces: tuple[Span, ...]) -> int:
    return sum(len(document.words(piece)) for piece in pieces)


def is_heading(document: Document, inner: Span) -> bool:
    """Whether words are a heading: in capitals, or without a mark at their end."""
    words = document.text[slice(*inner)]
    return words.isupper() or words[-1] not in ".!?…,;:"
