"""Words that report: which verb a cue is, whether it makes a claim, and the stance it gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.annotate.text.document import WORD
from etl.language import word_lists
from etl.language.vocabulary import Demands, Stance
from etl.records import Span

_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("ing", "e"),
    ("ing", ""),
    ("ed", "e"),
    ("ed", ""),
    ("es", "e"),
    ("es", ""),
    ("s", ""),
)
_NEGATION = re.compile(r"\b(?:not|never|neither|nor|without)\b|n['’]t\b", re.IGNORECASE)

_BEFORE_PARTICIPLE = re.compile(r"\b([a-z]+)\s+(?:(?:\w+ly|also)\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """The head of a cue: its span, lemma, the stance it gives, and what makes a claim of it."""

    span: Span
    lemma: str
    stance: Stance
    demands: Demands
    is_negated: bool


def lemma(word: str) -> str:
    """The lemma of a verb form, as far as the cue lexicon knows the verb; else the word in lower case."""
    return _lemma(word.lower().replace("’", "'"))


@cache
def _lemma(word: str) -> str:
    verbs = _verbs()
    irregular = word_lists.table("irregular_verbs")
    if word in irregular:
        return irregular[word]
    if word in verbs:
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if stem + instead in verbs:
                return stem + instead
            if not instead and len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in verbs:
                return stem[:-1]
    return word


@cache
def _verbs() -> dict[str, tuple[Stance, Demands]]:
    return {verb: (Stance(stance), Demands(demands)) for verb, stance, demands in word_lists.rows("cues")}


@cache
def cue_nouns() -> dict[str, Stance]:
    """Nouns and adjectives that report, each with its stance."""
    return {noun: Stance(stance) for noun, stance in word_lists.table("cue_nouns").items()}


def find_cue(text: str, span: Span) -> Cue | None:
    """The head of the words the encoder took for a cue; None where nothing but helpers stands there."""
    found = [(word.group(), word.span()) for word in WORD.finditer(text, *span)]
    words = [(word, place) for word, place in found if word.lower() not in word_lists.words("helpers")]
    if not words:
        return _helper_as_cue(found)
    head = _head(words)
    word, (start, end) = words[head]
    name = lemma(word)
    stance, demands = _verbs().get(name, (Stance.STATEMENT, Demands.UNKNOWN))
    if demands in (Demands.UNKNOWN, Demands.NEVER) and word.lower() in cue_nouns():
        stance, demands = cue_nouns()[word.lower()], Demands.CLAUSE
    after = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    if after and after.group().lower() in word_lists.words("particles"):
        joined = f"{name} {after.group().lower()}"
        if joined in _verbs():
            name, (stance, demands), end = joined, _verbs()[joined], after.end()
        elif after.end() <= span[1] and after.group().lower() in word_lists.words("kept_particles"):
            end = after.end()
    return Cue((start, end), name, stance, demands, bool(_NEGATION.search(text, span[0], start)))


def _helper_as_cue(words: list[tuple[str, Span]]) -> Cue | None:
    """The cue where a helper is the whole verb: "a poll has Marsh ahead"."""
    return next(
        (
            Cue(span, "have", Stance.STATEMENT, Demands.NEVER, False)
            for word, span in words
            if lemma(word) == "have"
        ),
        None,
    )


def _head(words: list[tuple[str, Span]]) -> int:
    """The last word that makes a claim, else the last known verb, else the last word but particles."""
    verbs, nouns = _verbs(), cue_nouns()
    for wanted in ((Demands.CLAIM,), (Demands.CLAUSE, Demands.NEVER)):
        for i in range(len(words) - 1, -1, -1):
            word = words[i][0].lower()
            known = verbs.get(lemma(word))
            if known is not None and known[1] in wanted and not _is_noun(words, i):
                return i
        if Demands.CLAIM in wanted:
            named = [i for i, (word, _) in enumerate(words) if word.lower() in nouns]
            if named:
                return named[-1]
    content = [i for i, (word, _) in enumerate(words) if word.lower() not in word_lists.words("particles")]
    return content[-1] if content else 0


def _is_noun(words: list[tuple[str, Span]], index: int) -> bool:
    """Whether a plain form stands behind another verb that reports: "told a press conference"."""
    word = words[index][0].lower()
    earlier = (_verbs()[name][1] for other, _ in words[:index] if (name := lemma(other)) in _verbs())
    return lemma(word) == word and Demands.CLAIM in earlier


def is_passive(before: str) -> bool:
    """Whether the words before a participle make it passive: "was", "was also"."""
    found = _BEFORE_PARTICIPLE.search(before)
    return found is not None and found[1].lower() in word_lists.words("passives")
